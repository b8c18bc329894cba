"""Jump shortcuts of BeyondTrust: made, kept and removed through the Configuration API where it can,
else looked up in a report and imported.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._core.errors import Error, InputError, NotThere, Refused, ServerError, Unverifiable
from .._core.http import Session
from .._core.plan import Change
from .._core.reconcile import STATE, carry_out
from .._core.resource import Resource
from .._core.server import Server
from .api import Backend
from .command import api_info, command, granted
from .markup import local
from .reporting import PERMISSION, ReportedItem, jump_items
from .resources import RESOURCES
from .shortcut_kinds import (
    IMPORT,
    KINDS,
    METHODS,
    ShortcutKind,
    check,
    configured_resource,
    folded,
    for_configuration,
    for_import,
    import_resource,
    shortcut_spec,
)

_KEY = ("kind", "name", "group")
# What the import calls the address of some kinds is in dispute, or not documented: the option that
# says so.
PARAMETERS = {
    "remote_rdp": "remote_rdp_parameter",
    "web_jump": "web_jump_parameter",
    "protocol_tunnel": "protocol_tunnel_parameter",
}


def spec() -> dict:
    """Return the options of the module: those of one shortcut, a list of them, and how to go about
    it.
    """
    one = shortcut_spec()
    each = {
        option: {**described, "required": True} if option in _KEY else described
        for option, described in one.items()
    }
    state = {name: value for name, value in STATE.items() if name != "default"}
    return {
        **one,
        "state": STATE,
        "shortcuts": {"type": "list", "elements": "dict", "options": {**each, "state": state}},
        "existing": {"type": "str", "choices": ["look_up", "assume_absent"], "default": "look_up"},
        "remote_rdp_parameter": {
            "type": "str",
            "choices": ["remote_rdp_hostname", "rdp_hostname"],
            "default": KINDS["remote_rdp"].parameter,
        },
        **{
            PARAMETERS[kind]: {"type": "str", "default": KINDS[kind].parameter}
            for kind in ("web_jump", "protocol_tunnel")
        },
    }


def rules() -> dict:
    """Return the rules between those options, as AnsibleModule takes them."""
    return {
        "mutually_exclusive": [["shortcuts", option] for option in shortcut_spec()],
        "required_one_of": [["shortcuts", "kind"]],
        "required_by": {"kind": ["name", "group"]},
    }


class ShortcutBackend(Backend):
    """The verbs for shortcuts: what only the import makes is listed by the report, if the account
    may read it.
    """

    def __init__(self, session: Session, product: str):
        super().__init__(session, product)
        self.reported = True  # whether there is a report to look into
        # (kind, name) -> code name, where the Configuration API can be asked.
        self.code_of: Callable[[str, str], str | None] | None = None
        self.described: set[tuple] = set()  # kind, name and host name of what this run is about
        self.unseen: set[tuple] = set()  # the same, of that which cannot be looked up
        # Parameters of what the Configuration API shows and the import has to make.
        self.imports: dict[tuple, dict] = {}
        self._items: list[ReportedItem] | None = None
        self._made: list[tuple[str, dict]] = []  # what was imported and cannot be looked up

    def items(self) -> list[ReportedItem]:
        """Return what the report lists; reads it, unless nothing was imported since."""
        if self._items is None:
            self._items = jump_items(self.session) if self.reported else []
        return self._items

    def list(self, resource: Resource) -> list[dict]:
        """Return the record of every object of a kind."""
        if resource.endpoint != IMPORT:
            return super().list(resource)
        records = [
            record
            for item in self.items()
            if METHODS.get(folded(item.method)) == resource.name
            and (record := self._record(resource, item))
        ]
        alike = defaultdict(dict)
        for record in records:
            alike[record["id"][:2]][record["id"]] = record
        shown = []
        # If several have the same name in a group, take the one that is described.
        for same in alike.values():
            meant = [
                record for record in same.values() if _triple(resource, record) in self.described
            ]
            shown += meant or same.values()
        return [*shown, *(record for kind, record in self._made if kind == resource.name)]

    def _record(self, resource, item) -> dict | None:
        """Return a line of the report as the import would say it, None for what it cannot have
        made.
        """
        record = {"name": item.name, _address(resource): item.hostname}
        if _triple(resource, record) in self.unseen:
            return None
        if self.code_of is None:
            return {"id": (item.name, item.hostname), **record}
        group, jumpoint = (
            self.code_of("jump_group", item.group),
            self.code_of("jumpoint", item.jumpoint),
        )
        return (
            {
                "id": (item.name, group, item.hostname, jumpoint),
                **record,
                "group": group,
                "jumpoint": jumpoint,
            }
            if group
            else None
        )

    def search(self, resource: Resource, key: dict) -> list[dict] | None:
        """Return the records that fit one of the texts in ``key``, where the API can look for them."""
        return (
            None
            if resource.endpoint == IMPORT
            else super().search(
                KINDS[resource.name].configured if resource.name in KINDS else resource, key
            )
        )

    def matching(self, resource: Resource, key: dict) -> list[dict]:
        """Return the records of all objects that bear a key."""
        if resource.endpoint != IMPORT:
            return super().matching(resource, key)
        return [
            record
            for record in self.list(resource)
            if all(record.get(name) == value for name, value in key.items())
        ]

    def forget(self) -> None:
        """Forget the report."""
        self._items = None

    def create(self, resource: Resource, body: dict) -> None:
        """Make an object."""
        parameters = (
            body
            if resource.endpoint == IMPORT
            else self.imports.get((resource.name, body.get("name"), body.get("jump_group_id")))
        )
        if parameters is None:
            super().create(resource, body)
            return
        unseen = resource.endpoint == IMPORT and _triple(resource, body) in self.unseen
        self._items = None
        try:
            self._import(parameters)
        except Error as exc:
            if exc.nothing_done or not unseen:
                raise
            raise Unverifiable(
                f"{exc} It cannot be looked up, so that it is not sent again."
            ) from None
        if unseen:
            self._made.append(
                (
                    resource.name,
                    {
                        "id": tuple(
                            body.get(name) for name in ("name", "group", _address(resource))
                        ),
                        **body,
                    },
                )
            )

    def _import(self, parameters):
        words = {True: "1", False: "0"}
        given = {
            name: words[value] if isinstance(value, bool) else value
            for name, value in parameters.items()
            if value not in (None, "")
        }
        root = command(self.session, IMPORT, writes=True, **given)
        if "success" not in [
            local(element) for element in (root, *root) if isinstance(element.tag, str)
        ]:
            raise ServerError(f"the command {IMPORT} answered neither success nor error.")


def manage_shortcuts(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Bring shortcuts, one or a list, to the state that ``params`` describe and return the module's
    result.
    """
    described = _described(params, server.backend.product)

    def planned():
        ways, desired = (
            Ways(server, params, [kind for kind, _description in described]),
            defaultdict(list),
        )
        for kind, description in ways.to_be_planned(described):
            desired[kind.name].append(description)
        return ways, desired, ways.server.plan(desired)

    ways, desired, changes = planned()
    if any(change.makes for change in changes) and server.take_turn():
        ways, desired, changes = planned()
    ways.prepare_imports(changes)
    result = carry_out(ways.server, changes, check_mode)
    result["looked_up_in"] = {kind.name: ways.place(kind) for kind, _description in described}
    if params["shortcuts"] is None and described[0][1]["state"] == "present":
        result["jump_shortcut"] = ways.shown(described[0][0], desired, changes, check_mode)
    return result


