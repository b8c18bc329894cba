"""What the lookup of custom properties finds on a simulated ScreenConnect server, how often it
asks, and how it fails.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible.errors import AnsibleError

from tests.controller import look_up
from tests.unit.screenconnect_servers import OTHER_RECEPTION, RECEPTION, SECRET, WEB

NAMES = {"Site": 1, "Department": 2}


def properties(simulated, *names, **options):
    return look_up("screenconnect_property", *names, **simulated.options, **options)


def refusal(simulated, *names, **options) -> str:
    with pytest.raises(AnsibleError) as caught:
        properties(simulated, *names, **options)
    assert SECRET not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("session", ["web-1", WEB, WEB.upper()])
def test_several_properties_of_a_session_take_one_request(screenconnect, session):
    simulated = screenconnect()
    assert properties(simulated, "Site", 2, "1", session=session, property_names=NAMES) == [
        "Plant A",
        "IT",
        "Plant A",
    ]
    assert len(simulated.journal.entries) == 1


def test_a_session_without_a_name_goes_by_that_of_its_machine(screenconnect):
    assert properties(screenconnect(), 5, session="PRESS-01") == ["HF-1"]


def test_a_property_that_is_empty_is_an_empty_text_or_the_default(screenconnect):
    simulated = screenconnect()
    assert properties(simulated, 8, session="web-1") == [""]
    assert properties(simulated, 8, 1, session="web-1", default="?") == ["?", "Plant A"]


def test_a_name_that_several_sessions_bear_is_refused_with_their_ids(screenconnect):
    message = refusal(screenconnect(), 1, session="Reception")
    assert RECEPTION in message and OTHER_RECEPTION in message
    assert properties(screenconnect(), 2, session="web-1", type="access") == ["IT"]


@pytest.mark.parametrize(
    ("terms", "options", "words"),
    [
        ([1], {"session": "nobody"}, "nobody"),
        ([1], {"session": "web-1", "type": "meeting"}, "web-1"),
        ([9], {"session": "web-1"}, "9"),
        (["Colour"], {"session": "web-1", "property_names": NAMES}, "Colour"),
        ([1], {"session": " "}, "empty name"),
        ([1], {}, "session"),
        ([1], {"session": "web-1", "colour": "red"}, "colour"),
        ([{}], {"session": "web-1"}, "custom property"),
    ],
)
def test_what_is_not_there_or_makes_no_sense_is_refused(screenconnect, terms, options, words):
    assert words in refusal(screenconnect(), *terms, **options)


def test_a_server_that_fails_is_an_error_of_ansibles(screenconnect):
    simulated = screenconnect()
    simulated.inject("*", "status", status=401)
    assert "auth_secret" in refusal(simulated, 1, session="web-1")
