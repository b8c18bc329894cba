"""Runs a module's main() in this process, as AnsiballZ would, and returns what it printed."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import io
import json
from contextlib import contextmanager, nullcontext, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from unittest.mock import patch

import pytest
from ansible.module_utils import basic
from ansible.module_utils.common import warnings

try:
    from ansible.module_utils import _internal
    from ansible.module_utils.testing import patch_module_args
except ImportError:  # ansible-core 2.18 has neither
    _internal = None

    @contextmanager
    def patch_module_args(arguments: dict):
        """Let the next AnsibleModule find these arguments."""
        with patch.object(basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode()):
            yield


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
    """Let nothing be seen of modules before, nor of the controller's code, which other tests have imported and which would print the warnings."""
    warnings._global_warnings.clear()
    warnings._global_deprecations.clear()
    with patch.object(_internal, "is_controller", False) if _internal else nullcontext():
        yield


def run_module(name: str, params: dict, check: bool = False) -> Outcome:
    """Run the module ``name`` with ``params``, in check mode if ``check``."""
    printed = io.StringIO()
    arguments = {**params, "_ansible_check_mode": check, "_ansible_diff": True, "_ansible_verbosity": 5}
    with _as_on_a_managed_host(), patch_module_args(arguments), redirect_stdout(printed), pytest.raises(SystemExit):
        import_module(f"{MODULES}.{name}").main()
    output = printed.getvalue()
    return Outcome(json.loads(output), output)
