"""A screenshot is the image that was asked for, in its place whole or not at all."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
import os
import stat
from base64 import b64encode

import pytest

SCREENSHOT = "/v3/api/session/screenshot"
PNG, END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


def shows(simulated, source):
    """Let the server answer something else in the place of an image."""
    simulated.inject(SCREENSHOT, "status", status=200, times=None, body={"result": {"src": source}})


def data_url(content: bytes, kind="png") -> str:
    return f"data:image/{kind};base64,{b64encode(content).decode()}"


@pytest.fixture
def taken(fastx, tmp_path):
    """Return a function that takes a screenshot of the nightly run and returns the outcome and the
    file.
    """

    def take(simulated=None, check=False, name="shot", **options):
        path = tmp_path / name
        return (simulated or fastx()).run(
            "fastx_screenshot", check, id="nightly", dest=str(path), **options
        ), path

    return take


@pytest.mark.parametrize(("kind", "begin"), [("png", PNG), ("jpeg", b"\xff\xd8\xff")])
def test_the_image_is_of_the_format_that_was_asked_for(fastx, taken, kind, begin):
    simulated = fastx()
    simulated.lies = True  # the file is not on the server
    outcome, path = taken(simulated, format=kind)
    content = path.read_bytes()
    assert content.startswith(begin) and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (
        outcome["changed"] is True
        and outcome["session"] == "nightly"
        and outcome["file"] == str(path)
    )
    assert (outcome["size"], outcome["sha256"]) == (
        len(content),
        hashlib.sha256(content).hexdigest(),
    )
    assert simulated.wrote() == []


def test_the_sizes_are_passed_on_and_only_those_that_are_given(fastx, taken):
    simulated = fastx()
    simulated.lies = True
    for number, (options, sent) in enumerate(
        [
            ({}, {}),
            ({"width": 80, "height": 60}, {"width": 80, "height": 60}),
            ({"geometry": "80x60", "keep_aspect": False}, {"geometry": "80x60", "keep_aspect": 0}),
            ({"width": 80, "keep_aspect": True}, {"width": 80, "keep_aspect": 1}),
        ]
    ):
        taken(simulated, name=str(number), **options)
        assert simulated.asked(SCREENSHOT)[-1].body == {"id": "nightly", "format": "png", **sent}


def test_a_session_is_found_by_its_name(fastx, tmp_path):
    simulated = fastx()
    simulated.lies = True
    assert (
        simulated.expect("fastx_screenshot", name="CAD nightly", dest=str(tmp_path / "shot"))[
            "session"
        ]
        == "nightly"
    )


def test_the_same_image_is_no_change_and_another_mode_is_one(fastx, taken):
    simulated = fastx()
    simulated.lies = True
    assert taken(simulated)[0]["changed"] is True
    assert taken(simulated)[0]["changed"] is False
    assert taken(simulated, mode="0644", check=True)[0]["changed"] is True
    outcome, path = taken(simulated, mode="0644")
    assert outcome["changed"] is True and stat.S_IMODE(path.stat().st_mode) == 0o644
    path.write_bytes(b"something else")
    assert taken(simulated, mode="0644")[0]["changed"] is True


def test_check_mode_foretells_and_writes_nothing(fastx, taken, tmp_path):
    simulated = fastx()
    simulated.lies = True
    foretold, path = taken(simulated, check=True)
    assert foretold["changed"] is True and os.listdir(tmp_path) == []
    assert taken(simulated)[0]["sha256"] == foretold["sha256"]
    assert taken(simulated, check=True)[0]["changed"] is False


@pytest.mark.parametrize(
    "source",
    [
        None,
        5,
        "",
        "hello",
        "data:text/html;base64,PGh0bWw+",
        "https://elsewhere.example/x.png",
        data_url(PNG + b"x"),
        data_url(b"x" + END),
        data_url(b"<html>"),
        data_url(PNG + END, "jpeg"),
        data_url(b"\xff\xd8\xff\xff\xd9", "jpeg"),
        "data:image/png;base64,@@@@",
        "data:image/png;base64,A",
        f"data:image/png,{PNG.decode('latin-1')}",
        f"{data_url(PNG + END)}\n<script>",
        data_url(b""),
    ],
)
def test_what_is_no_whole_image_of_the_format_leaves_what_was_there(fastx, taken, tmp_path, source):
    simulated = fastx()
    (tmp_path / "shot").write_bytes(b"what was there")
    shows(simulated, source)
    outcome, path = taken(simulated)
    assert outcome.failed and "session/screenshot" in outcome["msg"] and outcome["changed"] is False
    assert path.read_bytes() == b"what was there" and os.listdir(tmp_path) == ["shot"]


def test_a_directory_that_cannot_be_written_to_is_told(fastx, tmp_path, monkeypatch):
    replace = os.replace

    def full(source, dest):
        if str(dest).startswith(str(tmp_path)):
            raise OSError(28, "No space left on device")
        replace(source, dest)

    monkeypatch.setattr("os.replace", full)
    outcome = fastx().run("fastx_screenshot", id="nightly", dest=str(tmp_path / "shot"))
    assert outcome.failed and "No space left" in outcome["msg"] and os.listdir(tmp_path) == []


def test_a_directory_in_the_place_of_the_file_is_refused(fastx, tmp_path):
    assert "dest" in fastx().refuse("fastx_screenshot", id="nightly", dest=str(tmp_path))
