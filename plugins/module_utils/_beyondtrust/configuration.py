"""A BeyondTrust appliance as a whole: described by one document, and exported as one."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.reconcile import carry_out, export_all, plan_config
from .._core.server import Server
from .api import BEYONDTRUST
from .jump_items import JUMP_CLIENT_INSTALLER
from .people import SECURITY_PROVIDER

KINDS = [resource.name for resource in BEYONDTRUST.resources if resource.verbs]
# An installer expires and cannot be prolonged: what is exported today would be made anew tomorrow.
EXPORTED = [kind for kind in KINDS if kind != JUMP_CLIENT_INSTALLER.name]
EXPORT_SPEC = {"kinds": {"type": "list", "elements": "str", "choices": KINDS}}


def manage_whole_appliance(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Bring a whole appliance to the state that the document in ``params`` describes."""
    return carry_out(server, plan_config(server, params), check_mode)


def export_whole_appliance(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return what an appliance holds, as the document that describes it: the kinds asked for, or
    all that its product has.
    """
    for resource in server.resources.values():
        if resource.name in (params["kinds"] or ()):
            resource.check_product({}, server.backend.product)
    kinds = params["kinds"] or [
        kind
        for kind in EXPORTED
        if not (only := server.resources[kind].only) or server.backend.product in only
    ]
    result = export_all(server, kinds, bool(params["kinds"]))
    config = result["config"]
    if SECURITY_PROVIDER.name in config:  # of others there is nothing to keep
        config[SECURITY_PROVIDER.name] = [
            provider
            for provider in config[SECURITY_PROVIDER.name]
            if "available_groups" in provider
        ]
    return result
