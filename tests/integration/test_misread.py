"""YAML reads ``no`` as false, ``0123`` as 83 and ``12:30`` as 750: neither door takes what comes of
it for the text that was meant.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest

# Each as it stands in a playbook, with the words that the message has to hold.
TASKS = {
    "technician: {username: no}": "username is false",
    "technician: {username: 0123}": "username is the number 83",
    "technician: {username: b.okafor, display_name: 12:30}": "display_name is the number 750",
    "technician: {username: b.okafor, display_name: 1.10}": "display_name is the number 1.1",
    "technician: {username: b.okafor, display_name: [a, b]}": "display_name is a list",
    "technician: {username: b.okafor, groups: [on]}": "groups[0] is true",
    "technician: {username: b.okafor, groups: off}": "groups is false",
    "technician: {username: b.okafor, password: yes}": "password is true",
    "tech_group: {name: Helpdesk, max_file_size: yes}": "max_file_size is true",
    "tech_group: {name: Helpdesk, ldap_settings: {base_dn: off}}": "ldap_settings.base_dn is false",
    "simplehelp_server: {hostname: on}": "hostname is true",
    "simplehelp_config: {config: {technician: [{username: fine}, {username: Off}]}}": "config.technician[1].username is false",
    "simplehelp_config: {config: {machine_group: [{path: [Ireland, NO]}]}}": "config.machine_group[0].path[1] is false",
    "simplehelp_technician_totp: {username: yes, api_token: no}": "is false",
}
PLAYBOOK = """
- hosts: localhost
  gather_facts: false
  module_defaults:
    group/remoteops.access.simplehelp: {{retries: 0}}
  tasks:
{tasks}
    - ansible.builtin.copy:
        content: "{{{{ found | to_json }}}}"
        dest: "{{{{ playbook_dir }}}}/found.json"
        mode: "0600"
  vars:
    found: "{{{{ [{names}] }}}}"
"""


@pytest.mark.parametrize(
    "keywords", ["", "environment: {ANYTHING: else}"], ids=["action plugin", "module"]
)
def test_what_yaml_does_not_read_as_a_text_is_refused_as_one(controller, keywords):
    tasks = "\n".join(
        f"    - remoteops.access.{task}\n      register: found_{number}\n      ignore_errors: true\n      {keywords}"
        for number, task in enumerate(TASKS)
    )
    controller.write(
        {
            "misread.yml": PLAYBOOK.format(
                tasks=tasks, names=", ".join(f"found_{number}" for number in range(len(TASKS)))
            )
        }
    )
    run = controller.playbook("misread.yml", "-vvvvv" if keywords else "-v")
    assert ("AnsiballZ_technician" in run.output) == bool(keywords)
    found = json.loads((controller.directory / "found.json").read_text())
    for (task, words), result in zip(TASKS.items(), found, strict=True):
        assert result["failed"] and words in result["msg"], (task, result["msg"])
    assert controller.server.journal.entries == []
