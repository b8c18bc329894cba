"""The inventory as the demo and the README show it, through the real ansible-inventory."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from pathlib import Path

from tests.simulator.company import company

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_s_inventory_shows_machine_groups_as_nested_groups_and_does_not_warn(
    controller_of,
):
    controller = controller_of(company(machines=120, technicians=5))
    run = controller.run(
        "ansible-inventory",
        "-i",
        str(ROOT / "playbooks/demo/simplehelp.yml"),
        "--graph",
        "simplehelp_ireland",
    )
    assert run.status == 0, run.output
    lines = run.output.splitlines()
    assert lines[0] == "@simplehelp_ireland:"
    assert "  |--@simplehelp_ireland_cork:" in lines
    assert "  |  |--@simplehelp_ireland_cork_cold_store:" in lines
    assert any(line.startswith("  |  |  |--") and "cld" in line.lower() for line in lines)
    offline = [
        machine["hostname"]
        for machine in controller.site["machines"].values()
        if not machine["online"]
    ]
    assert offline and not any(name in run.output.lower() for name in offline)
    assert controller.wrote() == []
