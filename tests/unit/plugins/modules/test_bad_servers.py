"""Servers that fail, lie, or are somebody else: a clear error in the user's words, nothing changed,
the token nowhere.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import socket
from contextlib import closing
from urllib.parse import quote, quote_plus

import pytest

from tests.unit.plugins.modules.test_bad_input import LEAST
from tests.unit.simulated import TOKEN

# The query that each module asks first.
FIRST = {
    "technician": "technicians/list",
    "tech_group": "groups/list",
    "machine_property": "machines/list",
    "simplehelp_machine": "machines/list",
    "simplehelp_server": "server/hostname/get",
    "simplehelp_tech_restriction": "server/tech-restrictions/get",
    "simplehelp_technician_totp": "technicians/list",
    "simplehelp_config": "technicians/list",
    "simplehelp_config_info": "groups/list",
    "technician_info": "technicians/list",
    "tech_group_info": "groups/list",
    "simplehelp_machine_info": "machines/list",
    "simplehelp_session_info": "support/queue/list",
    "simplehelp_history_info": "history/list",
    "simplehelp_alert_info": "alerts/list",
    "simplehelp_server_info": "server/hostname/get",
}
every_module = pytest.mark.parametrize("module", LEAST)
every_reading_module = pytest.mark.parametrize("module", FIRST)
WRITING = (
    "technician",
    "tech_group",
    "machine_property",
    "simplehelp_machine",
    "simplehelp_server",
    "simplehelp_tech_restriction",
    "simplehelp_config",
)


def failure(simulated, module, **options) -> str:
    """Run a module that must fail with nothing changed, and return its message."""
    held = simulated.server.dump()
    outcome = simulated.run(module, **{**LEAST[module], **options})
    assert outcome.failed, outcome.output
    assert simulated.server.dump() == held
    assert outcome["changed"] is (module == "backup" and "unknown" in outcome["msg"])
    return outcome["msg"]


# --- The way there ----------------------------------------------------------------------------------------------------


@every_module
def test_a_wrong_token_is_told_and_not_shown(simplehelp, module):
    simulated = simplehelp()
    message = failure(simulated, module, api_token="wr0ng/t%ken+ ü")
    assert "token" in message and "401" in message
    assert len({entry.query for entry in simulated.journal.entries}) == len(
        simulated.journal.entries
    ), "a wrong token is not tried again"


@pytest.mark.parametrize("failing", ["status", "success_false"])
def test_a_wrong_token_is_told_whichever_way_the_server_says_so(simplehelp, failing):
    simulated = simplehelp(failure=failing)
    assert "token is not valid" in failure(simulated, "technician", api_token="another-wrong-token")


@every_module
def test_a_certificate_of_an_unknown_authority_is_refused(simplehelp, module):
    simulated = simplehelp(certificate="untrusted")
    message = failure(simulated, module)
    assert "certificate" in message and "localhost" in message and "ca_path" in message
    assert simulated.journal.entries == []


@every_module
def test_a_certificate_for_another_host_is_refused(simplehelp, module):
    simulated = simplehelp(certificate="wrong_host")
    message = failure(simulated, module)
    assert "certificate" in message and "localhost" in message
    assert simulated.journal.entries == []


@pytest.mark.parametrize("certificate", ["untrusted", "wrong_host"])
def test_a_certificate_is_not_looked_at_when_told_so(simplehelp, certificate):
    simulated = simplehelp(certificate=certificate)
    assert (
        simulated.expect("technician", username="admin", validate_certs=False)["changed"] is False
    )


@every_module
def test_a_port_where_nobody_listens_is_told(simplehelp, module):
    simulated = simplehelp()
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        message = failure(simulated, module, url=f"https://localhost:{port}")
    assert f"localhost:{port}" in message and "port" in message


def test_a_host_that_does_not_exist_is_told(simplehelp):
    message = failure(simplehelp(), "technician", url="https://does-not-exist.invalid")
    assert "does-not-exist.invalid" in message


@every_module
def test_plain_http_on_a_tls_port_is_told(simplehelp, module):
    simulated = simplehelp()
    message = failure(simulated, module, url=simulated.running.url.replace("https:", "http:"))
    assert "localhost" in message and ("https" in message or "TLS" in message or "url" in message)


@every_module
def test_tls_on_a_plain_http_port_is_told(simplehelp, module):
    simulated = simplehelp(tls=False)
    message = failure(simulated, module, url=simulated.running.url.replace("http:", "https:"))
    assert "TLS" in message and "url" in message


@every_module
def test_a_proxy_that_is_not_there_is_told(simplehelp, module):
    assert "proxy" in failure(simplehelp(), module, proxy="http://127.0.0.1:9")


# --- Answers that are none --------------------------------------------------------------------------------------------

ANSWERS = {
    "html": ({"kind": "html"}, ["HTML"]),
    "html with an error": ({"kind": "html", "status": 502}, ["502"]),
    "empty": ({"kind": "empty_body"}, ["empty"]),
    "cut off": ({"kind": "truncated"}, ["broke off"]),
    "malformed": ({"kind": "malformed"}, ["cut off or malformed"]),
    "wrong shape": ({"kind": "wrong_shape"}, ["list"]),
    "null": ({"kind": "status", "status": 200, "body": "null"}, []),
    "a number": ({"kind": "status", "status": 200, "body": b"7"}, []),
    "not text": ({"kind": "status", "status": 200, "body": b"\xff\xfe\x00\x01"}, ["malformed"]),
    "deeply nested": ({"kind": "status", "status": 200, "body": b"[" * 100_000}, ["malformed"]),
    "redirected": ({"kind": "redirect"}, ["redirected", "elsewhere.example"]),
    "gone": ({"kind": "reset_before"}, ["broke off"]),
    "failing": ({"kind": "status", "status": 500}, ["500"]),
    "forbidden": ({"kind": "status", "status": 403}, ["403"]),
    "busy": ({"kind": "status", "status": 429, "headers": {"Retry-After": 0}}, ["429"]),
    "busy for an hour": (
        {"kind": "status", "status": 503, "headers": {"Retry-After": 3600}},
        ["503"],
    ),
    "no content": ({"kind": "status", "status": 204}, ["empty"]),
    "compressed nonsense": (
        {
            "kind": "status",
            "status": 200,
            "body": b"no gzip",
            "headers": {"Content-Encoding": "gzip"},
        },
        ["compressed"],
    ),
    "compressed in an unknown way": (
        {
            "kind": "status",
            "status": 200,
            "body": b"nonsense",
            "headers": {"Content-Encoding": "br"},
        },
        [],
    ),
}
TEXT_QUERIES = ("server/hostname/get",)


# A bare text has no shape that could be wrong, so these are answers to a query for one.
FITTING = [
    (module, answer)
    for module in FIRST
    for answer in ANSWERS
    if not (
        FIRST[module] in TEXT_QUERIES and answer in ("a number", "compressed in an unknown way")
    )
]


@pytest.mark.parametrize(("module", "answer"), FITTING, ids=map(": ".join, FITTING))
def test_an_answer_that_is_none_is_described_and_nothing_is_changed(simplehelp, module, answer):
    fault, words = ANSWERS[answer]
    simulated = simplehelp()
    simulated.inject(FIRST[module], **fault, times=None)
    # A kind that nobody named may be missing, see test_export_without_a_kind.py.
    named = {"kinds": ["tech_group"]} if module == "simplehelp_config_info" else {}
    message = failure(simulated, module, **named)
    if answer == "wrong shape" and FIRST[module] in TEXT_QUERIES:
        words = ["text"]
    assert FIRST[module] in message and all(word in message for word in words), message
    assert simulated.asked(FIRST[module])
    assert simulated.wrote() == []


@every_reading_module
@pytest.mark.parametrize("kind", ["reset_before", "truncated"])
def test_a_read_that_breaks_once_is_asked_again(simplehelp, module, kind):
    simulated = simplehelp()
    simulated.inject(FIRST[module], kind)
    outcome = simulated.expect(module, **LEAST[module], retries=1)
    assert outcome["api"]["retries"] == 1


@every_reading_module
def test_a_slow_server_is_told_with_the_option_that_says_how_long_to_wait(simplehelp, module):
    simulated = simplehelp()
    simulated.inject(FIRST[module], "slow", seconds=2.0, times=None)
    message = failure(simulated, module, timeout=1.0)
    assert "timeout" in message and "in time" in message


def test_a_gzip_bomb_is_refused(simplehelp):
    simulated = simplehelp()
    simulated.inject("technicians/list", "gzip_bomb", megabytes=300)
    message = failure(simulated, "technician")
    assert "larger than" in message


@pytest.mark.parametrize("module", ["technician", "simplehelp_machine", "simplehelp_server"])
def test_a_redirect_is_never_followed(simplehelp, module):
    other = simplehelp()
    simulated = simplehelp()
    simulated.inject("*", "redirect", location=other.running.url + "/api/v1/x/y", times=None)
    failure(simulated, module)
    assert other.journal.entries == []


@pytest.mark.parametrize(
    "encode",
    [
        quote,
        quote_plus,
        lambda token: quote(token, safe=""),
        lambda token: quote(token, safe="").lower(),
        lambda token: quote(token, safe='+"&'),
    ],
)
def test_a_token_that_the_server_repeats_is_masked_in_every_spelling(simplehelp, encode):
    simulated = simplehelp()
    spelt = encode(TOKEN)
    simulated.secrets.add(spelt)
    for fault in (
        {
            "kind": "redirect",
            "location": f"https://elsewhere.example/api/v1/{spelt}/technicians/list",
        },
        {"kind": "refuse", "reason": f"Unknown token {spelt}"},
        {
            "kind": "status",
            "status": 404,
            "body": {"success": False, "reason": f"/api/v1/{spelt}/x"},
        },
        {"kind": "status", "status": 404, "body": f"<html>/api/v1/{spelt}/</html>"},
        {"kind": "status", "status": 200, "body": f"{{{spelt}"},
    ):
        simulated.inject("technicians/list", **fault)
        failure(simulated, "technician")


def test_a_redirect_to_a_login_page_does_not_show_the_address_that_was_asked_for(simplehelp):
    simulated = simplehelp()
    twice = quote(quote(f"/api/v1/{quote(TOKEN, safe='')}/technicians/list", safe=""), safe="")
    simulated.secrets |= {quote(quote(TOKEN, safe=""), safe=""), twice}
    simulated.inject(
        "technicians/list", "redirect", location=f"https://login.example/sign-in?next={twice}"
    )
    assert "login.example" in failure(simulated, "technician")


def test_a_token_that_the_server_repeats_unencoded_is_masked(simplehelp):
    simulated = simplehelp()
    for reason in (TOKEN, f"token={TOKEN}!", json.dumps(TOKEN), repr(TOKEN)):
        simulated.inject("technicians/list", "refuse", reason=f"Not valid: {reason}")
        failure(simulated, "technician")


# --- Lists that lie ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "query", "options"),
    [
        ("technician", "technicians/list", {"username": "b.okafor", "display_name": "Again"}),
        ("technician", "technicians/list", {"username": "b.okafor", "state": "absent"}),
        ("tech_group", "groups/list", {"name": "Helpdesk", "max_file_size": 1}),
        ("tech_group", "groups/list", {"name": "Helpdesk", "state": "absent"}),
        (
            "simplehelp_config",
            "technicians/list",
            {"config": {"technician": [{"username": "b.okafor"}, {"username": "new"}]}},
        ),
        (
            "simplehelp_config",
            "technicians/list",
            {"config": {"technician": [{"username": "new"}, {"username": "b.okafor"}]}},
        ),
        (
            "simplehelp_config",
            "groups/list",
            {"config": {"tech_group": [{"name": "New"}, {"name": "Helpdesk"}]}},
        ),
        (
            "simplehelp_config",
            "groups/list",
            {
                "config": {
                    "tech_group": [{"name": "Helpdesk"}],
                    "technician": [{"username": "admin", "groups": ["Helpdesk"]}],
                }
            },
        ),
    ],
)
def test_an_empty_list_where_the_server_failed_does_not_lead_to_making_what_exists(
    simplehelp, module, query, options
):
    simulated = simplehelp()
    simulated.inject(query, "empty_list", times=None)
    message = simulated.refuse(module, **options)
    assert "not to be trusted" in message


@pytest.mark.parametrize(
    ("module", "query", "options"),
    [
        ("technician", "technicians/list", {"unique_id": 2, "display_name": "Again"}),
        ("technician", "groups/list", {"username": "admin", "groups": ["Helpdesk"]}),
        ("simplehelp_machine", "machines/list", {"machine": "SG_1", "notes": "x"}),
        ("machine_property", "machines/list", {"machine": "SG_1", "key": "a", "value": "b"}),
        (
            "machine_property",
            "machines/list",
            {"machine_group": ["Ireland"], "key": "a", "value": "b"},
        ),
        ("simplehelp_technician_totp", "technicians/list", {"username": "admin"}),
    ],
)
def test_an_empty_list_where_the_server_failed_changes_nothing(simplehelp, module, query, options):
    simulated = simplehelp()
    simulated.inject(query, "empty_list", times=None)
    simulated.refuse(module, **options)


def test_an_empty_list_where_the_server_failed_purges_nothing(simplehelp):
    simulated = simplehelp()
    simulated.inject("technicians/list", "empty_list", times=None)
    simulated.refuse(
        "simplehelp_config", config={"technician": [{"username": "admin"}]}, purge=["technician"]
    )


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("machines/notes/get", {"machine": "SG_1", "notes": "Changed"}),
        ("machines/properties/get", {"machine": "SG_1", "properties": {"a": "b"}}),
    ],
)
def test_machines_that_are_left_out_of_an_answer_are_noticed(simplehelp, query, options):
    simulated = simplehelp()
    simulated.inject(query, "empty_list", times=None)
    assert "SG_1" in simulated.refuse("simplehelp_machine", **options)


def test_an_unreadable_lookup_is_not_taken_for_an_object_that_is_not_there(simplehelp):
    simulated = simplehelp()
    simulated.inject("technicians/list", "empty_list", times=None)
    simulated.inject("technicians/get", "status", status=500, times=None)
    assert "500" in simulated.refuse("technician", username="new")


# --- Records that are not of the documented shape ---------------------------------------------------------------------

ADMIN = {"uniqueID": 1, "username": "admin"}
GROUP = {"uniqueID": 1, "name": "Helpdesk"}
MACHINE = {"machineID": "SG_1", "name": "LDN-WHS-1", "groups": ["A"]}
RECORDS = [
    *(
        ("technician", "technicians/list", [record])
        for record in (
            1,
            None,
            "admin",
            [],
            {},
            {"username": "admin"},
            {"uniqueID": 1},
            {**ADMIN, "username": None},
            {**ADMIN, "username": 5},
            {**ADMIN, "username": ["admin"]},
            {**ADMIN, "uniqueID": "1"},
            {**ADMIN, "uniqueID": [1]},
            {**ADMIN, "uniqueID": {}},
            {**ADMIN, "groupIDs": 1},
            {**ADMIN, "groupIDs": "1"},
            {**ADMIN, "groupIDs": [[1]]},
            {**ADMIN, "groupIDs": [{}]},
            {**ADMIN, "groupIDs": [1, "1", None]},
            {**ADMIN, "displayName": 5},
            {**ADMIN, "displayName": ["x"]},
            {**ADMIN, "displayName": {"x": 1}},
            {**ADMIN, "enabled": "yes"},
        )
    ),
    ("technician", "technicians/list", [ADMIN, ADMIN]),
    ("technician", "technicians/list", [ADMIN, {**ADMIN, "uniqueID": 2}]),
    *(
        ("tech_group", "groups/list", [record])
        for record in (
            1,
            None,
            {**GROUP, "ldapSettings": "on"},
            {**GROUP, "ldapSettings": []},
            {**GROUP, "ldapSettings": {"memberOfGroups": "x"}},
            {**GROUP, "ldapSettings": {"memberOfGroups": [1, None, {}]}},
            {**GROUP, "mfaSettings": 5},
            {**GROUP, "maxFileSize": "much"},
            {**GROUP, "name": {}},
        )
    ),
    *(
        ("tech_group permissions", "groups/permissions/get", record)
        for record in (
            [],
            "x",
            5,
            None,
            {"canChat": "yes"},
            {"canChat": None},
            {"canChat": {}},
            {"success": True},
        )
    ),
    *(
        ("simplehelp_machine", "machines/list", [record])
        for record in (
            1,
            None,
            {},
            {"machineID": 5},
            {"machineID": ["SG_1"]},
            {**MACHINE, "groups": "A"},
            {**MACHINE, "groups": [1, None]},
            {**MACHINE, "groups": {}},
            {**MACHINE, "name": 5},
            {**MACHINE, "name": []},
            {**MACHINE, "monitoringEnabled": "no"},
        )
    ),
    *(
        ("machine_property group", "machines/list", [record])
        for record in (
            {**MACHINE, "groups": "A"},
            {**MACHINE, "groups": [1, None]},
            {**MACHINE, "groups": [["A"]]},
            {**MACHINE, "groups": 5},
            {**MACHINE, "groups": {}},
        )
    ),
    *(
        ("simplehelp_machine", "machines/notes/get", record)
        for record in (
            [1],
            [None],
            [{}],
            [{"machineID": "SG_2", "notes": ""}],
            [{"machineID": "SG_1", "notes": 5}],
            [{"machineID": "SG_1", "notes": ["x"]}],
            {"machineID": "SG_1"},
            [{"machineID": ["SG_1"]}],
        )
    ),
    *(
        ("machine_property", "machines/properties/get", record)
        for record in (
            [1],
            [{}],
            [{"machineID": "SG_1", "properties": "x"}],
            [{"machineID": "SG_1", "properties": {"asset": "x"}}],
            [{"machineID": "SG_1", "properties": [1]}],
            [{"machineID": "SG_1", "properties": [{"key": "asset"}]}],
            [{"machineID": "SG_1", "properties": [{"value": "x"}]}],
            [{"machineID": "SG_1", "properties": [{"key": ["asset"], "value": "x"}]}],
            [{"machineID": "SG_1", "properties": [{"key": "asset", "value": {}}]}],
        )
    ),
    *(
        ("machine_property group", "machinegroups/properties/get", record)
        for record in ({}, "x", [1], [None], [["a"]], [{}])
    ),
    *(
        ("simplehelp_tech_restriction", "server/tech-restrictions/get", record)
        for record in ({}, "x", [1], [None], ["a", 1], [["a"]], [{}])
    ),
    *(("simplehelp_server", "server/hostname/get", record) for record in ({}, [], ["x"], None)),
]
OPTIONS = {
    **LEAST,
    "tech_group permissions": {"name": "Helpdesk", "permissions": {"canChat": False}},
    "machine_property group": {
        "machine_group": ["United Kingdom"],
        "properties": {"currency": "EUR"},
    },
}


@pytest.mark.parametrize(
    ("case", "query", "body"), RECORDS, ids=lambda value: str(value).replace("/", ".")[:60]
)
def test_a_record_of_the_wrong_shape_never_ends_in_a_traceback(simplehelp, case, query, body):
    simulated = simplehelp(expected_violations=("",))
    simulated.lies = True
    simulated.inject(query, "status", status=200, body=json.dumps(body), times=None)
    # What cannot be used is refused; what can (a number in the place of a text) may be used. Ours
    # is never a bug with a traceback, nor a lie.
    outcome = simulated.run(case.split()[0], **OPTIONS[case])
    assert outcome.failed or outcome["changed"] is False or simulated.journal.writes
    if outcome.failed:
        assert "Error" not in outcome["msg"].split(":")[0]
        assert outcome["msg"][0].isalpha() or outcome["msg"][0].isdigit()


@pytest.mark.parametrize(
    "body",
    [
        [],
        "yes",
        5,
        None,
        {},
        {"success": "true"},
        {"success": 1},
        {"success": None},
        {"reason": "x"},
        [{"success": True}],
    ],
)
@pytest.mark.parametrize("module", WRITING)
def test_an_answer_to_a_write_that_does_not_say_success_is_not_taken_for_one(
    simplehelp, module, body
):
    simulated = simplehelp()
    simulated.expect(module, True, **LEAST[module])
    fault = {
        "technician": "technicians/set",
        "tech_group": "groups/set",
        "machine_property": "machines/properties/set",
        "simplehelp_machine": "machines/notes/set",
        "simplehelp_server": "server/hostname/set",
        "simplehelp_tech_restriction": "server/tech-restrictions/new",
        "simplehelp_config": "technicians/set",
    }[module]
    simulated.inject(fault, "status", status=200, body=json.dumps(body), times=None)
    held = simulated.server.dump()
    outcome = simulated.run(module, **LEAST[module])
    assert outcome.failed and fault in outcome["msg"]
    assert simulated.server.dump() == held


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "a\x00b", "\x1b[31mred", "x" * 100_000, "\u202egnp.exe", "<script>"]
)
def test_texts_of_the_server_are_passed_on_as_data(simplehelp, text):
    simulated = simplehelp()
    simulated.site["technicians"]["b.okafor"]["displayName"] = text
    outcome = simulated.expect("technician", username="b.okafor")
    assert outcome["technician"]["display_name"] == text


def test_half_a_character_in_an_answer_is_passed_on_as_data(simplehelp):
    simulated = simplehelp()
    simulated.inject(
        "technicians/list",
        "status",
        status=200,
        body='[{"uniqueID": 1, "username": "admin", "displayName": "\\ud800"}]',
        times=None,
    )
    assert (
        simulated.expect("technician", username="admin")["technician"]["display_name"] == "\ud800"
    )


# --- Actions ----------------------------------------------------------------------------------------------------------

ACTIONS = [
    ("simplehelp_technician_totp", {"username": "b.okafor"}, "technicians/totp/remove"),
    ("backup", {"platform": "simplehelp"}, "server/backup"),
]
each_action = pytest.mark.parametrize(("module", "options", "query"), ACTIONS)


@each_action
def test_an_action_is_done_on_every_run_and_only_foretold_in_check_mode(
    simplehelp, module, options, query
):
    simulated = simplehelp()
    foretold = simulated.expect(module, True, **options)
    assert simulated.wrote() == []
    for number in (1, 2):
        outcome = simulated.expect(module, **options)
        assert outcome["changed"] is foretold["changed"] is True
        assert outcome["changes"] == foretold["changes"]
        assert simulated.wrote() == [query] * number


@each_action
@pytest.mark.parametrize(
    "kind", ["reset_before", "reset_after", "truncated", "malformed", "html", "empty_body"]
)
def test_an_action_of_which_nobody_knows_whether_it_was_done_is_reported_and_never_sent_twice(
    simplehelp, module, options, query, kind
):
    simulated = simplehelp()
    simulated.inject(query, kind, times=None)
    outcome = simulated.run(module, **options, retries=3)
    assert outcome.failed and outcome["changed"] is True
    assert "unknown" in outcome["msg"]
    assert simulated.wrote() == [query]


@each_action
def test_an_action_that_is_refused_is_told_with_the_reason(simplehelp, module, options, query):
    for failing in ("status", "success_false"):
        simulated = simplehelp(failure=failing)
        simulated.inject(query, "refuse", reason="The auditor forbids it")
        outcome = simulated.run(module, **options)
        assert outcome.failed and outcome["changed"] is False
        assert "The auditor forbids it" in outcome["msg"]


@each_action
def test_an_action_that_a_busy_server_refused_is_asked_for_again(
    simplehelp, module, options, query
):
    simulated = simplehelp()
    simulated.inject(query, "status", status=503, headers={"Retry-After": 0})
    assert simulated.expect(module, **options, retries=1)["changed"] is True


def test_the_query_that_asks_for_a_backup_is_an_option(simplehelp):
    simulated = simplehelp(
        backup_path="configuration/save", expected_violations=("There is no such query",)
    )
    simulated.expect("backup", platform="simplehelp", backup_query="configuration/save")
    assert len(simulated.site["backups"]) == 1
    outcome = simulated.run("backup", platform="simplehelp")
    assert outcome.failed and "server/backup" in outcome["msg"] and "backup_query" in outcome["msg"]


def test_a_totp_key_is_reset_for_the_technician_who_is_meant(simplehelp):
    simulated = simplehelp()
    outcome = simulated.expect("simplehelp_technician_totp", unique_id=2)
    assert outcome["changes"] == [
        {"action": "reset_totp", "kind": "technician", "name": "b.okafor", "fields": []}
    ]
    assert {
        name: each["totp_removals"] for name, each in simulated.site["technicians"].items()
    } == {
        "admin": 0,
        "b.okafor": 1,
        "anonymous-1": 0,
        "app.stocktake": 0,
    }


@pytest.mark.parametrize("body", ["", "<html><body>Not here</body></html>", "{ cut", "\x00\x01"])
@pytest.mark.parametrize("status", [404, 500])
@pytest.mark.parametrize(
    ("platform", "query", "module"),
    [
        ("simplehelp", "technicians/list", "technician_info"),
        ("rs", "GET /api/config/v1/jump-group", "beyondtrust_jump_group_info"),
        ("rs", "command check_health", "beyondtrust_appliance_info"),
        ("screenconnect", "GetSessionsByFilter", "screenconnect_session_info"),
        ("fastx", "/v3/api/bookmark/list", "fastx_bookmark_info"),
    ],
)
def test_a_status_is_said_once(servers, platform, query, module, status, body):
    simulated = servers[platform]()
    simulated.inject(query, "status", status=status, body=body, times=None)
    message = simulated.refuse(module, retries=0)
    assert simulated.asked(query) and message.count(f"HTTP {status}") == 1, message
