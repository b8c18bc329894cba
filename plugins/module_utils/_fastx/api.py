"""FastX's HTTP API v3: how to connect, how calls are made, and the verbs for bookmarks as a
backend.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable
from types import NoneType
from typing import Any

from .._core.errors import OutcomeUnknown, Refused, ServerError
from .._core.http import Session
from .._core.options import connection_options
from .._core.resource import Platform, Resource
from .answers import objects, result_of, shaped
from .login import CREDENTIALS, GUESSES, Description, Login, secrets_of
from .paths import has
from .resources import RESOURCES

CONNECTION = connection_options("FASTX", {**CREDENTIALS, **GUESSES})
del CONNECTION["answers"]["fallback"]  # mappings have no form in a variable of the environment
BOOKMARK_LISTS = ("bookmarks", "suggestions", "history")


def connect(option: Callable[[str], Any], read_only: bool, **session) -> Backend:
    """Return a backend. ``option`` looks an option up, for a module and for a plugin alike. Nothing
    is sent yet.
    """
    description = Description(option("generation"))
    login = Login(option, description)
    headers = {"Accept": "application/json"}
    opened = Session.from_options(
        option,
        "",
        login=login,
        headers=headers,
        read_only=read_only,
        secrets=secrets_of(option),
        **session,
    )
    login.conceal = opened.conceal
    return Backend(opened, login, description)


class Backend:
    """The verbs of design, as this API spells them. All of them are POSTs with a JSON object, as
    the vendor's own client sends them.
    """

    product = None

    def __init__(self, session: Session, login: Login, description: Description):
        self.session, self._login, self._description = session, login, description

    # --- calls --------------------------------------------------------------------------------------------------------

    def description(self) -> dict:
        """Return what the server says of itself to everybody."""
        return self._description.told(self.session.log_in)

    def generation(self) -> str:
        """Return the generation of the server's API."""
        return self._description.generation(self.session.log_in)

    def has(self, call: str) -> bool:
        """Tell whether this server is known to have a call."""
        return has(call, self.generation())

    def path(self, call: str) -> str:
        """Return the path of a call on this server. Raises InputError for one that it is not known
        to have.
        """
        return self._description.path(call, self.session.log_in)

    def ask(self, call: str, shape: type = object, /, **params) -> Any:
        """Return the result of a call that only reads, which has to be of a shape. Raises Refused
        or ServerError.
        """
        given = {name: value for name, value in params.items() if value is not None}
        return shaped(self.session.read("POST", self.path(call), json=given), shape)

    def tell(self, call: str, shape: type = object, /, **params) -> Any:
        """Ask for a change and return its result. Raises Refused or OutcomeUnknown."""
        answer = self.session.write("POST", self.path(call), json=params)
        try:
            return shaped(answer, shape)
        except Refused:
            raise
        except ServerError as exc:
            raise OutcomeUnknown(f"{exc} It is unknown whether it was done.", **exc.facts) from None

    def is_admin(self) -> bool:
        """Tell whether the user is an administrator. That somebody is not is an error, of whatever
        name: it must not end the login.
        """
        headers = self._login.headers(self.session.log_in)
        answer = self.session.log_in("POST", self.path("user/admin"), json={}, headers=headers)
        answer.json()  # a page in its place would be no word about the user
        try:
            result_of(answer)
        except Refused:
            return False
        return True

    # --- what is listed -----------------------------------------------------------------------------------------------

    def sessions(self, **params) -> list[dict]:
        """Return the user's own sessions, as the parameters choose, sort and cut them; without any,
        all.
        """
        found = objects("session/list", self.ask("session/list", list, **params), "id")
        for session in found:
            if not isinstance(session.get("params"), (dict, NoneType)):
                raise ServerError("session/list answered a session whose params are not an object.")
        return found

    def bookmark_lists(self) -> dict[str, list[dict]]:
        """Return the user's bookmarks, the suggestions of the server, and the history."""
        told = self.ask("bookmark/list", dict)
        found = {
            name: objects(
                "bookmark/list",
                told.get(name, [] if name != "bookmarks" else None),
                "id",
                "command",
            )
            for name in BOOKMARK_LISTS
        }
        if not all(
            _are_texts(bookmark.get("tags"))
            for bookmarks in found.values()
            for bookmark in bookmarks
        ):
            raise ServerError(
                "bookmark/list answered a bookmark whose tags are not a list of texts."
            )
        return found

    def shares(self, session: str) -> list[dict]:
        """Return the sharing keys of a session. From then on they are kept out of every message."""
        found = objects("share/list", self.ask("share/list", list, id=session), "key")
        self.session.conceal(share["key"] for share in found)
        if not all(_are_texts(share.get("perms")) for share in found):
            raise ServerError("share/list answered a key whose perms are not a list of texts.")
        return found

    # --- the verbs ----------------------------------------------------------------------------------------------------

    def list(self, resource: Resource) -> list[dict]:
        """Return the record of every bookmark."""
        return self.bookmark_lists()["bookmarks"]

    def get(self, resource: Resource, key: dict) -> dict | None:
        """Return the record of one bookmark, None if the user has none of that id."""
        return next(iter(self.matching(resource, key)), None)

    def matching(self, resource: Resource, key: dict) -> list[dict]:
        """Return the records of all bookmarks of an id."""
        return [record for record in self.list(resource) if record["id"] == key["id"]]

    def forget(self) -> None:
        """Nothing of what was read is kept here."""

    def search(self, resource: Resource, key: dict) -> None:
        """Leave it to the whole list, which takes one request, too."""

    def create(self, resource: Resource, body: dict) -> None:
        """Make a bookmark."""
        self.tell("bookmark/edit", **_written(body))

    def update(self, resource: Resource, record: dict, body: dict) -> None:
        """Change attributes. All the others are sent, too: whether the server keeps those that are
        not, no document says.
        """
        self.tell("bookmark/edit", **_written({**record, **body}))

    def delete(self, resource: Resource, record: dict) -> None:
        """Remove a bookmark."""
        self.tell("bookmark/delete", id=record["id"])

    def conclude(self) -> None:
        """Nothing is left to do: every write takes effect at once."""


def _are_texts(value) -> bool:
    """Tell whether it is a list of texts, or nothing."""
    return value is None or isinstance(value, list) and all(isinstance(item, str) for item in value)


def _written(bookmark) -> dict:
    """Return a bookmark as it is sent. An empty geometry is none of the documented forms: it can
    only be left out.
    """
    return {
        name: value
        for name, value in bookmark.items()
        if value is not None and (name != "geometry" or value)
    }


FASTX = Platform(name="fastx", connection=CONNECTION, connect=connect, resources=RESOURCES)
