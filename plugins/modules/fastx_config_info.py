#!/usr/bin/python
"""The module fastx_config_info: all that a FastX user keeps on a server, as the document that
describes it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_config_info
short_description: Export a FastX user's bookmarks as a document
description:
  - Read what the user who logs in keeps on the server and return it in the words of M(remoteops.access.fastx_config), which changes nothing when it is
    given what was just exported.
  - The order is stable, so that two exports of the same state are the same and can be kept under version control.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  kinds:
    description: What to export.
    type: list
    elements: str
    choices: [bookmark]
    default: [bookmark]
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.info
seealso:
  - module: remoteops.access.fastx_config
  - module: remoteops.access.fastx_bookmark_info
"""

EXAMPLES = r"""
- name: Export the user's bookmarks
  remoteops.access.fastx_config_info:
  register: exported

- name: Write them to a file
  ansible.builtin.copy:
    content: "{{ exported.config | to_nice_yaml(indent=2, sort_keys=false) }}"
    dest: "{{ playbook_dir }}/bookmarks.yml"
    mode: "0644"
"""

RETURN = r"""
config:
  description: What the user keeps, as the option O(remoteops.access.fastx_config#module:config) describes it. Attributes without a value are left out.
  returned: success
  type: dict
  sample:
    bookmark: [{id: cad, command: /opt/cad/run, name: CAD, geometry: 1600x900, tags: [design]}]
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.configuration import (
    EXPORT_SPEC,
    export_all,
)

MODULE = Module(FASTX, export_all, EXPORT_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()
