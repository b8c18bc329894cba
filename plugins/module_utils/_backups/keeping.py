"""Having a good backup that is young enough, a copy of it, and no more old ones than one wants:
what is due, and doing it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .._core.errors import Error, Incomplete, InputError
from .encryption import ENCRYPTION_SPEC, Encryption
from .manifest import Manifest
from .retention import RETENTION_SPEC, kept, rules_of
from .store import Store
from .times import seconds_of, written

KEEPING_SPEC = {
    "directory": {"type": "path", "required": True},
    "max_age": {"type": "str"},
    **RETENTION_SPEC,
    **ENCRYPTION_SPEC,
    "copy_to": {"type": "path"},
}
# How a backup is called in differences, which have to be the same before it is taken and
# afterwards.
NEW = "new"
Take = Callable[..., Manifest]


def keep(
    server: str, params: Mapping[str, Any], protected: bool, take: Take, check_mode: bool
) -> dict:
    """Bring the backups of a server to what the options ask for, and return the module's result.

    ``take(store, encryption, now)`` puts another one into a store; ``protected`` tells whether it
    will have a password.
    """
    home = Store(_absolute("directory", params["directory"]), server)
    second = Store(_absolute("copy_to", params["copy_to"]), server) if params["copy_to"] else None
    max_age, rules, encryption = (
        seconds_of("max_age", params["max_age"]),
        rules_of(params),
        Encryption.of(params),
    )
    if not home.directory.is_dir() and (
        home.directory.exists() or not home.directory.parent.is_dir()
    ):
        raise InputError(
            f"directory: {home.directory} must be a directory, or a new one in a directory that exists."
        )
    if second and not second.directory.is_dir():
        raise InputError(
            f"copy_to: there is no directory {second.directory}. It is not made: the second place may not be mounted."
        )
    if second and home.directory.exists() and second.directory.samefile(home.directory):
        raise InputError("copy_to must be another place than directory.")
    stores = [home, *([second] if second else [])]
    done: list[dict] = []
    try:
        with ExitStack() as locks:
            if not check_mode:
                for store in sorted(stores, key=lambda store: store.directory):
                    locks.enter_context(store.locked())
            return _keep(stores, encryption, protected, max_age, rules, take, check_mode, done)
    except (OSError, Error) as exc:
        problem = (
            exc
            if isinstance(exc, Error)
            else Error(f"{exc.filename or home.directory}: {exc.strerror or exc}.")
        )
        if not done:
            raise problem from None
        told = ", ".join(
            " ".join(filter(None, (change["action"], change["kind"], change["name"])))
            for change in done
        )
        raise Incomplete(
            f"{problem} Done before that: {told}.",
            **{**problem.facts, "changed": True, "changes": done},
        ) from None


def _keep(stores, encryption, protected, max_age, rules, take, check_mode, done) -> dict:
    """Do what ``keep`` does, where no other process does; ``done`` collects the changes that were
    made.
    """
    home, now = stores[0], datetime.now(UTC)
    before = {store: store.backups() for store in stores}
    newest = _young_enough(before[home], max_age, encryption, protected, now)
    due = newest is None
    if due:
        newest = _foretold(home.server, now) if check_mode else take(home, encryption, now)
        done.append(_change("backup", "server", home.server))
    after = {home: [newest, *before[home]] if due else before[home]}
    for store in stores[1:]:
        after[store] = before[store]
        if newest.file not in {backup.file for backup in before[store]}:
            if not check_mode:
                store.copy_from(home, newest)
            after[store] = [newest, *before[store]]
            done.append(_change("copy", "backup", str(store.directory)))
    removed = {
        store: _superfluous(
            store, after[store], rules, newest, fresh=after[store] is not before[store]
        )
        for store in stores
    }
    for store, backups in removed.items():
        for backup in reversed(backups):  # the oldest first
            if not check_mode:
                store.remove(backup)
            done.append(_change("remove", "backup", str(store.directory / backup.file)))
    result = {
        "changed": bool(done),
        "changes": done,
        "diff": _difference(before, after, removed, newest if due else None),
    }
    return result if due and check_mode else {**result, "backup": newest.shown(home.directory)}


def _young_enough(backups, max_age, encryption, protected, now) -> Manifest | None:
    """Return the newest backup that spares another one: not too old, and protected as it is asked
    for.
    """
    asked = encryption.described() if encryption else None
    return next(
        (
            backup
            for backup in backups
            if max_age is not None
            and 0 <= (now - backup.moment).total_seconds() <= max_age
            and backup.encryption == asked
            and backup.password_protected == protected
        ),
        None,
    )


def _superfluous(store, backups, rules, newest, fresh) -> list[Manifest]:
    """Return the backups that no rule keeps, without the one that was asked for. Raises Error where
    what would be left behind is not good.
    """
    names = {newest.file, *kept(backups, rules)}
    removed = [backup for backup in backups if backup.file not in names]
    # One that was written just now was read on its way; of another one only the size is known.
    if removed and not fresh and not store.is_intact(newest):
        raise Error(
            f"{store.directory / newest.file} is damaged: its content is not that of its manifest. So nothing older was removed."
        )
    return removed


def _foretold(server, now) -> Manifest:
    """Return what stands for a backup that would be taken."""
    return Manifest(
        NEW, "", "", server, None, None, None, written(now), 0.0, 0, "", 0, "", None, False
    )


def _difference(before, after, removed, new) -> dict:
    """Return, for each directory, the times of its backups before and after."""

    def shown(backups: Sequence[Manifest], without: Sequence[Manifest] = ()):
        left = [
            replace(backup, file=NEW, taken_at="") if backup is new else backup
            for backup in backups
            if backup not in without
        ]
        return {backup.file: backup.taken_at for backup in left}

    return {
        "before": {str(store.directory): shown(backups) for store, backups in before.items()},
        "after": {
            str(store.directory): shown(backups, removed[store]) for store, backups in after.items()
        },
    }


def _change(action, kind, name) -> dict:
    return {"action": action, "kind": kind, "name": name, "fields": []}


def _absolute(option, path) -> Path:
    if not Path(path).is_absolute():
        raise InputError(f"{option} must be an absolute path, not {path!r}.")
    return Path(path)
