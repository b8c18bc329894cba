"""FastX servers that fail, lie, or are somebody else: a clear error in the user's words, nothing
changed, no secret anywhere.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import socket
from contextlib import closing
from urllib.parse import quote, quote_plus

import pytest

from tests.unit.fastx_servers import PASSWORD
from tests.unit.plugins.modules.least_fastx import ACTIONS, LEAST, READERS

every_module = pytest.mark.parametrize("module", LEAST)
SESSIONS, BOOKMARKS, SHARES = "/v3/api/session/list", "/v3/api/bookmark/list", "/v3/api/share/list"
# What each module reads first once it is logged in.
READS = {
    **dict.fromkeys(LEAST, SESSIONS),
    "fastx_server_info": "/v3/api/config",
    "fastx_user_info": "/v3/api/user/profile",
    "fastx_system_info": "/v3/system/server/list",
    **dict.fromkeys((name for name in LEAST if "bookmark" in name or "config" in name), BOOKMARKS),
}


def failure(simulated, module, **options) -> str:
    """Run a module that must fail with nothing changed, and return its message."""
    held = simulated.server.dump()
    outcome = simulated.run(module, **{**LEAST[module], **options})
    assert outcome.failed, outcome.output
    assert simulated.server.dump() == held
    assert outcome["changed"] is False
    return outcome["msg"]


# --- The way there ----------------------------------------------------------------------------------------------------


@every_module
def test_a_certificate_of_an_unknown_authority_is_refused(fastx, module):
    simulated = fastx(certificate="untrusted")
    message = failure(simulated, module)
    assert "certificate" in message and "localhost" in message and "ca_path" in message
    assert simulated.journal.entries == []


@every_module
def test_a_password_that_is_wrong_is_told_and_not_shown(fastx, module):
    simulated = fastx()
    assert "The login of" in failure(simulated, module, password="wr0ng/s%cret+ ü")
    assert simulated.wrote() == []


def test_a_port_where_nobody_listens_is_told(fastx):
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        message = failure(fastx(), "fastx_bookmark", url=f"https://localhost:{port}")
    assert f"localhost:{port}" in message and "port" in message


# --- Answers that are none --------------------------------------------------------------------------------------------

ANSWERS = {
    "html": ({"kind": "html"}, ["HTML"]),
    "html with an error": ({"kind": "html", "status": 502}, ["502"]),
    "not found": ({"kind": "html", "status": 404}, ["404"]),
    "empty": ({"kind": "empty_body"}, ["empty"]),
    "cut off": ({"kind": "truncated"}, ["broke off"]),
    "malformed": ({"kind": "malformed"}, ["cut off or malformed"]),
    "null": ({"kind": "status", "status": 200, "body": "null"}, ["neither"]),
    "a null result": (
        {"kind": "status", "status": 200, "body": '{"result": null}'},
        ["null", "expected"],
    ),
    "another object": ({"kind": "status", "status": 200, "body": "{}"}, ["neither"]),
    "an error without words": (
        {"kind": "status", "status": 200, "body": '{"error": {}}'},
        ["no reason"],
    ),
    "an error that is a text": (
        {"kind": "status", "status": 200, "body": '{"error": "out of order"}'},
        ["out of order"],
    ),
    "an error with an odd name": (
        {"kind": "status", "status": 400, "body": '{"error": {"name": 5, "message": ["x"]}}'},
        ["no reason"],
    ),
    "an error beside a result": (
        {"kind": "status", "status": 200, "body": '{"result": [], "error": {"message": "half"}}'},
        ["half"],
    ),
    "not text": ({"kind": "status", "status": 200, "body": b"\xff\xfe\x00\x01"}, ["malformed"]),
    "deeply nested": ({"kind": "status", "status": 200, "body": b"[" * 100_000}, ["malformed"]),
    "redirected": ({"kind": "redirect"}, ["redirected", "elsewhere.example"]),
    "gone": ({"kind": "reset_before"}, ["broke off"]),
    "failing": ({"kind": "status", "status": 500}, ["500"]),
    "failing with words": (
        {
            "kind": "status",
            "status": 500,
            "body": '{"error": {"name": "Error", "message": "disk full"}}',
        },
        ["disk full"],
    ),
    "busy for an hour": (
        {"kind": "status", "status": 503, "headers": {"Retry-After": 3600}},
        ["503"],
    ),
    "compressed nonsense": (
        {
            "kind": "status",
            "status": 200,
            "body": b"no gzip",
            "headers": {"Content-Encoding": "gzip"},
        },
        ["compressed"],
    ),
}
# Every answer for the module that stands for its like, and a few for each module that reads first.
LINES = [
    (module, answer)
    for module in LEAST
    if module not in ACTIONS
    for answer in ANSWERS
    if module == "fastx_session"
    or answer
    in (
        "html",
        "malformed",
        "gone",
    )
]


@pytest.mark.parametrize(("module", "answer"), LINES, ids=map(": ".join, LINES))
def test_an_answer_that_is_none_is_described_and_nothing_is_changed(fastx, module, answer):
    fault, words = ANSWERS[answer]
    simulated = fastx()
    simulated.inject(READS[module], **fault, times=None)
    message = failure(simulated, module)
    assert READS[module] in message and all(word in message for word in words), message
    assert simulated.wrote() == []


@pytest.mark.parametrize("module", READERS)
def test_a_read_that_breaks_once_is_asked_again(fastx, module):
    simulated = fastx()
    simulated.inject(READS[module], "reset_before")
    assert simulated.expect(module, **LEAST[module], retries=1)["api"]["retries"] == 1


def test_a_server_that_is_slow_is_told_with_the_option_that_says_how_long_to_wait(fastx):
    simulated = fastx()
    simulated.inject(SESSIONS, "slow", seconds=2.0, times=None)
    message = failure(simulated, "fastx_session", timeout=1.0)
    assert "timeout" in message and "in time" in message


def test_a_redirect_is_never_followed(fastx):
    other, simulated = fastx(), fastx()
    simulated.inject("*", "redirect", location=f"{other.running.url}/v3/api", times=None)
    failure(simulated, "fastx_bookmark")
    assert other.journal.entries == []


@pytest.mark.parametrize(
    "encode",
    [
        str,
        quote,
        quote_plus,
        lambda secret: quote(secret, safe=""),
        lambda secret: json.dumps(secret)[1:-1],
    ],
)
def test_a_secret_that_the_server_repeats_is_masked_in_every_spelling(fastx, encode):
    simulated = fastx()
    spelt = encode(PASSWORD)
    simulated.secrets.add(spelt)
    for query in (SESSIONS, "/v3/api/session/params", "/v3/api/user/login"):
        for fault in (
            {"kind": "refuse", "reason": f"Unknown: {spelt}"},
            {"kind": "status", "status": 403, "body": {"error": {"name": spelt, "message": spelt}}},
            {"kind": "redirect", "location": f"https://elsewhere.example/{quote(spelt)}"},
        ):
            simulated.inject(query, **fault)
            failure(simulated, "fastx_session")


# --- Lists that lie ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        {"result": [1]},
        {"result": [None]},
        {"result": [{}]},
        {"result": [{"id": 5}]},
        {"result": [{"id": None}]},
        {"result": [{"id": "a", "params": []}]},
        {"result": [{"id": "a", "params": "x"}]},
        {"result": {}},
        {"result": "x"},
        {"result": 5},
    ],
)
@pytest.mark.parametrize(
    "module", ["fastx_session", "fastx_session_info", "fastx_share", "fastx_screenshot"]
)
def test_sessions_of_the_wrong_shape_are_no_sessions(fastx, module, body):
    simulated = fastx()
    simulated.inject(SESSIONS, "status", status=200, body=json.dumps(body), times=None)
    assert "session/list" in failure(simulated, module)


def test_a_session_without_parameters_is_one(fastx):
    simulated = fastx()
    simulated.lies = True
    simulated.inject(
        SESSIONS,
        "status",
        status=200,
        body={"result": [{"id": "a"}, {"id": "b", "params": None}]},
        times=None,
    )
    assert simulated.expect("fastx_session_info", names=["x"])["sessions"] == []
    assert simulated.expect("fastx_session", id="b", purge_params=True)["session"] == {
        "id": "b",
        "params": None,
    }


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"bookmarks": None},
        {"bookmarks": [1]},
        {"bookmarks": [{}]},
        {"bookmarks": [{"id": 5, "command": "x"}]},
        {"bookmarks": [{"id": "a"}]},
        {"bookmarks": {"id": "a"}},
        {"bookmarks": [], "history": 5},
        {"bookmarks": [], "suggestions": [None]},
        {"bookmarks": [{"id": "a", "command": "x", "tags": [1, "b"]}]},
        {"bookmarks": [{"id": "a", "command": "x", "tags": [{}]}]},
        {"bookmarks": [{"id": "cad", "command": "x", "name": {"a": 1}}]},
        {"bookmarks": [{"id": "cad", "command": "x", "tags": "x"}]},
    ],
)
@pytest.mark.parametrize(
    "module", ["fastx_bookmark", "fastx_config", "fastx_bookmark_info", "fastx_config_info"]
)
def test_bookmarks_of_the_wrong_shape_never_end_in_a_traceback(fastx, module, body):
    simulated = fastx(expected_violations=("",))
    simulated.lies = True
    simulated.inject(BOOKMARKS, "status", status=200, body=json.dumps({"result": body}), times=None)
    outcome = simulated.run(module, **LEAST[module])
    assert outcome.failed or outcome["changed"] is False or simulated.journal.writes
    if outcome.failed:
        assert "Error" not in outcome["msg"].split(":")[0]


@pytest.mark.parametrize(
    "body",
    [
        5,
        {},
        [1],
        [{}],
        [{"key": 5}],
        [{"key": "k-1", "perms": 5}],
        [{"key": "k-1", "perms": {}}],
        [{"key": "k-1", "perms": [1]}],
        [{"key": "k-1", "perms": [{}]}],
    ],
)
@pytest.mark.parametrize("module", ["fastx_share", "fastx_share_info"])
def test_sharing_keys_of_the_wrong_shape_are_none(fastx, module, body):
    simulated = fastx()
    simulated.inject(SHARES, "status", status=200, body=json.dumps({"result": body}), times=None)
    assert "share/list" in failure(simulated, module)


def test_an_empty_list_of_bookmarks_is_asked_for_once_more_before_anything_is_made(fastx):
    simulated = fastx()
    simulated.inject(BOOKMARKS, "status", status=200, body={"result": {"bookmarks": []}})
    message = simulated.refuse("fastx_config", config={"bookmark": [{"id": "cad", "command": "x"}]})
    assert "not to be trusted" in message


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "a\x00b", "\x1b[31mred", "x" * 100_000, "\u202egnp.exe", "<script>"]
)
def test_texts_of_the_server_are_passed_on_as_data(fastx, text):
    simulated = fastx()
    simulated.site["users"]["mira"]["bookmarks"][0]["name"] = text
    simulated.site["sessions"][0]["params"]["name"] = text
    assert simulated.expect("fastx_bookmark", id="cad")["bookmark"]["name"] == text
    assert simulated.expect("fastx_session", id="nightly")["session"]["params"]["name"] == text


# --- Actions ----------------------------------------------------------------------------------------------------------

each_action = pytest.mark.parametrize(("module", "query"), ACTIONS.items())


@each_action
def test_an_action_is_done_on_every_run_and_only_foretold_in_check_mode(fastx, module, query):
    simulated = fastx()
    foretold = simulated.expect(module, True, **LEAST[module])
    assert simulated.wrote() == []
    for number in (1, 2):
        outcome = simulated.expect(module, **LEAST[module])
        assert outcome["changed"] is foretold["changed"] is True
        assert outcome["changes"] == foretold["changes"]
        assert "answer" in outcome.result and "answer" not in foretold.result
        assert simulated.wrote() == [query] * number
    assert simulated.journal.writes[0].body == LEAST[module]["body"]


@each_action
@pytest.mark.parametrize(
    "kind", ["reset_before", "reset_after", "truncated", "malformed", "html", "empty_body"]
)
def test_an_action_of_which_nobody_knows_whether_it_was_done_is_reported_and_never_sent_twice(
    fastx, module, query, kind
):
    simulated = fastx()
    simulated.inject(query, kind, times=None)
    outcome = simulated.run(module, **LEAST[module], retries=3)
    assert outcome.failed and outcome["changed"] is True
    assert "unknown" in outcome["msg"]
    assert simulated.wrote() == [query]


@each_action
@pytest.mark.parametrize("error_status", ["ok", "matching"])
def test_an_action_that_is_refused_is_told_with_the_reason(fastx, module, query, error_status):
    simulated = fastx(error_status=error_status)
    simulated.inject(query, "refuse", reason="The auditor forbids it")
    assert "The auditor forbids it" in failure(simulated, module)


@each_action
def test_an_action_that_a_busy_server_refused_is_asked_for_again(fastx, module, query):
    simulated = fastx()
    simulated.inject(query, "status", status=503, headers={"Retry-After": 0})
    assert simulated.expect(module, **LEAST[module], retries=1)["changed"] is True


def test_a_body_is_passed_on_whatever_its_names_are(fastx):
    simulated = fastx()
    body = {"call": "x", "shape": "y", "self": 1, "nested": {"a": [None, 1.5]}}
    simulated.expect("fastx_session_exec", body=body)
    assert simulated.journal.writes[0].body == body


def test_what_the_later_generation_does_not_have_is_told_before_anything_is_sent(fastx):
    simulated = fastx(generation="later")
    simulated.expect("fastx_session_schedule", **LEAST["fastx_session_schedule"])
    assert simulated.wrote() == ["/v3/api/session/start/schedule"]
    simulated.journal.clear()
    for module, options in {
        "fastx_share_email": LEAST["fastx_share_email"],
        "fastx_share": {"session": "nightly", "state": "reset"},
        "fastx_system_info": LEAST["fastx_system_info"],
        "fastx_server_info": {"gather": ["xrdp_config"]},
    }.items():
        for check in (True, False):
            assert "generation" in simulated.refuse(module, check, **options)
