"""Technician restrictions, hostname and configuration backup of the simulated SimpleHelp server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest


def restrictions(api):
    return api.read("server/tech-restrictions/get")


def test_restrictions_are_added_at_the_end_and_removed_by_their_text(api):
    assert restrictions(api) == [r"10\..*"]
    api.do("server/tech-restrictions/new", {"restrictions": [r"192\.0\.2\.1", "b"]})
    assert restrictions(api) == [r"10\..*", r"192\.0\.2\.1", "b"]
    api.do("server/tech-restrictions/remove", {"restrictions": [r"10\..*", "b", "never there"]})
    assert restrictions(api) == [r"192\.0\.2\.1"]


@pytest.mark.parametrize(("style", "expected"), [("ignore", 1), ("duplicate", 2)])
def test_a_restriction_that_is_there_is_ignored_or_duplicated(make_api, style, expected):
    api = make_api(restriction_duplicates=style)
    api.do("server/tech-restrictions/new", {"restrictions": [r"10\..*"]})
    assert restrictions(api) == [r"10\..*"] * expected


def test_a_restriction_that_is_no_regular_expression_is_refused_with_its_whole_array(api):
    reason = api.refuse(
        "server/tech-restrictions/new", {"restrictions": ["fine", "10.(", "fine too"]}
    )
    assert reason == "Not a regular expression: 10.("
    assert restrictions(api) == [r"10\..*"]


def test_a_restriction_that_is_no_regular_expression_is_accepted_when_the_switch_says_so(make_api):
    api = make_api(bad_restriction="accept")
    api.do("server/tech-restrictions/new", {"restrictions": ["10.("]})
    assert restrictions(api) == [r"10\..*", "10.("]


@pytest.mark.parametrize("query", ["new", "remove"])
@pytest.mark.parametrize("data", [{}, {"restrictions": []}])
def test_no_restriction_breaks_the_document(api, query, data):
    assert "holds no restriction" in api.violate(f"server/tech-restrictions/{query}", data)


def test_the_hostname_is_read_and_set(api):
    assert api.read("server/hostname/get") == "support.example.org"
    api.do("server/hostname/set", {"hostname": "help.example.org"})
    assert api.read("server/hostname/get") == "help.example.org"
    assert "must not be empty" in api.refuse("server/hostname/set", {"hostname": ""})
    assert "hostname is missing" in api.violate("server/hostname/set", {})


def test_the_hostname_is_plain_text_when_the_switch_says_so(make_api):
    answer = make_api(scalar="text").send("server/hostname/get")
    assert (answer.content, answer.headers["content-type"]) == (
        b"support.example.org",
        "text/plain; charset=utf-8",
    )


def test_in_the_path_style_set_the_printed_update_is_a_mere_read_that_counts_as_a_write(api):
    assert api.read("server/hostname/get", {"hostname": "new.example.org"}) == "support.example.org"
    assert [entry.writes for entry in api.server.journal.entries] == [True]


def test_in_the_path_style_printed_the_hostname_is_set_at_the_path_of_the_read(make_api):
    api = make_api(path_style="printed")
    api.do("server/hostname/get", {"hostname": "new.example.org"})
    assert api.read("server/hostname/get") == "new.example.org"
    assert "no such query" in api.refuse("server/hostname/set", {"hostname": "x"}, status=404)


def test_each_backup_is_a_file_of_its_own_named_by_the_clock(api):
    api.do("server/backup")
    api.server.clock.advance(61)
    api.do("server/backup")
    assert api.server.site["backups"] == [
        "configuration/backups/api/20260115-090000-1.zip",
        "configuration/backups/api/20260115-090101-2.zip",
    ]


def test_the_backup_lives_at_the_path_that_the_switch_names(make_api):
    api = make_api(backup_path="server/configuration/backup")
    assert "no such query" in api.refuse("server/backup", status=404)
    assert api.server.site["backups"] == []
    api.do("server/configuration/backup")
    assert len(api.server.site["backups"]) == 1
    assert "no such query" in api.refuse("server/backups/create", status=404)
    assert [entry.writes for entry in api.server.journal.entries] == [True, True, True]
