"""The filter language of the simulated ScreenConnect server: what holds, what is refused, and what
an injection looks like.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from .conftest import AWAY, MEETING, PRESS, WEB


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SessionType = 'Access'", [PRESS, WEB, AWAY]),
        ("SessionType <> 'Access'", [MEETING]),
        (f"SessionID = '{WEB.upper()}'", [WEB]),
        ("Name = 'O''Brien'", [AWAY]),
        ("Name = ''", [PRESS]),
        ("Name<>'web'", [PRESS, AWAY]),
        ("  Name  =  'web'  ", [WEB, MEETING]),
        ("CustomProperty1 = 'Plant A' AND NOT GuestMachineName LIKE 'PR%'", [WEB]),
        ("CustomProperty8 = ''", [PRESS, WEB, AWAY, MEETING]),
        ("GuestMachineName NOT LIKE '%E%'", [WEB, AWAY, MEETING]),
        ("Name LIKE '%e%'", [WEB, AWAY, MEETING]),
        ("Name LIKE 'we_'", []),
        ("Name LIKE 'w.*'", []),
        ("Name LIKE '%''%'", [AWAY]),
        ("IsPublic = true", [MEETING]),
        ("IsPublic <> 1", [PRESS, WEB, AWAY]),
        ("IsEnded = False", [PRESS, WEB, AWAY, MEETING]),
        ("GuestConnectedCount > 0", [PRESS, WEB]),
        ("HostConnectedCount >= 1", [PRESS]),
        ("GuestConnectedCount = 0 AND SessionType = 'Access'", [AWAY]),
        ("GuestProcessorVirtualCount < 0.5", [PRESS, WEB, AWAY, MEETING]),
        ("GuestLastBootTime > '2026-01-01'", [PRESS]),
        ("GuestLastBootTime < '2026-01-01T00:00:00Z'", [WEB, AWAY, MEETING]),
        ("LastGuestConnectedEventTime <= '2026-01-15T07:00:00'", [AWAY, MEETING]),
        ("LastConnectedEventTime = '2026-01-15T09:00:00+01:00'", [PRESS, WEB]),
        ("NOT NOT Name = 'web'", [WEB, MEETING]),
        ("NOT (Name = 'web' OR Name = '')", [AWAY]),
        ("Name = 'web' AND SessionType = 'Meeting' OR Name = ''", [PRESS, MEETING]),
        ("Name = 'web' AND (SessionType = 'Meeting' OR Name = '')", [MEETING]),
        ("NOT Name = 'web' AND SessionType = 'Access'", [PRESS, AWAY]),
        ("name = 'x' or Name = 'web'".replace("name", "Name"), [WEB, MEETING]),
        ("Name > 'a'", [WEB, MEETING]),
        ("GuestClientVersion LIKE '24.%'", [PRESS]),
    ],
)
def test_a_filter_selects_the_sessions_for_which_it_holds(api, text, found):
    assert api.ids(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Name",
        "Name =",
        "= 'x'",
        "Name = 'x",
        "Name = x",
        "Name == 'x'",
        "Name != 'x'",
        'Name = "x"',
        "Name = 'x' AND",
        "Name = 'x' 'y'",
        "Name = 'x' Name = 'y'",
        "(Name = 'x'",
        "Name = 'x')",
        "NOT",
        "()",
        "Name LIKE 1",
        "Name NOT = 'x'",
        "Name = 1",
        "SessionType = 2",
        "SessionType = 'access'",
        "SessionType LIKE 'A%'",
        "SessionType > 'Access'",
        "GuestConnectedCount = '1'",
        "GuestConnectedCount LIKE '1%'",
        "IsPublic = 'true'",
        "IsPublic",
        "IsPublic > 0",
        "Colour = 'red'",
        "name = 'x'",
        "GuestInfo.MachineName = 'x'",
        "CustomProperty9 = ''",
        "CustomProperty0 = ''",
        "GuestLastBootTime > 'yesterday'",
        "GuestLastBootTime > 1",
        "Name = 'x'; DROP",
        "Name = 'x' -- y",
        "1 = 1",
        "'a' = 'a'",
        "Name IN ('x')",
        "Name = 'x' && Name = 'y'",
        "AND = 'x'",
        "(" * 101 + "Name = 'x'" + ")" * 101,
        "NOT " * 5000 + "Name = 'x'",
    ],
)
def test_a_filter_that_is_not_well_formed_is_refused(api, text):
    assert "The session filter is not valid" in api.refuse("GetSessionsByFilter", text)


def test_a_text_that_escapes_its_literal_is_seen_as_what_it_is(api):
    hostile = "x' OR Name <> '"
    assert api.ids(f"Name = '{hostile}'") == [WEB, AWAY, MEETING]
    assert api.ids("Name = '" + hostile.replace("'", "''") + "'") == []


def test_an_underscore_may_stand_for_any_character(make_api):
    assert make_api(like_underscore="wildcard").ids("Name LIKE 'w_b'") == [WEB, MEETING]
