"""SimpleHelp's Integration API v1: how to connect, how its answers are understood, and its verbs as
a backend.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from .._core.errors import InputError, OutcomeUnknown, Refused, ServerError
from .._core.http import Session
from .._core.options import connection_options
from .._core.quoting import LONGEST_NAME, as_text
from .._core.resource import Platform, Resource
from .resources import MACHINE, MACHINE_GROUP, RESOURCES, SERVER, TECH_GROUP

# How many machines one query may name. The document gives no limit; a guess that keeps requests
# small.
BATCH = 500
# Guesses about what the document leaves open; each is an option of the connection.
GUESSES = {
    "path_style": {"type": "str", "choices": ["set", "printed"], "default": "set"},
    "warning_key": {"type": "str", "choices": ["auto", "warnings", "warning"], "default": "auto"},
}
CONNECTION = connection_options(
    "SIMPLEHELP", {"api_token": {"type": "str", "required": True, "no_log": True}, **GUESSES}
)
# Where the document prints the query that reads also for the one that writes (vendors' copy errors,
# most likely).
PRINTED = {
    "groups/set": "groups/get",
    "server/hostname/set": "server/hostname/get",
    "machinegroups/properties/set": "machinegroups/properties/get",
}
# A name or address, with or without a port; an address of version 6 stands in brackets. A server
# may have none.
HOSTNAME = r"[\w.:-]*|\[[0-9A-Fa-f:.]+\](:\d+)?"
SELECTOR = {"technicians": "technician", "groups": "group"}


def connect(option: Callable[[str], Any], read_only: bool, **session) -> Backend:
    """Return a backend. ``option`` looks an option up, for a module and for a plugin alike."""
    token = option("api_token")
    if not token.strip():
        raise InputError("api_token is empty.")
    # Always, also on a GET (every example of the document)
    headers = {"Content-Type": "application/json"}
    opened = Session.from_options(
        option,
        f"/api/v1/{quote(token, safe='')}/",
        headers=headers,
        read_only=read_only,
        secrets=[token],
        **session,
    )
    return Backend(opened, option("path_style"), option("warning_key"))


class Backend:
    """The verbs of design, as this API spells them."""

    product = None

    def __init__(self, session: Session, path_style: str, warning_key: str):
        self.session = session
        self._path_style = path_style
        self._warning_keys = {"auto": ("warnings", "warning")}.get(warning_key, (warning_key,))

    # --- queries ------------------------------------------------------------------------------------------------------

    def ask(self, query: str, shape: type, data: Mapping[str, Any] | None = None) -> Any:
        """Return what a query that only reads answers, which has to be of a shape. Raises Refused
        or ServerError.
        """
        method, body = ("GET", {}) if data is None else ("POST", {"json": data})
        answer = self.session.read(method, query, **body)
        if shape is str and answer.status < 400:
            value = _scalar(answer)
        else:
            value = answer.json() if answer.status < 400 else None
        self._check(query, answer, value)
        if not isinstance(value, shape):
            raise ServerError(
                f"{query} answered a {_kind(value)}, where a {_kind(shape())} was expected.",
                status=answer.status,
            )
        return value

    def texts(self, query: str, data: Mapping[str, Any] | None = None) -> list[str]:
        """Return the list of texts that a query answers."""
        found = self.ask(query, list, data)
        if not all(isinstance(text, str) for text in found):
            raise ServerError(f"{query} answered a list of something else than texts.")
        return found

    def records(
        self, query: str, identifier: str, data: Mapping[str, Any] | None = None
    ) -> list[dict]:
        """Return the objects that a query answers; each has to have an ``identifier``."""
        return objects(query, self.ask(query, list, data), identifier)

    def tell(self, query: str, data: Mapping[str, Any] | None = None) -> None:
        """Send a query that changes something. Raises Refused, ServerError, or OutcomeUnknown."""
        hint = " Is path_style right?" if query in PRINTED else ""
        if self._path_style == "printed":
            query = PRINTED.get(query, query)
        method, body = ("GET", {}) if data is None else ("POST", {"json": data})
        answer = self.session.write(method, query, **body)
        try:
            value = answer.json() if answer.status < 400 else None
        except ServerError as exc:
            raise OutcomeUnknown(
                f"{exc} It is unknown whether the change was made.{hint}", **exc.facts
            ) from None
        self._check(query, answer, value, hint if answer.status in (404, 405) else "")
        if not (isinstance(value, dict) and value.get("success") is True):
            raise ServerError(
                f"{query} answered a {_kind(value)} that does not say success.{hint}",
                status=answer.status,
            )

    def _check(self, query, answer, value, hint=""):
        """Raise Refused for an API Response that says no, whichever HTTP status it came with, and
        ServerError for a failure.
        """
        if answer.status < 400 and not (isinstance(value, dict) and value.get("success") is False):
            return
        try:
            reason = answer.json()["reason"]
        except (ServerError, KeyError, TypeError):
            reason = (
                None
                if answer.content.lstrip().startswith(b"{")
                else answer.described(with_status=False)
            )
        # A wrong token, an unknown query and an unknown object are not told apart by the document.
        told = self.session.redact(
            as_text(reason or "no reason given; is api_token right?"), LONGEST_NAME
        ).rstrip(".")
        refusal = ServerError if answer.status >= 500 else Refused
        raise refusal(
            f"SimpleHelp refused {query} (HTTP {answer.status}): {told}.{hint}",
            status=answer.status,
        )

    # --- the verbs ----------------------------------------------------------------------------------------------------

    def list(self, resource: Resource) -> list[dict]:
        """Return the record of every object of a kind."""
        if resource is SERVER:
            return [{}]
        if resource is MACHINE_GROUP:
            # No query lists machine groups: they are seen in the machines' paths, so an empty group
            # is not seen.
            paths = (machine.get("groups") or [] for machine in self.machines())
            return [
                {"path": list(path)}
                for path in sorted(
                    {tuple(path[: n + 1]) for path in paths for n in range(len(path))}
                )
            ]
        if resource is MACHINE:
            return self.machines()
        return self.records(f"{resource.endpoint}/list", resource.id)

    def machines(self) -> list[dict]:
        """Return every machine, asking once."""
        if not hasattr(self, "_machines"):
            self._machines = self.records("machines/list", MACHINE.id)
            for path in (machine.get("groups") or [] for machine in self._machines):
                if not isinstance(path, list) or not all(isinstance(name, str) for name in path):
                    raise ServerError(
                        "machines/list answered a machine whose groups are not a list of texts."
                    )
        return self._machines

    def get(self, resource: Resource, key: dict) -> dict | None:
        """Return the record of one object by the fields of its key, None if the server has none.

        How the server says that it has none is not documented: only its list tells that from any
        other refusal.
        """
        try:
            if resource is MACHINE:
                return next(iter(self.gather("machines/get", [key["machineID"]])), None)
            record = self.ask(f"{resource.endpoint}/get", dict, {SELECTOR[resource.endpoint]: key})
        except Refused:
            self._machines_changed()
            return next(
                (record for record in self.list(resource) if key.items() <= record.items()), None
            )
        return record if record.get(resource.id) is not None else None

    def matching(self, resource: Resource, key: dict) -> list[dict]:
        """Return the records of all objects that bear a key. Only usernames are said to be kept
        unique, so groups are looked for in their list.
        """
        if resource is TECH_GROUP:
            return [record for record in self.list(resource) if key.items() <= record.items()]
        found = self.get(resource, key)
        return [] if found is None else [found]

    def forget(self) -> None:
        """Forget the machines."""
        self._machines_changed()

    def search(self, resource: Resource, key: dict) -> None:
        """Leave it to the whole list, which takes one request, too."""

    def conclude(self) -> None:
        """Nothing is left to do: every write takes effect at once."""

    def create(self, resource: Resource, body: dict) -> None:
        """Make a technician or a group of technicians."""
        self.tell(f"{resource.endpoint}/new", {SELECTOR[resource.endpoint]: body})

    def update(self, resource: Resource, record: dict, body: dict) -> None:
        """Change attributes; those that are not in ``body`` keep their values."""
        if resource is MACHINE:
            if "monitoringEnabled" in body:
                body["monitor"] = body.pop("monitoringEnabled")
            self._machines_changed()
            self.tell("machines/set", {"machineID": record["machineID"], **body})
        else:
            self.tell(
                f"{resource.endpoint}/set",
                {"uniqueID": record["uniqueID"], SELECTOR[resource.endpoint]: body},
            )

    def delete(self, resource: Resource, record: dict) -> None:
        """Remove a technician or a group of technicians."""
        self.tell(f"{resource.endpoint}/remove", {"uniqueID": record["uniqueID"]})

    def read_fields(
        self, resource: Resource, query: str, records: Sequence[dict], only: Sequence[set | None]
    ) -> list[dict]:
        """Return, for each object, the fields that have this query of their own, in as few requests
        as the API allows.
        """
        if resource is SERVER:
            if query == "tech-restrictions":
                return [{"tech_restrictions": self.texts("server/tech-restrictions/get")}]
            return [{"hostname": self._hostname()}]
        if resource is MACHINE:
            ids = [record["machineID"] for record in records]
            extra = {"includeInherited": False} if query == "properties" else {}
            found = {
                item["machineID"]: item
                for item in self.gather(f"machines/{query}/get", ids, **extra)
            }
            missing = [identifier for identifier in ids if identifier not in found]
            if missing:
                raise ServerError(
                    f"machines/{query}/get left out {len(missing)} of {len(ids)} machines, among them {missing[0]}."
                )
            return [_fields_of_machine(query, found[identifier]) for identifier in ids]
        if resource is MACHINE_GROUP:
            return [
                {"properties": properties}
                for properties in self._group_properties(
                    [record["path"] for record in records], only
                )
            ]
        return self.session.each(
            lambda record: {
                "permissions": self.ask(
                    "groups/permissions/get", dict, {"uniqueID": record["uniqueID"]}
                )
            },
            records,
        )

    def write_fields(
        self, resource: Resource, query: str, record: dict, before: dict, after: dict
    ) -> None:
        """Change the fields that have this query of their own from ``before`` to ``after``."""
        if query == "password":
            self.tell(
                f"{resource.endpoint}/password/set",
                {"uniqueID": record["uniqueID"], "password": after["password"]},
            )
        elif query == "permissions":
            old, new = before["permissions"] or {}, after["permissions"]
            differing = {name: value for name, value in new.items() if old.get(name) != value}
            if differing:
                self.tell(
                    "groups/permissions/set",
                    {"group": {"uniqueID": record["uniqueID"], "permissions": differing}},
                )
        elif query == "notes":
            self._set_notes(record["machineID"], after["notes"] or "", after["warnings"] or "")
        elif query == "properties":
            where = (
                {"machineID": record["machineID"]}
                if resource is MACHINE
                else {"groups": record["path"]}
            )
            for key, value in after["properties"].items():
                if (before["properties"] or {}).get(key) != value:
                    self.tell(
                        f"{resource.endpoint}/properties/set", {**where, "key": key, "value": value}
                    )
            for key in (before["properties"] or {}).keys() - after["properties"].keys():
                self.tell(f"{resource.endpoint}/properties/remove", {**where, "key": key})
        elif query == "hostname":
            self.tell("server/hostname/set", {"hostname": after["hostname"]})
        else:
            self._set_restrictions(
                before["tech_restrictions"] or [], after["tech_restrictions"] or []
            )

    # --- parts --------------------------------------------------------------------------------------------------------

    def gather(self, query: str, machine_ids: Sequence[str], **extra) -> list[dict]:
        """Return what a query about machines answers for many of them, in batches side by side."""
        batches = [
            list(machine_ids[start : start + BATCH]) for start in range(0, len(machine_ids), BATCH)
        ]
        return [
            item
            for found in self.session.each(
                lambda ids: self.records(query, MACHINE.id, {"machineIDs": ids, **extra}), batches
            )
            for item in found
        ]

    def _hostname(self) -> str:
        hostname = self.ask("server/hostname/get", str)
        # A plain text could be anything.
        if hostname == "null" or not re.fullmatch(HOSTNAME, hostname):
            raise ServerError(
                "server/hostname/get answered a text that is malformed as a host name."
            )
        return hostname

    def _group_properties(self, paths, only) -> list[dict]:
        """Return the properties of machine groups: a query that tells the keys of each, then one
        for each value that matters.
        """
        query, own = "machinegroups/properties/get", {"includeInherited": False}
        found = self.session.each(lambda path: self.texts(query, {"groups": path, **own}), paths)
        wanted = [
            (number, key)
            for number, keys in enumerate(found)
            for key in keys
            if only[number] is None or key in only[number]
        ]
        values = self.session.each(
            lambda place: self.ask(query, str, {"groups": paths[place[0]], "key": place[1], **own}),
            wanted,
        )
        properties: list[dict] = [{} for path in paths]
        for (number, key), value in zip(wanted, values, strict=True):
            properties[number][key] = value
        return properties

    def _set_notes(self, machine_id, notes, warnings):
        """Write both texts, as the server may empty the one that is not sent; under the key for
        warnings that it takes.

        The document calls that key "warnings" in its table and "warning" in its example. Until one
        has been seen to work, each is tried and looked at.
        """
        refusal = None
        for key in (keys := self._warning_keys):
            try:
                self.tell(
                    "machines/notes/set", {"machineID": machine_id, "notes": notes, key: warnings}
                )
            except Refused as exc:
                refusal = refusal or exc
                continue
            if len(keys) == 1:
                return
            shown = self.gather("machines/notes/get", [machine_id])
            if shown and (shown[0].get("warnings") or "") == warnings:
                if warnings:  # an empty text does not tell the keys apart
                    self._warning_keys = (key,)
                return
        if refusal:
            raise refusal

    def _set_restrictions(self, before, after):
        """Add before removing: at no moment is there less than what was or will be admitted."""
        added, removed = (
            [text for text in one if text not in other]
            for one, other in ((after, before), (before, after))
        )
        if added:
            self.tell("server/tech-restrictions/new", {"restrictions": added})
        if removed:
            self.tell("server/tech-restrictions/remove", {"restrictions": removed})

    def _machines_changed(self):
        self.__dict__.pop("_machines", None)


def objects(query: str, answer: Any, *required: str) -> list[dict]:
    """Return ``answer`` if it is a list of objects that all have the ``required`` attributes, each
    of one type, else raise ServerError.
    """
    if not isinstance(answer, list):
        raise ServerError(f"{query} answered something that is not a list.")
    for item in answer:
        if not isinstance(item, dict):
            raise ServerError(f"{query} answered a list of something else than objects.")
        for name in required:
            if not isinstance(item.get(name), (str, int)):
                raise ServerError(f"{query} answered an object without {name}.")
    for name in required:  # so that they can be sorted
        if len({type(item[name]) for item in answer}) > 1:
            raise ServerError(f"{query} answered objects whose {name} are not of one type.")
    return answer


def _fields_of_machine(query, item) -> dict:
    if query == "notes":
        return {"notes": item.get("notes"), "warnings": item.get("warnings")}
    try:
        return {"properties": {pair["key"]: pair["value"] for pair in item.get("properties") or []}}
    except (KeyError, TypeError):
        raise ServerError(
            "machines/properties/get answered a property without key or value."
        ) from None


def _scalar(answer) -> Any:
    """Return the text that a query answers. Whether it is quoted, as in JSON, or plain is not said:
    both are accepted.
    """
    try:
        text = answer.content.decode()
    except UnicodeDecodeError:
        return answer.json()  # says what it is instead
    if answer.status == 204:
        return answer.json()
    if answer.headers.get("content-type", "").startswith("text/plain"):
        return text
    try:
        value = answer.json()
    except ServerError:
        if (
            not text
            or text.lstrip().lower().startswith(("{", "[", '"', "<html", "<!doctype"))
            or not re.sub(r"[\n\r\t]", "", text).isprintable()
        ):
            raise
        return text
    # A plain text that happens to look like JSON.
    return text if isinstance(value, (int, float)) else value


def _kind(value) -> str:
    return {dict: "JSON object", list: "JSON list", str: "text", type(None): "null"}.get(
        type(value), type(value).__name__
    )


SIMPLEHELP = Platform(
    name="simplehelp", connection=CONNECTION, connect=connect, resources=RESOURCES
)
