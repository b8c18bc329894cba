"""A walk through every operation of the Configuration API: each kind is created, read, listed,
changed and deleted, and each action is done once.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .configuration_client import Client

ITEM = {"name": "new", "jumpoint_id": 3, "jump_group_id": 1}
HOST = {**ITEM, "hostname": "10.0.0.9"}
RULES = [
    {"ip_addresses": {"cidr": "10.0.0.0/24"}, "protocol": "TCP", "ports": {"list": [22]}},
    {
        "ip_addresses": {"range": {"start": "10.0.0.1", "end": "10.0.0.9"}},
        "ports": {"range": {"start": 1, "end": 9}},
    },
    {"ip_addresses": {"list": ["10.0.0.7"]}},
]
ITEMS = {
    "rs": {
        "remote-rdp": HOST,
        "shell-jump": {**HOST, "protocol": "ssh", "tag": "t"},
        "remote-vnc": {**HOST, "session_policy_id": 2},
    },
}
ITEMS["pra"] = {
    **ITEMS["rs"],
    "remote-rdp": {**HOST, "secure_app_type": "remote_app", "remote_app_name": "calc"},
    "web-jump": {**ITEM, "url": "https://w.example.org"},
    "protocol-tunnel-jump": {**HOST, "tunnel_definitions": "22;24"},
    "psql-tunnel-jump": HOST,
    "mysql-tunnel-jump": HOST,
    "network-tunnel-jump": {**ITEM, "filter_rules": RULES},
}
SSH = {
    "type": "ssh",
    "name": "key",
    "username": "deploy",
    "private_key": "-----",
    "private_key_passphrase": "p",
}
CERTIFICATE = {"subject": "CN=x", "key_algorithm": "rsa_2048", "cert_digest_algorithm": "sha256"}
ACCOUNTS = {
    "rs": [
        {
            "type": "username_password",
            "name": "svc",
            "username": "svc",
            "password": "secret",
            "account_policy": "rotating",
        },
        SSH,
        {**SSH, "type": "ssh_ca", "name": "ca"},
        {"type": "opaque_token", "name": "token", "token": "secret"},
    ],
}
ACCOUNTS["pra"] = [
    *ACCOUNTS["rs"],
    {"type": "x509_ca", "name": "imported", "x509_key": "k", "x509_cert": "c"},
    {"type": "x509_ca", "name": "generated", "ttl": 365, **CERTIFICATE},
]


def lifecycle(
    client: Client,
    path: str,
    body: dict,
    change: dict | None = None,
    key: str = "id",
    remove: bool = True,
) -> int:
    """Create, read, list, change and delete an object; returns the identifier that it has (or had)."""
    made = client.post(path, body)
    number = made[key]
    assert client.get(f"{path}/{number}") == made
    assert number in [each[key] for each in client.get(path)]
    if change:
        changed = client.patch(f"{path}/{number}", change)
        assert changed == {**made, **change} == client.get(f"{path}/{number}")
    if remove:
        client.delete(f"{path}/{number}")
        client.refuse(404, "GET", f"{path}/{number}")
    return number


def entries(client: Client, path: str, body: dict, one: int, status: int = 204) -> None:
    """Add, list, read and remove an entry of a group policy."""
    client.post(path, body)
    (listed,) = client.get(path)
    assert client.get(f"{path}/{one}") == listed
    client.delete(f"{path}/{one}", status=status)
    assert client.get(path) == []


def walk(client: Client) -> None:
    """Carry out every operation of the client's product once, successfully."""
    _items(client)
    _people(client)
    _policies(client)
    _vault(client)
    _associations(client)
    _automation(client)
    if client.product == "rs":
        client.get("/public-portal")
        lifecycle(client, "/rep-status", {"name": "Away", "display_as": "away"}, {"name": "Gone"})
    else:
        _vendors(client)
        _approvals(client)
    client.send("GET", "/openapi.yaml")
    client.send("GET", "/cli/linux")


