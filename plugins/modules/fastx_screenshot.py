#!/usr/bin/python
"""The module fastx_screenshot: an image of what a FastX session shows."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_screenshot
short_description: Take screenshots of FastX sessions
description:
  - Write what a session of the user who logs in shows now to a file.
  - The file is in its place when the image is whole and of the format that was asked for. Otherwise what was there before stays.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  id:
    description: The ID of the session. Either this or O(name) is required.
    type: str
  name:
    description: The name of the session, which is its parameter C(name). It must be that of one session only.
    type: str
  dest:
    description: The file to write, in a directory that exists. A file that is there is replaced.
    type: path
    required: true
  mode:
    description: The mode of the file, as octal digits in quotes. By default only the user can read it, as a screen may show anything.
    type: raw
    default: '0600'
  format:
    description: The format of the image.
    type: str
    choices: [png, jpeg]
    default: png
  width:
    description: The width of the image in pixels.
    type: int
  height:
    description: The height of the image in pixels.
    type: int
  geometry:
    description: The size of the image, such as V(800x600), in the place of O(width) and O(height).
    type: str
  keep_aspect:
    description: Whether an image that is made smaller keeps the proportions of the screen.
    type: bool
attributes:
  check_mode:
    support: full
    details: The image is taken in check mode, too, and compared with the file that is there. It is not kept.
  diff_mode:
    support: none
    details: The difference of two images is of no use.
  idempotent:
    support: partial
    details: The file changes whenever the screen has changed.
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.object
seealso:
  - module: remoteops.access.fastx_session
  - module: remoteops.access.fastx_session_info
"""

EXAMPLES = r"""
- name: Keep what the nightly run shows
  remoteops.access.fastx_screenshot:
    id: cfd-nightly
    dest: "{{ playbook_dir }}/nightly.png"

- name: Keep a small image of it for the report
  remoteops.access.fastx_screenshot:
    id: cfd-nightly
    dest: "{{ playbook_dir }}/nightly.jpeg"
    format: jpeg
    geometry: 320x180
    keep_aspect: true
    mode: "0644"
"""

RETURN = r"""
file:
  description: Where the image is, or would be in check mode.
  returned: success
  type: str
  sample: /srv/report/nightly.png
size:
  description: The size of the image in bytes.
  returned: success
  type: int
  sample: 48234
sha256:
  description: The SHA-256 of the image.
  returned: success
  type: str
  sample: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
session:
  description: The ID of the session.
  returned: success
  type: str
  sample: nightly
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.screenshots import (
    RULES,
    SPEC,
    take_screenshot,
)

MODULE = Module(FASTX, take_screenshot, SPEC, RULES)
main = MODULE.main

if __name__ == "__main__":
    main()
