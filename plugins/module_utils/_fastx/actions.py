"""What FastX does on request by calls of which no document gives more than the path: their bodies
are passed through as they are.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.once import act
from .._core.server import Server

SPEC = {"body": {"type": "dict", "required": True}}


def pass_through(call: str, server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Make a call with a body of the user's own and return what it answers. In check mode, see that
    the server is known to have it.
    """
    server.backend.path(call)
    answer = (
        {}
        if check_mode
        else {
            "answer": {
                "result": act(server.session, lambda: server.backend.tell(call, **params["body"]))[
                    0
                ]
            }
        }
    )
    kind, _slash, action = call.partition("/")
    return {
        "changed": True,
        "changes": [
            {
                "action": action,
                "kind": kind,
                "name": str(params["body"].get("id", "")),
                "fields": [],
            }
        ],
        **answer,
    }
