#!/usr/bin/python
"""The module fastx_bookmark: one bookmark of a FastX user."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_bookmark
short_description: Manage bookmarks of FastX
description:
  - Create, change or remove one bookmark of the user who logs in.
  - An option that is left out is left alone. An empty text or list makes the attribute empty.
  - Suggestions, which are the same for all users, can be read but not changed by the API.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  id:
    description: What tells the bookmark from the user's others, and sessions are started by.
    type: str
    required: true
  command:
    description: The command that a session of this bookmark runs. Required when the bookmark is made.
    type: str
  name:
    description: The name that the user sees.
    type: str
  geometry:
    description:
      - The size of the session in pixels, such as V(1600x900), or V(rootless).
      - To make it empty, the API only knows to leave it out. Where the server takes that for the old size, this is reported.
    type: str
  tags:
    description: All tags of the bookmark. They are written in this order; the same tags in another order are no change.
    type: list
    elements: str
notes:
  - Whether the server keeps attributes that are not sent is not documented. All of them are sent, so that none is lost.
  - Removing a bookmark also removes an entry of the same ID from the history.
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.object
  - remoteops.access.fastx.state
seealso:
  - module: remoteops.access.fastx_bookmark_info
  - module: remoteops.access.fastx_config
  - module: remoteops.access.fastx_session
"""

EXAMPLES = r"""
- name: Have a bookmark for the CAD program
  remoteops.access.fastx_bookmark:
    id: cad-wide
    command: /opt/cad/run
    name: CAD, wide screen
    geometry: 2560x1080
    tags: [design]

- name: Change its name and leave the rest alone
  remoteops.access.fastx_bookmark:
    id: cad-wide
    name: CAD on the wide screen

- name: Remove one that nobody needs any more
  remoteops.access.fastx_bookmark:
    id: licence-watch
    state: absent
"""

RETURN = r"""
bookmark:
  description: The bookmark as the server shows it after the run; in check mode as it would be.
  returned: success and O(state=present)
  type: dict
  sample: {id: cad-wide, command: /opt/cad/run, name: "CAD, wide screen", geometry: 2560x1080, tags: [design]}
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: bookmark, name: cad-wide, fields: [id, command, geometry]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: bookmark, name: cad-wide, fields: [geometry], reason: the geometry is not valid, written: []}]
changes_not_tried:
  description: The changes that were given up because others had failed, as in RV(changes).
  returned: when a change failed
  type: list
  elements: dict
  sample: []
diff:
  description:
    - What changes, object by object, for C(--diff). C(before) and C(after) hold only what differs, as YAML; secrets are masked.
    - Of a list whose order means nothing, members that stay are counted. An object that is made or removed is C(absent) on one side.
  returned: in diff mode, on success and when a change failed
  type: list
  elements: dict
  sample:
    - before_header: bookmark cad-wide
      after_header: bookmark cad-wide
      before: |
        name: CAD
      after: |
        name: "CAD, wide screen"
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.resources import BOOKMARK

MODULE = object_module(FASTX, BOOKMARK)
main = MODULE.main

if __name__ == "__main__":
    main()
