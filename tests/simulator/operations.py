"""The operations that the vendors' documents describe, and how often each was called in this
process.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import argparse
import atexit
import json
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .switching import Switching


@dataclass(frozen=True)
class Operation:
    """One operation: its platform, its name, and the request by which a simulated server recognises
    it.
    """

    platform: str
    name: str
    recognised_by: str = ""


def _simplehelp() -> list[Operation]:
    """The 38 operations of the SimpleHelp Integration API, in the order of its document."""
    plain = """
        technicians/list technicians/new technicians/get technicians/set technicians/remove technicians/password/set
        technicians/totp/remove groups/list groups/new groups/get groups/set groups/remove groups/password/set
        groups/permissions/get groups/permissions/set machines/list machines/get machines/set machines/hardware/get
        machines/monitoring/get machines/notes/get machines/notes/set machines/properties/get machines/properties/set
        machines/properties/remove machinegroups/properties/get machinegroups/properties/set server/tech-restrictions/get
        server/tech-restrictions/new server/tech-restrictions/remove server/backup server/hostname/get server/hostname/set
        history/list alerts/list support/queue/list support/sessions/list access/sessions/list
    """.split()
    unusual = {
        "groups/set": "groups/set, or groups/get with attributes (switch path_style)",
        "machinegroups/properties/set": "machinegroups/properties/set, or .../get with a value (switch path_style)",
        "server/hostname/set": "server/hostname/set, or server/hostname/get with a hostname (switch path_style)",
        "server/backup": "the path in the switch backup_path",
    }
    return [Operation("simplehelp", name, unusual.get(name, name)) for name in plain]


def _beyondtrust() -> list[Operation]:
    """What the Remote Support guide and the page of PRA's command API describe beside the
    Configuration API.
    """
    commands = """
        get_api_info check_health get_appliances set_failover_role get_logged_in_reps set_rep_status get_support_teams generate_session_key
        join_session transfer_session leave_session send_chat_message create_virtual_customer set_session_attributes get_session_attributes
        terminate_session get_connected_client_list get_connected_clients
    """.split()
    shortcuts = """
        local_jump remote_jump remote_vnc local_vnc remote_rdp local_rdp shell_jump vpro web_jump protocol_tunnel
    """.split()
    reports = """
        SupportSession SupportSessionListing SupportSessionSummary SupportSessionRecording ShowMyScreenRecording CommandShellRecording
        PresentationSession PresentationSessionListing PresentationSessionRecording SupportCustExitSurvey SupportRepExitSurvey SupportTeam
        ArchiveListing Archive LicenseUsage EndpointLicenseUsage
    """.split()
    scripts = """
        login generate_session_key push_and_start_local push_and_start_remote start_jump_item_session start_rdp_session start_vnc_session
        start_shell_jump_session start_vpro_session
    """.split()
    names = [
        "POST /oauth2/token",
        "GET /check_health",
        "GET /api/command.xsd",
        "GET /api/reporting.xsd",
        "GET /api/backup",
    ]
    names += [f"command {name}" for name in commands] + [
        f"command import_jump_shortcut {name}" for name in shortcuts
    ]
    names += [f"report {name}" for name in reports] + [f"script {name}" for name in scripts]
    names += [f"start_session {name}" for name in ("representative", "session_key", "issue")]
    names += [f"state {name}" for name in ("connect", "authenticate", "subscribe")]
    return [Operation("beyondtrust", name) for name in names]


_KEPT = """
    jump-client jump-client/installer jump-item-role jump-item/remote-rdp jump-item/shell-jump jump-item/remote-vnc jump-group jumpoint
    jump-policy team user group-policy security-provider vault/account vault/account-group vault/account-policy endpoint-automation/job
    endpoint-automation/resource endpoint-automation/script endpoint-automation/endpoint api-account
