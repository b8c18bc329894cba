"""What a user names to be read is read if it is a file, and refused with a message if it is
something that could be read for ever.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from ansible.errors import AnsibleError

from ansible_collections.remoteops.access.plugins.lookup import folder
from ansible_collections.remoteops.access.plugins.module_utils._backups.store import found_in
from ansible_collections.remoteops.access.plugins.module_utils._core import files, tls
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error, InputError
from ansible_collections.remoteops.access.plugins.module_utils._core.files import content
from ansible_collections.remoteops.access.plugins.module_utils._core.http import Session
from ansible_collections.remoteops.access.plugins.module_utils._drill import (
    journal,
    measures,
    probes,
)
from ansible_collections.remoteops.access.plugins.module_utils._fastx.keys import RsaKey
from ansible_collections.remoteops.access.plugins.module_utils._files.download import sha256_of
from tests.controller import load_plugins


def fifo(place):
    os.mkfifo(place / "x")
    return place / "x"


def directory(place):
    (place / "x").mkdir()
    return place / "x"


def link(place):
    (place / "x").symlink_to(fifo_elsewhere(place))
    return place / "x"


def fifo_elsewhere(place):
    os.mkfifo(place / "y")
    return place / "y"


def listening(place):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place / "x"))
    return place / "x"


def large(place):
    with open(place / "x", "wb") as file:
        file.truncate(files.LARGEST_PEM + 1)  # it has no blocks
    return place / "x"


NO_FILES = {
    "a pipe": fifo,
    "a directory": directory,
    "a link to a pipe": link,
    "a socket": listening,
    "a large file": large,
    "/dev/full": lambda place: Path("/dev/full"),
    "/dev/zero": lambda place: Path("/dev/zero"),
    "/dev/null": lambda place: Path("/dev/null"),
    "nothing": lambda place: place / "nothing",
    "a NUL": lambda place: "a\0b",
    "a path through a file": lambda place: "/etc/passwd/x",
}


@pytest.fixture(params=NO_FILES)
def no_file(request, tmp_path):
    return NO_FILES[request.param](tmp_path)


def test_what_is_no_file_is_refused_by_the_name_of_its_option(no_file):
    with pytest.raises(InputError, match="an_option .* cannot be read: "):
        content(no_file, "an_option", files.LARGEST_PEM)


@pytest.mark.parametrize("option", ["ca_path", "client_cert", "client_key"])
def test_a_connection_option_that_names_no_file_is_refused(no_file, option, tmp_path):
    (tmp_path / "cert.pem").write_text("x")
    more = {"client_cert": str(tmp_path / "cert.pem")} if option == "client_key" else {}
    with pytest.raises(InputError, match=f"{option} .* cannot be read"):
        Session("https://server.test", **{option: str(no_file), **more})


def test_a_key_that_is_no_file_is_refused(no_file):
    with pytest.raises(InputError, match="private_key_path .* cannot be read"):
        RsaKey(str(no_file), None, "bare")


@pytest.mark.parametrize("kind", ["a pipe", "a link to a pipe", "a socket", "/dev/full"])
def test_what_is_no_file_among_files_is_not_read(kind, tmp_path):
    def put(path):
        path.parent.mkdir(exist_ok=True)
        path.symlink_to(NO_FILES[kind](tmp_path))
        return path

    (tmp_path / "elsewhere").mkdir()
    path = put(tmp_path / "drill" / "journal.json")
    with pytest.raises(Error, match="cannot be read"):
        journal.read(path)
    with pytest.raises(Error, match="cannot be read"):
        probes.read([path])
    with pytest.raises(OSError, match="not a regular file|No such device"):
        sha256_of(path)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / measures.JSON).symlink_to(path)
    assert measures.previous(tmp_path / "b") is None
    backups = tmp_path / "backups"
    backups.mkdir()
    (backups / "x.bak.json").symlink_to(path)
    assert all(found.manifest is None for found in found_in(backups))


@pytest.mark.parametrize("kind", ["a pipe", "a link to a pipe", "/dev/full", "a large file"])
def test_a_description_that_is_no_file_is_told(kind, tmp_path):
    load_plugins()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x.yml").symlink_to(NO_FILES[kind](tmp_path))
    with pytest.raises(AnsibleError, match=r"x\.yml cannot be read"):
        folder.LookupModule().run([str(tmp_path / "folder")])


def test_a_file_is_read(tmp_path):
    (tmp_path / "x").write_bytes(b"content")
    assert content(tmp_path / "x", "option", 7) == b"content"
    assert tls.tls_context(True, None, None, None)
