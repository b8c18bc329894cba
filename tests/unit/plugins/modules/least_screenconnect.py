"""The least that each module of ScreenConnect can be asked for, so that it gets as far as the
server, and what it asks first.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

LEAST = {
    "screenconnect_session": {
        "name": "web-1",
        "type": "access",
        "custom_properties": {"1": "Changed"},
    },
    "screenconnect_config": {
        "config": {
            "session": [{"name": "web-1", "type": "access", "custom_properties": {"1": "Changed"}}]
        }
    },
    "screenconnect_command": {"sessions": ["web-1"], "command": "true"},
    "screenconnect_message": {"sessions": ["web-1"], "text": "Hello"},
    "screenconnect_note": {"sessions": ["web-1"], "note": "Moved."},
    "screenconnect_toolbox_item": {"sessions": ["web-1"], "toolbox_item": "Collect Logs"},
    "screenconnect_session_info": {},
    "screenconnect_config_info": {},
}
READERS = [module for module in LEAST if module.endswith("_info")]
FIRST = "GetSessionsByFilter"  # what all of them ask first
