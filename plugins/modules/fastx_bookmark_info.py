#!/usr/bin/python
"""The module fastx_bookmark_info: the bookmarks of a FastX user."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_bookmark_info
short_description: Read bookmarks of FastX
description:
  - Return the bookmarks of the user who logs in, the suggestions of the server, which are the same for all users, and the history of what the user
    has started.
  - Options that are left out choose nothing away; a bookmark has to fit all the others.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  ids:
    description:
      - Return only the bookmarks with these IDs.
      - An ID that no bookmark has is no error and returns nothing, so that this tells whether a bookmark exists.
    type: list
    elements: str
  tags:
    description: Return only the bookmarks with at least one of these tags.
    type: list
    elements: str
  lists:
    description: Which of the three lists to return.
    type: list
    elements: str
    choices: [bookmarks, suggestions, history]
    default: [bookmarks, suggestions, history]
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.info
seealso:
  - module: remoteops.access.fastx_bookmark
  - module: remoteops.access.fastx_config_info
"""

EXAMPLES = r"""
- name: Read all bookmarks
  remoteops.access.fastx_bookmark_info:
  register: found

- name: Show what can be started
  ansible.builtin.debug:
    msg: "{{ (found.bookmarks + found.suggestions) | map(attribute='id') }}"

- name: Read the user's own bookmarks with a tag
  remoteops.access.fastx_bookmark_info:
    tags: [design]
    lists: [bookmarks]
"""

RETURN = r"""
bookmarks:
  description: The user's own bookmarks, in the server's order. An attribute for which the server shows no value is null.
  returned: success and V(bookmarks) in O(lists)
  type: list
  elements: dict
  sample: [{id: cad, command: /opt/cad/run, name: CAD, geometry: 1600x900, tags: [design]}]
suggestions:
  description: The suggestions of the server, as in RV(bookmarks).
  returned: success and V(suggestions) in O(lists)
  type: list
  elements: dict
  sample: [{id: desktop, command: gnome-session, name: Desktop, geometry: 1920x1080, tags: null}]
history:
  description: What the user has started, as in RV(bookmarks).
  returned: success and V(history) in O(lists)
  type: list
  elements: dict
  sample: [{id: h-1, command: gvim, name: Editor, geometry: null, tags: null}]
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.reads import (
    BOOKMARK_SPEC,
    read_bookmarks,
)

MODULE = Module(FASTX, read_bookmarks, BOOKMARK_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()
