"""The least that each module of FastX can be asked for on the small server, so that it gets as far
as asking it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from tempfile import gettempdir

NEVER = f"{gettempdir()}/never-written.png"  # as the runs that name it fail, or only foretell
LEAST = {
    "fastx_bookmark": {"id": "cad", "name": "Changed"},
    "fastx_bookmark_info": {},
    "fastx_config": {"config": {"bookmark": [{"id": "cad", "name": "Changed"}]}},
    "fastx_config_info": {},
    "fastx_screenshot": {"id": "nightly", "dest": NEVER},
    "fastx_server_info": {"gather": ["config"]},
    "fastx_session": {"id": "nightly", "params": {"project": "Changed"}, "wait_timeout": 0},
    "fastx_session_exec": {"body": {"id": "nightly", "command": "xclock"}},
    "fastx_session_info": {},
    "fastx_session_schedule": {"body": {"command": "xclock"}},
    "fastx_share": {"session": "nightly", "key": "key-of-the-nightly", "perms": ["granter"]},
    "fastx_share_email": {"body": {"id": "nightly"}},
    "fastx_share_info": {},
    "fastx_system_info": {
        "gather": ["servers"],
        "username": "root",
        "password": "the password of root",
    },
    "fastx_user_info": {},
}
"""Module -> its options."""
READERS = sorted(module for module in LEAST if module.endswith("_info"))
ACTIONS = {
    "fastx_session_exec": "/v3/api/session/exec",
    "fastx_session_schedule": "/v3/api/session/schedule",
    "fastx_share_email": "/v3/api/share/email",
}
"""Module -> what it asks for."""
