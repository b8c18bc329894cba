#!/usr/bin/python
"""The module jump_shortcut: jump shortcuts of BeyondTrust, one or thousands, which do not multiply."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: jump_shortcut
short_description: Keep jump shortcuts of BeyondTrust, one or thousands
description:
  - Make jump shortcuts of all kinds in shared jump groups of Remote Support and Privileged Remote Access, and keep those that can be kept.
  - The appliance's own command for this, C(import_jump_shortcut), adds another shortcut each time it is called, and tells nothing of those
    that are there. So this module finds out first, in one of two ways.
  - Kinds that the Configuration API shows are made, compared, changed and removed through it. These are V(remote_rdp), V(remote_vnc) and
    V(shell_jump), and on Privileged Remote Access V(web_jump) and V(protocol_tunnel). A shortcut is found by its name and its jump group.
  - The others, and these where the API account lacks the permission C(perm_configuration) or the appliance's version does not show them, are
    looked up in the report C(EndpointLicenseUsage) and imported if they are not in it. The report tells name, host name, jumpoint, kind and jump
    group, so that nothing else can be compared, and no API changes or removes them.
  - Where neither is possible, the module refuses, unless O(existing=assume_absent).
  - An import without an answer is looked up in the same way, and sent again only if it did not happen. Where it cannot be looked up, it is
    reported as unknown and not sent again.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  kind:
    description:
      - The kind of shortcut.
      - V(local_vnc), V(local_rdp) and V(vpro) are known to Remote Support only, V(web_jump) and V(protocol_tunnel) to Privileged Remote Access only.
      - Required, with O(name) and O(group), unless O(shortcuts) is given.
    type: str
    choices: [local_jump, remote_jump, remote_vnc, local_vnc, remote_rdp, local_rdp, shell_jump, vpro, web_jump, protocol_tunnel]
  name:
    description: Name of the shortcut, at most 128 characters. It must not begin or end with a blank.
    type: str
  group:
    description:
      - The shared jump group that the shortcut lies in, by code name. With the permission C(perm_configuration) its name does as well.
      - A group without a code name cannot be imported into. Personal lists cannot, either.
    type: str
  hostname:
    description:
      - Host name or address of the endpoint, at most 128 characters.
      - A new shortcut needs it, but for V(web_jump), which has O(target_url) instead.
    type: str
  target_url:
    description: For V(web_jump) the address of the site, at most 255 characters. A new one needs it. Privileged Remote Access only.
    type: str
  jumpoint:
    description:
      - The jumpoint that connects to the endpoint, by code name. With the permission C(perm_configuration) its name does as well.
      - A new shortcut needs it, but for V(local_jump), V(local_vnc) and V(local_rdp), which have none.
    type: str
  tag:
    description: Tag by which shortcuts are sorted. At most 1024 characters on import, at most 64 in the Configuration API.
    type: str
  comments:
    description: Comments, at most 1024 characters.
    type: str
  jump_policy:
    description:
      - The jump policy that governs access, by code name. With the permission C(perm_configuration) its name does as well.
    type: str
  session_policy:
    description:
      - The session policy of sessions, by code name. With the permission C(perm_configuration) its name does as well.
      - Not for V(local_vnc), and for V(remote_vnc) through the Configuration API only.
    type: str
  public_portal:
    description:
      - The public portal through which the shortcut connects. Remote Support only.
      - Known to the import only, and never shown, so that it counts for a new shortcut and is not compared afterwards.
    type: str
  port:
    description:
      - For V(remote_vnc) the port, from 100 to 65535; a new one has 5900.
      - For V(shell_jump) the port, from 1 to 65535; a new one has 22 with V(ssh) and 23 with V(telnet).
    type: int
  rdp_username:
    description: For V(remote_rdp) and V(local_rdp) the user name to sign in as. At most 128 characters in the Configuration API.
    type: str
  domain:
    description: For V(remote_rdp) and V(local_rdp) the domain of the endpoint. At most 64 characters in the Configuration API.
    type: str
  display_size:
    description:
      - For V(remote_rdp) and V(local_rdp) the resolution, V(primary) or V(all) for the size of the user's primary monitor or of all monitors, or a
        width and a height such as V(1280x720). A new one has V(primary).
      - Known to the import only, and never shown, so that it counts for a new shortcut and is not compared afterwards.
    type: str
  quality:
    description:
      - For V(remote_rdp) and V(local_rdp) the quality of the picture.
      - The import and the Configuration API have words of their own; both may be written here. No document says which mean the same. This module takes
        V(black_white) for V(low), V(few_colors) for V(performance), V(more_colors) for V(performance_quality), V(full_colors) for V(quality) and
        V(video_opt) for V(best_performance). V(lossless) cannot be imported.
    type: str
    choices: [black_white, few_colors, more_colors, full_colors, video_opt, low, performance, performance_quality, quality, best_performance, lossless]
  console:
    description: For V(remote_rdp) and V(local_rdp) whether to start a console session. A new one starts a new session.
    type: bool
  ignore_untrusted:
    description: For V(remote_rdp) and V(local_rdp) whether to ignore that the endpoint's certificate cannot be verified. A new one warns.
    type: bool
  protocol:
    description: For V(shell_jump) the protocol. A new one needs it.
    type: str
    choices: [ssh, telnet]
  username:
    description: For V(shell_jump) the user name to sign in as. At most 128 characters in the Configuration API.
    type: str
  terminal:
    description: For V(shell_jump) the terminal, V(vt100) being another spelling of V(VT100). A new one has V(xterm).
    type: str
    choices: [xterm, VT100, vt100]
  keep_alive:
    description:
      - For V(shell_jump) the seconds between the packets that keep an idle session from ending, from 0 to 300. V(0), which a new one has, sends none.
    type: int
  verify_certificate:
    description: For V(web_jump) whether the page's certificate has to be verified. A new one verifies it. Privileged Remote Access only.
    type: bool
  tunnel_definitions:
    description:
      - For V(protocol_tunnel) the ports, as local and remote port in turn, with semicolons, at most 5000 characters.
      - An import needs them. Privileged Remote Access only.
    type: str
  tunnel_listen_address:
    description:
      - For V(protocol_tunnel) the local address, at most 32 characters. A new one has V(127.0.0.1). Privileged Remote Access only.
    type: str
  state:
    description:
      - Whether the shortcut exists. For those of O(shortcuts) that say nothing else, too.
      - V(absent) removes what the Configuration API can remove, and refuses where a shortcut of another kind is there, or cannot be looked up.
    type: str
    choices: [present, absent]
    default: present
  shortcuts:
    description:
      - Many shortcuts at once, each with the options of one. What is there is read once for all of them, and the rest is made side by side within the
        account's budget of requests.
      - Not together with the options of one shortcut.
    type: list
    elements: dict
    suboptions:
      kind:
        description: As O(kind).
        type: str
        choices: [local_jump, remote_jump, remote_vnc, local_vnc, remote_rdp, local_rdp, shell_jump, vpro, web_jump, protocol_tunnel]
        required: true
      name:
        description: As O(name).
        type: str
        required: true
      group:
        description: As O(group).
        type: str
        required: true
      hostname:
        description: As O(hostname).
        type: str
      target_url:
        description: As O(target_url).
        type: str
      jumpoint:
        description: As O(jumpoint).
        type: str
      tag:
        description: As O(tag).
        type: str
      comments:
        description: As O(comments).
        type: str
      jump_policy:
        description: As O(jump_policy).
        type: str
      session_policy:
        description: As O(session_policy).
        type: str
      public_portal:
        description: As O(public_portal).
        type: str
      port:
        description: As O(port).
        type: int
      rdp_username:
        description: As O(rdp_username).
        type: str
      domain:
        description: As O(domain).
        type: str
      display_size:
        description: As O(display_size).
        type: str
      quality:
        description: As O(quality).
        type: str
        choices: [black_white, few_colors, more_colors, full_colors, video_opt, low, performance, performance_quality, quality, best_performance, lossless]
      console:
        description: As O(console).
        type: bool
      ignore_untrusted:
        description: As O(ignore_untrusted).
        type: bool
      protocol:
        description: As O(protocol).
        type: str
        choices: [ssh, telnet]
      username:
        description: As O(username).
        type: str
      terminal:
        description: As O(terminal).
        type: str
        choices: [xterm, VT100, vt100]
      keep_alive:
        description: As O(keep_alive).
        type: int
      verify_certificate:
        description: As O(verify_certificate).
        type: bool
      tunnel_definitions:
        description: As O(tunnel_definitions).
        type: str
      tunnel_listen_address:
        description: As O(tunnel_listen_address).
        type: str
      state:
        description: As O(state), which counts where this is not given.
        type: str
        choices: [present, absent]
  existing:
    description:
      - What to do where nobody can say whether a shortcut exists. That is so where the API account may read neither the Configuration API nor the report,
        and where the report shows a jump item that may be the one, or may be another.
      - V(look_up) refuses, and says why.
      - V(assume_absent) imports it, on every run. It has no effect on a shortcut that can be looked up.
    type: str
    choices: [look_up, assume_absent]
    default: look_up
  remote_rdp_parameter:
    description:
      - The parameter of the import that holds the host name of a V(remote_rdp). The vendor's guide contradicts itself. Its table says
        V(remote_rdp_hostname), each of its examples V(rdp_hostname) with a jumpoint.
      - The wrong one does no harm, as the appliance refuses it, or makes a V(local_rdp), which has no jumpoint.
    type: str
    choices: [remote_rdp_hostname, rdp_hostname]
    default: remote_rdp_hostname
  web_jump_parameter:
    description:
      - The parameter of the import that holds the URL of a V(web_jump). Nothing at hand documents it, the default is a guess.
      - It counts only where the account lacks C(perm_configuration).
    type: str
    default: web_jump_url
  protocol_tunnel_parameter:
    description:
      - The parameter of the import that holds the host name of a V(protocol_tunnel). Nothing at hand documents it, the default is a guess.
      - It counts only where the account lacks C(perm_configuration).
    type: str
    default: protocol_tunnel_hostname
attributes:
  idempotent:
    support: partial
    details: What cannot be looked up is imported on every run with O(existing=assume_absent).
notes:
  - The API account needs full access to the command API (C(perm_command)) where something is imported, and C(perm_configuration) or
    C(perm_reporting_license) to find out what is there; best both.
  - Without C(perm_configuration) a jump group of the report, which has a name there, is taken for that of a code name only if the name becomes the code name in
    lower case and with underscores. Where the report shows a shortcut of the same kind, name and host name in another group, the module refuses.
  - How the report calls the kinds is not documented. A jump item of the same name and host name of which it calls the kind otherwise than expected makes the
    module refuse, rather than add a second one.
  - The report is taken to show what was imported at once.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
seealso:
  - module: remoteops.access.beyondtrust_jump_group
  - module: remoteops.access.beyondtrust_jumpoint
"""

