"""The door for modules, which others can take the place of, and the one place that knows AnsibleModule."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from functools import partial
from types import ModuleType
from typing import Any

from ansible.module_utils import basic

from .errors import Error, OutcomeUnknown
from .given import as_given
from .http import HTTPX_IMPORT_ERROR
from .proxy import secrets_of
from .quoting import LONGEST_MESSAGE, quoted
from .reconcile import Check, manage_object, object_rules, object_spec
from .resource import Platform, Resource
from .server import Server
from .turns import Turn

Work = Callable[[Server, Mapping[str, Any], bool], dict]


@dataclass(frozen=True)
class Declared:
    """What a module declares, for whichever door it goes through."""

    spec: Mapping[str, Any]  # its options, as AnsibleModule takes them
    work: Callable[..., dict]  # work(params, check_mode, diff) -> result; ``msg`` in it says that it failed, and why
    rules: Mapping[str, Any] = field(default_factory=dict)  # between its options, as AnsibleModule takes them
    needs_httpx: bool = True


class Checked:
    """Makes an AnsibleModule keep its secrets even when its arguments are so wrong that Ansible gives up before it has collected them.

    It refuses what Ansible would convert into something that nobody meant, or stumble over.
    """

    def __init__(self, *args, **kwargs):
        try:
            super().__init__(*args, **kwargs)
        except TypeError:  # from Ansible's own checks, of a number where options belong
            if not self.misread:
                raise
        if self.misread:
            self.fail_json(msg=self.misread)

    def _load_params(self):
        super()._load_params()
        self.argument_spec, self.misread = as_given(self.argument_spec, self.params)

    def fail_json(self, msg, **kwargs):
        """Fail, with every secret among the arguments masked in all that is printed."""
        self.no_log_values.update(secrets_in(self.argument_spec, self.params))
        super().fail_json(msg, **kwargs)

    def exit_json(self, **kwargs):
        """End, with every secret among the arguments masked in all that is printed: Ansible knows only of options that are secret as a whole."""
        self.no_log_values.update(secrets_in(self.argument_spec, self.params))
        super().exit_json(**kwargs)


def module_of(spec: Mapping[str, Any], *mixins: type, **rules) -> Any:
    """Return the running module. It ends here where its arguments are wrong.

    AnsibleModule is looked up now, not when this file is imported: ansible-lint puts another one in its place, which ends as soon as
    the arguments are checked, so that linting a playbook does none of its work.
    """
    return type("Module", (*mixins, Checked, basic.AnsibleModule), {})(dict(spec), supports_check_mode=True, **rules)


def secrets_in(spec: Mapping[str, Any], params: Mapping[str, Any]) -> Iterator[str]:
    """Yield every secret among the arguments of a module, however wrong these are."""
    for name, option in spec.items():
        value = params.get(name)
        if option.get("no_log") and isinstance(value, (str, int, float)) and str(value).strip():
            yield str(value)
        if name == "proxy":  # which can be read but for its credentials
            yield from secrets_of(value)
        for part in (value if isinstance(value, list) else [value]) if option.get("options") else ():
            if isinstance(part, dict):
                yield from secrets_in(option["options"], part)


def run(platform: Platform, work: Work, spec: Mapping[str, Any], **rules) -> None:
    """Run a module: ``work(server, params, check_mode)`` returns its result, or raises an Error. It goes through the door that is open."""
    door.get()(Declared({**platform.connection, **spec}, partial(perform, platform, work), rules))


def _run_as_module(declared: Declared) -> None:
    module = module_of(declared.spec, **declared.rules)
    if declared.needs_httpx and HTTPX_IMPORT_ERROR:
        module.fail_json(msg=basic.missing_required_lib("httpx"), exception=HTTPX_IMPORT_ERROR)
    result = declared.work(module.params, module.check_mode, module._diff)
    (module.fail_json if "msg" in result else module.exit_json)(**result)


door: ContextVar[Callable[[Declared], None]] = ContextVar("door", default=_run_as_module)
"""The door that modules go through. It is AnsibleModule's unless another one is set."""


def declared_by(module: ModuleType) -> Declared:
    """Return what a module declares. None of its work is done."""
    declared: list[Declared] = []
    context = copy_context()
    context.run(door.set, declared.append)
    context.run(module.main)
    return declared[0]


def perform(platform: Platform, work: Work, params: Mapping[str, Any], check_mode: bool, diff: bool) -> dict:
    """Connect, do the work and return its result; after an Error, ``msg`` in it says what went wrong."""
    server = None
    try:
        backend = platform.connect(params.__getitem__, check_mode)
        server = Server(backend, platform.resources, Turn(backend.session.origin, params["shared_directory"]))
        result = work(server, params, check_mode)
    except Error as exc:
        message = server.session.redact(exc) if server else quoted(exc, LONGEST_MESSAGE)
        result = {"changed": isinstance(exc, OutcomeUnknown), **exc.facts, "msg": message}
    finally:
        if server:
            server.turn.end()
            server.session.close()
    if server:
        result["api"] = server.session.statistics()
    if not diff:
        result.pop("diff", None)  # of a whole server it is large, and Ansible would carry it along unseen
    return result


def run_object(platform: Platform, resource: Resource, spec: Mapping[str, Any] | None = None, check: Check | None = None) -> None:
    """Run the module that manages one object of a kind; ``spec`` adds options, which ``check`` may ask for."""
    run(platform, partial(manage_object, resource, check=check), {**object_spec(resource), **(spec or {})}, **object_rules(resource))
