"""The everyday form of two runs at a time: a task without run_once for several hosts, each of which
is the controller itself.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import sys

import pytest

from tests.controller import run_command
from tests.simulator.beyondtrust import Appliance, Switches
from tests.simulator.serving import serve
from tests.unit.appliances import CLIENT_ID, CLIENT_SECRET, small_appliance

PLAYBOOK = """
- hosts: all
  gather_facts: false
  tasks:
    - name: A switch that the network team can jump to
      remoteops.access.beyondtrust_shell_jump:
        name: sw-core-1
        jump_group: Servers
        jumpoint: Leeds
        hostname: 10.2.0.1
        protocol: ssh
      {keywords}
"""


@pytest.mark.parametrize(
    "keywords", ["", "environment: {ANYTHING: else}"], ids=["action plugin", "module"]
)
def test_what_a_task_describes_for_all_hosts_is_made_once_and_the_next_run_finds_it(
    tmp_path, keywords
):
    appliance = Appliance(
        small_appliance(),
        Switches(requests_per_second=1_000_000, requests_per_hour=1_000_000),
        "rs",
        "25.2.1",
    )
    (tmp_path / "play.yml").write_text(PLAYBOOK.format(keywords=keywords))
    (tmp_path / "hosts.ini").write_text(
        "\n".join(
            f"host{number} ansible_connection=local ansible_python_interpreter={sys.executable}"
            for number in range(5)
        )
    )
    appliance.latency = 0.02
    with serve(appliance) as running:
        environment = {
            "BEYONDTRUST_URL": running.url,
            "BEYONDTRUST_CLIENT_ID": CLIENT_ID,
            "BEYONDTRUST_CLIENT_SECRET": CLIENT_SECRET,
            "BEYONDTRUST_CA_PATH": str(running.ca_path),
            "ANSIBLE_FORKS": "5",
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        }
        for changed in (1, 0):
            done = run_command(
                "ansible-playbook", "-i", "hosts.ini", "play.yml", directory=tmp_path, **environment
            )
            assert done.returncode == 0, done.stdout + done.stderr
            assert sum(map(int, re.findall(r"changed=(\d+)", done.stdout))) == changed, done.stdout
    made = [
        each
        for each in appliance.site["config"]["jump-item/shell-jump"].values()
        if each["name"] == "sw-core-1"
    ]
    assert len(made) == 1 and appliance.journal.violations == []
