#!/usr/bin/python
"""The module fastx_config: all that a FastX user keeps on a server, from one document."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_config
short_description: Bring a FastX user's bookmarks to the state that a document describes
description:
  - Manage all bookmarks of the user who logs in together, in one process. Compared with a loop over M(remoteops.access.fastx_bookmark) this saves almost
    all of the time, and all but one of the logins.
  - The whole document is checked against the server before anything is written. Bookmarks are then written side by side over O(connections) connections.
  - If a change fails, the others are still made, and the result tells the fate of each. A second run does what is left.
  - A bookmark that is not described is left alone, unless O(purge) says otherwise, and so is an option that is left out. An empty text or list makes an
    attribute empty.
  - M(remoteops.access.fastx_config_info) exports such a document.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  config:
    description: What the user should have.
    type: dict
    required: true
    suboptions:
      bookmark:
        description: Bookmarks, each as in M(remoteops.access.fastx_bookmark). None may be described twice.
        type: list
        elements: dict
        suboptions:
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
          state:
            description: Whether the object exists.
            type: str
            choices: [present, absent]
            default: present
  purge:
    description: Kinds of which what is not described is removed. All bounds are checked before anything is written.
    type: list
    elements: str
    choices: [bookmark]
    default: []
  max_removed:
    description:
      - How many objects O(purge) may remove at most. If it would be more, nothing is changed and the module fails.
      - The smaller of O(max_removed) and O(max_removed_percent) holds. Objects with C(state=absent) do not count.
    type: int
    default: 10
  max_removed_percent:
    description:
      - How many percent of the objects O(purge) may remove at most.
      - One object may be removed however few there are, unless O(max_removed=0).
    type: int
    default: 30
  allow_empty:
    description:
      - Whether an empty list may mean that O(purge) removes everything. Without it an empty list is taken for a mistake and refused.
      - The bounds O(max_removed) and O(max_removed_percent) hold all the same.
    type: bool
    default: false
  remove_protected:
    description: Without effect, as FastX has no bookmarks that are protected.
    type: bool
    default: false
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.object
seealso:
  - module: remoteops.access.fastx_config_info
  - module: remoteops.access.fastx_bookmark
"""

EXAMPLES = r"""
- name: Give the user the bookmarks of the project
  remoteops.access.fastx_config:
    config:
      bookmark:
        - {id: cad-a1, command: /opt/cad/run --project A1, name: CAD A1, geometry: 1600x900, tags: [design, a1]}
        - {id: viewer-a1, command: /opt/cad/view --project A1, name: Viewer A1}

- name: Take one of them away
  remoteops.access.fastx_config:
    config:
      bookmark:
        - {id: viewer-a1, state: absent}
"""

RETURN = r"""
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: bookmark, name: cad-a1, fields: [id, command, name]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: bookmark, name: cad-a1, fields: [geometry], reason: the geometry is not valid, written: []}]
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
    - before_header: bookmark cad-a1
      after_header: bookmark cad-a1
      before: |
        name: CAD
      after: |
        name: CAD A1
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.configuration import (
    CONFIG_SPEC,
    manage_all,
)

MODULE = Module(FASTX, manage_all, CONFIG_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()
