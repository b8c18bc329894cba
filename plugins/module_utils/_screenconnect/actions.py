"""What ScreenConnect does on request: commands, messages, notes and toolbox items, on many sessions
side by side.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._core.errors import Error, Incomplete, InputError, OutcomeUnknown
from .._core.once import act
from .._core.server import Server
from .api import Backend
from .commands import SHELLS, Command, Output, send, shell_of, wait
from .records import ADDED_NOTE, PROCESSED, QUEUED_MESSAGE, QUEUED_TOOL
from .sessions import TARGETS, meant

COMMAND_SPEC = {
    **TARGETS,
    "command": {"type": "str", "required": True},
    "shell": {"type": "str", "choices": ["default", *SHELLS], "default": "default"},
    "command_timeout": {"type": "int", "default": 60},
    "max_length": {"type": "int", "default": 100_000},
    "wait_timeout": {"type": "float"},
    "creates": {"type": "str"},
    "removes": {"type": "str"},
    "when_offline": {"type": "str", "choices": ["queue", "refuse"], "default": "queue"},
}
MESSAGE_SPEC = {
    **TARGETS,
    "text": {"type": "str", "required": True},
    "by_host": {"type": "str", "default": "Ansible"},
}
NOTE_SPEC = {**TARGETS, "note": {"type": "str", "required": True}}
TOOLBOX_ITEM_SPEC = {**TARGETS, "toolbox_item": {"type": "str", "required": True}}
# Seconds that a command's output may take on its way, beyond the time that the guest gives the
# command.
DELIVERY = 60.0
# What is said of a session on which a command did not do what was asked.
FATES = {
    "failed": "the exit status is {status}",
    "killed": "its guest killed it, as it took longer than command_timeout, or than the guest allows",
    "truncated": "its guest cut its output, which is longer than max_length, or than the guest allows, so that the exit status is not known",
    "broken_off": (
        "its output ends before the exit status, which is not known: it ended its own shell, what it said was lost, its guest killed it or cut its output and "
        "says so in words that are not known, or only its first line was run"
    ),
}


def run_command(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Run a command on the guests of sessions and return its output on each. Raises Incomplete
    where it did not succeed on all.
    """
    command = Command.marked(
        params["command"],
        params["command_timeout"],
        params["max_length"],
        params["creates"],
        params["removes"],
    )
    patience = (
        params["command_timeout"] + DELIVERY
        if params["wait_timeout"] is None
        else params["wait_timeout"]
    )
    if not patience >= 0:
        raise InputError("wait_timeout must not be negative.")
    backend, records = server.backend, meant(server, params["sessions"], params["type"])
    results = {
        record["SessionID"]: _result(record, status="not_sent", rc=None, stdout="", stdout_lines=[])
        for record in records
    }
    left_out = [
        record for record in records if params["when_offline"] == "refuse" and not record["Online"]
    ]
    for record in left_out:
        results[record["SessionID"]]["msg"] = "its guest is offline, so nothing was sent"
    shells = _shells(
        command, [record for record in records if record not in left_out], params["shell"]
    )
    if check_mode:
        for identifier in shells:
            results[identifier]["changed"] = True
    else:
        sent = _send_to_all(backend, command, shells, results)
        outputs = wait(backend, sent, command, patience) if sent and patience else {}
        for record in records:
            if record["SessionID"] in outputs:
                _tell_output(
                    backend,
                    results[record["SessionID"]],
                    outputs[record["SessionID"]],
                    record,
                    patience,
                )
    return _outcome("send_command", "The command", list(results.values()))


