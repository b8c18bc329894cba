"""What makes no sense is refused in the user's words before anything is written, and where it can
be known, before anything is asked.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.documented import connected
from tests.unit.fastx_servers import PASSWORD, USERNAME
from tests.unit.plugins.modules.least_fastx import LEAST

every_module = pytest.mark.parametrize("module", LEAST)


def refused_offline(simulated, module, **options) -> str:
    """Run a module that must fail without a single request, and return its message."""
    message = simulated.refuse(module, **{**LEAST[module], **options})
    assert simulated.journal.entries == []
    return message


def test_every_module_is_in_the_list_of_these_tests():
    assert set(LEAST) == connected("fastx")


@every_module
def test_an_unknown_option_is_refused_by_its_name(fastx, module):
    assert "colour" in refused_offline(fastx(), module, colour="green")


@every_module
def test_a_missing_user_password_or_url_is_told(fastx, module):
    simulated = fastx()
    for option in ("url", "username", "password"):
        assert option in refused_offline(simulated, module, **{option: ...})


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("username", " "),
        ("password", ""),
        ("login_method", "magic"),
        ("generation", "v4"),
        ("token_header", "cookie"),
        ("login_token_name", "jwt"),
        ("signature_form", "pgp"),
        ("answers", [{"prompt": "x"}]),
        ("answers", [{"answer": "x", "prompt": "("}]),
        ("private_key_path", "/nowhere"),
        ("timeout", 0),
        ("timeout", "nan"),
        ("retries", -1),
        ("connections", 0),
        ("proxy", "nonsense"),
        ("validate_certs", "perhaps"),
        ("url", "fx1.example.org"),
        ("url", "https://fx1.example.org/fastx"),
        ("url", "https://a:b@fx1.example.org"),
    ],
)
def test_a_connection_option_that_makes_no_sense_is_refused_by_its_name_without_a_request(
    fastx, option, value
):
    message = refused_offline(fastx(), "fastx_bookmark", **{option: value})
    assert option.rstrip("s") in message


def test_the_environment_stands_in_for_connection_options(fastx, monkeypatch):
    simulated = fastx()
    for name, value in {
        "url": simulated.running.url,
        "username": USERNAME,
        "password": PASSWORD,
        "ca_path": simulated.running.ca_path,
        "retries": "0",
        "login_method": "interactive",
        "generation": "early",
        "token_header": "bearer",
    }.items():
        monkeypatch.setenv(f"FASTX_{name.upper()}", value)
    assert (
        simulated.expect("fastx_user_info", **dict.fromkeys(simulated.options, ...))["user"][
            "login"
        ]
        == USERNAME
    )
    assert not simulated.asked("/v3/api")


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("fastx_bookmark", {"id": ""}, ["id", "empty"]),
        ("fastx_bookmark", {"command": ""}, ["command", "empty"]),
        ("fastx_bookmark", {"geometry": "large"}, ["geometry", "large"]),
        ("fastx_bookmark", {"geometry": "0x5"}, ["geometry", "0x5"]),
        ("fastx_bookmark", {"tags": {"a": 1}}, ["tags"]),
        ("fastx_config", {"config": {"colour": []}}, ["colour"]),
        ("fastx_config", {"config": {"bookmark": [{"name": "x"}]}}, ["id"]),
        ("fastx_config", {"config": {"bookmark": [{"id": "a", "geometry": "x"}]}}, ["geometry"]),
        ("fastx_session", {"id": ...}, ["id", "name", "bookmark", "shortcut"]),
        ("fastx_session", {"id": " "}, ["id", "empty"]),
        ("fastx_session", {"name": ""}, ["name", "empty"]),
        ("fastx_session", {"command": ""}, ["command", "empty"]),
        ("fastx_session", {"bookmark": "cad"}, ["id", "bookmark"]),
        ("fastx_session", {"id": ..., "shortcut": "cad", "command": "x"}, ["command", "shortcut"]),
        (
            "fastx_session",
            {"id": ..., "shortcut": "cad", "geometry": "5x5"},
            ["geometry", "shortcut"],
        ),
        ("fastx_session", {"geometry": "wide"}, ["geometry", "wide"]),
        ("fastx_session", {"wait_timeout": -1}, ["wait_timeout"]),
        ("fastx_session", {"wait_timeout": 601}, ["wait_timeout"]),
        ("fastx_session", {"params": {"a": True}}, ["params.a", "quotes"]),
        ("fastx_session", {"params": {"a": None}}, ["params.a", "''"]),
        ("fastx_session", {"params": {"a": ["x"]}}, ["params.a"]),
        ("fastx_session", {"params": {"": "x"}}, ["params"]),
        ("fastx_session", {"name": "a", "params": {"name": "b"}}, ["name", "'a'", "'b'"]),
        ("fastx_session", {"name": "a", "params": {"name": ""}}, ["name"]),
        ("fastx_session", {"state": "terminated"}, ["params", "started"]),
        (
            "fastx_session",
            {"state": "disconnected", "params": ..., "return_connection": True},
            ["return_connection", "started"],
        ),
        ("fastx_session", {"state": "asleep"}, ["state", "asleep"]),
        ("fastx_share", {"session": ...}, ["session", "session_name"]),
        ("fastx_share", {"session_name": "x"}, ["session", "session_name"]),
        ("fastx_share", {"key": ...}, ["key"]),
        ("fastx_share", {"key": " "}, ["key", "empty"]),
        ("fastx_share", {"perms": ...}, ["perms"]),
        ("fastx_share", {"perms": ["owner"]}, ["perms", "owner"]),
        ("fastx_share", {"state": "reset"}, ["reset", "key"]),
        ("fastx_share", {"state": "connected", "session": ..., "session_name": "x"}, ["session"]),
        ("fastx_screenshot", {"id": ...}, ["id", "name"]),
        ("fastx_screenshot", {"dest": "/nowhere/at/all.png"}, ["dest", "/nowhere/at/all.png"]),
        ("fastx_screenshot", {"dest": "/tmp"}, ["dest"]),
        ("fastx_screenshot", {"mode": "rw"}, ["mode"]),
        ("fastx_screenshot", {"width": 0}, ["width"]),
        ("fastx_screenshot", {"height": -5}, ["height"]),
        ("fastx_screenshot", {"geometry": "rootless"}, ["geometry"]),
        ("fastx_screenshot", {"geometry": "5x5", "width": 5}, ["geometry", "width"]),
        ("fastx_screenshot", {"format": "gif"}, ["format", "gif"]),
        ("fastx_session_info", {"start": -1}, ["start"]),
        ("fastx_session_info", {"limit": -1}, ["limit"]),
        ("fastx_session_info", {"limit": 1, "names": ["x"]}, ["limit", "names"]),
        ("fastx_session_info", {"filter": {"login": "a,b"}}, ["login", "comma"]),
        ("fastx_session_info", {"filter": {"a=b": "a"}}, ["a=b"]),
        ("fastx_session_info", {"filter": {"login": []}}, ["login"]),
        ("fastx_session_info", {"filter": {"login": {"a": 1}}}, ["login"]),
        ("fastx_session_info", {"filter": {"id": "x"}, "ids": ["y"]}, ["ids"]),
        ("fastx_session_info", {"ids": ["a,b"]}, ["comma"]),
        ("fastx_session_info", {"gather": ["moss"]}, ["gather", "moss"]),
        ("fastx_system_info", {"parameters": {"sessions": {}}}, ["parameters.sessions"]),
        ("fastx_system_info", {"parameters": {"servers": 5}}, ["parameters.servers"]),
        ("fastx_session_exec", {"body": ...}, ["body"]),
        ("fastx_session_exec", {"body": "x"}, ["body"]),
    ],
)
def test_what_can_be_known_without_the_server_is_refused_without_a_write(
    fastx, module, options, words
):
    simulated = fastx()
    message = simulated.refuse_everywhere(module, **{**LEAST[module], **options})
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("fastx_session", {"params": {"a": True}}),
        ("fastx_session", {"geometry": "wide"}),
        ("fastx_share", {"key": " "}),
        ("fastx_screenshot", {"mode": "rw"}),
        ("fastx_session_info", {"filter": {"login": "a,b"}}),
        ("fastx_bookmark", {"id": " "}),
        ("fastx_system_info", {"parameters": {"servers": 5}}),
    ],
)
def test_it_is_refused_without_a_login_either(fastx, module, options):
    refused_offline(fastx(), module, **options)


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("fastx_bookmark", {"id": "new"}, ["new", "command"]),
        ("fastx_session", {"id": "nobody"}, ["nobody", "command", "bookmark", "shortcut"]),
        ("fastx_session", {"id": "nobody", "state": "disconnected", "params": ...}, ["nobody"]),
        ("fastx_session", {"id": ..., "name": "Terminal"}, ["Several", "s-2", "s-3"]),
        (
            "fastx_session",
            {"id": ..., "name": "Terminal", "state": "terminated", "params": ...},
            ["Several", "s-2", "s-3"],
        ),
        ("fastx_session", {"id": ..., "bookmark": "nowhere"}, ["bookmark", "nowhere"]),
        ("fastx_session", {"id": ..., "shortcut": "nowhere"}, ["bookmark", "nowhere"]),
        ("fastx_session", {"command": "xclock"}, ["nightly", "another command"]),
        ("fastx_session", {"id": "s-4"}, ["s-4"]),
        ("fastx_share", {"session": "nobody"}, ["nobody"]),
        ("fastx_share", {"session": ..., "session_name": "nobody"}, ["nobody"]),
        ("fastx_share", {"session": ..., "session_name": "Terminal"}, ["Several", "s-2", "s-3"]),
        ("fastx_share", {"session": "nobody", "state": "reset", "key": ...}, ["nobody"]),
        ("fastx_share", {"perms": []}, ["perms", "absent"]),
        ("fastx_share_info", {"sessions": ["nobody"]}, ["nobody"]),
        ("fastx_screenshot", {"id": "nobody"}, ["nobody"]),
        ("fastx_screenshot", {"id": ..., "name": "Terminal"}, ["Several", "s-2", "s-3"]),
        (
            "fastx_system_info",
            {"username": USERNAME, "password": PASSWORD},
            ["system/server/list", "admin"],
        ),
    ],
)
def test_what_the_server_does_not_know_or_allow_is_refused_without_any_write(
    fastx, module, options, words
):
    simulated = fastx()
    message = simulated.refuse_everywhere(module, **{**LEAST[module], **options})
    assert all(word in message for word in words), message
