"""Every point that the vendor's document leaves open, as a switch of the simulated SimpleHelp server."""
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import dataclass, field, fields


def _choice(default, *others):
    return {"default": default, "metadata": {"values": (default, *others)}}


@dataclass
class Switches:
    """How the server behaves where the document is silent or contradicts itself. A value that is not listed is a ValueError.

    [D] stands in the document, [I] is inferred, [U] is unknown; README.md says where each comes from.
    """

    path_style: str = field(**_choice("set", "printed"))
    """set: groups, the server's hostname and a machine group's property are changed at `.../set` [I].
    printed: they are changed at the printed `.../get` path, and `.../set` is an unknown query [D, surely a copy error]."""
    failure: str = field(**_choice("status", "success_false"))
    """status: a refusal is a 4xx with an API Response. success_false: it is a 200 with `success: false` [I]."""
    scalar: str = field(**_choice("json", "text"))
    """How a bare String is answered: json (quoted) or text (plain) [U]."""
    warning_key: str = field(**_choice("warnings", "warning", "both"))
    """The key that machines/notes/set takes: the table has `warnings`, the example `warning` [D, conflict]."""
    notes_omitted: str = field(**_choice("keep", "clear"))
    """What machines/notes/set does to the one of notes and warnings that is left out [U]."""
    nested_update: str = field(**_choice("merge", "replace"))
    """Whether a nested settings object in groups/set is merged into the stored one or takes its place [U]."""
    unknown_fields: str = field(**_choice("refuse", "ignore"))
    """What happens to fields that the document does not list [U]. Both record a violation."""
    nulls: str = field(**_choice("absent", "null"))
    """Whether attributes without a value are left out of an object or are null [U]."""
    restriction_duplicates: str = field(**_choice("ignore", "duplicate"))
    """Whether adding a technician restriction that is there already is a no-op or adds a second one [U]."""
    bad_restriction: str = field(**_choice("refuse", "accept"))
    """What happens to a restriction that is not a valid regular expression [U]."""
    video_password: str = field(**_choice("absent", "blank", "masked", "plain"))
    """What groups/get and groups/list show of a group's videoPassword [U]."""
    offline_machines: str = field(**_choice("full", "sparse"))
    """sparse: machines that are offline lack what only a connected machine reports [U]."""
    absent_property: str = field(**_choice("null", "empty", "refuse"))
    """What machinegroups/properties/get answers for a key that is not there: a null, an empty String or a refusal [U]."""
    history_cap: int | None = field(default=None, metadata={"types": (int, type(None))})
    """history/list never returns more than this, however large maxResults is; None is no cap [U]."""
    read_only_fields: str = field(**_choice("refuse", "ignore"))
    """What happens to uniqueID, isAnonymous and appProfilesUser among the attributes to be written [U]."""
    unknown_machines: str = field(**_choice("refuse", "omit"))
    """Whether a read of machines with an identifier that does not exist is refused or leaves that one out [U]."""
    properties_many: str = field(**_choice("refuse", "accept"))
    """Whether machines/properties/set and remove take `machineIDs`: the text says one or more machines, the tables
    list `machineID` only [D, conflict]."""
    backup_path: str = field(default="server/backup", metadata={"types": (str,)})
    """The query that requests a configuration backup; no document prints it [U]."""
    group_property_remove: bool = field(default=True, metadata={"types": (bool,)})
    """Whether machinegroups/properties/remove exists; the document does not mention it [I]."""

    def __setattr__(self, name: str, value: object) -> None:
        described = {each.name: each.metadata for each in fields(self)}
        if name not in described:
            raise ValueError(f"there is no switch {name}; there are {', '.join(described)}")
        values, types = described[name].get("values"), described[name].get("types")
        if values and value not in values:
            raise ValueError(f"{name} must be one of {', '.join(values)}, not {value!r}")
        if types and type(value) not in types:
            raise ValueError(f"{name} cannot be {value!r}")
        object.__setattr__(self, name, value)

    def set_from_text(self, assignment: str) -> None:
        """Set a switch from `name=value` as typed on a command line. Raises ValueError."""
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ValueError(f"a switch is set as name=value, not {assignment!r}")
        words = {"true": True, "false": False, "none": None}
        if name in ("history_cap", "group_property_remove"):
            setattr(self, name, int(text) if text.isdecimal() else words.get(text.lower(), text))
        else:
            setattr(self, name, text)
