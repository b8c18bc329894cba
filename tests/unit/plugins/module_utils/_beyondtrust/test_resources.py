"""Every attribute means the same on both sides, and is written without touching others, on an
appliance of either product.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import (
    BEYONDTRUST,
    CONNECTION,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.kind import Sublist
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.products import PRODUCTS
from ansible_collections.remoteops.access.plugins.module_utils._core.reconcile import object_spec
from tests.unit.appliances import reader, small_appliance

RESOURCES = BEYONDTRUST.resources
MANAGED = [resource for resource in RESOURCES if resource.verbs]
each_product = pytest.mark.parametrize("product", PRODUCTS)
each_resource = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)


def of_product(resource, product) -> bool:
    """Tell whether a product has a kind, or a field."""
    return PRODUCTS[product] in (resource.only or (PRODUCTS[product],))


# --- The data itself --------------------------------------------------------------------------------------------------


@each_resource
def test_names_are_the_vendors_words_in_snake_case_and_occur_once(resource):
    names = [
        *resource.fields,
        *(field.option for field in resource.fields.values() if field.option),
    ]
    assert all(name == name.lower() and name.isidentifier() for name in names)
    wires = [field.wire or name for name, field in resource.fields.items()]
    assert len(wires) == len(set(wires))
    assert set(resource.key) <= set(resource.fields)


@pytest.mark.parametrize("resource", MANAGED, ids=lambda resource: resource.name)
def test_no_option_of_an_object_hides_one_of_the_connection(resource):
    assert not object_spec(resource).keys() & CONNECTION.keys()


def test_only_what_the_documents_call_a_secret_is_one():
    secrets = {
        f"{resource.name}.{name}"
        for resource in RESOURCES
        for name, field in resource.fields.items()
        if field.secret
    }
    assert secrets == {
        "user.password",
        "vendor_user.password",
        "vault_account.password",
        "vault_account.private_key",
        "vault_account.private_key_passphrase",
        "vault_account.token",
    }


def references_of(fields):
    """Yield every kind that some fields refer to, however deep."""
    for field in fields.values():
        if field.ref:
            yield field.ref
        yield from references_of(field.fields or {})


def test_kinds_stand_in_the_order_in_which_they_can_be_made():
    made = set()
    for resource in RESOURCES:
        assert set(references_of(resource.fields)) <= made, (
            f"{resource.name} refers to something that is made later"
        )
        made.add(resource.name)


@each_resource
def test_whatever_has_requests_of_its_own_stands_with_the_kind(resource):
    assert set(resource.below) == {field.query for field in resource.fields.values() if field.query}


@each_resource
@pytest.mark.parametrize("nulls", [False, True], ids=["absent", "nulls"])
def test_a_record_without_values_is_an_object_without_values(resource, nulls):
    record = {field.wire or name: None for name, field in resource.fields.items()} if nulls else {}
    obj = resource.from_wire(record, lambda kind, identifier: "")
    assert set(obj) == {
        name for name, field in resource.fields.items() if not field.query and not field.secret
    }
    assert set(obj.values()) == {None}


# --- The way there and back -------------------------------------------------------------------------------------------


@each_product
def test_every_object_survives_the_way_there_and_back(beyondtrust, product):
    simulated = beyondtrust(product)
    seen = set()
    with reader(simulated) as server:
        for resource in filter(lambda resource: of_product(resource, product), RESOURCES):
            objects = server.read(resource)
            assert objects, f"the small site has no {resource.name}"
            server.complete(resource, objects, resource.queries)
            for key, obj in objects.items():
                record = server.memory(resource).known[key].record
                sent = resource.to_server(
                    resource.to_wire(
                        {name: value for name, value in obj.items() if value is not None},
                        {},
                        server.id_of,
                    )
                )
                raw = as_the_appliance_holds_it(simulated, resource, record)
                for name, value in sent.items():
                    assert same(value, raw.get(name)), (
                        f"{resource.name} {key}: {name} {value!r} {raw.get(name)!r}"
                    )
                written = {
                    field.wire or name
                    for name, field in resource.fields.items()
                    if not (field.computed or field.secret or field.written_by)
                }
                unsent = written - sent.keys() - {"personal_list_of"}
                assert all(raw.get(name) in (None, "", [], 0) for name in unsent), (
                    f"{resource.name} {key}: {unsent}"
                )
            seen.add(resource.name)
    assert len(seen) > 20


def as_the_appliance_holds_it(simulated, resource, record) -> dict:
    """Return the record of an object in the simulator's own site."""
    collection = resource.endpoint.strip("/").replace("{vendor}/", "")
    return {
        **simulated.site["config"].get(collection, {}).get(str(record["id"]), {}),
        **({"vendor_id": record["vendor_id"]} if "vendor_id" in record else {}),
    }


