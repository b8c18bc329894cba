"""What a server says is quoted to people printable and short, on one line, wherever it stands: in
reasons, in names, in titles of pages.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from html import escape

import pytest

from tests.unit.simulated import assert_plain, small_site

HOSTILE = (
    "Not\x1b[2J allowed\r\nTASK [all is well]\u202e ok: \u2028[localhost]\x07\x9b31m" + "x" * 10**5
)
# How each platform words an error: a module that asks it, its options, the query, and a body with a
# reason in its place.
REFUSALS = {
    "simplehelp": (
        "technician_info",
        {},
        "technicians/list",
        lambda reason: {"success": False, "reason": reason},
    ),
    "rs": (
        "beyondtrust_jump_group_info",
        {},
        "GET /api/config/v1/jump-group",
        lambda reason: {"message": reason, "errors": {"name": [reason]}},
    ),
    "screenconnect": ("screenconnect_session_info", {}, "*", lambda reason: {"message": reason}),
    "fastx": (
        "fastx_bookmark_info",
        {},
        "*",
        lambda reason: {"error": {"name": reason, "message": reason, "stack": reason}},
    ),
}


@pytest.mark.parametrize("status", [400, 409, 500])
@pytest.mark.parametrize("platform", REFUSALS)
def test_a_reason_is_quoted_on_one_line_without_what_moves_a_cursor(servers, platform, status):
    module, options, query, body = REFUSALS[platform]
    simulated = servers[platform]()
    simulated.inject(
        query,
        "status",
        times=None,
        status=status,
        body=json.dumps(body(HOSTILE)),
        content_type="application/json",
    )
    outcome = simulated.run(module, **options)
    assert outcome.failed and "Not\\u001b[2J allowed TASK [all is well]\\u202e" in outcome["msg"]
    assert len(outcome["msg"]) < 2000


@pytest.mark.parametrize("padding", range(0, 400, 7))
def test_a_secret_in_a_long_reason_is_not_cut_so_that_half_of_it_is_seen(simplehelp, padding):
    simulated = simplehelp()
    token = simulated.options["api_token"]
    simulated.inject(
        "technicians/list",
        "status",
        times=None,
        status=400,
        body=json.dumps({"reason": "." * padding + token}),
    )
    assert token[:5] not in simulated.run("technician_info")["msg"]


def test_the_title_of_a_page_is_quoted_in_the_same_way(screenconnect):
    simulated = screenconnect()
    simulated.inject(
        "*",
        "status",
        times=None,
        status=500,
        body=f"<html><title>{escape(HOSTILE[:5000])}</title></html>",
        content_type="text/html",
    )
    outcome = simulated.run("screenconnect_session_info")
    assert outcome.failed and "allowed TASK" in outcome["msg"] and len(outcome["msg"]) < 2000


def test_names_of_objects_forge_no_line_of_a_result_and_no_count(simplehelp):
    site = small_site()
    name = "night\nshift: ok=99 changed=0\x1b[1A\u202e"
    site["groups"][name] = {"uniqueID": 9}
    simulated = simplehelp(site)
    outcome = simulated.expect("tech_group", unique_id=9, state="absent")
    assert [change["name"] for change in outcome["changes"]] == [
        "night shift: ok=99 changed=0\\u001b[1A\\u202e"
    ]


def test_the_check_of_all_results_sees_what_it_is_for():
    for bad in (
        {"msg": "a\nb"},
        {"changes": [{"name": "a\x1b"}]},
        {"failed_changes": [{"reason": "x" * 10_000}]},
        {"sessions": [{"msg": "\u202e"}]},
    ):
        with pytest.raises(AssertionError):
            assert_plain(bad)
    assert_plain(
        {
            "msg": "plain",
            "sessions": [{"stdout": "a\nb", "msg": None}],
            "technician": {"display_name": "a\nb"},
        }
    )
