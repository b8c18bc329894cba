"""The command API of a simulated BeyondTrust appliance."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..operations import mark
from ..wire import Answer
from .answers import element, xml_answer
from .calls import Call, CallError, check_names, denied, error_answer, namespace
from .clients import get_connected_client_list, get_connected_clients
from .failover import set_failover_role
from .health import check_health, get_appliances
from .shortcuts import import_jump_shortcut, select
from .site import PERMISSIONS, PERMISSIONS_SINCE


def get_api_info(appliance, parameters: dict[str, str], account: dict):
    """The answer to get_api_info, with the permissions of the account that asks."""
    shown = [element("api_version", api_version(appliance.product, appliance.version))]
    if _numbers(appliance.version) < (24, 3):
        shown.append(element("company_name", appliance.site["company_name"]))
    permissions = [
        element("permission", account["permissions"][name], name=name)
        for name in PERMISSIONS[appliance.product]
        if _numbers(appliance.version) >= PERMISSIONS_SINCE.get(name, ())
    ]
    return element(
        "api_information",
        [
            *shown,
            element("timestamp", appliance.clock.now_ms() // 1000),
            element("permissions", permissions),
        ],
    )


_UNTIL_22_2 = (
    ((19, 1), "1.19.0"),
    ((19, 2), "1.19.2"),
    ((21, 1), "1.21.0"),
    ((21, 3), "1.21.1"),
    ((22, 1), "1.22.1"),
    ((22, 2), "1.22.2"),
)
_SINCE_24_1 = (((24, 1), "1.24.1"), ((25, 1), "1.25.0"))
_API_VERSIONS = {
    "rs": (*_UNTIL_22_2, ((23, 1), "1.23.1"), *_SINCE_24_1),
    "pra": (*_UNTIL_22_2, ((23, 1), "1.22.3"), ((23, 3), "1.23.1"), *_SINCE_24_1),
}
"""By product: since which version of it the API has which version. The guide's table up to 22.2,
the vendor's change log up to 24.3; 1.25.0 was seen on a live RS site in November 2025, and that PRA
has it too, and that it came with 25.1, is a guess.
"""


def api_version(product: str, version: str) -> str:
    """The version of the API in a version of the product: that of the newest row which the version
    has reached.
    """
    reached = [api for since, api in _API_VERSIONS[product] if _numbers(version) >= since]
    return reached[-1] if reached else _API_VERSIONS[product][0][1]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


@dataclass(frozen=True)
class Command:
    """A command of the guide.

    `carry_out` is None where the simulator does not know it yet. `parameters` are those beside
    `action`, None where `carry_out` checks them itself. `list_root` is the root of the list that it
    answers with, if it does.
    """

    carry_out: Callable | None = None
    parameters: tuple[str, ...] | None = ()
    writes: bool = False
    list_root: str = ""


COMMANDS = {
    "get_api_info": Command(get_api_info),
    "check_health": Command(check_health),
    "get_appliances": Command(get_appliances, list_root="appliances"),
    "get_connected_client_list": Command(
        get_connected_client_list, ("type", "summary_only"), list_root="connected_client_list"
    ),
    "get_connected_clients": Command(
        get_connected_clients, ("type", "id", "include_connections"), list_root="connected_clients"
    ),
    "set_failover_role": Command(
        set_failover_role, ("role", "data_sync_first", "force"), writes=True
    ),
    "import_jump_shortcut": Command(import_jump_shortcut, None, writes=True),
    "get_logged_in_reps": Command(),
    "get_support_teams": Command(),
    "get_session_attributes": Command(),
    **{
        name: Command(writes=True)
        for name in (
            "set_rep_status",
            "generate_session_key",
            "join_session",
            "transfer_session",
            "leave_session",
            "send_chat_message",
            "create_virtual_customer",
            "set_session_attributes",
            "terminate_session",
        )
    },
}
INVALID_ACTION = "Invalid action"
"""What a live appliance says to a command that it does not know."""
_MISPRINTED = "import_jump_shortcuts"  # in the guide's list of actions
_ON_PRA = {
    "join_session",
    "set_session_attributes",
    "get_session_attributes",
    "import_jump_shortcut",
    "terminate_session",
    "check_health",
    "get_api_info",
}
_ON_PRA_LATER = {
    "get_logged_in_reps",
    "get_connected_client_list",
    "get_connected_clients",
    "set_failover_role",
}


def asks_for_change(action: str) -> bool:
    """Whether a command needs full access."""
    return action in COMMANDS and COMMANDS[action].writes


def answer(appliance, account: dict, call: Call, entry) -> Answer:
    """Carry out a command for an account. Raises Refused where the account may not."""
    action = call.parameters.get("action", "")
    access = account["permissions"]["perm_command"]
    if access == "deny" or access == "read_only" and asks_for_change(action):
        raise denied(appliance.switches, "command", "perm_command")
    command = COMMANDS.get(action)
    try:
        if call.error is not None:
            raise call.error
        parameters = {name: value for name, value in call.parameters.items() if name != "action"}
        if command is None:
            raise CallError(INVALID_ACTION, violation=action != _MISPRINTED)
        if appliance.product == "pra" and action not in _ON_PRA | (
            _ON_PRA_LATER if appliance.switches.pra_commands == "guide" else set()
        ):
            raise CallError(INVALID_ACTION)
        if command.carry_out is None:
            raise CallError("The simulator does not know this action yet")
        if command.parameters is not None:
            check_names(appliance.switches, parameters, command.parameters, action)
        root = command.carry_out(appliance, parameters, account)
    except CallError as error:
        if error.violation:
            appliance.journal.violate(entry, error.reason)
        return error_answer(
            appliance.switches, "command", error.reason, command.list_root if command else ""
        )
    operation = (
        f"{action} {select(appliance, parameters)[0].name}"
        if action == "import_jump_shortcut"
        else action
    )
    mark("beyondtrust", f"command {operation}", entry.client)
    return xml_answer(root, namespace(appliance.switches, "command"))
