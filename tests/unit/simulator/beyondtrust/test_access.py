"""API accounts: tokens, their cap and their end, permissions, source addresses, limits."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.simulator.beyondtrust import Appliance, Switches, access
from tests.simulator.beyondtrust.site import CLIENT_ID, CLIENT_SECRET
from tests.simulator.serving import serve

from .conftest import CLOSE, Api

INFO = "/api/command?action=get_api_info"
DENIED = {
    "error": "access_denied",
    "message": "The resource owner or authorization server denied the request.",
}


@pytest.fixture
def seconds(monkeypatch):
    """Lets real time stand still for the limits; the list's one number moves it."""
    moment = [1000.0]
    monkeypatch.setattr(access, "monotonic", lambda: moment[0])
    return moment


def test_a_token_is_asked_for_with_basic_credentials_and_lasts_an_hour(api):
    answer = api.ask_for_token()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    token = answer.json()
    assert token.pop("access_token").isalnum()
    assert token == {"token_type": "Bearer", "expires_in": 3600}
    assert len(answer.headers.get_list("set-cookie")) == 2
    assert any("path=/login" in cookie for cookie in answer.headers.get_list("set-cookie"))
    (entry,) = api.appliance.journal.entries
    assert (entry.query, entry.writes, entry.body) == (
        "POST /oauth2/token",
        False,
        {"grant_type": "client_credentials"},
    )


def test_two_tokens_of_an_account_are_valid_side_by_side(api):
    first, second = api.token(), api.token()
    assert first != second
    assert {api.request("GET", INFO, token=token).status_code for token in (first, second)} == {200}


def test_a_token_ends_after_an_hour_of_the_clock(api):
    token = api.token()
    api.appliance.clock.advance(3599)
    assert api.request("GET", INFO, token=token).status_code == 200
    api.appliance.clock.advance(1)
    answer = api.request("GET", INFO, token=token)
    assert (answer.status_code, answer.json()) == (401, DENIED)


def test_the_thirty_first_token_silently_ends_the_oldest(api):
    tokens = [api.token() for _turn in range(30)]
    assert api.request("GET", INFO, token=tokens[0]).status_code == 200
    assert api.appliance.access.usage(CLIENT_ID).tokens_evicted == 0
    tokens.append(api.token())
    assert [api.request("GET", INFO, token=token).status_code for token in tokens[:3]] == [
        401,
        200,
        200,
    ]
    usage = api.appliance.access.usage(CLIENT_ID)
    assert (usage.tokens_minted, usage.tokens_evicted) == (31, 1)


def test_tokens_that_have_ended_do_not_count_towards_the_cap(api):
    for _turn in range(30):
        api.token()
    api.appliance.clock.advance(3600)
    token = api.token()
    assert api.appliance.access.usage(CLIENT_ID).tokens_evicted == 0
    assert api.request("GET", INFO, token=token).status_code == 200


def test_the_cap_is_per_account(make_api):
    api = make_api({"accounts": {name: {"client_secret": "s"} for name in ("one", "two")}})
    one, two = (Api(api.appliance, name, "s") for name in ("one", "two"))
    kept = one.token()
    for _turn in range(31):
        two.token()
    assert one.request("GET", INFO, token=kept).status_code == 200


def test_another_secret_ends_all_tokens_of_the_account(api):
    tokens = [api.token(), api.token()]
    api.appliance.site["accounts"][CLIENT_ID]["client_secret"] = "regenerated"
    assert [api.request("GET", INFO, token=token).status_code for token in tokens] == [401, 401]
    assert api.ask_for_token().status_code == 401
    api.credentials = (CLIENT_ID, "regenerated")
    assert api.request("GET", INFO, token=api.token()).status_code == 200


def test_tokens_survive_a_new_site_that_has_the_account_with_the_same_secret(api):
    token = api.token()
    api.appliance.load(api.appliance.dump())
    assert api.request("GET", INFO, token=token).status_code == 200
    api.appliance.load({"accounts": {"other": {"client_secret": "s"}}})
    assert api.request("GET", INFO, token=token).status_code == 401


