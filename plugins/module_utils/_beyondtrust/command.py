"""BeyondTrust's XML command API: how a command is sent, how its answer is understood, and what the appliance tells of itself."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .._core.errors import Error, Refused, ServerError
from .._core.http import Session
from .._core.markup import local, parse, text

PATH = "/api/command"
# The answer is XML whatever the status (vendors' clients saw errors with 200), but for JSON where the token is refused.
HEADERS = {"Accept": "text/xml, application/json;q=0.9, */*;q=0.1"}


def command(session: Session, action: str, writes: bool = False, **parameters: Any) -> Any:
    """Send a command and return the root element of its answer.

    Raises Refused where the appliance says no, ServerError for what is no answer, OutcomeUnknown for a write without one.
    (Remote Support 22.2 API guide, "Command API"; parameters of None are left out.)
    """
    given = {name: str(value) for name, value in parameters.items() if value is not None}
    if writes:
        answer = session.write("POST", PATH, headers=HEADERS, data={"action": action, **given})
    else:
        answer = session.read("GET", PATH, headers=HEADERS, params={"action": action, **given})
    return root_of(session, f"the command {action}", answer)


def root_of(session: Session, request: str, answer: Any) -> Any:
    """Return the root element of an XML answer, which is no error. Raises Refused or ServerError."""
    if answer.content.lstrip().startswith(b"{"):  # the token, or the permission, was not accepted
        try:
            reason = answer.json()["message"]
        except (ServerError, KeyError, TypeError):
            reason = answer.described()
        raise _refusal(session, request, answer, reason)
    try:
        root = parse(answer.content)
    except ServerError as exc:
        if answer.status >= 400:
            raise _refusal(session, request, answer, answer.described()) from None
        raise ServerError(f"{request} answered {answer.described()}: {exc}", status=answer.status) from None
    # An error is the root, or stands in the root of a list (guide: get_logged_in_reps and its like).
    error = next((element for element in (root, *root) if isinstance(element.tag, str) and local(element) == "error"), None)
    if error is not None or answer.status >= 400:
        raise _refusal(session, request, answer, "".join((root if error is None else error).itertext()).strip() or "no reason given")
    return root


def api_info(session: Session) -> dict:
    """Return what get_api_info tells: version of the API, name of the company if the appliance still says it, permissions of the account."""
    root = command(session, "get_api_info")
    permissions = {
        element.get("name"): (element.text or "").strip()
        for element in root.iter() if isinstance(element.tag, str) and local(element) == "permission" and element.get("name")
    }
    return {"api_version": text(root, "api_version"), "company_name": text(root, "company_name"), "permissions": permissions}


def lacking_permissions(session: Session, needed: Iterable[str]) -> str:
    """Say which of the permissions that are ``needed`` the API account lacks, by what the appliance tells of it."""
    needed = list(needed)
    try:
        granted = api_info(session)["permissions"]
    except Error:
        return f"Does the API account have the permission {' and '.join(needed)}?"
    missing = [name for name in needed if granted.get(name, "0") in ("", "0", "deny")]
    return f"The API account lacks the permission {' and '.join(missing or needed)}." if missing else "The API account has the permissions that this needs."


def _refusal(session, request, answer, reason):
    hint = " Does the API account have the permission perm_command?" if answer.status in (403, 404) else ""
    told = f"BeyondTrust refused {request} (HTTP {answer.status}): {str(reason).rstrip('.')}.{hint}"
    return (ServerError if answer.status >= 500 else Refused)(session.redact(told), status=answer.status)