""".split()
_KEPT_BY = {
    "rs": ["rep-status"],
    "pra": """
        jump-item/psql-tunnel-jump jump-item/mysql-tunnel-jump jump-item/web-jump jump-item/protocol-tunnel-jump
        jump-item/network-tunnel-jump vendor
    """.split(),
}
_MEMBERS = (
    ("jump-group", "user", "user_id"),
    ("jumpoint", "user", "user_id"),
    ("team", "user", "user_id"),
    ("group-policy", "jumpoint", "jumpoint_id"),
    ("group-policy", "member", "member_id"),
    ("group-policy", "jump-group", "jump_group_id"),
    ("group-policy", "team", "team_id"),
    ("group-policy", "vault-account", "account_id"),
    ("group-policy", "vault-account-group", "account_group_id"),
    ("vault/account", "user", "user_id"),
    ("vault/account-group", "user", "user_id"),
    ("vault/account-group", "account", "account_id"),
)
_MORE = """
    session-policy vault/endpoint openapi.yaml cli/{platform} user/provision user/{id}/group-policies jump-policy/{id}/schedule
    jumpoint/{id}/installer jumpoint/{id}/node jump-client/{id}/copy jump-client/installer/{installer_id}/{platform} group-policy/{id}/copy
    group-policy/{id}/provision vault/account/{id}/check-out vault/account/{id}/check-in vault/account/{id}/force-check-in
    vault/account/{id}/rotate vault/account/{id}/jump-item-association vault/account/{id}/jump-item-association/jump-item
    vault/account/{id}/jump-item-association/shared-jump-group vault/account-group/{id}/jump-item-association
    vault/account-group/{id}/jump-item-association/jump-item vault/account-group/{id}/jump-item-association/shared-jump-group
    vault/endpoint/{id}/remote-rdp-jump-item-candidates vault/endpoint/{id}/remote-rdp-jump-item-association
    endpoint-automation/job/{id}/execution endpoint-automation/script/{id}/resource
""".split()
_MORE_BY = {
    "rs": ["public-portal"],
    "pra": """
        jump-approval/{user_id} jump-approval/{user_id}/view/{id} jump-approval/approve jump-approval/request user/{id}/group-policy-changes
        vendor/{id}/reactivate vendor/{id}/user/{user_id}/reactivate
    """.split(),
}


def _configuration(product: str) -> list[Operation]:
    """The paths of a BeyondTrust product's Configuration API, below /api/config/v1."""
    kept = _KEPT + _KEPT_BY[product]
    members = _MEMBERS + ((("vendor", "user", "user_id"),) if product == "pra" else ())
    paths = [*kept, *(f"{name}/{{id}}" for name in kept)]
    paths += [f"{name}/{{id}}/copy" for name in kept if name.startswith("jump-item/")]
    for parent, name, key in members:
        paths += [f"{parent}/{{id}}/{name}", f"{parent}/{{id}}/{name}/{{{key}}}"]
    return [
        Operation(f"beyondtrust_{product}", f"/{path}")
        for path in sorted(paths + _MORE + _MORE_BY[product])
    ]


def _screenconnect() -> list[Operation]:
    """The 11 methods of ScreenConnect's extension RESTful API Manager, in the order of its page."""
    names = """
        AddNoteToSession CreateSession GetSessionBySessionID GetSessionDetailsBySessionID GetSessionsByFilter GetSessionsByName SendCommandToSession
        SendMessageToSession SendToolboxItemToSession UpdateSessionCustomProperties UpdateSessionName
    """.split()
    return [Operation("screenconnect", name, name) for name in names]


def _fastx() -> list[Operation]:
    """The 38 operations of the FastX API, version 3, by their paths on the page that describes
    them, and in its order.
    """
    paths = """
        /v3/api /v3/api/config /v3/api/xrdp/config /v3/api/user/login /v3/api/user/login/public-key
        /v3/api/user/login/keyboard-interactive /v3/api/user/login/password /v3/api/user/login/public-key/signed /v3/api/user/profile
        /v3/api/user/logout /v3/api/user/admin /v3/api/user/keepalive /v3/api/session/connect /v3/api/session/disconnect
        /v3/api/session/exec /v3/api/session/list /v3/api/session/list/count /v3/api/session/log /v3/api/session/params
        /v3/api/session/schedule /v3/api/session/screenshot /v3/api/session/shortcut /v3/api/session/start
        /v3/api/session/start/bookmark /v3/api/session/terminate /v3/api/bookmark/list /v3/api/bookmark/edit /v3/api/bookmark/delete
        /v3/api/share/list /v3/api/share/connect /v3/api/share/edit /v3/api/share/email /v3/api/share/delete /v3/api/share/reset
        /v3/system/session/profile /v3/system/session/count /v3/system/session/list /v3/system/server/list
    """.split()
    return [Operation("fastx", path, path) for path in paths]


