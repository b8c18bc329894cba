"""The inventory of BeyondTrust: its jump items and jump clients as hosts, its jump groups as
groups.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: beyondtrust
short_description: Jump items and jump clients of a BeyondTrust appliance
description:
  - Every jump item and every jump client of Remote Support or Privileged Remote Access is a host, and every jump group is a group.
  - Reads the list of each kind once, in pages of a hundred, all of them side by side. The appliance answers 20 requests in a second, so that
    10,000 items take five seconds at least.
  - The name of the file must end in C(beyondtrust.yml) or C(beyondtrust.yaml).
  - All options but O(compose), O(groups) and O(keyed_groups) may be templates, which may use lookups and extra variables.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  plugin:
    description: Says that the file belongs to this plugin.
    type: str
    required: true
    choices: [remoteops.access.beyondtrust]
  kinds:
    description:
      - The kinds that become hosts. All that the product and its version have if not given; none if empty.
      - V(web_jump), V(protocol_tunnel_jump), V(psql_tunnel_jump), V(mysql_tunnel_jump) and V(network_tunnel_jump) are kinds of Privileged
        Remote Access only.
      - Shortcuts of the kinds that no Configuration API shows (local jump, remote jump, local RDP, local VNC, vPro) cannot be hosts.
      - A jump client that is uninstalled is no host.
    type: list
    elements: str
    choices:
      - remote_rdp
      - shell_jump
      - remote_vnc
      - web_jump
      - protocol_tunnel_jump
      - psql_tunnel_jump
      - mysql_tunnel_jump
      - network_tunnel_jump
      - jump_client
  personal_lists:
    description:
      - Whether the items in the personal lists of users are hosts, too. Mind that each user decides what lies there, and so to which
        machines Ansible would connect.
      - The list of jump clients is documented as one without those of users. That it shows them when it is asked for them is a guess.
    type: bool
    default: false
  connected_clients:
    description:
      - The types of connected clients that become hosts beside the items, for as long as they are connected. Remote Support only.
      - V(push_agent) is the machine of a jumpoint, V(representative) that of a user who is logged in to the console. The others are machines of
        anybody who connects, and what they tell of themselves decides to where Ansible would connect.
      - Their kind is C(connected_) and the type, and their variables are called as the elements of the command C(get_connected_clients),
        texts all, with those of C(client_connection) as the list C(beyondtrust_connections). They have no jump group.
      - The API account needs the permission C(perm_command) for it, with read-only access at least.
    type: list
    elements: str
    choices: [representative, support_customer, presentation_attendee, push_agent]
    default: []
  jump_groups:
    description: Take only the items in these jump groups, given by name or code name. Does not concern connected clients.
    type: list
    elements: str
  jumpoints:
    description:
      - Take only the items that go through these jumpoints, given by name or code name. Does not concern connected clients.
      - A jump client goes through none.
    type: list
    elements: str
  tags:
    description: Take only the items with one of these tags; an empty text stands for no tag. Does not concern connected clients.
    type: list
    elements: str
  names:
    description:
      - Take only the items whose name fits one of these patterns as of a shell, such as V(sw-*). Upper and lower case are different.
    type: list
    elements: str
  stable_names:
    description:
      - Whether the names of hosts depend on all items of the O(kinds), and not only on those that the filters O(jump_groups), O(jumpoints),
        O(tags) and O(names) take. The lists are read as a whole for it.
      - With V(false) the appliance is asked only for what the filters take, as far as its own filters can say that, which saves requests. Then
        two files with different filters may call two machines by one name, and a run with both files would take them for one.
      - It makes no difference where O(host_name) begins with V(id).
    type: bool
    default: true
  host_name:
    description:
      - What a host is named after. The first of these that the item has counts; V(id) comes last in any case.
      - V(id) is the kind and the appliance's identifier, such as C(shell_jump_17), as identifiers are unique within their kind only. V(fqdn) is
        known of jump clients.
      - Whatever is not a letter, a digit, C(_), C(-) or C(.) becomes C(_), and a name begins with a letter or digit. The name as the appliance
        knows it is in the variable C(beyondtrust_name).
      - Where several items would share a name, each of them gets its kind and identifier appended. The same happens where the name is that of
        a group, or one that Ansible uses itself, such as V(all), or means the controller, such as V(127.1). So the names do not depend on the order of
        the items.
      - Nothing in a personal list changes the name of what lies in a jump group, and no connected client changes that of an item.
    type: list
    elements: str
    choices: [name, hostname, fqdn, id]
    default: [name, hostname, fqdn, id]
  vars_prefix:
    description:
      - What the names of all variables begin with that hold the item. What follows is the name of an option of the module for its kind, or of a
        value that the module for reading it returns, such as C(beyondtrust_jump_group) or C(beyondtrust_operating_system). References are names.
      - C(beyondtrust_kind) is the kind, as O(kinds) calls it. What an item does not have is no variable of its host.
    type: str
    default: beyondtrust_
  group_by:
    description:
      - What becomes groups.
      - V(jump_group) makes a group of each jump group, such as C(beyondtrust_london), and of each personal list, such as
        C(beyondtrust_personal_a_keller).
      - V(jumpoint), V(kind) and V(tag) make groups such as C(beyondtrust_jumpoint_london), C(beyondtrust_kind_shell_jump) and
        C(beyondtrust_tag_switch).
    type: list
    elements: str
    choices: [jump_group, jumpoint, kind, tag]
    default: [jump_group]
  group_prefix:
    description:
      - What the names of these groups begin with. What follows is the appliance's name in lower case.
      - What would share a name all gets a short checksum appended.
      - With an empty prefix, the appliance decides which of your own groups a host is a member of.
    type: str
    default: beyondtrust_
  connection_variables:
    description:
      - Whether hosts get the variables by which Ansible connects to them, as far as an item tells. A secret is never among them.
      - C(ansible_host) is the host name of a jump item, as its jumpoint sees it, and the O(client_address) of a jump client or connected client.
      - C(ansible_connection) V(ssh), C(ansible_port) and C(ansible_user) are set for a shell jump by SSH; for one by telnet they are not.
      - An address that is neither a host name nor an IP address, or that means the jumpoint's own machine, is left out with a warning. A
        user's name with other characters than letters, digits, spaces and C(_.@+$\-) is left out.
      - They are set before O(compose), which can set others.
    type: bool
    default: true
  client_address:
    description:
      - What becomes C(ansible_host) of a jump client and of a connected client. The first of these that it has counts.
    type: list
    elements: str
    choices: [private_ip, fqdn, hostname, public_ip]
    default: [private_ip, fqdn]
  rdp_connection:
    description:
      - The connection by which Ansible reaches the targets of remote RDP items, as RDP is none. It becomes C(ansible_connection), and the item's
        RDP user with its domain becomes C(ansible_user). Nothing but C(ansible_host) is set if not given.
    type: str
    choices: [psrp, winrm]
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.beyondtrust.plugin
  - constructed
  - inventory_cache
notes:
  - What a machine says of itself never makes Ansible act on the controller. A host whose name a resolver takes for the controller itself (V(localhost),
    V(127.1), V(0x7f.1), V(::1), the controller's own host name, the same in other letters), or by which another inventory acts on the controller, gets its
    identifier appended; O(compose) cannot set C(ansible_host) to such an address. A name whose owner lets a name server answer 127.0.0.1 is not noticed.
  - With one exception. An address of one of the controller's own network interfaces stands, as a controller may be one of the machines that it manages.
    Ansible connects to it as to any other host, with the credentials that it has for that host, so whoever can make a machine report such an address can have
    a play run on the controller. Where the controller manages machines of others, let no credentials that the inventory's hosts use be valid on it.
  - Ansible connects to the targets itself, not through the appliance. They must be reachable from the controller.
  - The variables are data and never templates, even if somebody named an item C({{ secret }}).
  - The cache holds what the appliance said of its items, and neither the token nor the secret. A change of the options that say what is asked
    for is noticed; a change of O(client_id) or O(client_secret) is not.
  - An appliance that lists neither a jump item nor a jump client is taken for one that failed, and so is one whose lists are shorter than it
    counts, or whose items refer to a jump group, a jumpoint or a user that it does not list.
seealso:
  - module: remoteops.access.beyondtrust_jump_item_info
  - module: remoteops.access.beyondtrust_jump_client_info
"""

