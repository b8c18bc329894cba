"""Modules have two doors, an action plugin on the controller and the module elsewhere: both must
come to the same.

How modules are declared is the same for all, so that a few stand for them here; the examples of all
run through both doors in the tests of the documentation.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest

from tests.controller import run_command

# A task whose environment is not the controller's own is done by the module.
DOORS = {"action plugin": "", "module": "environment: {ANYTHING: else}"}
PASSWORD = "kept-out-of-sight-1"
PLAYBOOK = """
    - hosts: localhost
      gather_facts: false
      module_defaults:
        group/remoteops.access.simplehelp: {{retries: 0}}
      tasks:
        - name: Configure
          remoteops.access.{module}: {options}
          register: found
          ignore_errors: true
          {keywords}
        - name: Keep what it returned
          ansible.builtin.copy:
            content: "{{{{ found | to_json }}}}"
            dest: "{{{{ playbook_dir }}}}/found.json"
            mode: "0600"
          check_mode: false
          diff: false
"""
NEW = {
    "tech_group": [{"name": "Night Shift", "permissions": {"canRunTools": True}}],
    "technician": [
        {"username": "w.moreau", "groups": ["Night Shift"], "password": PASSWORD},
        {"username": "b.okafor", "display_name": "B"},
    ],
}
TASKS = {
    "makes and changes": {"config": NEW},
    "finds nothing to do": {"config": {"technician": [{"username": "b.okafor"}]}},
    "names a group that does not exist": {
        "config": {"technician": [{"username": "b.okafor", "groups": ["Nobody"]}]}
    },
    "has an option that does not exist": {
        "config": {"technician": [{"username": "b.okafor", "colour": "red", "password": PASSWORD}]}
    },
    "has an option of the wrong type": {
        "config": {
            "technician": [{"username": "b.okafor", "enabled": "perhaps", "password": PASSWORD}]
        }
    },
    "has a text where options belong": {
        "config": {"tech_group": [{"name": "Helpdesk", "mfa_settings": "on", "password": PASSWORD}]}
    },
    "lacks what is required": {},
    "purges too much": {"config": {"technician": []}, "purge": ["technician"]},
}

# What Ansible itself refuses: the task -> the option that the message names.
WRONG = {
    "has an option that does not exist": "colour",
    "has an option of the wrong type": "enabled",
}


def found(
    controller, door, options, *arguments, module="simplehelp_config", keywords="", **environment
):
    """Run the task through a door and return what it returned, without what tells the doors apart."""
    controller.write(
        {
            "doors.yml": PLAYBOOK.format(
                module=module,
                options=json.dumps(options),
                keywords="\n          ".join([DOORS[door], keywords]),
            )
        }
    )
    # What Ansible lists as a set has an order that depends on the seed of Python's hashes.
    run = controller.playbook("doors.yml", *arguments, PYTHONHASHSEED="1", **environment)
    result = json.loads((controller.directory / "found.json").read_text())
    for name in ("invocation", "exception", "warnings", "deprecations", "ansible_facts"):
        result.pop(name, None)
    return result, run


WIDER = (
    "finds nothing to do",
    "has an option of the wrong type",
    "has a text where options belong",
    "lacks what is required",
)


@pytest.mark.parametrize(
    ("task", "mode"),
    [
        *(("makes and changes", mode) for mode in (["--check"], ["--diff", "-vvvvv"])),
        pytest.param("makes and changes", [], marks=pytest.mark.wide),
        *(
            pytest.param(
                task, ["--diff", "-vvvvv"], marks=[pytest.mark.wide] if task in WIDER else []
            )
            for task in list(TASKS)[1:]
        ),
    ],
)
def test_both_doors_come_to_the_same(controller_of, task, mode):
    outcomes = []
    for door in DOORS:
        controller = controller_of()
        controller.secrets.add(PASSWORD)
        result, run = found(controller, door, TASKS[task], *mode)
        site = controller.server.dump()
        # What is written side by side arrives in any order.
        outcomes.append((result, sorted(controller.wrote()), site))
        assert (PASSWORD in json.dumps(site)) == (
            task == "makes and changes" and "--check" not in mode
        )
        if "-vvvvv" in mode:
            # The module is packed and copied before it runs; the action plugin copies nothing.
            assert ("AnsiballZ_simplehelp_config" in run.output) == (door == "module")
    through_action, through_module = outcomes
    assert WRONG.get(task, "") in through_action[0].get("msg", "")
    assert through_action == through_module
    assert bool(through_action[0].get("failed")) == (
        task not in ("makes and changes", "finds nothing to do")
    )


@pytest.mark.parametrize(
    "keywords",
    [
        pytest.param("async: 30", marks=pytest.mark.wide),
        "environment: {SIMPLEHELP_CONNECTIONS: '2'}",
        "vars: {ansible_connection: ssh, ansible_host: '256.256.256.256'}",
    ],
)
def test_what_the_action_plugin_cannot_do_as_the_module_would_is_left_to_the_module(
    controller, keywords
):
    controller.secrets.add(PASSWORD)
    controller.write(
        {
            "doors.yml": PLAYBOOK.format(
                module="simplehelp_config", options=json.dumps({"config": NEW}), keywords=keywords
            )
        }
    )
    # Else Ansible writes the job below $HOME and looks for it below the home of the user, which
    # need not be the same.
    run = controller.run(
        "ansible-playbook",
        "doors.yml",
        "-vvvv",
        ANSIBLE_ASYNC_DIR=str(controller.directory / "jobs"),
    )
    result = (
        json.loads((controller.directory / "found.json").read_text())
        if (controller.directory / "found.json").exists()
        else {}
    )
    if "ssh" in keywords:  # no such host: it was not done here
        assert (
            controller.wrote() == []
            and "UNREACHABLE!" in run.output
            and run.recap["unreachable"] == 1
        )
    else:
        assert result["changed"] is True and "technicians/new" in controller.wrote()
        assert "AnsiballZ_simplehelp_config" in run.output


@pytest.mark.parametrize(
    ("module", "options", "message"),
    [
        (
            "technician",
            {"username": "b.okafor", "display_name": "Somebody", "password": PASSWORD},
            None,
        ),
        (
            "technician",
            {"username": "b.okafor", "state": "absent", "enabled": "perhaps", "password": PASSWORD},
            "enabled",
        ),
        ("simplehelp_technician_totp", {}, "one of the following is required: username, unique_id"),
        (
            "simplehelp_technician_totp",
            {"username": "b.okafor", "unique_id": 7},
            "parameters are mutually exclusive: username|unique_id",
        ),
        ("machine_property", {"machine": "nobody's", "properties": {"a": "b"}}, "nobody's"),
    ],
)
def test_a_module_of_one_object_comes_to_the_same_through_both_doors(
    controller_of, module, options, message
):
    outcomes = []
    for door in DOORS:
        controller = controller_of()
        controller.secrets.add(PASSWORD)
        result, run = found(controller, door, options, "-vvvvv", module=module)
        assert (f"AnsiballZ_{module}" in run.output) == (door == "module")
        outcomes.append((result, sorted(controller.wrote()), controller.server.dump()))
        assert (message or "") in result.get("msg", "") and bool(result.get("failed")) is bool(
            message
        )
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize("door", DOORS)
def test_each_item_of_a_loop_warns_once(controller, door):
    options, keywords = (
        json.dumps({"machine_id_filters": ["{{ item }}"]}),
        f"{DOORS[door]}\n          loop: [gone, lost]",
    )
    controller.write(
        {
            "doors.yml": PLAYBOOK.format(
                module="simplehelp_history_info", options=options, keywords=keywords
            )
        }
    )
    done = run_command(
        "ansible-playbook", "doors.yml", directory=controller.directory, **controller.environment
    )
    assert done.returncode == 0, done.stdout
    output = " ".join((done.stdout + done.stderr).split())
    assert [
        output.count(f"no machine with the ID or name '{name}'") for name in ("gone", "lost")
    ] == [1, 1]
