"""What we send and what we offer, held against the vendor's OpenAPI files. Without the files there
is nothing to test.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.kind import Sublist
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.products import PRODUCTS
from tests import contracts
from tests.unit.documented import documentation
from tests.unit.plugins.modules import least_appliances
from tests.unit.plugins.modules.conformance import named
from tests.unit.plugins.modules.conformance_beyondtrust import CASES

__test__ = bool(contracts.products())


@pytest.mark.parametrize("case", CASES, ids=named)
def test_every_request_of_an_object_module_and_every_answer_is_as_described(servers, case):
    if case.switches:  # an appliance that is not as described
        case = replace(case, switches={}, steps=())
    simulated = case.start(servers)
    for step in case.steps:
        case.run(simulated, step, check=True)
        outcome = case.run(simulated, step)
        assert not outcome.failed, outcome["msg"]
    assert contracts.check_exchanges(simulated.server.product, simulated.journal.entries) == []


@pytest.mark.parametrize("module", least_appliances.READERS)
def test_every_request_of_a_reading_module_and_every_answer_is_as_described(beyondtrust, module):
    parts = documentation(module)["options"].get("gather", {}).get("choices")
    simulated = least_appliances.start(beyondtrust, module)
    simulated.expect(
        module, **least_appliances.LEAST[module], **({"gather": parts} if parts else {})
    )
    assert contracts.check_exchanges(simulated.server.product, simulated.journal.entries) == []


MANAGED = [resource for resource in BEYONDTRUST.resources if resource.verbs]
SIZES = {"str": ("minLength", "maxLength"), "list": ("minItems", "maxItems")}


def described(contract, path) -> dict[str, dict]:
    """Return every property that bodies to a path and to one of its objects may have; ``required``
    is what a new object needs (None: none is made).
    """
    found: dict[str, dict] = {}
    for operation in contract.operations():
        if operation.method in ("POST", "PATCH") and re.fullmatch(
            rf"{re.escape(path)}(/{{\w+}})?", operation.template
        ):
            schema = contract.body_schema(operation)
            forms = [
                contract.properties(each.get("$ref", "").rpartition("/")[2], contract.resolve(each))
                for each in schema.get("oneOf", [schema])
            ]
            for properties, _required in forms:
                for name, inner in properties.items():
                    whole = {**contract.resolve(inner), **inner}
                    if not whole.get("readOnly"):
                        entry = found.setdefault(name, {**whole, "enum": [], "required": None})
                        entry["enum"] = sorted({*entry["enum"], *whole.get("enum", ())}, key=str)
                        if operation.method == "POST":
                            entry["required"] = all(
                                name in required for _properties, required in forms
                            )
    return found


def differences(contract, place, fields, properties) -> Iterator[tuple]:
    """Yield where fields of ours and a schema differ: the place, the attribute, the word, what we
    say, what the schema says.
    """
    product = PRODUCTS[contract.product]
    ours = {
        field.wire or name: field
        for name, field in fields.items()
        if not field.computed and product in (field.only or (product,))
    }
    for name in ours.keys() ^ properties.keys():
        yield place, name, "presence", name in ours, name in properties
    for name in ours.keys() & properties.keys():
        field, schema = ours[name], properties[name]
        low, high = (schema.get(word) for word in SIZES.get(field.type, ("minimum", "maximum")))
        words = {
            "required": (
                field.required,
                field.required if schema["required"] is None else schema["required"],
            )
        }
        if not field.ref:
            words |= {
                "choices": (sorted(field.choices, key=str), schema["enum"]),
                "least": (field.least or None, low or None),
                "most": (field.most, high),
                "pattern": (bool(field.pattern), bool(schema.get("pattern"))),
            }
        for word, (said, theirs) in words.items():
            if said != theirs:
                yield place, name, word, said, theirs


def all_differences(contract) -> dict[tuple[str, str, str], tuple]:
    """Return every difference between a product's file and the kinds that the product has."""
    found, product = {}, PRODUCTS[contract.product]
    for resource in MANAGED:
        if product not in (resource.only or (product,)):
            continue
        path = resource.endpoint.replace("{vendor}", "{id}")
        theirs = described(contract, path)
        own = {
            name: field
            for name, field in resource.fields.items()
            if not field.written_by or name in theirs
        }
        found |= {each[:3]: each[3:] for each in differences(contract, resource.name, own, theirs)}
        for name, field in resource.fields.items():
            if (
                field.written_by
                and field.fields
                and isinstance(resource.below[field.query], Sublist)
            ):
                below = described(contract, f"{path}/{{id}}{resource.below[field.query].path}")
                found |= {
                    each[:3]: each[3:]
                    for each in differences(
                        contract, f"{resource.name}.{name}", field.fields, below
                    )
                }
    return found


