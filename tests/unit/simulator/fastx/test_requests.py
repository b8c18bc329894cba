"""How strictly the simulated FastX server takes HTTP, JSON, paths and parameters, and how it shows
errors and faults.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import ssl
from collections import Counter

import httpx
import pytest

from tests.simulator import operations
from tests.simulator.fastx.operations import OPERATIONS
from tests.simulator.faults import Fault
from tests.simulator.serving import serve

KEEPALIVE = "/v3/api/user/keepalive"


def test_a_path_outside_of_the_api_is_a_plain_404_that_the_journal_leaves_out(api):
    for path in ("/", "/v2/api", "/session"):
        assert api.raw("GET", path).status_code == 404
    assert api.server.journal.entries == []


@pytest.mark.parametrize(
    "path",
    [
        "/v3/api/session",
        "/v3/api/session/list/",
        "/v3/api/Session/list",
        "/v3/api/system/server/list",
        "/v3/",
    ],
)
def test_a_path_that_no_generation_has_is_a_violation(api, path):
    assert api.raw("POST", path).status_code == 404
    assert "there is no such path" in api.violation()


def test_an_unknown_path_is_a_404_or_the_web_client_or_an_error(make_api):
    expected = {
        "status": (404, "text/html; charset=utf-8"),
        "page": (200, "text/html; charset=utf-8"),
        "error": (200, "application/json; charset=utf-8"),
    }
    for switch, (status, content_type) in expected.items():
        api = make_api(unknown_path=switch, generation="later")
        answer = api.raw("POST", "/v3/api/session/list")
        assert (answer.status_code, answer.headers["content-type"]) == (status, content_type)
    assert answer.json()["error"]["message"] == "There is no such path"


def test_get_and_post_are_the_same_and_other_methods_are_refused(api):
    api.log_in()
    assert api.raw("GET", KEEPALIVE, headers=api.headers).json() == {"result": None}
    assert api.raw("POST", KEEPALIVE, headers=api.headers).json() == {"result": None}
    for method in ("PUT", "PATCH", "DELETE", "HEAD"):
        api.raw(method, KEEPALIVE, headers=api.headers)
        assert "must be GET or POST" in api.violation()


def test_a_url_has_texts_numbers_and_booleans_and_nothing_nested(api):
    api.log_in()

    def get(path, query):
        return api.raw("GET", f"/v3/api/{path}?{query}", headers=api.headers).json()

    assert [
        each["id"] for each in get("session/list", "start=1&limit=1&sortReverse=true")["result"]
    ] == ["s-2"]
    assert get("session/log", "id=nightly") == {"result": {"log": "ready\n"}}
    for query, rule in (
        ("limit=x", "limit must be"),
        ("sortReverse=1", "sortReverse must be"),
        ("filter=id==x", "needs POST"),
        ("limit=1&limit=2", "twice"),
    ):
        assert "error" in get("session/list", query)
        assert rule in api.violation()
    assert "error" in api.raw("GET", KEEPALIVE, headers=api.headers, content=b"{}").json()
    assert "a GET has no body" in api.violation()


@pytest.mark.parametrize(
    ("content", "content_type", "rule"),
    [
        (b"{}", "text/plain", "Content-Type"),
        (b"{}", "application/x-www-form-urlencoded", "Content-Type"),
        (b"{}", None, "Content-Type"),
        (b"{", "application/json", "strict JSON"),
        (b"[]", "application/json", "an object"),
        (b'{"limit":Infinity}', "application/json", "strict JSON"),
        (b'{"limit":1,"limit":2}', "application/json", "strict JSON"),
        (b"\xff", "application/json", "strict JSON"),
    ],
)
def test_a_body_is_one_strict_json_object(api, content, content_type, rule):
    api.log_in()
    headers = {**api.headers, **({"Content-Type": content_type} if content_type else {})}
    assert (
        "error" in api.raw("POST", "/v3/api/session/list", content=content, headers=headers).json()
    )
    assert rule in api.violation()


def test_a_post_has_its_parameters_in_the_body(api):
    api.log_in()
    assert "error" in api.raw("POST", "/v3/api/session/list?limit=1", headers=api.headers).json()
    assert "stand in its body" in api.violation()


@pytest.mark.parametrize(
    ("path", "given", "rule"),
    [
        ("session/start", {}, "command is required"),
        ("session/start", {"command": ""}, "command must be"),
        ("session/start", {"command": "x", "geometry": "1024 x 768"}, "geometry must be"),
        ("session/start", {"command": "x", "geometry": "0x1"}, "geometry"),
        ("session/start", {"command": "x", "geometry": None}, "geometry must be"),
        ("session/start", {"command": "x", "params": {"a": 1}}, "params must be"),
        ("session/start", {"command": "x", "params": ["a"]}, "params must be"),
        ("session/start", {"command": "x", "id": 7}, "id must be"),
        ("session/params", {"id": "nightly"}, "params is required"),
        ("session/connect", {}, "id is required"),
        ("session/list", {"start": -1}, "start must be"),
        ("session/list", {"limit": "1"}, "limit must be"),
        ("session/list", {"limit": True}, "limit must be"),
        ("session/list", {"filter": "id==x"}, "filter must be"),
        ("session/list", {"filter": ["id=x"]}, "a filter is written"),
        ("session/list", {"filter": ["project==A1"]}, "a filter is written"),
        ("session/list", {"filter": ["params==A1"]}, "a filter is written"),
        ("session/screenshot", {"id": "nightly", "format": "gif"}, "format must be"),
        ("session/screenshot", {"id": "nightly", "keep_aspect": True}, "keep"),
        ("session/screenshot", {"id": "nightly", "width": 0}, "width must be"),
        ("session/screenshot", {"id": "nightly", "geometry": "rootless"}, "geometry"),
        (
            "session/screenshot",
            {"id": "nightly", "geometry": "8x8", "width": 8},
            "does not go with them",
        ),
        ("bookmark/edit", {"id": "x"}, "command is required"),
        ("bookmark/edit", {"id": "x", "command": "y", "tags": "z"}, "tags must be"),
        ("share/edit", {"id": "nightly", "key": "k"}, "perms is required"),
        ("share/edit", {"id": "nightly", "key": "k", "perms": ["owner"]}, "perms must be"),
        ("user/profile", {"login": "otto"}, "login is no parameter"),
    ],
)
def test_what_a_parameter_cannot_be_is_refused_and_is_a_violation(api, path, given, rule):
    before = api.server.dump()
    assert rule in api.violate(path, **given)
    assert api.server.dump() == before


def test_unknown_parameters_are_refused_or_ignored_and_a_violation_either_way(make_api):
    assert "colour is no parameter" in make_api().violate(
        "bookmark/edit", id="x", command="y", colour="red"
    )
    api = make_api(unknown_parameters="ignore")
    assert {"id": "x", "command": "y"} in api.do(
        "bookmark/edit", id="x", command="y", colour="red"
    )["bookmarks"]
    assert "colour is no parameter" in api.violation()


def test_an_error_has_a_status_and_a_stack_where_the_switches_say_so(make_api):
    api = make_api(error_status="matching", error_stack=True)
    statuses = {
        path: api.send(path, status, id="x")["error"]
        for path, status in (("session/terminate", 404), ("user/admin", 400))
    }
    assert statuses["session/terminate"].keys() == {"name", "message", "stack"}
    assert "id is no parameter" in api.violation()
    assert api.send("user/admin", 403)["error"]["name"] == "PermissionError"
    api.do("session/start", id="x", command="y")
    assert api.send("session/start", 409, id="x", command="y")["error"]["name"] == "SessionError"
    api.headers = {"X-FASTX-TOKEN": "other"}
    assert api.send("user/profile", 401)["error"]["name"] == "AuthError"


@pytest.mark.parametrize(
    "operation",
    [each for each in OPERATIONS if each.access != "anyone"],
    ids=lambda each: each.name,
)
def test_every_operation_but_the_login_needs_a_login(api, operation):
    answer = api.raw("POST", operation.name, json={})
    assert answer.json()["error"]["name"] == "AuthError"
    assert (
        api.raw("POST", operation.name, headers={"Authorization": "Basic eDp5"}, json={}).json()[
            "error"
        ]["name"]
        == "AuthError"
    )


def test_the_document_has_38_operations_and_the_simulator_all_of_them():
    names = [each.name for each in operations.OPERATIONS if each.platform == "fastx"]
    assert names == [each.name for each in OPERATIONS] and len(set(names)) == 38


def test_operations_are_marked_by_their_documented_path_when_they_were_carried_out(
    make_api, monkeypatch
):
    monkeypatch.setattr(operations, "called", Counter())
    api = make_api(generation="later")
    api.do("session/")
    api.do("share/save", id="nightly", key="k", perms=["viewer"])
    api.fail("session/terminate", id="other")
    api.server.inject(Fault("*", "ignored"))
    api.do("session/terminate", id="nightly")
    assert operations.called == {
        ("fastx", "/v3/api/user/login"): 1,
        ("fastx", "/v3/api/session/list"): 1,
        ("fastx", "/v3/api/share/edit"): 1,
    }


def test_the_journal_tells_what_was_asked_and_what_asks_for_a_change(api):
    api.do("bookmark/list")
    api.do("bookmark/delete", id="cad")
    asked = [(entry.query, entry.writes, entry.status) for entry in api.server.journal.entries]
    assert asked == [
        ("/v3/api/user/login", False, 200),
        ("/v3/api/bookmark/list", False, 200),
        ("/v3/api/bookmark/delete", True, 200),
    ]
    assert api.server.journal.writes[0].body == {"id": "cad"}


def test_faults_refuse_and_ignored_have_the_words_of_the_api(api):
    api.server.inject(Fault("*/bookmark/*", "refuse", reason="Not today"))
    assert api.fail("bookmark/edit", id="x", command="y") == "Not today"
    before = api.server.dump()
    api.server.inject(Fault("*/session/start", "ignored"))
    assert api.do("session/start", id="n", command="y")["id"] == "n"
    assert api.server.dump() == before


def test_nobody_is_blamed_for_a_token_after_a_fault_in_a_login_or_a_logout(api):
    token = api.log_in()
    api.server.inject(Fault("*/session/*", "status"))
    api.raw("POST", "/v3/api/session/list/count", headers=api.headers)
    assert api.server.left_behind == [token]
    api.server.inject(Fault("*/user/logout", "status"))
    api.raw("POST", "/v3/api/user/logout", headers=api.headers)
    assert list(api.server.site["tokens"]) == [token] and api.server.left_behind == []


def test_it_is_served_over_tls_and_controlled_over_http(api):
    with (
        serve(api.server) as running,
        httpx.Client(
            base_url=running.url, verify=ssl.create_default_context(cafile=running.ca_path)
        ) as client,
    ):
        assert client.get("/v3/api").json()["result"]["serverId"] == "fx1"
        assert (
            client.patch("/_simulator/switches", json={"generation": "later"}).json()["generation"]
            == "later"
        )
        assert client.get("/v3/api").json() == {"result": {"build": "3.0.43"}}
        assert [
            entry["query"] for entry in client.get("/_simulator/journal").json()["entries"]
        ] == ["/v3/api", "/v3/api"]
        client.post("/_simulator/faults", json={"query": "/v3/api", "kind": "reset_after"})
        with pytest.raises(httpx.TransportError):
            client.get("/v3/api")
        seed = {**client.get("/_simulator/site").json(), "suggestions": []}
        assert client.put("/_simulator/site", json=seed).json() == api.server.dump()