def _items(client: Client) -> None:
    for kind, body in ITEMS[client.product].items():
        number = lifecycle(
            client, f"/jump-item/{kind}", body, {"name": "renamed", "comments": ""}, remove=False
        )
        copied = client.post(
            f"/jump-item/{kind}/{number}/copy",
            {"jump_group_id": 2, "jump_group_type": "personal", "name": "copy"},
            200,
        )
        assert copied["success"] == "1"
        assert client.get(f"/jump-item/{kind}/{copied['destId']}")["name"] == "copy"
        client.delete(f"/jump-item/{kind}/{number}")
    assert client.get("/jump-client")
    client.get("/jump-client/1")
    client.patch("/jump-client/1", {"tag": "desk"})
    copied = client.post(
        "/jump-client/1/copy",
        {"jump_group_id": 2, "jump_group_type": "shared", "name": "copy"},
        200,
    )
    client.delete(f"/jump-client/{copied['destId']}")
    made = client.post("/jump-client/installer", {"jump_group_id": 1, "valid_duration": 60})
    assert client.get("/jump-client/installer") == [
        {name: value for name, value in made.items() if name != "key_info"}
    ]
    client.get(f"/jump-client/installer/{made['id']}")
    client.send("GET", f"/jump-client/installer/{made['installer_id']}/windows-64-msi")
    client.delete(f"/jump-client/installer/{made['id']}")
    for path in (
        "/jump-item-role",
        "/jump-item-role/1",
        "/session-policy",
        "/jump-policy/4/schedule",
        "/jumpoint/3/node",
    ):
        client.get(path)
    client.send("GET", "/jumpoint/4/installer")
    group = lifecycle(
        client,
        "/jump-group",
        {"name": "Plant C"},
        {"code_name": "c", "comments": None},
        remove=False,
    )
    lifecycle(
        client, f"/jump-group/{group}/user", {"user_id": 2}, {"jump_item_role_id": 2}, key="user_id"
    )
    client.delete(f"/jump-group/{group}")
    jumpoint = lifecycle(
        client,
        "/jumpoint",
        {"name": "Cork", "platform": "linux-x86", "clustered": True},
        {"jzp_enabled": True},
        remove=False,
    )
    lifecycle(client, f"/jumpoint/{jumpoint}/user", {"user_id": 2}, key="user_id")
    client.delete(f"/jumpoint/{jumpoint}")
    lifecycle(
        client,
        "/jump-policy",
        {"display_name": "Ask", "schedule_enabled": False},
        {"ticket_id_required": True},
    )


def _people(client: Client) -> None:
    team = lifecycle(client, "/team", {"name": "Night"}, {"comments": "At night"}, remove=False)
    lifecycle(client, f"/team/{team}/user", {"user_id": 2}, {"role": "lead"}, key="user_id")
    client.delete(f"/team/{team}")
    assert len(client.get("/user")) >= 3
    client.patch("/user/3", {"enabled": False})
    if client.product == "pra":
        lifecycle(
            client,
            "/user",
            {"username": "new", "public_display_name": "New", "password": "secret"},
            {"email_address": "n@example.org"},
            remove=False,
        )
        client.patch("/user/2/group-policy-changes", {"added": [1]})
    client.get("/user/3")
    client.post("/user/provision", {"user_ids": [2, 3]}, 204)
    client.get("/user/2/group-policies")
    client.delete("/user/3")
    client.get("/api-account")
    client.get("/api-account/1")
    provider = client.get("/security-provider")[-1]["id"]
    client.get(f"/security-provider/{provider}")
    if client.product == "pra":
        saml = next(
            each["id"] for each in client.get("/security-provider") if each["type"] == "saml"
        )
        assert client.patch(f"/security-provider/{saml}", {"available_groups": ["Staff"]})[
            "available_groups"
        ] == ["Staff"]


def _policies(client: Client) -> None:
    policy = lifecycle(
        client,
        "/group-policy",
        {"name": "Night"},
        {"perm_jump_client": True, "perm_session_idle_timeout": 300},
        remove=False,
    )
    copied = client.post(f"/group-policy/{policy}/copy", {"name": "Night 2"})
    client.delete(f"/group-policy/{copied['id']}")
    path = f"/group-policy/{policy}"
    client.post(f"{path}/member", {"security_provider_id": 1, "user_id": 2})
    (member,) = client.get(f"{path}/member")
    client.get(f"{path}/member/{member['id']}")
    client.post(f"{path}/provision", status=204)
    client.delete(f"{path}/member/{member['id']}")
    entries(client, f"{path}/jumpoint", {"jumpoint_id": 3}, 3)
    entries(client, f"{path}/jump-group", {"jump_group_id": 1, "jump_item_role_id": 0}, 1)
    entries(client, f"{path}/team", {"team_id": 1, "role": "lead"}, 1)
    entries(client, f"{path}/vault-account", {"account_id": 1}, 1, 200)
    entries(client, f"{path}/vault-account-group", {"account_group_id": 2}, 2, 200)
    client.delete(path)