def same(sent, held) -> bool:
    """Tell whether two values mean the same to the appliance: lists in another order, all portals
    in either spelling, empty values.
    """
    held = ["all"] if held == ["All portals"] else held
    if isinstance(sent, list) and isinstance(held, list):
        return sorted(map(str, sent)) == sorted(map(str, held))
    return sent == held or {str(sent or ""), str(held or "")} == {""}


@each_product
def test_what_lies_below_every_object_is_left_as_it_is_when_it_is_asked_for_as_it_is(
    beyondtrust, product
):
    simulated = beyondtrust(product)
    seen = set()
    with reader(simulated) as server:
        for resource, sublist in lists_below(RESOURCES):
            query = sublist.name
            objects = server.read(resource)
            server.complete(resource, objects, [query])
            for key, obj in objects.items():
                path = f"{resource.path({})}/{server.memory(resource).known[key].identifier}"
                entries = sublist.entries(server.backend, path)
                wanted = resource.fields[query].to_wire(obj[query], None, server.id_of)
                assert list(sublist.steps(entries, wanted)) == [], (resource.name, query)
                seen.update((resource.name, query) for _entry in entries)
    assert seen == {(resource.name, sublist.name) for resource, sublist in lists_below(RESOURCES)}


def lists_below(resources) -> list:
    """Return every list below objects with its kind."""
    return [
        (resource, part)
        for resource in resources
        for part in resource.below.values()
        if isinstance(part, Sublist)
    ]


# --- One attribute at a time ------------------------------------------------------------------------------------------

VALUES = {"int": 7, "str": "another", "bool": True, "list": ["another"]}
# What an attribute can be given where the usual value cannot be: (kind, attribute) -> value.
FITTING = {
    ("user", "email_address"): "another@example.org",
    ("user", "preferred_email_language"): "de",
    ("user", "password_expiration"): "2027-01-01T00:00:00+00:00",
    ("vendor_user", "password_expiration"): "2027-01-01T00:00:00+00:00",
    ("vendor_user", "preferred_email_language"): "de",
    ("jumpoint", "jzp_restricted_ips"): ["10.9.0.0/16"],
    ("jumpoint", "managed_ip_ranges"): [{"start": "10.9.0.1", "end": "10.9.0.9"}],
    ("jump_client", "support_button_direct_queue"): "team:helpdesk",
    ("protocol_tunnel_jump", "tunnel_definitions"): "22;22",
    ("network_tunnel_jump", "filter_rules"): [
        {"ip_addresses": {"list": ["10.9.0.1"]}, "protocol": "UDP", "ports": {"list": [53]}}
    ],
    **{
        (kind, "tunnel_listen_address"): "127.0.0.9"
        for kind in ("protocol_tunnel_jump", "psql_tunnel_jump", "mysql_tunnel_jump")
    },
}
REFERENCES = {
    "user": ("a.keller", "b.okafor"),
    "team": ("Helpdesk", "Field Service"),
    "jump_policy": ("Ask First", "Office Hours"),
    "jumpoint": ("Leeds", "London"),
    "session_policy": ("Servers", "View Only"),
    "jump_item_role": ("Administrator", "Auditor"),
    "public_portal": ("Default", "Partners"),
    "group_policy": ("Technicians", "Partners"),
    "vault_account_group": ("Leeds", "Default Account Group"),
    "vault_account": ("Leeds root", "Switches"),
    "vault_account_policy": ("Rotate Monthly", "Default Account Policy"),
}
# What has to be so before an attribute can be set at all: (kind, attribute) -> options.
BEFORE = {
    ("jump_policy", "schedule_strict"): {"schedule_enabled": True},
    ("jump_policy", "simultaneous_jump_behavior_applies_to_copies"): {"simultaneous_jumps": "join"},
    ("jump_policy", "schedule_enabled"): {"schedule_enabled": False},
    ("vendor", "user_reactivation_enabled"): {"user_approval_enabled": True},
    ("jump_policy", "approval_required"): {
        "approval_display_name": "Leader",
        "approval_email_addresses": ["a@example.org"],
    },
    **{
        ("jump_policy", name): {
            "notification_display_name": "Audit",
            "notification_email_addresses": ["a@example.org"],
        }
        for name in (
            "session_start_notification",
            "session_end_notification",
        )
    },
    **{
        ("remote_rdp", name): {"secure_app_type": "remote_app"}
        for name in ("remote_app_name", "remote_app_params")
    },
    **{
        ("remote_rdp", name): {"secure_app_type": "remote_desktop_agent"}
        for name in ("remote_exe_path", "remote_exe_params")
    },
    **{
        ("remote_rdp", name): {
            "secure_app_type": "remote_desktop_agent_credentials",
            "remote_exe_path": "x",
        }
        for name in (
            "target_system",
            "credential_type",
        )
    },
    ("vault_account_policy", "maximum_password_age"): {
        "scheduled_password_rotation": True,
        "maximum_password_age": 30,
    },
}
# What cannot be set alone: (kind, attribute) -> why.
NOT_ALONE = {
    ("user", "failed_logins"): "can be set to nothing but 0",
    ("protocol_tunnel_jump", "url"): "of Kubernetes tunnels, which have no hostname",
    ("protocol_tunnel_jump", "ca_certificates"): "the same",
    ("protocol_tunnel_jump", "tunnel_type"): "each type needs attributes of its own",
    ("remote_rdp", "secure_app_type"): "each type needs attributes of its own",
    ("vault_account", "private_key_public_cert"): "of keys, of which the small site has none",
    ("vault_account_policy", "scheduled_password_rotation"): "takes the age of passwords along",
    **{
        ("jump_client", name): "where it lies is told by two attributes of the API"
        for name in ("jump_group", "personal_list_of")
    },
}
OBJECTS = {  # the object that is changed, where it is not the first
    "user": "a.keller",
    "vault_account_policy": "Rotate Monthly",
    "vault_account_group": "Leeds",
    "group_policy": "Partners",
    "jump_policy": "Ask First",
}


