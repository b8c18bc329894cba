"""A FastX user's bookmarks as a whole: described by one document, and exported as one."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.reconcile import carry_out, config_spec, export_config, plan_config
from .._core.server import Server
from .api import FASTX

KINDS = [resource.name for resource in FASTX.resources]
CONFIG_SPEC = config_spec(FASTX)
EXPORT_SPEC = {"kinds": {"type": "list", "elements": "str", "choices": KINDS, "default": KINDS}}


def manage_all(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Bring all that the user keeps on the server to the state that the document in ``params``
    describes.
    """
    return carry_out(server, plan_config(server, params), check_mode)


def export_all(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return what the user keeps on the server, as the document that describes it."""
    return {"changed": False, "config": export_config(server, params["kinds"])}
