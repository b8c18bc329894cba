"""The lookup of SimpleHelp's technicians."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: technician
short_description: Technician accounts of SimpleHelp
description:
  - Returns technician accounts as M(remoteops.access.technician) describes them.
  - Makes two requests, whatever the number of names.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  _terms:
    description: Names that the technicians log in with. With none given, all technicians are returned.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.simplehelp.plugin
notes:
  - The values are data and never templates.
seealso:
  - module: remoteops.access.technician
  - module: remoteops.access.technician_info
"""

EXAMPLES = r"""
- name: Show which groups a technician is in
  ansible.builtin.debug:
    msg: "{{ lookup('remoteops.access.technician', 'a.keller').groups | join(', ') }}"

- name: Show who cannot log in
  ansible.builtin.debug:
    msg: "{{ query('remoteops.access.technician') | rejectattr('enabled') | map(attribute='username') }}"
"""

RETURN = r"""
_raw:
  description: The accounts, in the order of the names; all accounts are sorted by name.
  type: list
  elements: dict
  sample:
    - unique_id: 17
      username: a.keller
      display_name: Anna Keller
      email_address: a.keller@example.org
      allow_locally_authenticated_logins: true
      enabled: true
      groups: [Helpdesk]
      is_anonymous: false
      app_profiles_user: false
"""

from ansible.plugins.lookup import LookupBase

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import InputError
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.resources import (
    TECHNICIAN,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._connection import (
    check_options,
    connected,
)


class LookupModule(LookupBase):
    """Looks technicians up."""

    def run(self, terms, variables=None, **kwargs):
        """Return the technician of each name in ``terms``, or all."""
        check_options(self, SIMPLEHELP, kwargs)
        self.set_options(var_options=variables, direct=kwargs)
        with connected(SIMPLEHELP, self.get_option) as server:
            technicians = server.read(TECHNICIAN)
            missing = [name for name in terms if (name,) not in technicians]
            if missing:
                raise InputError(f"There is no technician named {', '.join(map(repr, missing))}.")
        return [technicians[key] for key in ([(name,) for name in terms] or sorted(technicians))]
