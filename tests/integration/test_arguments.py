"""What a module is given is what JSON makes of it, whichever door it goes through, and what is
wrong with it is said in the same words.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import textwrap

import pytest

from tests.controller import run_command
from tests.integration.test_doors import DOORS, PASSWORD

# Values that YAML or a template makes and JSON does not know, or that Ansible has types of its own
# for: as the properties of a machine.
ODD_PROPERTIES = """
    {2026: a number as a key}
    {true: yes as a key}
    {2026-01-01: a date as a key}
    {a: 2026-01-01T10:30:00Z}
    {a: .nan}
    {a: !!set {x, y}}
    {a: "{{ ('a', 'tuple') }}"}
    {a: "{{ 'bytes'.encode() }}"}
    "{{ dict([[2026, 'made by a template']]) }}"
"""
MORE_ODD_PROPERTIES = """
    {1.5: a fraction as a key}
    {null: nothing as a key}
    {1: one, '1': another}
    {'': an empty key}
    {a: 2026-01-01}
    {a: 2026, b: 1.50, c: 0x10, d: 1e3, e: 9007199254740993}
    {a: .inf}
    {a: !!binary aGVsbG8=}
    {a: "\\u0000"}
    {a: !unsafe '{{ not a template }}'}
    {a: "{{ range(3) }}"}
    {a: "{{ {'x': 1}.keys() }}"}
    {a: "{{ {'x': 1}.items() }}"}
    {a: "{{ 3 | int }}", b: "{{ 3 | string }}", c: "{{ 3.0 }}"}
    {a: "{{ '2026-01-01' | to_datetime('%Y-%m-%d') }}"}
    "{{ {2026: {'nested': [1, (2, 3)]}} }}"
    "{{ [('a', 'b')] | items2dict(key_name=0, value_name=1) }}"
    "{{ numbered }}"
    {__ansible_unsafe: x}
    {__ansible_vault: x}
    {__ansible_type: x}
    [a, list]
    a=text b=of pairs
    "{\\"a\\": \\"text in JSON\\"}"
    true
    7
"""

# Tasks whose options are wrong in one way each; the tests of the modules try many more, through
# both doors in one process.
WRONG = """
    technician: {username: b.okafor, groop: [Helpdesk], colour: red}
    technician: {username: b.okafor, password: '{{ secret }}', enabled: '{{ secret }}'}
    simplehelp_config: {config: {technician: [{username: b.okafor, colour: red}, {username: admin, shape: round}]}}
    beyondtrust_drill_journal: {colour: red}
    failover_role: {role: primary, client_secret: '{{ secret }}', peer: {url: https://b.example.org, colour: '{{ secret }}'}}
"""
HEAD = """
- hosts: localhost
  gather_facts: false
  ignore_errors: true
  vars:
    numbered: {1: one, 2: {3: three}}
    results: []
  module_defaults:
    group/remoteops.access.simplehelp: {retries: 0}
  tasks:
"""


def lines(table: str) -> list[str]:
    """Return the lines of a table."""
    return [line.strip() for line in table.strip().splitlines()]


def task(number: int, module: str, options: str, door: str) -> str:
    """Return a task whose result is kept under its number."""
    keywords = f"      {DOORS[door]}\n" if DOORS[door] else ""
    return (
        f"    - remoteops.access.{module}: {options}\n      register: result_{number}\n{keywords}"
    )


def outcomes(controller, tasks: list[tuple[str, str]], door: str) -> tuple[list[dict], list, dict]:
    """Run tasks through a door and return the result of each, what the server was asked to write,
    and what it holds then.
    """
    controller.secrets.add(PASSWORD)
    names = ", ".join(f"result_{number}" for number in range(len(tasks)))
    keep = f"""
    - ansible.builtin.copy:
        content: "{{{{ [{names}] | to_json }}}}"
        dest: "{{{{ playbook_dir }}}}/results.json"
        mode: "0600"
    """
    written = "".join(task(number, *each, door) for number, each in enumerate(tasks))
    controller.write(
        {
            "arguments.yml": HEAD
            + written
            + textwrap.dedent(keep).replace("\n", "\n    ").rstrip()
            + "\n"
        }
    )
    # What Ansible lists as a set has an order that depends on the seed of Python's hashes.
    settings = {**controller.environment, "ANSIBLE_PIPELINING": "1", "PYTHONHASHSEED": "1"}
    done = run_command(
        "ansible-playbook",
        "arguments.yml",
        "-e",
        f"secret={PASSWORD}",
        directory=controller.directory,
        **settings,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert controller.shown_secrets(done.stdout + done.stderr) == []
    results = json.loads((controller.directory / "results.json").read_text())
    for result in results:
        for name in ("invocation", "exception", "warnings", "deprecations", "ansible_facts"):
            result.pop(name, None)
    return (
        results,
        [(entry.query, entry.body) for entry in controller.server.journal.writes],
        controller.server.dump(),
    )


@pytest.mark.parametrize(
    "table",
    [ODD_PROPERTIES, pytest.param(MORE_ODD_PROPERTIES, marks=pytest.mark.wide)],
    ids=["some", "more"],
)
def test_odd_values_come_to_the_same_through_both_doors(controller_of, table):
    tasks = [
        ("machine_property", f"{{machine: SG_1, properties: {line}}}") for line in lines(table)
    ]
    by_action, by_module = (outcomes(controller_of(), tasks, door) for door in DOORS)
    for line, one, other in zip(lines(table), by_action[0], by_module[0], strict=True):
        assert one == other, line
    assert by_action[1:] == by_module[1:]
    if table is ODD_PROPERTIES:
        assert (
            by_action[0][0]["changed"]
            and by_action[2]["machines"]["SG_1"]["properties"]["2026"] == "made by a template"
        )
        assert "a date as a key" not in json.dumps(by_action[2])


def test_wrong_arguments_are_refused_in_the_same_words_through_both_doors(controller_of):
    tasks = [
        (module, options)
        for module, _colon, options in (line.partition(": ") for line in lines(WRONG))
    ]
    by_action, by_module = (outcomes(controller_of(), tasks, door) for door in DOORS)
    for line, one, other in zip(lines(WRONG), by_action[0], by_module[0], strict=True):
        assert one == other, line
        assert one["failed"] and one["changed"] is False, line
    assert by_action[1] == by_module[1] == []
    assert by_action[0][0]["msg"].startswith(
        "Unsupported parameters for (remoteops.access.technician) module: colour, groop. Supported parameters include: "
    )


@pytest.mark.parametrize("door", DOORS)
def test_a_path_counts_from_where_the_playbook_lies(controller, door):
    certificate = controller.environment.pop("SIMPLEHELP_CA_PATH")
    controller.write(
        {
            "plays/paths.yml": HEAD.replace("ignore_errors: true", "ignore_errors: false")
            + task(0, "technician_info", "{ca_path: ca.pem}", door)
        }
    )
    (controller.directory / "plays/ca.pem").symlink_to(certificate)
    assert controller.playbook("plays/paths.yml").recap["failed"] == 0
