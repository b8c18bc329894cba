"""The connection options that all platforms share, as an argument spec."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping

from ansible.module_utils.basic import env_fallback


def connection_options(prefix: str, credentials: Mapping[str, dict]) -> dict:
    """Return the argument spec of the connection options, each with an environment variable to fall
    back on.
    """
    spec = {
        "url": {"type": "str", "required": True},
        **credentials,
        "validate_certs": {"type": "bool", "default": True},
        "ca_path": {"type": "path"},
        "client_cert": {"type": "path"},
        "client_key": {"type": "path"},
        "proxy": {"type": "str"},
        "timeout": {"type": "float", "default": 30.0},
        "retries": {"type": "int", "default": 3},
        "connections": {"type": "int", "default": 16},
        "shared_directory": {"type": "path"},
    }
    return {
        name: {**option, "fallback": (env_fallback, [f"{prefix}_{name.upper()}"])}
        for name, option in spec.items()
    }
