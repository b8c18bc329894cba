"""The inventory of SimpleHelp: its machines as hosts, its machine groups as groups."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: simplehelp
short_description: Machines of a SimpleHelp server
description:
  - Every machine (Remote Access Service) that is registered with a SimpleHelp server is a host, and the tree of machine groups
    is a tree of groups.
  - Asks the server once for all machines, and in batches for whatever else is wanted of them.
  - The name of the file must end in C(simplehelp.yml) or C(simplehelp.yaml).
  - All options but O(compose), O(groups) and O(keyed_groups) may be templates, which may use lookups and extra variables.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  plugin:
    description: Says that the file belongs to this plugin.
    type: str
    required: true
    choices: [remoteops.access.simplehelp]
  host_name:
    description:
      - What a machine's host is named after. The first of these that the machine has counts; V(machine_id) comes last in any
        case.
      - Whatever is not a letter, a digit, C(_), C(-) or C(.) becomes C(_), and a name begins with a letter or digit. The name
        as the server knows it is in the variable C(simplehelp_name).
      - Where several machines of the server would share a name, each of them gets its machine ID appended. The same happens
        where the name is that of a group, or one that Ansible uses itself, such as V(all), or means the controller, such as V(127.1). So the names depend
        on the machines only, neither on their order nor on the filters.
    type: list
    elements: str
    choices: [name, hostname, machine_id]
    default: [name, hostname, machine_id]
  vars_prefix:
    description:
      - What the names of all variables begin with. What follows is the server's name for the attribute in snake case, so
        that C(wanIP) is C(simplehelp_wan_ip). An attribute that a machine does not have is no variable of its host.
    type: str
    default: simplehelp_
  machine_groups:
    description: Whether the tree of machine groups becomes a tree of groups.
    type: bool
    default: true
  group_prefix:
    description:
      - What the names of these groups begin with. What follows are the names on the path from the root, in lower case, so that
        London in United Kingdom is C(simplehelp_united_kingdom_london).
      - Paths that would share a name all get a short checksum of the path appended.
      - With an empty prefix, the server decides which of your own groups a machine is a member of.
    type: str
    default: simplehelp_
  online:
    description: Take only the machines that are online (V(true)), or that are not (V(false)). All if not given.
    type: bool
  machine_group:
    description:
      - Take only the machines in or below this machine group, given as its path from the root.
      - A list of paths takes the machines of any of them.
    type: list
    elements: raw
  os:
    description: Take only the machines whose operating system this Python regular expression is found in.
    type: str
  properties:
    description:
      - Take only the machines that have all these properties, inherited ones included if O(inherited_properties=true).
      - Each key has the text that the value must equal, or a list of such texts. Quote what YAML would not take for a text.
    type: dict
    default: {}
  gather:
    description:
      - What else is asked for and becomes variables.
      - V(properties), V(hardware) and V(monitoring) become one variable each, a mapping.
      - V(notes) becomes the two variables C(simplehelp_notes) and C(simplehelp_warnings), texts both.
    type: list
    elements: str
    choices: [properties, hardware, monitoring, notes]
    default: []
  inherited_properties:
    description: Whether a machine has the properties of its machine groups too.
    type: bool
    default: true
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.simplehelp.plugin
  - constructed
  - inventory_cache
notes:
  - What a machine says of itself never makes Ansible act on the controller. A host whose name a resolver takes for the controller itself (V(localhost),
    V(127.1), V(0x7f.1), V(::1), the controller's own host name, the same in other letters), or by which another inventory acts on the controller, gets its
    identifier appended; O(compose) cannot set C(ansible_host) to such an address. A name whose owner lets a name server answer 127.0.0.1 is not noticed.
  - With one exception. An address of one of the controller's own network interfaces stands, as a controller may be one of the machines that it manages.
    Ansible connects to it as to any other host, with the credentials that it has for that host, so whoever can make a machine report such an address can have
    a play run on the controller. Where the controller manages machines of others, let no credentials that the inventory's hosts use be valid on it.
  - The variables are data and never templates, even if somebody named a machine C({{ secret }}).
  - The cache holds what the server said of its machines, and no token. A change of the options that say what is asked for is
    noticed; a change of O(api_token) is not.
  - A server that lists no machine at all is taken for one that failed.
seealso:
  - plugin: remoteops.access.machine_property
    plugin_type: lookup
  - module: remoteops.access.simplehelp_machine_info
"""

EXAMPLES = r"""
# Everything, with the connection in the environment variables SIMPLEHELP_URL and SIMPLEHELP_API_TOKEN.
plugin: remoteops.access.simplehelp
---
# The machines of two offices that are online, with their properties.
plugin: remoteops.access.simplehelp
url: https://support.example.org
api_token: "{{ lookup('ansible.builtin.env', 'SIMPLEHELP_API_TOKEN') }}"
machine_group:
  - [United Kingdom, London]
  - [Germany]
online: true
gather: [properties]
compose:
  ansible_host: simplehelp_ip_addresses[0].ip
keyed_groups:
  - key: simplehelp_os
    prefix: os
groups:
  monitored: simplehelp_monitoring_enabled
---
# All Windows machines, named after their host names, kept for an hour.
plugin: remoteops.access.simplehelp
host_name: [hostname, name]
os: Windows
gather: [hardware, monitoring, notes]
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/remoteops-inventory
cache_timeout: 3600
"""

from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.plugin_utils._inventory_plugin import (
    PlatformInventory,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._simplehelp_inventory import (
    Selection,
)


class InventoryModule(PlatformInventory):
    """Parses a file ``*simplehelp.yml`` into hosts."""

    NAME = "remoteops.access.simplehelp"
    platform, selection = SIMPLEHELP, Selection
