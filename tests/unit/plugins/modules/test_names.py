"""Names that nobody can read are given to nothing, what looks the same is the same, and every
number says what the server takes.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from unicodedata import normalize

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from tests.unit.fastx_servers import USERNAME

# Server -> module, the option that holds the name, and what else a new object needs.
NAMED = {
    "technician": ("simplehelp", "technician", "username", {}),
    "display name": ("simplehelp", "technician", "display_name", {"username": "new"}),
    "tech_group": ("simplehelp", "tech_group", "name", {}),
    "machine": ("simplehelp", "simplehelp_machine", "name", {"machine": "SG_1"}),
    "jump_group": ("rs", "beyondtrust_jump_group", "name", {}),
    "shell_jump": (
        "pra",
        "beyondtrust_shell_jump",
        "name",
        {"jump_group": "Servers", "jumpoint": "Leeds", "hostname": "x", "protocol": "ssh"},
    ),
    "session": ("screenconnect", "screenconnect_session", "name", {"type": "support"}),
    "bookmark": ("fastx", "fastx_bookmark", "id", {"command": "x"}),
}
BAD = {
    " blank": "blanks",
    "blank ": "blanks",
    "blank\u00a0": "blanks",
    "tab\t": "blanks",
    "line\nbreak": "U+000A",
    "nul\0": "U+0000",
    "ze\u200bro": "U+200B",
    "bi\u202edi": "U+202E",
    "\ufeffmark": "U+FEFF",
    "soft\u00adhyphen": "U+00AD",
    "line\u2028": "blanks",
    "a\u2029b": "U+2029",
    "fill\u3164er": "U+3164",
    "esc\x1b[2J": "U+001B",
}
ACCENTED = "J\u00f6rg \u00c5"


@pytest.mark.parametrize("kind", NAMED)
def test_a_name_that_nobody_can_read_is_given_to_nothing(servers, kind):
    server, module, option, more = NAMED[kind]
    simulated = servers[server]()
    for number, (name, words) in enumerate(BAD.items()):
        message = simulated.refuse(module, bool(number % 2), **more, **{option: name})
        assert option in message and words in message, (name, message)
    assert simulated.expect(module, True, **more, **{option: "Na\u00efve \u540d\u524d 1/2"})[
        "changed"
    ]


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("simplehelp_machine", {"machine": "SG_1", "name": ""}, "name must not be empty"),
        ("simplehelp_machine", {"machine": "SG_1", "properties": {"a\u200b": "x"}}, "U+200B"),
        ("simplehelp_machine", {"machine": "SG_1", "properties": {"a ": "x"}}, "blanks"),
        ("simplehelp_machine", {"machine": "SG_1", "properties": {"a": "x\0"}}, "NUL"),
        ("simplehelp_machine", {"machine": "SG_1", "notes": "a\0b"}, "NUL"),
        ("technician", {"username": "new", "password": "a\0b"}, "NUL"),
        (
            "tech_group",
            {"name": "Helpdesk", "ldap_settings": {"member_of_groups": ["a\0b"]}},
            "NUL",
        ),
    ],
)
def test_neither_a_key_nor_a_longer_text_holds_what_no_text_can_hold(
    simplehelp, module, options, words
):
    simulated = simplehelp()
    assert words in simulated.refuse_everywhere(module, **options)


def test_an_odd_name_that_is_there_can_be_addressed_and_longer_texts_may_have_lines(simplehelp):
    simulated = simplehelp()
    odd = "odd \u200b\n"
    simulated.site["technicians"][odd] = {
        **simulated.site["technicians"]["b.okafor"],
        "uniqueID": 77,
        "username": odd,
    }
    simulated.expect("technician", username=odd, email_address="odd@example.org")
    assert simulated.site["technicians"][odd]["emailAddress"] == "odd@example.org"
    simulated.expect(
        "simplehelp_machine",
        machine="SG_1",
        notes="one\n\ntwo \u200b",
        properties={"asset": "a\nb "},
    )


@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("given", ["NFC", "NFD"])
@pytest.mark.parametrize("kind", ["technician", "tech_group", "jump_group", "bookmark"])
def test_a_name_is_found_in_whichever_form_its_accents_are_written(servers, kind, stored, given):
    server, module, option, more = NAMED[kind]
    simulated = servers[server]()
    name = normalize(stored, ACCENTED)
    if server == "simplehelp":
        collection, template = {
            "technician": ("technicians", "admin"),
            "tech_group": ("groups", "Field Service"),
        }[kind]
        simulated.site[collection][name] = {
            **simulated.site[collection][template],
            "uniqueID": 77,
            option: name,
        }
    elif server == "fastx":
        simulated.site["users"][USERNAME]["bookmarks"].append({"id": name, "command": "x"})
    else:
        simulated.site["config"]["jump-group"]["77"] = {
            **simulated.site["config"]["jump-group"]["2"],
            "id": 77,
            "name": name,
            "code_name": "joerg",
        }
    for check in (True, False):
        assert (
            simulated.expect(module, check, **more, **{option: normalize(given, ACCENTED)})[
                "changes"
            ]
            == []
        )


@pytest.mark.parametrize("kind", ["technician", "tech_group", "jump_group", "bookmark"])
def test_a_new_name_is_given_in_one_form_and_found_in_both(servers, kind):
    server, module, option, more = NAMED[kind]
    simulated = servers[server]()
    assert simulated.expect(module, **more, **{option: normalize("NFD", ACCENTED)})["changed"]
    for form in ("NFC", "NFD"):
        assert not simulated.expect(module, **more, **{option: normalize(form, ACCENTED)})[
            "changed"
        ]
    assert normalize("NFC", ACCENTED) in str(simulated.site) and normalize(
        "NFD", ACCENTED
    ) not in str(simulated.site)


def test_a_reference_is_found_in_either_form_and_one_described_in_both_is_described_twice(
    simplehelp,
):
    simulated = simplehelp()
    composed, apart = (normalize(form, ACCENTED) for form in ("NFC", "NFD"))
    simulated.expect(
        "simplehelp_config",
        config={
            "tech_group": [{"name": composed}],
            "technician": [{"username": "new", "groups": [apart]}],
        },
    )
    message = simulated.refuse(
        "simplehelp_config",
        True,
        config={"technician": [{"username": composed}, {"username": apart}]},
    )
    assert (
        f"technician {composed} is described twice" in message
        or f"technician {apart} is described twice" in message
    )


# --- numbers --------------------------------------------------------------------------------------------------------------


def numbers_of(fields):
    """Yield every field of numbers that can be written, wherever it lies."""
    for name, field in fields.items():
        if field.type == "int" and not field.computed:
            yield name, field
        if field.elements == "int" and not field.computed:
            yield name, field.each
        yield from numbers_of(field.fields or {})


@pytest.mark.parametrize(
    "platform", [SIMPLEHELP, BEYONDTRUST, SCREENCONNECT, FASTX], ids=lambda platform: platform.name
)
def test_every_number_says_what_the_server_takes(platform):
    found = [
        (resource.name, name, field)
        for resource in platform.resources
        for name, field in numbers_of(resource.fields)
    ]
    assert [
        (kind, name)
        for kind, name, field in found
        if not field or not field.choices and None in (field.least, field.most)
    ] == []
    assert bool(found) == (platform in (SIMPLEHELP, BEYONDTRUST))


@pytest.mark.parametrize(
    ("number", "refused"),
    [
        (2**31 - 1, False),
        (2**31, True),
        (-(2**31), False),
        (-(2**31) - 1, True),
        (99_999_999_999, True),
        (10**40, True),
    ],
)
def test_check_mode_refuses_the_numbers_that_the_server_refuses(simplehelp, number, refused):
    simulated = simplehelp()
    for options in (
        {"max_group_sh_sessions": number},
        {"mfa_settings": {"email_code_length": number}},
    ):
        told = [
            simulated.run("tech_group", check, name="Helpdesk", **options)
            for check in (True, False)
        ]
        assert [outcome.failed for outcome in told] == [refused, refused]
        assert (
            not refused
            or "tech_group Helpdesk: " in told[0]["msg"]
            and "2147483647" in told[0]["msg"]
            and told[0]["msg"] == told[1]["msg"]
        )


def test_larger_numbers_are_sent_where_the_server_takes_them(simplehelp):
    simulated = simplehelp()
    simulated.expect("tech_group", name="Helpdesk", max_file_size=2**63 - 1)
    assert "max_file_size" in simulated.refuse(
        "tech_group", True, name="Helpdesk", max_file_size=2**63
    )


def test_a_port_in_a_list_is_held_against_its_bounds(beyondtrust):
    rules = [{"ip_addresses": {"cidr": "10.0.0.0/8"}, "ports": {"list": [502, 70000]}}]
    message = beyondtrust("pra").refuse(
        "beyondtrust_network_tunnel_jump",
        True,
        name="line 1",
        jump_group="Servers",
        filter_rules=rules,
    )
    assert "network_tunnel_jump line 1/Servers: filter_rules[0].ports.list[1] is 70000" in message


# --- the order of tags ----------------------------------------------------------------------------------------------------


def test_tags_of_a_bookmark_keep_the_order_in_which_they_are_given_and_are_a_set_all_the_same(
    fastx,
):
    simulated = fastx()
    simulated.expect("fastx_bookmark", id="new", command="x", tags=["z", "a", "m", "a"])
    assert simulated.site["users"][USERNAME]["bookmarks"][-1]["tags"] == ["z", "a", "m"]
    assert not simulated.expect("fastx_bookmark", id="new", tags=["a", "m", "z"])["changed"]
    exported = {
        each["id"]: each for each in simulated.expect("fastx_config_info")["config"]["bookmark"]
    }
    assert exported["new"]["tags"] == ["z", "a", "m"]
    assert simulated.expect("fastx_bookmark", id="new", tags=["q", "z"])["bookmark"]["tags"] == [
        "q",
        "z",
    ]
