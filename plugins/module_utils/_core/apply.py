"""Carries changes out, and sees that they happened: what was done, what failed, and what nobody
knows.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from itertools import groupby

from .errors import Error, Incomplete, OutcomeUnknown, Refused, ServerError
from .plan import Change
from .quoting import as_written
from .server import Server, shown_identifier

# The step that takes from an object what tells it as unfinished; no server's query is called so.
FINISH = "finish"


@dataclass(frozen=True, eq=False)
class Write:
    """What one verb of the backend writes: an object itself, or the fields that have a query of
    their own.
    """

    change: Change
    action: str  # create, update or delete
    query: str | None
    values: dict  # the fields that are written, as they are to be afterwards

    @property
    def readable(self) -> bool:
        """Whether the server can be asked if it happened."""
        fields = self.change.resource.fields
        return (not self.query and self.action != "update") or any(
            not fields[name].secret for name in self.values
        )


@dataclass
class Fate:
    """What became of changes."""

    changed: bool = False  # whether anything was written, or may have been
    broken: bool = False  # whether there is no point in beginning anything else
    done: list[Change] = attribute(default_factory=list)
    # Each with its reason and the fields that were written before it failed.
    failed: list[tuple[Change, Exception, list[str]]] = attribute(default_factory=list)
    not_done: list[Change] = attribute(default_factory=list)


def apply(server: Server, changes: Sequence[Change]) -> None:
    """Carry the changes out, kind by kind in their order, those of one kind side by side, and read
    back each.

    Raises Incomplete, with the fate of each change in its facts, when one of them failed.
    """
    fate = Fate()
    for _stage, group in groupby(
        changes, key=lambda change: (change.resource.name, change.action == "delete")
    ):
        stage = list(group)
        if fate.failed:
            fate.not_done += stage
        else:
            _carry_out(server, stage, fate)
    told = [_told(fate)] if fate.failed else []
    try:
        if fate.changed:
            server.backend.conclude()
    except Error as exc:
        told.append(f"What was changed may not have taken effect: {exc}")
    if told:
        redact = server.session.redact
        incomplete = Incomplete(
            redact(" ".join(told)),
            changed=fate.changed,
            changes=[change.described() for change in fate.done],
            failed_changes=[
                {**change.described(), "reason": redact(problem), "written": change.paths(written)}
                for change, problem, written in fate.failed
            ],
            changes_not_tried=[change.described() for change in fate.not_done],
        )
        incomplete.done = fate.done
        raise incomplete


def _carry_out(server, changes, fate):
    """Write what can be written at once for all changes, and one by one, as many as there are
    connections, what would do harm half done.

    A run may be killed after any request. So an object with a secret that takes a request of its
    own is made with what tells it as unfinished (``Resource.unfinished``) and finished before the
    next ones are begun; what a run leaves, the next one knows again.
    """
    resource = changes[0].resource
    for change in changes:  # so that no two writes side by side begin to read them
        for _option, kind, _name in resource.references(
            {name: change.after[name] for name in change.fields} if change.after else {}
        ):
            server.memory(server.resources[kind])
    apart = [change for change in changes if change.finishes]
    at_once = [change for change in changes if not change.finishes]
    few = server.session.connections
    for group in filter(
        None, [*(apart[start : start + few] for start in range(0, len(apart), few)), at_once]
    ):
        if fate.broken:
            fate.not_done += group
        else:
            _carry_out_steps(server, group, fate)


def _carry_out_steps(server, changes, fate):
    """Write the objects themselves, then, query by query, the fields that have queries of their
    own, then what finishes them.
    """
    failed: dict[int, Exception | None] = {}
    written: dict[int, list[str]] = {id(change): [] for change in changes}
    for step in dict.fromkeys(
        [None, *(field.written_by for field in changes[0].resource.fields.values()), FINISH]
    ):
        writes = [
            write
            for change in changes
            if id(change) not in failed and (write := _write(change, step))
        ]
        problems = _settle(server, writes, fate)
        for write in writes:
            if write in problems:
                failed[id(write.change)] = problems[write]
            else:
                unfinished = (
                    write.change.resource.unfinished
                    if write.change.finishes and step != FINISH
                    else {}
                )
                written[id(write.change)] += [
                    name for name in write.values if name not in unfinished
                ]
    for change in changes:
        if id(change) not in failed:
            fate.done.append(change)
        elif failed[id(change)] is None:
            fate.not_done.append(change)
        else:
            left = written[id(change)] if change.before is None else change.finishes
            more = (
                " What there is of it is marked as unfinished, and the next run finishes it."
                if change.finishes and left
                else ""
            )
            problem = failed[id(change)]
            fate.failed.append(
                (
                    change,
                    type(problem)(f"{problem}{more}") if more else problem,
                    written[id(change)],
                )
            )


def _write(change, step) -> Write | None:
    """Return what a step writes of a change, None where it writes nothing."""
    if change.after is None:
        return Write(change, "delete", None, {}) if step is None else None
    fields, unfinished = (
        change.resource.fields,
        change.resource.unfinished if change.finishes else {},
    )
    if step == FINISH:
        values = {name: change.after.get(name, fields[name].finished) for name in unfinished}
        return Write(change, "update", None, values) if values else None
    creates = change.action == "create"
    values = {
        name: change.after[name]
        for name in change.fields
        if fields[name].written_by == step and name not in unfinished
    }
    if step is None and (creates or values):
        return Write(change, change.action, None, {**values, **(unfinished if creates else {})})
    # An empty mapping says nothing of any of its keys, so that there is nothing to write.
    if creates:
        values = {name: value for name, value in values.items() if value or not fields[name].free}
    return Write(change, "update", step, values) if values else None


def _settle(server, writes, fate) -> dict[Write, Exception | None]:
    """Send writes side by side, look at what the server then shows, and send again only what did
    not happen.

    Returns the writes that failed, each with its reason, or with None where it was not begun.
    """
    session, failed, doubt, idle = server.session, {}, {}, 0
    while writes:
        results = dict(
            zip(
                writes,
                session.side_by_side(lambda write: _send(server, write), writes),
                strict=True,
            )
        )
        hopeless = {
            write
            for write in writes
            if isinstance(results[write], OutcomeUnknown) and not results[write].can_be_looked_up
        }
        doubt.update(
            {
                write: result
                for write, result in results.items()
                if isinstance(result, Error) and not result.nothing_done and write not in hopeless
            }
        )
        if any(write in doubt for write in writes):
            session.pause(idle)
        # What was refused was not done, but for a write of several requests. Making and removing
        # are looked at all the same: somebody else may have been faster, and no document says by
        # which words a server tells of it.
        refused = {
            write
            for write in writes
            if isinstance(results[write], Refused) and not write.query and write not in doubt
        }
        sent = [
            write
            for write in writes
            if results[write] is not None
            and (results[write] is True or write.query)
            or write in doubt
        ]
        fate.changed |= bool(hopeless)
        looked_at = sent + [write for write in refused if write.action != "update"]
        try:
            _look(server, looked_at)
        except Error as exc:
            fate.changed |= bool(sent)
            fate.broken |= bool(sent)
            lost = OutcomeUnknown(
                f"It is unknown whether the change was made, as it cannot be read back: {exc}"
            )
            return {
                **failed,
                **{write: lost if write in sent else results[write] for write in writes},
            }
        unreachable = any(isinstance(result, Error) and result.stops for result in results.values())
        fate.broken |= unreachable
        again = []
        for write in writes:
            result = results[write]
            if write in hopeless:
                failed[write] = result
                continue
            difference = (
                _difference(server, write) if write in looked_at and write.readable else None
            )
            settled = (
                write in looked_at
                and not difference
                and (result is True or write.readable and (write in doubt or write.query))
            )
            if settled:
                fate.changed = True
            elif write in refused:
                if problem := _refusal(server, write, result, difference):
                    failed[write] = problem
                continue
            elif result is True:
                failed[write] = ServerError(f"the server said yes, but {difference}")
            elif result is None:
                if unreachable:
                    failed[write] = doubt.get(write)
                else:
                    again.append(write)
            elif result.nothing_done or not write.readable:
                failed[write] = result
            elif write.action == "create" and server.known(write.change):
                # It came through, and must not be made once more.
                failed[write] = ServerError(f"{result} The server shows it, but {difference}")
            else:
                again.append(write)
            if write in failed:
                fate.changed |= (
                    _shows_an_effect(server, write) if write.readable else write in doubt
                )
        idle = idle + 1 if len(again) == len(writes) else 0
        if idle > session.retries:
            fate.changed |= any(write in doubt for write in again)
            return {**failed, **{write: doubt.get(write) for write in again}}
        writes = again
    return failed


def _send(server, write) -> bool:
    change, resource, backend = write.change, write.change.resource, server.backend
    known = server.known(change)
    if known is None and write.action != "create":
        if write.action == "delete":
            return True  # somebody else was faster
        raise Refused("it is not there any more.")
    if write.action == "delete":
        backend.delete(resource, known.record)
    elif write.query:
        now = {name: known.object.get(name) for name in resource.fields_of(write.query)}
        after = {**now, **write.values}
        on_wire = (
            {
                name: resource.fields[name].to_wire(value, None, server.id_of)
                for name, value in side.items()
            }
            for side in (now, after)
        )
        backend.write_fields(resource, write.query, known.record, *on_wire)
    else:
        record = known.record if write.action == "update" else {}
        body = resource.to_wire(write.values, record, server.id_of)
        if write.action == "create":
            backend.create(resource, body)
        else:
            backend.update(resource, record, body)
    return True


def _look(server, writes):
    """Read again what was written: one object, and what is finished one by one, by its key, several
    as one list.
    """
    readable = [write for write in writes if write.readable]
    if not readable:
        return
    write, resource = readable[0], readable[0].change.resource

    def keys_now():
        memory = server.memory(resource)
        return {
            memory.by_id[known.identifier]: write
            for write in readable
            if write.change.after and (known := server.known(write.change))
        }

    if write.query:
        keys = keys_now()
        only = {
            key: _touched(write, name)
            for key, write in keys.items()
            if resource.fields[name := next(iter(write.values))].purge
        }
        server.complete(resource, keys, [write.query], only, again=True)
    elif write.change.finishes or len(readable) == 1 and write.action != "delete":
        server.get_again(*(write.change for write in readable))
    else:
        removed = sum(write.action == "delete" for write in readable)
        server.read_again(resource, len(server.memory(resource).known) - removed)
    if not write.query:
        server.complete(
            resource,
            keys_now(),
            {resource.fields[name].query for write in readable for name in write.values} - {None},
            again=True,
        )


def _difference(server, write) -> str | None:
    """Return in which way the server does not show what was written, None if it does."""
    change, known = write.change, server.known(write.change)
    if change.after is None:
        return "it still lists the object." if known else None
    if known is None:
        return "it does not list the object."
    if write.action == "create" and len(several := server.alike(change)) > 1:
        return (
            f"it lists {len(several)} of this name, with the identifiers {', '.join(map(shown_identifier, several))}: somebody else has made one at the same "
            f"time. Remove all but one of them."
        )
    for name, sent in write.values.items():
        field = change.resource.fields[name]
        if not field.secret:
            seen = known.object.get(name)
            if isinstance(sent, dict):  # a server may well change, by itself, what was not touched
                sent, seen = (
                    {key: value[key] for key in _touched(write, name) if key in value}
                    for value in (sent, seen or {})
                )
            if field.has_objects:  # the server fills in what was not given of an object
                sent = field.canonical(field.merged(seen, sent))
            if not field.same(sent, seen):
                return f"it shows {name} as {as_written(seen)}, where {as_written(sent)} was sent."
    return None


def _refusal(server, write, refusal, difference) -> Exception | None:
    """Return why a write that was refused failed; None where the server shows what it was to bring
    about, as somebody else was faster.
    """
    change = write.change
    if write.action == "delete":
        return refusal if difference else None
    if write.action == "update" or server.known(change) is None:
        return refusal
    secrets = [name for name in change.fields if change.resource.fields[name].secret]
    if not difference and not set(secrets) & set(write.values):
        return None
    told = f"{refusal} It is there all the same, so that somebody else has made it meanwhile{f': {difference}' if difference else '.'}"
    always = ", ".join(f"update_{name}: always" for name in secrets)
    always = (
        f" Whether {', '.join(secrets)} is what is described cannot be known; to set it, use {always}."
        if secrets
        else ""
    )
    return Refused(f"{told} The next run compares it with what is described.{always}")


def _shows_an_effect(server, write) -> bool:
    """Tell whether the server shows anything of a write that failed."""
    change, known = write.change, server.known(write.change)
    if not write.query and write.action != "update":
        return (known is None) == (write.action == "delete")
    fields, before = change.resource.fields, change.before or {}
    return known is not None and any(
        not fields[name].same(before.get(name), known.object.get(name))
        for name in write.values
        if not fields[name].secret
    )


def _touched(write, name) -> set:
    """Return the keys of a mapping that a write adds, changes or removes."""
    old, new = (write.change.before or {}).get(name) or {}, write.values[name]
    return {key for key in {**old, **new} if old.get(key) != new.get(key)}


def _told(fate) -> str:
    """Return the failure of some of the changes in one sentence for each of the first five."""
    told = [
        f"{' '.join(filter(None, (change.action, change.resource.name, change.name)))}: {problem}"
        + (f" ({', '.join(change.paths(written))} had been written)" if written else "")
        for change, problem, written in fate.failed[:5]
    ]
    more = [f"and {len(fate.failed) - 5} more"] if len(fate.failed) > 5 else []
    total = len(fate.done) + len(fate.failed) + len(fate.not_done)
    unknown = sum(isinstance(problem, OutcomeUnknown) for _change, problem, _written in fate.failed)
    doubt = f" (of {unknown} it is unknown whether they were made)" if unknown else ""
    counts = f"{len(fate.failed)} of {total} changes failed{doubt}, {len(fate.done)} were made, {len(fate.not_done)} were not tried"
    return f"{counts}: {'; '.join(told + more)}"
