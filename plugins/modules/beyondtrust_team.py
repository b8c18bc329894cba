#!/usr/bin/python
"""The module beyondtrust_team."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_team
short_description: Manage teams of BeyondTrust, with their members
description:
  - Make, change, rename and remove teams of Remote Support and Privileged Remote Access, and say who belongs to them.
  - A team is found by O(name), else by O(code_name). An option that is left out is left alone.
  - Users can also be in a team through a group policy. They are not among the O(members) of the API; for them there is
    M(remoteops.access.beyondtrust_group_policy).
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description: Name of the team, at most 255 characters. Required, unless O(id) says which one is meant.
    type: str
  code_name:
    description:
      - Name by which programs refer to the team. At most 64 letters, digits, underscores and hyphens. A new one gets one from the appliance if it
        is given none.
    type: str
  comments:
    description: Comments, at most 4096 characters.
    type: str
  persistent_queue:
    description: Whether the team's queue stays open while nobody of the team is logged in. Remote Support only.
    type: bool
  public_portals:
    description:
      - The public portals that the team has access to, by name. The list is complete, and an empty one takes all away.
      - V(All portals) alone stands for all of them, those that come later included. That is what a new team has. Remote Support only.
    type: list
    elements: str
  members:
    description:
      - The users who belong to the team on their own account. The list is complete, and an empty one removes all.
      - What is left out of a member is left alone.
    type: list
    elements: dict
    suboptions:
      user:
        description: The user, by username.
        type: str
        required: true
      role:
        description: The user's role in the team. A new member is a V(member).
        type: str
        choices: [member, lead, manager]
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
seealso:
  - module: remoteops.access.beyondtrust_team_info
  - module: remoteops.access.beyondtrust_group_policy
"""

EXAMPLES = r"""
- name: Keep a team with its members
  remoteops.access.beyondtrust_team:
    name: Night Shift
    code_name: night_shift
    comments: From 22:00 to 06:00.
    persistent_queue: true
    members:
      - user: d.larsen
        role: lead
      - user: e.whitfield

- name: Give it another name
  remoteops.access.beyondtrust_team:
    code_name: night_shift
    name: Night and Weekend Shift

- name: Take everybody out of it
  remoteops.access.beyondtrust_team:
    name: Night and Weekend Shift
    members: []

- name: Remove it
  remoteops.access.beyondtrust_team:
    name: Night and Weekend Shift
    state: absent
"""

RETURN = r"""
team:
  description:
    - The team as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
    - Its C(members) are shown only where they were given.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 5
    name: Night Shift
    code_name: night_shift
    comments: From 22:00 to 06:00.
    persistent_queue: true
    public_portals: [All portals]
    members: [{user: d.larsen, role: lead}, {user: e.whitfield, role: member}]
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: team, name: Night Shift, fields: [name, comments, members]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - The team itself is written first, then its members.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: team, name: Night Shift, fields: [name, comments, members], reason: the name is taken, written: []}]
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
    - before_header: team Night Shift
      after_header: team Night Shift
      before: |
        comments: null
      after: |
        comments: "From 22:00 to 06:00."
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 5, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import TEAM
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, TEAM)
main = MODULE.main

if __name__ == "__main__":
    main()
