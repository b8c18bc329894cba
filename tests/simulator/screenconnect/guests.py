"""What guests do with the commands, messages and toolbox items that are queued for them."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .site import CONNECTED, GUEST, PROCESSED, QUEUED_COMMAND, RAN_COMMAND, add_event, live


def queue(server, session: dict, kind: int, data: str, host: str = "") -> None:
    """Queue something for the guest of a session, who takes it when connected. Without a host it is
    the user whose name the extension is set to.
    """
    event = add_event(
        server.site, session, kind, server.clock.now_ms(), data, host or server.site["user_name"]
    )
    session["queue"].append(event["EventID"])
    settle(server)


def settle(server) -> None:
    """Let guests take what is queued for them, and let outputs that are due by now be there."""
    for session_id, session in server.site["sessions"].items():
        if session["queue"]:
            _take(server, session_id, session)
        if session["running"]:
            _tell(server, session)


def _take(server, session_id: str, session: dict) -> None:
    now, connections = server.clock.now_ms(), live(session, GUEST)
    if not connections:
        return
    connection_id = connections[0]["ConnectionID"]
    connected_ms = max(
        (
            each["Time"]
            for each in session["events"]
            if (each["EventType"], each["ConnectionID"]) == (CONNECTED, connection_id)
        ),
        default=0,
    )
    for event in [each for each in session["events"] if each["EventID"] in session["queue"]]:
        taken_ms = max(event["Time"], connected_ms) + _ms(server.switches.delivery_seconds)
        if taken_ms > now:
            continue
        session["queue"].remove(event["EventID"])
        if event["EventType"] != QUEUED_COMMAND or server.switches.processed_command_event:
            add_event(
                server.site,
                session,
                PROCESSED[event["EventType"]],
                taken_ms,
                connection_id=connection_id,
            )
        if event["EventType"] == QUEUED_COMMAND:
            job = {
                "EventID": event["EventID"],
                "taken_ms": taken_ms,
                "due_ms": None,
                "output": None,
            }
            session["running"].append(job)
            server.shells.start(session_id, session, event["Data"], job)


def _tell(server, session: dict) -> None:
    now, site, switches = server.clock.now_ms(), server.site, server.switches
    for job in [
        each for each in session["running"] if each["output"] is not None and each["due_ms"] <= now
    ]:
        session["running"].remove(job)
        connection_id = next((each["ConnectionID"] for each in live(session, GUEST)), "")

        def ran(data: str, when: int = job["due_ms"], connection_id: str = connection_id) -> None:
            add_event(site, session, RAN_COMMAND, when, data, connection_id=connection_id)

        for number in range(switches.foreign_outputs):
            ran(f"Somebody else's output {number + 1}\r\n")
        for piece in _pieces(job["output"], switches.output_events):
            ran(piece)
        for number in range(switches.foreign_outputs):
            ran(f"Somebody else's later output {number + 1}\r\n")


def _pieces(output: str, number: int) -> list[str]:
    lines = output.splitlines(keepends=True) or [""]
    size = -(-len(lines) // max(number, 1))
    return ["".join(lines[start : start + size]) for start in range(0, len(lines), size)]


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
