"""The lookup of FastX's bookmarks."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: fastx_bookmark
short_description: Bookmarks of FastX
description:
  - Returns the bookmarks of the user who logs in, as M(remoteops.access.fastx_bookmark) describes them.
  - Logs in and out once, and makes one request for the bookmarks, whatever the number of IDs.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  _terms:
    description: IDs of bookmarks. With none given, all of the user's bookmarks are returned.
    type: list
    elements: str
  suggestions:
    description: Whether to look among the suggestions of the server, too. A bookmark of the user comes before a suggestion with the same ID.
    type: bool
    default: false
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.fastx.plugin
notes:
  - The values are data and never templates.
seealso:
  - module: remoteops.access.fastx_bookmark
  - module: remoteops.access.fastx_bookmark_info
"""

EXAMPLES = r"""
- name: Show what a bookmark starts
  ansible.builtin.debug:
    msg: "{{ lookup('remoteops.access.fastx_bookmark', 'cad').command }}"

- name: Show all that can be started
  ansible.builtin.debug:
    msg: "{{ query('remoteops.access.fastx_bookmark', suggestions=true) | map(attribute='id') }}"
"""

RETURN = r"""
_raw:
  description: The bookmarks, in the order of the IDs; all bookmarks are sorted by ID.
  type: list
  elements: dict
  sample: [{id: cad, command: /opt/cad/run, name: CAD, geometry: 1600x900, tags: [design]}]
"""

from ansible.plugins.lookup import LookupBase

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import InputError
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.resources import BOOKMARK
from ansible_collections.remoteops.access.plugins.plugin_utils._connection import (
    check_options,
    connected,
)


class LookupModule(LookupBase):
    """Looks bookmarks up."""

    def run(self, terms, variables=None, **kwargs):
        """Return the bookmark of each ID in ``terms``, or all."""
        check_options(self, FASTX, kwargs)
        self.set_options(var_options=variables, direct=kwargs)
        with connected(FASTX, self.get_option) as server:
            lists = server.backend.bookmark_lists()
            records = [
                *(lists["suggestions"] if self.get_option("suggestions") else ()),
                *lists["bookmarks"],
            ]
            bookmarks = {
                record["id"]: BOOKMARK.from_wire(record, server.name_of) for record in records
            }
            missing = [term for term in terms if term not in bookmarks]
            if missing:
                raise InputError(
                    f"There is no bookmark with the ID {', '.join(map(repr, missing))}."
                )
        return [bookmarks[identifier] for identifier in (terms or sorted(bookmarks))]
