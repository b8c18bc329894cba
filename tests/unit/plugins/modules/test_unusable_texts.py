"""A text that no file, header or path can hold is refused by the name of its option, whatever the
option, through both doors, and before anything is opened or sent.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Declaration
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import FieldType
from tests.module_runner import DOORS, run_module
from tests.unit.documented import MODULES, fragments
from tests.unit.plugins.modules import least_appliances, least_fastx, least_screenconnect
from tests.unit.plugins.modules import test_bad_input as least_simplehelp

# A path of nothing, so that whoever opens something or asks somebody all the same is found out.
URL = "https://127.0.0.1:1"
CREDENTIALS = {
    "simplehelp": {"url": URL, "api_token": "of-nobody"},
    "beyondtrust": {"url": URL, "client_id": "id", "client_secret": "of-nobody"},
    "screenconnect": {"url": URL, "auth_secret": "of-nobody"},
    "fastx": {"url": URL, "username": "nobody", "password": "of-nobody"},
}
LEAST = {
    **least_appliances.LEAST,
    **least_fastx.LEAST,
    **least_screenconnect.LEAST,
    **least_simplehelp.LEAST,
    "backup_info": {"directory": "here"},
    "backup_verify": {"directory": "here"},
    "beyondtrust_drill_journal": {"directory": "here"},
    "beyondtrust_probe": {"duration": 1, "targets": [{"name": "a", "url": URL}]},
}
# One module of each platform, for the options of the connection.
CONNECTED = {
    "simplehelp": "technician_info",
    "beyondtrust": "beyondtrust_team_info",
    "screenconnect": "screenconnect_session_info",
    "fastx": "fastx_user_info",
}
UNUSABLE = "a\0b"
# Ansible's own checks come first, and some options exclude each other.
ANSIBLE = ("parameters are mutually exclusive: ", "one of the following is required: ", "missing ")


@cache
def declared(module: str) -> Declaration:
    """Return what a module declares."""
    return import_module(f"ansible_collections.remoteops.access.plugins.modules.{module}").MODULE


def with_one(options, place="") -> Iterator[tuple[str, dict]]:
    """Yield the place of each text among options that are no fields, and arguments with one there
    that nothing can hold. What a field may hold is in ``test_names``.
    """
    for name, option in options.items():
        kind, elements = option.get("type", "str"), option.get("elements")
        if isinstance(kind, FieldType) or option.get("choices"):
            continue
        where = f"{place}{name}"
        if option.get("options"):
            needed = {
                each: "x" if sub.get("type", "str") in ("str", "path") else [{}]
                for each, sub in option["options"].items()
                if sub.get("required")
            }
            below = f"{where}[0]." if kind == "list" else f"{where}."
            for found, inner in with_one(option["options"], below):
                inner = {**needed, **inner}
                yield found, {name: [inner] if kind == "list" else inner}
        elif kind == "list" and elements in ("str", "path"):
            yield f"{where}[0]", {name: [UNUSABLE]}
        elif kind in ("str", "path", "raw"):
            yield where, {name: UNUSABLE}
        elif kind == "dict":
            yield where, {name: {"a": [UNUSABLE]}}


def refused(module, least, options) -> int:
    """Hold each text among the options against both doors, and return how many were refused."""
    number = 0
    for place, arguments in with_one(options):
        for door in DOORS:
            outcome = run_module(module, {**least, **arguments}, door=door)
            assert outcome.failed and not outcome.get("changed"), (place, outcome.result)
            if not outcome["msg"].startswith(ANSIBLE):
                assert outcome["msg"] == f"{place} holds a NUL character (U+0000)."
                number += 1
    return number


@pytest.mark.parametrize("platform", CONNECTED)
def test_no_option_of_a_connection_holds_what_no_text_can_hold(platform):
    module = CONNECTED[platform]
    own = declared(module).platform.connection
    paths = {"ca_path", "client_cert", "client_key", "shared_directory"}
    assert paths <= own.keys()
    assert refused(module, CREDENTIALS[platform], own) >= 2 * len(paths)


@pytest.mark.parametrize("module", MODULES)
def test_no_option_of_a_module_holds_what_no_text_can_hold(module):
    made, least = declared(module), dict(LEAST.get(module, {}))
    for platform in fragments(module) & CREDENTIALS.keys():
        least |= CREDENTIALS[platform]
    platform = getattr(made, "platform", None)
    connection = platform.connection if platform else {}
    refused(
        module,
        least,
        {name: made.options[name] for name in made.options.keys() - connection.keys()},
    )


def test_a_password_that_holds_it_is_not_shown():
    for door in DOORS:
        given = {**CREDENTIALS["fastx"], "password": "kept-out-of-sight\0"}
        outcome = run_module("fastx_user_info", given, door=door)
        assert outcome["msg"] == "password holds a NUL character (U+0000)."
        assert "kept-out-of-sight" not in outcome.output
