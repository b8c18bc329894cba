"""ScreenConnect: the one kind of object that can be managed, as data (RESTful API Manager)."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .._core.errors import InputError
from .._core.plan import Change
from .._core.resource import Field, Resource
from .._core.server import Server
from .filters import TYPES


def _keeps_names_apart(server: Server, change: Change) -> None:
    """Refuse to give a session the name of another one of its type: nobody could say any more which
    one is meant.
    """
    if change.action == "update" and "name" in change.fields:
        memory, key = server.memory(SESSION), SESSION.key_of(change.after)
        if key in memory.known or key in memory.shared:
            raise InputError(
                f"There is another {change.after['type']} session called {change.after['name']!r}."
            )


SESSION = Resource(
    name="session",
    endpoint="Session",
    # Names alone are not unique, and neither are both; then only the identifier tells.
    key=("name", "type"),
    id="SessionID",
    id_field="id",
    verbs=("create", "update"),
    guards=(_keeps_names_apart,),
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
