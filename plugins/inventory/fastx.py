"""The inventory of FastX: a user's sessions as hosts, the machines that they run on as groups."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: fastx
short_description: Sessions of a FastX user
description:
  - Every session of the user who logs in is a host, and every machine on which sessions run is a group.
  - Asks the server once for all sessions, and once more where there is a O(filter).
  - The name of the file must end in C(fastx.yml) or C(fastx.yaml).
  - All options but O(compose), O(groups) and O(keyed_groups) may be templates, which may use lookups and extra variables.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  plugin:
    description: Says that the file belongs to this plugin.
    type: str
    required: true
    choices: [remoteops.access.fastx]
  host_name:
    description:
      - What a session's host is named after. The first of these that the session has counts; V(id) comes last in any case. V(name) is the session's
        parameter C(name).
      - Whatever is not a letter, a digit, C(_), C(-) or C(.) becomes C(_), and a name begins with a letter or digit.
      - Where several sessions would share a name, each of them gets its ID appended. The same happens where the name is that of a group, or one that
        Ansible uses itself, such as V(all), or means the controller, such as V(127.1). So the names depend on the
        sessions only, neither on their order nor on the filters.
    type: list
    elements: str
    choices: [name, id]
    default: [name, id]
  vars_prefix:
    description:
      - What the names of all variables begin with. What follows is the server's name for the attribute in snake case, so that C(serverId) is
        C(fastx_server_id). An attribute that a session does not have is no variable of its host.
    type: str
    default: fastx_
  server_groups:
    description: Whether the machines on which sessions run become groups.
    type: bool
    default: true
  group_prefix:
    description:
      - What the names of these groups begin with. What follows is the name of the machine in lower case, so that fx1.example.org is
        C(fastx_fx1_example_org).
      - With an empty prefix, the server decides which of your own groups a session is a member of.
    type: str
    default: fastx_
  filter:
    description:
      - Take only the sessions whose attributes have these values. The keys are the API's names of attributes, such as C(serverId), each with a text or a
        list of texts, one of which it must be.
    type: dict
    default: {}
  params:
    description:
      - Take only the sessions that have all these parameters. Each has the text that the value must equal, or a list of such texts.
    type: dict
    default: {}
  connected:
    description: Take only the sessions to which somebody is connected (V(true)), or nobody (V(false)). All if not given.
    type: bool
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.fastx.plugin
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
  - The cache holds what the server said of the sessions, and no token and no password.
  - A user may well have no session, so an inventory without hosts is no error.
seealso:
  - module: remoteops.access.fastx_session_info
  - module: remoteops.access.fastx_session
"""

EXAMPLES = r"""
# Everything, with the connection in the environment variables FASTX_URL, FASTX_USERNAME and FASTX_PASSWORD.
plugin: remoteops.access.fastx
---
# The sessions of one project to which nobody is connected. Ansible connects to the machine that a session runs on.
plugin: remoteops.access.fastx
url: https://fx1.example.org:3443
username: mira
password: "{{ lookup('ansible.builtin.env', 'FASTX_PASSWORD') }}"
params:
  project: A1
connected: false
compose:
  ansible_host: fastx_hostname
keyed_groups:
  - key: fastx_window_mode
    prefix: mode
"""

from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.plugin_utils._fastx_inventory import Selection
from ansible_collections.remoteops.access.plugins.plugin_utils._inventory_plugin import (
    PlatformInventory,
)


class InventoryModule(PlatformInventory):
    """Parses a file ``*fastx.yml`` into hosts."""

    NAME = "remoteops.access.fastx"
    platform, selection = FASTX, Selection
