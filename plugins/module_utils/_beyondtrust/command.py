"""BeyondTrust's XML command API: how a command is sent, how its answer is understood, and what the
appliance tells of itself.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._core.errors import Error, Refused, ServerError
from .._core.http import Session
from .._core.quoting import LONGEST_NAME
from .markup import local, needed, parse, text

PATH = "/api/command"
# The answer is XML whatever the status (vendors' clients saw errors with 200), but for JSON where
# the token is refused.
HEADERS = {"Accept": "text/xml, application/json;q=0.9, */*;q=0.1"}


def command(
    session: Session,
    action: str,
    writes: bool = False,
    patience: float | None = None,
    **parameters: Any,
) -> Any:
    """Send a command and return the root element of its answer.

    What only asks waits for ``patience`` seconds, if that is given, instead of the session's
    timeout. Raises Refused where the appliance says no, ServerError for what is no answer,
    OutcomeUnknown for a write without one. (Remote Support 22.2 API guide, "Command API";
    parameters of None are left out.)
    """
    needed()
    given = {name: str(value) for name, value in parameters.items() if value is not None}
    waits = {} if patience is None else {"timeout": patience}
    if writes:
        answer = session.write("POST", PATH, headers=HEADERS, data={"action": action, **given})
    else:
        answer = session.read(
            "GET", PATH, headers=HEADERS, params={"action": action, **given}, **waits
        )
    return root_of(session, f"the command {action}", answer)


def root_of(session: Session, request: str, answer: Any, permission: str = "perm_command") -> Any:
    """Return the root element of an XML answer, which is no error. Raises Refused, naming the
    ``permission`` that may be missing, or ServerError.
    """
    if answer.content.lstrip().startswith(b"{"):  # the token, or the permission, was not accepted
        try:
            reason = answer.json()["message"]
        except (ServerError, KeyError, TypeError):
            if answer.status < 400:
                raise ServerError(
                    f"{request} answered something that is not XML.", status=answer.status
                ) from None
            reason = answer.described(with_status=False)
        raise _refusal(session, request, answer, reason, permission)
    try:
        root = parse(answer.content)
    except ServerError as exc:
        if answer.status >= 400:
            raise _refusal(
                session, request, answer, answer.described(with_status=False), permission
            ) from None
        raise ServerError(
            f"{request} answered {answer.described()}: {exc}", status=answer.status
        ) from None
    # An error is the root, or stands in the root of a list (guide: get_logged_in_reps and its
    # like).
    error = next(
        (
            element
            for element in (root, *root)
            if isinstance(element.tag, str) and local(element) == "error"
        ),
        None,
    )
    if error is not None or answer.status >= 400:
        reason = "".join((root if error is None else error).itertext()).strip()
        raise _refusal(session, request, answer, reason or "no reason given", permission)
    return root


def api_info(session: Session, patience: float | None = None) -> dict:
    """Return what get_api_info tells, as texts: the API's version, the company's name if it still
    says it, its time, the account's permissions.
    """
    root = command(session, "get_api_info", patience=patience)
    permissions = {
        element.get("name"): (element.text or "").strip()
        for element in root.iter()
        if isinstance(element.tag, str) and local(element) == "permission" and element.get("name")
    }
    told = {name: text(root, name) for name in ("api_version", "company_name", "timestamp")}
    return {**told, "permissions": permissions}


def granted(permissions: Mapping[str, str], name: str) -> bool | None:
    """Tell whether a permission is granted by what get_api_info tells, in whatever measure; None
    where it does not tell.
    """
    return permissions[name] not in ("0", "deny") if permissions.get(name) else None


def lacking_permissions(session: Session, needed: Iterable[str]) -> str:
    """Say which of the permissions that are ``needed`` the API account lacks, by what the appliance
    tells of it.
    """
    needed = list(needed)
    try:
        permissions = api_info(session)["permissions"]
    except Error:
        return f"Does the API account have the permission {' and '.join(needed)}?"
    missing = [name for name in needed if granted(permissions, name) is False]
    untold = [name for name in needed if granted(permissions, name) is None]
    if missing:
        return f"The API account lacks the permission {' and '.join(missing)}."
    return (
        f"Does the API account have the permission {' and '.join(untold)}?"
        if untold
        else "The API account has the permissions that this needs."
    )


def _refusal(session, request, answer, reason, permission):
    hint = (
        f" Does the API account have the permission {permission}?"
        if answer.status in (403, 404)
        else ""
    )
    told = f"BeyondTrust refused {request} (HTTP {answer.status}): {session.redact(reason, LONGEST_NAME).rstrip('.')}.{hint}"
    return (ServerError if answer.status >= 500 else Refused)(told, status=answer.status)
