"""The appliance itself: addresses, rules of the transport, seeds, faults, switches, control,
serving and the command.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import signal
import ssl
import time
from collections import Counter

import httpx
import pytest

from tests.simulator import operations
from tests.simulator.beyondtrust import Appliance, Switches
from tests.simulator.beyondtrust.company import READER_ID, READER_SECRET, company
from tests.simulator.beyondtrust.site import CLIENT_ID, CLIENT_SECRET
from tests.simulator.faults import KINDS, Fault
from tests.simulator.serving import serve
from tests.unit.simulator.test_serving import exports, start, wait_for

from .conftest import CLOSE, SITE, Api, _of_product
from .test_shortcuts import COMMON, IMPORT, items, parameters

INFO = "/api/command?action=get_api_info"
GROUPS = "/api/config/v1/jump-group"
JSON = {"Accept": "application/json"}


# --- Addresses


def test_the_health_page_is_one_sentence_without_a_token(api):
    answer = api.raw("GET", "/check_health", headers=CLOSE)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=UTF-8")
    assert answer.text.count(".") == 1
    assert api.appliance.journal.entries[0].query == "GET /check_health"


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_the_list_of_mechanisms_tells_the_product(make_api, product):
    answer = make_api(product=product).raw("GET", "/get_mech_list?version=3", headers=CLOSE)
    assert answer.json().keys() == {"mechs", "default_mech", "company", "product"}
    assert (answer.json()["product"] == "bpam") is (product == "pra")


def test_the_list_of_mechanisms_is_asked_for_by_version(api):
    assert api.raw("GET", "/get_mech_list", headers=CLOSE).status_code == 400
    assert "version=3" in api.violation()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/api/command.ns"),
        ("POST", "/check_health"),
        ("GET", "/api/config/v2/user"),
    ],
)
def test_another_address_is_the_page_document_not_found(api, method, path):
    answer = api.raw(method, path, headers=CLOSE)
    assert (answer.status_code, "Document Not Found" in answer.text) == (404, True)


def test_requests_to_the_configuration_api_stand_in_the_journal_with_all_that_a_contract_describes(
    api,
):
    made = api.request("POST", GROUPS, headers=JSON, json={"name": "Depot"})
    assert made.status_code == 201, made.text
    listed = api.request("GET", f"{GROUPS}?per_page=5&name=Depot", headers=JSON)
    first, second = api.appliance.journal.entries[1:]
    assert (first.query, first.writes, first.body, first.answer) == (
        "POST /api/config/v1/jump-group",
        True,
        {"name": "Depot"},
        made.json(),
    )
    assert (second.query, second.writes, second.status) == (
        "GET /api/config/v1/jump-group",
        False,
        200,
    )
    assert (second.parameters, second.answer) == (
        [("per_page", "5"), ("name", "Depot")],
        listed.json(),
    )


def test_a_segment_of_a_path_is_decoded(api):
    assert api.request("GET", "/api/config/v1/jump%2Dgroup", headers=JSON).status_code == 200


def test_a_query_that_is_not_well_formed_is_refused(api):
    assert api.request("GET", f"{GROUPS}?name=%ff", headers=JSON).status_code == 400
    assert "not well-formed" in api.violation()


# --- Transport


def test_a_request_that_does_not_demand_the_end_of_the_connection_is_a_violation(api):
    token = api.token()
    answer = api.raw("GET", INFO, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert "Connection: close" in api.violation()


def test_a_cookie_that_is_sent_back_is_a_violation(api):
    assert api.request("GET", INFO, headers={"Cookie": "session=x"}).status_code == 200
    assert "cookies" in api.violation()


@pytest.mark.parametrize(("switch", "connections"), [("close", 2), ("keep_alive", 1)])
def test_a_connection_that_is_used_again_is_a_violation_and_by_default_impossible(
    switch, connections
):
    appliance = Appliance(switches=Switches(connection=switch))
    with serve(appliance, tls=False) as running, httpx.Client() as client:
        answers = [client.get(f"{running.url}/check_health") for _turn in range(2)]
    assert (answers[0].headers.get("connection") == "close") is (switch == "close")
    assert len({entry.connection for entry in appliance.journal.entries}) == connections
    rules = [violation.partition(": ")[2] for violation in appliance.journal.violations]
    assert rules == ["a request demands Connection: close"] * 2 + [
        "the connection is closed after each call"
    ] * (2 - connections)


def test_chunked_xml_arrives_whole_over_the_network():
    appliance = Appliance()
    token = Api(appliance).token()
    with serve(appliance) as running:
        with httpx.Client(verify=ssl.create_default_context(cafile=running.ca_path)) as client:
            answer = client.get(
                f"{running.url}{INFO}", headers={**CLOSE, "Authorization": f"Bearer {token}"}
            )
    assert answer.headers["transfer-encoding"] == "chunked"
    assert answer.text.endswith("</api_information>\n")


# --- Seeds


def test_without_a_seed_one_account_may_do_everything():
    appliance = Appliance()
    assert (appliance.product, appliance.version) == ("rs", "25.2.1")
    ((client_id, account),) = appliance.site["accounts"].items()
    assert (client_id, account["client_secret"]) == (CLIENT_ID, CLIENT_SECRET)
    assert set(account["permissions"].values()) == {1, "full_access"}


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_a_seed_is_copied_and_completed_and_a_dump_is_a_seed(product):
    seed = _of_product(SITE, product)
    before = json.dumps(seed)
    appliance = Appliance(seed, product=product, version="24.3.2")
    appliance.clock.advance(60)
    appliance.site["company_name"] = "changed"
    assert json.dumps(seed) == before
    dumped = appliance.dump()
    again = Appliance(json.loads(json.dumps(dumped)))
    assert again.dump() == dumped
    assert (again.product, again.version, again.clock.now_ms()) == (
        product,
        "24.3.2",
        appliance.clock.now_ms(),
    )


@pytest.mark.parametrize(
    ("seed", "complaint"),
    [
        ({"product": "sra"}, "product must be one of"),
        ({"version": "new"}, "version must be numbers"),
        ({"machines": {}}, "no machines"),
        ({"accounts": {"a": {}}}, "has a client_secret"),
        ({"accounts": {"a": {"client_secret": "s", "role": "x"}}}, "no role"),
        (
            {"accounts": {"a": {"client_secret": "s", "permissions": {"perm_scim": 1}}}},
            "RS has no perm_scim",
        ),
        (
            {"accounts": {"a": {"client_secret": "s", "permissions": {"perm_command": 1}}}},
            "perm_command cannot be 1",
        ),
        ({"accounts": {"a": {"client_secret": "s", "ip_addresses": ["somewhere"]}}}, "somewhere"),
        ({"health": {"role": "primary"}}, "health has no role"),
        ({"health": {"failover_role": "main"}}, "failover_role must be one of"),
        ({"clients": [{"type": "representative"}]}, "type, id and hostname"),
        ({"clients": [{"type": "x", "id": 1, "hostname": "h"}]}, "must be one of"),
        ({"config": {"machine": {"1": {}}}}, "machine"),
    ],
)
def test_a_seed_that_is_wrong_is_an_error(seed, complaint):
    with pytest.raises(ValueError, match=complaint):
        Appliance(seed)


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_the_company_is_always_the_same_and_a_dump_of_it_a_seed(product):
    assert company(product) == company(product)
    dumped = Appliance(company(product)).dump()
    assert Appliance(dumped).dump() == dumped


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_the_company_has_a_second_account_that_may_only_read(product):
    appliance = Appliance(company(product))
    api = Api(appliance, READER_ID, READER_SECRET)
    api.command("check_health")
    assert api.request("GET", f"/api/command?action={IMPORT}").status_code == 403
    assert api.request("GET", "/api/config/v1/vault/account", headers=JSON).status_code == 403
    assert (
        len(api.request("GET", "/api/config/v1/jump-item/remote-rdp", headers=JSON).json()) == 100
    )


# --- Switches


def test_a_switch_is_checked_and_set_from_text():
    switches = Switches()
    for assignment, name, value in (
        ("denied=not_found", "denied", "not_found"),
        ("requests_per_second=7", "requests_per_second", 7),
        ("retry_after=false", "retry_after", False),
        ("data_sync_seconds=1.5", "data_sync_seconds", 1.5),
        ("unknown_field_status=422", "unknown_field_status", 422),
        ("rs_user_create=true", "rs_user_create", True),
        ("namespace=", "namespace", ""),
        ("web_jump_key=url", "web_jump_key", "url"),
    ):
        switches.set_from_text(assignment)
        assert getattr(switches, name) == value
    for wrong in (
        "denied=maybe",
        "requests_per_second=fast",
        "retry_after=1",
        "rate_limit_status=500",
        "nothing=1",
        "denied",
    ):
        with pytest.raises(ValueError):
            switches.set_from_text(wrong)


# --- Faults


QUERIES = {
    "command get_api_info": INFO,
    "GET /api/config/v1/jump-group": GROUPS,
    "report EndpointLicenseUsage": "/api/reporting?generate_report=EndpointLicenseUsage",
}


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    "kind",
    sorted(
        KINDS.keys()
        - {"reset_before", "reset_after", "truncated", "cut", "slow", "gzip_bomb", "huge_xml"}
    ),
)
def test_every_fault_spoils_one_answer_and_no_other(api, query, kind):
    honest = api.request("GET", QUERIES[query], headers=JSON)
    api.appliance.inject(Fault(query, kind, **({"megabytes": 1} if kind == "zip_bomb" else {})))
    spoilt = api.request("GET", QUERIES[query], headers=JSON)
    assert (spoilt.content == honest.content) is (kind in ("drip", "ignored"))
    api.appliance.faults.clear()
    assert api.request("GET", QUERIES[query], headers=JSON).content == honest.content


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
def test_a_reset_comes_before_or_after_the_effect(api, kind):
    api.appliance.inject(Fault(f"command {IMPORT}", kind))
    with pytest.raises(ConnectionResetError):
        api.request("GET", "/api/command", params={"action": IMPORT, **parameters("local_jump")})
    assert len(items(api, "local_jump")) == (kind == "reset_after")
    assert api.appliance.journal.entries[-1].status is None


def test_a_fault_may_strike_only_calls_with_certain_parameters(api):
    api.appliance.inject(
        Fault("command *", "status", times=None, status=503, matching={"name": "B"})
    )
    assert (
        api.request(
            "GET", "/api/command", params={"action": IMPORT, **COMMON, "local_jump_hostname": "x"}
        ).status_code
        == 200
    )
    assert (
        api.request(
            "POST",
            "/api/command",
            data={"action": IMPORT, **COMMON, "name": "B", "local_jump_hostname": "x"},
        ).status_code
        == 503
    )
    api.appliance.inject(Fault("POST /api/config/*", "status", status=502, matching={"name": "C"}))
    assert api.request("POST", GROUPS, headers=JSON, json={"name": "D"}).status_code == 201
    assert api.request("POST", GROUPS, headers=JSON, json={"name": "C"}).status_code == 502


def test_a_change_may_be_ignored_behind_an_honest_looking_answer(api):
    api.appliance.inject(Fault("*", "ignored", times=2))
    assert (
        api.done(IMPORT, **parameters("local_jump")) == "Successfully imported Jump Item shortcut"
    )
    assert api.request("POST", GROUPS, headers=JSON, json={"name": "Depot"}).status_code == 201
    assert items(api, "local_jump") == []
    assert "Depot" not in api.request("GET", GROUPS, headers=JSON).text


@pytest.mark.parametrize(("shows", "name"), [("change", "Depot"), ("state", "Plant A")])
def test_an_ignored_change_of_an_object_is_answered_as_if_it_were_done_or_with_what_is_there(
    api, shows, name
):
    api.appliance.inject(Fault("PATCH *", "ignored", shows=shows))
    answer = api.request("PATCH", f"{GROUPS}/8", headers=JSON, json={"name": "Depot"})
    assert (answer.status_code, answer.json()["name"]) == (200, name)
    assert api.appliance.journal.entries[-1].answer == answer.json()
    assert api.request("GET", f"{GROUPS}/8", headers=JSON).json()["name"] == "Plant A"


def test_a_change_that_is_ignored_does_not_count_as_an_operation(api, monkeypatch):
    api.command("get_api_info")
    monkeypatch.setattr(operations, "called", Counter())
    api.appliance.inject(Fault("*", "ignored", times=2))
    api.done(IMPORT, **parameters("local_jump"))
    api.request("POST", GROUPS, headers=JSON, json={"name": "Depot"})
    assert operations.called == {}


def test_a_refusal_has_the_words_of_its_api(api):
    api.appliance.inject(Fault("*", "refuse", times=None, reason="Not today"))
    assert api.ask_for_token().json() == {"error": "server_error", "message": "Not today"}
    api.appliance.faults.clear()
    api.token()
    api.request("GET", INFO)
    api.appliance.inject(Fault("*", "refuse", times=None, reason="Not today"))
    assert api.failed("get_api_info") == "Not today"
    answer = api.request("POST", GROUPS, headers=JSON, json={"name": "Depot"})
    assert (answer.status_code, answer.json()["message"]) == (422, "Not today")
    api.appliance.faults.clear()
    assert "Depot" not in api.request("GET", GROUPS, headers=JSON).text


def test_a_slow_answer_and_latency_take_their_time(api):
    api.token()
    api.appliance.latency = 0.05
    api.appliance.inject(Fault("command *", "slow", seconds=0.05))
    started = time.monotonic()
    api.command("check_health")
    assert time.monotonic() - started >= 0.1


# --- Control, operations, the command


def test_control_reads_and_changes_the_appliance_without_a_token_or_a_trace(api):
    def control(method, path, **parts):
        answer = api.raw(method, f"/_simulator/{path}", **parts)
        assert answer.status_code == 200, answer.text
        return answer.json()

    api.command("get_api_info")
    assert [entry["query"] for entry in control("GET", "journal")["entries"]] == [
        "POST /oauth2/token",
        "command get_api_info",
    ]
    site = control("GET", "site")
    assert site == api.appliance.site
    site["config"]["jump-group"].pop("8")
    control("PUT", "site", json=site)
    assert "8" not in api.appliance.site["config"]["jump-group"]
    assert control("PATCH", "switches", json={"denied": "not_found"})["denied"] == "not_found"
    control("POST", "faults", json={"query": "command *", "kind": "entities"})
    assert b"<!DOCTYPE" in api.request("GET", INFO).content
    before = api.appliance.clock.now_ms()
    assert control("POST", "clock", json={"advance": 3600}) == {"now_ms": before + 3_600_000}
    assert api.request("GET", INFO).status_code == 401
    assert control("DELETE", "journal") == {"entries": [], "violations": []}
    answer = api.raw("PATCH", "/_simulator/switches", json={"denied": "maybe"})
    assert (answer.status_code, "denied must be" in answer.json()["error"]) == (400, True)


def test_operations_are_marked_when_they_were_carried_out(api, monkeypatch):
    monkeypatch.setattr(operations, "called", Counter())
    api.command("check_health")
    api.failed("get_logged_in_reps")
    api.failed("set_failover_role", role="primary")
    api.raw("GET", "/check_health", headers=CLOSE)
    api.request("GET", GROUPS, headers=JSON)
    api.request("GET", "/api/config/v1/jump-group/77", headers=JSON)
    assert operations.called == {
        ("beyondtrust", "POST /oauth2/token"): 1,
        ("beyondtrust", "command check_health"): 1,
        ("beyondtrust", "GET /check_health"): 1,
        ("beyondtrust_rs", "/jump-group"): 1,
    }


def test_the_documents_have_so_many_operations_each_named_once():
    for platform, number in (("beyondtrust", 64), ("beyondtrust_rs", 99), ("beyondtrust_pra", 122)):
        names = [
            operation.name for operation in operations.OPERATIONS if operation.platform == platform
        ]
        assert len(names) == len(set(names)) == number


def ask(url, ca_path, client_id, secret, address):
    with httpx.Client(
        base_url=url, verify=ssl.create_default_context(cafile=ca_path), headers=CLOSE
    ) as client:
        token = client.post(
            "/oauth2/token", auth=(client_id, secret), data={"grant_type": "client_credentials"}
        ).json()["access_token"]
        return client.get(address, headers={"Authorization": f"Bearer {token}", **JSON})


def test_the_command_starts_several_servers_side_by_side(tmp_path):
    process = start(
        "--vendor",
        "simplehelp",
        "--vendor",
        "beyondtrust_rs",
        "--vendor",
        "beyondtrust_pra",
        "--company",
        "--directory",
        str(tmp_path),
        "--switch",
        "failure=success_false",
        "--switch",
        "denied=not_found",
    )
    try:
        wait_for(tmp_path / "environment", process)
        given = exports((tmp_path / "environment").read_text(encoding="utf-8"))
        names = ("URL", "CLIENT_ID", "CLIENT_SECRET", "CA_PATH")
        assert given.keys() == {
            "SIMPLEHELP_URL",
            "SIMPLEHELP_API_TOKEN",
            "SIMPLEHELP_CA_PATH",
            *(f"BEYONDTRUST_{name}" for name in names),
            *(f"BEYONDTRUST_PRA_{name}" for name in names),
        }
        for prefix, vendors in (("BEYONDTRUST", 404), ("BEYONDTRUST_PRA", 200)):
            place = [
                given[f"{prefix}_{name}"]
                for name in ("URL", "CA_PATH", "CLIENT_ID", "CLIENT_SECRET")
            ]
            assert len(ask(*place, "/api/config/v1/jump-item/remote-rdp").json()) == 100
            assert ask(*place, "/api/config/v1/vendor").status_code == vendors
    finally:
        process.send_signal(signal.SIGTERM)
        _output, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")


def test_the_command_seeds_and_dumps_one_appliance(tmp_path):
    site, dump, directory = tmp_path / "site.json", tmp_path / "dump.json", tmp_path / "ready"
    site.write_text(
        json.dumps({"accounts": {"me": {"client_secret": "mine"}}, "version": "22.2.3"}),
        encoding="utf-8",
    )
    process = start(
        "--vendor",
        "beyondtrust_pra",
        "--site",
        str(site),
        "--dump",
        str(dump),
        "--directory",
        str(directory),
    )
    try:
        wait_for(directory / "environment", process)
        given = exports((directory / "environment").read_text(encoding="utf-8"))
        assert (given["BEYONDTRUST_CLIENT_ID"], given["BEYONDTRUST_CLIENT_SECRET"]) == (
            "me",
            "mine",
        )
        assert (
            "1.22.2"
            in ask(given["BEYONDTRUST_URL"], given["BEYONDTRUST_CA_PATH"], "me", "mine", INFO).text
        )
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()
    dumped = json.loads(dump.read_text(encoding="utf-8"))
    assert (dumped["product"], dumped["version"], list(dumped["accounts"])) == (
        "pra",
        "22.2.3",
        ["me"],
    )


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (["--vendor", "beyondtrust"], 2, "invalid choice"),
        (
            ["--vendor", "beyondtrust_rs", "--vendor", "beyondtrust_pra", "--port", "4711"],
            2,
            "for one server",
        ),
        (
            ["--vendor", "beyondtrust_rs", "--switch", "failure=status"],
            1,
            "there is no switch failure",
        ),
        (["--vendor", "beyondtrust_rs", "--switch", "denied=maybe"], 1, "denied must be one of"),
    ],
)
def test_the_command_says_why_it_cannot_start_an_appliance(arguments, status, complaint):
    process = start(*arguments)
    output, errors = process.communicate()
    assert (process.returncode, output) == (status, "")
    assert complaint in errors
