"""Lists of the simulated Configuration API: pages, their headers, and filters."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re

import pytest

from tests.unit.simulator.beyondtrust import configuration_client

client, make_client, pra = (
    configuration_client.client,
    configuration_client.make_client,
    configuration_client.pra,
)


@pytest.fixture
def many(make_client):
    """A client of an appliance with 205 Jump Groups."""
    return make_client(
        {
            "config": {
                "jump-group": {
                    str(number): {"name": f"Group {number}", "code_name": f"g{number}"}
                    for number in range(1, 206)
                }
            }
        }
    )


def page(client, **query):
    """The identifiers on a page, its paging headers, and its links by their name."""
    answer = client.send(
        "GET",
        "/jump-group",
        query=query.items(),
        headers={"accept": "application/json", "host": "support.example.org"},
    )
    assert answer.status == 200, answer.body
    headers = {
        name.removeprefix("X-BT-Pagination-"): value for name, value in answer.headers.items()
    }
    links = {name: url for url, name in re.findall(r'<([^>]*)>; rel="(\w+)"', headers.pop("Link"))}
    return [each["id"] for each in json.loads(answer.body)], headers, links


def test_a_page_holds_100_objects_and_the_headers_tell_the_rest(many):
    numbers, headers, links = page(many)
    assert numbers == list(range(1, 101))
    assert headers == {"Current-Page": "1", "Per-Page": "100", "Last-Page": "3", "Total": "205"}
    base = "https://support.example.org/api/config/v1/jump-group?per_page=100&current_page="
    assert links == {"first": f"{base}1", "next": f"{base}2", "last": f"{base}3"}


def test_the_last_page_has_the_rest_and_no_next_one(many):
    numbers, headers, links = page(many, per_page=50, current_page=5)
    assert (numbers, headers["Last-Page"]) == ([201, 202, 203, 204, 205], "5")
    assert links.keys() == {"first", "previous", "last"}


def test_a_page_behind_the_last_one_is_empty(many):
    numbers, headers, _links = page(many, current_page=9)
    assert (numbers, headers["Current-Page"], headers["Last-Page"]) == ([], "9", "3")


def test_the_total_is_that_of_the_filtered_list_and_links_keep_the_filter(many):
    numbers, headers, links = page(many, name="Group 7")
    assert (numbers, headers["Total"], headers["Last-Page"]) == ([7], "1", "1")
    assert links == dict.fromkeys(
        ("first", "last"),
        "https://support.example.org/api/config/v1/jump-group?name=Group+7&per_page=100&current_page=1",
    )


def test_nothing_to_show_is_an_empty_list_on_one_page(many):
    numbers, headers, _links = page(many, name="None")
    assert (numbers, headers["Total"], headers["Last-Page"]) == ([], "0", "1")


@pytest.mark.parametrize(
    "path",
    [
        "/group-policy/1/jump-group",
        "/group-policy/1/vault-account",
        "/group-policy/1/vault-account-group",
        "/user/2/group-policies",
        "/jumpoint/3/node",
    ],
)
def test_lists_without_pages_have_no_headers_and_take_no_paging(client, path):
    answer = client.send("GET", path)
    assert (answer.status, answer.headers) == (200, {})
    client.violate(401, "GET", path, query=[("current_page", 1)])


def test_filters_are_exact_in_any_case_and_all_must_hold(client):
    assert client.names("/jump-group", name="plant a") == ["Plant A"]
    assert client.names("/jump-group", name="Plant") == []
    assert client.names("/jump-group", name="Plant A", code_name="PLANT_A") == ["Plant A"]
    assert client.names("/jump-group", name="Plant A", code_name="plant_b") == []
    assert client.names("/jump-group", code_name="") == ["Bare"]
    assert client.names("/jump-policy", code_name="OFFICE") == ["Office"]


def test_items_are_found_by_what_they_have(client):
    assert [each["id"] for each in client.get("/jump-item/shell-jump", name="SW-core-1")] == [1, 2]
    assert [
        each["id"]
        for each in client.get("/jump-item/shell-jump", name="sw-core-1", hostname="10.2.0.2")
    ] == [2]
    assert [
        each["id"]
        for each in client.get(
            "/jump-item/shell-jump", tag="network", jumpoint_id=3, jump_group_id=1
        )
    ] == [1]


def test_a_group_and_a_user_with_the_same_number_are_told_apart_by_the_type_only(client):
    assert client.names("/jump-item/remote-rdp", jump_group_id=2) == ["srv-1", "mine"]
    assert client.names("/jump-item/remote-rdp", jump_group_id=2, jump_group_type="personal") == [
        "mine"
    ]


def test_jumpoints_are_found_by_their_nodes(client):
    assert client.names("/jumpoint", hostname="jp-ldn-1") == ["London"]
    assert client.names("/jumpoint", public_ip="192.0.2.7", private_ip="10.0.0.7") == ["London"]
    assert client.names("/jumpoint", hostname="elsewhere") == []


def test_jump_clients_of_users_are_shown_only_when_asked_for(client):
    assert client.names("/jump-client") == ["pc-1"]
    assert client.names("/jump-client", jump_group_type="personal") == ["pc-2"]
    assert client.get("/jump-client/2")["name"] == "pc-2"


def test_personal_accounts_are_shown_only_when_asked_for(client):
    assert client.names("/vault/account") == ["root", "adm", "ca"]
    assert client.names("/vault/account", include_personal="true") == ["root", "adm", "own", "ca"]
    assert client.names("/vault/account", include_personal="false", type="ssh_ca") == ["ca"]
    assert client.names("/vault/account", endpoint_id=1) == ["adm"]


def test_endpoints_are_found_by_one_of_several_values(client):
    numbers = {
        query: [each["id"] for each in client.get("/endpoint-automation/endpoint", **dict([query]))]
        for query in (
            ("names", "DESK"),
            ("tags", "desk"),
            ("jump_group_id", 1),
            ("jump_group_id", 2),
            ("operating_system", "Linux"),
        )
    }
    assert list(numbers.values()) == [[1], [1], [1, 2], [2], [2]]


def test_remote_support_lists_its_portal_providers_only(make_client):
    rs = make_client()
    assert [each["type"] for each in rs.get("/security-provider")] == ["oidc", "saml_portal"]
    rs.refuse(404, "GET", "/security-provider/1")
    assert [each["type"] for each in make_client(product="pra").get("/security-provider")] == [
        "local",
        "ldap",
        "saml",
        "scim",
        "radius",
        "kerberos",
    ]


def test_a_list_of_providers_lacks_what_one_of_them_shows(pra):
    assert "priority" not in pra.get("/security-provider")[0]
    assert pra.get("/security-provider/1")["priority"] == 0


def test_api_accounts_are_those_of_the_site_without_their_secrets(client):
    names = {each["name"]: each for each in client.get("/api-account")}
    assert names.keys() == {"Tests", "Others"}
    assert (
        names["Tests"]["perm_command"] == "full_access"
        and names["Tests"]["perm_configuration"] is True
    )
    assert b"tests-secret" not in client.send("GET", "/api-account/1").body
    assert client.names("/api-account", name="others") == ["Others"]
    client.refuse(404, "GET", "/api-account/3")
