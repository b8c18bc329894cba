"""Every attribute that the vendor's document lists is there, means the same on both sides, and is
written without touching others.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.resources import (
    MACHINE,
    MACHINE_GROUP,
    RESOURCES,
    SERVER,
    TECH_GROUP,
    TECHNICIAN,
)
from tests.simulator.simplehelp import Switches
from tests.unit.simulated import small_site

# The tables of the document (Integration API 1.0), with their types in Ansible's words.
TECHNICIAN_TABLE = {
    "uniqueID": "int",
    "displayName": "str",
    "username": "str",
    "emailAddress": "str",
    "isAnonymous": "bool",
    "allowLocallyAuthenticatedLogins": "bool",
    "enabled": "bool",
    "appProfilesUser": "bool",
    "groupIDs": "list",
}
GROUP_TABLE = {
    "uniqueID": "int",
    "name": "str",
    "allowAnonymousLogins": "bool",
    "max_groupShSessions": "int",
    "max_groupSgSessions": "int",
    "max_userShSessions": "int",
    "max_userSgSessions": "int",
    "maxFileSize": "int",
    "requestAccessTimeout": "int",
    "groupSpecificHostname": "str",
    "defaultSgServiceName": "str",
    "videoPassword": "str",
    "sessionSpeedLimitKbps": "int",
    "fpsDelay": "int",
    "ldapSettings": "dict",
    "mfaSettings": "dict",
    "passwordSettings": "dict",
}
LDAP_TABLE = {
    "enabled": "bool",
    "advanced": "bool",
    "baseDN": "str",
    "filter": "str",
    "memberOfGroups": "list",
}
MFA_TABLE = {
    "email": "bool",
    "app": "bool",
    "emailCodeLength": "int",
    "emailSubject": "str",
    "emailBody": "str",
    "rememberMachine": "bool",
}
GROUP_IDS = {"Helpdesk": 1, "Field Service": 2}
GROUP_NAMES = {identifier: name for name, identifier in GROUP_IDS.items()}


def table_of(fields) -> dict:
    """Return wire name -> type of the fields that come with the object."""
    return {field.wire or name: field.type for name, field in fields.items() if not field.query}


def round_trip(resource, record) -> dict:
    """Return a record that was translated into the user's words and back."""
    obj = resource.from_wire(record, lambda kind, identifier: GROUP_NAMES[identifier])
    return resource.to_wire(obj, {}, lambda kind, name: GROUP_IDS[name])


def filled(table) -> dict:
    """Return a record in which every attribute of a table has a value that is not its usual one."""
    values = {"int": 7, "str": "text", "bool": True}
    return {name: values[kind] for name, kind in table.items() if kind in values}


@pytest.mark.parametrize(
    ("fields", "table"),
    [
        (TECHNICIAN.fields, TECHNICIAN_TABLE),
        (TECH_GROUP.fields, GROUP_TABLE),
        (TECH_GROUP.fields["ldap_settings"].fields, LDAP_TABLE),
        (TECH_GROUP.fields["mfa_settings"].fields, MFA_TABLE),
    ],
    ids=["technician", "tech_group", "ldap_settings", "mfa_settings"],
)
def test_the_fields_are_those_of_the_documents_table(fields, table):
    assert table_of(fields) == table


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_names_are_the_vendors_words_in_snake_case_and_occur_once(resource):
    names = [
        *resource.fields,
        *(field.option for field in resource.fields.values() if field.option),
    ]
    assert all(name == name.lower() and name.isidentifier() for name in names)
    wires = [field.wire or name for name, field in resource.fields.items()]
    assert len(wires) == len(set(wires))
    assert set(resource.key) <= set(resource.fields)


def test_only_what_the_document_calls_a_password_is_a_secret():
    secrets = {
        f"{resource.name}.{name}"
        for resource in RESOURCES
        for name, field in resource.fields.items()
        if field.secret
    }
    assert secrets == {"technician.password", "tech_group.password", "tech_group.video_password"}


def test_kinds_stand_in_the_order_in_which_they_can_be_made():
    made = set()
    for resource in RESOURCES:
        referred = {field.ref for field in resource.fields.values() if field.ref}
        assert referred <= made, f"{resource.name} refers to something that is made later"
        made.add(resource.name)
    assert RESOURCES[-1] is SERVER, "restrictions on logins come last"


def test_a_whole_technician_survives_the_way_there_and_back():
    record = {**filled(TECHNICIAN_TABLE), "groupIDs": [2, 1]}
    computed = {"uniqueID", "isAnonymous", "appProfilesUser"}
    assert round_trip(TECHNICIAN, record) == {
        name: value for name, value in record.items() if name not in computed
    }
    assert TECHNICIAN.from_wire(record, lambda kind, identifier: GROUP_NAMES[identifier])[
        "groups"
    ] == [
        "Field Service",
        "Helpdesk",
    ]


def test_a_whole_group_survives_the_way_there_and_back():
    record = {
        **filled(GROUP_TABLE),
        "ldapSettings": {**filled(LDAP_TABLE), "memberOfGroups": ["cn=a", "cn=b"]},
        "mfaSettings": filled(MFA_TABLE),
        "passwordSettings": {"enabled": True, "something": {"of": "theirs"}},
    }
    assert round_trip(TECH_GROUP, record) == {
        name: value for name, value in record.items() if name not in ("uniqueID", "videoPassword")
    }
    obj = TECH_GROUP.from_wire(record, lambda kind, identifier: "")
    assert (
        obj["ldap_settings"]["base_dn"] == "text"
        and obj["mfa_settings"]["remember_machine"] is True
    )
    assert "video_password" not in obj


