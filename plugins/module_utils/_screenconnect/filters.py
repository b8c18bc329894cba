"""ScreenConnect's language of filters: expressions in which a text of the user's is nothing but a
text.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._core.errors import InputError
from .properties import PropertyNames

# What a session's type is called -> its name in filters.
TYPES = {"support": "Support", "meeting": "Meeting", "access": "Access"}
# What the options call an attribute -> its field.
FIELDS = {
    "name": "Name",
    "host": "Host",
    "code": "Code",
    "machine_name": "GuestMachineName",
    "machine_domain": "GuestMachineDomain",
    "machine_serial_number": "GuestMachineSerialNumber",
    "machine_model": "GuestMachineModel",
    "machine_manufacturer": "GuestMachineManufacturerName",
    "logged_on_user": "GuestLoggedOnUserName",
    "operating_system": "GuestOperatingSystemName",
    "network_address": "GuestNetworkAddress",
    "private_network_address": "GuestPrivateNetworkAddress",
    "client_version": "GuestClientVersion",
}


def literal(text: str) -> str:
    """Return a text as it stands in an expression: in quotes, those in it doubled."""
    return "'" + text.replace("'", "''") + "'"


def compared(field: str, operator: str, text: str) -> str:
    """Return the comparison of a field with a text."""
    return f"{field} {operator} {literal(text)}"


def any_of(expressions: Iterable[str]) -> str:
    """Return an expression that is true if one of these is."""
    expressions = list(expressions)
    return f"({' OR '.join(expressions)})" if len(expressions) > 1 else expressions[0]


def all_of(expressions: Iterable[str]) -> str:
    """Return an expression that is true if all of these are."""
    return " AND ".join(expressions)


def of_types(types: Iterable[str]) -> str:
    """Return the expression for sessions of these types."""
    return any_of(compared("SessionType", "=", TYPES[kind]) for kind in types)


# A filter must not be empty, so that all sessions are those of every type.
EVERYTHING = of_types(TYPES)


def called(name: str) -> str:
    """Return the expression for sessions that are shown under a name: their own, or that of the
    machine.
    """
    return any_of([compared("Name", "=", name), compared("GuestMachineName", "=", name)])


def selecting(params: Mapping[str, Any], names: PropertyNames) -> str | None:
    """Return the expression that the options ``types``, ``where``, ``like`` and ``filter`` make
    together, None if none is given.

    Of several texts for an attribute one has to fit; all attributes have to.
    """
    parts = []
    if params["types"]:
        parts.append(of_types(params["types"]))
    for option, operator in (("where", "="), ("like", "LIKE")):
        for attribute, texts in (params[option] or {}).items():
            if attribute == "custom_properties":
                for name, values in (texts or {}).items():
                    parts.append(
                        _attribute(
                            f"CustomProperty{names.number(name)}",
                            operator,
                            f"{option}.{attribute}.{name}",
                            values,
                        )
                    )
            elif texts is not None:
                parts.append(
                    _attribute(FIELDS[attribute], operator, f"{option}.{attribute}", texts)
                )
    if params["filter"] is not None:
        if not params["filter"].strip():
            raise InputError("filter must not be empty.")
        parts.append(f"({params['filter']})" if parts else params["filter"])
    return all_of(parts) or None


def where_spec() -> dict:
    """Return the suboptions that say what attributes have to be, or have to be like."""
    return {
        **{name: {"type": "list", "elements": "str"} for name in FIELDS},
        "custom_properties": {"type": "dict"},
    }


def _attribute(field: str, operator: str, place: str, texts: Any) -> str:
    texts: Sequence = texts if isinstance(texts, list) else [texts]
    if not texts or not all(isinstance(text, str) for text in texts):
        raise InputError(
            f"{place} must be a text, or a list of texts. Put what is to be a text in quotes."
        )
    return any_of(compared(field, operator, text) for text in texts)
