#!/usr/bin/python
"""The module simplehelp_config_info: what a SimpleHelp server holds, as the document that describes
it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: simplehelp_config_info
short_description: Export a whole SimpleHelp server as a document
description:
  - Read what the server holds and return it in the words of M(remoteops.access.simplehelp_config), which changes nothing when it is given
    what was just exported.
  - The order is stable, so that two exports of the same state are the same and can be kept under version control.
  - The export is no backup. Passwords and TOTP keys cannot be read, and the API shows only a part of the server's configuration. See
    M(remoteops.access.backup) for that.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  kinds:
    description:
      - What to export; everything if not given. The permissions of each C(tech_group), and the properties of each C(machine_group), take requests of their own.
      - A V(machine_group) in which, and below which, there is no machine is not seen by the API.
    type: list
    elements: str
    choices: [tech_group, technician, machine_group, machine, server]
  protected:
    description: Whether to export the accounts that the server made itself, for anonymous logins or for preconfigured applications.
    type: bool
    default: false
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.info
seealso:
  - module: remoteops.access.simplehelp_config
  - module: remoteops.access.backup
"""

EXAMPLES = r"""
- name: Export the whole server
  remoteops.access.simplehelp_config_info:
  register: exported

- name: Write it to a file
  ansible.builtin.copy:
    content: "{{ exported.config | to_nice_yaml(indent=2, sort_keys=false) }}"
    dest: "{{ playbook_dir }}/support.example.org.yml"
    mode: "0640"

- name: Export technicians and their groups only
  remoteops.access.simplehelp_config_info:
    kinds: [tech_group, technician]
    protected: true
"""

RETURN = r"""
config:
  description:
    - What the server holds, as the option O(remoteops.access.simplehelp_config#module:config) describes it. Only the chosen kinds are in it.
    - Secrets, computed attributes and attributes without a value are left out.
  returned: success
  type: dict
  sample:
    tech_group: [{name: Helpdesk, max_group_sh_sessions: 20, permissions: {canRunTools: true}}]
    technician: [{username: a.keller, display_name: Anna Keller, enabled: true, groups: [Helpdesk]}]
    machine_group: [{path: [United Kingdom, London], properties: {site-code: LDN}}]
    machine: [{machine: SG_4700015838, name: LDN-FIN-002, monitor: true, notes: "", warnings: "", properties: {asset-tag: HF-10002}}]
    server: {hostname: support.example.org, tech_restrictions: ['198\.51\.100\.7']}
missing_kinds:
  description:
    - Kinds that the server refused to list, as it has none or does not show them to this account, with its reasons. They are left out with a warning, and
      C(purge) never removes anything of a kind that a document does not mention.
    - A kind that O(kinds) names is not left out; its refusal is an error.
  returned: success
  type: list
  elements: dict
  sample: []
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 14, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.configuration import (
    export_spec,
    export_whole_server,
)

MODULE = Module(SIMPLEHELP, export_whole_server, export_spec(SIMPLEHELP))
main = MODULE.main

if __name__ == "__main__":
    main()
