"""Jump shortcuts: every kind with every option, by whichever API the account may use, one or many
at once.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from functools import partial

import pytest

from tests.simulator.beyondtrust.site import PERMISSIONS
from tests.simulator.faults import Fault
from tests.unit.plugins.modules.beyondtrust.shortcuts import (
    ADDRESSES,
    COLLECTIONS,
    COMMON,
    CONFIGURED,
    EACH,
    EVERYTHING,
    IMPORT,
    IMPORTED,
    MODULE,
    MORE,
    ON,
    PLACE,
    RDP,
    REPORT,
    REQUIRED,
    address,
    asked_for_items,
    found,
    full,
    imports,
    many,
    shortcut,
    start,
    without,
)
from tests.unit.simulated import read_diff


@pytest.fixture
def appliance(beyondtrust):
    """Return a function that starts an appliance with an account that has some permissions."""
    return partial(start, beyondtrust)


# --- every kind, every option -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_every_kind_is_made_with_what_it_needs_once_and_then_left_alone(appliance, product, kind):
    simulated = appliance(product)
    foretold = simulated.expect(MODULE, check=True, **shortcut(kind))
    made = simulated.expect(MODULE, **shortcut(kind))
    assert made["changed"] and len(found(simulated, kind)) == 1
    assert (foretold["changed"], foretold["changes"], foretold["diff"]) == (
        True,
        made["changes"],
        made["diff"],
    )
    assert made["changes"][0]["action"] == "create" and made["changes"][0]["kind"] == kind
    assert (
        made["jump_shortcut"].items()
        >= {
            "kind": kind,
            "name": "Endpoint",
            "group": "Servers",
            address(kind): REQUIRED[kind][address(kind)],
        }.items()
    )
    assert made["looked_up_in"] == {kind: "configuration" if kind in COLLECTIONS else "report"}
    writes = simulated.wrote()
    again = simulated.expect(MODULE, **shortcut(kind))
    assert (again["changed"], again["changes"], simulated.wrote()) == (False, [], writes)
    assert again["jump_shortcut"] == made["jump_shortcut"]


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_every_kind_takes_every_option_of_the_tables(appliance, product, kind):
    simulated = appliance(product)
    options = full(product, kind, kind not in COLLECTIONS)
    simulated.expect(MODULE, **options)
    (item,) = found(simulated, kind)
    assert (item["tag"], item["comments"], item["jump_policy_id"]) == ("shop", "Ask first.", 1)
    assert item.get("session_policy_id") == (3 if "session_policy" in options else None)
    assert item.get("_public_portal") == (1 if "public_portal" in options else None)
    assert item["url" if kind == "web_jump" else "hostname"] == options[address(kind)]
    assert item.get("jumpoint_id") == (1 if "jumpoint" in options else None)
    own = {name: value for name, value in MORE[kind].items() if name not in COMMON}
    shown = {**own, **({"quality": "performance"} if "quality" in own else {})}
    assert {
        name: item["_display_size" if name == "display_size" else name] for name in shown
    } == shown
    again = simulated.expect(MODULE, **options)
    assert again["changed"] is False and len(found(simulated, kind)) == 1


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_without_the_configuration_api_every_kind_is_imported_with_every_option_and_looked_up_in_the_report(
    appliance, product, kind
):
    simulated = appliance(product, without("perm_configuration"))
    options = full(product, kind, imported=True)
    made = simulated.expect(MODULE, **options)
    (sent,) = imports(simulated)
    words = {address(kind): ADDRESSES[kind], "username": "shelljump_username"}
    expected = {words.get(name, name): value for name, value in options.items() if name != "kind"}
    assert sent == {
        name: {True: "1", False: "0"}[value] if isinstance(value, bool) else str(value)
        for name, value in expected.items()
    }
    assert made["looked_up_in"] == {kind: "report"} and len(found(simulated, kind)) == 1
    again = simulated.expect(MODULE, **options)
    assert again["changed"] is False and len(found(simulated, kind)) == 1
    assert not [query for query in asked_for_items(simulated) if "/api/config" in query]


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_what_is_not_given_gets_the_appliances_defaults(appliance, product, kind):
    for permissions in (EVERYTHING, without("perm_configuration")):
        simulated = appliance(product, permissions)
        simulated.expect(MODULE, **shortcut(kind))
        (item,) = found(simulated, kind)
        defaults = {
            "port": {"remote_vnc": 5900, "shell_jump": 22}.get(kind),
            "terminal": "xterm",
            "keep_alive": 0,
            "console": False,
            "ignore_untrusted": False,
            "verify_certificate": True,
            "tunnel_listen_address": "127.0.0.1",
            "tag": "",
            "comments": "",
        }
        shown = {name: item[name] for name in defaults if item.get(name) is not None}
        assert shown == {name: defaults[name] for name in shown} and shown.keys() >= {
            "tag",
            "comments",
        }
        assert item.get("_display_size", "primary") == "primary"


def test_a_telnet_shortcut_has_its_own_port(appliance):
    simulated = appliance()
    simulated.expect(MODULE, **shortcut("shell_jump", protocol="telnet"))
    assert found(simulated, "shell_jump")[0]["port"] == 23


@pytest.mark.parametrize(
    ("product", "kind"),
    [(product, kind) for product in ON for kind in sorted(set(REQUIRED) - ON[product])],
)
def test_a_kind_of_the_other_product_is_refused_before_anything_is_asked(appliance, product, kind):
    simulated = appliance(product)
    names = {"rs": "Remote Support", "pra": "Privileged Remote Access"}
    other = names["pra" if product == "rs" else "rs"]
    assert (
        simulated.refuse(MODULE, **shortcut(kind))
        == f"{names[product]} has no {kind}; {other} has."
    )
    assert asked_for_items(simulated) == []


def test_public_portals_are_refused_on_privileged_remote_access(appliance):
    assert "has no public_portal; Remote Support has" in appliance("pra").refuse(
        MODULE, **shortcut("local_jump", public_portal="Default")
    )


# --- changing and removing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("product", "kind"), CONFIGURED)
def test_what_the_configuration_api_shows_is_changed_and_removed_through_it(
    appliance, product, kind
):
    simulated = appliance(product)
    simulated.expect(MODULE, **shortcut(kind))
    foretold = simulated.expect(
        MODULE, check=True, **shortcut(kind, tag="moved", jump_policy="Office Hours")
    )
    changed = simulated.expect(MODULE, **shortcut(kind, tag="moved", jump_policy="Office Hours"))
    assert changed["diff"] == foretold["diff"]
    assert read_diff(changed["diff"])["before"] == {
        f"{kind} Endpoint/Servers": {"tag": "", "jump_policy": None}
    }
    assert read_diff(changed["diff"])["after"] == {
        f"{kind} Endpoint/Servers": {"tag": "moved", "jump_policy": "Office Hours"}
    }
    (item,) = found(simulated, kind)
    assert (item["tag"], item["jump_policy_id"]) == ("moved", 2)
    cleared = simulated.expect(MODULE, **shortcut(kind, tag="", jump_policy=""))
    assert cleared["changed"] and found(simulated, kind)[0]["tag"] == ""
    for changed in (True, False):
        assert (
            simulated.expect(MODULE, **{"kind": kind, **PLACE, "state": "absent"})["changed"]
            is changed
        )
    assert found(simulated, kind) == []


@pytest.mark.parametrize(("product", "kind"), IMPORTED)
def test_what_no_api_removes_is_refused_where_it_is_there_and_absent_where_it_is_not(
    appliance, product, kind
):
    simulated = appliance(product)
    absent = {"kind": kind, **PLACE, "state": "absent"}
    assert simulated.expect(MODULE, **absent)["changed"] is False
    simulated.expect(MODULE, **shortcut(kind))
    told = simulated.refuse(MODULE, **absent)
    assert (
        "no API that this account may use removes it" in told and "Remove it in the console" in told
    )
    assert simulated.expect(MODULE, **{**absent, "group": "plant_leeds"})["changed"] is False


def test_what_cannot_be_looked_up_is_not_removed_on_an_assumption(appliance):
    simulated = appliance(permissions=without("perm_reporting_license"))
    absent = {"kind": "local_jump", **PLACE, "state": "absent"}
    for existing in ("look_up", "assume_absent"):
        assert "cannot be looked up" in simulated.refuse(MODULE, **absent, existing=existing)


@pytest.mark.parametrize("changed", [{"hostname": "OTHER"}, {"jumpoint": "jp_london"}])
def test_an_imported_shortcut_that_differs_is_not_made_a_second_time(appliance, changed):
    simulated = appliance()
    simulated.expect(MODULE, **shortcut("remote_jump"))
    assert f"{next(iter(changed))} cannot be changed" in simulated.refuse(
        MODULE, **shortcut("remote_jump", **changed)
    )


def test_what_the_report_does_not_show_is_not_compared(appliance):
    simulated = appliance()
    simulated.expect(MODULE, **shortcut("local_rdp", tag="one", quality="low"))
    assert (
        simulated.expect(
            MODULE, **shortcut("local_rdp", tag="other", quality="video_opt", console=True)
        )["changed"]
        is False
    )


def test_an_address_in_another_case_is_not_made_a_second_time(appliance):
    simulated = appliance()
    simulated.expect(MODULE, **shortcut("local_jump"))
    assert "hostname cannot be changed" in simulated.refuse(
        MODULE, **shortcut("local_jump", hostname="host")
    )
    simulated = appliance(permissions=without("perm_configuration"))
    simulated.expect(MODULE, **shortcut("local_jump"))
    told = simulated.refuse(MODULE, **shortcut("local_jump", hostname="host"))
    assert (
        "lists one of this name in this group with the host name 'HOST', which no API changes"
        in told
    )


def test_the_same_name_in_another_group_is_another_shortcut(appliance):
    simulated = appliance()
    for group in ("servers", "plant_leeds", "Plant Leeds", "servers"):
        simulated.expect(MODULE, **shortcut("local_jump", group=group))
    assert [each["jump_group_id"] for each in found(simulated, "local_jump")] == [2, 1]


def test_the_same_name_as_another_kind_is_another_shortcut(appliance):
    simulated = appliance()
    for kind in sorted(ON["rs"]):
        assert simulated.expect(MODULE, **shortcut(kind))["changed"]
    assert {kind: len(found(simulated, kind)) for kind in ON["rs"]} == dict.fromkeys(ON["rs"], 1)


def test_of_several_with_the_same_name_the_one_with_the_host_name_counts(appliance):
    simulated = appliance()
    twin = {
        "kind": "local_jump",
        "name": "Endpoint",
        "jump_group_id": 2,
        "jump_group_type": "shared",
        "tag": "",
        "comments": "",
    }
    simulated.site["shortcuts"] += [
        {**twin, "hostname": "FIRST"},
        {**twin, "hostname": "HOST"},
        {**twin, "hostname": "HOST"},
    ]
    assert simulated.expect(MODULE, **shortcut("local_jump"))["changed"] is False
    assert "Several objects" in simulated.refuse(MODULE, **shortcut("local_jump", hostname="THIRD"))


# --- two vocabularies -------------------------------------------------------------------------------------------------

WORDS = {
    "black_white": "low",
    "few_colors": "performance",
    "more_colors": "performance_quality",
    "full_colors": "quality",
    "video_opt": "best_performance",
}


@pytest.mark.parametrize(("imported", "configured"), WORDS.items())
@pytest.mark.parametrize("may_configure", [True, False])
def test_a_quality_may_be_written_in_either_vocabulary(
    appliance, imported, configured, may_configure
):
    simulated = appliance(
        permissions=EVERYTHING if may_configure else without("perm_configuration")
    )
    simulated.expect(MODULE, **shortcut("remote_rdp", name="Endpoint 1", quality=imported))
    simulated.expect(MODULE, **shortcut("remote_rdp", name="Endpoint 2", quality=configured))
    assert [each["quality"] for each in found(simulated, "remote_rdp")] == [configured] * 2
    assert [sent["quality"] for sent in imports(simulated)] == (
        [] if may_configure else [imported] * 2
    )
    for name, quality in (("Endpoint 1", configured), ("Endpoint 2", imported)):
        assert (
            simulated.expect(MODULE, **shortcut("remote_rdp", name=name, quality=quality))[
                "changed"
            ]
            is False
        )


def test_the_quality_that_only_the_configuration_api_knows_cannot_be_imported(appliance):
    simulated = appliance()
    simulated.expect(MODULE, **shortcut("remote_rdp", quality="lossless"))
    assert found(simulated, "remote_rdp")[0]["quality"] == "lossless"
    for refused in (
        shortcut("local_rdp", quality="lossless"),
        shortcut("remote_rdp", name="Endpoint 2", quality="lossless", display_size="all"),
    ):
        assert "quality lossless is known to the Configuration API only" in simulated.refuse(
            MODULE, **refused
        )


@pytest.mark.parametrize("may_configure", [True, False])
def test_a_terminal_in_the_spelling_of_the_guides_example_is_sent_as_the_table_has_it(
    appliance, may_configure
):
    simulated = appliance(
        permissions=EVERYTHING if may_configure else without("perm_configuration")
    )
    for _turn in range(2):
        simulated.expect(MODULE, **shortcut("shell_jump", terminal="vt100"))
    assert [each["terminal"] for each in found(simulated, "shell_jump")] == ["VT100"]


def test_groups_jumpoints_and_policies_go_by_name_or_code_name(appliance):
    simulated = appliance()
    names = {
        "group": "Servers",
        "jumpoint": "Leeds",
        "jump_policy": "Ask First",
        "session_policy": "View Only",
    }
    codes = {
        "group": "servers",
        "jumpoint": "jp_leeds",
        "jump_policy": "ask_first",
        "session_policy": "view_only",
    }
    for kind in ("remote_jump", "shell_jump"):
        assert (
            simulated.expect(MODULE, **shortcut(kind, **{**names, "group": "Servers"}))["changed"]
            is True
        )
        assert simulated.expect(MODULE, **shortcut(kind, **codes))["changed"] is False
    (sent,) = imports(simulated)
    assert sent.items() >= codes.items()


@pytest.mark.parametrize(
    ("kind", "longer", "limit"),
    [
        ("remote_vnc", {"tag": "x" * 65}, 64),
        ("shell_jump", {"username": "x" * 129}, 128),
        ("remote_rdp", {"domain": "x" * 65}, 64),
    ],
)
def test_a_text_has_the_limit_of_the_api_that_takes_it(appliance, kind, longer, limit):
    told = appliance().refuse(MODULE, **shortcut(kind, **longer))
    assert f"is {limit + 1} characters long; it must be at most {limit}" in told
    simulated = appliance(permissions=without("perm_configuration"))
    assert simulated.expect(MODULE, **shortcut(kind, **longer))["changed"]


@pytest.mark.parametrize("option", ["tag", "domain", "rdp_username"])
def test_an_appliance_whose_import_is_as_narrow_as_the_configuration_api_says_so_itself(
    appliance, option
):
    simulated = appliance(permissions=without("perm_configuration"), import_limits="configuration")
    outcome = simulated.run(MODULE, **shortcut("local_rdp", **{option: "x" * 129}))
    assert (
        outcome.failed
        and f"{option} is longer than" in outcome["msg"]
        and outcome["changed"] is False
    )
    assert outcome["failed_changes"][0]["kind"] == "local_rdp"


@pytest.mark.parametrize("terminal", ["VT100", "vt100", "xterm"])
def test_an_appliance_that_takes_what_the_guides_examples_print_takes_what_its_tables_say(
    appliance, terminal
):
    simulated = appliance(
        permissions=without("perm_configuration"), name_required=False, terminal="any_case"
    )
    assert simulated.expect(MODULE, **shortcut("shell_jump", terminal=terminal))["changed"]
    assert [(each["name"], each["terminal"]) for each in found(simulated, "shell_jump")] == [
        ("Endpoint", terminal.replace("vt", "VT"))
    ]
    assert simulated.expect(MODULE, **shortcut("shell_jump", terminal=terminal))["changed"] is False


# --- refused before anything is sent ----------------------------------------------------------------------------------

TOO_LONG = [
    *((kind, "name", 128) for kind in sorted(REQUIRED)),
    *((kind, address(kind), 255 if kind == "web_jump" else 128) for kind in sorted(REQUIRED)),
    *((kind, option, 1024) for kind in sorted(REQUIRED) for option in ("tag", "comments")),
    ("protocol_tunnel", "tunnel_definitions", 5000),
    ("protocol_tunnel", "tunnel_listen_address", 32),
]


@pytest.mark.parametrize(("kind", "option", "longest"), TOO_LONG)
def test_a_text_that_is_too_long_is_refused_before_anything_is_asked(
    appliance, kind, option, longest
):
    simulated = appliance("rs" if kind in ON["rs"] else "pra")
    told = simulated.refuse(MODULE, **shortcut(kind, **{option: "x" * (longest + 1)}))
    assert f"{option} is {longest + 1} characters long" in told and asked_for_items(simulated) == []


@pytest.mark.parametrize(
    ("kind", "options", "told"),
    [
        ("remote_vnc", {"port": 99}, "port is 99"),
        ("remote_vnc", {"port": 65536}, "port is 65536"),
        ("shell_jump", {"port": 0}, "port is 0"),
        ("shell_jump", {"port": 65536}, "port is 65536"),
        ("shell_jump", {"keep_alive": -1}, "keep_alive is -1"),
        ("shell_jump", {"keep_alive": 301}, "keep_alive is 301"),
        ("shell_jump", {"protocol": "SSH"}, "must be one of: ssh, telnet"),
        ("shell_jump", {"terminal": "vt220"}, "must be one of: xterm"),
        ("remote_rdp", {"quality": "best"}, "must be one of: black_white"),
        ("local_rdp", {"display_size": "large"}, "display_size 'large' does not have the form"),
        ("local_rdp", {"display_size": "640 x 480"}, "does not have the form"),
        ("remote_jump", {"target_url": "https://x/"}, "no target_url"),
        ("local_jump", {"name": " x"}, "name ' x' does not have the form"),
        ("local_jump", {"name": "x\ny"}, "does not have the form"),
        ("local_jump", {"hostname": "x "}, "does not have the form"),
        ("local_jump", {"name": ""}, "name must not be empty"),
        ("local_jump", {"group": " "}, "group must not be empty"),
        ("local_jump", {"port": 5900}, "there is no port"),
        ("local_vnc", {"port": 5900}, "there is no port"),
        ("local_jump", {"jumpoint": "jp_leeds"}, "no jumpoint"),
        ("local_rdp", {"jumpoint": "jp_leeds"}, "no jumpoint"),
        ("local_vnc", {"session_policy": "servers"}, "no session_policy"),
        ("remote_rdp", {"username": "x"}, "no username"),
        ("vpro", {"protocol": "ssh"}, "no protocol"),
        ("local_jump", {"quality": "low"}, "no quality"),
    ],
)
def test_what_no_api_takes_is_refused_before_anything_is_asked(appliance, kind, options, told):
    simulated = appliance()
    assert told in simulated.refuse(MODULE, **shortcut(kind, **options))
    assert asked_for_items(simulated) == []


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_a_new_shortcut_without_what_it_needs_is_refused(appliance, product, kind):
    for permissions in (EVERYTHING, without("perm_configuration")):
        simulated = appliance(product, permissions)
        for option in REQUIRED[kind]:
            told = simulated.refuse(MODULE, **shortcut(kind, **{option: ...}))
            assert f"{option} must be given" in told, told


@pytest.mark.parametrize("option", ["group", "jumpoint", "jump_policy", "session_policy"])
@pytest.mark.parametrize("kind", ["remote_jump", "shell_jump"])
def test_a_name_that_is_not_there_is_refused_before_anything_is_sent_where_that_can_be_known(
    appliance, kind, option
):
    kinds = {"group": "jump_group"}
    told = appliance().refuse(MODULE, **shortcut(kind, **{option: "nowhere"}))
    assert f"{option} names the {kinds.get(option, option)} 'nowhere', which does not exist" in told


@pytest.mark.parametrize(
    "option", ["group", "jumpoint", "jump_policy", "session_policy", "public_portal"]
)
def test_a_code_name_that_cannot_be_checked_is_left_to_the_appliance(appliance, option):
    outcome = appliance(permissions=without("perm_configuration")).run(
        MODULE, **shortcut("remote_jump", **{option: "nowhere"})
    )
    assert (
        outcome.failed
        and f"The given {option} does not exist" in outcome["msg"]
        and outcome["changed"] is False
    )


def test_what_has_no_code_name_cannot_be_imported_into(appliance):
    simulated = appliance()
    simulated.site["config"]["jump-group"]["2"]["code_name"] = ""
    told = simulated.refuse(MODULE, **shortcut("local_jump", group="Servers"))
    assert "group names the jump_group 'Servers', which has no code name" in told
    assert simulated.expect(MODULE, **shortcut("shell_jump", group="Servers"))["changed"]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"kind": "local_jump"},
        {"kind": "local_jump", "name": "x"},
        {"shortcuts": [{"kind": "local_jump", "name": "x"}]},
        {"shortcuts": [shortcut("local_jump")], "name": "x"},
        {"shortcuts": [shortcut("local_jump")], "tag": "x"},
    ],
)
def test_a_shortcut_has_a_kind_a_name_and_a_group_or_stands_in_the_list(appliance, options):
    simulated = appliance()
    simulated.refuse(MODULE, **options)
    assert simulated.asked() == []


def test_an_account_that_may_not_import_is_told_so_before_anything_is_sent(appliance):
    simulated = appliance(permissions={**EVERYTHING, "perm_command": "read_only"})
    told = simulated.refuse(MODULE, **shortcut("local_jump"))
    assert "needs perm_command with full access; it has read_only" in told
    assert simulated.expect(MODULE, **shortcut("shell_jump"))["changed"], (
        "the Configuration API needs no command"
    )
    simulated.site["shortcuts"].append(
        {
            "kind": "local_jump",
            "name": "Endpoint",
            "hostname": "HOST",
            "jump_group_id": 2,
            "jump_group_type": "shared",
            "tag": "",
            "comments": "",
        }
    )
    assert simulated.expect(MODULE, **shortcut("local_jump"))["changed"] is False


@pytest.mark.parametrize("denied", ["forbidden", "not_found"])
def test_an_account_without_any_command_keeps_what_the_configuration_api_shows(appliance, denied):
    simulated = appliance(permissions=without("perm_command"), denied=denied)
    assert simulated.expect(MODULE, **shortcut("shell_jump"))["changed"]
    told = simulated.refuse(MODULE, **shortcut("local_jump"))
    assert "needs perm_command with full access; it has no access" in told


def test_what_an_appliance_does_not_tell_of_its_account_is_left_to_the_appliance(appliance):
    simulated = appliance()
    simulated.server.inject(
        Fault(
            "command get_api_info",
            "status",
            times=None,
            status=200,
            content_type="text/xml",
            body="<api_information/>",
        )
    )
    for kind in ("shell_jump", "local_jump"):
        assert simulated.expect(MODULE, **shortcut(kind))["changed"]
        assert simulated.expect(MODULE, **shortcut(kind))["changed"] is False


# --- what only the import can give ------------------------------------------------------------------------------------


@pytest.mark.parametrize("extra", [{"display_size": "all"}, {"public_portal": "Partners"}])
def test_what_only_the_import_can_give_is_given_to_a_new_shortcut_that_the_configuration_api_keeps_from_then_on(
    appliance, extra
):
    simulated = appliance()
    options = shortcut(
        "remote_rdp", **{**RDP, "display_size": ..., **extra}, jump_policy="Ask First", tag="shop"
    )
    foretold = simulated.expect(MODULE, check=True, **options)
    made = simulated.expect(MODULE, **options)
    assert made["diff"] == foretold["diff"] and next(iter(extra)) in made["changes"][0]["fields"]
    (item,) = found(simulated, "remote_rdp")
    assert (
        (item.get("_display_size"), item.get("_public_portal")) == ("all", None)
        if "display_size" in extra
        else ("primary", 2)
    )
    assert (item["quality"], item["jump_policy_id"], item["tag"]) == ("performance", 1, "shop")
    assert simulated.expect(MODULE, **options)["changed"] is False
    assert simulated.expect(MODULE, **{**options, next(iter(extra)): "primary", "tag": "moved"})[
        "changes"
    ][0]["fields"] == ["tag"]
    assert len(imports(simulated)) == 1 and len(found(simulated, "remote_rdp")) == 1


def test_what_two_apis_have_to_give_to_one_new_shortcut_is_refused(appliance):
    told = appliance().refuse(
        MODULE, **shortcut("remote_vnc", session_policy="view_only", public_portal="Default")
    )
    assert (
        "session_policy cannot be given on import" in told
        and "public_portal can be given on import only" in told
    )


def test_an_empty_public_portal_is_none(appliance):
    simulated = appliance()
    simulated.expect(MODULE, **shortcut("shell_jump", public_portal="", tag="", session_policy=""))
    assert imports(simulated) == []


@pytest.mark.parametrize("key", ["remote_rdp_hostname", "rdp_hostname", "both"])
@pytest.mark.parametrize("given", [None, "remote_rdp_hostname", "rdp_hostname"])
def test_the_parameter_of_a_remote_rdp_shortcut_can_be_chosen(appliance, key, given):
    simulated = appliance(permissions=without("perm_configuration"), remote_rdp_key=key)
    options = shortcut("remote_rdp", **({"remote_rdp_parameter": given} if given else {}))
    if key in ("both", given or "remote_rdp_hostname"):
        for changed in (True, False):
            assert simulated.expect(MODULE, **options)["changed"] is changed
        assert len(found(simulated, "remote_rdp")) == 1
    else:
        outcome = simulated.run(MODULE, **options)
        assert (
            outcome.failed and outcome["changed"] is False and found(simulated, "remote_rdp") == []
        )


@pytest.mark.parametrize(
    ("kind", "switch"), [("web_jump", "web_jump_key"), ("protocol_tunnel", "protocol_tunnel_key")]
)
def test_the_parameters_that_nothing_documents_can_be_named(appliance, kind, switch):
    simulated = appliance("pra", without("perm_configuration"), **{switch: "another_name"})
    assert simulated.run(MODULE, **shortcut(kind)).failed
    simulated.journal.violations.clear()
    assert simulated.expect(MODULE, **shortcut(kind), **{f"{kind}_parameter": "another_name"})[
        "changed"
    ]


# --- many at once -----------------------------------------------------------------------------------------------------


def test_hundreds_of_shortcuts_are_made_in_one_run_within_the_budget(appliance):
    simulated = appliance()
    foretold = simulated.expect(MODULE, check=True, shortcuts=many(300))
    made = simulated.expect(MODULE, shortcuts=many(300))
    assert made["changes"] == foretold["changes"] and len(made["changes"]) == 300
    assert (
        sum(
            len(found(simulated, kind))
            for kind in ("local_jump", "remote_jump", "shell_jump", "vpro")
        )
        == 300
    )
    assert made["looked_up_in"] == {
        "local_jump": "report",
        "remote_jump": "report",
        "shell_jump": "configuration",
        "vpro": "report",
    }
    assert "jump_shortcut" not in made.result
    assert len(simulated.asked(REPORT)) == 2 + 3, (
        "one for each run, and one for each kind that was imported"
    )
    before = len(simulated.asked())
    again = simulated.expect(MODULE, shortcuts=many(300))
    assert (again["changed"], len(again["changes"])) == (False, 0)
    assert len(simulated.asked()) - before < 15


def test_many_shortcuts_keep_to_the_rate_of_the_account(appliance):
    simulated = appliance(requests_per_second=20)
    simulated.expect(MODULE, shortcuts=many(40), requests_per_second=20, retries=3)
    moments = [entry.at for entry in simulated.asked() if entry.query != "GET /get_mech_list"]
    # Half a second for a first request that arrives late on a busy machine.
    assert len(moments) > 40 and moments[-1] - moments[0] >= (len(moments) - 1) / 20 - 0.5
    assert (
        sum(
            len(found(simulated, kind))
            for kind in ("local_jump", "remote_jump", "shell_jump", "vpro")
        )
        == 40
    )


def test_an_empty_list_is_nothing_to_do(appliance):
    assert appliance().expect(MODULE, shortcuts=[])["changed"] is False


def test_of_many_the_fate_of_each_is_told(appliance):
    simulated = appliance()
    simulated.inject(IMPORT, "refuse", matching={"name": "Endpoint 4"}, reason="Not this one")
    outcome = simulated.run(MODULE, shortcuts=[each for each in many(12) if each["kind"] != "vpro"])
    assert outcome.failed and outcome["changed"] is True and "Not this one" in outcome["msg"]
    assert [each["name"] for each in outcome["failed_changes"]] == ["Endpoint 4/Servers"]
    fates = outcome["changes"] + outcome["failed_changes"] + outcome["changes_not_tried"]
    assert sorted(each["name"] for each in fates) == sorted(
        f"Endpoint {each}/Servers" for each in range(12) if each % 4 != 3
    )
    assert read_diff(outcome["diff"])["after"].keys() == {
        f"{each['kind']} {each['name']}" for each in outcome["changes"]
    }
    assert simulated.expect(
        MODULE, shortcuts=[each for each in many(12) if each["kind"] != "vpro"]
    )["changed"]
    assert [
        len(found(simulated, kind)) for kind in ("local_jump", "remote_jump", "shell_jump")
    ] == [3, 3, 3]


@pytest.mark.parametrize("fault", ["reset_before", "reset_after"])
def test_of_many_one_that_gets_no_answer_is_made_once_like_the_others(appliance, fault):
    simulated = appliance(permissions=without("perm_configuration"))
    simulated.inject(IMPORT, fault, after=5)
    simulated.expect(MODULE, shortcuts=many(40), retries=3)
    names = [
        each["name"]
        for kind in ("local_jump", "remote_jump", "shell_jump", "vpro")
        for each in found(simulated, kind)
    ]
    assert sorted(names) == sorted(f"Endpoint {each}" for each in range(40))


def test_of_many_that_cannot_be_looked_up_only_the_one_without_an_answer_is_unknown(appliance):
    simulated = appliance(permissions=without("perm_configuration", "perm_reporting_license"))
    simulated.inject(IMPORT, "reset_after", matching={"name": "Endpoint 4"})
    descriptions = [shortcut("local_jump", name=f"Endpoint {each}") for each in range(12)]
    outcome = simulated.run(MODULE, shortcuts=descriptions, existing="assume_absent", retries=3)
    assert outcome.failed and outcome["changed"] is True
    assert [each["name"] for each in outcome["failed_changes"]] == ["Endpoint 4/HOST"]
    assert len(outcome["changes"]) == 11 and outcome["changes_not_tried"] == []
    assert sorted(each["name"] for each in found(simulated, "local_jump")) == sorted(
        f"Endpoint {each}" for each in range(12)
    )


def test_a_list_makes_changes_and_removes_at_once(appliance):
    simulated = appliance()
    simulated.expect(
        MODULE,
        shortcuts=[
            shortcut("shell_jump", name="Endpoint 1"),
            shortcut("shell_jump", name="Endpoint 2"),
        ],
    )
    outcome = simulated.expect(
        MODULE,
        shortcuts=[
            shortcut("shell_jump", name="Endpoint 1", tag="moved"),
            {"kind": "shell_jump", "name": "Endpoint 2", "group": "servers", "state": "absent"},
            shortcut("local_jump", name="Endpoint 3"),
        ],
    )
    assert [(each["action"], each["name"]) for each in outcome["changes"]] == [
        ("update", "Endpoint 1/Servers"),
        ("create", "Endpoint 3/Servers"),
        ("delete", "Endpoint 2/Servers"),
    ]


def test_the_state_of_a_list_counts_for_those_that_say_no_other(appliance):
    simulated = appliance()
    simulated.expect(MODULE, **shortcut("shell_jump"))
    simulated.expect(
        MODULE,
        state="absent",
        shortcuts=[
            {"kind": "shell_jump", **PLACE},
            shortcut("shell_jump", name="Endpoint 2", state="present"),
        ],
    )
    assert [each["name"] for each in found(simulated, "shell_jump")] == ["Endpoint 2"]


@pytest.mark.parametrize("kind", ["local_jump", "shell_jump"])
def test_a_shortcut_that_is_described_twice_is_refused(appliance, kind):
    assert "described twice" in appliance().refuse(
        MODULE, shortcuts=[shortcut(kind), shortcut(kind, group="Servers", hostname="OTHER")]
    )


def test_one_wrong_shortcut_in_a_list_lets_nothing_be_sent(appliance):
    simulated = appliance()
    told = simulated.refuse(
        MODULE, shortcuts=[*many(3), shortcut("remote_vnc", name="Endpoint x", port=1)]
    )
    assert "remote_vnc Endpoint x/servers: port is 1" in told and asked_for_items(simulated) == []


def test_every_permission_that_the_module_looks_at_is_one_that_accounts_have():
    assert all(EVERYTHING.keys() <= set(names) for names in PERMISSIONS.values())
