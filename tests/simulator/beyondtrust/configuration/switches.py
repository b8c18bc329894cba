"""Every point of the Configuration API that the vendor's documents leave open, as switches."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import dataclass, field

from ...switching import choice


@dataclass
class ConfigurationSwitches:
    """How the Configuration API behaves where the documents are silent or contradict themselves.

    The appliance's Switches inherit these. [D] stands in a document, [C] is what a public client
    does, [U] is unknown; README.md says where each comes from.
    """

    unknown_field_status: int = field(**choice(401, 422))
    """The status of a request with an unknown query parameter or body field: 401 [D], or 422 as for
    any other wrong field.
    """
    unknown_field_answer: str = field(**choice("message", "access_denied"))
    """Whether that 401 has a message of its own, or the very body of a bad token [U]."""
    unlisted_paging: str = field(**choice("refuse", "ignore", tolerant="ignore"))
    """What `per_page` and `current_page` do where the documents do not list them. Unknown
    parameters are refused [D]; that these two are among them is ours. A client sends them to all
    lists [C].
    """
    read_only_fields: str = field(**choice("refuse", "ignore", tolerant="ignore"))
    """What happens to read-only fields in a body: they are refused, which is ours, or ignored [U].
    Both record a violation.
    """
    accept: str = field(**choice("json", "any", tolerant="any"))
    """Whether GET and DELETE must accept application/json by name: every one is to [D], that
    another or no Accept is refused is ours.
    """
    rs_user_create: bool = field(**choice(False, True))
    """Whether POST /user exists on Remote Support: the 1.10 description has none [D], a connector
    uses it [C].
    """
    code_name_default: str = field(**choice("generated", "empty", "numbered"))
    """What the code name of an object made without one is: made from its name, or empty [U], or its
    kind and its id, as one Jumpoint's was seen to be [C].
    """
    invalid_status: int = field(**choice(422, 400))
    """The status of a body with wrong fields: 422 [D], or 400, as a client of live appliances notes
    [C]. The reasons are in `errors` by field with both.
    """
    groups_with_items: str = field(**choice("removed", "refuse"))
    """What happens when a Jump Group is deleted in which something lies: that goes, too [D], or it
    must be empty [C].
    """
    names_unique: str = field(**choice("documented", "all"))
    """Whether only the names that the documents call unique are, or those of teams, policies,
    vendors and statuses too [U].
    """
    delete_in_use: str = field(**choice("clear", "refuse"))
    """What happens when a jump policy, team or user is deleted that others refer to: the reference
    is cleared, or it is refused [U].
    """
    no_value: str = field(**choice("absent", "null"))
    """Whether an attribute that has no value and is not described as nullable is left out of an
    answer or is null [U].
    """
    undescribed_answers: str = field(**choice("empty", "object"))
    """Whether a success for which no body is described has none, or holds the object [U]."""
    vault_list: str = field(**choice("generic", "full"))
    """Whether GET /vault/account shows what all types share [D], or everything that GET by id
    shows.
    """
