"""The lookup of custom properties of ScreenConnect's sessions."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: screenconnect_property
short_description: Custom properties of a session of ScreenConnect
description:
  - Returns the values of custom properties of one session. One request does, whatever the number of properties.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  _terms:
    description: The properties, each by number, from 1 to 8, or by the name that O(property_names) gives it.
    type: list
    elements: raw
    required: true
  session:
    description: The session's identifier, or the name under which it is shown if no other session of O(type) bears it.
    type: str
    required: true
  type:
    description: The type of a session that is meant by name. If not given, any.
    type: str
    choices: [support, meeting, access]
  default:
    description: What is returned in place of a property that is empty. If not given, the empty text.
    type: raw
    default: ""
extends_documentation_fragment:
  - remoteops.access.screenconnect
  - remoteops.access.screenconnect.plugin
notes:
  - The values are data and never templates.
seealso:
  - module: remoteops.access.screenconnect_session
  - plugin: remoteops.access.screenconnect
    plugin_type: inventory
"""

EXAMPLES = r"""
- name: Show where a machine stands
  ansible.builtin.debug:
    msg: "{{ lookup('remoteops.access.screenconnect_property', 1, session='LDN-WHS-000') }}"

- name: Use several properties of a machine by their names, each with a default
  ansible.builtin.debug:
    msg: "{{ found[0] }}, {{ found[1] }}"
  vars:
    names: {Site: 1, Department: 2}
    found: "{{ query('remoteops.access.screenconnect_property', 'Site', 'Department', session='LDN-WHS-000', property_names=names, default='unknown') }}"
"""

RETURN = r"""
_raw:
  description: The values, in the order of the properties.
  type: list
  elements: str
  sample: [London, Warehouse]
"""

from ansible.plugins.lookup import LookupBase

from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.sessions import meant
from ansible_collections.remoteops.access.plugins.plugin_utils._connection import (
    check_options,
    connected,
)


class LookupModule(LookupBase):
    """Looks custom properties up."""

    def run(self, terms, variables=None, **kwargs):
        """Return the value of each property in ``terms``."""
        check_options(self, SCREENCONNECT, kwargs)
        self.set_options(var_options=variables, direct=kwargs)
        with connected(SCREENCONNECT, self.get_option) as server:
            words = [server.backend.names.word(name) for name in terms]
            (record,) = meant(server, [self.get_option("session")], self.get_option("type"))
        return [record["CustomProperties"][word] or self.get_option("default") for word in words]
