"""The lookup of what a BeyondTrust appliance tells of itself."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: appliance
short_description: Version, permissions and health of a BeyondTrust appliance
description:
  - Returns what M(remoteops.access.beyondtrust_appliance_info) returns, for use in expressions.
  - Makes one request for each part, beside those that log in and find out which product it is.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  _terms:
    description:
      - The parts to return, of V(api_info), V(health), V(appliances) and V(health_page).
      - With none given, one mapping with all parts that the product has, and with C(product).
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.beyondtrust.plugin
notes:
  - The API account needs read access to the command API (C(perm_command)), and not C(perm_configuration); for V(health_page) it needs nothing.
  - The values are data and never templates.
seealso:
  - module: remoteops.access.beyondtrust_appliance_info
"""

EXAMPLES = r"""
- name: Go on with the primary appliance only
  ansible.builtin.assert:
    that: lookup('remoteops.access.appliance', 'health').failover_role == 'primary'

- name: Show which appliances do not take new connections
  ansible.builtin.debug:
    msg: "{{ lookup('remoteops.access.appliance', 'appliances') | rejectattr('accepting_connections') | map(attribute='name') }}"

- name: Show which product it is, and its version
  ansible.builtin.debug:
    msg: "{{ appliance.product }} {{ appliance.health.version }}"
  vars:
    appliance: "{{ lookup('remoteops.access.appliance') }}"
"""

RETURN = r"""
_raw:
  description: The parts in the order in which they were named, or one mapping with all of them.
  type: list
  elements: raw
  sample: [{healthy: true, failover_role: primary, version: 22.2.3}]
"""

from ansible.plugins.lookup import LookupBase

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.appliance import (
    PARTS,
    read_appliance,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import InputError
from ansible_collections.remoteops.access.plugins.plugin_utils._connection import (
    check_options,
    connected,
)


class LookupModule(LookupBase):
    """Looks up what an appliance tells of itself."""

    def run(self, terms, variables=None, **kwargs):
        """Return each of the parts in ``terms``, or all in one mapping."""
        check_options(self, BEYONDTRUST, kwargs)
        self.set_options(var_options=variables, direct=kwargs)
        with connected(BEYONDTRUST, self.get_option) as server:
            unknown = [
                str(term) for term in terms if not isinstance(term, str) or term not in PARTS
            ]
            if unknown:
                raise InputError(f"There is no {', '.join(unknown)}; there are {', '.join(PARTS)}.")
            found = read_appliance(server, {"gather": list(dict.fromkeys(terms)) or None}, True)
        if terms:
            return [found[term] for term in terms]
        return [{name: value for name, value in found.items() if name != "changed"}]
