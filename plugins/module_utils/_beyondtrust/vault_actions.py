"""What BeyondTrust's vault does on request: hands secrets out and takes them back, rotates them,
links endpoints with jump items.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._core.errors import InputError, NotThere, ServerError
from .._core.server import Server
from .jump_items import REMOTE_RDP
from .reads import info_spec, read_objects
from .vault import VAULT_ACCOUNT, VAULT_ACCOUNT_GROUP, VAULT_ENDPOINT

ACCOUNT_SPEC = {"name": {"type": "str"}, "id": {"type": "int"}, "account_group": {"type": "str"}}
CHECK_IN_SPEC = {**ACCOUNT_SPEC, "force": {"type": "bool", "default": False}}
SECRETS = ("password", "private_key", "signed_public_cert")
CREDENTIAL = ("username", "type", *SECRETS)  # schema VaultAccountCredential
ENDPOINT_INFO_SPEC = {
    **info_spec(VAULT_ENDPOINT),
    "gather": {
        "type": "list",
        "elements": "str",
        "choices": ["remote_rdp", "remote_rdp_candidates"],
        "default": [],
    },
}
ENDPOINT_ASSOCIATION_SPEC = {
    "endpoint": {"type": "str"},
    "endpoint_id": {"type": "int"},
    "remote_rdp": {"type": "str"},
    "remote_rdp_id": {"type": "int"},
    "jump_group": {"type": "str"},
    "personal_list_of": {"type": "str"},
}
ENDPOINT_ASSOCIATION_RULES = {
    "required_one_of": [["endpoint", "endpoint_id"], ["remote_rdp", "remote_rdp_id"]],
    "mutually_exclusive": [["endpoint", "endpoint_id"], ["remote_rdp", "remote_rdp_id"]],
}


# --- accounts ---------------------------------------------------------------------------------------------------------


def find_account(
    server: Server, name: str | None, identifier: int | None, account_group: str | None
) -> dict:
    """Return the record of the one account that is meant, of whatever type. Raises InputError where
    it is not exactly one.
    """
    if (name is None) == (identifier is None):
        raise InputError("Either name or id must be given.")
    if identifier is not None:
        try:
            account = server.backend.ask(f"{VAULT_ACCOUNT.endpoint}/{identifier}", dict)
        except NotThere:
            raise InputError(f"There is no vault account with the id {identifier}.") from None
        found, called = _identified([account]), f"with the id {identifier}"
    else:
        if not name.strip():
            raise InputError("name must not be empty.")
        found, called = (
            _identified(server.backend.records(VAULT_ACCOUNT.endpoint, name=name)),
            f"named {name!r}",
        )
        # The server takes no notice of case.
        found = [account for account in found if account.get("name") == name]
    if account_group is not None:
        group = server.find(VAULT_ACCOUNT_GROUP, {"name": account_group})
        if group is None:
            raise InputError(f"There is no vault_account_group named {account_group!r}.")
        wanted = server.memory(VAULT_ACCOUNT_GROUP).known[group].identifier
        found, called = (
            [account for account in found if account.get("account_group_id") == wanted],
            f"{called} in the account group {account_group!r}",
        )
    if not found:
        raise InputError(f"There is no vault account {called}.")
    if len(found) > 1:
        raise InputError(
            f"Several vault accounts are {called}: {', '.join(str(account['id']) for account in found)}. Say by id which one is meant."
        )
    return found[0]


def check_out(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Check an account out and return its secret; in check mode, see that the account is there."""
    account = _account(server, params)
    credential = {} if check_mode else {"credential": check_out_account(server, account)}
    return {**_done("check_out", account), **credential}


def check_out_account(server: Server, account: Mapping[str, Any]) -> dict:
    """Check an account out and return what it holds. From then on its secret is kept out of every
    message.
    """
    answer, _shown = server.backend.act(f"{VAULT_ACCOUNT.endpoint}/{account['id']}/check-out")
    credential = {**dict.fromkeys(CREDENTIAL), **(answer if isinstance(answer, dict) else {})}
    server.session.conceal(
        str(value)
        for name, value in credential.items()
        if value and name not in ("username", "type")
    )
    if not any(credential[name] for name in SECRETS):
        raise ServerError(
            "The check-out was answered without a secret. The account may be checked out all the same.",
            changed=True,
        )
    return credential


