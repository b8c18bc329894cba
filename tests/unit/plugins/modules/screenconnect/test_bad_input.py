"""What makes no sense to any module of ScreenConnect is refused in the user's words, before
anything is asked where that can be known.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.documented import connected
from tests.unit.plugins.modules.least_screenconnect import LEAST
from tests.unit.screenconnect_servers import PRESS, WEB

every_module = pytest.mark.parametrize("module", LEAST)
SESSION = {"name": "web-1", "type": "access"}


def refused_offline(simulated, module, **options) -> str:
    """Run a module that must fail without a single request, and return its message."""
    message = simulated.refuse(module, **options)
    assert simulated.journal.entries == []
    return message


def test_every_module_is_in_the_list_of_these_tests():
    assert set(LEAST) == connected("screenconnect")


@every_module
def test_an_unknown_or_missing_option_is_told_by_its_name(screenconnect, module):
    simulated = screenconnect()
    assert "colour" in refused_offline(simulated, module, **LEAST[module], colour="green")
    for option in ("auth_secret", "url"):
        assert option in refused_offline(simulated, module, **{**LEAST[module], option: ...})
    if not module.endswith("_info"):
        assert next(iter(LEAST[module])) in refused_offline(simulated, module)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("auth_secret", ""),
        ("auth_secret", " "),
        ("auth_secret", " a"),
        ("auth_secret", "a\nb"),
        ("auth_secret", "ü-secret"),
        ("origin", ""),
        ("origin", " control.example.org"),
        ("origin", "control.example.org\t"),
        ("origin", "a\r\nX: b"),
        ("origin", "https://exämple.org"),
        ("origin", "https://a\n"),
        ("property_names", {"Site": 0}),
        ("property_names", "Site"),
        ("session_type_wire", "word"),
        ("url", ""),
        ("url", "https://[::1"),
        ("url", "https://sup port.example.org"),
        ("url", "https://control..example.org"),
        ("url", "https://a\nb"),
        ("url", "control.example.org"),
        ("url", "https://control.example.org/App_Extensions"),
        ("timeout", 0),
        ("retries", -1),
        ("connections", 0),
    ],
)
def test_a_connection_option_that_makes_no_sense_is_refused_by_its_name_without_a_request(
    screenconnect, option, value
):
    simulated = screenconnect()
    message = refused_offline(simulated, "screenconnect_session", **SESSION, **{option: value})
    assert option in message
    assert option != "auth_secret" or not value.strip() or value not in message


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, ["name", "type", "id"]),
        ({"name": "web-1"}, ["name and type"]),
        ({"type": "access"}, ["name and type"]),
        ({"name": "", "type": "access"}, ["name", "empty"]),
        ({"name": " ", "type": "access"}, ["name", "empty"]),
        ({"name": "x", "type": "phone"}, ["type", "phone"]),
        ({"id": "web-1"}, ["id", "web-1"]),
        ({"id": ""}, ["id"]),
        ({"id": WEB, "name": ""}, ["name", "empty"]),
        ({**SESSION, "custom_properties": {"9": "x"}}, ["9", "1 to 8"]),
        (
            {**SESSION, "custom_properties": {"Colour": "x"}, "property_names": {"Site": 1}},
            ["Colour", "Site"],
        ),
        (
            {
                **SESSION,
                "custom_properties": {"Site": "x", "1": "y"},
                "property_names": {"Site": 1},
            },
            ["twice"],
        ),
        ({**SESSION, "custom_properties": {"1": True}}, ["custom_properties.1", "true"]),
        ({**SESSION, "custom_properties": {"1": None}}, ["custom_properties.1"]),
        ({**SESSION, "custom_properties": {"1": ["x"]}}, ["custom_properties.1"]),
        ({**SESSION, "custom_properties": "x"}, ["custom_properties"]),
        ({**SESSION, "is_public": "perhaps"}, ["is_public"]),
    ],
)
def test_a_session_that_makes_no_sense_is_refused_without_a_write(screenconnect, options, words):
    for module, given in (
        ("screenconnect_session", options),
        (
            "screenconnect_config",
            {
                "config": {
                    "session": [
                        {name: value for name, value in options.items() if name != "property_names"}
                    ]
                },
                **{name: value for name, value in options.items() if name == "property_names"},
            },
        ),
    ):
        simulated = screenconnect()
        message = simulated.refuse_everywhere(module, **given)
        assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("sessions", "words"),
    [
        ([SESSION, SESSION], ["described twice"]),
        ([{"id": WEB}, SESSION], ["described twice"]),
        ([{"id": PRESS, "name": "new"}, {"id": WEB, "name": "new"}], ["Two objects", "new"]),
        (
            [SESSION, {"id": "99999999-0000-4000-8000-000000000009", "name": "x"}],
            ["no session with id"],
        ),
    ],
)
def test_sessions_that_do_not_go_together_are_refused_without_a_write(
    screenconnect, sessions, words
):
    message = screenconnect().refuse_everywhere(
        "screenconnect_config", config={"session": sessions}
    )
    assert all(word in message for word in words), message


def test_an_empty_document_asks_and_changes_nothing(screenconnect):
    simulated = screenconnect()
    for config in ({}, {"session": []}):
        assert simulated.expect("screenconnect_config", config=config)["changed"] is False
    assert simulated.journal.entries == []
