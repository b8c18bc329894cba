"""Arguments that Ansible itself refuses are refused in the same words through both doors, with no
secret among them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
import yaml

from tests.module_runner import DOORS, compared, run_module
from tests.unit.documented import MODULES

SECRET = "kept-out-of-sight-1"
# Tasks whose options are wrong in one way each, as Ansible says it; of some more than one thing is
# wrong, and Ansible says the first.
WRONG = """
    technician: {username: b.okafor, groop: [Helpdesk]}
    technician: {username: b.okafor, groop: [Helpdesk], colour: red, state: gone}
    technician: {username: b.okafor, groop: [Helpdesk], enabled: perhaps}
    technician: {username: b.okafor, state: gone}
    technician: {username: b.okafor, state: Present}
    technician: {username: b.okafor, groups: {a: b}}
    technician: {username: b.okafor, groups: 7}
    technician: {username: b.okafor, unique_id: many}
    technician: {username: b.okafor, timeout: long}
    technician: {username: b.okafor, timeout: .nan}
    technician: {username: b.okafor, password: [kept-out-of-sight-1]}
    technician: {username: b.okafor, password: kept-out-of-sight-1, enabled: kept-out-of-sight-1}
    technician: {username: b.okafor, 7: seven}
    technician: {}
    technician: {display_name: Nobody}
    tech_group: {name: Helpdesk, mfa_settings: {emial: true}}
    tech_group: {name: Helpdesk, mfa_settings: {email: perhaps}}
    tech_group: {name: Helpdesk, mfa_settings: on}
    tech_group: {name: Helpdesk, permissions: [canChat]}
    machine_property: {machine: SG_1, machine_group: [Ireland], properties: {a: b}}
    machine_property: {}
    machine_property: {machine: SG_1, key: a, properties: {a: b}}
    simplehelp_technician_totp: {}
    simplehelp_technician_totp: {username: b.okafor, unique_id: 7}
    simplehelp_config: {}
    simplehelp_config: {config: {}, max_removed: many}
    simplehelp_config: {config: {technicians: []}}
    simplehelp_config: {config: {technician: [{}]}}
    simplehelp_config: {config: {technician: {username: b.okafor}}}
    simplehelp_config: {config: {technician: [b.okafor]}}
    simplehelp_config: {config: {technician: [{username: b.okafor, colour: red}, {username: admin, shape: round}]}}
    simplehelp_config: {config: {tech_group: [{name: Helpdesk, mfa_settings: {emial: true}}]}, purge: [everything]}
    simplehelp_config: {config: {}, purge: [everything]}
    simplehelp_config_info: {kinds: [technician, nonsense]}
    simplehelp_config_info: {gather: [nonsense]}
    beyondtrust_drill_journal: {colour: red}
    beyondtrust_drill_journal: {directory: here, action: nonsense}
    beyondtrust_drill_report: {}
    beyondtrust_probe: {duration: long}
    beyondtrust_probe: {adresses: [a.example.org]}
    failover_role: {role: king}
    failover_role: {role: primary, client_secret: kept-out-of-sight-1, peer: {url: https://b.example.org, colour: red}}
    fastx_share: {state: there}
    screenconnect_command: {session: [a], comand: dir}
"""
CONNECTIONS = {
    "simplehelp": {"url": "https://support.example.org", "api_token": "t0ken-of-simplehelp"},
    "beyondtrust": {
        "url": "https://rs.example.org",
        "client_id": "id",
        "client_secret": "s3cret-of-the-account",
    },
}


def through_both(module: str, options: dict) -> list[dict]:
    """Return what a module returns through each door."""
    platform = (
        "simplehelp"
        if module.startswith(("tech", "machine", "simplehelp"))
        else "beyondtrust"
        if module == "failover_role"
        else None
    )
    given = {**CONNECTIONS.get(platform, {}), **options}
    outcomes = [run_module(module, given, door=door) for door in DOORS]
    assert not any(
        secret in outcome.output
        for outcome in outcomes
        for secret in (SECRET, "t0ken-of-simplehelp", "s3cret-of-the-account")
    )
    return [compared(outcome) for outcome in outcomes]


@pytest.mark.parametrize("line", [line.strip() for line in WRONG.strip().splitlines()])
def test_wrong_arguments_are_refused_in_the_same_words_through_both_doors(line):
    ((module, options),) = yaml.safe_load(line).items()
    one, other = through_both(module, options)
    assert one == other
    assert one["failed"] and one["changed"] is False


@pytest.mark.parametrize("module", MODULES)
def test_a_misspelt_option_is_told_with_those_that_there_are(module):
    one, other = through_both(module, {"nmae": "x", "colour": "red"})
    assert one == other
    unknown = f"Unsupported parameters for (remoteops.access.{module}) module: colour, nmae. Supported parameters include: "
    assert one["msg"].startswith(
        (unknown, "missing required arguments: ", "one of the following is required: ")
    )
