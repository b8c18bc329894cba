"""The simulated Configuration API held against the vendor's OpenAPI files: paths, query parameters,
schemas. Without the files there is nothing to test.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests import contracts
from tests.simulator.beyondtrust import Appliance
from tests.simulator.beyondtrust.configuration.fields import Field
from tests.simulator.beyondtrust.configuration.kinds import automation, jump, people, vault
from tests.simulator.beyondtrust.configuration.kinds.kind import select
from tests.simulator.beyondtrust.configuration.routing import available
from tests.unit.simulator.beyondtrust.configuration_client import Client
from tests.unit.simulator.beyondtrust.configuration_walk import walk

__test__ = bool(contracts.products())

_SUMMARY, _DETAILS = people.PROVIDER_SUMMARY, people.PROVIDER_DETAILS
_EXTENDED = {**_SUMMARY, **people.PROVIDER_EXTENSION}
SCHEMAS: dict[str, Mapping[str, Field]] = {
    "RemoteRdpJumpItem": jump.REMOTE_RDP.fields,
    "ShellJumpItem": jump.SHELL_JUMP.fields,
    "RemoteVncJumpItem": jump.REMOTE_VNC.fields,
    "WebJumpItem": jump.WEB_JUMP.fields,
    "ProtocolTunnelJumpItem": jump.PROTOCOL_TUNNEL.fields,
    "PostgreSQLTunnelJumpItem": jump.PSQL_TUNNEL.fields,
    "MySQLTunnelJumpItem": jump.MYSQL_TUNNEL.fields,
    "NetworkTunnelJumpItem": jump.NETWORK_TUNNEL.fields,
    "NetworkTunnelJumpItemFilterRule": jump.FILTER_RULE,
    "NetworkTunnelJumpItemFilterRuleIPAddressCIDR": jump.ADDRESSES["cidr"].parts,
    "NetworkTunnelJumpItemFilterRuleIPAddressRange": jump.ADDRESSES["range"].parts,
    "NetworkTunnelJumpItemFilterRuleIPAddressList": jump.ADDRESSES["list"].parts,
    "NetworkTunnelJumpItemFilterRulePortRange": jump.PORTS["range"].parts,
    "NetworkTunnelJumpItemFilterRulePortList": jump.PORTS["list"].parts,
    "JumpItem": jump.COPY,
    "JumpClient": jump.JUMP_CLIENT.fields,
    "JumpClientInstaller": jump.INSTALLER.fields,
    "JumpGroup": jump.JUMP_GROUP.fields,
    "JumpGroupUser": jump.JUMP_GROUP_USER.fields,
    "JumpItemRole": jump.JUMP_ITEM_ROLE.fields,
    "Jumpoint": jump.JUMPOINT.fields,
    "JumpointNode": jump.JUMPOINT_NODE.fields,
    "JumpointUser": jump.JUMPOINT_USER.fields,
    "JumpPolicy": jump.JUMP_POLICY_KIND.fields,
    "IPRange": jump.JUMPOINT.fields["managed_ip_ranges"].of.parts,
    "SessionPolicy": jump.SESSION_POLICY_KIND.fields,
    "Schedule": jump.SCHEDULE.fields,
    "ScheduleEntry": jump.SCHEDULE.fields["entries"].of.parts,
    "JumpAuthorizationRequest": jump.APPROVAL.fields,
    "User": people.USER.fields,
    "Team": people.TEAM.fields,
    "TeamUser": people.TEAM_USER.fields,
    "GroupPolicy": people.GROUP_POLICY.fields,
    "GroupPolicyJumpoint": people.POLICY_JUMPOINT.fields,
    "GroupPolicyMember": people.POLICY_MEMBER.fields,
    "GroupPolicyJumpGroup": people.POLICY_JUMP_GROUP.fields,
    "GroupPolicyVaultAccount": people.POLICY_VAULT_ACCOUNT.fields,
    "GroupPolicyVaultAccountGroup": people.POLICY_VAULT_ACCOUNT_GROUP.fields,
    "GroupPolicyTeam": people.POLICY_TEAM.fields,
    "ApiAccount": people.API_ACCOUNT.fields,
    "PublicPortal": people.PUBLIC_PORTAL.fields,
    "RepStatus": people.REP_STATUS.fields,
    "Vendor": people.VENDOR.fields,
    "VendorUser": people.VENDOR_USER.fields,
    "SecurityProvider": _SUMMARY,
    "ExtendedSecurityProvider": _EXTENDED,
    **{
        name: {**_EXTENDED, **_DETAILS[provider]}
        for name, provider in {
            "OIDCSecurityProvider": "oidc",
            "SAMLForPublicPortalsSecurityProvider": "saml_portal",
            "LDAPSecurityProvider": "ldap",
            "SAMLSecurityProvider": "saml",
            "RadiusSecurityProvider": "radius",
            "KerberosSecurityProvider": "kerberos",
            "LocalSecurityProvider": "local",
            "SCIMSecurityProvider": "scim",
        }.items()
    },
    "VaultAccount": vault.ACCOUNT.fields,
    "VaultUsernamePasswordAccount": vault.USERNAME_PASSWORD.fields,
    "VaultSSHAccount": vault.SSH.fields,
    "VaultTokenAccount": vault.OPAQUE_TOKEN.fields,
    "VaultDomainAccount": vault.WINDOWS_DOMAIN.fields,
    "VaultLocalAccount": vault.WINDOWS_LOCAL.fields,
    "VaultAwsSecretAccount": vault.AWS_SECRET.fields,
    "AwsSecretKeyValue": vault.AWS_SECRET.fields["tags"].of.parts,
    "VaultPasswordSafeAccount": vault.PASSWORD_SAFE.fields,
    "VaultX509ImportedCAAccount": vault.X509_IMPORTED.fields,
    "VaultX509GeneratedCAAccount": vault.X509_GENERATED.fields,
    "VaultX509ClientAccount": vault.X509_CLIENT.fields,
    "VaultAccountGroup": vault.ACCOUNT_GROUP.fields,
    "VaultAccountPolicy": vault.ACCOUNT_POLICY.fields,
    "VaultAccountUser": vault.ACCOUNT_USER.fields,
    "VaultAccountGroupUser": vault.ACCOUNT_GROUP_USER.fields,
    "VaultAccountGroupAccount": vault.GROUP_ACCOUNT,
    "VaultAccountCredential": vault.CREDENTIAL,
    "VaultEndpoint": vault.ENDPOINT.fields,
    "AccountJumpItemAssociationCriteria": vault.CRITERIA,
    "AccountJumpGroupAssociationItem": vault.SHARED_GROUP,
    "EndpointAutomationJob": automation.JOB.fields,
    "EndpointAutomationPayload": automation.PAYLOAD,
    "EndpointAutomationMinimalResource": automation.FILE,
    "EndpointAutomationScript": automation.SCRIPT.fields,
    "EndpointAutomationResource": automation.RESOURCE.fields,
    "EndpointAutomationEndpoint": automation.ENDPOINT.fields,
    "EndpointAutomationJobExecution": automation.EXECUTION,
}
"""Schema of the files -> what we know of the same object."""

NOT_TABLES = {
    # Single values.
    "ObjectId",
    "PerPage",
    "CurrentPage",
    "CodeName",
    "AccountJumpItemAssociationCriteriaPattern",
    "ErrorMessageResponse",
    "ErrorBagResponse",
    "OAuthErrorResponse",  # refusals
    # answers that are no objects of the store
    "CopyJumpItemResponse",
    "AccountJumpGroupAssociationResponse",
    "AccountInjectableJumpResponse",
    "RemoteRdpCandidate",
}
"""Schemas that no table of ours stands for; exchanges are still held against those that occur."""

BY_PRODUCT = {
    "AccountJumpItemAssociation": vault.association,
    "AccountInjectableJumpItem": vault.ITEM.__getitem__,
}
"""Schemas whose table is made for a product."""

_PROVIDERS = [name for name in SCHEMAS if name.endswith("SecurityProvider")]
_NAMED_IN_THE_BODY = "nothing could be made without it, though no schema requires it"
_ONE_TABLE = "one table serves both products; where it matters the product's own list is looked at"
_OURS = "the schema has no default; ours is a guess, or spares a seed from giving it"
_EXAMPLE = "the default is an example, a sentence or missing; ours follows the text"
KNOWN_DIFFERENCES = {  # (schema, attribute, what differs): why we do not follow the schema
    **{
        (schema, name, "required"): _NAMED_IN_THE_BODY
        for schema, name in (
            ("JumpGroupUser", "user_id"),
            ("JumpointUser", "user_id"),
            ("GroupPolicyJumpoint", "jumpoint_id"),
            ("GroupPolicyMember", "security_provider_id"),
            ("GroupPolicyJumpGroup", "jump_group_id"),
            ("VaultAccountUser", "user_id"),
            ("VaultAccountGroupUser", "user_id"),
            ("User", "username"),
            ("RepStatus", "name"),
            ("NetworkTunnelJumpItemFilterRuleIPAddressList", "list"),
            ("NetworkTunnelJumpItemFilterRulePortList", "list"),
        )
    },
    **{(schema, "type", "enum"): _ONE_TABLE for schema in (*_PROVIDERS, "VaultAccount")},
    **{
        (schema, name, "default"): _OURS
        for schema, name in (
            *(
                (schema, name)
                for schema in _PROVIDERS
                for name in ("enabled", "user_authentication")
            ),
            ("Schedule", "timezone"),
            *(
                (schema, name)
                for schema in _PROVIDERS
                if schema != "SecurityProvider"
                for name in ("priority", "default_policy")
            ),
            ("VaultAccountUser", "role"),
            ("RemoteRdpJumpItem", "secure_app_type"),
            ("ShellJumpItem", "keep_alive"),
            *(
                ("User", f"perm_{name}")
                for name in ("view_support_reports", "view_vault_reports", "access_allowed")
            ),
            ("JumpClient", "max_offline_minutes"),
            ("JumpClientInstaller", "max_offline_minutes"),
        )
    },
    **{
        (schema, name, "default"): _EXAMPLE
        for schema, name in (
            ("JumpClient", "public_site_address"),
            ("JumpClientInstaller", "public_site_address"),
            ("ShellJumpItem", "port"),
            ("NetworkTunnelJumpItemFilterRule", "ports"),
            ("GroupPolicy", "rep_perm_status"),
            ("GroupPolicyJumpGroup", "jump_item_role_id"),
            ("GroupPolicyJumpGroup", "jump_policy_id"),
        )
    },
    **{
        (schema, "ttl", "type"): "numbers in an enumeration of strings"
        for schema in ("VaultX509GeneratedCAAccount", "VaultX509ClientAccount")
    },
}


def _said(words: dict) -> dict:
    """The words that say something: no size is below 0, and no default is what it is without one."""
    return {
        name: value
        for name, value in words.items()
        if value is not None
        and value is not False
        and (name, value) not in (("minLength", 0), ("minItems", 0))
    }


def _wanted(described: Field) -> dict:
    """What a field of ours is in the words of a schema."""
    kind, low, high = described.type, described.low, described.high
    bounds = {"string": "Length", "list": "Items"}.get(kind)
    words = {
        "type": {"moment": "string", "list": "array"}.get(kind, kind),
        "format": "date-time" if kind == "moment" else None,
        "enum": sorted(described.choices) or None,
        "nullable": described.nullable,
        "readOnly": described.read_only,
        "writeOnly": described.write_only,
        f"min{bounds}" if bounds else "minimum": low,
        f"max{bounds}" if bounds else "maximum": high,
        "pattern": bool(described.pattern),
        "required": described.required,
        "default": described.default,
    }
    return _said(words)


_WORDS = (
    "type",
    "format",
    "enum",
    "nullable",
    "readOnly",
    "writeOnly",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
)


def _described(contract: contracts.Contract, schema: dict, required: bool) -> dict:
    """What a schema says, in the same words."""
    outer, schema = schema, contract.resolve(schema)
    words = {name: schema.get(name, outer.get(name)) for name in (*_WORDS, "default")}
    words |= {"pattern": "pattern" in schema, "required": required}
    words["enum"] = words["enum"] and sorted(words["enum"])
    if words["format"] != "date-time":
        words["format"] = None
    return _said(words)


def differences(
    contract: contracts.Contract, place: str, fields: Mapping[str, Field], schema: dict
) -> Iterator[tuple[str, str, str, object, object]]:
    """Where a table of ours and a schema differ: the place, the attribute, the word, what we say
    and what the schema says.
    """
    fields = select(fields, contract.product)
    properties, required = contract.properties(place, contract.resolve(schema))
    for name in fields.keys() ^ properties.keys():
        yield place, name, "presence", name in fields, name in properties
    for name in fields.keys() & properties.keys():
        ours, theirs = (
            _wanted(fields[name]),
            _described(contract, properties[name], name in required),
        )
        if properties[name].get("oneOf") or contract.resolve(properties[name]).get("oneOf"):
            theirs["type"] = "either"
        if (
            "default" in theirs
            and "default" not in ours
            and fields[name].initial() == theirs["default"]
        ):
            del theirs["default"]  # it follows from the type
        for word in ours.keys() | theirs.keys():
            if ours.get(word) != theirs.get(word) or type(ours.get(word)) is not type(
                theirs.get(word)
            ):
                yield place, name, word, ours.get(word), theirs.get(word)
        yield from _inner(contract, f"{place}.{name}", fields[name], properties[name])


def _inner(
    contract: contracts.Contract, place: str, described: Field, schema: dict
) -> Iterator[tuple]:
    """The differences inside of a list or an object that has no schema of its own."""
    if described.of is not None and "items" in contract.resolve(schema):
        items = contract.resolve(schema)["items"]
        if described.of.parts is None:
            ours, theirs = _wanted(described.of), _described(contract, items, False)
            if "oneOf" in items:
                theirs["type"] = "either"
            for word in (ours.keys() | theirs.keys()) - {"default"}:
                if ours.get(word) != theirs.get(word):
                    yield place, "*", word, ours.get(word), theirs.get(word)
        elif "$ref" not in items:
            yield from differences(contract, place, described.of.parts, items)
    elif described.parts is not None and "$ref" not in schema and "properties" in schema:
        yield from differences(contract, place, described.parts, schema)


@pytest.fixture(params=contracts.products())
def contract(request) -> contracts.Contract:
    return contracts.contract(request.param)


def test_every_path_and_method_of_the_file_is_there_and_no_other(contract):
    ours = {
        (method, path)
        for path, operations in available(Appliance(product=contract.product)).items()
        for method in operations
        if method != "HEAD"
    }
    assert ours == {(operation.method, operation.template) for operation in contract.operations()}


def test_every_operation_takes_the_query_parameters_of_the_file_with_their_limits(contract):
    ours, found = available(Appliance(product=contract.product)), {}
    for operation in contract.operations():
        takes = ours[operation.template][operation.method].takes()
        described = {"properties": contract.query_parameters(operation)}
        found |= {
            difference[:3]: difference[3:]
            for difference in differences(contract, operation.name, takes, described)
        }
    if contract.product == "rs":
        del found["GET /vault/account", "type", "enum"]  # _ONE_TABLE
    # Some paths leave out how large an identifier may be.
    assert {
        key: (given, limit)
        for key, (given, limit) in found.items()
        if (key[2], limit) != ("maximum", None)
    } == {}


def test_every_schema_of_the_file_has_a_table(contract):
    schemas = contract.document["components"]["schemas"].keys()
    assert schemas <= SCHEMAS.keys() | BY_PRODUCT.keys() | NOT_TABLES


def _all_differences(contract: contracts.Contract) -> dict[tuple[str, str, str], tuple]:
    found = {}
    for name, schema in contract.document["components"]["schemas"].items():
        fields = BY_PRODUCT[name](contract.product) if name in BY_PRODUCT else SCHEMAS.get(name)
        if fields is not None:
            found |= {
                difference[:3]: difference[3:]
                for difference in differences(contract, name, fields, schema)
            }
    return found


def test_the_tables_differ_from_the_schemas_only_where_we_know_why(contract):
    found = _all_differences(contract)
    assert {key: values for key, values in found.items() if key not in KNOWN_DIFFERENCES} == {}


def test_every_known_difference_is_still_one():
    found = set().union(
        *(_all_differences(contracts.contract(product)) for product in contracts.products())
    )
    assert KNOWN_DIFFERENCES.keys() - found == set() or len(contracts.products()) < 2


# (operation, attribute, what differs): why we do not follow the schema of the body.
BODIES_DIFFER = {
    **{
        (operation, name, "required"): _NAMED_IN_THE_BODY
        for operation, name in (
            (
                "POST /vault/account/{id}/jump-item-association/shared-jump-group",
                "shared_jump_group_id",
            ),
            (
                "DELETE /vault/account/{id}/jump-item-association/shared-jump-group",
                "shared_jump_group_id",
            ),
            (
                "DELETE /vault/account-group/{id}/jump-item-association/shared-jump-group",
                "shared_jump_group_id",
            ),
            ("POST /vault/endpoint/{id}/remote-rdp-jump-item-association", "id"),
        )
    },
}


def test_bodies_without_a_schema_of_their_own_are_as_described(contract):
    appliance, found = Appliance(product=contract.product), {}
    for operation in contract.operations():
        schema = contract.body_schema(operation)
        ours = available(appliance)[operation.template][operation.method]
        assert (ours.body is None) is (schema is None), operation.name
        if schema is None or "$ref" in schema or "oneOf" in schema:
            continue
        found |= {
            difference[:3]: difference[3:]
            for difference in differences(
                contract, operation.name, ours.body(appliance, {}, {}), schema
            )
        }
    assert {key: values for key, values in found.items() if key not in BODIES_DIFFER} == {}


def test_other_bodies_are_those_of_their_schema(contract):
    appliance = Appliance(product=contract.product)
    for operation in contract.operations():
        schema = contract.body_schema(operation) or {}
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            fields = BY_PRODUCT[name](contract.product) if name in BY_PRODUCT else SCHEMAS[name]
            ours = available(appliance)[operation.template][operation.method].body(
                appliance, {}, {}
            )
            assert select(fields, contract.product) == select(ours, contract.product), (
                operation.name
            )


def test_a_walk_through_every_operation_fits_the_file(contract):
    client = Client(product=contract.product)  # it holds each exchange against the file
    walk(client)
    entries = [entry for entry in client.appliance.journal.entries if entry.status < 300]
    exchanged = {
        contract.find(entry.method, entry.query.partition(" ")[2]).name for entry in entries
    }
    assert {operation.name for operation in contract.operations()} - exchanged == set()
    assert client.appliance.journal.violations == []


def test_a_journal_is_held_against_the_file_as_far_as_requests_succeeded(contract):
    client = Client(product=contract.product)
    client.post("/jump-group", {"name": "x"})
    client.invalid("POST", "/jump-group", {"name": ""})
    entries = client.appliance.journal.entries
    assert contracts.check_exchanges(contract.product, entries) == []
    entries[0].body, entries[1].answer = {"name": "x", "colour": "red"}, {"message": 1}
    assert len(contracts.check_exchanges(contract.product, entries)) == 2
    assert contracts.check_exchanges("none", entries) == []


@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("GET", "/jump-policy", [("name", "x")], None),
        ("GET", "/jump-group", [("per_page", "3")], None),
        ("POST", "/jump-group", [], {}),
        ("POST", "/jump-group", [], {"name": "x", "id": 1}),
        ("POST", "/jump-group", [], {"name": 1}),
        ("DELETE", "/jump-group/1", [], {"a": 1}),
        (
            "POST",
            "/jump-item/shell-jump",
            [],
            {
                "name": "x",
                "jumpoint_id": "3",
                "hostname": "h",
                "protocol": "ssh",
                "jump_group_id": 1,
            },
        ),
        ("PATCH", "/jump-group/1", [], {"comments": "x" * 4097}),
        ("GET", "/jump-groups", [], None),
    ],
)
def test_the_file_finds_fault_with_wrong_requests(contract, method, path, query, body):
    assert len(contract.check_request(method, path, query, body)) == 1


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("GET", "/jump-group/1", 200, {"name": None}),
        ("GET", "/jump-group/1", 200, []),
        ("GET", "/jump-group/1", 202, {}),
        ("GET", "/jump-groups", 200, []),
        (
            "GET",
            "/user/1",
            200,
            {"public_display_name": "x", "private_display_name": "x", "password": "x"},
        ),
        ("POST", "/jump-group", 422, {"errors": []}),
        (
            "GET",
            "/user/1",
            200,
            {
                "public_display_name": "x",
                "private_display_name": "x",
                "created_at": "2026-01-15T09:00:00Z",
            },
        ),
    ],
)
def test_the_file_finds_fault_with_wrong_answers(contract, method, path, status, body):
    if contract.product == "pra" and isinstance(body, dict):
        body = {name: value for name, value in body.items() if name != "private_display_name"}
    assert len(contract.check_answer(method, path, status, body)) == 1
