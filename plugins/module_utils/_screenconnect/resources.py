"""ScreenConnect: the one kind of object that can be managed, as data (RESTful API Manager)."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .._core.resource import Field, Resource
from .filters import TYPES

SESSION = Resource(
    name="session",
    endpoint="Session",
    key=("name", "type"),  # names alone are not unique, and neither are both; then only the identifier tells
    id="SessionID",
    id_field="id",
    verbs=("create", "update"),
    fields={
        "id": Field(computed=True, wire="SessionID"),
        "name": Field(wire="Name"),
        "type": Field(choices=tuple(TYPES), fixed=True, required=True, wire="SessionType"),
        "is_public": Field("bool", fixed=True, wire="IsPublic"),
        "code": Field(fixed=True, wire="Code"),
        "custom_properties": Field("dict", elements="str", free=True, wire="CustomProperties"),
        "machine_name": Field(computed=True, wire="MachineName"),
        "online": Field("bool", computed=True, wire="Online"),
    },
)

RESOURCES = (SESSION,)
