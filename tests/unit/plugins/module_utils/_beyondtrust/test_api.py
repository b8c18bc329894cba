"""How the Configuration API is spoken to and understood: pages, tokens, refusals, the product,
limits, connections.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import re
import stat
import threading
import time

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import ROOT
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jumps import JUMP_GROUP
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.pace import Pace
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import (
    GROUP_POLICY,
    TEAM,
    USER,
    VENDOR_USER,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.products import PRA, RS
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    Error,
    InputError,
    OutcomeUnknown,
    Refused,
    ServerError,
    Unreachable,
)
from tests.unit.appliances import CLIENT_ID, CLIENT_SECRET, backend, small_appliance

GROUPS = f"GET {ROOT}/jump-group"


def with_groups(number: int) -> dict:
    """Return a site with so many jump groups."""
    site = small_appliance()
    site["config"]["jump-group"] = {
        str(each): {"name": f"Group {each:04}", "code_name": f"g{each}"}
        for each in range(1, number + 1)
    }
    return site


def queries(simulated) -> list[str]:
    """Return what the appliance was asked, without the beginning of the path."""
    return [entry.query.replace(ROOT, "") for entry in simulated.journal.entries]


def pages_of(simulated) -> list[int]:
    """Return the pages of jump groups that were asked for."""
    return [int(dict(entry.parameters)["current_page"]) for entry in simulated.asked(GROUPS)]


# --- Lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "pages"), [(2, 1), (100, 1), (101, 2), (305, 4)])
def test_every_page_of_a_list_is_read_once_with_as_many_objects_as_the_api_allows(
    beyondtrust, number, pages
):
    simulated = beyondtrust("rs", with_groups(number))
    with backend(simulated) as opened:
        assert sorted(record["id"] for record in opened.list(JUMP_GROUP)) == list(
            range(1, number + 1)
        )
    assert sorted(pages_of(simulated)) == list(range(1, pages + 1))
    assert {dict(entry.parameters)["per_page"] for entry in simulated.asked(GROUPS)} == {"100"}


def page(*identifiers, **headers) -> dict:
    """Return the arguments of a fault that answers these jump groups and headers."""
    records = [{"id": each, "name": f"Group {each}", "code_name": ""} for each in identifiers]
    return {
        "status": 200,
        "body": records,
        "headers": {
            f"X-BT-Pagination-{name.replace('_', '-')}": value for name, value in headers.items()
        },
    }


@pytest.mark.parametrize(
    ("identifiers", "total"),
    [((1, 2), 3), ((), 2), ((1, 1), 2)],
    ids=["a list that is short", "an empty list", "an object that is there twice"],
)
def test_a_list_that_holds_less_than_it_counts_is_asked_for_once_more_and_then_not_believed(
    beyondtrust, identifiers, total
):
    simulated = beyondtrust()
    simulated.inject(GROUPS, "status", **page(*identifiers, Last_Page=1, Total=total))
    with backend(simulated) as opened:
        assert len(opened.list(JUMP_GROUP)) == 2
        simulated.inject(
            GROUPS, "status", times=None, **page(*identifiers, Last_Page=1, Total=total)
        )
        with pytest.raises(ServerError, match=f"lists .* and counts {total}.*not to be trusted"):
            opened.list(JUMP_GROUP)
    assert pages_of(simulated) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Last_Page": "", "Total": ""},
        {"Last_Page": "-1"},
        {"Last_Page": "many"},
        {"Last_Page": "9" * 40},
    ],
)
def test_without_usable_headers_pages_are_read_until_one_is_not_full(beyondtrust, headers):
    simulated = beyondtrust("rs", with_groups(205))
    simulated.inject(GROUPS, "status", **page(*range(1, 101), **headers))
    with backend(simulated) as opened:
        assert sorted(record["id"] for record in opened.list(JUMP_GROUP)) == list(range(1, 206))
    assert pages_of(simulated) == [1, 2, 3]


def test_without_headers_a_list_that_ends_with_a_full_page_ends_all_the_same(beyondtrust):
    simulated = beyondtrust("rs", with_groups(100))
    simulated.inject(GROUPS, "status", **page(*range(1, 101)))
    with backend(simulated) as opened:
        assert len(opened.list(JUMP_GROUP)) == 100
    assert pages_of(simulated) == [1, 2]


def test_a_list_of_absurdly_many_pages_is_not_read(beyondtrust):
    simulated = beyondtrust()
    simulated.inject(GROUPS, "status", **page(1, 2, Last_Page=10_001))
    with backend(simulated) as opened, pytest.raises(ServerError, match="10001 pages"):
        opened.list(JUMP_GROUP)
    assert pages_of(simulated) == [1]


@pytest.mark.parametrize("shape", [{}, "text", [1], [[]], [None], 7, None])
def test_a_list_that_is_none_is_said_to_be_none(beyondtrust, shape):
    simulated = beyondtrust()
    simulated.inject(GROUPS, "status", status=200, body=json.dumps(shape))
    with backend(simulated) as opened, pytest.raises(ServerError, match="not a list of objects"):
        opened.list(JUMP_GROUP)


@pytest.mark.parametrize("record", [{}, {"name": "x"}, {"id": None}, {"id": "1"}])
def test_an_object_without_an_identifier_is_not_believed(beyondtrust, record):
    simulated = beyondtrust()
    simulated.inject(GROUPS, "status", status=200, body=[record])
    with backend(simulated) as opened, pytest.raises(ServerError, match="without an id"):
        opened.list(JUMP_GROUP)


def test_only_what_may_be_meant_is_asked_for_where_the_api_can_look_for_it(beyondtrust):
    simulated = beyondtrust()
    with backend(simulated) as opened:
        assert [record["id"] for record in opened.search(JUMP_GROUP, {"name": "Servers"})] == [2]
        assert [
            record["id"]
            for record in opened.search(JUMP_GROUP, {"name": "Servers", "code_name": "plant_leeds"})
        ] == [2, 1]
        assert [
            record["id"]
            for record in opened.search(JUMP_GROUP, {"name": "Servers", "code_name": "servers"})
        ] == [2]
        assert opened.search(JUMP_GROUP, {"name": "Nobody"}) == []
        assert opened.search(JUMP_GROUP, {"comments": "x"}) is None
        assert opened.search(JUMP_GROUP, {}) is None
    assert [
        dict(entry.parameters).keys() & {"name", "code_name"} for entry in simulated.asked(GROUPS)
    ] == [
        {"name"},
        {"name"},
        {"code_name"},
        {"name"},
        {"code_name"},
        {"name"},
    ]


def test_the_users_of_all_vendors_are_one_list(beyondtrust):
    site = small_appliance("pra")
    site["config"]["vendor"]["2"] = {"name": "Pumpen Nord", "default_policy": 1}
    site["config"]["vendor/user"]["2"] = {
        "_parent": 2,
        "username": "p.nord",
        "public_display_name": "Paula",
        "email_address": "p@example.com",
    }
    simulated = beyondtrust("pra", site)
    with backend(simulated) as opened:
        assert {
            (record["username"], record["vendor_id"]) for record in opened.list(VENDOR_USER)
        } == {("k.schmidt", 1), ("p.nord", 2)}
        assert (
            opened.get(VENDOR_USER, {"username": "p.nord", "vendor_id": 2})["public_display_name"]
            == "Paula"
        )
        assert opened.get(VENDOR_USER, {"username": "p.nord", "vendor_id": 1}) is None


# --- Refusals ---------------------------------------------------------------------------------------------------------


def test_errors_are_told_field_by_field(beyondtrust):
    simulated = beyondtrust()
    with backend(simulated) as opened, pytest.raises(Refused) as refused:
        opened.tell("POST", "/jump-group", {"name": "Servers", "code_name": "plant_leeds"})
    told = str(refused.value)
    assert "POST /jump-group (HTTP 422)" in told
    assert re.search(r"; name: .*taken", told) and re.search(r"; code_name: .*taken", told)
    # The reason asks for nothing more.
    assert queries(simulated) == ["GET /get_mech_list", "POST /oauth2/token", "POST /jump-group"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"message": "No.", "errors": {"name": "Too long."}}, ["No", "name: Too long"]),
        (
            {"message": "No.", "errors": {"name": ["Too long.", "Odd."], "tag": ["Odd."]}},
            ["name: Too long. Odd.", "tag: Odd"],
        ),
        ({"message": "No.", "errors": None}, ["No"]),
        ({"message": "No.", "errors": ["x"]}, ["HTTP 422"]),
        ({"message": None}, ["(HTTP 422): null."]),
        ({"error": "x"}, ["HTTP 422"]),
        ("<html><body>Blocked by a proxy</body></html>", ["HTML page"]),
        ("", ["an empty body"]),
    ],
)
def test_a_refusal_in_whatever_form_is_told_and_never_a_traceback(beyondtrust, body, words):
    simulated = beyondtrust()
    simulated.inject(f"POST {ROOT}/jump-group", "status", status=422, body=body)
    with backend(simulated) as opened, pytest.raises(Refused) as refused:
        opened.tell("POST", "/jump-group", {"name": "x"})
    assert all(word in str(refused.value) for word in words), refused.value


def test_a_401_that_a_new_token_does_not_cure_is_told_with_both_of_its_causes(beyondtrust):
    simulated = beyondtrust()
    simulated.inject(GROUPS, "status", status=401, body={"message": "Denied."}, times=None)
    with backend(simulated, product="rs") as opened, pytest.raises(Refused) as refused:
        opened.list(JUMP_GROUP)
    assert "Denied" in str(refused.value)
    assert "token was not accepted" in str(
        refused.value
    ) and "does not know a field or parameter" in str(refused.value)
    assert queries(simulated) == [
        "POST /oauth2/token",
        "GET /jump-group",
        "POST /oauth2/token",
        "GET /jump-group",
    ]


@pytest.mark.parametrize("answer", ["message", "access_denied"])
def test_a_field_that_a_version_does_not_know_is_told_in_the_same_words(beyondtrust, answer):
    simulated = beyondtrust(
        unknown_field_answer=answer, expected_violations=("an unknown body field",)
    )
    with (
        backend(simulated) as opened,
        pytest.raises(Refused, match="does not know a field or parameter"),
    ):
        opened.tell("POST", "/jump-group", {"name": "x", "colour": "green"})
    assert len(simulated.site["config"]["jump-group"]) == 2


@pytest.mark.parametrize(
    ("permissions", "path", "words"),
    [
        ({"perm_command": "read_only"}, "/jump-group", "lacks the permission perm_configuration."),
        ({}, "/jump-group", "Does the API account have the permission perm_configuration?"),
        (
            {"perm_command": "read_only", "perm_configuration": 1},
            "/vault/account",
            "lacks the permission perm_configuration_vault_account.",
        ),
        (
            {"perm_command": "read_only", "perm_configuration": 1},
            "/group-policy/1/vault-account",
            "lacks the permission perm_configuration_vault_account.",
        ),
        (
            {"perm_configuration": 1},
            "/vault/account",
            "Does the API account have the permission perm_configuration and perm_configuration_vault_account?",
        ),
    ],
)
def test_a_403_names_the_permission_that_is_missing(beyondtrust, permissions, path, words):
    simulated = beyondtrust()
    simulated.server.load(
        {
            **small_appliance(),
            "accounts": {CLIENT_ID: {"client_secret": CLIENT_SECRET, "permissions": permissions}},
        }
    )
    with backend(simulated) as opened, pytest.raises(Refused) as refused:
        opened.records(path, paged=not path.startswith("/group-policy"))
    assert f"GET {path} (HTTP 403)" in str(refused.value) and words in str(refused.value)


def test_a_403_although_the_permissions_are_there_says_so(beyondtrust):
    simulated = beyondtrust()
    simulated.inject(GROUPS, "status", status=403, body={"message": "Not from there."})
    with (
        backend(simulated) as opened,
        pytest.raises(Refused, match="Not from there.*has the permissions that this needs"),
    ):
        opened.list(JUMP_GROUP)


@pytest.mark.parametrize(
    "told",
    [
        "",
        "<permission name='perm_command'>full_access</permission>",
        "<permission name='perm_configuration'></permission>",
    ],
)
def test_a_permission_that_the_appliance_does_not_tell_is_not_called_missing(beyondtrust, told):
    simulated = beyondtrust()
    simulated.inject(GROUPS, "status", status=403, body={"message": "No."})
    body = f"<api_information><permissions>{told}</permissions></api_information>"
    simulated.inject(
        "command get_api_info", "status", status=200, content_type="text/xml", body=body
    )
    with backend(simulated) as opened, pytest.raises(Refused) as refused:
        opened.list(JUMP_GROUP)
    assert "Does the API account have the permission perm_configuration?" in str(
        refused.value
    ) and "lacks" not in str(refused.value)


def test_a_404_may_mean_that_the_permission_is_missing(beyondtrust):
    simulated = beyondtrust(denied="not_found")
    simulated.site["accounts"][CLIENT_ID]["permissions"]["perm_configuration"] = 0
    with (
        backend(simulated) as opened,
        pytest.raises(
            Refused, match="HTTP 404.*this version does not know it, or the API account lacks"
        ),
    ):
        opened.list(JUMP_GROUP)


def test_what_this_appliance_cannot_do_is_told(beyondtrust):
    simulated = beyondtrust("rs")
    with (
        backend(simulated) as opened,
        pytest.raises(
            Refused, match="POST /user .HTTP 405.*This version of the appliance cannot do that"
        ),
    ):
        opened.tell("POST", "/user", {"username": "x"})


@pytest.mark.parametrize(("makes_users", "product"), [(False, "rs"), (True, "rs"), (True, "pra")])
def test_whether_an_appliance_makes_users_is_read_in_its_own_description(
    beyondtrust, makes_users, product
):
    simulated = beyondtrust(product, rs_user_create=makes_users)
    with backend(simulated) as opened:
        assert opened.can_make_users() is makes_users


def test_a_server_that_fails_is_not_one_that_refuses(beyondtrust):
    simulated = beyondtrust()
    simulated.inject(
        "*/jump-group*", "status", status=500, body={"message": "Out of order."}, times=None
    )
    with backend(simulated) as opened:
        with pytest.raises(ServerError, match="GET /jump-group .HTTP 500.: Out of order") as failed:
            opened.list(JUMP_GROUP)
        assert not isinstance(failed.value, Refused)
        with pytest.raises(OutcomeUnknown, match="HTTP 500"):
            opened.tell("POST", "/jump-group", {"name": "x"})


def test_what_is_gone_already_is_removed(beyondtrust):
    simulated = beyondtrust()
    with backend(simulated) as opened:
        record = next(record for record in opened.list(TEAM) if record["id"] == 2)
        for _time in range(2):
            opened.delete(TEAM, record)
    assert [entry.status for entry in simulated.journal.writes] == [204, 404]


def test_while_nothing_may_change_a_write_is_a_bug_of_ours(beyondtrust):
    simulated = beyondtrust()
    with backend(simulated, read_only=True) as opened, pytest.raises(AssertionError, match="BUG"):
        opened.create(JUMP_GROUP, {"name": "x"})
    assert simulated.wrote() == []


def test_what_was_changed_is_put_into_effect_once_in_the_end(beyondtrust):
    simulated = beyondtrust()
    with backend(simulated) as opened:
        policy = opened.get(GROUP_POLICY, {"name": "Technicians"})
        opened.update(GROUP_POLICY, policy, {"perm_shell_jump": False})
        opened.update(GROUP_POLICY, policy, {"perm_shell_jump": True})
        assert not any("provision" in query for query in simulated.wrote())
        opened.conclude()
        opened.conclude()
        opened.update(JUMP_GROUP, {"id": 1, "name": "Plant Leeds"}, {"comments": "x"})
        opened.conclude()
    assert [query for query in queries(simulated) if "provision" in query] == [
        "POST /group-policy/1/provision"
    ]


def test_each_of_many_policies_that_are_made_side_by_side_is_provisioned(beyondtrust):
    simulated, names = beyondtrust(), [f"Policy {number}" for number in range(12)]

    def others_come_between(frame, _event, _argument):
        if frame.f_code is type(opened).create.__code__:
            time.sleep(0.002)
            return others_come_between
        return None

    with backend(simulated, requests_per_second=900) as opened:
        threading.settrace(others_come_between)  # of the threads that are started now
        try:
            opened.session.each(lambda name: opened.create(GROUP_POLICY, {"name": name}), names)
        finally:
            threading.settrace(None)
        opened.conclude()
    made = {
        f"POST /group-policy/{number}/provision"
        for number, policy in simulated.site["config"]["group-policy"].items()
        if policy["name"] in names
    }
    assert len(made) == len(names)
    assert {query for query in queries(simulated) if "provision" in query} == made


# --- The product ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("product", "name"), [("rs", RS), ("pra", PRA)])
def test_the_product_is_asked_for_once_and_then_remembered_for_a_day(
    beyondtrust, product, name, tmp_path
):
    simulated = beyondtrust(product)
    for _time in range(2):
        with backend(simulated) as opened:
            assert opened.product == name
    assert queries(simulated) == ["GET /get_mech_list"]
    (memory,) = (tmp_path / "shared").glob("*.product")
    assert stat.S_IMODE(memory.stat().st_mode) == 0o600
    os.utime(memory, (time.time(), time.time() - 86_400))
    with backend(simulated) as opened:
        assert opened.product == name
    assert queries(simulated) == ["GET /get_mech_list"] * 2


def test_the_product_that_is_given_counts_and_nothing_is_asked(beyondtrust):
    simulated = beyondtrust("rs")
    for product, name in (("rs", RS), ("pra", PRA), ("rs", RS)):
        with backend(simulated, product=product) as opened:
            assert opened.product == name
    assert queries(simulated) == []


@pytest.mark.parametrize("content", ["", "nonsense", "praline", "\udcff"])
def test_a_memory_of_the_product_that_is_none_is_no_obstacle(beyondtrust, tmp_path, content):
    simulated = beyondtrust("pra")
    with backend(simulated):
        pass
    (memory,) = (tmp_path / "shared").glob("*.product")
    memory.write_text(content, errors="surrogateescape")
    with backend(simulated) as opened:
        assert opened.product == PRA
    assert memory.read_text() == "pra"


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("status", {"status": 404}),
        ("html", {}),
        ("wrong_shape", {}),
        ("empty_list", {}),
        ("empty_body", {}),
        ("malformed", {}),
    ],
)
def test_an_appliance_that_does_not_say_what_it_is_is_told_with_the_option_that_helps(
    beyondtrust, kind, arguments
):
    simulated = beyondtrust()
    simulated.inject("GET /get_mech_list", kind, times=None, **arguments)
    with (
        pytest.raises(
            Error, match="Remote Support or Privileged Remote Access.*Set the option product"
        ),
        backend(simulated),
    ):
        pass
    with backend(simulated, product="rs") as opened:
        assert len(opened.list(JUMP_GROUP)) == 2


@pytest.mark.parametrize(
    ("kind", "arguments", "message"),
    [
        ("status", {"status": 503}, r"GET /get_mech_list: the server is too busy \(HTTP 503\)"),
        (
            "status",
            {"status": 429, "headers": {"Retry-After": "400"}},
            r"GET /get_mech_list: the server is too busy \(HTTP 429\) and asks to wait 400 s",
        ),
        (
            "status",
            {"status": 500},
            "does not say whether .*: GET /get_mech_list was answered by .*HTTP 500",
        ),
        ("reset_before", {}, "GET /get_mech_list: the exchange .* broke off"),
    ],
)
def test_an_appliance_that_is_busy_or_sick_is_not_one_whose_product_has_to_be_told(
    beyondtrust, kind, arguments, message
):
    simulated = beyondtrust()
    simulated.inject("GET /get_mech_list", kind, times=None, **arguments)
    with pytest.raises(Error, match=message) as caught, backend(simulated):
        pass
    assert "option product" not in str(caught.value) and str(caught.value).count("HTTP") <= 1


# --- Tokens -----------------------------------------------------------------------------------------------------------


def minted(simulated) -> int:
    """Return how many tokens were asked for."""
    return len(simulated.asked("POST /oauth2/token"))


def test_all_processes_share_one_token(beyondtrust, tmp_path):
    simulated = beyondtrust()
    for _time in range(3):
        with backend(simulated) as opened:
            opened.list(JUMP_GROUP)
    assert minted(simulated) == 1
    for file in (tmp_path / "shared").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert CLIENT_SECRET not in file.read_text(errors="replace") and CLIENT_ID not in file.name


def test_a_token_that_shall_not_be_shared_is_not_written_down(beyondtrust, tmp_path):
    simulated = beyondtrust()
    for _time in range(2):
        with backend(simulated, share_tokens=False) as opened:
            opened.list(JUMP_GROUP)
            opened.list(TEAM)
    assert minted(simulated) == 2
    assert list((tmp_path / "shared").glob("*.token")) == []


def test_a_token_that_has_ended_is_renewed_and_the_request_repeated(beyondtrust):
    simulated = beyondtrust()
    with backend(simulated, product="rs") as opened:
        opened.list(JUMP_GROUP)
        simulated.server.clock.advance(3600)
        assert len(opened.list(JUMP_GROUP)) == 2
        opened.tell("PATCH", "/jump-group/1", {"comments": "x"})
    assert [
        (query, entry.status)
        for query, entry in zip(queries(simulated), simulated.journal.entries, strict=True)
    ] == [
        ("POST /oauth2/token", 200),
        ("GET /jump-group", 200),
        ("GET /jump-group", 401),
        ("POST /oauth2/token", 200),
        ("GET /jump-group", 200),
        ("PATCH /jump-group/1", 200),
    ]


def test_a_write_is_repeated_with_a_new_token_and_done_once(beyondtrust):
    simulated = beyondtrust()
    with backend(simulated) as opened:
        opened.list(JUMP_GROUP)
        simulated.server.clock.advance(3600)
        opened.create(JUMP_GROUP, {"name": "x"})
    assert [record["name"] for record in simulated.site["config"]["jump-group"].values()].count(
        "x"
    ) == 1


def test_another_secret_is_another_token(beyondtrust):
    simulated = beyondtrust()
    with backend(simulated) as opened:
        opened.list(JUMP_GROUP)
    with (
        backend(simulated, client_secret="wrong") as opened,
        pytest.raises(ServerError, match="not accepted"),
    ):
        opened.list(JUMP_GROUP)
    simulated.site["accounts"][CLIENT_ID]["client_secret"] = "regenerated"
    with backend(simulated, client_secret="regenerated") as opened:
        assert len(opened.list(JUMP_GROUP)) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"client_secret": "regenerated"}, "HTTP 401"),
        ({"enabled": False}, "HTTP 401"),
        ({"ip_addresses": ["192.0.2.0/24"]}, "HTTP 401"),
    ],
)
def test_an_account_that_may_not_log_in_is_told_without_its_secret(beyondtrust, change, words):
    simulated = beyondtrust()
    simulated.site["accounts"][CLIENT_ID] |= change
    with (
        backend(simulated) as opened,
        pytest.raises(
            ServerError, match="client_id and client_secret were not accepted"
        ) as refused,
    ):
        opened.list(JUMP_GROUP)
    assert words in str(refused.value) and CLIENT_SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("html", {}),
        ("empty_body", {}),
        ("wrong_shape", {}),
        ("malformed", {}),
        ("status", {"status": 200, "body": {"access_token": "a b"}}),
        ("status", {"status": 200, "body": {"access_token": "x", "expires_in": "soon"}}),
        ("status", {"status": 200, "body": {"access_token": None}}),
    ],
)
def test_a_token_that_is_none_is_said_to_be_none(beyondtrust, kind, arguments):
    simulated = beyondtrust()
    simulated.inject("POST /oauth2/token", kind, times=None, **arguments)
    with backend(simulated) as opened, pytest.raises(ServerError, match="not accepted"):
        opened.list(JUMP_GROUP)
    assert simulated.asked(GROUPS) == []


@pytest.mark.parametrize(
    "options",
    [{"client_id": ""}, {"client_id": " "}, {"client_secret": ""}, {"client_secret": " "}],
    ids=repr,
)
def test_credentials_that_are_none_are_refused_without_a_request(beyondtrust, options):
    simulated = beyondtrust()
    with (
        pytest.raises(InputError, match="client_id and client_secret"),
        backend(simulated, **options),
    ):
        pass
    assert queries(simulated) == []


def test_spaces_round_the_credentials_are_no_part_of_them(beyondtrust):
    simulated = beyondtrust()
    with backend(
        simulated, client_id=f" {CLIENT_ID}\n", client_secret=f"{CLIENT_SECRET}\n"
    ) as opened:
        assert len(opened.list(JUMP_GROUP)) == 2


# --- Limits and connections -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {"requests_per_second": 0},
        {"requests_per_second": -1},
        {"requests_per_second": 1001},
        {"requests_per_hour": 0},
        {"requests_per_hour": -5},
    ],
    ids=repr,
)
def test_a_budget_that_makes_no_sense_is_refused_without_a_request(beyondtrust, options):
    simulated = beyondtrust()
    with pytest.raises(InputError, match=next(iter(options))), backend(simulated, **options):
        pass
    assert queries(simulated) == []


@pytest.mark.parametrize(
    ("status", "header", "pause", "held"),
    [
        (429, {"Retry-After": "7"}, 7.0, [7.0]),
        (429, {}, 0.0, [1.0]),
        (503, {"Retry-After": "7"}, 7.0, []),
        (503, {}, 0.0, []),
    ],
)
def test_a_request_beyond_the_limits_is_repeated_when_the_appliance_says_or_after_a_pause(
    beyondtrust, monkeypatch, status, header, pause, held
):
    told, slept = [], []
    monkeypatch.setattr(Pace, "hold", lambda self, seconds: told.append(seconds))
    simulated = beyondtrust()
    simulated.inject(f"POST {ROOT}/jump-group", "status", status=status, headers=header)
    with backend(simulated, retries=1, session={"sleep": slept.append}) as opened:
        opened.create(JUMP_GROUP, {"name": "x"})
    # A pause without a time of the appliance's is jittered, which the tests cut to nothing.
    assert slept == [pause]
    assert told == held  # a 429 holds all processes that share the account
    assert [entry.status for entry in simulated.journal.writes] == [status, 201]


@pytest.mark.parametrize("status, retry_after", [(429, True), (429, False), (503, True)])
def test_the_appliances_own_limit_is_kept_to_by_waiting(beyondtrust, status, retry_after):
    simulated = beyondtrust(
        requests_per_second=5, rate_limit_status=status, retry_after=retry_after
    )
    with backend(simulated, retries=5) as opened:
        for _time in range(7):
            assert len(opened.list(JUMP_GROUP)) == 2
        assert opened.session.statistics()["retries"] > 0
    assert {entry.status for entry in simulated.journal.entries} == {200, status}


def test_a_wait_that_is_too_long_is_refused(beyondtrust, monkeypatch):
    monkeypatch.setattr(Pace, "hold", lambda self, seconds: None)
    simulated = beyondtrust()
    simulated.inject(GROUPS, "status", status=429, headers={"Retry-After": "3600"})
    with (
        backend(simulated, retries=3) as opened,
        pytest.raises(Unreachable, match="asks to wait 3600 s"),
    ):
        opened.list(JUMP_GROUP)


def test_the_requests_of_a_second_are_spread(beyondtrust):
    simulated = beyondtrust(requests_per_second=20)
    # A busy machine may be late with one.
    with backend(simulated, requests_per_second=20.0, retries=3) as opened:
        for _time in range(25):
            opened.ask("/jump-group/1", dict)
    moments = [entry.at for entry in simulated.asked("GET /api/config/v1/jump-group/1")]
    # At once they would have been refused, and repeated in a moment.
    assert moments[-1] - moments[0] > 1
    assert simulated.server.access.usage(CLIENT_ID).beyond_limits <= 1


def test_every_request_demands_the_end_of_its_connection_and_none_is_used_again(beyondtrust):
    # Whose own answers do not end it.
    simulated = beyondtrust("rs", with_groups(250), connection="keep_alive")
    with backend(simulated) as opened:
        opened.list(JUMP_GROUP)
        opened.tell("PATCH", "/jump-group/1", {"comments": "x"})
        opened.session.each(lambda number: opened.ask(f"/jump-group/{number}", dict), range(1, 20))
    connections = [entry.connection for entry in simulated.journal.entries]
    assert len(connections) == len(set(connections)) == 1 + 1 + 3 + 1 + 19
    simulated.check_violations()


def test_the_first_error_of_several_requests_side_by_side_is_raised(beyondtrust):
    simulated = beyondtrust()
    with backend(simulated) as opened:
        assert opened.session.each(
            lambda number: opened.ask(f"/jump-group/{number}", dict)["id"], [2, 1]
        ) == [2, 1]
        with pytest.raises(Refused, match="404"):
            opened.session.each(
                lambda number: opened.ask(f"/jump-group/{number}", dict), [1, 99, 2]
            )


def test_a_user_is_found_by_name_alone(beyondtrust):
    simulated = beyondtrust()
    with backend(simulated) as opened:
        assert opened.get(USER, {"username": "a.keller"})["id"] == 2
    assert [
        dict(entry.parameters).get("username") for entry in simulated.asked(f"GET {ROOT}/user")
    ] == ["a.keller"]
