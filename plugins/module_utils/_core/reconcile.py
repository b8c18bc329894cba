"""What the front doors do with a server: manage one object, a whole document, read, export. Plain
functions.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ansible.module_utils.common.warnings import warn

from .apply import apply
from .errors import Incomplete, Refused
from .plan import Change, Purge, as_diff
from .resource import Platform, Resource
from .server import Server

STATE = {"type": "str", "choices": ["present", "absent"], "default": "present"}
REMOVE_PROTECTED = {"type": "bool", "default": False}


def object_spec(resource: Resource) -> dict:
    """Return the options of the module that manages one object of a kind."""
    spec = resource.argument_spec()
    if "delete" in resource.verbs:
        spec["state"] = STATE
    if resource.protected:
        spec["remove_protected"] = REMOVE_PROTECTED
    return {**spec, **_contents_spec(resource)}


def _contents_spec(resource) -> dict:
    return (
        {resource.contents.option: {"type": "bool", "default": False}} if resource.contents else {}
    )


def _with_contents(resources: Iterable[Resource], params: Mapping[str, Any]) -> list[str]:
    """Return the kinds of which an object may be removed together with what lies in it."""
    return [
        resource.name
        for resource in resources
        if resource.contents and params.get(resource.contents.option)
    ]


def object_rules(resource: Resource) -> dict:
    """Return the rules between those options, as AnsibleModule takes them."""
    rules = {"mutually_exclusive": [list(resource.one_of)]} if resource.one_of else {}
    if resource.id_field:
        key = [
            resource.fields[name].option or name
            for name in resource.key
            if name not in resource.one_of
        ]
        rules["required_one_of"] = [[*key, resource.id_field]]
    return rules


def manage_object(
    resource: Resource, server: Server, params: Mapping[str, Any], check_mode: bool
) -> dict:
    """Bring one object to the state that ``params`` describe and return the module's result."""
    purge = Purge(
        remove_protected=params.get("remove_protected", False),
        with_contents=_with_contents([resource], params),
    )
    changes = planned(server, lambda: server.plan({resource.name: [params]}, purge))
    result = carry_out(server, changes, check_mode)
    if params.get("state") != "absent":
        if changes and check_mode:
            result[resource.name] = {
                name: value
                for name, value in changes[0].after.items()
                if not resource.fields[name].secret
            }
        else:
            known = (
                server.known(changes[0])
                if changes
                else server.memory(resource).known[server.find(resource, params)]
            )
            result[resource.name] = dict(known.object)
    return result


def config_spec(platform: Platform) -> dict:
    """Return the options of the module that manages a whole server."""
    kinds, purgeable, contents = {}, [], {}
    for resource in platform.resources:
        contents |= _contents_spec(resource)
        if not resource.verbs:
            continue
        spec = resource.argument_spec()
        if "delete" in resource.verbs:
            spec["state"] = STATE
            purgeable.append(resource.name)
        purgeable += [field.purge for field in resource.fields.values() if field.purge]
        shape = {"type": "list", "elements": "dict"} if resource.key else {"type": "dict"}
        kinds[resource.name] = {**shape, "options": spec, **object_rules(resource)}
    return {
        "config": {"type": "dict", "required": True, "options": kinds},
        "purge": {"type": "list", "elements": "str", "choices": purgeable, "default": []},
        "max_removed": {"type": "int", "default": Purge.max_removed},
        "max_removed_percent": {"type": "int", "default": Purge.max_removed_percent},
        "allow_empty": {"type": "bool", "default": False},
        "remove_protected": REMOVE_PROTECTED,
        **contents,
    }


def plan_config(server: Server, params: Mapping[str, Any]) -> list[Change]:
    """Return the changes that make the server agree with the document in ``params``."""
    desired = {
        kind: described if isinstance(described, list) else [described]
        for kind, described in params["config"].items()
        if described is not None
    }
    names = ("max_removed", "max_removed_percent", "allow_empty", "remove_protected")
    purge = Purge(
        params["purge"],
        *(params[name] for name in names),
        _with_contents(server.resources.values(), params),
    )
    return planned(server, lambda: server.plan(desired, purge))


def planned(server: Server, plan: Callable[[], list[Change]]) -> list[Change]:
    """Return what ``plan()`` returns. Where it makes something, the turn is taken first, and it is
    asked anew if others have had theirs meanwhile.
    """
    changes = plan()
    return plan() if any(change.makes for change in changes) and server.take_turn() else changes


def export_config(server: Server, kinds: Iterable[str], protected: bool = False) -> dict:
    """Return what the server holds in the words of the document that describes it, in a stable
    order.
    """
    return {
        resource.name: _exported(server, resource, protected)
        for resource in server.resources.values()
        if resource.name in kinds
    }


def export_all(server: Server, kinds: Iterable[str], named: bool, protected: bool = False) -> dict:
    """Return the result of a module that exports some kinds, which the user has ``named``, or else
    all that there are.

    A server may not have a kind, or may not show it to this account. One that was named is an
    error; one that was not is left out, with a warning. A server that refuses all of them has none
    of these reasons.
    """
    config: dict[str, Any] = {}
    missing: list[dict[str, str]] = []
    refusal: Refused | None = None
    for resource in server.resources.values():
        if resource.name in kinds:
            try:
                config[resource.name] = _exported(server, resource, protected)
            except Refused as exc:
                # HTTP 401 says nothing of a kind: the token, or a parameter, was refused.
                if exc.stops or exc.facts.get("status") == 401:
                    raise
                if named:
                    hint = f"If this server has no {resource.name}, leave it out of kinds."
                    raise type(exc)(f"{exc} {hint}", **exc.facts) from None
                refusal = refusal or exc
                missing.append({"kind": resource.name, "reason": server.session.redact(exc)})
    if refusal and not config:
        raise refusal
    for each in missing:
        warn(
            f"The export has no {each['kind']}, as this server has none or does not show it to this "
            f"account: {each['reason']} To leave it out without a warning, name the others in kinds."
        )
    return {"changed": False, "config": config, "missing_kinds": missing}


def _exported(server, resource, protected) -> Any:
    objects = server.read(resource)
    keys = [
        key
        for key in sorted(objects, key=_sorting)
        if protected or not any(objects[key].get(name) for name in resource.protected)
    ]
    server.complete(resource, keys, resource.queries)
    exported = [server.exported(resource, key) for key in keys]
    return exported if resource.key else exported[0]


def _sorting(key) -> list:
    """Return a key so that any two can be compared: its parts are texts, numbers, paths, and left
    out.
    """
    return [
        ["" if one is None else str(one) for one in (part if isinstance(part, tuple) else [part])]
        for part in key
    ]


def carry_out(server: Server, changes: Sequence[Change], check_mode: bool) -> dict:
    """Apply ``changes``, unless nothing may change, and return the part of the result that all
    modules share.
    """
    for change in changes:
        server.session.conceal(
            str((change.after or {}).get(name) or "") for name in change.resource.secrets
        )
    if not check_mode:
        try:
            apply(server, changes)
        except Incomplete as exc:
            exc.facts["diff"] = as_diff(exc.done)
            raise
    return {
        "changed": bool(changes),
        "changes": [change.described() for change in changes],
        "diff": as_diff(changes),
    }