@pytest.mark.parametrize(
    "address",
    [
        "/api/command?action=get_api_info",
        "/api/reporting?generate_report=LicenseUsage",
        "/api/config/v1/jump-group",
    ],
)
def test_every_api_answers_a_bad_token_with_the_same_json(api, address):
    answer = api.request("GET", address, token="no-such-token")
    assert (answer.status_code, answer.json(), answer.headers["content-type"]) == (
        401,
        DENIED,
        "application/json",
    )


@pytest.mark.parametrize("authorization", [None, "Basic abc", "Bearer ", "bearer"])
def test_a_request_without_a_bearer_token_is_refused_and_a_violation(api, authorization):
    headers = CLOSE if authorization is None else {**CLOSE, "Authorization": authorization}
    answer = api.raw("GET", INFO, headers=headers)
    assert (answer.status_code, answer.json()) == (401, DENIED)
    assert "Bearer token" in api.violation()


@pytest.mark.parametrize(
    "credentials", [(CLIENT_ID, "wrong"), ("nobody", CLIENT_SECRET), (CLIENT_ID, "")]
)
def test_wrong_credentials_are_a_users_error(api, credentials):
    answer = api.ask_for_token(auth=credentials)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert CLIENT_SECRET not in answer.text


def test_a_disabled_account_gets_no_token_and_its_tokens_do_nothing(api):
    token = api.token()
    api.appliance.site["accounts"][CLIENT_ID]["enabled"] = False
    assert api.request("GET", INFO, token=token).json() == DENIED
    assert (api.ask_for_token().status_code, api.ask_for_token().json()["error"]) == (
        401,
        "unauthorized_client",
    )


def test_an_account_may_be_used_from_its_addresses_only(make_api):
    api = make_api(
        {
            "accounts": {
                CLIENT_ID: {
                    "client_secret": CLIENT_SECRET,
                    "ip_addresses": ["192.0.2.7", "198.51.100.0/24"],
                }
            }
        }
    )
    assert api.ask_for_token(source="192.0.2.7").status_code == 200
    assert api.ask_for_token(source="192.0.2.8").json()["error"] == "unauthorized_client"
    token = api.ask_for_token(source="198.51.100.200").json()["access_token"]
    assert api.request("GET", INFO, token=token, source="198.51.100.1").status_code == 200
    assert api.request("GET", INFO, token=token, source="203.0.113.1").json() == DENIED


@pytest.mark.parametrize(
    ("parts", "error", "status"),
    [
        ({"auth": None}, "invalid_client", 401),
        ({"data": None, "json": {"grant_type": "client_credentials"}}, "invalid_request", 400),
        ({"data": {}}, "invalid_request", 400),
        ({"data": {"grant_type": "client_credentials", "scope": "all"}}, "invalid_request", 400),
        ({"params": {"grant_type": "client_credentials"}}, "invalid_request", 400),
        ({"data": {"grant_type": "password"}}, "unsupported_grant_type", 400),
        (
            {
                "auth": None,
                "data": {
                    "grant_type": "client_credentials",
                    "client_id": CLIENT_ID,
                    "client_secret": CLIENT_SECRET,
                },
            },
            "invalid_client",
            401,
        ),
    ],
)
def test_a_token_that_is_asked_for_in_another_way_is_refused_and_a_violation(
    api, parts, error, status
):
    answer = api.ask_for_token(**parts)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert api.violation()


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_token_is_asked_for_by_post(api, method):
    assert api.raw(method, "/oauth2/token", headers=CLOSE, auth=api.credentials).status_code == 405
    assert "by POST" in api.violation()


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"data": None, "json": {"grant_type": "client_credentials"}},
        {
            "auth": None,
            "data": {
                "grant_type": "client_credentials",
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
            },
        },
        {"data": None, "params": {"grant_type": "client_credentials"}},
    ],
)
def test_a_lenient_appliance_takes_what_public_clients_send(make_api, parts):
    assert make_api(token_request="lenient").ask_for_token(**parts).status_code == 200


