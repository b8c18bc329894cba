"""What SimpleHelp does on request and cannot be asked about afterwards: TOTP resets and
configuration backups.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .._core.errors import InputError, Refused
from .._core.once import act
from .._core.server import Server
from .resources import TECHNICIAN

TOTP_SPEC = {"username": {"type": "str"}, "unique_id": {"type": "int"}}
# A guess by the style of the other queries: no document prints it.
BACKUP_SPEC = {"backup_query": {"type": "str", "default": "server/backup"}}


def reset_totp(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Remove a technician's key for one-time passwords, so that the next login asks for a new one."""
    key = server.find(TECHNICIAN, params)
    if key is None:
        raise InputError(f"There is no technician named {params['username']!r}.")
    technician = server.read(TECHNICIAN)[key]
    if not check_mode:
        act(
            server.session,
            lambda: server.backend.tell(
                "technicians/totp/remove", {"uniqueID": technician["unique_id"]}
            ),
        )
    return _done("reset_totp", "technician", technician["username"])


def request_backup(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Make the server save a backup of its configuration in its own directory
    ``configuration/backups/api``.
    """
    query = params["backup_query"]
    if not re.fullmatch(r"[A-Za-z-]+(/[A-Za-z-]+)*", query):
        raise InputError(f"backup_query must be a query such as server/backup, not {query!r}.")
    if not check_mode:
        try:
            act(server.session, lambda: server.backend.tell(query))
        except Refused as exc:
            raise Refused(f"{exc} Is backup_query right?", **exc.facts) from None
    return _done("backup", "server", "")


def _done(action, kind, name) -> dict:
    return {
        "changed": True,
        "changes": [{"action": action, "kind": kind, "name": name, "fields": []}],
    }
