"""Every point that the vendor's document leaves open, as a switch of the simulated SimpleHelp
server.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import dataclass, field

from ..switching import Switching, choice, typed


@dataclass
class Switches(Switching):
    """How the server behaves where the document is silent or contradicts itself. A value that is
    not listed is a ValueError.

    [D] stands in the document, [I] is inferred, [U] is unknown; README.md says where each comes
    from.
    """

    path_style: str = field(**choice("set", "printed"))
    """set: groups, the server's hostname and a machine group's property are changed at `.../set`
    [I]. printed: they are changed at the printed `.../get` path, and `.../set` is an unknown query
    [D, surely a copy error].
    """
    failure: str = field(**choice("status", "success_false"))
    """status: a refusal is a 4xx with an API Response. success_false: it is a 200 with `success:
    false` [I].
    """
    scalar: str = field(**choice("json", "text"))
    """How a bare String is answered: json (quoted) or text (plain) [U]."""
    warning_key: str = field(**choice("warnings", "warning", "both"))
    """The key that machines/notes/set takes: the table has `warnings`, the example `warning` [D,
    conflict].
    """
    notes_omitted: str = field(**choice("keep", "clear"))
    """What machines/notes/set does to the one of notes and warnings that is left out [U]."""
    nested_update: str = field(**choice("merge", "replace"))
    """Whether a nested settings object in groups/set is merged into the stored one or takes its
    place [U].
    """
    content_type: str = field(**choice("exact", "any", tolerant="any"))
    """Whether a request without the documented Content-Type, or with a parameter behind it, is
    refused: every request is to have it [D], that another one is refused is ours.
    """
    unknown_fields: str = field(**choice("refuse", "ignore", tolerant="ignore"))
    """What happens to fields that the document does not list: they are refused, which is ours, or
    ignored [U]. Both record a violation.
    """
    nulls: str = field(**choice("absent", "null"))
    """Whether attributes without a value are left out of an object or are null [U]."""
    restriction_duplicates: str = field(**choice("ignore", "duplicate"))
    """Whether adding a technician restriction that is there already is a no-op or adds a second one
    [U].
    """
    bad_restriction: str = field(**choice("refuse", "accept"))
    """What happens to a restriction that is not a valid regular expression [U]."""
    video_password: str = field(**choice("absent", "blank", "masked", "plain"))
    """What groups/get and groups/list show of a group's videoPassword [U]."""
    offline_machines: str = field(**choice("full", "sparse"))
    """sparse: machines that are offline lack what only a connected machine reports [U]."""
    absent_property: str = field(**choice("null", "empty", "refuse"))
    """What machinegroups/properties/get answers for a key that is not there: a null, an empty
    String or a refusal [U].
    """
    history_cap: int | None = field(**typed(None, int, type(None)))
    """history/list never returns more than this, however large maxResults is; None is no cap [U].
    """
    search_until: str = field(**choice("before", "including"))
    """Whether history/list ends before the session that it is searched until, or answers it, too
    [U].
    """
    read_only_fields: str = field(**choice("refuse", "ignore", tolerant="ignore"))
    """What happens to uniqueID, isAnonymous and appProfilesUser among the attributes to be written:
    they are refused, which is ours, or ignored [U].
    """
    unknown_machines: str = field(**choice("refuse", "omit"))
    """Whether a read of machines with an identifier that does not exist is refused or leaves that
    one out [U].
    """
    properties_many: str = field(**choice("refuse", "accept"))
    """Whether machines/properties/set and remove take `machineIDs`: the text says one or more
    machines, the tables list `machineID` only [D, conflict].
    """
    backup_path: str = field(**typed("server/backup", str))
    """The query that requests a configuration backup; no document prints it [U]."""
    group_property_remove: bool = field(**typed(True, bool))
    """Whether machinegroups/properties/remove exists; the document does not mention it [I]."""