def another(resource, name, field, held):
    """Return a value for an attribute that is not the one that the object has."""
    if (resource.name, name) in FITTING:
        return FITTING[resource.name, name]
    if field.ref:
        values = (
            [[name] for name in REFERENCES[field.ref]]
            if field.type == "list"
            else REFERENCES[field.ref]
        )
        return next(value for value in values if value != held)
    if field.choices:
        return next(choice for choice in field.choices if choice != held)
    if field.type == "bool":
        return not held
    if field.type == "int":
        return next(value for value in (field.least or 7, (field.least or 7) + 1) if value != held)
    return VALUES[field.type]


def settable(product):
    """Yield every attribute that can be changed alone on an object of the product."""
    for resource in MANAGED:
        if "update" in resource.verbs and of_product(resource, product):
            for name, field in resource.fields.items():
                fixed = (
                    field.computed
                    or field.secret
                    or field.written_by
                    or field.fixed
                    or name in (*resource.key, resource.id_field, resource.code)
                )
                if (
                    not fixed
                    and of_product(field, product)
                    and (resource.name, name) not in NOT_ALONE
                ):
                    yield product, resource, name


# What both products have is tried on the first of them.
LINES = list(
    {
        (resource.name, name): (product, resource, name)
        for product in reversed(PRODUCTS)
        for product, resource, name in settable(product)
    }.values()
)


@pytest.mark.parametrize(
    ("product", "resource", "name"),
    LINES,
    ids=[f"{product}-{resource.name}-{name}" for product, resource, name in LINES],
)
def test_an_attribute_of_an_object_is_set_alone(beyondtrust, product, resource, name):
    simulated = beyondtrust(product, ready_for_anything(product))
    kind, before = f"beyondtrust_{resource.name}", BEFORE.get((resource.name, name), {})
    with reader(simulated) as server:
        objects = server.read(resource)
        key = next(key for key in objects if key[0] == OBJECTS.get(resource.name, key[0]))
        server.complete(
            resource, [key], [resource.fields[name].query] if resource.fields[name].query else []
        )
        held, identifier = objects[key], server.memory(resource).known[key].record["id"]
    identity = (
        {resource.id_field: identifier}
        if resource.id_field
        else dict(zip(resource.key, key, strict=True))
    )
    for option, value in before.items():
        simulated.expect(kind, **identity, **{option: value})
    field = resource.fields[name]
    value = another(resource, name, field, before.get(name, held[name]))
    was = simulated.server.dump()["config"]
    simulated.expect(kind, **identity, **{field.option or name: value})
    changed = [
        place
        for place in differences(was, simulated.server.dump()["config"])
        if not place[0].startswith("_")
    ]
    collection = resource.endpoint.strip("/").replace("{vendor}/", "")
    assert changed == [(collection, str(identifier), field.wire or name)]
    with reader(simulated) as server:
        server.complete(
            resource, [key] if server.read(resource) else [], [field.query] if field.query else []
        )
        shown = server.read(resource)[key][name]
        assert field.same(shown, value), (shown, value)


def ready_for_anything(product) -> dict:
    """Return a site in which no attribute of the first object of a kind stands in the way of
    another.
    """
    site = small_appliance(product)
    if product == "pra":
        site["config"]["vendor"]["1"] |= {"administrator_ids": [2], "team_ids": [1]}
    site["config"]["jump-policy"]["1"] |= {"schedule_strict": False}
    return site


def differences(before, after, place=()):
    """Return the places at which two sites differ, down to an attribute of an object."""
    if isinstance(before, dict) and isinstance(after, dict) and len(place) < 3:
        return [
            found
            for name in {**before, **after}
            for found in differences(before.get(name), after.get(name), (*place, name))
        ]
    return [] if before == after else [place]