def check_in(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Check an account in: what this API account has checked out, or by force what others have."""
    account = _account(server, params)
    if not check_mode:
        check_in_account(server, account, params["force"])
    return _done("force_check_in" if params["force"] else "check_in", account)


def check_in_account(server: Server, account: Mapping[str, Any], force: bool = False) -> None:
    """Check an account in."""
    server.backend.act(
        f"{VAULT_ACCOUNT.endpoint}/{account['id']}/{'force-check-in' if force else 'check-in'}"
    )


def rotate(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Let the appliance give an account another secret."""
    account = _account(server, params)
    if not check_mode:
        server.backend.act(f"{VAULT_ACCOUNT.endpoint}/{account['id']}/rotate")
    return _done("rotate", account)


def _account(server, params) -> dict:
    return find_account(server, params["name"], params["id"], params["account_group"])


def _identified(records: Sequence[dict]) -> Sequence[dict]:
    """Return records of which each has an id. Raises ServerError where one has none."""
    if not all(isinstance(record.get("id"), int) for record in records):
        raise ServerError("The server answered an object without an id.")
    return records


def _done(action, account) -> dict:
    return {
        "changed": True,
        "changes": [
            {
                "action": action,
                "kind": VAULT_ACCOUNT.name,
                "name": account.get("name"),
                "fields": [],
            }
        ],
    }


# --- endpoints --------------------------------------------------------------------------------------------------------


def read_endpoints(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the endpoints with one of ``names``, with the remote RDP items in ``gather``, in the
    order of their names.
    """
    result = read_objects(
        VAULT_ENDPOINT, "vault_endpoints", server, {"names": params["names"]}, check_mode
    )
    endpoints = result["vault_endpoints"]
    for part in params["gather"] if endpoints else ():
        items = {item["id"]: item for item in server.read(REMOTE_RDP).values()}
        lists = server.session.each(
            lambda endpoint, of=_ITEMS[part]: of(server, endpoint["id"]), endpoints
        )
        for endpoint, found in zip(endpoints, lists, strict=True):
            shown = [items.get(record["id"], {}) for record in found]
            endpoint[part] = [
                {"id": record["id"], **{name: item.get(name) for name in REMOTE_RDP.key}}
                for record, item in zip(found, shown, strict=True)
            ]
    return result


def associate_endpoint(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Link a remote RDP item with an endpoint, unless it is linked with it already."""
    endpoint = _endpoint(server, params)
    item = _remote_rdp(server, params)
    if item.record.get("endpoint_id") == endpoint["id"]:
        return {"changed": False, "changes": []}
    if item.record.get("endpoint_id"):
        other = server.name_of(VAULT_ENDPOINT.name, item.record["endpoint_id"])
        raise InputError(
            f"remote_rdp {item.object['name']} is linked with the endpoint {other!r}, and the API does not undo that."
        )
    if item.identifier not in {
        candidate["id"] for candidate in _candidates(server, endpoint["id"])
    }:
        raise InputError(
            f"The appliance does not list remote_rdp {item.object['name']} among those that can be linked with {endpoint['name']!r}."
        )
    if not check_mode:
        server.backend.act(
            f"{VAULT_ENDPOINT.endpoint}/{endpoint['id']}/remote-rdp-jump-item-association",
            {"id": item.identifier},
            lambda: item.identifier in {linked["id"] for linked in _linked(server, endpoint["id"])},
            lambda: "it does not list the item among those of the endpoint.",
        )
    change = {
        "action": "associate",
        "kind": VAULT_ENDPOINT.name,
        "name": endpoint["name"],
        "fields": ["remote_rdp"],
    }
    return {"changed": True, "changes": [change]}


def _endpoint(server, params) -> dict:
    """Return the one endpoint that is meant."""
    identifier, name = params["endpoint_id"], params["endpoint"]
    endpoints = server.read(VAULT_ENDPOINT).values()
    found = [
        each
        for each in endpoints
        if (each["name"] == name if identifier is None else each["id"] == identifier)
    ]
    called = f"named {name!r}" if identifier is None else f"with the id {identifier}"
    if len(found) != 1:
        several = f"Several endpoints are {called}: {', '.join(str(each['id']) for each in found)}. Say by endpoint_id which one is meant."
        raise InputError(several if found else f"There is no vault_endpoint {called}.")
    return found[0]


def _remote_rdp(server, params):
    """Return the one remote RDP item that is meant, as it is known."""
    place = {name: params[name] for name in ("jump_group", "personal_list_of")}
    if (
        params["remote_rdp_id"] is None
        and len([value for value in place.values() if value is not None]) != 1
    ):
        raise InputError("With remote_rdp one of jump_group and personal_list_of must be given.")
    described = {"name": params["remote_rdp"], **place, "id": params["remote_rdp_id"]}
    if params["remote_rdp"]:
        server.read_some(REMOTE_RDP, [{"name": params["remote_rdp"]}])
    key = server.find(REMOTE_RDP, described)
    if key is None:
        raise InputError(f"There is no remote_rdp {REMOTE_RDP.label(described)}.")
    return server.memory(REMOTE_RDP).known[key]


def _candidates(server, endpoint: int) -> Sequence[dict]:
    return _identified(
        server.backend.records(
            f"{VAULT_ENDPOINT.endpoint}/{endpoint}/remote-rdp-jump-item-candidates", paged=False
        )
    )


def _linked(server, endpoint: int) -> Sequence[dict]:
    return _identified(server.backend.records(REMOTE_RDP.endpoint, endpoint_id=endpoint))


_ITEMS = {"remote_rdp": _linked, "remote_rdp_candidates": _candidates}
