"""A change to an object that is being checked."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import dataclass, field

from ..fields import Findings
from ..kinds.kind import Kind


@dataclass
class Change:
    """An object as it would be (`record`), what the request gave of it, and the stored record
    `before` (None: it is being created).

    A rule may complete the record, and says what is wrong with it through `findings`. `parent` is
    the identifier of what it hangs on.
    """

    appliance: object
    collection: str
    kind: Kind
    record: dict
    given: dict
    before: dict | None
    parent: int | None
    findings: Findings = field(default_factory=Findings)

    @property
    def creates(self) -> bool:
        return self.before is None

    def refuse(self, name: str, message: str) -> None:
        self.findings.add(name, message)

    def require(self, name: str, reason: str) -> None:
        """Note an error where an attribute has no value."""
        if not self.record.get(name):
            self.refuse(name, f"The field is required {reason}.")
