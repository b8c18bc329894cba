"""What a module declares, and the door that runs it as a process of its own: the one place that
knows AnsibleModule.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ansible.module_utils import basic

from .errors import Error, OutcomeUnknown
from .given import as_given
from .http import HTTPX_IMPORT_ERROR
from .linting import Linted, in_a_playbook, is_linted
from .proxy import secrets_of
from .quoting import LONGEST_MESSAGE, quoted
from .reconcile import manage_object, object_rules, object_spec
from .resource import Platform, Resource
from .server import Server
from .turns import Turn

# work(server, params, check_mode) -> result; without a platform work(params, check_mode). ``msg``
# in a result says that it failed, and why.
Work = Callable[..., dict]
Progress = Callable[[str], None]


class Declaration(ABC):
    """What a module declares, once, for whichever door it goes through."""

    options: Mapping[str, Any]
    """All of its options, as AnsibleModule takes them."""
    rules: Mapping[str, Any]
    """Between its options, as AnsibleModule takes them."""
    reveals: Callable[[Mapping[str, Any]], bool] | None = None
    """Whether a result holds a secret that was asked for; None where none ever does."""
    needs_httpx: bool = True

    @abstractmethod
    def perform(self, running: Any, progress: Progress = lambda text: None) -> dict:
        """Do the work for an AnsibleModule whose arguments are good, and return its result; after
        an Error, ``msg`` in it says what went wrong.

        ``progress`` shows people how a long task goes on, where a door can do that.
        """

    def main(self) -> None:
        """Run as a process of its own."""
        if is_linted():
            module_of(
                {name: in_a_playbook(option) for name, option in self.options.items()},
                Linted,
                **self.rules,
            )
            return  # whatever that one does when the arguments are good
        running = module_of(self.options, **self.rules)
        if self.needs_httpx and HTTPX_IMPORT_ERROR:
            running.fail_json(msg=basic.missing_required_lib("httpx"), exception=HTTPX_IMPORT_ERROR)
        result = self.perform(running)
        (running.fail_json if "msg" in result else running.exit_json)(**result)


@dataclass(frozen=True)
class Module(Declaration):
    """A module that works on a server of one platform, or, without one, on the machine where it
    runs.
    """

    platform: Platform | None
    work: Work
    # Its options, but for those of the connection.
    spec: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    reveals: Callable[[Mapping[str, Any]], bool] | None = None
    needs_httpx: bool = True

    @property
    def options(self) -> dict:
        """All of its options."""
        return {**(self.platform.connection if self.platform else {}), **self.spec}

    def perform(self, running: Any, progress: Progress = lambda text: None) -> dict:
        """Connect, do the work and return its result."""
        return self.perform_with(running.params, running.check_mode, running._diff, progress)

    def perform_with(
        self, params: Mapping[str, Any], check_mode: bool, diff: bool, progress: Progress
    ) -> dict:
        """Do the same with these arguments."""
        server = None
        try:
            if self.platform:
                backend = self.platform.connect(params.__getitem__, check_mode)
                server = Server(
                    backend,
                    self.platform.resources,
                    Turn(backend.session.origin, params["shared_directory"]),
                    progress,
                )
            result = self.work(*([server] if server else []), params, check_mode)
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
            # The difference of a whole server is large, and Ansible would carry it along unseen.
            result.pop("diff", None)
        return result


def object_module(platform: Platform, resource: Resource) -> Module:
    """Return the module that manages one object of a kind."""
    return Module(
        platform, partial(manage_object, resource), object_spec(resource), object_rules(resource)
    )


class Checked:
    """Makes an AnsibleModule keep its secrets even when its arguments are so wrong that Ansible
    gives up before it has collected them.

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
        """End, with every secret among the arguments masked in all that is printed: Ansible knows
        only of options that are secret as a whole.
        """
        self.no_log_values.update(secrets_in(self.argument_spec, self.params))
        super().exit_json(**kwargs)


def module_of(spec: Mapping[str, Any], *mixins: type, **rules) -> Any:
    """Return the running module. It ends here where its arguments are wrong.

    AnsibleModule is looked up now, not when this file is imported: ansible-lint puts another one in
    its place, which ends as soon as the arguments are checked, so that linting a playbook does none
    of its work.
    """
    return type("Module", (*mixins, Checked, basic.AnsibleModule), {})(
        dict(spec), supports_check_mode=True, **rules
    )


def secrets_in(spec: Mapping[str, Any], params: Mapping[str, Any]) -> Iterator[str]:
    """Yield every secret among the arguments of a module, however wrong these are."""
    for name, option in spec.items():
        value = params.get(name)
        if option.get("no_log") and isinstance(value, (str, int, float)) and str(value).strip():
            yield str(value)
        if name == "proxy":  # which can be read but for its credentials
            yield from secrets_of(value)
        for part in (
            (value if isinstance(value, list) else [value]) if option.get("options") else ()
        ):
            if isinstance(part, dict):
                yield from secrets_in(option["options"], part)
