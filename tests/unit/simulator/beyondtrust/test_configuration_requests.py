"""What the simulated Configuration API demands of a request: methods, headers, fields and their
types, permissions, versions.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from collections import Counter

import pytest
import yaml

from tests.simulator import operations
from tests.unit.simulator.beyondtrust import configuration_client

client, make_client, pra = (
    configuration_client.client,
    configuration_client.make_client,
    configuration_client.pra,
)
GROUP = {"name": "Plant C"}


def test_a_method_that_a_path_has_not_is_answered_405_with_the_methods_that_it_has(client):
    answer = client.send("PATCH", "/jump-group", {})
    assert (answer.status, answer.headers["Allow"]) == (405, "GET,HEAD,POST")
    assert client.send("DELETE", "/session-policy").headers["Allow"] == "GET,HEAD"
    assert client.send("PATCH", "/group-policy/1/team/1", {}).headers["Allow"] == "DELETE,GET,HEAD"


def test_options_tells_the_methods_without_doing_anything(client):
    answer = client.send("OPTIONS", "/jump-group/1")
    assert (answer.status, answer.headers["Allow"], answer.body) == (
        200,
        "DELETE,GET,HEAD,PATCH",
        b"",
    )


def test_head_answers_as_get_does_without_a_body(client):
    read, asked = client.send("GET", "/jump-group"), client.send("HEAD", "/jump-group")
    assert (asked.status, asked.headers, asked.body) == (200, read.headers, b"")
    assert client.send("HEAD", "/jump-group/99").status == 404


@pytest.mark.parametrize(
    "path", ["/jump-groups", "/jump-group/1/users", "/jump-group/", "/jump-item/local-jump", "/"]
)
def test_a_path_that_is_not_there_is_a_404_with_a_message(client, path):
    assert client.refuse(404, "GET", path).keys() == {"message"}


@pytest.mark.parametrize("number", ["99", "0", "-1", "one", "1.0"])
def test_an_object_that_is_not_there_is_a_404_with_a_message(client, number):
    assert client.refuse(404, "GET", f"/jump-group/{number}").keys() == {"message"}
    client.refuse(404, "PATCH", f"/jump-group/{number}", GROUP)
    client.refuse(404, "GET", f"/jump-group/{number}/user")


def test_a_word_of_a_path_wins_over_an_identifier(pra):
    assert pra.send("GET", "/user/provision").headers["Allow"] == "POST"
    assert pra.send("GET", "/jump-approval/approve").headers["Allow"] == "POST"
    assert pra.get("/jump-client/installer") == []


@pytest.mark.parametrize(
    ("product", "path"),
    [
        ("rs", "/vendor"),
        ("rs", "/jump-item/web-jump"),
        ("pra", "/public-portal"),
        ("pra", "/rep-status"),
    ],
)
def test_what_the_other_product_has_is_not_there(make_client, product, path):
    make_client(product=product).refuse(404, "GET", path)


@pytest.mark.parametrize("headers", [{}, {"accept": "text/html"}, {"accept": "*/*"}])
def test_get_and_delete_must_accept_json(client, headers):
    assert "accept application/json" in client.violate(406, "GET", "/jump-group", headers=headers)
    assert "accept application/json" in client.violate(
        406, "DELETE", "/jump-group/1", headers=headers
    )


def test_several_accepted_types_are_fine_and_so_is_any_for_a_download(client):
    assert (
        client.send(
            "GET", "/jump-group", headers={"accept": "text/html;q=0.5, application/json"}
        ).status
        == 200
    )
    assert client.send("GET", "/cli/linux", headers={"accept": "*/*"}).status == 200
    client.violate(406, "GET", "/cli/linux", headers={})
    client.refuse(404, "GET", "/cli/amiga")


def test_a_body_needs_its_content_type(client):
    headers = {"accept": "application/json", "content-type": "text/plain"}
    assert "Content-Type" in client.violate(415, "POST", "/jump-group", GROUP, headers=headers)
    headers["content-type"] = "application/json; charset=utf-8"
    assert client.send("POST", "/jump-group", GROUP, headers=headers).status == 201
    assert client.send("POST", "/group-policy/1/provision", headers={}).status == 204


@pytest.mark.parametrize(
    "raw", [b"{", b'{"name": "x"} {}', b'{"name": "x", "name": "y"}', b'{"name": NaN}', b"\xff"]
)
def test_a_body_is_one_strict_json_value(client, raw):
    assert "strict JSON" in client.violate(
        400, "POST", "/jump-group", raw=raw, headers=configuration_client.BODY_HEADERS
    )


def test_a_body_is_an_object_and_stands_only_where_one_is_taken(client):
    assert "one JSON object" in client.violate(422, "POST", "/jump-group", [GROUP])
    assert "takes no body" in client.violate(400, "DELETE", "/jump-group/1", {})
    assert "takes no body" in client.violate(400, "POST", "/group-policy/1/provision", {})


def test_an_unknown_field_is_the_documented_401(client):
    assert "unknown body field" in client.violate(401, "POST", "/jump-group", {"nmae": "x"})
    assert "unknown body field" in client.violate(
        401, "PATCH", "/jump-group/1", {"name": "x", "colour": "red"}
    )
    assert "unknown query parameter" in client.violate(
        401, "GET", "/jump-policy", query=[("name", "Office")]
    )
    assert "unknown query parameter" in client.violate(
        401, "GET", "/group-policy/1/jump-group", query=[("per_page", 100)]
    )


def test_fields_of_the_other_product_are_unknown(make_client):
    make_client(product="rs").violate(401, "POST", "/jump-group", {**GROUP, "ecm_group_id": 1})
    make_client(product="pra").violate(
        401, "POST", "/team", {"name": "x", "persistent_queue": True}
    )


def test_unknown_fields_can_be_told_apart_or_not(make_client):
    assert make_client(unknown_field_status=422).violate(422, "POST", "/jump-group", {"nmae": "x"})
    silent = make_client(unknown_field_answer="access_denied")
    answer = silent.send("POST", "/jump-group", {"nmae": "x"})
    assert (answer.status, json.loads(answer.body)["error"]) == (401, "access_denied")
    assert "unknown body field" in silent.violation()


@pytest.mark.parametrize("body", [{"name": 1}, {"name": ["x"]}, {"name": "x", "comments": 1}])
def test_a_value_of_the_wrong_type_is_refused_and_a_violation(client, body):
    assert "JSON type" in client.violate(422, "POST", "/jump-group", body)


@pytest.mark.parametrize(
    ("name", "value"),
    [("jumpoint_id", "3"), ("jumpoint_id", 3.0), ("port", True), ("keep_alive", None)],
)
def test_numbers_are_real_numbers(client, name, value):
    body = {
        "name": "x",
        "hostname": "h",
        "protocol": "ssh",
        "jumpoint_id": 3,
        "jump_group_id": 1,
        name: value,
    }
    answer = client.send("POST", "/jump-item/shell-jump", body)
    assert (answer.status, set(json.loads(answer.body)["errors"])) == (422, {name})
    client.appliance.journal.violations.clear()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""),
        ("name", "x" * 129),
        ("protocol", "rdp"),
        ("port", 0),
        ("port", 65536),
        ("keep_alive", 301),
        ("tag", "x" * 65),
        ("terminal", "vt100"),
        ("comments", "x" * 1025),
        ("session_policy_id", 1),
        ("jump_group_type", "other"),
    ],
)
def test_a_value_beyond_its_limits_names_its_field(client, name, value):
    body = {
        "name": "x",
        "hostname": "h",
        "protocol": "ssh",
        "jumpoint_id": 3,
        "jump_group_id": 1,
        name: value,
    }
    assert client.invalid("POST", "/jump-item/shell-jump", body) == {name}
    assert client.invalid("PATCH", "/jump-item/shell-jump/1", {name: value}) == {name}


def test_required_fields_are_all_named_on_creation_and_none_on_a_change(client):
    assert client.invalid("POST", "/jump-item/shell-jump", {}) == {
        "name",
        "jumpoint_id",
        "hostname",
        "protocol",
        "jump_group_id",
    }
    before = client.get("/jump-item/shell-jump/1")
    assert client.patch("/jump-item/shell-jump/1", {}) == before


def test_a_code_name_has_a_limited_alphabet_and_may_be_empty(client):
    assert client.invalid("POST", "/jump-group", {**GROUP, "code_name": "plant c"}) == {"code_name"}
    assert client.patch("/jump-group/1", {"code_name": ""})["code_name"] == ""


def test_nested_fields_are_named_by_their_place(pra):
    item = {
        "name": "x",
        "jumpoint_id": 3,
        "jump_group_id": 1,
        "filter_rules": [{"ip_addresses": {"cidr": "10.0.0.0/8"}, "protocol": "SMOKE"}],
    }
    assert pra.invalid("POST", "/jump-item/network-tunnel-jump", item) == {
        "filter_rules.0.protocol"
    }
    item["filter_rules"] = [{"ip_addresses": {"from": "10.0.0.1"}}]
    assert pra.invalid("POST", "/jump-item/network-tunnel-jump", item) == {
        "filter_rules.0.ip_addresses"
    }
    item["filter_rules"] = [{"ip_addresses": {"cidr": "10.0.0.0/8"}, "hops": 3}]
    assert "unknown body field" in pra.violate(401, "POST", "/jump-item/network-tunnel-jump", item)


def test_read_only_fields_are_refused_or_ignored_and_a_violation_either_way(make_client):
    strict, lenient = make_client(), make_client(read_only_fields="ignore")
    assert "read-only" in strict.violate(422, "PATCH", "/jump-group/1", {"id": 1, "name": "x"})
    assert lenient.patch("/jump-group/1", {"id": 5, "name": "x"})["id"] == 1
    assert "read-only" in lenient.violation()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2030-01-02T03:04:05Z", "2030-01-02T03:04:05+00:00"),
        ("2030-01-02T03:04:05.930+00:00", "2030-01-02T03:04:05+00:00"),
        ("", None),
        (None, None),
    ],
)
def test_times_are_kept_without_fractions_and_shown_with_an_offset(client, given, kept):
    assert client.patch("/user/2", {"password_expiration": given})["password_expiration"] == kept


@pytest.mark.parametrize(
    "text", ["2030-01-02T03:04:05", "2030-01-02T03:04:05-08:00", "2030-13-02T03:04:05Z", "tomorrow"]
)
def test_times_are_in_utc(client, text):
    assert client.invalid("PATCH", "/user/2", {"password_expiration": text}) == {
        "password_expiration"
    }


def test_a_query_parameter_is_held_against_its_description(client):
    assert client.invalid("GET", "/jump-group", None, query=[("per_page", 4)]) == {"per_page"}
    assert client.invalid(
        "GET", "/jump-group", None, query=[("per_page", 101), ("current_page", 0)]
    ) == {"per_page", "current_page"}
    assert client.invalid("GET", "/jump-item/remote-rdp", None, query=[("hostname", "ab")]) == {
        "hostname"
    }
    assert client.invalid(
        "GET", "/jump-item/remote-rdp", None, query=[("jump_group_id", "one")]
    ) == {"jump_group_id"}


def test_a_query_parameter_is_given_once(client):
    assert (
        client.send("GET", "/jump-group", query=[("name", "Plant A"), ("name", "Plant B")]).status
        == 200
    )
    assert "given once" in client.violation()


@pytest.mark.parametrize(
    "path", ["/vault/account", "/vault/account-group/1", "/group-policy/1/vault-account"]
)
def test_the_vault_needs_a_permission_of_its_own(client, path):
    account = client.account(perm_configuration_vault_account=0)
    assert client.refuse(403, "GET", path, account=account).keys() == {"message"}
    assert client.send("GET", "/jump-group", account=account).status == 200


@pytest.mark.parametrize(
    ("path", "since"),
    [
        ("/vault/account-group/1/jump-item-association", "22.3"),
        ("/jump-item/remote-vnc", "23.1"),
        ("/api-account", "23.2"),
        ("/user/2/group-policies", "24.1"),
        ("/jump-item/network-tunnel-jump", "25.2"),
    ],
)
def test_an_older_version_has_no_such_path(make_client, path, since):
    make_client(product="pra", version=f"{since}.1").get(path)
    make_client(product="pra", version="22.2.4").refuse(404, "GET", path)


def test_an_older_version_shows_neither_permissions_of_users_nor_windows_accounts(make_client):
    old = make_client(version="22.2.4")
    assert "perm_admin" not in old.get("/user/1")
    assert "adm" not in old.names("/vault/account")
    old.refuse(404, "GET", "/vault/account/2")
    assert "adm" in make_client(version="23.3.1").names("/vault/account")


def test_the_own_description_lists_exactly_the_paths_and_methods_that_there_are(make_client):
    for product, created in (("rs", False), ("rs", True), ("pra", False)):
        client = make_client(product=product, rs_user_create=created)
        paths = yaml.safe_load(client.send("GET", "/openapi.yaml").body)["paths"]
        assert len(paths) == {"rs": 99, "pra": 122}[product]
        assert ("post" in paths["/user"]) is (product == "pra" or created)
    assert (
        "/jump-item/psql-tunnel-jump"
        not in yaml.safe_load(
            make_client(product="pra", version="24.1.1").send("GET", "/openapi.yaml").body
        )["paths"]
    )


def test_operations_that_were_carried_out_are_counted_and_refused_ones_are_not(
    make_client, monkeypatch
):
    # By which a whole run counts the plugins' calls only.
    monkeypatch.delenv("SIMULATOR_CALLS_BY", raising=False)
    monkeypatch.setattr(operations, "called", Counter())
    rs = make_client()
    rs.get("/jump-group/1")
    rs.refuse(404, "GET", "/jump-group/99/user")
    assert operations.called["beyondtrust_rs", "/jump-group/{id}"] == 1
    assert operations.called["beyondtrust_rs", "/jump-group/{id}/user"] == 0


def test_every_path_is_among_the_operations_that_are_counted(make_client):
    for product in ("rs", "pra"):
        paths = yaml.safe_load(make_client(product=product).send("GET", "/openapi.yaml").body)[
            "paths"
        ]
        assert set(paths) == {
            each.name for each in operations.OPERATIONS if each.platform == f"beyondtrust_{product}"
        }
