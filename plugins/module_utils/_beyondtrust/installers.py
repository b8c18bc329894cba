"""Installers of BeyondTrust's jump clients and jumpoints: the key of a new one, and the files of
all of them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .._core.errors import Error, InputError
from .._core.reconcile import manage_object
from .._core.resource import Resource
from .._core.server import Server
from .._files.download import sha256_of
from .._files.writing import mode_of
from .jump_items import INSTALLER_PLATFORMS, JUMP_CLIENT_INSTALLER
from .jumps import JUMPOINT

KEY_SPEC = {"return_key_info": {"type": "bool", "default": False, "no_log": False}}
_FILE = {
    "dest": {"type": "path", "required": True},
    "mode": {"type": "raw", "default": "0600"},
    "force": {"type": "bool", "default": False},
}
DOWNLOAD_SPEC = {
    "id": {"type": "int"},
    "name": {"type": "str"},
    "jump_group": {"type": "str"},
    "personal_list_of": {"type": "str"},
    "platform": {"type": "str", "required": True, "choices": list(INSTALLER_PLATFORMS)},
    **_FILE,
}
DOWNLOAD_RULES = {
    "required_one_of": [["name", "id"]],
    "mutually_exclusive": [["jump_group", "personal_list_of"]],
}
JUMPOINT_DOWNLOAD_SPEC = {"jumpoint": {"type": "str", "required": True}, **_FILE}


def manage_jump_client_installer(
    server: Server, params: Mapping[str, Any], check_mode: bool
) -> dict:
    """Bring an installer to the state that ``params`` describe; the key of a new one is returned
    only where it is asked for.
    """
    result = manage_object(JUMP_CLIENT_INSTALLER, server, params, check_mode)
    made = server.backend.made
    if (
        params["return_key_info"]
        and isinstance(made, dict)
        and isinstance(key := made.get("key_info"), dict)
    ):
        shown = {
            "encoded_info": "encodedInfo",
            "filename": "filename",
            "installer_path": "installerPath",
        }
        result["key_info"] = {name: key.get(theirs) for name, theirs in shown.items()}
    return result


def download_jump_client_installer(
    server: Server, params: Mapping[str, Any], check_mode: bool
) -> dict:
    """Keep the file of a jump client installer for one platform."""

    def path():
        installer = _the_one(
            server,
            JUMP_CLIENT_INSTALLER,
            {name: params[name] for name in ("id", *JUMP_CLIENT_INSTALLER.key)},
        )
        return f"{JUMP_CLIENT_INSTALLER.endpoint}/{installer['installer_id']}/{params['platform']}"

    return _keep_file(server, params, check_mode, path)


def download_jumpoint_installer(
    server: Server, params: Mapping[str, Any], check_mode: bool
) -> dict:
    """Keep the file that installs a jumpoint."""
    return _keep_file(
        server,
        params,
        check_mode,
        lambda: (
            f"{JUMPOINT.endpoint}/{_the_one(server, JUMPOINT, {'name': params['jumpoint']})['id']}/installer"
        ),
    )


def _the_one(server, resource: Resource, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object that has all the attributes that are ``wanted``; a name may be a code name,
    None stands for any.
    """
    if wanted.get("name") is not None:
        server.read_some(
            resource, [{name: wanted["name"]} for name in ("name", resource.code) if name]
        )
    given = {
        name: value
        for name, value in resource.renamed(wanted, server.name_for).items()
        if value is not None
    }
    coded = (
        server.memory(resource).meant.get(given["name"], ())
        if resource.code and "name" in given
        else ()
    )
    fitting = [
        obj
        for obj in server.read(resource).values()
        if all(
            obj[name] == value or name == "name" and obj["id"] in coded
            for name, value in given.items()
        )
    ]
    called = " ".join(f"{name} {value!r}" for name, value in given.items())
    if not fitting:
        raise InputError(f"There is no {resource.name} with the {called}.")
    if len(fitting) > 1:
        raise InputError(
            f"Several objects of kind {resource.name} have the {called}: {', '.join(str(obj['id']) for obj in fitting)}. Say which one is meant."
        )
    return fitting[0]


def _keep_file(server, params, check_mode, path: Callable[[], str]) -> dict:
    """Download what lies at ``path()``, unless the file is there already and ``force`` does not ask
    for it.
    """
    dest, mode = Path(params["dest"]), mode_of(params["mode"])
    try:
        if not dest.is_dir() and not dest.parent.is_dir():
            raise InputError(f"dest: there is no directory {dest.parent}.")
        if dest.is_file() and not params["force"]:
            result = {
                "changed": False,
                "file": str(dest),
                "size": dest.stat().st_size,
                "sha256": sha256_of(dest),
            }
        elif check_mode and not dest.exists():
            path()  # it has to be there
            return {"changed": True, "file": str(dest)}
        else:
            result = server.backend.fetch(path(), dest, mode=mode, keep=not check_mode)
            # Ansible adds facts of the file to any result that has a key `dest`.
            result["file"] = result.pop("dest")
        file = Path(result["file"])
        if file.is_file() and stat.S_IMODE(file.stat().st_mode) != mode:
            result["changed"] = True
            if not check_mode:
                file.chmod(mode)
    except OSError as exc:
        raise Error(f"{dest} cannot be read, or its mode cannot be set: {exc.strerror}.") from exc
    return result
