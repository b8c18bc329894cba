"""Where requests to the Configuration API come in: paths, methods, permissions, and the answer."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ...operations import mark
from ...wire import Answer
from .answers import Refused, nothing
from .call import Call, Reader
from .routing import available, match, methods

VAULT_PERMISSION = "perm_configuration_vault_account"
_VAULT = ("/vault/", "/group-policy/{id}/vault-account")
"""What the paths start with that need the permission above. That the entries of group policies need
it is a guess.
"""


def answer(
    appliance,
    account: dict,
    method: str,
    path: str,
    query: list[tuple[str, str]],
    headers: dict[str, str],
    body: bytes,
    entry,
) -> Answer:
    """Answer a request of an API account that has perm_configuration.

    `path` is what follows /api/config/v1, decoded. `headers` have lower-case names. Rules that the
    client broke go to the journal under `entry`.
    """
    try:
        return _answer(appliance, account, method, path, query, headers, body, entry)
    except Refused as refused:
        if refused.violation:
            appliance.journal.violate(entry, refused.violation)
        if refused.status == 422 and refused.errors:
            refused.status = appliance.switches.invalid_status
        answered = refused.answer()
        answered.headers |= refused.headers
        if method == "HEAD":
            answered.body = b""
        return answered


def _answer(appliance, account, method, path, query, headers, body, entry) -> Answer:
    found = match(appliance, path)
    if found is None:
        raise Refused(404, "There is no such path.")
    template, ids = found
    operations = methods(appliance, template)
    allow = {"Allow": ",".join(sorted(operations))}
    if method == "OPTIONS":
        answered = nothing(200)
        answered.headers |= allow
        return answered
    if method not in operations:
        raise Refused(405, "The method is not supported for this path.", headers=allow)
    if template.startswith(_VAULT) and not account["permissions"].get(VAULT_PERMISSION):
        raise Refused(403, "The API account may not manage Vault accounts.")
    operation = operations[method]
    reader = Reader(appliance, operation, lambda rule: appliance.journal.violate(entry, rule))
    reader.check_headers(method, headers, body)
    call = Call(
        appliance,
        account,
        operation,
        path,
        ids,
        reader.read_query(query),
        reader.read_body(body, ids),
        headers,
        lambda: available(appliance),
    )
    answered = operation.carry_out(call)
    mark(f"beyondtrust_{appliance.product}", template, entry.client)
    if method == "HEAD":
        answered.body = b""
    return answered