EXAMPLES = r"""
- name: Keep a shortcut to a switch
  remoteops.access.jump_shortcut:
    kind: shell_jump
    name: sw-core-1
    group: network
    hostname: 10.2.0.1
    jumpoint: jp_london
    protocol: ssh
    username: netadmin
    jump_policy: ask_first
    tag: switch

- name: Keep a shortcut to a server, with a resolution for those who use it first
  remoteops.access.jump_shortcut:
    kind: remote_rdp
    name: file server
    group: London
    hostname: files.example.org
    jumpoint: London Jumpoint
    quality: more_colors
    display_size: 1280x720

- name: Keep many shortcuts, of kinds that only the report shows, and one that is gone
  remoteops.access.jump_shortcut:
    shortcuts:
      - {kind: local_jump, name: till 1, group: leeds, hostname: TILL-1, tag: shop}
      - {kind: local_jump, name: till 2, group: leeds, hostname: TILL-2, tag: shop}
      - {kind: remote_jump, name: stores, group: leeds, hostname: STORES, jumpoint: jp_leeds}
      - {kind: shell_jump, name: sw-old-1, group: network, state: absent}

- name: Remove a shortcut
  remoteops.access.jump_shortcut:
    kind: shell_jump
    name: sw-core-1
    group: network
    state: absent
"""

