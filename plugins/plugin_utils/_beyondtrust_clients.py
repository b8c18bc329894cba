"""The clients that are connected to a BeyondTrust appliance right now, as its command API tells of
them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import Backend
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.command import command
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.markup import (
    find,
    local,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import ServerError

# Remote Support 22.2 API guide, "API Command: get_connected_clients".
TYPES = ("representative", "support_customer", "presentation_attendee", "push_agent")
MOST_IDS = 100
KIND = "connected_{}"  # as the guide calls the elements


def connected_clients(backend: Backend, types: Sequence[str]) -> list[dict]:
    """Return the clients of some types, each with what its element tells, texts all, and its kind.

    Takes a request for the list, and one for each hundred of its clients. Who left between the two
    is left out.
    """
    session = backend.session
    ids = _listed(session, types)
    batches = [ids[first : first + MOST_IDS] for first in range(0, len(ids), MOST_IDS)]
    found = [
        client
        for clients in backend.session.each(lambda batch: _told(session, types, batch), batches)
        for client in clients
    ]
    missing = set(ids) - {client["id"] for client in found}
    if missing and (kept := missing & set(_listed(session, types))):
        raise ServerError(
            f"The command get_connected_clients tells nothing of {len(kept)} clients that are connected: its answer is not to be trusted."
        )
    return found


def _listed(session, types) -> list[str]:
    """Return the ids of the clients that are connected."""
    action = "get_connected_client_list"
    root = _asked(session, action, "connected_client_list", types)
    counts: Counter[str] = Counter()
    for appliance in root.iterfind(".//{*}appliance_summary"):
        for count in appliance.iterfind("{*}count"):
            counts[count.get("type")] += (
                int(text) if (text := (count.text or "").strip()).isdecimal() else 0
            )
    clients = [
        client for client in root.iterfind("{*}connected_client") if client.get("type") in types
    ]
    listed = Counter(client.get("type") for client in clients)
    if (
        find(root, "connected_client_summary") is None
        or any(counts[name] != listed[name] for name in types)
        or not all(client.get("id") for client in clients)
    ):
        raise ServerError(
            f"The command {action} counts other clients than it lists: its answer is not to be trusted."
        )
    return list(dict.fromkeys(client.get("id") for client in clients))


def _told(session, types, ids) -> list[dict]:
    """Return what is told of the clients with these ids."""
    root = _asked(
        session,
        "get_connected_clients",
        "connected_clients",
        types,
        id=",".join(ids),
        include_connections=1,
    )
    kinds = [KIND.format(name) for name in types]
    return [
        _client(element) for element in root if local(element) in kinds and element.get("id") in ids
    ]


def _asked(session, action, answer, types, **parameters):
    root = command(session, action, type=",".join(types), **parameters)
    if local(root) != answer:
        raise ServerError(
            f"The command {action} answered {local(root)}, where {answer} was expected."
        )
    return root


def _client(element) -> dict:
    client = {"kind": local(element), "id": element.get("id")}
    for child in element:
        if local(child) == "client_connections":
            connections = [_texts(each) for each in child if local(each) == "client_connection"]
            client["connections"] = connections
            if connections and connections[0].get("private_ip"):
                client["private_ip"] = connections[0]["private_ip"]
        elif len(child) or local(child) == "support_session_ids":
            client[local(child)] = [(each.text or "").strip() for each in child]
        else:
            client.update(
                {
                    local(child): (child.text or "").strip(),
                    **({"platform_id": child.get("id")} if local(child) == "platform" else {}),
                }
            )
    return client


def _texts(element) -> dict[str, str]:
    return {local(child): (child.text or "").strip() for child in element}