# (kind, attribute, what differs) -> why we do not follow the schema.
_PLACE = "where an item lies is told by the options jump_group and personal_list_of; the API has an identifier and its type"
_IN_THE_PATH = "the path names it already; where a schema requires it all the same, it is sent"
_NAMED_IN_THE_BODY = "nothing could be made without it, though no schema requires it"
_DISCOVERED = (
    "of accounts that discovery finds on a machine or in a directory, and that it describes"
)
_CERTIFICATES = "of certificate authorities and certificates, which are made by hand: what they are made of cannot be read back and compared"
_TIMEOUTS = "the text lists the values that are accepted"
_FORM = "the text tells the form"
_ONE_FORM = "times are compared as texts, so that there is one form only"
_COMPUTER_NAME = "a word of our own stands for no name"
_ITEMS = [resource.name for resource in MANAGED if "personal_list_of" in resource.fields]
KNOWN_DIFFERENCES = {
    **{
        (kind, name, word): _PLACE
        for kind in _ITEMS
        for name, word in (
            ("personal_list_of", "presence"),
            ("jump_group_type", "presence"),
            ("jump_group_id", "required"),
        )
        if (kind, name) != ("jump_client", "jump_group_id")
    },
    (
        "user",
        "failed_logins",
        "most",
    ): "a number of 32 bits, as all others are; only 0 is taken anyway",
    ("security_provider", "name", "presence"): "it says which one is meant, and is not sent",
    ("team.members", "team_id", "presence"): _IN_THE_PATH,
    ("group_policy.vault_account_groups", "group_policy_id", "presence"): _IN_THE_PATH,
    ("vendor_user", "vendor_id", "presence"): _IN_THE_PATH,
    **{
        (kind, name, "required"): _NAMED_IN_THE_BODY
        for kind, name in (
            ("user", "username"),
            ("rep_status", "name"),
            ("jump_group.members", "user_id"),
            ("vault_account.users", "user_id"),
            ("vault_account_group.users", "user_id"),
            ("group_policy.jump_groups", "jump_group_id"),
        )
    },
    **{
        ("vault_account", name, "presence"): _DISCOVERED
        for name in (
            "unique_id",
            "distinguished_name",
            "sam_account_name",
            "service_principal_name",
            "azure_ad_object_id",
            "is_management",
            "sid",
            "endpoint_id",
        )
    },
    **{
        ("vault_account", name, "presence"): _CERTIFICATES
        for name in (
            "x509_key",
            "x509_key_passphrase",
            "x509_cert",
            "subject",
            "key_algorithm",
            "cert_digest_algorithm",
            "ttl",
            "parent_x509",
        )
    },
    **{
        (kind, name, "pattern"): _FORM
        for kind, name in (
            ("user", "preferred_email_language"),
            ("vendor_user", "preferred_email_language"),
            ("jump_policy", "notification_email_language"),
            ("jump_policy", "approval_email_language"),
            ("protocol_tunnel_jump", "tunnel_definitions"),
            *(
                (kind, "tunnel_listen_address")
                for kind in ("protocol_tunnel_jump", "psql_tunnel_jump", "mysql_tunnel_jump")
            ),
        )
    },
    **{(kind, "password_expiration", "pattern"): _ONE_FORM for kind in ("user", "vendor_user")},
    **{
        ("group_policy", name, word): _TIMEOUTS
        for name in (
            "perm_session_idle_timeout",
            "perm_console_idle_timeout",
            "perm_routing_idle_timeout",
        )
        for word in ("choices", "least", "most")
        if (name, word) != ("perm_routing_idle_timeout", "least")
    },
    ("vault_account", "type", "choices"): _CERTIFICATES,
    ("vault_account", "private_key_public_cert", "least"): "an empty text stands for null",
    ("protocol_tunnel_jump", "hostname", "least"): "a Kubernetes tunnel has none",
    ("vault_account", "username", "least"): "accounts of some types have none",
    ("vendor", "deletion_days_after_expiration", "least"): "0 stands for null",
    ("jump_client_installer", "name", "required"): _COMPUTER_NAME,
    ("jump_client_installer", "name", "least"): _COMPUTER_NAME,
}


@pytest.fixture(params=contracts.products())
def contract(request) -> contracts.Contract:
    """The contract of a product."""
    return contracts.contract(request.param)


def test_every_attribute_that_can_be_written_is_an_option_or_left_out_for_a_reason(contract):
    found = all_differences(contract)
    assert {key: values for key, values in found.items() if key not in KNOWN_DIFFERENCES} == {}


def test_every_known_difference_is_still_one():
    found = set().union(
        *(all_differences(contracts.contract(product)) for product in contracts.products())
    )
    assert KNOWN_DIFFERENCES.keys() - found == set() or len(contracts.products()) < 2
