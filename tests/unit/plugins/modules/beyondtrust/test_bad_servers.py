"""Appliances that fail, lie, or are somebody else: a clear error in the user's words, nothing
changed, no secret anywhere.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import socket
from contextlib import closing
from urllib.parse import quote, quote_plus

import pytest

from tests.module_runner import DOORS, through
from tests.unit.appliances import CLIENT_SECRET
from tests.unit.plugins.modules.conformance_appliances import API
from tests.unit.plugins.modules.least_appliances import LEAST, start

every_module = pytest.mark.parametrize("module", LEAST)
# Modules that ask nothing of the Configuration API first, and are held against bad answers in their
# own tests.
ELSEWHERE = {"backup", "beyondtrust_appliance_info", "failover_role", "jump_shortcut"}
every_module_of_the_api = pytest.mark.parametrize(
    "module", [module for module in LEAST if module not in ELSEWHERE]
)
# What a module asks first, where that is not the Configuration API.
ASKED = {"beyondtrust_connected_client_info": "command get_connected*"}
GROUPS = f"GET {API}/jump-group"
GROUP = {"name": "Plant Leeds", "comments": "Changed"}


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
def test_a_certificate_of_an_unknown_authority_is_refused(beyondtrust, module):
    simulated = start(beyondtrust, module, certificate="untrusted")
    message = failure(simulated, module)
    assert "certificate" in message and "localhost" in message and "ca_path" in message
    assert simulated.journal.entries == []


@every_module
def test_a_secret_that_is_wrong_is_told_and_not_shown(beyondtrust, module):
    simulated = start(beyondtrust, module)
    message = failure(
        simulated,
        module,
        client_secret="wr0ng/s%cret+ ü",
        product="rs" if simulated.server.product == "rs" else "pra",
    )
    assert "client_id and client_secret were not accepted" in message
    assert [
        entry.query
        for entry in simulated.journal.entries
        if "oauth2" not in entry.query and entry.query != "GET /check_health"
    ] == []


@pytest.mark.parametrize("module", ["beyondtrust_team_info", "beyondtrust_config", "backup"])
def test_a_secret_that_is_wrong_is_sent_once_however_many_tasks_and_doors_there_are(
    beyondtrust, module
):
    simulated = start(beyondtrust, module)
    for door in (*DOORS, *DOORS):
        with through(door):
            message = failure(
                simulated,
                module,
                client_secret="wr0ng",
                product="rs" if simulated.server.product == "rs" else "pra",
            )
        assert "client_id and client_secret were not accepted" in message
    assert [entry.query for entry in simulated.journal.entries if "oauth2" in entry.query] == [
        "POST /oauth2/token"
    ]
    assert not simulated.run(module, **LEAST[module]).failed


@every_module
def test_a_port_where_nobody_listens_is_told(beyondtrust, module):
    simulated = start(beyondtrust, module)
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        message = failure(simulated, module, url=f"https://localhost:{port}")
    assert f"localhost:{port}" in message and "port" in message


# --- Answers that are none --------------------------------------------------------------------------------------------

ANSWERS = {
    "html": ({"kind": "html"}, ["HTML"]),
    "html with an error": ({"kind": "html", "status": 502}, ["502"]),
    "empty": ({"kind": "empty_body"}, ["empty"]),
    "cut off": ({"kind": "truncated"}, ["broke off"]),
    "malformed": ({"kind": "malformed"}, ["cut off or malformed"]),
    "wrong shape": ({"kind": "wrong_shape"}, []),
    "null": ({"kind": "status", "status": 200, "body": "null"}, []),
    "a number": ({"kind": "status", "status": 200, "body": b"7"}, []),
    "not text": ({"kind": "status", "status": 200, "body": b"\xff\xfe\x00\x01"}, ["malformed"]),
    "deeply nested": ({"kind": "status", "status": 200, "body": b"[" * 60_000}, ["malformed"]),
    "redirected": ({"kind": "redirect"}, ["redirected", "elsewhere.example"]),
    "gone": ({"kind": "reset_before"}, ["broke off"]),
    "failing": ({"kind": "status", "status": 500}, ["500"]),
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
# Every answer for the module that stands for its like, and a few for each module.
LINES = [
    (module, answer)
    for module in LEAST
    if module not in ELSEWHERE
    for answer in ANSWERS
    if module == "beyondtrust_jump_group"
    or answer
    in (
        "html",
        "malformed",
        "wrong shape",
        "gone",
        "failing",
    )
]


@pytest.mark.parametrize(("module", "answer"), LINES, ids=map(": ".join, LINES))
def test_an_answer_that_is_none_is_described_and_nothing_is_changed(beyondtrust, module, answer):
    fault, words = ANSWERS[answer]
    simulated = start(beyondtrust, module)
    simulated.inject(ASKED.get(module, f"GET {API}/*"), **fault, times=None)
    message = failure(simulated, module)
    assert ("GET /" in message or module in ASKED and "command" in message) and all(
        word in message for word in words
    ), message
    assert simulated.wrote() == []


@every_module_of_the_api
def test_a_read_that_breaks_once_is_asked_again(beyondtrust, module):
    simulated = start(beyondtrust, module)
    simulated.inject(ASKED.get(module, f"GET {API}/*"), "reset_before")
    outcome = simulated.run(module, True, **LEAST[module], retries=1)
    assert outcome["api"]["retries"] == 1


def test_an_appliance_that_is_slow_is_told_with_the_option_that_says_how_long_to_wait(beyondtrust):
    simulated = beyondtrust()
    simulated.inject(GROUPS, "slow", seconds=2.0, times=None)
    message = failure(simulated, "beyondtrust_jump_group", timeout=1.0)
    assert "timeout" in message and "in time" in message


def test_a_gzip_bomb_is_refused(beyondtrust):
    simulated = beyondtrust()
    simulated.inject(GROUPS, "gzip_bomb", megabytes=300)
    assert "larger than" in failure(simulated, "beyondtrust_jump_group")


def test_a_redirect_is_never_followed(beyondtrust):
    other, simulated = beyondtrust(), beyondtrust()
    simulated.inject("*", "redirect", location=other.running.url + API, times=None)
    failure(simulated, "beyondtrust_jump_group", product="rs")
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
def test_a_secret_that_the_appliance_repeats_is_masked_in_every_spelling(beyondtrust, encode):
    simulated = beyondtrust()
    spelt = encode(CLIENT_SECRET)
    simulated.secrets.add(spelt)
    for fault in (
        {"kind": "refuse", "reason": f"Unknown secret {spelt}"},
        {"kind": "status", "status": 403, "body": {"message": spelt}},
        {"kind": "status", "status": 422, "body": {"message": "No.", "errors": {"name": [spelt]}}},
        {"kind": "redirect", "location": f"https://elsewhere.example/{quote(spelt)}"},
    ):
        simulated.inject(GROUPS, **fault)
        failure(simulated, "beyondtrust_jump_group")


def test_a_token_that_the_appliance_repeats_is_masked(beyondtrust):
    simulated = beyondtrust()
    simulated.expect("beyondtrust_jump_group_info")
    (token,) = simulated.shared_tokens()
    for fault in (
        {"kind": "refuse", "reason": f"Unknown token {token}"},
        {"kind": "status", "status": 500, "body": {"message": f"Bearer {token}!"}},
    ):
        simulated.inject(GROUPS, **fault)
        assert token not in failure(simulated, "beyondtrust_jump_group")


# --- Lists that lie ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {"config": {"jump_group": [GROUP, {"name": "New"}]}},
        {"config": {"jump_group": [{"name": "New"}, GROUP]}},
        {"config": {"jump_group": [GROUP]}, "purge": ["jump_group"]},
    ],
)
def test_an_empty_list_where_the_appliance_failed_leads_to_nothing(beyondtrust, options):
    simulated = beyondtrust()
    simulated.inject(
        GROUPS,
        "status",
        status=200,
        body=[],
        headers={"X-BT-Pagination-Total": 2, "X-BT-Pagination-Last-Page": 1},
        times=None,
    )
    assert "not to be trusted" in simulated.refuse("beyondtrust_config", **options)


def test_an_empty_list_that_does_not_count_is_not_believed_where_objects_are_to_be_made(
    beyondtrust,
):
    simulated = beyondtrust()
    simulated.inject(GROUPS, "empty_list")
    options = {"config": {"jump_group": [GROUP, {"name": "New"}]}}
    assert "not to be trusted" in simulated.refuse("beyondtrust_config", **options)


def test_an_object_that_is_missing_from_a_list_that_was_read_back_is_noticed(beyondtrust):
    simulated = beyondtrust()
    simulated.inject(GROUPS, "empty_list", times=None, after=1)
    outcome = simulated.run(
        "beyondtrust_config",
        config={"jump_group": [GROUP, {"name": "Servers", "comments": "Changed"}]},
    )
    assert outcome.failed and "not to be trusted" in outcome["msg"]
    assert outcome["changed"] is True


# --- Records that are not of the documented shape ---------------------------------------------------------------------

LEEDS = {"id": 1, "name": "Plant Leeds", "code_name": "plant_leeds", "comments": "x"}
ITEM = {
    "id": 1,
    "name": "sw-1",
    "jump_group_id": 1,
    "jump_group_type": "shared",
    "jumpoint_id": 1,
    "hostname": "a",
    "protocol": "ssh",
}
ASSOCIATIONS = (
    [],
    5,
    {},
    {"filter_type": 5},
    {"filter_type": "criteria", "criteria": []},
    {"filter_type": "criteria", "criteria": {"tag": 5}},
    {"filter_type": "criteria", "criteria": {"shared_jump_groups": [None]}},
    {"filter_type": "criteria", "jump_items": [1]},
    {"filter_type": "criteria", "jump_items": 5},
    {"filter_type": "criteria", "criteria": None, "jump_items": None},
)
RECORDS = [
    *(
        ("beyondtrust_jump_group", GROUP, "jump-group", [record])
        for record in (
            1,
            None,
            "x",
            [],
            {},
            {"id": 1},
            {"name": "x"},
            {**LEEDS, "id": "1"},
            {**LEEDS, "id": None},
            {**LEEDS, "id": [1]},
            {**LEEDS, "name": None},
            {**LEEDS, "name": 5},
            {**LEEDS, "name": ["x"]},
            {**LEEDS, "code_name": 5},
            {**LEEDS, "code_name": ["x"]},
            {**LEEDS, "comments": {"x": 1}},
            {**LEEDS, "comments": ["x"]},
            {**LEEDS, "comments": 5},
        )
    ),
    ("beyondtrust_jump_group", GROUP, "jump-group", [LEEDS, LEEDS]),
    ("beyondtrust_jump_group", GROUP, "jump-group", [LEEDS, {**LEEDS, "id": 2}]),
    *(
        (
            "beyondtrust_jump_group",
            {"name": "Plant Leeds", "members": [{"user": "a.keller"}]},
            "jump-group/1/user",
            [record],
        )
        for record in (
            1,
            None,
            [],
            {},
            {"user_id": "2"},
            {"user_id": None},
            {"user_id": [2]},
            {"user_id": 99},
            {"user_id": 2, "jump_item_role_id": "x"},
            {"user_id": 2, "jump_item_role_id": [1]},
            {"user_id": 2, "jump_item_role_id": {}},
        )
    ),
    *(
        (
            "beyondtrust_shell_jump",
            {"name": "sw-1", "jump_group": "Plant Leeds", "tag": "new"},
            "jump-item/shell-jump",
            [record],
        )
        for record in (
            {},
            {**ITEM, "jump_group_id": None},
            {**ITEM, "jump_group_id": "1"},
            {**ITEM, "jump_group_id": [1]},
            {**ITEM, "jump_group_type": 5},
            {**ITEM, "jump_group_type": None},
            {**ITEM, "jumpoint_id": {}},
            {**ITEM, "jumpoint_id": 99},
            {**ITEM, "port": "22"},
            {**ITEM, "tag": 5},
        )
    ),
    *(
        (
            "beyondtrust_team",
            {"name": "Helpdesk", "public_portals": ["Partners"]},
            "team",
            [{"id": 1, "name": "Helpdesk", "public_portal_ids": value}],
        )
        for value in (1, "all", ["some"], [None], [[1]], [{}], [99], ["1"])
    ),
    *(
        (
            "beyondtrust_vault_account",
            {"name": "Switches", "description": "x"},
            "vault/account",
            [{"id": 2, "name": "Switches", "type": value}],
        )
        for value in (None, 5, ["x"], {}, "unheard_of")
    ),
    *(
        (
            "beyondtrust_vault_account_group",
            {"name": "Leeds", "jump_item_association": {"filter_type": "any_jump_items"}},
            path,
            record,
        )
        for path in ("vault/account-group/2/jump-item-association",)
        for record in ASSOCIATIONS
    ),
]


@pytest.mark.parametrize(
    ("module", "options", "path", "body"),
    RECORDS,
    ids=lambda value: str(value).replace("/", ".")[:50],
)
def test_a_record_of_the_wrong_shape_never_ends_in_a_traceback(
    beyondtrust, module, options, path, body
):
    simulated = beyondtrust(expected_violations=("",))
    simulated.lies = True
    simulated.inject(f"GET {API}/{path}", "status", status=200, body=json.dumps(body), times=None)
    # What cannot be used is refused; what can (a number in the place of a text) may be used. Ours
    # is never a bug with a traceback, nor a lie.
    outcome = simulated.run(module, **options)
    assert outcome.failed or outcome["changed"] is False or simulated.journal.writes
    if outcome.failed:
        assert "Error" not in outcome["msg"].split(":")[0]
        assert outcome["msg"][0].isalnum()


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "a\x00b", "\x1b[31mred", "x" * 100_000, "\u202egnp.exe", "<script>"]
)
def test_texts_of_the_appliance_are_passed_on_as_data(beyondtrust, text):
    simulated = beyondtrust()
    simulated.site["config"]["jump-group"]["1"]["comments"] = text
    assert (
        simulated.expect("beyondtrust_jump_group", name="Plant Leeds")["jump_group"]["comments"]
        == text
    )
