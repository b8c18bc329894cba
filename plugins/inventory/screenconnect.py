"""The inventory of ScreenConnect: its sessions as hosts, values of custom properties as groups."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: screenconnect
short_description: Sessions of a ScreenConnect server
description:
  - Every session is a host, with what ScreenConnect knows of the guest as variables. Usually these are the access sessions, which are machines.
  - Asks the server once, whatever the number of sessions. Sessions that have ended are left out.
  - The name of the file must end in C(screenconnect.yml) or C(screenconnect.yaml).
  - All options but O(compose), O(groups) and O(keyed_groups) may be templates, which may use lookups and extra variables.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  plugin:
    description: Says that the file belongs to this plugin.
    type: str
    required: true
    choices: [remoteops.access.screenconnect]
  types:
    default: [access]
  host_name:
    description:
      - What a session's host is named after. The first of these that the session has counts; V(id) comes last in any case. V(name) is the session's own name,
        or that of the machine where it has none.
      - Whatever is not a letter, a digit, C(_), C(-) or C(.) becomes C(_), and a name begins with a letter or digit.
      - Where several of the sessions that the server is asked for would share a name, each of them gets its identifier appended. The same happens where the
        name is that of a group, or one that Ansible uses itself, such as V(all), or means the controller, such as V(127.1). So names do not
        depend on who is online.
    type: list
    elements: str
    choices: [name, own_name, machine_name, id]
    default: [name]
  vars_prefix:
    description:
      - What the names of all variables begin with. What follows is the attribute as M(remoteops.access.screenconnect_session_info) returns it, for example
        C(screenconnect_id), C(screenconnect_online), C(screenconnect_guest_info) or C(screenconnect_custom_properties).
      - An attribute that a session does not have is no variable of its host.
    type: str
    default: screenconnect_
  property_groups:
    description:
      - Custom properties, by name or number, whose values become a tree of groups. With V([Site, Department]) a session of Warehouse in London is in the group
        C(screenconnect_london_warehouse), which is in C(screenconnect_london).
      - A session is in the group of the last value before the first empty one.
    type: list
    elements: str
    default: []
  group_prefix:
    description:
      - What the names of these groups begin with. Values that would share a name all get a short checksum appended.
      - With an empty prefix, whoever writes custom properties decides which of your own groups a machine is a member of.
    type: str
    default: screenconnect_
extends_documentation_fragment:
  - remoteops.access.screenconnect
  - remoteops.access.screenconnect.plugin
  - remoteops.access.screenconnect.selecting
  - constructed
  - inventory_cache
notes:
  - What a machine says of itself never makes Ansible act on the controller. A host whose name a resolver takes for the controller itself (V(localhost),
    V(127.1), V(0x7f.1), V(::1), the controller's own host name, the same in other letters), or by which another inventory acts on the controller, gets its
    identifier appended; O(compose) cannot set C(ansible_host) to such an address. A name whose owner lets a name server answer 127.0.0.1 is not noticed.
  - With one exception. An address of one of the controller's own network interfaces stands, as a controller may be one of the machines that it manages.
    Ansible connects to it as to any other host, with the credentials that it has for that host, so whoever can make a machine report such an address can have
    a play run on the controller. Where the controller manages machines of others, let no credentials that the inventory's hosts use be valid on it.
  - The variables are data and never templates, even if somebody named a session C({{ secret }}).
  - The cache holds what the server said of its sessions, and no secret of the connection. A change of the options that say what is asked for is noticed; a
    change of O(auth_secret) is not.
  - A server that lists no session at all, asked twice, is taken for one that failed.
seealso:
  - module: remoteops.access.screenconnect_session_info
  - plugin: remoteops.access.screenconnect_property
    plugin_type: lookup
"""

EXAMPLES = r"""
# All access sessions, with the connection in the environment variables SCREENCONNECT_URL and SCREENCONNECT_AUTH_SECRET.
plugin: remoteops.access.screenconnect
---
# The Windows machines of a site that are online, grouped by site and department.
plugin: remoteops.access.screenconnect
url: https://control.example.org
auth_secret: "{{ lookup('ansible.builtin.env', 'SCREENCONNECT_AUTH_SECRET') }}"
property_names:
  Site: 1
  Department: 2
where:
  custom_properties:
    Site: London
like:
  operating_system: ["Windows%"]
online: true
property_groups: [Site, Department]
keyed_groups:
  - key: screenconnect_guest_info.operating_system_name
    prefix: os
compose:
  ansible_host: screenconnect_guest_info.private_network_address
---
# Everything that ever connected, kept for an hour.
plugin: remoteops.access.screenconnect
types: [access, support, meeting]
host_name: [machine_name, name]
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/remoteops-inventory
cache_timeout: 3600
"""

from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._inventory_plugin import (
    PlatformInventory,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._screenconnect_inventory import (
    Selection,
)


class InventoryModule(PlatformInventory):
    """Parses a file ``*screenconnect.yml`` into hosts."""

    NAME = "remoteops.access.screenconnect"
    platform, selection = SCREENCONNECT, Selection
