"""What makes no sense in a connection to an appliance is refused in the user's words before
anything is asked, by every module.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.appliances import CLIENT_ID, CLIENT_SECRET
from tests.unit.documented import connected
from tests.unit.plugins.modules.least_appliances import LEAST, start

every_module = pytest.mark.parametrize("module", LEAST)


def refused_offline(simulated, module, **options) -> str:
    """Run a module that must fail without a single request, and return its message."""
    message = simulated.refuse(module, **{**LEAST[module], **options})
    assert simulated.journal.entries == []
    return message


def test_every_module_is_in_the_list_of_these_tests():
    assert set(LEAST) == connected("beyondtrust")


@every_module
def test_an_unknown_option_is_refused_by_its_name(beyondtrust, module):
    assert "colour" in refused_offline(start(beyondtrust, module), module, colour="green")


@every_module
def test_a_missing_account_or_url_is_told(beyondtrust, module):
    simulated = start(beyondtrust, module)
    for option in ("url", "client_id", "client_secret"):
        assert option in refused_offline(simulated, module, **{option: ...})


@every_module
def test_an_account_that_is_none_is_told(beyondtrust, module):
    simulated = start(beyondtrust, module)
    for option in ("client_id", "client_secret"):
        assert "client_id and client_secret must not be empty" in refused_offline(
            simulated, module, **{option: ""}
        )


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("product", "bomgar"),
        ("share_tokens", "perhaps"),
        ("requests_per_second", 0),
        ("requests_per_second", 1001),
        ("requests_per_second", "many"),
        ("requests_per_hour", 0),
        ("requests_per_hour", "many"),
        ("timeout", 0),
        ("timeout", "nan"),
        ("retries", -1),
        ("connections", 0),
        ("proxy", "nonsense"),
        ("validate_certs", "perhaps"),
        ("url", "support.example.org"),
        ("url", "https://support.example.org/login"),
        ("url", "https://a:b@support.example.org"),
    ],
)
def test_a_connection_option_that_makes_no_sense_is_refused_by_its_name_without_a_request(
    beyondtrust, option, value
):
    message = refused_offline(beyondtrust(), "beyondtrust_jump_group", **{option: value})
    assert option in message


def test_a_directory_that_others_may_read_is_not_used(beyondtrust, tmp_path):
    simulated = beyondtrust()
    (tmp_path / "open").mkdir(mode=0o755)
    assert "0700" in refused_offline(
        simulated, "beyondtrust_jump_group", shared_directory=str(tmp_path / "open")
    )


def test_the_environment_stands_in_for_connection_options(beyondtrust, monkeypatch):
    simulated = beyondtrust("pra")
    for name, value in {
        "url": simulated.running.url,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "ca_path": simulated.running.ca_path,
        "retries": "0",
        "shared_directory": simulated.options["shared_directory"],
        "requests_per_second": "1000",
        "product": "pra",
    }.items():
        monkeypatch.setenv(f"BEYONDTRUST_{name.upper()}", value)
    left_out = dict.fromkeys(simulated.options, ...)
    assert (
        simulated.expect("beyondtrust_jump_group", **left_out, name="Plant Leeds")["changed"]
        is False
    )
    assert not simulated.asked("GET /get_mech_list")


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("beyondtrust_jump_group", {"name": ""}, ["name", "empty"]),
        ("beyondtrust_jump_group", {"name": ..., "comments": "x"}, ["name", "id"]),
        ("beyondtrust_jump_group", {"members": [{"jump_item_role": "Administrator"}]}, ["user"]),
        (
            "beyondtrust_shell_jump",
            {"personal_list_of": "a.keller"},
            ["jump_group", "personal_list_of"],
        ),
        ("beyondtrust_vault_account", {"password": ""}, ["password", "empty"]),
        ("beyondtrust_config", {"config": {"colour": []}}, ["colour"]),
        ("beyondtrust_config", {"config": {"jump_group": [{"comments": "x"}]}}, ["name", "id"]),
        ("beyondtrust_config_info", {"kinds": ["colour"]}, ["kinds", "colour"]),
    ],
)
def test_what_can_be_known_without_the_appliance_is_refused_without_a_word_to_its_api(
    beyondtrust, module, options, words
):
    simulated = beyondtrust()
    message = simulated.refuse_everywhere(module, **{**LEAST[module], **options})
    assert all(word in message for word in words), message
    assert [
        entry.query for entry in simulated.journal.entries if entry.query != "GET /get_mech_list"
    ] == []


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("beyondtrust_jump_group", {"name": "x" * 256}, ["jump_group x", "name", "256", "255"]),
        ("beyondtrust_jump_group", {"code_name": "a b"}, ["jump_group ", ": code_name", "a b"]),
        (
            "beyondtrust_jump_group",
            {"members": [{"user": "a.keller"}, {"user": "a.keller"}]},
            ["jump_group ", ": members", "twice"],
        ),
        ("beyondtrust_shell_jump", {"port": 70000}, ["shell_jump ", ": port", "70000", "65535"]),
        (
            "beyondtrust_shell_jump",
            {"protocol": "rlogin"},
            ["shell_jump ", ": value of protocol", "ssh, telnet", "rlogin"],
        ),
        (
            "beyondtrust_user",
            {"password_expiration": "tomorrow"},
            ["user ", ": password_expiration", "tomorrow"],
        ),
    ],
)
def test_a_value_that_the_appliance_neither_has_nor_takes_is_refused_with_the_name_of_the_object(
    beyondtrust, module, options, words
):
    simulated = beyondtrust()
    message = simulated.refuse_everywhere(module, **{**LEAST[module], **options})
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("beyondtrust_jump_group", {"members": [{"user": "nobody"}]}, ["nobody", "does not exist"]),
        (
            "beyondtrust_jump_group",
            {"members": [{"user": "a.keller", "jump_item_role": "King"}]},
            ["King", "does not exist"],
        ),
        ("beyondtrust_jump_group", {"id": 99}, ["99"]),
        ("beyondtrust_jump_group", {"id": 1, "name": "Servers"}, ["Servers"]),
        ("beyondtrust_shell_jump", {"jumpoint": "nowhere"}, ["nowhere", "does not exist"]),
        ("beyondtrust_shell_jump", {"jump_policy": "never"}, ["never", "does not exist"]),
        ("beyondtrust_team", {"public_portals": ["nowhere"]}, ["nowhere", "does not exist"]),
        (
            "beyondtrust_group_policy",
            {"jump_groups": [{"jump_group": "nowhere"}]},
            ["nowhere", "does not exist"],
        ),
        ("beyondtrust_vault_account", {"account_group": "nowhere"}, ["nowhere", "does not exist"]),
        (
            "beyondtrust_config",
            {"config": {"shell_jump": [{"name": "new", "jump_group": "nowhere"}]}},
            ["nowhere"],
        ),
        (
            "beyondtrust_config",
            {"purge": ["shell_jump"], "config": {"jump_group": []}},
            ["purge", "shell_jump"],
        ),
    ],
)
def test_a_name_that_the_appliance_does_not_know_is_refused_without_any_write(
    beyondtrust, module, options, words
):
    simulated = beyondtrust()
    message = simulated.refuse_everywhere(module, **{**LEAST[module], **options})
    assert all(word in message for word in words), message
