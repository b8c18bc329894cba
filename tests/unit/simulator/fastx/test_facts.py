"""What the simulated FastX server tells about itself, its users and its sessions, in both
generations; its seeds and its company.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import ssl
from dataclasses import fields
from pathlib import Path

import httpx
import pytest

from tests.simulator import operations
from tests.simulator.fastx import FastX, Switches, company
from tests.simulator.fastx.operations import OPERATIONS
from tests.unit.fastx_servers import small_fastx
from tests.unit.simulator.test_serving import exports, start, wait_for

from .conftest import LOGIN, Api


def test_the_server_describes_itself_without_a_login(api):
    assert api.raw("GET", "/v3/api").json()["result"] == {
        "version": "3.0.43",
        "serverId": "fx1",
        "port": 3000,
        "httpsport": 3443,
        "hostname": "fx1.example.org",
        "servers": ["fx1", "fx2"],
        "ssh": {"basic": False, "publicKey": True, "hidePasswordField": False},
    }
    assert api.do("config") == api.server.site["config"]
    assert api.do("xrdp/config") == api.server.site["xrdp_config"]


def test_the_profile_is_that_of_the_user_with_the_token_in_it(make_api):
    api = make_api()
    token = api.log_in()
    assert api.do("user/profile") == {
        "token": token,
        "login": "mira",
        "hostname": "fx1.example.org",
        "provider": "ssh",
        "authenticated": True,
        "loggedIn": True,
        "groups": ["cad", "users"],
        "email": "mira@example.org",
        "firstName": "Mira",
        "lastName": "Olsen",
    }
    assert "email" not in make_api("root").do("user/profile")
    assert make_api("root", no_value="null").do("user/profile")["email"] is None


def test_only_an_admin_is_one(make_api):
    assert make_api("root").do("user/admin") is None
    assert make_api().fail("user/admin") == "You are not an admin"


def test_the_views_of_the_system_are_for_admins_and_show_everybody(make_api):
    admin = make_api("root")
    assert [each["id"] for each in admin.do("/v3/system/session/list", anything="goes")] == [
        "nightly",
        "s-2",
        "s-3",
        "s-4",
    ]
    assert admin.do("/v3/system/session/count") == 4
    assert admin.do("/v3/system/session/profile") == [{"id": "default", "name": "Default"}]
    servers = admin.do("/v3/system/server/list")
    assert [(each["serverId"], each["sessions"], each["loggedInUsers"]) for each in servers] == [
        ("fx1", 3, ["mira", "otto"]),
        ("fx2", 1, ["mira"]),
    ]
    for path in ("session/list", "session/count", "session/profile", "server/list"):
        assert make_api().fail(f"/v3/system/{path}") == "You are not an admin"


def test_the_later_generation_has_its_own_paths(make_api):
    api = make_api("root", generation="later", share_edit="error")
    assert api.raw("GET", "/v3/api").json() == {"result": {"build": "3.0.43"}}
    api.do("session/start", id="n", command="x")
    assert [each["id"] for each in api.do("session/")] == ["n"]
    api.do("bookmark/edit", id="b", command="y")
    assert api.do("session/start/bookmark-start", id="b")["params"] == {}
    assert api.do("session/start/schedule", anything="goes") is None
    assert api.fail("share/update", id="n", key="k", perms=[]) == "There is no such share"
    assert [each["key"] for each in api.do("share/save", id="n", key="k", perms=["viewer"])] == [
        "k"
    ]
    assert api.do("share/update", id="n", key="k", perms=[])[0]["perms"] == []
    assert api.do("share/load", id="n")[0]["key"] == "k"
    assert api.do("share/remove", id="n", key="k") == []


@pytest.mark.parametrize(
    "operation",
    [each for each in OPERATIONS if each.later != each.name],
    ids=lambda each: each.name,
)
def test_what_a_generation_does_not_have_is_an_unknown_path_and_no_violation(make_api, operation):
    assert make_api(generation="later").raw("POST", operation.name, json={}).status_code == 404
    if operation.later:
        assert make_api().raw("POST", operation.later, json={}).status_code == 404


def test_a_dump_is_good_as_a_seed(api):
    api.do("session/start", id="n", command="x", name="Mine")
    dump = api.server.dump()
    assert FastX(dump).dump() == dump
    dump["users"].clear()
    assert api.server.site["users"]


def test_a_server_without_a_seed_has_one_admin():
    api = Api(FastX(), "admin")
    assert api.do("user/admin") is None
    assert api.do("session/list") == []


@pytest.mark.parametrize(
    ("part", "complaint"),
    [
        ({"colour": "red"}, "a site has no colour"),
        ({"users": {"mira": {"shell": "sh"}}}, "users['mira'].shell"),
        ({"users": {"mira": {"stages": ["keyboard-interactive"]}}}, "a stage that is none"),
        ({"sessions": [{"id": "x", "login": "nobody"}]}, "a session needs"),
        ({"sessions": [{"login": "mira", "geometry": "big"}]}, "a session needs"),
        ({"sessions": [{"login": "mira", "colour": "red"}]}, "sessions[].colour"),
        ({"sessions": [{"login": "mira", "shares": [{"key": "k"}]}]}, "a share has"),
        ({"suggestions": [{"id": "x"}]}, "a bookmark that is none"),
        ({"serverId": "fx9"}, "no server fx9"),
    ],
)
def test_a_seed_that_is_wrong_is_refused(part, complaint):
    with pytest.raises(ValueError) as caught:
        FastX({**small_fastx(), **part})
    assert complaint in str(caught.value)


def test_the_readme_names_every_switch_with_its_default():
    section = (
        (Path(operations.__file__).parent / "README.md")
        .read_text(encoding="utf-8")
        .partition("\n## FastX\n")[2]
    )
    for switch in fields(Switches):
        row = next(
            line
            for line in section.splitlines()
            if line.startswith("| `") and f"`{switch.name}`" in line.split("|")[1]
        )
        assert str(switch.default) in row, switch.name


def test_the_company_is_believable():
    server = FastX(company())
    site = server.site
    assert (
        len(site["servers"]),
        len(site["users"]),
        len(site["sessions"]),
        len(site["suggestions"]),
    ) == (2, 12, 15, 3)
    assert len({each["id"] for each in site["sessions"]}) == 15
    api = Api(server, next(iter(site["users"])))
    assert len(api.ids()) == 5 and api.do("user/admin") is None
    assert FastX(company()).dump() == FastX(company()).dump()


def test_the_command_starts_it_and_exports_how_to_reach_it(tmp_path):
    process = start(
        "--vendor",
        "fastx",
        "--company",
        "--directory",
        str(tmp_path),
        "--switch",
        "login_token=authtoken",
    )
    try:
        wait_for(tmp_path / "environment", process)
        given = exports((tmp_path / "environment").read_text(encoding="utf-8"))
        assert given.keys() == {"FASTX_URL", "FASTX_USERNAME", "FASTX_PASSWORD", "FASTX_CA_PATH"}
        with httpx.Client(
            base_url=given["FASTX_URL"],
            verify=ssl.create_default_context(cafile=given["FASTX_CA_PATH"]),
        ) as client:
            login = {
                "username": given["FASTX_USERNAME"],
                "password": given["FASTX_PASSWORD"],
                "basic": True,
            }
            assert client.post(LOGIN, json=login).json()["result"]["stage"] == "success"
            assert "authtoken" in client.post(LOGIN, json={"username": "x"}).json()["result"]
    finally:
        process.terminate()
        process.communicate()