def send_message(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Show a message to whoever sits at the guests of sessions."""
    text = _given("text", params["text"])

    def deliver(record: dict) -> bool:
        return _queued(
            server.backend,
            record,
            "SendMessageToSession",
            [params["by_host"], text],
            QUEUED_MESSAGE,
        )

    return _on_all(server, params, check_mode, deliver, "send_message", "The message")


def send_toolbox_item(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Run an item of the server's toolbox on the guests of sessions."""
    name = _given("toolbox_item", params["toolbox_item"])

    def deliver(record: dict) -> bool:
        return _queued(server.backend, record, "SendToolboxItemToSession", [name], QUEUED_TOOL)

    return _on_all(server, params, check_mode, deliver, "send_toolbox_item", "The toolbox item")


def add_note(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Add a note to sessions that do not have it."""
    text, backend = _given("note", params["note"]), server.backend

    def noted(record: dict) -> bool:
        found = backend.details(record["SessionID"])
        notes = [event["Data"] for event in found["Events"] if event["EventType"] == ADDED_NOTE]
        session = found.get("Session")
        notes += (
            [session["Notes"]]
            if isinstance(session, dict) and isinstance(session.get("Notes"), str)
            else []
        )
        return _plain(text) in map(_plain, notes)

    def deliver(record: dict) -> bool:
        if noted(record):
            return False
        if not check_mode:
            try:
                _sent(
                    backend, "AddNoteToSession", [record["SessionID"], text], lambda: noted(record)
                )
            except OutcomeUnknown as exc:
                if exc.facts.get("status") == 500:
                    raise OutcomeUnknown(
                        f"{exc} Notes need version 1.0.6 of the extension RESTful API Manager.",
                        **exc.facts,
                    ) from None
                raise
        return True

    return _on_all(server, params, False, deliver, "add_note", "The note")


def _on_all(server, params, check_mode, deliver: Callable[[dict], bool], action, what) -> dict:
    """Do something on all sessions that are meant, side by side; ``deliver`` tells whether it has
    changed something.
    """
    records = meant(server, params["sessions"], params["type"])
    results = [_result(record) for record in records]
    answers = (
        [True] * len(records) if check_mode else _side_by_side(server.backend, deliver, records)
    )
    for result, answer in zip(results, answers, strict=True):
        if isinstance(answer, Error):
            result.update(changed=not answer.nothing_done, msg=server.session.redact(answer))
        elif answer is None:
            result["msg"] = "it was not tried"
        else:
            result["changed"] = answer
    return _outcome(action, what, results)


def _shells(command: Command, records, wanted) -> dict[str, str]:
    """Return which shell runs a command on each session. Raises InputError, before anything is
    sent, for what one cannot do.
    """
    shells = {}
    for record in records:
        try:
            shells[record["SessionID"]] = shell_of(record, wanted)
            command.for_shell(shells[record["SessionID"]])
        except InputError as exc:
            raise InputError(f"{record['Name']} ({record['SessionID']}): {exc}") from None
    return shells


def _send_to_all(backend, command, shells, results) -> list[str]:
    """Send a command to sessions, side by side; returns those to which it was sent, and notes in
    the results why it was not to the others.
    """

    def deliver(identifier: str) -> None:
        send(backend, identifier, command, shells[identifier])
        results[identifier].update(changed=True, status="queued")

    answers = _side_by_side(backend, deliver, shells)
    for identifier, answer in zip(shells, answers, strict=True):
        if isinstance(answer, Error):
            doubt = not answer.nothing_done
            results[identifier].update(
                changed=doubt,
                status="unknown" if doubt else "not_sent",
                msg=backend.session.redact(answer),
            )
        elif results[identifier]["status"] == "not_sent":
            results[identifier]["msg"] = "it was not tried"
    return [identifier for identifier in shells if results[identifier]["status"] == "queued"]


def _side_by_side(backend: Backend, function: Callable, items) -> list:
    """Return a result, or an Error, for each item in order; None for those that were not begun
    after an exchange had broken.

    What the server answered, if only with a failure, keeps nobody from asking for the others.
    """

    def call(item):
        try:
            return function(item)
        except OutcomeUnknown as exc:
            if "status" not in exc.facts:
                raise
            return exc

    return backend.session.side_by_side(call, items)


def _tell_output(backend: Backend, result, output: Output | Error | None, record, seconds) -> None:
    """Note in a session's result what has become of the command."""
    if isinstance(output, Output):
        result.update(
            status=output.fate,
            changed=output.fate != "skipped",
            rc=output.status,
            stdout=output.stdout,
            stdout_lines=output.stdout.splitlines(),
        )
        if output.fate in FATES:
            result["msg"] = FATES[output.fate].format(status=output.status)
    elif isinstance(output, Error):
        result["msg"] = (
            f"it was sent, but its output cannot be read: {backend.session.redact(output)}"
        )
    elif record["Online"]:
        result["msg"] = (
            f"there is no output of it after {seconds:g} s. The command is still queued or running, or nothing is left of its output"
        )
    else:
        result["msg"] = (
            f"there is no output after {seconds:g} s, as its guest is offline. The command is still queued, and may run later"
        )


def _queued(backend: Backend, record, method, parameters, kind) -> bool:
    """Call a method that queues something for a session's guest, and see that the session has a new
    event of that kind, or of its counterpart.
    """
    identifier = record["SessionID"]
    known = {event["EventID"] for event in backend.events(identifier)}

    def shown() -> bool:
        return any(
            event["EventType"] in (kind, kind + PROCESSED) and event["EventID"] not in known
            for event in backend.events(identifier)
        )

    return _sent(backend, method, [identifier, *parameters], shown)


def _sent(backend: Backend, method, parameters: Sequence, shown: Callable[[], bool]) -> bool:
    """Call a method once, and see that the server shows its effect. Raises OutcomeUnknown or
    ServerError if it does not.
    """
    act(
        backend.session,
        lambda: backend.tell(method, *parameters),
        lambda: backend.patiently(shown, bool),
        lambda: f"the session shows no sign of {method}.",
    )
    return True


def _result(record, **more) -> dict:
    return {"id": record["SessionID"], "name": record["Name"], "changed": False, **more}


def _outcome(action, what, results) -> dict:
    """Return the result of a module from those of the sessions. Raises Incomplete if there is
    something to be said of one of them.
    """
    changes = [
        {"action": action, "kind": "session", "name": result["name"], "fields": []}
        for result in results
        if result["changed"]
    ]
    facts = {"changed": bool(changes), "changes": changes, "sessions": results}
    wrong = [result for result in results if "msg" in result]
    if wrong:
        told = "; ".join(
            f"{result['name']} ({result['id']}): {result['msg'].rstrip('.')}"
            for result in wrong[:5]
        )
        more = f"; and {len(wrong) - 5} more" if len(wrong) > 5 else ""
        raise Incomplete(
            f"{what} did not succeed on {len(wrong)} of {len(results)} sessions: {told}{more}.",
            **facts,
        )
    return facts


def _given(option, text) -> str:
    if not text.strip():
        raise InputError(f"{option} must not be empty.")
    return text


def _plain(text) -> str:
    """Return a note without what differs from guest to guest and server to server: line ends, and
    blanks around it.
    """
    return text.replace("\r\n", "\n").strip()
