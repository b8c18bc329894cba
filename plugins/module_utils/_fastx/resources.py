"""FastX: the kinds of object that can be managed, as data (API v3, the objects of the vendor's
page).
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .._core.resource import Field, Resource

GEOMETRY = r"[1-9][0-9]*x[1-9][0-9]*|rootless"
PERMISSIONS = ("viewer", "granter")

BOOKMARK = Resource(
    name="bookmark",
    endpoint="bookmark",
    key=("id",),
    fields={
        "id": Field(),
        "command": Field(required=True, least=1),
        "name": Field(),
        "geometry": Field(pattern=GEOMETRY),
        "tags": Field("list", elements="str", as_given=True),
    },
)

RESOURCES = (BOOKMARK,)
