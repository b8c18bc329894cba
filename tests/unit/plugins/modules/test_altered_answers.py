"""One value of an answer is altered at random: no module ends in a traceback, hangs, or says what a
terminal would obey.

The numbers are seeds, so that what fails can be run again. `make test-all` runs many more of them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.plugins.modules import least_appliances, least_fastx, least_screenconnect
from tests.unit.plugins.modules.test_bad_input import LEAST

# Modules by the server that they ask. Those that wait for time to pass are asked for as little of
# it as they can be.
MODULES = [
    *((module, options, "simplehelp") for module, options in LEAST.items()),
    *(
        (module, options, least_appliances.product_of(module))
        for module, options in least_appliances.LEAST.items()
    ),
    *((module, options, "screenconnect") for module, options in least_screenconnect.LEAST.items()),
    *((module, options, "fastx") for module, options in least_fastx.LEAST.items()),
]
# Whose result is a secret when it works, which is told to be kept quiet elsewhere.
FORETOLD_ONLY = ("beyondtrust_vault_account_check_out",)
IMPATIENT = {
    "screenconnect_command": {"wait_timeout": 0.05},
    "failover_role": {"wait_timeout": 1, "poll": 0.05},
}


@pytest.mark.parametrize(
    "seeds", [range(8), pytest.param(range(8, 120), marks=pytest.mark.wide)], ids=["few", "many"]
)
@pytest.mark.parametrize(
    ("module", "options", "server"), MODULES, ids=[module for module, _options, _server in MODULES]
)
def test_no_altered_answer_ends_in_a_traceback(servers, tmp_path, module, options, server, seeds):
    simulated = servers[server]()
    simulated.lies = True
    simulated.run(module, **options, **IMPATIENT.get(module, {}), check=True)
    asked = len(simulated.journal.entries)
    for seed in seeds:
        simulated.inject("*", "altered", seed=seed, after=seed % max(1, asked))
        simulated.run(
            module,
            check=seed % 2 == 0 or module in FORETOLD_ONLY,
            **options,
            **IMPATIENT.get(module, {}),
        )
        simulated.server.faults.clear()
