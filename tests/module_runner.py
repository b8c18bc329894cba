"""Runs a module in this process through one of its two doors: its main(), as AnsiballZ would, or
its action plugin, as Ansible would.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import io
import json
import os
from contextlib import contextmanager, nullcontext, redirect_stdout
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
from unittest.mock import patch

import pytest
from ansible.module_utils import basic
from ansible.module_utils.common import warnings
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.plugins.loader import action_loader, connection_loader
from ansible.template import Templar

from tests.controller import load_plugins

try:
    from ansible.module_utils import _internal
    from ansible.module_utils.testing import patch_module_args
except ImportError:  # ansible-core 2.18 has neither
    _internal = None

    @contextmanager
    def patch_module_args(arguments: dict):
        """Let the next AnsibleModule find these arguments."""
        with patch.object(
            basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode()
        ):
            yield


try:
    from ansible._internal._display_utils import DeferredWarningContext
except ImportError:  # ansible-core 2.18 leaves warnings to the action plugin
    DeferredWarningContext = None

MODULES = "ansible_collections.remoteops.access.plugins.modules"


@dataclass(frozen=True)
class Outcome:
    """A finished module: its result, and the text that it printed."""

    result: dict
    output: str

    def __getitem__(self, name):
        return self.result[name]

    def get(self, name, default=None):
        """Return an entry of the result."""
        return self.result.get(name, default)

    @property
    def failed(self) -> bool:
        """Whether the module failed."""
        return bool(self.result.get("failed"))


@contextmanager
def _as_on_a_managed_host():
    """Let nothing be seen of modules before, nor of the controller's code, which other tests have
    imported and which would print the warnings.
    """
    warnings._global_warnings.clear()
    warnings._global_deprecations.clear()
    with patch.object(_internal, "is_controller", False) if _internal else nullcontext():
        yield


def run_module(name: str, params: dict, check: bool = False, door: str | None = None) -> Outcome:
    """Run the module ``name`` with ``params``, in check mode if ``check``, through the door that is
    named or else through the test's.
    """
    return DOORS[door or open_door.get()](name, params, check)


def _run_main(name, params, check) -> Outcome:
    printed = io.StringIO()
    arguments = {
        **params,
        "_ansible_check_mode": check,
        "_ansible_diff": True,
        "_ansible_verbosity": 5,
        "_ansible_module_name": f"remoteops.access.{name}",
    }
    with (
        _as_on_a_managed_host(),
        patch_module_args(arguments),
        redirect_stdout(printed),
        pytest.raises(SystemExit),
    ):
        import_module(f"{MODULES}.{name}").main()
    output = printed.getvalue()
    return Outcome(json.loads(output), output)


def _run_action(name, params, check) -> Outcome:
    load_plugins()
    warnings._global_warnings.clear()
    task, loader, context = Task(), DataLoader(), PlayContext()
    loader.set_basedir(os.getcwd())
    task.action, task.args, task.check_mode, task.diff = (
        f"remoteops.access.{name}",
        dict(params),
        check,
        True,
    )
    connection = connection_loader.get("ansible.builtin.local", context, os.devnull)
    with (
        DeferredWarningContext(variables={})
        if DeferredWarningContext
        else nullcontext() as deferred
    ):
        action = action_loader.get(
            "remoteops.access.technician",
            task=task,
            connection=connection,
            play_context=context,
            loader=loader,
            templar=Templar(loader),
            shared_loader_obj=None,
        )
        result = action.run(task_vars={})
    if deferred and (warned := deferred.get_warnings()):
        result["warnings"] = [str(warning.event.msg) for warning in warned]
    output = json.dumps(result)
    return Outcome(json.loads(output), output)


DOORS = {"module": _run_main, "action plugin": _run_action}

open_door: ContextVar[str] = ContextVar("open_door", default="module")
"""The door that a test's modules go through, where it names none."""


@contextmanager
def through(door: str):
    """Let modules go through a door."""
    before = open_door.set(door)
    yield
    open_door.reset(before)


def other_door() -> str:
    """Return the door that is not open."""
    return next(door for door in DOORS if door != open_door.get())


def compared(outcome: Outcome) -> dict:
    """Return what both doors have to return alike: Ansible adds what was asked for to what a module
    prints, and that nothing has changed.
    """
    return {
        "changed": False,
        **{
            name: value
            for name, value in outcome.result.items()
            if name not in ("invocation", "exception", "_ansible_no_log")
        },
    }
