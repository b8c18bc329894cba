"""Every point that the vendor's pages leave open, as a switch of the simulated FastX server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import dataclass, field

from ..switching import Switching, choice, typed


@dataclass
class Switches(Switching):
    """How the server behaves where the pages are silent or contradict each other. A value that is
    not listed is a ValueError.

    [D] stands in a document, [C] was seen in a client, [I] is inferred, [U] is unknown; README.md
    says where each comes from.
    """

    generation: str = field(**choice("source", "later"))
    """source: the paths of the page that the collection is written from [D]. later: those of the
    released product, as far as they are known [C].
    """
    error_status: str = field(**choice("ok", "matching"))
    """ok: a refusal is a 200 with an error object. matching: it is a 4xx with the same object [U].
    """
    error_stack: bool = field(**typed(False, bool))
    """Whether an error object has a `stack`, too [D, newer pages]."""
    unknown_path: str = field(**choice("status", "page", "error"))
    """What a path that the server does not know answers: status (404 and HTML), page (200 and the
    HTML of the web client), error (an error object) [U].
    """
    unknown_parameters: str = field(**choice("refuse", "ignore", tolerant="ignore"))
    """What happens to parameters that the document does not list: they are refused, which is ours,
    or ignored [U]. Both record a violation.
    """
    token_header: str = field(**choice("either", "x_fastx_token", "bearer"))
    """The header in which the token of a login is accepted: X-FASTX-TOKEN, Authorization: Bearer,
    or either [U].
    """
    login_token: str = field(**choice("by_generation", "token", "authtoken"))
    """What the token is called until the login is complete, in answers and in bodies: `token` on
    the source page, `authtoken` later [I].
    """
    prompts: str = field(**choice("text", "array", "prompts"))
    """text: one prompt after the other, each a String `prompt`. array: all at once as an array
    `prompt`. prompts: the same as `prompts` [D, conflict]. An array wants an array of answers.
    """
    given_password: str = field(**choice("used", "ignored"))
    """Whether the stage password is passed at once with a password that came with the name [U]."""
    login_attempts: int = field(**typed(1, int))
    """How many wrong answers end a login; before that it stays at its stage [U]."""
    login_seconds: float = field(**typed(120, int, float))
    """How long a login may take, by the clock [U]."""
    rejected_key: str = field(**choice("next_stage", "another"))
    """What follows on a key that the user does not have: the next stage, or public-key once more
    [D, second version: either].
    """
    signature: str = field(**choice("bare", "blob"))
    """What the Base64 of a signature holds: the bare RSA signature, or the SSH signature blob
    around it [U]. Both are RSA PKCS#1 v1.5 with SHA-1 [I].
    """
    idle_seconds: float = field(**typed(3600, int, float))
    """After how much idle time a login expires, by the clock [U]."""
    kept_alive_by: str = field(**choice("any_call", "keepalive"))
    """What keeps a login alive [U]."""
    timestamps: str = field(**choice("iso", "milliseconds"))
    """How a timestamp is written in its String [U]."""
    no_value: str = field(**choice("absent", "null"))
    """Whether members without a value are left out of an object or are null [U]."""
    start_delay: float = field(**typed(0, int, float))
    """How many seconds of the clock pass before a session that was started can be seen [U]."""
    duplicate_id: str = field(**choice("error", "second"))
    """What starting a session with an id that is taken does: it fails, or a second session has the
    same id [U].
    """
    bookmark_start: str = field(**choice("unmarked", "shortcut"))
    """Whether a session that session/start/bookmark starts has the parameter `shortcut` [U]. One
    that session/shortcut starts has it.
    """
    bookmark_edit: str = field(**choice("merge", "replace"))
    """What bookmark/edit does to members that are left out: they stay, or they go [U]."""
    delete_missing: str = field(**choice("error", "ignore"))
    """What bookmark/delete does with an id that is not there [U]."""
    share_edit: str = field(**choice("creates", "error"))
    """What share/edit does with a key that is not there: it creates it, or it fails [U]."""