RETURN = r"""
jump_shortcut:
  description:
    - The shortcut as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
    - What the appliance does not show is left out.
  returned: success, with O(kind), and O(state=present)
  type: dict
  sample:
    kind: shell_jump
    id: 51
    name: sw-core-1
    group: Network Equipment
    hostname: 10.2.0.1
    jumpoint: London Jumpoint
    protocol: ssh
    port: 22
    username: netadmin
    terminal: xterm
    keep_alive: 0
    tag: switch
    comments: ""
    jump_policy: Ask First
looked_up_in:
  description: Where shortcuts of each kind were looked up, in the V(configuration) or in the V(report); null where it was assumed that there were none.
  returned: success
  type: dict
  sample: {shell_jump: configuration, local_jump: report}
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: local_jump, name: till 1/Leeds, fields: [name, group, hostname, tag]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: local_jump, name: till 1/Leeds, fields: [name, group], reason: The given jump_policy does not exist, written: []}]
changes_not_tried:
  description: The changes that were given up because others had failed, as in RV(changes).
  returned: when a change failed
  type: list
  elements: dict
  sample: []
diff:
  description:
    - What changes, object by object, for C(--diff). C(before) and C(after) hold only what differs, as YAML.
    - Of a list whose order means nothing, members that stay are counted. An object that is made or removed is C(absent) on one side.
  returned: in diff mode, on success and when a change failed
  type: list
  elements: dict
  sample:
    - before_header: shell_jump sw-core-1/Network Equipment
      after_header: shell_jump sw-core-1/Network Equipment
      before: |
        tag: ""
      after: |
        tag: switch
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.2}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.shortcuts import (
    manage_shortcuts,
    rules,
    spec,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, manage_shortcuts, spec(), rules())
main = MODULE.main

if __name__ == "__main__":
    main()