def test_a_lenient_appliance_still_wants_a_grant(make_api):
    api = make_api(token_request="lenient")
    assert api.ask_for_token(data=None).json()["error"] == "invalid_request"
    assert "grant_type is missing" in api.violation()


def test_twenty_requests_are_answered_in_any_second(make_api, seconds):
    api = make_api(requests_per_second=20, token_counts=False)
    api.token()
    for number in range(20):
        assert api.request("GET", INFO).status_code == 200, number
        seconds[0] += 0.01
    answer = api.request("GET", INFO)
    assert (answer.status_code, answer.json()["error"], answer.headers["retry-after"]) == (
        429,
        "rate_limit_exceeded",
        "1",
    )
    seconds[0] = 1001.0
    assert [api.request("GET", INFO).status_code for _turn in range(2)] == [200, 429]
    usage = api.appliance.access.usage(CLIENT_ID)
    assert (usage.requests, usage.beyond_limits, usage.peak_per_second) == (23, 2, 22)


def test_what_is_refused_does_not_count_towards_the_limit_but_towards_the_peak(make_api, seconds):
    api = make_api(requests_per_second=2, token_counts=False)
    api.token()
    assert [api.request("GET", INFO).status_code for _turn in range(5)] == [200, 200, 429, 429, 429]
    seconds[0] += 1
    assert [api.request("GET", INFO).status_code for _turn in range(3)] == [200, 200, 429]
    assert api.appliance.access.usage(CLIENT_ID).peak_per_second == 5


@pytest.mark.parametrize("counts", [True, False])
def test_whether_the_request_for_a_token_counts_is_a_switch(make_api, seconds, counts):
    api = make_api(requests_per_second=1, token_counts=counts)
    token = api.token()
    assert api.request("GET", INFO, token=token).status_code == (429 if counts else 200)
    assert (
        "x-ratelimit-limit" in api.ask_for_token(data={"grant_type": "client_credentials"}).headers
    ) is counts


def test_a_request_for_a_token_beyond_the_limit_is_refused(make_api, seconds):
    api = make_api(requests_per_second=1)
    api.token()
    assert api.ask_for_token().status_code == 429