OPERATIONS: tuple[Operation, ...] = (
    *_simplehelp(),
    *_beyondtrust(),
    *_configuration("rs"),
    *_configuration("pra"),
    *_screenconnect(),
    *_fastx(),
)
"""Every operation of every simulated vendor."""

called: Counter[tuple[str, str]] = Counter()
"""(platform, operation name) -> how often a simulated server in this process carried it out;
("<platform> switches", a switch) -> how often it was asked while the switch was turned.
"""

_KNOWN = {(operation.platform, operation.name) for operation in OPERATIONS}


def mark(platform: str, name: str, client: str | None = "") -> None:
    """Count an operation that was carried out (not refused). A name that is no operation of the
    document is left out.

    With None for the client nothing is counted: what it asked for is undone again.
    """
    if (platform, name) in _KNOWN and client is not None and _counts(client):
        called[platform, name] += 1


def mark_switches(platform: str, switches: Switching, client: str) -> None:
    """Count the switches that are turned while a client asks, if anybody wants to know."""
    if os.environ.get("SIMULATOR_CALLS") and _counts(client):
        called.update((f"{platform} switches", switch) for switch in switches.turned())


def _counts(client: str) -> bool:
    """Tell whether a client's requests count: by its User-Agent, where SIMULATOR_CALLS_BY is set.
    The simulator's own tests are not the plugins'.
    """
    return client.startswith(os.environ.get("SIMULATOR_CALLS_BY", ""))


def write_calls() -> None:
    """Write this process's counts into the directory that the environment variable SIMULATOR_CALLS
    names, if it does.
    """
    directory = os.environ.get("SIMULATOR_CALLS")
    if not directory or not called:
        return
    Path(directory).mkdir(parents=True, exist_ok=True)
    counts: dict[str, dict[str, int]] = {}
    for (platform, name), number in called.items():
        counts.setdefault(platform, {})[name] = number
    with tempfile.NamedTemporaryFile("w", dir=directory, suffix=".partial", delete=False) as file:
        json.dump(counts, file)
    os.replace(file.name, Path(directory, f"calls-{os.getpid()}-{_started}.json"))


def read_calls(directory: str | Path) -> Counter[tuple[str, str]]:
    """The counts of all processes that wrote into `directory`, summed up."""
    total: Counter[tuple[str, str]] = Counter()
    for path in Path(directory).glob("calls-*.json"):
        for platform, counts in json.loads(path.read_text()).items():
            for name, number in counts.items():
                total[platform, name] += number
    return total


def table(calls: Counter[tuple[str, str]]) -> str:
    """A line per operation with the number of calls, and a line per platform that sums up."""
    lines = []
    for platform in dict.fromkeys(operation.platform for operation in OPERATIONS):
        names = [operation.name for operation in OPERATIONS if operation.platform == platform]
        lines += [f"{platform:<15} {name:<74} {calls[platform, name]:>7}" for name in names]
        reached = sum(1 for name in names if calls[platform, name])
        lines.append(f"{platform:<15} {reached} of {len(names)} operations called")
    return "\n".join(lines)


_started = os.urandom(4).hex()  # process numbers are used again, so they alone do not name a file
os.register_at_fork(after_in_child=called.clear)  # or the parent's calls would be counted twice
atexit.register(write_calls)


def main(arguments: list[str]) -> int:
    """Print the table for a directory of counts."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulator.operations", description=main.__doc__
    )
    parser.add_argument("directory", help="the directory that SIMULATOR_CALLS named during the run")
    print(table(read_calls(parser.parse_args(arguments).directory)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
