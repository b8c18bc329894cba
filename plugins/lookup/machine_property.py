"""The lookup of properties of SimpleHelp's machines and machine groups."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: machine_property
short_description: Properties of machines and machine groups of SimpleHelp
description:
  - Returns the values of properties of one machine, or of one machine group.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  _terms:
    description: Keys of the properties.
    type: list
    elements: str
    required: true
  machine:
    description:
      - The machine's ID, or its name if no other machine bears it.
      - With an ID one request does, whatever the number of keys. With a name the server is also asked for all its machines.
      - Either this or O(machine_group) must be given.
    type: str
  machine_group:
    description:
      - The machine group, as its path from the root.
      - Takes one request, and one for each property.
    type: list
    elements: str
  inherited:
    description: Whether properties count that are inherited from the machine groups above.
    type: bool
    default: true
  default:
    description: What is returned in place of a property that does not exist. If not given, that is an error.
    type: raw
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.simplehelp.plugin
notes:
  - The values are data and never templates.
seealso:
  - module: remoteops.access.machine_property
  - plugin: remoteops.access.simplehelp
    plugin_type: inventory
"""

EXAMPLES = r"""
- name: Show where a machine stands
  ansible.builtin.debug:
    msg: "{{ lookup('remoteops.access.machine_property', 'site-code', machine='LDN-FIN-002') }}"

- name: Use several properties of a machine, each with a default
  ansible.builtin.debug:
    msg: "{{ site }} pays with {{ cost_centre }}"
  vars:
    properties: "{{ query('remoteops.access.machine_property', 'site-code', 'cost-centre', machine='LDN-FIN-002', default='unknown') }}"
    site: "{{ properties[0] }}"
    cost_centre: "{{ properties[1] }}"

- name: Ask a machine group for a property of its own
  ansible.builtin.debug:
    msg: "{{ lookup('remoteops.access.machine_property', 'contact', machine_group=['United Kingdom', 'London'], inherited=false) }}"
"""

RETURN = r"""
_raw:
  description: The values, in the order of the keys.
  type: list
  elements: str
  sample: [LDN, LDN-4130]
"""

from ansible.plugins.lookup import LookupBase

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    InputError,
    ServerError,
)
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.reads import add_part
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.resources import MACHINE
from ansible_collections.remoteops.access.plugins.plugin_utils._connection import (
    check_options,
    connected,
)


class LookupModule(LookupBase):
    """Looks properties up."""

    def run(self, terms, variables=None, **kwargs):
        """Return the value of each property in ``terms``."""
        check_options(self, SIMPLEHELP, kwargs)
        self.set_options(var_options=variables, direct=kwargs)
        machine, path, inherited = (
            self.get_option(name) for name in ("machine", "machine_group", "inherited")
        )
        with connected(SIMPLEHELP, self.get_option) as server:
            if not all(isinstance(key, str) for key in terms):
                raise InputError("The keys of properties must be texts.")
            if (machine is None) == (path is None):
                raise InputError("Either machine or machine_group must be given.")
            if machine is not None:
                where, found = f"machine {machine}", _of_machine(server, machine, inherited)
            else:
                where, found = (
                    f"machine group {'/'.join(path)}",
                    _of_group(server, path, inherited, terms),
                )
            missing = [key for key in terms if key not in found]
            if missing and "default" not in kwargs:
                raise InputError(
                    f"The {where} has no property {', '.join(map(repr, missing))}. A default can be given with default=."
                )
        return [found.get(key, self.get_option("default")) for key in terms]


def _of_machine(server, machine, inherited) -> dict:
    """Return all properties of a machine. It is taken for an ID first, as asking for all machines
    may take long.
    """
    found = {"machine_id": machine}
    try:
        add_part(server, "properties", [found], inherited)
    except ServerError:
        pass  # not an ID, or a failure that the next request meets as well
    # What a server answers for an ID that it does not know is not documented.
    if not found.get("properties"):
        key = server.find(MACHINE, {"machine": machine})
        if key is None:
            raise InputError(f"There is no machine with the ID or name {machine!r}.")
        if key != (machine,) or "properties" not in found:
            found = {"machine_id": key[0]}
            add_part(server, "properties", [found], inherited)
    return found["properties"]


def _of_group(server, path, inherited, keys) -> dict:
    """Return those properties of a machine group that are among ``keys``."""
    query, where = "machinegroups/properties/get", {"groups": path, "includeInherited": inherited}
    # What the server answers for a key that does not exist is not documented, so the list of keys
    # comes first.
    known = server.backend.ask(query, list, where)
    wanted = [key for key in dict.fromkeys(keys) if key in known]
    values = server.backend.session.each(
        lambda key: server.backend.ask(query, str, {**where, "key": key}), wanted
    )
    return dict(zip(wanted, values, strict=True))
