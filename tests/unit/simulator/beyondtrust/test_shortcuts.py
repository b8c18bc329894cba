"""import_jump_shortcut: every kind with its parameters, limits and defaults, and what the documents
contradict each other in.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections import Counter

import pytest

from tests.simulator import operations
from tests.simulator.beyondtrust import configuration

IMPORT = "import_jump_shortcut"
COMMON = {"name": "Endpoint", "group": "remote_access"}
KEYS = {  # kind -> its selecting parameter and what else it requires
    "local_jump": ("local_jump_hostname", {}),
    "remote_jump": ("remote_jump_hostname", {"jumpoint": "London"}),
    "remote_vnc": ("remote_vnc_hostname", {"jumpoint": "London"}),
    "local_vnc": ("local_vnc_hostname", {}),
    "remote_rdp": ("remote_rdp_hostname", {"jumpoint": "London"}),
    "local_rdp": ("rdp_hostname", {}),
    "shell_jump": ("shelljump_hostname", {"jumpoint": "London", "protocol": "ssh"}),
    "vpro": ("vpro_hostname", {"jumpoint": "London"}),
    "web_jump": ("web_jump_url", {"jumpoint": "London"}),
    "protocol_tunnel": (
        "protocol_tunnel_hostname",
        {"jumpoint": "London", "tunnel_definitions": "22;22"},
    ),
}
SHOWN = {
    "remote_vnc": "remote-vnc",
    "remote_rdp": "remote-rdp",
    "shell_jump": "shell-jump",
    "web_jump": "web-jump",
    "protocol_tunnel": "protocol-tunnel-jump",
}
BOTH = {"local_jump", "remote_jump", "remote_vnc", "remote_rdp", "shell_jump"}
ON = {
    "rs": BOTH | {"local_vnc", "local_rdp", "vpro"},
    "pra": BOTH | {"web_jump", "protocol_tunnel"},
}
EACH = [(product, kind) for product, kinds in ON.items() for kind in sorted(kinds)]


def parameters(kind: str, **more: str) -> dict[str, str]:
    key, required = KEYS[kind]
    return {**COMMON, key: "ABCDEF02", **required, **more}


def items(api, kind: str) -> list[dict]:
    """The shortcuts of a kind that the appliance has, wherever they are kept."""
    if kind in SHOWN:
        return configuration.find(api.appliance, f"jump-item/{SHOWN[kind]}")
    return [each for each in api.appliance.site["shortcuts"] if each["kind"] == kind]


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_every_kind_is_imported_with_what_it_requires(make_api, product, kind):
    api = make_api(product=product)
    assert api.done(IMPORT, **parameters(kind)) == "Successfully imported Jump Item shortcut"
    (item,) = items(api, kind)
    address = item["url"] if kind == "web_jump" else item["hostname"]
    assert (item["name"], address, item["jump_group_id"], item["jump_group_type"]) == (
        "Endpoint",
        "ABCDEF02",
        3,
        "shared",
    )
    assert item.get("jumpoint_id") == (2 if "jumpoint" in KEYS[kind][1] else None)
    assert (item["tag"], item["comments"], item.get("jump_policy_id")) == ("", "", None)
    assert api.appliance.journal.entries[-1].writes


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_every_call_adds_another_one(make_api, product, kind):
    api = make_api(product=product)
    for _turn in range(3):
        api.done(IMPORT, **parameters(kind))
    assert len(items(api, kind)) == 3


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_every_kind_takes_the_common_options(make_api, product, kind):
    api = make_api(product=product)
    more = {"tag": "Frequent Access", "comments": "Web server", "jump_policy": "Notify"}
    if kind not in ("remote_vnc", "local_vnc"):
        more["session_policy"] = "Servers"
    if product == "rs":
        more["public_portal"] = "support.example.org"
    api.done(IMPORT, **parameters(kind, **more))
    (item,) = items(api, kind)
    assert (item["tag"], item["comments"], item["jump_policy_id"]) == (
        "Frequent Access",
        "Web server",
        4,
    )
    assert item.get("session_policy_id") == (6 if "session_policy" in more else None)
    assert item.get("_public_portal") == (1 if product == "rs" else None)


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_what_a_kind_requires_cannot_be_left_out_or_empty(make_api, product, kind):
    api = make_api(product=product)
    for name in ["name", "group", *KEYS[kind][1]]:
        for changed in (
            {each: value for each, value in parameters(kind).items() if each != name},
            parameters(kind, **{name: ""}),
        ):
            reason = api.failed(IMPORT, **changed)
            assert name in reason
    assert KEYS[kind][0] in api.failed(IMPORT, **parameters(kind, **{KEYS[kind][0]: ""}))
    assert items(api, kind) == []


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_texts_have_their_longest_length(make_api, product, kind):
    api = make_api(product=product)
    limits = {
        "name": 128,
        KEYS[kind][0]: 255 if kind == "web_jump" else 128,
        "tag": 1024,
        "comments": 1024,
    }
    for name, longest in limits.items():
        api.done(IMPORT, **parameters(kind, **{name: "ä" * longest}))
        assert f"{name} is longer than {longest}" in api.failed(
            IMPORT, **parameters(kind, **{name: "ä" * (longest + 1)})
        )


@pytest.mark.parametrize(
    ("product", "kind"),
    [(product, kind) for product, kinds in ON.items() for kind in sorted(KEYS.keys() - kinds)],
)
def test_a_product_refuses_the_other_ones_kinds(make_api, product, kind):
    api = make_api(product=product)
    answer = api.request("GET", "/api/command", params={"action": IMPORT, **parameters(kind)})
    assert "No kind of shortcut is selected" in answer.text
    assert len(api.appliance.journal.violations) == (kind in ("web_jump", "protocol_tunnel"))
    api.appliance.journal.violations.clear()


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        ("group", "personal"),
        ("group", "Remote Access"),
        ("group", "3"),
        ("jumpoint", "Leeds"),
        ("jump_policy", "notify"),
        ("session_policy", "6"),
    ],
)
def test_references_are_code_names_that_exist(api, name, unknown):
    assert (
        api.failed(IMPORT, **parameters("remote_jump", **{name: unknown}))
        == f"The given {name} does not exist"
    )
    assert api.appliance.site["shortcuts"] == []


def test_a_public_portal_must_exist(api):
    assert "public_portal does not exist" in api.failed(
        IMPORT, **parameters("local_jump", public_portal="nowhere.example")
    )
    api.done(IMPORT, **parameters("local_jump", public_portal="Default"))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("local_jump", "jumpoint"),
        ("local_jump", "port"),
        ("local_vnc", "port"),
        ("remote_vnc", "session_policy"),
        ("local_vnc", "session_policy"),
        ("remote_jump", "rdp_username"),
        ("shell_jump", "username"),
        ("remote_rdp", "port"),
        ("vpro", "terminal"),
        ("local_jump", "jump_group_type"),
    ],
)
def test_a_parameter_that_a_kind_does_not_have_is_a_violation(api, kind, name):
    assert f"has no parameter {name}" in api.broken(IMPORT, **parameters(kind, **{name: "1"}))
    assert items(api, kind) == []


def test_pra_has_no_public_portals(make_api):
    assert "public_portal" in make_api(product="pra").broken(
        IMPORT, **parameters("local_jump", public_portal="Default")
    )


def test_one_kind_is_selected_and_not_more(api):
    assert "several kinds" in api.broken(IMPORT, **parameters("local_jump", local_vnc_hostname="x"))
    assert "No kind" in api.broken(IMPORT, **COMMON)


NUMBERS = {
    ("remote_vnc", "port"): (100, 65535),
    ("shell_jump", "port"): (1, 65535),
    ("shell_jump", "keep_alive"): (0, 300),
}


@pytest.mark.parametrize(("kind", "name"), NUMBERS)
def test_numbers_are_whole_and_within_their_range(api, kind, name):
    lowest, highest = NUMBERS[kind, name]
    for number in (lowest, highest):
        api.done(IMPORT, **parameters(kind, **{name: str(number)}))
        assert items(api, kind)[-1][name] == number
    for wrong in (str(lowest - 1), str(highest + 1), "5.5", "0x20", "many", " 200", "²"):
        assert f"{name} must be a whole number" in api.failed(
            IMPORT, **parameters(kind, **{name: wrong})
        )


def test_a_shell_jump_has_its_defaults_by_protocol(api):
    for protocol, port in (("ssh", 22), ("telnet", 23)):
        api.done(IMPORT, **parameters("shell_jump", protocol=protocol))
        item = items(api, "shell_jump")[-1]
        assert (
            item["protocol"],
            item["port"],
            item["terminal"],
            item["keep_alive"],
            item["username"],
        ) == (protocol, port, "xterm", 0, "")
    assert "protocol must be one of ssh, telnet" in api.failed(
        IMPORT, **parameters("shell_jump", protocol="SSH")
    )


def test_a_shell_jump_with_everything(api):
    more = {"shelljump_username": "admin", "port": "25", "terminal": "VT100", "keep_alive": "120"}
    api.done(IMPORT, **parameters("shell_jump", **more))
    (item,) = items(api, "shell_jump")
    assert (item["username"], item["port"], item["terminal"], item["keep_alive"]) == (
        "admin",
        25,
        "VT100",
        120,
    )


def test_a_remote_vnc_shortcut_has_its_default_port(api):
    api.done(IMPORT, **parameters("remote_vnc"))
    assert items(api, "remote_vnc")[0]["port"] == 5900


@pytest.mark.parametrize("kind", ["remote_rdp", "local_rdp"])
def test_an_rdp_shortcut_has_its_defaults(api, kind):
    api.done(IMPORT, **parameters(kind))
    (item,) = items(api, kind)
    assert (
        item["_display_size"],
        item["console"],
        item["ignore_untrusted"],
        item["rdp_username"],
        item["domain"],
    ) == ("primary", False, False, "", "")


@pytest.mark.parametrize("kind", ["remote_rdp", "local_rdp"])
def test_an_rdp_shortcut_with_everything(api, kind):
    more = {
        "rdp_username": "admin",
        "domain": "example",
        "display_size": "1280x720",
        "quality": "more_colors",
        "console": "1",
        "ignore_untrusted": "1",
    }
    api.done(IMPORT, **parameters(kind, **more))
    (item,) = items(api, kind)
    assert (item["rdp_username"], item["domain"], item["_display_size"]) == (
        "admin",
        "example",
        "1280x720",
    )
    assert (item["quality"], item["console"], item["ignore_untrusted"]) == (
        "performance_quality",
        True,
        True,
    )


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "display_size",
            ("primary", "all", "640x480"),
            ("640", "640x", "0x480", "large", "640X480"),
        ),
        (
            "quality",
            ("black_white", "few_colors", "more_colors", "full_colors", "video_opt"),
            ("low", "best_performance", "Video_opt"),
        ),
        ("console", ("0", "1"), ("true", "yes", "2")),
        ("ignore_untrusted", ("0", "1"), ("false", "on")),
    ],
)
def test_what_an_rdp_shortcut_takes(api, name, good, bad):
    for value in good:
        api.done(IMPORT, **parameters("remote_rdp", **{name: value}))
    for value in bad:
        assert api.failed(IMPORT, **parameters("remote_rdp", **{name: value})).startswith(
            f"{name} must be "
        )


RDP_KEYS = {  # switch -> what a request with this key, with and without a jumpoint, makes
    "remote_rdp_hostname": {
        ("remote_rdp_hostname", True): "remote_rdp",
        ("rdp_hostname", False): "local_rdp",
    },
    "rdp_hostname": {("rdp_hostname", True): "remote_rdp", ("rdp_hostname", False): "local_rdp"},
    "both": {
        ("remote_rdp_hostname", True): "remote_rdp",
        ("rdp_hostname", True): "remote_rdp",
        ("rdp_hostname", False): "local_rdp",
    },
}


@pytest.mark.parametrize("switch", RDP_KEYS)
@pytest.mark.parametrize("key", ["remote_rdp_hostname", "rdp_hostname"])
@pytest.mark.parametrize("jumpoint", [True, False])
def test_the_key_of_a_remote_rdp_shortcut_is_a_switch(make_api, switch, key, jumpoint):
    api = make_api(remote_rdp_key=switch)
    given = {**COMMON, key: "ABCDEF02", **({"jumpoint": "London"} if jumpoint else {})}
    made = RDP_KEYS[switch].get((key, jumpoint))
    if made is None:
        api.failed(IMPORT, **given)
    else:
        api.done(IMPORT, **given)
    assert [kind for kind in ("remote_rdp", "local_rdp") for _item in items(api, kind)] == (
        [made] if made else []
    )


@pytest.mark.parametrize(
    ("switch", "key"),
    [("remote_rdp_hostname", "remote_rdp_hostname"), ("rdp_hostname", "rdp_hostname")],
)
def test_the_key_is_a_switch_on_pra_too_where_all_rdp_is_remote(make_api, switch, key):
    api = make_api(product="pra", remote_rdp_key=switch)
    api.done(IMPORT, **COMMON, **{key: "ABCDEF02"}, jumpoint="London")
    assert len(items(api, "remote_rdp")) == 1
    api.failed(IMPORT, **COMMON, rdp_hostname="ABCDEF02")


def test_without_a_required_name_the_item_is_called_as_its_host(make_api):
    api = make_api(name_required=False)
    api.done(IMPORT, group="remote_access", vpro_hostname="ABCDEF02", jumpoint="London")
    assert items(api, "vpro")[0]["name"] == "ABCDEF02"


@pytest.mark.parametrize(("switch", "takes"), [("table", False), ("any_case", True)])
def test_the_case_of_a_terminal_is_a_switch(make_api, switch, takes):
    api = make_api(terminal=switch)
    if takes:
        api.done(IMPORT, **parameters("shell_jump", terminal="vt100"))
        assert items(api, "shell_jump")[0]["terminal"] == "VT100"
    else:
        assert "terminal must be one of xterm, VT100" in api.failed(
            IMPORT, **parameters("shell_jump", terminal="vt100")
        )


def test_the_limits_of_the_configuration_api_may_hold_for_imports_too(make_api):
    api = make_api(import_limits="configuration")
    for kind, name, longest in (
        ("local_jump", "tag", 64),
        ("local_rdp", "domain", 64),
        ("local_rdp", "rdp_username", 128),
    ):
        api.done(IMPORT, **parameters(kind, **{name: "x" * longest}))
        assert f"longer than {longest}" in api.failed(
            IMPORT, **parameters(kind, **{name: "x" * (longest + 1)})
        )


def test_the_keys_of_pras_own_kinds_are_switches(make_api):
    api = make_api(product="pra", web_jump_key="url", protocol_tunnel_key="tunnel_hostname")
    api.done(
        IMPORT,
        **COMMON,
        url="https://press.example.org/",
        jumpoint="London",
        verify_certificate="0",
    )
    api.done(
        IMPORT,
        **COMMON,
        tunnel_hostname="press",
        jumpoint="London",
        tunnel_definitions="22;22;80;8080",
        tunnel_listen_address="127.0.0.9",
    )
    (web,), (tunnel,) = items(api, "web_jump"), items(api, "protocol_tunnel")
    assert (web["url"], web["verify_certificate"]) == ("https://press.example.org/", False)
    assert (tunnel["tunnel_definitions"], tunnel["tunnel_listen_address"]) == (
        "22;22;80;8080",
        "127.0.0.9",
    )


def test_what_the_configuration_api_would_refuse_in_an_item_fails(make_api):
    api = make_api(product="pra")
    assert "tunnel_definitions" in api.failed(
        IMPORT, **parameters("protocol_tunnel", tunnel_definitions="from here to there")
    )
    assert items(api, "protocol_tunnel") == []


def test_an_import_is_shown_by_the_configuration_api_where_it_knows_the_kind(api):
    api.done(IMPORT, **parameters("remote_rdp", display_size="all"))
    (shown,) = api.request(
        "GET", "/api/config/v1/jump-item/remote-rdp", headers={"Accept": "application/json"}
    ).json()
    assert (shown["name"], shown["hostname"], shown["quality"]) == (
        "Endpoint",
        "ABCDEF02",
        "best_performance",
    )
    assert not [name for name in shown if "display" in name or name.startswith("_")]


def test_an_import_may_be_posted_as_a_form(api):
    answer = api.request(
        "POST",
        "/api/command",
        data={"action": IMPORT, **parameters("local_jump", comments="a & b = ü")},
    )
    assert "Successfully imported" in answer.text
    assert items(api, "local_jump")[0]["comments"] == "a & b = ü"


def test_each_kind_counts_as_an_operation_of_its_own(make_api, monkeypatch):
    monkeypatch.setattr(operations, "called", Counter())
    for product, kind in EACH:
        make_api(product=product).done(IMPORT, **parameters(kind))
    assert {name for _platform, name in operations.called if "import" in name} == {
        f"command {IMPORT} {kind}" for kind in KEYS
    }