EXAMPLES = r"""
# Everything, with the connection in the environment variables BEYONDTRUST_URL, BEYONDTRUST_CLIENT_ID and BEYONDTRUST_CLIENT_SECRET.
plugin: remoteops.access.beyondtrust
---
# The switches of two jump groups, which Ansible reaches by SSH as the user that the items name.
plugin: remoteops.access.beyondtrust
url: https://support.example.org
client_id: "{{ lookup('ansible.builtin.env', 'BEYONDTRUST_CLIENT_ID') }}"
client_secret: "{{ lookup('ansible.builtin.env', 'BEYONDTRUST_CLIENT_SECRET') }}"
kinds: [shell_jump]
jump_groups: [network, Cold Chain]
names: [sw-*]
group_by: [jump_group, jumpoint]
groups:
  telnet_only: beyondtrust_protocol == 'telnet'
compose:
  ansible_network_os: "'cisco.ios.ios'"
---
# Windows servers behind remote RDP, managed by PowerShell Remoting; asked for by their jump group alone, and kept for an hour.
plugin: remoteops.access.beyondtrust
kinds: [remote_rdp]
jump_groups: [london]
stable_names: false
host_name: [hostname, name]
rdp_connection: psrp
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/remoteops-inventory
cache_timeout: 3600
---
# Jump clients by their operating system, and the machines of the jumpoints.
plugin: remoteops.access.beyondtrust
kinds: [jump_client]
connected_clients: [push_agent]
client_address: [fqdn, private_ip]
group_by: [jump_group, kind]
keyed_groups:
  - key: beyondtrust_operating_system | default('unknown')
    prefix: os
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.plugin_utils._beyondtrust_inventory import (
    Selection,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._inventory_plugin import (
    PlatformInventory,
)


class InventoryModule(PlatformInventory):
    """Parses a file ``*beyondtrust.yml`` into hosts."""

    NAME = "remoteops.access.beyondtrust"
    platform, selection = BEYONDTRUST, Selection
