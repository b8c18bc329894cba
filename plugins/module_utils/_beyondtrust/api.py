"""BeyondTrust's Configuration API v1: how to connect, how its answers are understood, and its verbs
as a backend.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import Any

from .._core.errors import Error, InputError, NotThere, Refused, ServerError
from .._core.http import Session
from .._core.once import act
from .._core.options import connection_options
from .._core.quoting import LONGEST_NAME, as_text
from .._core.resource import Platform
from .._core.shared_files import shared_file
from .._core.turns import warn_of_lone_container
from .._files.download import download
from .credentials import ClientCredentials
from .detection import product_of
from .jump_items import COMPUTER_NAME
from .kind import Kind
from .lists import LARGEST_PAGE, every_page
from .pace import Pace
from .products import PRODUCTS, RS
from .provisioning import Provisioning
from .resources import RESOURCES
from .tokens import PrivateTokens, TokenStore

CONNECTION = connection_options(
    "BEYONDTRUST",
    {
        "client_id": {"type": "str", "required": True},
        "client_secret": {"type": "str", "required": True, "no_log": True},
        "product": {"type": "str", "choices": ["auto", *PRODUCTS], "default": "auto"},
        "share_tokens": {"type": "bool", "default": True, "no_log": False},
        # BeyondTrust Remote Support 22.2 API guide, "Request Rate Limits"; both count for an API
        # account.
        "requests_per_second": {"type": "float", "default": 20.0},
        "requests_per_hour": {"type": "int", "default": 15000},
    },
)
ROOT = "/api/config/v1"
MOST_PER_HOUR = 100_000  # a moment is kept for each; the guide's limit is 15,000
# What a refusal may be due to, by its status.
HINTS = {
    401: "Either the token was not accepted, or this version does not know a field or parameter that was sent (it answers the same to both).",
    404: "Either it is not there, or this version does not know it, or the API account lacks the permission perm_configuration.",
    405: "This version of the appliance cannot do that.",
}


def open_session(option: Callable[[str], Any], read_only: bool, **session) -> Session:
    """Return a session with an appliance that logs in with the API account's shared token, within
    its shared budget of requests.
    """
    url, client_id, secret = (
        option(name).strip() for name in ("url", "client_id", "client_secret")
    )
    if not client_id or not secret:
        raise InputError("client_id and client_secret must not be empty.")
    if (
        not 0 < option("requests_per_second") <= 1000
        or not 1 <= option("requests_per_hour") <= MOST_PER_HOUR
    ):
        raise InputError(
            f"requests_per_second must be between 0 and 1000, and requests_per_hour between 1 and {MOST_PER_HOUR}."
        )
    directory = Path(option("shared_directory")) if option("shared_directory") else None
    store = TokenStore(directory) if option("share_tokens") else PrivateTokens()
    pace = Pace(
        shared_file("pace", url, client_id, directory),
        option("requests_per_second"),
        option("requests_per_hour"),
    )
    login = ClientCredentials(f"{url.rstrip('/')}/oauth2/token", client_id, secret, store)
    # "Close the connection after each call": Remote Support 22.2 API guide, "Request Rate Limits".
    headers = {"Accept": "application/json", "Connection": "close"}
    opened = Session.from_options(
        option,
        "",
        login=login,
        pace=pace,
        headers=headers,
        read_only=read_only,
        secrets=[secret],
        **session,
    )
    warn_of_lone_container(opened.origin, directory)
    return opened


def connect(option: Callable[[str], Any], read_only: bool, **session) -> Backend:
    """Return a backend. ``option`` looks an option up, for a module and for a plugin alike."""
    opened = open_session(option, read_only, **session)
    directory = Path(option("shared_directory")) if option("shared_directory") else None
    try:
        return Backend(
            opened,
            product_of(
                opened, option("product"), shared_file("product", option("url"), "", directory)
            ),
        )
    except Error:
        opened.close()
        raise


class Backend:
    """The verbs of design, as this API spells them."""

    def __init__(self, session: Session, product: str):
        self.session, self.product = session, product
        # What the appliance answered when it made an object last: of an installer nothing else
        # shows the key.
        self.made: Any = None
        self.provisioning = Provisioning(self)
        self._seen: dict[str, dict[int, dict]] = {}  # kind -> id -> record, as it was read last
        # The vendor's Terraform provider changes members one after another, as the appliance wants
        # it.
        self._one_policy = Lock()

    # --- requests -----------------------------------------------------------------------------------------------------

    def ask(self, path: str, shape: type, **params) -> Any:
        """Return what a GET answers, which has to be of a shape. Raises Refused or ServerError."""
        given = {name: value for name, value in params.items() if value is not None}
        answer = self.session.read("GET", ROOT + path, params=given, largest=LARGEST_PAGE)
        self._check(f"GET {path}", answer)
        value = answer.json()
        if not isinstance(value, shape):
            raise ServerError(
                f"GET {path} answered a {type(value).__name__}, where a {shape.__name__} was expected.",
                status=answer.status,
            )
        return value

    def tell(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Ask for a change and return the answer's value, None for an empty one. Raises Refused,
        ServerError or OutcomeUnknown.
        """
        answer = self.session.write(method, ROOT + path, **({} if body is None else {"json": body}))
        self._check(f"{method} {path}", answer)
        return answer.json() if answer.content.strip() else None

    def act(
        self, path: str, body: Mapping[str, Any] | None = None, *look, **how
    ) -> tuple[Any, Any]:
        """Ask for something to be done, and return the answer's value and what shows that it was
        done, see ``once.act``.
        """
        return act(self.session, lambda: self.tell("POST", path, body), *look, **how)

    def records(self, path: str, paged: bool = True, **filters) -> list[dict]:
        """Return every object of a list, however many pages it has. Raises ServerError where the
        list is not complete.
        """
        return (
            every_page(self.session, lambda **page: self._page(path, {**filters, **page}), path)
            if paged
            else self._page(path, filters)[0]
        )

    def _page(self, path, params):
        answer = self.session.read("GET", ROOT + path, params=params, largest=LARGEST_PAGE)
        self._check(f"GET {path}", answer)
        found = answer.json()
        if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
            raise ServerError(
                f"GET {path} answered something that is not a list of objects.",
                status=answer.status,
            )
        return found, answer.headers, len(answer.content)

    def _check(self, request, answer):
        """Raise Refused for an answer that says no, in the user's words, and ServerError for one
        that is no answer.
        """
        if answer.status < 400:
            return
        try:
            told = answer.json()
            reason = as_text(told["message"]).rstrip(".")
            errors = told.get("errors") or {}
            reason += "".join(
                f"; {field}: {' '.join(map(as_text, texts if isinstance(texts, list) else [texts]))}"
                for field, texts in errors.items()
            )
        except (ServerError, KeyError, TypeError, AttributeError):
            reason = answer.described(with_status=False)
        hint = self._lacking(request) if answer.status == 403 else HINTS.get(answer.status, "")
        text = f"BeyondTrust refused {request} (HTTP {answer.status}): {self.session.redact(reason, LONGEST_NAME).rstrip('.')}. {hint}".rstrip()
        raise (
            ServerError if answer.status >= 500 else NotThere if answer.status == 404 else Refused
        )(text, status=answer.status)

    def _lacking(self, request) -> str:
        """Say which permission the API account lacks, by what the appliance tells of it."""
        # Imported here: this is no moment to fail because lxml is missing.
        from .command import lacking_permissions

        needed = [
            "perm_configuration",
            *(
                ["perm_configuration_vault_account"]
                if "/vault/" in request or "/vault-account" in request
                else []
            ),
        ]
        return lacking_permissions(self.session, needed)

    def fetch(self, path: str, dest: Path, **how) -> dict:
        """Download what a GET answers, see ``download``. Raises Refused or ServerError for what is
        no file.
        """
        return download(self.session, ROOT + path, dest, partial(self._check, f"GET {path}"), **how)

    # --- the verbs ----------------------------------------------------------------------------------------------------

    def list(self, resource: Kind) -> list[dict]:
        """Return the record of every object of a kind."""
        if not resource.parent:
            return self._found(resource, self._listed(resource)) + list(
                map(dict, resource.unlisted)
            )
        parents = self._found(resource.parent, self.records(resource.parent.endpoint))
        return [
            record
            for found in self.session.each(partial(self._of_parent, resource), parents)
            for record in found
        ]

    def search(self, resource: Kind, key: dict) -> list[dict] | None:
        """Return the records that fit one of the texts in ``key``, where the API can look for them."""
        if not key or not set(key) <= set(resource.filters) or COMPUTER_NAME in key.values():
            return None
        found = self._found(
            resource,
            [
                record
                for name, value in key.items()
                for record in self._listed(resource, **{name: value})
            ],
        )
        return list({record["id"]: record for record in found}.values())

    def get(self, resource: Kind, key: dict) -> dict | None:
        """Return the record of one object by the fields of its key, None if the server has none."""
        return next(iter(self.matching(resource, key)), None)

    def matching(self, resource: Kind, key: dict) -> list[dict]:
        """Return the records of all objects that bear a key: the appliance lets several do so."""
        first = resource.fields[resource.key[0]].wire or resource.key[0]
        found = self.search(resource, {first: key[first]})
        found = self.list(resource) if found is None else found
        return [
            record
            for record in found
            if all(record.get(name) == value for name, value in key.items())
        ]

    def forget(self) -> None:
        """Forget what was read."""
        self._seen.clear()

    def create(self, resource: Kind, body: dict) -> None:
        """Make an object."""
        path = resource.path(body)
        body = self._without_parent(resource, body)
        made = self.tell("POST", path, resource.to_server(body))
        if resource.provisioned and isinstance(made, dict) and isinstance(made.get("id"), int):
            self.provisioning.policy_changed(made["id"], body["name"])
        self.made = made

    def update(self, resource: Kind, record: dict, body: dict) -> None:
        """Change attributes; those that are not in ``body`` keep their values."""
        if resource.provisioned:
            self.provisioning.policy_changed(record["id"], body.get("name", record["name"]))
        self.tell(
            "PATCH",
            self._path(resource, record),
            resource.to_server(self._without_parent(resource, body)),
        )

    def delete(self, resource: Kind, record: dict) -> None:
        """Remove an object; one that is gone already is no error."""
        with suppress(NotThere):
            if resource.provisioned:
                self.provisioning.members_lost(
                    resource.below["members"].entries(self, self._path(resource, record))
                )
            self.tell("DELETE", self._path(resource, record))
        if resource.provisioned:
            self.provisioning.policy_removed(record["id"])

    def read_fields(
        self, resource: Kind, query: str, records: Sequence[dict], only: Sequence[set | None]
    ) -> list[dict]:
        """Return, for each object, the lists below it, or what else has a path of its own."""
        return self.session.each(
            lambda record: resource.below[query].read(self, self._path(resource, record), record),
            records,
        )

    def write_fields(
        self, resource: Kind, query: str, record: dict, before: dict, after: dict
    ) -> None:
        """Bring what lies below an object to what it is to be."""
        with self._one_policy if resource.provisioned else nullcontext():
            if resource.provisioned:
                self.provisioning.policy_changed(record["id"], record["name"])
            resource.below[query].write(self, self._path(resource, record), record, after[query])

    def conclude(self) -> None:
        """Let changed permissions take effect."""
        self.provisioning.carry_out()

    def seen(self, resource: Kind, identifier: Any) -> dict | None:
        """Return the record of an object as it was read last; None where it was not read."""
        return self._seen.get(resource.name, {}).get(identifier)

    # --- parts --------------------------------------------------------------------------------------------------------

    def can_make_users(self) -> bool:
        """Tell whether this appliance makes local users: its own description says so (disputed for
        Remote Support).
        """
        if self.product != RS:
            return True
        lines = self._own_description
        start = next(
            (
                number
                for number, line in enumerate(lines)
                if line.strip().strip("'\"").rstrip(":").strip("'\"") == "/user"
            ),
            None,
        )
        if start is None:
            return False
        depth = len(lines[start]) - len(lines[start].lstrip())
        for line in lines[start + 1 :]:
            if line.strip() and len(line) - len(line.lstrip()) <= depth:
                return False
            if line.strip() == "post:":
                return True
        return False

    @cached_property
    def _own_description(self) -> list[str]:
        """The lines of the appliance's own description of this API, which is large."""
        answer = self.session.read("GET", f"{ROOT}/openapi.yaml", headers={"Accept": "*/*"})
        self._check("GET /openapi.yaml", answer)
        return answer.content.decode(errors="replace").splitlines()

    @staticmethod
    def _path(kind, record):
        return f"{kind.path(record)}/{record['id']}"

    @staticmethod
    def _without_parent(kind, body) -> dict:
        return {
            name: value
            for name, value in body.items()
            if not kind.parent or name != f"{kind.parent.name}_id"
        }

    def _listed(self, kind, **filters) -> list[dict]:
        """Return the records of a list, those first that it shows only where they are asked for."""
        more = [
            record
            for parameters in kind.more_lists
            for record in self.records(kind.endpoint, **filters, **parameters)
        ]
        return more + self.records(kind.endpoint, **filters)

    def _found(self, kind, records):
        for record in records:
            if not isinstance(record.get("id"), int):
                raise ServerError(f"GET {kind.endpoint} answered an object without an id.")
        try:
            found = [known for record in records if (known := kind.from_server(record)) is not None]
        except (AttributeError, KeyError, TypeError, ValueError):
            raise ServerError(
                f"GET {kind.endpoint} answered an object that is not of the documented shape."
            ) from None
        self._seen.setdefault(kind.name, {}).update({record["id"]: record for record in found})
        return found

    def _of_parent(self, kind, parent) -> list[dict]:
        own = {f"{kind.parent.name}_id": parent["id"]}
        found = self._found(kind, self.records(kind.path(own)))
        return [{**record, **own, kind.id: [parent["id"], record["id"]]} for record in found]


BEYONDTRUST = Platform(
    name="beyondtrust", connection=CONNECTION, connect=connect, resources=RESOURCES
)
