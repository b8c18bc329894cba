"""BeyondTrust's backup API: how a backup is asked for, what of an answer is none, and what the
appliance tells of itself beside it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from ansible.module_utils.common.warnings import warn

from .._backups.encryption import Encryption
from .._backups.keeping import KEEPING_SPEC, keep
from .._backups.manifest import Manifest, file_name, server_of
from .._backups.store import Store
from .._backups.times import written
from .._core.errors import Error, InputError
from .._core.http import Session
from .._core.resource import Platform
from .._core.server import Server
from .._core.shared_files import shared_file
from .._files.download import download, sha256_of
from .api import CONNECTION, open_session
from .appliance import health
from .command import root_of
from .detection import product_of

PATH = "/api/backup"
PERMISSION = "perm_backup"
SUFFIX = ".nsb"
SMALLEST = 1024  # bytes; a guess: an answer that is smaller is a message, whatever it calls itself
LONGEST_FACT = 100  # characters of what the appliance tells of itself
# The guide of 22.2 has no password, newer documents have; which version began is not known, so that
# this is a guess.
LAST_WITHOUT_PASSWORD = (22, 2)
BACKUP_SPEC = {**KEEPING_SPEC, "backup_password": {"type": "str", "no_log": True}}


@dataclass(frozen=True)
class Access:
    """A session, which is all that a backup needs of an appliance. Nothing is asked before it is
    known that a backup is due.
    """

    session: Session
    product: Callable[[], str]


def connect(option: Callable[[str], Any], read_only: bool) -> Access:
    """Return access to the backup API. ``option`` looks an option up."""
    session = open_session(option, read_only)
    directory = Path(option("shared_directory")) if option("shared_directory") else None
    return Access(
        session,
        partial(
            product_of,
            session,
            option("product"),
            shared_file("product", option("url"), "", directory),
        ),
    )


BACKUPS = Platform(name="beyondtrust", connection=CONNECTION, connect=connect, resources=())


def back_up(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Keep backups of an appliance in a directory, as the options ask for."""
    access, password = server.backend, params["backup_password"]
    if password is not None and not password:
        raise InputError(
            "backup_password must not be empty; leave it out for a backup without a password."
        )
    access.session.conceal([password or ""])
    return keep(
        server_of(params["url"]),
        params,
        bool(password),
        partial(take, access, password),
        check_mode,
    )


def take(
    access: Access, password: str | None, store: Store, encryption: Encryption | None, now: datetime
) -> Manifest:
    """Download a backup into a store and return its manifest. Raises Error for whatever is no whole
    backup, and keeps nothing of it.
    """
    session = access.session
    guid, version = _told(session)
    if password:
        _check_that_passwords_are_known(version)
    name = file_name(store.server, guid, now, SUFFIX + (encryption.suffix if encryption else ""))
    refuse = partial(root_of, session, "the backup", permission=PERMISSION)
    asked = {"method": "POST", "json": {"password": password}} if password else {}
    through = encryption.through if encryption else nullcontext
    received = download(
        session, PATH, store.staging / name, refuse, through=through, smallest=SMALLEST, **asked
    )
    place = store.staging / name
    backup = Manifest(
        file=name,
        platform=BACKUPS.name,
        url=session.origin,
        server=store.server,
        product=_product(access),
        guid=guid,
        version=version,
        taken_at=written(now),
        seconds=received["seconds"],
        size=place.stat().st_size,
        sha256=sha256_of(place) if encryption else received["sha256"],
        content_size=received["size"],
        content_sha256=received["sha256"],
        encryption=encryption.described() if encryption else None,
        password_protected=bool(password),
    )
    store.admit(backup)
    return backup


def _told(session) -> tuple[str | None, str | None]:
    """Return the appliance's GUID and version; None where it does not tell them, as to an account
    without perm_command.
    """
    try:
        told = health(session)
        return tuple(told[name] and told[name][:LONGEST_FACT] for name in ("id", "version"))
    except Error:
        return None, None


def _product(access) -> str | None:
    try:
        return access.product()
    except Error:
        return None


def _check_that_passwords_are_known(version) -> None:
    try:
        known = tuple(int(part) for part in version.split(".")[:2])
    except (AttributeError, ValueError):
        warn(
            "The appliance does not tell its version. Versions up to 22.2 do not know backup_password and may leave the backup without a password."
        )
        return
    if known <= LAST_WITHOUT_PASSWORD:
        raise InputError(
            f"Version {version} of the appliance does not know backup_password. Encrypt with age or gpg instead (encrypt_with)."
        )
