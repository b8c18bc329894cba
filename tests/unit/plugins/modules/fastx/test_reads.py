"""What the modules that read return, what they ask for, and that no token is among it."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.fastx_servers import small_fastx

ADMIN = {"username": "root", "password": "the password of root"}
LIST = "/v3/api/session/list"


def ids(outcome, part="sessions") -> list[str]:
    return [each["id"] for each in outcome[part]]


# --- Sessions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "found", "body"),
    [
        ({}, ["nightly", "s-2", "s-3"], {}),
        (
            {"ids": ["s-2", "nightly", "s-4"]},
            ["nightly", "s-2"],
            {"filter": ["id==s-2,nightly,s-4"]},
        ),
        ({"ids": []}, [], None),
        ({"names": ["Terminal"]}, ["s-2", "s-3"], {}),
        ({"names": ["nobody"]}, [], {}),
        ({"filter": {"serverId": "fx2"}}, ["s-3"], {"filter": ["serverId==fx2"]}),
        (
            {"filter": {"command": ["xterm", "gvim"], "windowMode": "rootless"}},
            ["s-2"],
            {"filter": ["command==xterm,gvim", "windowMode==rootless"]},
        ),
        (
            {"filter": {"clients": 0, "sharing": True}},
            ["s-2", "s-3"],
            {"filter": ["clients==0", "sharing==true"]},
        ),
        (
            {"sort_by": "started", "sort_reverse": True},
            ["s-3", "s-2", "nightly"],
            {"sortBy": "started", "sortReverse": True},
        ),
        ({"start": 1, "limit": 1}, ["s-2"], {"start": 1, "limit": 1}),
        ({"limit": 0}, [], {"limit": 0}),
    ],
)
def test_sessions_are_chosen_sorted_and_cut(fastx, options, found, body):
    simulated = fastx()
    assert ids(simulated.expect("fastx_session_info", **options)) == found
    assert [entry.body for entry in simulated.asked(LIST)] == ([] if body is None else [body])


@pytest.mark.parametrize("no_value", ["absent", "null"])
@pytest.mark.parametrize("timestamps", ["iso", "milliseconds"])
def test_a_session_has_the_servers_attributes_in_snake_case_and_its_parameters_as_they_are(
    fastx, no_value, timestamps
):
    site = small_fastx()
    site["sessions"][0]["params"]["camelCase"] = "x"
    session = fastx(site, no_value=no_value, timestamps=timestamps).expect(
        "fastx_session_info", ids=["nightly"]
    )["sessions"][0]
    assert (
        session["server_id"] == "fx1"
        and session["window_mode"] == "desktop"
        and isinstance(session["started"], str)
    )
    assert session["params"] == {"name": "CAD nightly", "project": "A1", "camelCase": "x"}


@pytest.mark.parametrize("generation", ["source", "later"])
def test_the_count_and_the_logs_are_asked_for_only_where_they_are_wanted(fastx, generation):
    simulated = fastx(generation=generation)
    outcome = simulated.expect("fastx_session_info", names=["Terminal"], gather=["count", "log"])
    assert outcome["count"] == 3 and [session["log"] for session in outcome["sessions"]] == [
        {"log": ""},
        {"log": ""},
    ]
    assert len(simulated.asked("/v3/api/session/log")) == 2
    assert len(simulated.asked("/v3/api/session/list/count")) == (generation == "source")
    assert "count" not in simulated.expect("fastx_session_info").result


# --- Bookmarks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, (["cad", "term"], ["desktop"], ["h-1"])),
        ({"ids": ["cad", "desktop"]}, (["cad"], ["desktop"], [])),
        ({"tags": ["design", "x"]}, (["cad"], [], [])),
        ({"ids": ["term"], "tags": ["design"]}, ([], [], [])),
    ],
)
def test_bookmarks_are_chosen_by_id_and_tag(fastx, options, found):
    outcome = fastx().expect("fastx_bookmark_info", **options)
    assert tuple(ids(outcome, part) for part in ("bookmarks", "suggestions", "history")) == found


def test_only_the_lists_that_are_wanted_are_returned(fastx):
    outcome = fastx().expect("fastx_bookmark_info", lists=["suggestions"])
    assert (
        ids(outcome, "suggestions") == ["desktop"]
        and not {"bookmarks", "history"} & outcome.result.keys()
    )


# --- The server, the user, the system ---------------------------------------------------------------------------------


@pytest.mark.parametrize("generation", ["source", "later"])
def test_what_a_server_says_to_everybody_is_read_without_a_login(fastx, generation):
    simulated = fastx(generation=generation)
    outcome = simulated.expect("fastx_server_info")
    assert [entry.query for entry in simulated.asked()] == ["/v3/api"]
    assert outcome["generation"] == {"source": "early", "later": "later"}[generation]
    assert outcome["server"].keys() == (
        {"build"}
        if generation == "later"
        else {
            "version",
            "server_id",
            "port",
            "httpsport",
            "hostname",
            "servers",
            "ssh",
        }
    )


def test_the_other_settings_of_a_server_are_returned_as_it_answers_them(fastx):
    outcome = fastx().expect("fastx_server_info", gather=["config", "xrdp_config"])
    assert outcome["config"] == {"sessionLimit": 0, "shareEmail": False} and outcome[
        "xrdp_config"
    ] == {"colorDepth": 24, "clipboard": True}


@pytest.mark.parametrize("error_status", ["ok", "matching"])
@pytest.mark.parametrize(("options", "admin"), [({}, False), (ADMIN, True)])
def test_the_profile_comes_without_the_token_in_it(fastx, error_status, options, admin):
    outcome = fastx(error_status=error_status).expect("fastx_user_info", **options)
    assert outcome["admin"] is admin
    assert (
        outcome["user"]["login"] == options.get("username", "mira")
        and "token" not in outcome["user"]
    )


def test_what_administrators_are_told_is_returned_as_it_is(fastx):
    simulated = fastx()
    outcome = simulated.expect("fastx_system_info", **ADMIN)
    assert [each["serverId"] for each in outcome["servers"]] == ["fx1", "fx2"]
    assert outcome["session_count"] == len(outcome["sessions"]) == 4 and outcome[
        "session_profile"
    ] == [{"id": "default", "name": "Default"}]
    assert simulated.expect(
        "fastx_system_info", **ADMIN, gather=["session_count"]
    ).result.keys() >= {"session_count"}


def test_parameters_for_these_calls_are_passed_on(fastx):
    simulated = fastx()
    simulated.expect(
        "fastx_system_info",
        **ADMIN,
        gather=["servers", "sessions"],
        parameters={"sessions": {"serverId": "fx1", "deep": [1]}},
    )
    assert simulated.asked("/v3/system/session/list")[0].body == {"serverId": "fx1", "deep": [1]}
    assert simulated.asked("/v3/system/server/list")[0].body == {}