@pytest.mark.parametrize(
    "resource", [TECHNICIAN, TECH_GROUP, MACHINE], ids=lambda resource: resource.name
)
@pytest.mark.parametrize("empty", [{}, "nulls"])
def test_a_record_without_values_is_an_object_without_values(resource, empty):
    record = dict.fromkeys(table_of(resource.fields)) if empty == "nulls" else {}
    obj = resource.from_wire(record, lambda kind, identifier: "")
    assert set(obj) == {
        name for name, field in resource.fields.items() if not field.query and not field.secret
    }
    assert set(obj.values()) == {None}


def test_keys_of_nested_settings_that_only_the_server_knows_are_sent_back():
    raw = {"ldapSettings": {"enabled": True, "port": 636, "baseDN": None}}
    body = TECH_GROUP.to_wire(
        {"ldap_settings": {"enabled": False, "base_dn": None}}, raw, lambda kind, name: None
    )
    assert body == {"ldapSettings": {"enabled": False, "port": 636}}


def test_a_machine_and_a_machine_group_are_known_by_what_identifies_them():
    machine = MACHINE.from_wire(
        {"machineID": "SG_1", "name": "A", "groups": ["B", "A"], "monitoringEnabled": True},
        lambda kind, identifier: "",
    )
    assert (
        MACHINE.key_of(machine) == ("SG_1",)
        and machine["groups"] == ["B", "A"]
        and machine["monitor"] is True
    )
    assert MACHINE_GROUP.key_of({"path": ["B", "A"]}) == (("B", "A"),)
    assert MACHINE_GROUP.label({"path": ["B", "A"]}) == "B/A"


# --- One attribute at a time, on the simulated server -----------------------------------------------------------------

VALUES = {"int": 7, "str": "another text", "bool": True, "list": ["cn=new"]}


def single_options(resource):
    """Yield, for each attribute that a user can set, the option that sets it alone and the place
    where the server keeps it.
    """
    for name, field in resource.fields.items():
        if field.computed or field.query or name in resource.key or field.ref or field.free:
            continue
        wire = field.wire or name
        if field.fields:
            for inner, each in field.fields.items():
                yield (
                    {name: {inner: VALUES[each.type]}},
                    (wire, each.wire or inner),
                    VALUES[each.type],
                )
        else:
            options = {
                name: VALUES[field.type],
                **({f"update_{name}": "always"} if field.secret else {}),
            }
            yield options, (wire,), VALUES[field.type]


TECHNICIAN_OPTIONS, GROUP_OPTIONS = (
    list(single_options(TECHNICIAN)),
    list(single_options(TECH_GROUP)),
)
MANNERS = [
    Switches(),
    Switches(nested_update="replace"),
    Switches(nulls="null", nested_update="replace"),
    Switches(nulls="null", path_style="printed"),
]


def differences(before, after, place=()):
    """Return the places at which two sites differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            found
            for name in {**before, **after}
            for found in differences(before.get(name), after.get(name), (*place, name))
        ]
    return [] if before == after else [place]


@pytest.mark.parametrize(
    "manners", MANNERS, ids=["merge", "replace", "nulls,replace", "nulls,printed"]
)
@pytest.mark.parametrize(
    ("options", "place", "value"),
    GROUP_OPTIONS,
    ids=[".".join(place) for options, place, value in GROUP_OPTIONS],
)
@pytest.mark.parametrize("name", ["Helpdesk", "Field Service"])
def test_an_attribute_of_a_group_is_set_alone(simplehelp, name, options, place, value, manners):
    simulated = simplehelp(**vars(manners))
    if _at(simulated.site["groups"][name], place) == value:
        value = False
        options = {
            outer: dict.fromkeys(nested, False) if isinstance(nested, dict) else False
            for outer, nested in options.items()
        }
    before = simulated.server.dump()
    simulated.expect("tech_group", name=name, **options)
    after = simulated.server.dump()
    assert differences(before, after) == [("groups", name, *place)]
    assert _at(after["groups"][name], place) == value


def _at(record, place):
    for name in place:
        record = record.get(name)
    return record


@pytest.mark.parametrize("manners", [Switches(), Switches(nulls="null")], ids=["absent", "nulls"])
@pytest.mark.parametrize(
    ("options", "place", "value"),
    TECHNICIAN_OPTIONS,
    ids=[".".join(place) for options, place, value in TECHNICIAN_OPTIONS],
)
def test_an_attribute_of_a_technician_is_set_alone(simplehelp, options, place, value, manners):
    site = small_site()
    site["technicians"]["admin"] |= {"enabled": False, "allowLocallyAuthenticatedLogins": False}
    simulated = simplehelp(site, **vars(manners))
    before = simulated.server.dump()
    simulated.expect("technician", username="admin", **options)
    after = simulated.server.dump()
    assert differences(before, after) == [("technicians", "admin", *place)]
    assert after["technicians"]["admin"][place[0]] == value


def test_an_attribute_of_a_new_object_is_sent_alone(simplehelp):
    simulated = simplehelp()
    for number, (options, place, value) in enumerate(TECHNICIAN_OPTIONS):
        simulated.expect("technician", username=f"t{number}", **options)
        assert simulated.journal.writes[-1].body == {
            "technician": {"username": f"t{number}", place[0]: value}
        }
    for number, (options, place, value) in enumerate(GROUP_OPTIONS):
        simulated.expect("tech_group", name=f"g{number}", **options)
        sent = {place[0]: value} if len(place) == 1 else {place[0]: {place[1]: value}}
        assert simulated.journal.writes[-1].body == {"group": {"name": f"g{number}", **sent}}
