"""Every point that the vendor's document leaves open, as a switch of the simulated ScreenConnect
server.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import dataclass, field

from ..switching import Switching, choice, typed


@dataclass
class Switches(Switching):
    """How the server behaves where the document is silent. A value that is not listed is a
    ValueError.

    [D] stands in the document, [C] was seen in a public client, [I] is inferred, [U] is unknown;
    README.md says where each comes from.
    """

    extension_version: str = field(**typed("1.0.8", str))
    """The version of the extension; before 1.0.6 there is no AddNoteToSession [D]."""
    server_version: str = field(**typed("24.3.7", str))
    """The version of the server; before 22.9 the events of a connection lie in
    `Connections[].Events`, without a ConnectionID [C].
    """
    error_body: str = field(**choice("html", "json"))
    """Whether an error is a page or an object [U]. A path that leads to no extension is always a
    page [C].
    """
    void_result: str = field(**choice("empty", "null"))
    """What a method without a result answers: an empty body or null [C, both]."""
    created_answer: str = field(**choice("session", "id_object", "id", "array"))
    """What CreateSession answers: the session [I], an object with nothing but its id, the bare id,
    or an array with the session [U].
    """
    session_type_wire: str = field(**choice("integer", "name", "both"))
    """What CreateSession takes for a session's type: the number [C] or the name [U]."""
    custom_properties_shape: str = field(**choice("by_method", "array", "object", "both"))
    """How a session shows its custom properties: CustomPropertyValues, CustomProperties
    {CustomProperty1..8} or both [C].

    By method it is the array in details, and the object in GetSessionsByName [C-live]; that the
    other lists and CreateSession show what GetSessionsByName shows is inferred [I].
    """
    empty_fields: str = field(**choice("shown", "absent", "null"))
    """What a list or details show of fields without a value: the empty text or object, nothing, or
    null [U]. Numbers and Booleans are values.
    """
    short_arrays: str = field(**choice("pad", "keep", "refuse"))
    """What fewer than eight custom properties do to the rest: it is emptied, or is left as it was
    [U].

    Arrays of two and three are taken by servers of today [C-live]; that some refuse them is
    historical.
    """
    eventual_reads: int = field(**typed(0, int))
    """How many reads after a session's creation do not show it [U]. Reads that a session cannot be
    in are not counted.
    """
    text_comparison: str = field(**choice("exact", "ignore_case"))
    """Whether the case counts where texts are compared, in filters and by GetSessionsByName [U]."""
    like_underscore: str = field(**choice("literal", "wildcard"))
    """What `_` means in a pattern of LIKE: itself, or any one character [U]."""
    unknown_details: str = field(**choice("null", "empty", "error"))
    """The details of an id that no session has: null, an object without a session, or an error [U].
    """
    unknown_session: str = field(**choice("silent", "error"))
    """What a write to an id that no session has comes to: success without effect, or an error [U].
    """
    unknown_toolbox_item: str = field(**choice("silent", "error"))
    """What a toolbox item that does not exist comes to: success without effect, or an error [U]."""
    guest_count: str = field(**choice("details", "never", "always"))
    """Where a session shows GuestConnectedCount: it was missing in lists, and read from details
    [C].
    """
    notes_attribute: str = field(**choice("newest", "all", "absent"))
    """What a session's attribute Notes holds of the notes that were added [U]."""
    event_order: str = field(**choice("oldest_first", "newest_first"))
    """The order of the events among the details [U]."""
    events_shown: int | None = field(**typed(None, int, type(None)))
    """How many of the newest events the details show; None is all [U]."""
    delivery_seconds: float = field(**typed(0.0, float, int))
    """Seconds of the clock after which a guest that is online takes what is queued for it [U]."""
    command_seconds: float = field(**typed(0.0, float, int))
    """Seconds of the clock between the end of a command and the event with its output [U]."""
    processed_command_event: bool = field(**typed(True, bool))
    """Whether the guest's taking of a command shows as an event 54 [I]."""
    foreign_outputs: int = field(**typed(0, int))
    """How many outputs of other people's commands come before and after each output [U]."""
    output_events: int = field(**typed(1, int))
    """Into how many events an output is broken, at ends of lines [C that a client joins several].
    """
    killed_wording: str = field(**typed("Killed after {number} milliseconds.", str))
    """What the output of a command says that was killed [C-live]."""
    killed_output: str = field(**choice("kept", "lost"))
    """Whether what a command had printed before it was killed is shown [U]."""
    truncated_wording: str = field(**typed("Truncated output at {number} characters.", str))
    """What a truncated output says [C-live]."""
    cmd_echo: bool = field(**typed(True, bool))
    """Whether cmd shows each line with its prompt before it runs it, as a batch file does by itself
    [C].
    """
    cmd_runs: str = field(**choice("batch_file", "command_line"))
    """How a command for cmd is run: as a batch file, or as one command line, of which cmd takes the
    first line only [U].
    """

    def runs_notes(self) -> bool:
        """Whether the extension has AddNoteToSession."""
        return _version(self.extension_version) >= (1, 0, 6)

    def keeps_events_with_connections(self) -> bool:
        """Whether the events of a connection lie in it, as on servers before 22.9."""
        return _version(self.server_version) < (22, 9)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
