"""The journal of a failover drill: what was to be done, what was begun and what it came to, kept so
that no death of the controller loses it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .._backups.times import in_a_name, written
from .._core.errors import Error, InputError
from .._core.files import read_regular
from .._core.shared_files import hold
from .._files.writing import write_whole
from .probes import FILES as PROBES
from .probes import LARGEST

FORMAT = "remoteops.access failover drill 1"
FILE = "journal.json"
PASSED, FAILED, INTERRUPTED = "passed", "failed", "interrupted"  # what a step came to
# The steps that say how a drill ended.
PREFLIGHT, ROLLBACK, ROLLBACK_VERIFICATION = "preflight", "rollback", "rollback_verification"
# How it did.
COMPLETED, NO_GO, RESTORED, NOT_RESTORED = "completed", "no_go", "restored", "not_restored"
LONGEST_WORDS = 2000  # characters of what somebody else says
FILE_MODE = 0o640  # of what a drill keeps
ENTRIES = ("begin", "resume", "step_begins", "step_ends", "end")
ENDS_PROBES = ("resume", "end")  # the probes of a controller that was killed may go on until then
SPEC = {
    "directory": {"type": "path", "required": True},
    "entry": {"type": "str", "choices": list(ENTRIES)},
    "plan": {"type": "list", "elements": "str"},
    "settings": {"type": "dict", "default": {}},
    "step": {"type": "str"},
    "result": {"type": "str", "choices": [PASSED, FAILED]},
    "words": {"type": "list", "elements": "str", "default": []},
    "facts": {"type": "dict", "default": {}},
    "controller": {"type": "int"},
}


def keep_journal(params: Mapping[str, Any], check_mode: bool) -> dict:
    """Make an entry, if one is given, and return the newest journal below a directory; in check
    mode nothing is written.

    Raises InputError for an entry that makes no sense now, and Error for a journal that cannot be
    read or written.
    """
    parent = Path(params["directory"])
    if not parent.is_absolute():
        raise InputError(f"directory must be an absolute path, not {params['directory']!r}.")
    if not params["entry"]:
        return {"changed": False, **_told(newest(parent), parent)}
    try:
        if params["entry"] == "begin" and not check_mode:
            parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        with _locked(parent) if parent.is_dir() else nullcontext():
            journal = _ENTRIES[params["entry"]](newest(parent), params)
            if not check_mode:
                place = parent / journal["drill"]
                place.mkdir(mode=0o750, exist_ok=True)
                write_whole(place / FILE, f"{json.dumps(journal, indent=2)}\n".encode(), FILE_MODE)
                for path in place.glob(PROBES) if params["entry"] in ENDS_PROBES else ():
                    path.with_suffix(".stop").touch(mode=FILE_MODE)
    except OSError as exc:
        raise Error(f"{exc.filename or parent} cannot be written: {exc.strerror or exc}.") from None
    return {"changed": True, **_told(journal, parent)}


def newest(parent: Path) -> dict | None:
    """Return the journal of the newest drill below a directory, None if there was none. Raises
    Error for one that cannot be read.
    """
    found = sorted((path for path in parent.glob(f"*/{FILE}")), key=lambda path: path.parent.name)
    return read(found[-1]) if found else None


def read(path: Path) -> dict:
    """Return the journal in a file. Raises Error where it cannot be read, for nobody knows then
    whether its drill has ended.
    """
    try:
        journal = json.loads(read_regular(path, LARGEST))
        if (
            journal["format"] != FORMAT
            or journal["drill"] != path.parent.name
            or not all({"step", "began_at"} <= set(step) for step in journal["steps"])
        ):
            raise ValueError
        return journal
    except OSError as exc:
        raise Error(f"{path} cannot be read: {exc.strerror or exc}.") from None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Error(
            f"{path} is not the journal of a drill. If that drill is over, move its directory away."
        ) from None


# --- entries --------------------------------------------------------------------------------------------------------------


def _begin(journal, params) -> dict:
    if journal and journal["ended_at"] is None:
        raise InputError(f"The drill {journal['drill']} was not finished.")
    if not params["plan"]:
        raise InputError("plan must tell the steps of the drill.")
    now = datetime.now(UTC)
    return {
        "format": FORMAT,
        "drill": in_a_name(now),
        "began_at": written(now),
        "ended_at": None,
        "outcome": None,
        "plan": params["plan"],
        "settings": dict(params["settings"]),
        "runs": [_run(params, "begin")],
        "steps": [],
    }


def _resume(journal, params) -> dict:
    _check_unfinished(journal)
    if controller_runs(journal):
        raise InputError(
            f"The drill {journal['drill']} is being carried out by process {journal['runs'][-1]['controller']['process']} of this machine."
        )
    steps = [
        step if step["result"] else {**step, "result": INTERRUPTED} for step in journal["steps"]
    ]
    return {**journal, "steps": steps, "runs": [*journal["runs"], _run(params, "resume")]}


def _step_begins(journal, params) -> dict:
    _check_unfinished(journal)
    if under_way(journal):
        raise InputError(f"The step {under_way(journal)['step']} has not ended.")
    if not params["step"]:
        raise InputError("step must tell which step begins.")
    step = {
        "step": params["step"],
        "began_at": written(datetime.now(UTC)),
        "ended_at": None,
        "result": None,
        "words": [],
        "facts": {},
    }
    return {**journal, "steps": [*journal["steps"], step]}


def _step_ends(journal, params) -> dict:
    _check_unfinished(journal)
    step = under_way(journal)
    if not step or params["step"] not in (None, step["step"]) or not params["result"]:
        raise InputError(
            "There must be a step that has begun, and result must tell what it came to."
        )
    ended = {
        **step,
        "ended_at": written(datetime.now(UTC)),
        "result": params["result"],
        "words": [words[:LONGEST_WORDS] for words in params["words"]],
        "facts": dict(params["facts"]),
    }
    return {**journal, "steps": [*journal["steps"][:-1], ended]}


def _end(journal, params) -> dict:
    _check_unfinished(journal)
    if under_way(journal):
        raise InputError(f"The step {under_way(journal)['step']} has not ended.")
    return {**journal, "ended_at": written(datetime.now(UTC)), "outcome": outcome(journal)}


_ENTRIES: dict[str, Callable[[dict | None, Mapping], dict]] = dict(
    zip(ENTRIES, (_begin, _resume, _step_begins, _step_ends, _end), strict=True)
)


def _run(params, how) -> dict:
    return {
        "began_at": written(datetime.now(UTC)),
        "how": how,
        "controller": {
            "host": socket.gethostname(),
            "process": params["controller"],
            "started": _started(params["controller"]),
        },
    }


def _check_unfinished(journal):
    if not journal or journal["ended_at"] is not None:
        raise InputError("There is no drill that was begun and has not ended.")


# --- what a journal says --------------------------------------------------------------------------------------------------


def under_way(journal: Mapping[str, Any]) -> dict | None:
    """Return the step that has begun and not ended, if there is one."""
    return (
        journal["steps"][-1]
        if journal["steps"] and journal["steps"][-1]["result"] is None
        else None
    )


def results(journal: Mapping[str, Any]) -> dict[str, str]:
    """Return what each step came to when it was tried last."""
    return {step["step"]: step["result"] for step in journal["steps"]}


def outcome(journal: Mapping[str, Any]) -> str:
    """Return how a drill ended, by what its steps came to."""
    found = results(journal)
    if found.get(PREFLIGHT) != PASSED:
        return NO_GO
    if ROLLBACK in found:
        return (
            RESTORED
            if found[ROLLBACK] == found.get(ROLLBACK_VERIFICATION) == PASSED
            else NOT_RESTORED
        )
    return COMPLETED if all(found.get(step) == PASSED for step in journal["plan"]) else NOT_RESTORED


def controller_runs(journal: Mapping[str, Any]) -> bool | None:
    """Tell whether the process that carried the drill out last is still there; None if that cannot
    be known from here.
    """
    controller = journal["runs"][-1]["controller"]
    if controller["process"] is None or controller["host"] != socket.gethostname():
        return None
    started = _started(controller["process"])
    return started is not None and started == controller["started"]


def _started(process: int | None) -> str | None:
    """Return when a process started, in the machine's own terms, so that another one with the same
    number is not taken for it.
    """
    try:
        # The name, in parentheses, may hold anything; the 22nd field of all is the 20th after it
        # (proc(5)).
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {told.rpartition(')')[2].split()[19]}"
    except (OSError, IndexError):
        return None


def _told(journal, parent) -> dict:
    if journal is None:
        return {"unfinished": False}
    unfinished = journal["ended_at"] is None
    told = {"unfinished": unfinished, "journal": journal, "place": str(parent / journal["drill"])}
    return {**told, "words": _words(journal, under_way(journal))} if unfinished else told


def _words(journal, step) -> str:
    """Return in words where an unfinished drill stands."""
    done = [name for name, result in results(journal).items() if result == PASSED]
    controller = journal["runs"][-1]["controller"]
    runs = {True: "still runs", False: "runs no more", None: "may still run"}[
        controller_runs(journal)
    ]
    process = f"process {controller['process']}" if controller["process"] else "a process"
    phase = (
        f"the step {step['step']} was under way since {step['began_at']}"
        if step
        else "no step was under way"
    )
    return (
        f"The drill {journal['drill']} was not finished: {phase}; done were {', '.join(done) or 'none'}. "
        f"It was carried out by {process} on {controller['host']}, which {runs}."
    )


@contextmanager
def _locked(parent: Path) -> Iterator[None]:
    """Keep other processes from making an entry at the same time."""
    descriptor = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        hold(descriptor, f"The journal in {parent}")
        yield
    finally:
        os.close(descriptor)