def test_the_hour_moves_with_the_clock_and_real_time(make_api, seconds):
    api = make_api(requests_per_hour=3, token_counts=False)
    token = api.token()
    answers = [api.request("GET", INFO, token=token) for _turn in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["x-ratelimit-remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert {answer.headers["x-ratelimit-limit"] for answer in answers} == {"3"}
    assert answers[3].headers["retry-after"] == "3600"
    api.appliance.clock.advance(1800)
    seconds[0] += 1799
    assert api.request("GET", INFO, token=token).headers["retry-after"] == "1"
    seconds[0] += 1
    assert api.request("GET", INFO, token=token).status_code == 200


def test_the_limit_spans_all_apis_of_an_account_and_no_other_account(make_api, seconds):
    accounts = {name: {"client_secret": "s"} for name in ("one", "two")}
    api = make_api({"accounts": accounts}, requests_per_second=2, token_counts=False)
    one, two = (Api(api.appliance, name, "s") for name in accounts)
    addresses = [
        INFO,
        "/api/reporting?generate_report=EndpointLicenseUsage",
        "/api/config/v1/jump-group",
    ]
    assert [
        one.request("GET", address, headers={"Accept": "application/json"}).status_code
        for address in addresses
    ] == [200, 200, 429]
    assert two.request("GET", INFO).status_code == 200


@pytest.mark.parametrize("address", ["/check_health", "/get_mech_list?version=3"])
def test_pages_without_a_token_know_no_limit(make_api, seconds, address):
    api = make_api(requests_per_second=1)
    assert {api.raw("GET", address, headers=CLOSE).status_code for _turn in range(5)} == {200}


def test_what_a_request_beyond_the_limit_is_answered_is_a_switch(make_api, seconds):
    api = make_api(
        requests_per_second=1,
        token_counts=False,
        rate_limit_status=503,
        retry_after=False,
        rate_limit_headers=False,
    )
    api.token()
    first, second = api.request("GET", INFO), api.request("GET", INFO)
    assert (first.status_code, second.status_code) == (200, 503)
    for answer in (first, second):
        assert (
            not {"retry-after", "x-ratelimit-limit", "x-ratelimit-remaining"}
            & answer.headers.keys()
        )


def test_no_request_at_all_is_answered_where_the_limit_is_zero(make_api, seconds):
    api = make_api(requests_per_second=0, token_counts=False)
    assert api.request("GET", INFO).status_code == 429


def test_the_limits_look_at_the_arrival_and_not_at_the_answer(make_api, seconds):
    api = make_api(requests_per_second=1, token_counts=False)
    api.token()
    api.appliance.latency = 0.01
    assert [api.request("GET", INFO).status_code for _turn in range(2)] == [200, 429]


def test_usage_is_read_and_cleared_over_http(api):
    api.token()
    usage = api.raw("GET", "/_simulator/usage").json()
    assert usage == {
        CLIENT_ID: {
            "tokens_minted": 1,
            "tokens_evicted": 0,
            "requests": 1,
            "beyond_limits": 0,
            "peak_per_second": 1,
        }
    }
    assert api.raw("DELETE", "/_simulator/usage").json()[CLIENT_ID]["tokens_minted"] == 0
    assert len(api.appliance.journal.entries) == 1


def test_a_change_of_the_clock_by_a_new_site_does_not_confuse_the_limits(make_api):
    api = make_api(requests_per_second=1)
    api.appliance.clock.advance(7200)
    api.token()
    api.appliance.load({"now_ms": 1_000_000_000_000})
    assert api.ask_for_token().status_code == 200


PERMISSIONS = {
    ("deny", "get_api_info"): False,
    ("deny", "import_jump_shortcut"): False,
    ("read_only", "get_api_info"): True,
    ("read_only", "check_health"): True,
    ("read_only", "import_jump_shortcut"): False,
    ("read_only", "set_failover_role"): False,
    ("full_access", "set_failover_role"): True,
}


@pytest.mark.parametrize(("permission", "action"), PERMISSIONS)
def test_commands_need_their_permission(make_api, permission, action):
    api = make_api(
        {
            "accounts": {
                CLIENT_ID: {
                    "client_secret": CLIENT_SECRET,
                    "permissions": {"perm_command": permission},
                }
            }
        }
    )
    status = api.request("GET", f"/api/command?action={action}").status_code
    assert (status != 403) is PERMISSIONS[permission, action]
    api.appliance.journal.violations.clear()


@pytest.mark.parametrize(
    "address",
    [
        "/api/command?action=get_api_info",
        "/api/reporting?generate_report=EndpointLicenseUsage",
        "/api/config/v1/team",
    ],
)
@pytest.mark.parametrize("denied", ["forbidden", "not_found"])
def test_a_denied_permission_is_a_403_or_the_page_document_not_found(make_api, denied, address):
    account = {"client_secret": CLIENT_SECRET, "permissions": {}}
    api = make_api({"accounts": {CLIENT_ID: account}}, denied=denied)
    answer = api.request("GET", address, headers={"Accept": "application/json"})
    assert answer.status_code == {"forbidden": 403, "not_found": 404}[denied]
    assert ("Document Not Found" in answer.text) is (denied == "not_found")
    assert "perm_" in answer.text or denied == "not_found"


def test_limits_hold_over_the_network_where_requests_come_side_by_side():
    appliance = Appliance(switches=Switches(token_counts=False))
    token = Api(appliance).token()
    with serve(appliance, tls=False) as running:
        headers = {**CLOSE, "Authorization": f"Bearer {token}"}

        def ask(_number: int) -> int:
            return httpx.get(f"{running.url}{INFO}", headers=headers).status_code

        started = time.monotonic()
        with ThreadPoolExecutor(10) as pool:
            statuses = list(pool.map(ask, range(30)))
        took = time.monotonic() - started
    assert statuses.count(200) >= 20
    assert took > 1 or statuses.count(200) == 20
    assert appliance.access.usage(CLIENT_ID).requests == 30
    assert appliance.journal.violations == []
