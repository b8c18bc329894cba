"""The comparison of a loop over a module with loops that do without it, item by item, where nothing
has to change.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from functools import partial

from .measure import paired, seconds_per_item
from .report import Section
from .technicians import company_of
from .workspace import Workspace, simulator

AIM, LIMIT_AIM = 40, 2  # times as fast as the loop; times as long as an empty action plugin
COMMANDS = (
    (
        "the collection",
        "ansible-playbook technician.yml",
        'remoteops.access.technician: {username: "{{ item }}"}, loop: "{{ usernames }}"',
    ),
    (
        "by the module",
        "ansible-playbook technician_as_module.yml",
        "the same with `environment`, so that it is not done in Ansible's own process",
    ),
    (
        "the loop",
        "ansible-playbook loop_of_uri.yml",
        'ansible.builtin.uri: {url: ..., method: POST, body: {username: "{{ item }}"}, ...}, the same loop',
    ),
    (
        "an empty module, an empty action plugin",
        "ansible-playbook empty.yml, empty_action.yml",
        "the same loop",
    ),
)


def looped(
    workspace: Workspace,
    items: int = 50,
    slow_items: int = 20,
    rounds: int = 5,
    judged: bool = True,
) -> Section:
    """Compare what an item takes in loops of so many items; of what starts a process for each item
    there are fewer.
    """
    site = company_of(items)
    usernames = [
        name
        for name, person in site["technicians"].items()
        if not set(person) & {"isAnonymous", "appProfilesUser"}
    ][:items]
    technician = {"remoteops.access.technician": {"username": "{{ item }}"}}
    environment = "{{{{ lookup('env', 'SIMPLEHELP_{}') }}}}".format
    tasks = {
        "technician": technician,
        "technician_as_module": {**technician, "environment": {"DOOR": "module"}},
        "loop_of_uri": {
            "ansible.builtin.uri": {
                "url": f"{environment('URL')}/api/v1/{environment('API_TOKEN')}/technicians/get",
                "method": "POST",
                "ca_path": environment("CA_PATH"),
                "body": {"username": "{{ item }}"},
                "body_format": "json",
            }
        },
        "empty": {"empty_module": {}},
        "empty_action": {"empty_action": {}},
    }
    fast = ("technician", "empty_action")
    for name, task in tasks.items():
        given = {"usernames": usernames if name in fast else usernames[:slow_items]}
        play = {
            "hosts": "localhost",
            "gather_facts": False,
            "vars": given,
            "tasks": [{"name": name, "loop": "{{ usernames }}", **task}],
        }
        workspace.write(f"{name}.yml", [play])
    with simulator(workspace, site) as server:

        def item(name: str) -> float:
            times = workspace.write("times", "")
            workspace.run("ansible-playbook", f"{name}.yml", **server.environment)
            task = json.loads(times.read_text(encoding="utf-8"))
            if task["changed"]:
                raise SystemExit(
                    f"{name} changed something, so that it does another work than the others."
                )
            return seconds_per_item(task["ends"])

        found = paired(dict.fromkeys(tasks, rounds), {name: partial(item, name) for name in tasks})
    ours = [1000 * each for each in found["technician"]]
    other = {name: [1000 * each for each in seconds] for name, seconds in found.items()}
    section = Section(
        "An item of a loop over technicians, nothing to change (1,000 items)", COMMANDS
    )
    section.faster(
        "a loop of ansible.builtin.uri, which only asks",
        ours,
        other["loop_of_uri"],
        AIM if judged else None,
    )
    section.faster(
        "the same module, packed and started for each item", ours, other["technician_as_module"]
    )
    section.faster("an empty module", ours, other["empty"])
    section.slower(
        "an empty action plugin", ours, other["empty_action"], LIMIT_AIM if judged else None
    )
    section.notes.append(
        "Each item connects anew, reads the technician and compares; the first item of each loop is left out, and the others are scaled."
    )
    section.notes.append(
        "Describing all of them in one task of `simplehelp_config` is faster still: see above."
    )
    return section