def _described(params, product) -> list[tuple[ShortcutKind, dict]]:
    """Return the descriptions with their kinds. Raises InputError for those that no API can take."""
    options = [*shortcut_spec(), "state"]
    entries = [params] if params["shortcuts"] is None else params["shortcuts"]
    found = []
    for entry in entries:
        description = {option: entry[option] for option in options if entry.get(option) is not None}
        kind = KINDS[description.pop("kind")]
        check(kind, description, product)
        found.append((kind, {"state": params["state"], **description}))
    return found


class Ways:
    """By which way each kind of shortcut is kept: what the account may do, and what the appliance
    can.
    """

    def __init__(self, server: Server, params: Mapping[str, Any], kinds: Sequence[ShortcutKind]):
        self.params = params
        self.backend = ShortcutBackend(server.session, server.backend.product)
        try:
            self.permissions = api_info(server.session)["permissions"]
        except Refused:
            # No command at all may be sent, and other APIs say themselves what they lack.
            self.permissions = None
        self._reason = ""
        named = self._may("perm_configuration")
        variants = {
            kind.name: configured_resource(kind.name)
            if named and kind.configured
            else self._imported(kind, named)
            for kind in kinds
        }
        self.server = Server(
            self.backend,
            [
                *(resource for resource in RESOURCES if resource.name not in variants),
                *variants.values(),
            ],
        )
        if named:
            self.backend.code_of = self._code_of

    def to_be_planned(
        self, described: Sequence[tuple[ShortcutKind, dict]]
    ) -> list[tuple[ShortcutKind, dict]]:
        """Return the descriptions in the words of the API by which their kinds are kept.

        Raises InputError where nobody can say whether a shortcut exists, unless the user said what
        to assume.
        """
        self._find_missing_kinds(described)
        planned = [
            (kind, for_configuration(kind, description))
            for kind, description in described
            if self.place(kind) == "configuration"
        ]
        imported = [
            (kind, for_import(kind, description))
            for kind, description in described
            if self.place(kind) != "configuration"
        ]
        if imported:
            self._read_report()
        self.backend.described = {
            (kind.name, description["name"], description.get(kind.address))
            for kind, description in imported
        }
        by_name = defaultdict(list)
        for item in self.backend.items() if imported else ():
            by_name[item.name].append(item)
        return planned + [
            (kind, description)
            for kind, description in imported
            if self._is_to_be_imported(kind, description, by_name[description["name"]])
        ]

    def prepare_imports(self, changes: Sequence[Change]) -> None:
        """Raise InputError for what the import would refuse, as far as that can be known, and
        remember what it has to be told.
        """
        for change in changes:
            kind = KINDS[change.resource.name]
            if change.resource.endpoint == IMPORT:
                self._check_import(change.resource, change.after)
            elif change.action == "create" and (extra := kind.only_imported & change.after.keys()):
                try:
                    given = {
                        option: value
                        for option, value in for_import(kind, change.after).items()
                        if value is not None
                    }
                except InputError as exc:
                    raise InputError(
                        f"{exc} {', '.join(sorted(extra))} can be given on import only."
                    ) from None
                resource = self._imported(kind, True)
                self._check_import(resource, given)
                parameters = resource.to_wire(given, {}, self.server.id_of)
                self.backend.imports[
                    kind.name, given["name"], self.server.id_of("jump_group", given["group"])
                ] = parameters

    def place(self, kind: ShortcutKind) -> str | None:
        """Return where a kind is looked up: in the configuration, in the report, or nowhere."""
        if self.server.resources[kind.name].endpoint != IMPORT:
            return "configuration"
        return "report" if self.backend.reported else None

    def shown(
        self, kind: ShortcutKind, desired: Mapping, changes: Sequence[Change], check_mode: bool
    ) -> dict:
        """Return the one shortcut as the appliance shows it, or as it would; what it does not show
        is not in it.
        """
        resource = self.server.resources[kind.name]
        if changes and (check_mode or self.place(kind) is None):
            obj = changes[0].after
        else:
            key = self.server.find(resource, desired[kind.name][0])
            obj = self.server.memory(resource).known[key].object
        return {
            "kind": kind.name,
            **{option: value for option, value in obj.items() if value is not None},
        }

    # --- parts --------------------------------------------------------------------------------------------------------

    def _may(self, permission) -> bool:
        return self.permissions is None or granted(self.permissions, permission) is not False

    def _imported(self, kind, named) -> Resource:
        return import_resource(
            kind.name,
            named,
            self.params[PARAMETERS[kind.name]] if kind.name in PARAMETERS else kind.parameter,
        )

    def _code_of(self, kind, shown) -> str | None:
        """Return the code name of what is called by its name, or by the code name itself."""
        memory = self.server.memory(self.server.resources[kind])
        found = list(memory.meant.get(self.server.name_for(kind, shown), ()))
        return memory.known[memory.by_id[found[0]]].object["code_name"] if len(found) == 1 else None

    def _find_missing_kinds(self, described):
        """Read the kinds that the Configuration API should show; what this version does not have
        there is left to the import.
        """
        names = defaultdict(list)
        for kind, description in described:
            names[kind.name].append(description["name"])
        for kind_name, wanted in names.items():
            resource = self.server.resources[kind_name]
            if resource.endpoint != IMPORT:
                try:
                    if len(wanted) == 1:
                        self.server.read_some(resource, [{"name": wanted[0]}])
                    self.server.memory(resource)
                except NotThere:
                    if self.permissions is None:
                        raise
                    self.server.resources[kind_name] = self._imported(KINDS[kind_name], True)

    def _read_report(self):
        """Read the report, or find out why that cannot be done."""
        if not self._may(PERMISSION):
            self._reason = f"The API account lacks the permission {PERMISSION}."
        try:
            self.backend.reported = not self._reason
            self.backend.items()
        except Refused as exc:
            self.backend.reported, self._reason = False, str(exc)

    def _is_to_be_imported(self, kind, description, of_this_name) -> bool:
        """Tell whether a shortcut that is imported has to be planned: not if it is to be absent,
        and is.
        """
        label = f"{kind.name} {description['name']} in {description['group']}"
        # Those that are of this kind, or of one that is not known, and in this group, or in one
        # that may be the same.
        alike = [
            item
            for item in of_this_name
            if METHODS.get(folded(item.method), kind.name) == kind.name
            and self._is_in(item, description["group"]) is not False
        ]
        if description["state"] == "absent":
            if alike or not self.backend.reported:
                told = (
                    f"the report lists it ({alike[0].method})"
                    if alike
                    else f"it cannot be looked up ({self._reason})"
                )
                raise InputError(
                    f"{label}: {told}, and no API that this account may use removes it. Remove it in the console."
                )
            return False
        if not description.get(kind.address):
            raise InputError(f"{label}: {kind.address} must be given.")
        doubt = self._doubt(kind, description, alike)
        if doubt and self.params["existing"] == "look_up":
            raise InputError(
                f"{label}: nobody can say whether it exists already, and every import adds another one. {doubt} "
                f"To import it all the same, set existing: assume_absent."
            )
        if doubt:
            self.backend.unseen.add((kind.name, description["name"], description[kind.address]))
        return True

    def _is_in(self, item, group) -> bool | None:
        """Tell whether an item of the report lies in a group, by name or code name; None where that
        cannot be known.
        """
        if self.backend.code_of is not None:
            return self.server.name_for("jump_group", item.group) == self.server.name_for(
                "jump_group", group
            )
        return True if item.group == group or folded(item.group) == folded(group) else None

    def _doubt(self, kind, description, alike) -> str:
        """Say why it cannot be told whether a shortcut exists; nothing where it can."""
        group, host = description["group"], description[kind.address]
        if not self.backend.reported:
            return self._reason
        here = [
            item for item in alike if folded(item.method) in METHODS and self._is_in(item, group)
        ]
        if here and (
            self.backend.code_of is not None or any(item.hostname == host for item in here)
        ):
            return ""  # the plan compares the rest
        if here:
            return f"The report lists one of this name in this group with the host name {here[0].hostname!r}, which no API changes."
        for item in alike:
            if item.hostname == host and folded(item.method) not in METHODS:
                return f"The report lists a jump item of this name and host name as {item.method!r}, and which kind that is, is not known."
            if item.hostname == host:
                return (
                    f"The report lists one of this name and host name in the group {item.group!r}; whether that is {group!r} "
                    f"can be told with the permission perm_configuration only, which the API account lacks."
                )
        return ""

    def _check_import(self, resource, obj):
        label = f"{resource.name} {resource.label(obj)}"
        access = "no access" if self.permissions is None else self.permissions.get("perm_command")
        # What is not told is left to the appliance.
        if access and access.replace(" ", "_") != "full_access":
            raise InputError(
                f"{label} has to be imported, for which the API account needs perm_command with full access; it has {access}."
            )
        for option, kind, name in resource.references(obj):
            if not self.server.id_of(kind, name, True):
                raise InputError(
                    f"{label}: {option} names the {kind} {name!r}, which has no code name. The import can refer to code names only."
                )


def _triple(resource, record) -> tuple:
    return resource.name, record["name"], record.get(_address(resource))


def _address(resource) -> str:
    """Return what the import calls the address."""
    return resource.fields[KINDS[resource.name].address].wire
