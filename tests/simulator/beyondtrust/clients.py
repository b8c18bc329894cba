"""The clients that are connected to a simulated BeyondTrust appliance, as its command API lists
them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from . import configuration
from .answers import element
from .calls import CallError, broken, flag
from .health import iso
from .site import CLIENT_TYPES

MOST_IDS = 100
"""The most ids that one call of get_connected_clients takes."""

_ATTRIBUTES = {
    "representative": (
        "user_id",
        "type",
        "username",
        "public_display_name",
        "private_display_name",
        "start_session_url",
        "presentation_count",
        "support_session_count",
        "showing_on_rep_list",
        "routing_idle",
        "routing_busy",
        "routing_enabled",
        "routing_available",
        "support_license",
        "support_session_ids",
    ),
    "support_customer": ("name", "non_interactive", "lsid"),
    "presentation_attendee": ("name",),
    "push_agent": ("name",),
}
"""What only clients of a type have, in the guide's order; an attribute that a client does not have
is left out.
"""


def get_connected_client_list(appliance, parameters: dict[str, str], account: dict):
    """The answer to get_connected_client_list: a summary per appliance, and the clients unless only
    the summary is asked for.
    """
    types, only_summary = _types(parameters), flag(parameters, "summary_only")
    clients = [client for client in appliance.site["clients"] if client["type"] in types]
    counts = {each: sum(client["type"] == each for client in clients) for each in types}
    if types == CLIENT_TYPES:
        counts["pinned_client"] = sum(
            client.get("connection_type") == "active"
            for client in configuration.find(appliance, "jump-client")
        )
    summary = element(
        "appliance_summary",
        [element("count", number, type=each) for each, number in counts.items()],
        id=appliance.site["health"]["guid"],
    )
    shown = [element("connected_client_summary", [summary])]
    if not only_summary:
        shown += [
            element("connected_client", type=client["type"], id=client["id"]) for client in clients
        ]
    return element("connected_client_list", shown)


def get_connected_clients(appliance, parameters: dict[str, str], account: dict):
    """The answer to get_connected_clients: an element per client, with its connections where they
    are asked for.
    """
    types, connections = _types(parameters), flag(parameters, "include_connections")
    ids = parameters["id"].split(",") if "id" in parameters else None
    if ids is not None and len(ids) > MOST_IDS:
        raise CallError(f"At most {MOST_IDS} ids are supported")
    chosen = [
        client
        for client in appliance.site["clients"]
        if client["type"] in types and (ids is None or str(client["id"]) in ids)
    ]
    return element(
        "connected_clients", [_client(appliance, client, connections) for client in chosen]
    )


def _types(parameters: dict[str, str]) -> tuple[str, ...]:
    """The client types asked for, in the guide's order."""
    asked = parameters.get("type", "all").split(",")
    unknown = [each for each in asked if each not in ("all", *CLIENT_TYPES)]
    if unknown:
        raise broken(f"type is all or some of {', '.join(CLIENT_TYPES)}")
    return CLIENT_TYPES if "all" in asked else tuple(each for each in CLIENT_TYPES if each in asked)


def _client(appliance, client: dict, connections: bool):
    since = {
        "connected_since": element(
            "connected_since",
            iso(client["connected_since_ms"]),
            ts=client["connected_since_ms"] // 1000,
        )
    }
    shown = []
    if connections:
        connection = element(
            "client_connection",
            [
                element("appliance_id", appliance.site["health"]["guid"]),
                element("purpose", "primary"),
                element("receive_traffic_node", 0),
                element(
                    "connected_since",
                    iso(client["connected_since_ms"]),
                    ts=client["connected_since_ms"] // 1000,
                ),
                element("private_ip", client["private_ip"]),
            ],
        )
        events = element(
            "event_log",
            [element("event", event["text"], ts=event["ts"]) for event in client["events"][-20:]],
        )
        shown.append(element("client_connections", [connection, events]))
    shown += [
        element("hostname", client["hostname"]),
        element("platform", client["platform"]["name"], id=client["platform"]["id"]),
        element("timezone_offset", client["timezone_offset"]),
    ]
    if connections:
        shown.append(since["connected_since"])
    for name in _ATTRIBUTES[client["type"]]:
        if name in client["attributes"]:
            value = client["attributes"][name]
            shown.append(
                element(
                    name,
                    [element("lsid", each) for each in value]
                    if name == "support_session_ids"
                    else value,
                )
            )
    return element(f"connected_{client['type']}", shown, id=client["id"])
