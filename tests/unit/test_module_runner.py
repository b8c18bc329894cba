"""That a module run by tests says what it would say on a managed host, whatever ran before it in
the same process.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.controller import load_plugins
from tests.module_runner import run_module
from tests.unit.appliances import CLIENT_ID, small_appliance


@pytest.fixture
def warned(beyondtrust, tmp_path):
    """Return a function that takes a backup, of which the module can warn."""
    load_plugins()  # with which this process is a controller to Ansible
    seed = small_appliance()
    seed["accounts"][CLIENT_ID]["permissions"] = {"perm_backup": 1, "perm_command": "deny"}
    simulated = beyondtrust("rs", seed)

    def run(name: str, **options):
        return run_module(
            "backup",
            {
                **simulated.options,
                "platform": "beyondtrust",
                "directory": str(tmp_path / name),
                **options,
            },
        )

    return run


def test_warnings_are_in_the_result_beside_the_controllers_code(warned):
    assert any(
        "does not tell its version" in str(warning)
        for warning in warned("a", backup_password="Sunrise-4711")["warnings"]
    )


def test_warnings_of_one_module_are_not_those_of_the_next(warned):
    assert warned("a", backup_password="Sunrise-4711").get("warnings")
    assert not warned("b").get("warnings")