def _vault(client: Client) -> None:
    for body in ACCOUNTS[client.product]:
        made = client.post("/vault/account", body)
        assert client.get(f"/vault/account/{made['id']}") == made
        assert client.patch(f"/vault/account/{made['id']}", {"description": "d"}) == {
            **made,
            "description": "d",
        }
        if body["name"] == "imported":
            client.post(
                "/vault/account",
                {
                    "type": "x509_csr",
                    "name": "client",
                    "ttl": 60,
                    "parent_x509": made["id"],
                    **CERTIFICATE,
                },
            )
    client.get("/vault/account")
    assert client.post("/vault/account/1/check-out", status=200)["password"] == "r00t-secret"
    client.post("/vault/account/1/check-in", status=200)
    client.post("/vault/account/2/check-out", status=200)
    client.post("/vault/account/2/force-check-in", status=200)
    client.post("/vault/account/2/rotate", status=200)
    lifecycle(
        client,
        "/vault/account/1/user",
        {"user_id": 2, "role": "inject"},
        {"role": "inject_and_checkout"},
        key="user_id",
    )
    lifecycle(
        client,
        "/vault/account-policy",
        {"name": "Strict"},
        {"description": "d", "scheduled_password_rotation": True, "maximum_password_age": 30},
    )
    group = lifecycle(
        client,
        "/vault/account-group",
        {"name": "Web"},
        {"account_policy": "rotating"},
        remove=False,
    )
    lifecycle(
        client,
        f"/vault/account-group/{group}/user",
        {"user_id": 2},
        {"role": "inject_and_checkout"},
        key="user_id",
    )
    lifecycle(client, f"/vault/account-group/{group}/account", {"account_id": 1}, key="account_id")
    client.delete(f"/vault/account-group/{group}")
    client.get("/vault/endpoint")
    (candidate,) = client.get("/vault/endpoint/1/remote-rdp-jump-item-candidates")[:1]
    client.post("/vault/endpoint/1/remote-rdp-jump-item-association", {"id": candidate["id"]})


def _associations(client: Client) -> None:
    item, group = {"id": 1, "type": "shell_jump"}, {"shared_jump_group_id": 1}
    client.post(
        "/vault/account/1/jump-item-association",
        {"filter_type": "criteria", "criteria": {"name": ["srv"]}},
    )
    for path in (
        "/vault/account/1/jump-item-association",
        "/vault/account-group/2/jump-item-association",
    ):
        client.patch(path, {"filter_type": "criteria", "criteria": {"tag": ["t"]}})
        client.post(f"{path}/jump-item", item, 200)
        client.post(f"{path}/shared-jump-group", group, 200)
        held = client.get(path)
        assert (held["jump_items"], held["criteria"]["shared_jump_groups"]) == ([item], [1])
        client.delete(f"{path}/jump-item", item)
        client.delete(f"{path}/shared-jump-group", group)
    client.delete("/vault/account/1/jump-item-association")
    client.delete("/vault/account/1")


def _automation(client: Client) -> None:
    command = {"cmd": "sh", "script": "ls", "resource_ids": [1]}
    script = client.post(
        "/endpoint-automation/script", {"name": "list", "operating_system": "Linux", **command}
    )
    assert client.get("/endpoint-automation/script") == [
        client.get(f"/endpoint-automation/script/{script['id']}")
    ]
    client.get(f"/endpoint-automation/script/{script['id']}/resource")
    job = client.post(
        "/endpoint-automation/job",
        {
            "name": "now",
            "start_at": "2026-01-15T08:00:00Z",
            "operating_system": "Linux",
            "endpoint_ids": [1, 2],
            "payload": command,
        },
    )
    assert client.get("/endpoint-automation/job") == [
        client.get(f"/endpoint-automation/job/{job['id']}")
    ]
    assert len(client.get(f"/endpoint-automation/job/{job['id']}/execution")) == 2
    for collection in ("resource", "endpoint"):
        assert client.get(f"/endpoint-automation/{collection}")[0] == client.get(
            f"/endpoint-automation/{collection}/1"
        )


def _vendors(client: Client) -> None:
    vendor = lifecycle(
        client,
        "/vendor",
        {"name": "Kaelte", "default_policy": 1, "administrator_ids": [2]},
        {"duration": 48},
        remove=False,
    )
    path = f"/vendor/{vendor}/user"
    client.post(
        path,
        {
            "username": "v",
            "public_display_name": "V",
            "password": "secret",
            "email_address": "v@example.org",
        },
        200,
    )
    (user,) = client.get(path)
    assert client.get(f"{path}/{user['id']}") == user
    client.patch(f"{path}/{user['id']}", {"enabled": False})
    for place in (f"/vendor/{vendor}/reactivate", f"{path}/{user['id']}/reactivate"):
        client.appliance.clock.advance(31 * 24 * 3600)
        client.post(place, status=200)
    client.delete(f"{path}/{user['id']}")
    client.delete(f"/vendor/{vendor}")


def _approvals(client: Client) -> None:
    policy = client.post(
        "/jump-policy",
        {
            "display_name": "Approve",
            "schedule_enabled": False,
            "approval_required": True,
            "approval_user_ids": ["2"],
            "approval_display_name": "Boss",
        },
    )
    client.patch("/jump-item/shell-jump/1", {"jump_policy_id": policy["id"]})
    client.post(
        "/jump-approval/request",
        {
            "user_id": 1,
            "jump_item_type": "shell_jump",
            "jump_item_id": 1,
            "start": 1_768_467_600,
            "duration": 600,
        },
        200,
    )
    (request,) = client.get("/jump-approval/2", state="pending")
    client.get(f"/jump-approval/2/view/{request['id']}")
    client.post(
        "/jump-approval/approve", {"id": request["id"], "user_id": 2, "answer": "approved"}, 200
    )
    assert client.get("/jump-approval/2")[0]["state"] == "approved"
