"""Carries changes out, and sees that they happened: what was done, what failed, and what nobody knows."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from itertools import groupby

from .errors import Error, Incomplete, OutcomeUnknown, Refused, ServerError
from .plan import Change
from .server import Server


@dataclass(frozen=True, eq=False)
class Write:
    """What one verb of the backend writes: an object itself, or the fields that have a query of their own."""

    change: Change
    query: str | None
    fields: list[str]

    @property
    def readable(self) -> bool:
        """Whether the server can be asked if it happened."""
        fields = self.change.resource.fields
        return (not self.query and self.change.action != "update") or any(not fields[name].secret for name in self.fields)


@dataclass
class Fate:
    """What became of changes."""

    changed: bool = False  # whether anything was written, or may have been
    done: list[Change] = attribute(default_factory=list)
    failed: list[tuple[Change, Exception, list[str]]] = attribute(default_factory=list)  # with the fields written before it failed
    not_done: list[Change] = attribute(default_factory=list)


def apply(server: Server, changes: Sequence[Change]) -> None:
    """Carry the changes out, kind by kind in their order, those of one kind side by side, and read back each.

    Raises Incomplete, with the fate of each change in its facts, when one of them failed.
    """
    fate = Fate()
    for _stage, group in groupby(changes, key=lambda change: (change.resource.name, change.action == "delete")):
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
        raise Incomplete(redact(" ".join(told)), changed=fate.changed, changes=[change.described() for change in fate.done], failed_changes=[
            {**change.described(), "reason": redact(problem), "written": written} for change, problem, written in fate.failed
        ], changes_not_tried=[change.described() for change in fate.not_done])


def _carry_out(server, changes, fate):
    """Write the objects themselves, then, query by query, the fields that have queries of their own."""
    resource = changes[0].resource
    for change in changes:  # so that no two writes side by side begin to read them
        for _option, kind, _name in resource.references({name: change.after[name] for name in change.fields} if change.after else {}):
            server.memory(server.resources[kind])
    failed: dict[int, Exception | None] = {}
    written: dict[int, list[str]] = {id(change): [] for change in changes}
    for query in dict.fromkeys([None, *(field.written_by for field in resource.fields.values())]):
        writes = []
        for change in changes:
            names = [name for name in change.fields if resource.fields[name].written_by == query and change.after is not None]
            if id(change) not in failed and (names or (query is None and change.action != "update")):
                writes.append(Write(change, query, names))
        problems = _settle(server, writes, fate)
        for write in writes:
            if write in problems:
                failed[id(write.change)] = problems[write]
            else:
                written[id(write.change)] += write.fields
    for change in changes:
        if id(change) not in failed:
            fate.done.append(change)
        elif failed[id(change)] is None:
            fate.not_done.append(change)
        else:
            fate.failed.append((change, failed[id(change)], written[id(change)]))


def _settle(server, writes, fate) -> dict[Write, Exception | None]:
    """Send writes side by side, look at what the server then shows, and send again only what did not happen.

    Returns the writes that failed, each with its reason, or with None where it was not begun.
    """
    session, failed, doubt, idle = server.session, {}, {}, 0
    while writes:
        results = dict(zip(writes, session.side_by_side(lambda write: _send(server, write), writes), strict=True))
        doubt.update({write: result for write, result in results.items() if isinstance(result, Error) and not result.nothing_done})
        if any(write in doubt for write in writes):
            session.pause(idle)
        # A write of one request that was refused needs no look; one of several requests may have been done in part.
        looked_at = [write for write in writes if results[write] is not None and (results[write] is True or write.query) or write in doubt]
        try:
            _look(server, looked_at)
        except Error as exc:
            fate.changed |= bool(looked_at)
            lost = OutcomeUnknown(f"It is unknown whether the change was made, as it cannot be read back: {exc}")
            return {**failed, **{write: lost if write in looked_at else results[write] for write in writes}}
        unreachable = any(isinstance(result, Error) and result.stops for result in results.values())
        again = []
        for write in writes:
            result = results[write]
            difference = _difference(server, write) if write in looked_at and write.readable else None
            settled = write in looked_at and not difference and (result is True or write.readable and (write in doubt or write.query))
            if settled:
                fate.changed = True
            elif result is True:
                failed[write] = ServerError(f"the server said yes, but {difference}")
            elif result is None:
                if unreachable:
                    failed[write] = doubt.get(write)
                else:
                    again.append(write)
            elif result.nothing_done or not write.readable:
                failed[write] = result
            else:
                again.append(write)
            if write in failed:
                fate.changed |= _shows_an_effect(server, write) if write.readable else write in doubt
        idle = idle + 1 if len(again) == len(writes) else 0
        if idle > session.retries:
            fate.changed |= any(write in doubt for write in again)
            return {**failed, **{write: doubt.get(write) for write in again}}
        writes = again
    return failed


def _send(server, write) -> bool:
    change, resource, backend = write.change, write.change.resource, server.backend
    known = server.known(change)
    if known is None and (write.query or change.action != "create"):
        if change.action == "delete":
            return True  # somebody else was faster
        raise Refused("it is not there any more.")
    if change.action == "delete":
        backend.delete(resource, known.record)
    elif write.query:
        now = {name: known.object.get(name) for name in resource.fields_of(write.query)}
        after = {**now, **{name: change.after[name] for name in write.fields}}
        on_wire = ({name: resource.fields[name].to_wire(value, None, server.id_of) for name, value in side.items()} for side in (now, after))
        backend.write_fields(resource, write.query, known.record, *on_wire)
    else:
        record = known.record if change.before is not None else {}
        body = resource.to_wire({name: change.after[name] for name in write.fields}, record, server.id_of)
        if change.action == "create":
            backend.create(resource, body)
        else:
            backend.update(resource, record, body)
    return True


def _look(server, writes):
    """Read again what was written: one object by its key, several as one list."""
    readable = [write for write in writes if write.readable]
    if not readable:
        return
    write, resource = readable[0], readable[0].change.resource

    def keys_now():
        memory = server.memory(resource)
        return {memory.by_id[known.identifier]: write for write in readable if write.change.after and (known := server.known(write.change))}

    if write.query:
        keys = keys_now()
        only = {key: _touched(write.change, write.fields[0]) for key, write in keys.items() if resource.fields[write.fields[0]].purge}
        server.complete(resource, keys, [write.query], only, again=True)
    elif len(readable) == 1 and write.change.after is not None:
        server.get_again(write.change)
    else:
        removed = sum(write.change.after is None for write in readable)
        server.read_again(resource, len(server.memory(resource).known) - removed)
    if not write.query:
        server.complete(resource, keys_now(), {resource.fields[name].query for write in readable for name in write.fields} - {None}, again=True)


def _difference(server, write) -> str | None:
    """Return in which way the server does not show what was written, None if it does."""
    change, known = write.change, server.known(write.change)
    if change.after is None:
        return "it still lists the object." if known else None
    if known is None:
        return "it does not list the object."
    for name in write.fields:
        field = change.resource.fields[name]
        if not field.secret:
            sent, seen = change.after[name], known.object.get(name)
            if isinstance(sent, dict):  # a server may well change, by itself, what was not touched
                sent, seen = ({key: value[key] for key in _touched(change, name) if key in value} for value in (sent, seen or {}))
            if field.has_objects:  # the server fills in what was not given of an object
                sent = field.canonical(field.merged(seen, sent))
            if not field.same(sent, seen):
                return f"it shows {name} as {seen!r}, where {sent!r} was sent."
    return None


def _shows_an_effect(server, write) -> bool:
    """Tell whether the server shows anything of a write that failed."""
    change, known = write.change, server.known(write.change)
    if not write.query and change.action != "update":
        return (known is None) == (change.action == "delete")
    fields, before = change.resource.fields, change.before or {}
    return known is not None and any(
        not fields[name].same(before.get(name), known.object.get(name)) for name in write.fields if not fields[name].secret
    )


def _touched(change, name) -> set:
    """Return the keys of a mapping that a change adds, changes or removes."""
    old, new = (change.before or {}).get(name) or {}, change.after[name]
    return {key for key in {**old, **new} if old.get(key) != new.get(key)}


def _told(fate) -> str:
    """Return the failure of some of the changes in one sentence for each of the first five."""
    told = [
        f"{' '.join(filter(None, (change.action, change.resource.name, change.name)))}: {problem}"
        + (f" ({', '.join(written)} had been written)" if written else "")
        for change, problem, written in fate.failed[:5]
    ]
    more = [f"and {len(fate.failed) - 5} more"] if len(fate.failed) > 5 else []
    total = len(fate.done) + len(fate.failed) + len(fate.not_done)
    counts = f"{len(fate.failed)} of {total} changes failed, {len(fate.done)} were made, {len(fate.not_done)} were not tried"
    return f"{counts}: {'; '.join(told + more)}"
