"""What the lookup of bookmarks finds on a simulated FastX server, and how it fails."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible.errors import AnsibleError

from tests.controller import look_up


def bookmarks(simulated, *identifiers, **options):
    return look_up("fastx_bookmark", *identifiers, **{**simulated.options, **options})


def test_a_bookmark_is_described_as_the_module_describes_it(fastx):
    simulated = fastx()
    (found,) = bookmarks(simulated, "cad")
    assert found == simulated.expect("fastx_bookmark", id="cad")["bookmark"]


def test_bookmarks_come_in_the_order_of_the_ids_or_sorted(fastx):
    assert [found["id"] for found in bookmarks(fastx(), "term", "cad")] == ["term", "cad"]
    assert [found["id"] for found in bookmarks(fastx())] == ["cad", "term"]


def test_suggestions_are_looked_at_where_that_is_asked_for_and_the_users_own_come_first(fastx):
    simulated = fastx()
    simulated.site["suggestions"].append({"id": "cad", "command": "of everybody"})
    assert [found["id"] for found in bookmarks(simulated, suggestions=True)] == [
        "cad",
        "desktop",
        "term",
    ]
    assert bookmarks(simulated, "cad", suggestions=True)[0]["command"] == "/opt/cad/run"


def test_several_bookmarks_take_one_login_and_one_request(fastx):
    simulated = fastx()
    bookmarks(simulated, "cad", "term")
    assert len(simulated.asked("/v3/api/bookmark/list")) == 1 and len(simulated.asked()) == 5
    assert simulated.site["tokens"] == {}


def test_ids_that_do_not_exist_are_an_error_that_lists_them(fastx):
    with pytest.raises(AnsibleError, match="no bookmark with the ID 'desktop', 'nobody'"):
        bookmarks(fastx(), "cad", "desktop", "nobody")


def test_a_password_that_the_server_refuses_is_not_shown(fastx):
    with pytest.raises(AnsibleError, match="was refused") as caught:
        bookmarks(fastx(), password="WRONG-password")
    assert "WRONG-password" not in str(caught.value)


def test_an_option_that_there_is_not_is_refused(fastx):
    with pytest.raises(AnsibleError, match="colour"):
        bookmarks(fastx(), colour="red")
