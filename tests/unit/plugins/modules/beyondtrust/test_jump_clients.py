"""What is particular to jump clients and their installers: who makes them, what cannot be changed,
what is shown once, and the files to download.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy
import hashlib
import stat

import pytest

from tests.simulator.beyondtrust.company import company
from tests.unit.appliances import small_appliance

CLIENT = "beyondtrust_jump_client"
INSTALLER = "beyondtrust_jump_client_installer"
DOWNLOAD = "beyondtrust_jump_client_installer_download"
JUMPOINT_DOWNLOAD = "beyondtrust_jumpoint_installer_download"
API = "/api/config/v1"
KIOSK = {"name": "Kiosk", "jump_group": "servers"}
COMPUTER_NAME = "(computer name)"
WINDOWS, LINUX = {"platform": "windows-64-msi"}, {"platform": "linux-64"}


def clients(appliance) -> dict:
    return appliance.site["config"]["jump-client"]


def installers(appliance) -> dict:
    return appliance.site["config"]["jump-client/installer"]


def with_personal_client() -> dict:
    """Return the small appliance with a jump client in the personal list of a.keller."""
    site = small_appliance()
    site["config"]["jump-client"]["3"] = {
        **site["config"]["jump-client"]["1"],
        "name": "laptop",
        "jump_group_id": 2,
        "jump_group_type": "personal",
    }
    return site


# --- jump clients -----------------------------------------------------------------------------------------------------


def test_a_jump_client_that_is_not_there_cannot_be_made(beyondtrust):
    appliance = beyondtrust()
    for check in (False, True):
        message = appliance.refuse(CLIENT, check, name="till-9", jump_group="servers")
        assert (
            message
            == "There is no jump_client 'till-9' on the server, and it cannot be made there."
        )
    assert appliance.expect(CLIENT, name="till-9", state="absent")["changed"] is False


@pytest.mark.parametrize(
    ("product", "options", "body"),
    [
        ("rs", {"attended_session_policy": "view_only"}, {"attended_session_policy_id": 3}),
        ("rs", {"unattended_session_policy": "Servers"}, {"unattended_session_policy_id": 2}),
        (
            "rs",
            {"customer_client_start_mode": "hidden", "is_quiet": True},
            {"customer_client_start_mode": "hidden", "is_quiet": True},
        ),
        (
            "rs",
            {"support_button_direct_queue": "team:helpdesk"},
            {"support_button_direct_queue": "team:helpdesk"},
        ),
        (
            "rs",
            {
                "support_button_profile_code_name": "default",
                "public_site_address": "help.example.org",
            },
            None,
        ),
        (
            "pra",
            {"session_policy": "view_only", "endpoint_agreement_policy": "reject"},
            {"session_policy_id": 3, "endpoint_agreement_policy": "reject"},
        ),
        (
            "pra",
            {"max_offline_minutes": 1440, "comments": "By the door."},
            {"max_offline_minutes": 1440, "comments": "By the door."},
        ),
    ],
)
def test_a_jump_client_is_changed_once(beyondtrust, product, options, body):
    appliance = beyondtrust(product)
    foretold = appliance.expect(CLIENT, check=True, name="till-1", **options)
    changed = appliance.expect(CLIENT, name="till-1", **options)
    assert appliance.journal.writes[-1].body == (body or options)
    assert (
        changed["changes"] == foretold["changes"]
        and changed["jump_client"] == foretold["jump_client"]
    )
    assert appliance.expect(CLIENT, name="till-1", **options)["changed"] is False
    assert len(appliance.wrote()) == 1


def test_a_jump_client_moves_to_the_jump_group_that_is_named(beyondtrust):
    appliance = beyondtrust()
    appliance.expect(CLIENT, name="till-1", jump_group="servers")
    assert appliance.journal.writes[-1].body == {"jump_group_id": 2, "jump_group_type": "shared"}
    assert appliance.expect(CLIENT, name="till-1", jump_group="Servers")["changed"] is False


def test_policies_and_texts_of_a_jump_client_are_taken_away_by_an_empty_text(beyondtrust):
    appliance = beyondtrust()
    full = {
        "tag": "a",
        "comments": "b",
        "jump_policy": "ask_first",
        "attended_session_policy": "Servers",
        "support_button_direct_queue": "team:helpdesk",
    }
    appliance.expect(CLIENT, name="till-1", **full)
    appliance.expect(CLIENT, name="till-1", **dict.fromkeys(full, ""))
    assert appliance.journal.writes[-1].body == {
        "tag": "",
        "comments": "",
        "jump_policy_id": None,
        "attended_session_policy_id": None,
        "support_button_direct_queue": "",
    }
    assert appliance.expect(CLIENT, name="till-1", **dict.fromkeys(full, ""))["changed"] is False


@pytest.mark.parametrize(
    ("product", "options", "message"),
    [
        ("rs", {"session_policy": "Servers"}, "Remote Support has no session_policy"),
        ("pra", {"is_quiet": True}, "Privileged Remote Access has no is_quiet"),
        ("rs", {"tag": "t" * 65}, "tag is 65 characters long"),
        (
            "rs",
            {"support_button_direct_queue": "helpdesk"},
            "support_button_direct_queue 'helpdesk' does not have the form",
        ),
        ("rs", {"max_offline_minutes": -1}, "max_offline_minutes is -1; it must be at least 0"),
    ],
)
def test_what_a_jump_client_cannot_have_is_refused_before_anything_is_sent(
    beyondtrust, product, options, message
):
    assert message in beyondtrust(product).refuse(CLIENT, name="till-1", **options)


def test_two_jump_clients_of_one_name_are_told_apart_by_number_which_renames_too(beyondtrust):
    site = small_appliance()
    site["config"]["jump-client"]["2"]["name"] = "till-1"
    appliance = beyondtrust(site=site)
    assert "Several objects of kind jump_client are called 'till-1': 1, 2" in appliance.refuse(
        CLIENT, name="till-1", tag="x"
    )
    appliance.expect(CLIENT, id=2, name="till-2")
    assert [client["name"] for client in clients(appliance).values()] == ["till-1", "till-2"]
    appliance.expect(CLIENT, name="till-1", state="absent")
    assert list(clients(appliance)) == ["2"]


def test_jump_clients_of_personal_lists_are_found_and_changed_too(beyondtrust):
    appliance = beyondtrust(site=with_personal_client())
    told = appliance.expect(CLIENT, name="laptop", personal_list_of="a.keller", tag="mine")[
        "jump_client"
    ]
    assert (told["jump_group"], told["personal_list_of"], clients(appliance)["3"]["tag"]) == (
        None,
        "a.keller",
        "mine",
    )
    shown = appliance.expect("beyondtrust_jump_client_info")["jump_clients"]
    assert [
        (client["name"], client["jump_group"], client["personal_list_of"]) for client in shown
    ] == [
        ("laptop", None, "a.keller"),
        ("till-1", "Plant Leeds", None),
        ("till-2", "Servers", None),
    ]
    appliance.expect(CLIENT, name="laptop", state="absent")


def test_what_a_jump_client_tells_of_its_machine_is_read(beyondtrust):
    appliance = beyondtrust(site=company("rs"))
    found = appliance.expect("beyondtrust_jump_client_info", names=["MUC-SAL-018"])["jump_clients"]
    assert [
        (client["hostname"], client["fqdn"], client["connection_type"]) for client in found
    ] == [
        ("muc-sal-018", "muc-sal-018.harrow-finch.example", "passive"),
    ]
    assert appliance.expect("beyondtrust_jump_client_info", names=["none"])["jump_clients"] == []
    assert appliance.wrote() == []


# --- installers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("no_value", ["absent", "null"])
@pytest.mark.parametrize("product", ["rs", "pra"])
def test_an_installer_is_made_once(beyondtrust, product, no_value):
    appliance = beyondtrust(product, no_value=no_value)
    options = {
        **KIOSK,
        "tag": "kiosk",
        "jump_policy": "ask_first",
        "elevate_prompt": False,
        "allow_override_name": True,
        "connection_type": "passive",
        **(
            {"unattended_session_policy": "View Only"}
            if product == "rs"
            else {"session_policy": "View Only"}
        ),
    }
    foretold = appliance.expect(INSTALLER, check=True, **options)
    made = appliance.expect(INSTALLER, **options)
    assert made["changes"] == foretold["changes"] and made["diff"] == foretold["diff"]
    assert (
        len(made["jump_client_installer"]["installer_id"]) == 32
        and made["jump_client_installer"]["expiration_timestamp"]
    )
    assert appliance.expect(INSTALLER, **options)["changed"] is False
    assert appliance.wrote() == [f"POST {API}/jump-client/installer"]
    appliance.expect(INSTALLER, **KIOSK, state="absent")
    assert [installer.get("name") for installer in installers(appliance).values()] == ["tills"]


def test_an_installer_that_differs_is_refused_as_the_api_cannot_change_it(beyondtrust):
    appliance = beyondtrust()
    appliance.expect(INSTALLER, **KIOSK, tag="kiosk")
    for check in (False, True):
        message = appliance.refuse(INSTALLER, check, **KIOSK, tag="other", elevate_install=False)
        assert message == (
            "jump_client_installer Kiosk/Servers: tag, elevate_install cannot be changed once it is made. "
            "To change it, remove the object and make it anew."
        )
    assert (
        appliance.refuse(INSTALLER, id=2, name="Other")
        == "jump_client_installer Kiosk/Servers: the server's API cannot update it."
    )
    assert "jump_group cannot be changed once it is made" in appliance.refuse(
        INSTALLER, id=2, jump_group="plant_leeds"
    )


def test_how_long_an_installer_is_valid_counts_when_it_is_made(beyondtrust):
    appliance = beyondtrust()
    made = appliance.expect(INSTALLER, **KIOSK, valid_duration=2880)["jump_client_installer"]
    assert appliance.journal.writes[-1].body["valid_duration"] == 2880
    # Two days after the appliance's clock.
    assert made["expiration_timestamp"] == "2026-01-17T09:00:00+00:00"
    assert made["valid_duration"] is None
    assert appliance.expect(INSTALLER, **KIOSK, valid_duration=10)["changed"] is False
    for minutes in (9, 525601):
        assert (
            f"valid_duration is {minutes}; it must be at least 10 and at most 525600"
            in appliance.refuse(INSTALLER, **KIOSK, valid_duration=minutes)
        )


def test_an_installer_can_leave_its_jump_clients_the_names_of_their_computers(beyondtrust):
    appliance = beyondtrust()
    options = {"name": COMPUTER_NAME, "jump_group": "servers", "tag": "a"}
    made = appliance.expect(INSTALLER, **options)
    assert (
        "name" not in appliance.journal.writes[-1].body
        and made["jump_client_installer"]["name"] == COMPUTER_NAME
    )
    assert appliance.expect(INSTALLER, **options)["changed"] is False
    appliance.expect(INSTALLER, **{**options, "jump_group": "plant_leeds"})
    appliance.expect(INSTALLER, **options, state="absent")
    assert [installer.get("name") for installer in installers(appliance).values()] == [
        "tills",
        None,
    ]


@pytest.mark.parametrize("no_value", ["absent", "null"])
def test_installers_without_a_name_do_not_keep_others_from_being_read(beyondtrust, no_value):
    site = small_appliance()
    unnamed = {**site["config"]["jump-client/installer"]["1"], "installer_id": "f" * 32}
    del unnamed["name"]
    site["config"]["jump-client/installer"] |= {"2": unnamed, "3": copy.deepcopy(unnamed)}
    appliance = beyondtrust(site=site, no_value=no_value)
    found = appliance.expect("beyondtrust_jump_client_installer_info")["jump_client_installers"]
    assert [installer["name"] for installer in found] == [COMPUTER_NAME, COMPUTER_NAME, "tills"]
    assert (
        len(
            appliance.expect("beyondtrust_jump_client_installer_info", names=[COMPUTER_NAME])[
                "jump_client_installers"
            ]
        )
        == 2
    )
    message = appliance.refuse(INSTALLER, name=COMPUTER_NAME, jump_group="Plant Leeds")
    assert (
        message
        == "Several objects of kind jump_client_installer are called '(computer name)/Plant Leeds': 2, 3. Say which one is meant."
    )
    appliance.expect(INSTALLER, id=3, state="absent")


def test_a_new_installer_needs_a_place_and_takes_no_empty_policy(beyondtrust):
    appliance = beyondtrust()
    assert "one of jump_group, personal_list_of must be given" in appliance.refuse(
        INSTALLER, name="Kiosk"
    )
    appliance.expect(
        INSTALLER,
        name="Kiosk",
        personal_list_of="a.keller",
        jump_policy="",
        attended_session_policy="",
    )
    assert appliance.journal.writes[-1].body == {
        "name": "Kiosk",
        "jump_group_id": 2,
        "jump_group_type": "personal",
    }
    assert (
        appliance.expect(INSTALLER, name="Kiosk", personal_list_of="a.keller", jump_policy="")[
            "changed"
        ]
        is False
    )


def test_the_key_of_a_new_installer_is_returned_only_where_it_is_asked_for_and_only_then(
    beyondtrust,
):
    appliance = beyondtrust()
    quiet = appliance.expect(INSTALLER, **KIOSK)
    key = appliance.journal.writes[-1].answer["key_info"]
    assert "key_info" not in quiet.result and key["encodedInfo"] not in quiet.output
    # It was made before.
    assert "key_info" not in appliance.expect(INSTALLER, **KIOSK, return_key_info=True).result
    assert (
        "key_info"
        not in appliance.expect(
            INSTALLER, check=True, name="Other", jump_group="servers", return_key_info=True
        ).result
    )
    told = appliance.expect(INSTALLER, name="Other", jump_group="servers", return_key_info=True)[
        "key_info"
    ]
    key = appliance.journal.writes[-1].answer["key_info"]
    assert told == {
        "encoded_info": key["encodedInfo"],
        "filename": key["filename"],
        "installer_path": key["installerPath"],
    }


def test_an_installer_whose_answer_was_lost_is_not_made_twice_and_its_key_is_lost(beyondtrust):
    appliance = beyondtrust()
    appliance.inject(f"POST {API}/jump-client/installer", "reset_after")
    outcome = appliance.expect(INSTALLER, **KIOSK, return_key_info=True)
    assert outcome["changed"] is True and "key_info" not in outcome.result
    assert len(appliance.wrote()) == 1 and len(installers(appliance)) == 2


# --- downloads --------------------------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path):
    """Return a path in an empty directory of its own."""
    (tmp_path / "files").mkdir()
    return tmp_path / "files" / "agent"


@pytest.fixture
def kiosk(beyondtrust):
    """Return an appliance with an installer called Kiosk, of which nothing else will change."""
    appliance = beyondtrust()
    appliance.expect(INSTALLER, **KIOSK)
    appliance.lies = True  # what changes are files here, and not the appliance
    appliance.journal.clear()
    return appliance


def mode_of(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def files(place) -> list[str]:
    return sorted(path.name for path in place.parent.iterdir())


def test_an_installers_file_is_downloaded_once(kiosk, place):
    foretold = kiosk.expect(DOWNLOAD, check=True, name="Kiosk", **WINDOWS, dest=str(place))
    assert (foretold["changed"], foretold["file"], files(place)) == (True, str(place), [])
    told = kiosk.expect(DOWNLOAD, name="Kiosk", **WINDOWS, dest=str(place))
    content = place.read_bytes()
    assert content.startswith(b"a Jump Client for windows-64-msi: ") and mode_of(place) == 0o600
    assert (told["changed"], told["file"], told["size"], told["sha256"]) == (
        True,
        str(place),
        len(content),
        hashlib.sha256(content).hexdigest(),
    )
    again = kiosk.expect(DOWNLOAD, name="Kiosk", **WINDOWS, dest=str(place))
    assert (again["changed"], again["size"], again["sha256"]) == (
        False,
        told["size"],
        told["sha256"],
    )
    assert files(place) == ["agent"] and kiosk.wrote() == []


def test_a_file_that_is_there_is_left_alone_and_nothing_is_asked(kiosk, place):
    place.write_bytes(b"something else")
    told = kiosk.expect(
        DOWNLOAD, name="No such installer", **WINDOWS, dest=str(place), mode=f"{mode_of(place):04o}"
    )
    assert told["changed"] is False and place.read_bytes() == b"something else"
    assert [entry.query for entry in kiosk.journal.entries if "/config/" in entry.query] == []


@pytest.mark.parametrize("check", [True, False])
def test_by_force_a_file_is_replaced_where_it_differs(kiosk, place, check):
    place.write_bytes(b"something else")
    asked = {"name": "Kiosk", **WINDOWS, "dest": str(place), "force": True}
    assert kiosk.expect(DOWNLOAD, check, **asked)["changed"] is True
    assert (place.read_bytes() == b"something else") is check
    kiosk.expect(DOWNLOAD, **asked)
    before = place.stat()
    assert kiosk.expect(DOWNLOAD, check, **asked)["changed"] is False
    assert place.stat().st_ino == before.st_ino and files(place) == ["agent"]


@pytest.mark.parametrize(
    ("mode", "wanted"), [("0640", 0o640), ("640", 0o640), (0o640, 0o640), ("0755", 0o755)]
)
def test_the_mode_is_set_on_a_new_file_and_on_one_that_is_there(kiosk, place, mode, wanted):
    asked = {"name": "Kiosk", **WINDOWS, "dest": str(place)}
    kiosk.expect(DOWNLOAD, **asked, mode=mode)
    assert mode_of(place) == wanted
    assert kiosk.expect(DOWNLOAD, **asked, mode=mode)["changed"] is False
    assert kiosk.expect(DOWNLOAD, True, **asked)["changed"] is True and mode_of(place) == wanted
    assert kiosk.expect(DOWNLOAD, **asked)["changed"] is True and mode_of(place) == 0o600


@pytest.mark.parametrize("mode", [640, "rw-------", "0999", "07777", "", True])
def test_a_mode_that_cannot_be_meant_is_refused_before_anything_is_sent(kiosk, place, mode):
    message = kiosk.refuse(DOWNLOAD, name="Kiosk", **WINDOWS, dest=str(place), mode=mode)
    assert message == "mode must be three or four octal digits in quotes, such as '0600'."
    assert [entry.query for entry in kiosk.journal.entries if "/config/" in entry.query] == []


def test_into_a_directory_the_file_comes_under_the_appliances_name(kiosk, place):
    asked = {"name": "Kiosk", **LINUX, "dest": str(place.parent)}
    foretold = kiosk.expect(DOWNLOAD, True, **asked)
    assert (foretold["changed"], foretold["file"], files(place)) == (
        True,
        str(place.parent / "jump-client-linux-64"),
        [],
    )
    assert kiosk.expect(DOWNLOAD, **asked)["file"] == foretold["file"]
    assert files(place) == ["jump-client-linux-64"]
    assert kiosk.expect(DOWNLOAD, **asked)["changed"] is False
    assert kiosk.expect(DOWNLOAD, True, **asked, mode="0700")["changed"] is True
    assert kiosk.expect(DOWNLOAD, **asked, mode="0700")["changed"] is True


def test_an_installer_is_found_by_name_by_place_and_by_number(kiosk, place):
    kiosk.expect(INSTALLER, name="Kiosk", jump_group="plant_leeds")
    asked = {**WINDOWS, "dest": str(place)}
    assert kiosk.refuse(DOWNLOAD, name="Kiosk", **asked) == (
        "Several objects of kind jump_client_installer have the name 'Kiosk': 2, 3. Say which one is meant."
    )
    wanted = {
        number: installer["installer_id"].encode()
        for number, installer in installers(kiosk).items()
    }
    for options, number in (
        ({"name": "Kiosk", "jump_group": "plant_leeds"}, "3"),
        ({"name": "Kiosk", "jump_group": "Servers"}, "2"),
        ({"id": 3}, "3"),
    ):
        kiosk.expect(DOWNLOAD, **options, **asked, force=True)
        assert wanted[number] in place.read_bytes()
    for options, told in (
        ({"name": "None"}, "name 'None'"),
        ({"id": 9}, "id 9"),
        (
            {"name": "Kiosk", "personal_list_of": "a.keller"},
            "name 'Kiosk' personal_list_of 'a.keller'",
        ),
    ):
        message = kiosk.refuse(DOWNLOAD, True, **options, **asked, force=True)
        assert message == f"There is no jump_client_installer with the {told}."


def test_an_installer_without_a_name_can_be_downloaded(kiosk, place):
    kiosk.expect(INSTALLER, name=COMPUTER_NAME, jump_group="servers")
    kiosk.expect(DOWNLOAD, name=COMPUTER_NAME, **LINUX, dest=str(place))
    assert place.exists()


def test_what_has_expired_is_told_in_the_appliances_words(kiosk, place):
    kiosk.server.clock.advance(1441 * 60)
    outcome = kiosk.run(DOWNLOAD, name="Kiosk", **WINDOWS, dest=str(place))
    assert (
        outcome.failed
        and "/windows-64-msi (HTTP 422): The installer has expired." in outcome["msg"]
    )
    assert files(place) == []


@pytest.mark.parametrize(
    ("kind", "arguments", "message"),
    [
        ("html", {}, "an HTML page (HTTP 200)"),
        ("status", {"status": 200, "body": {"message": "no"}}, "where a file was expected"),
        (
            "status",
            {"status": 200, "body": "<error>no</error>"},
            "a page or a message, where a file was expected",
        ),
        ("empty_body", {}, "where a file was expected"),
        ("truncated", {}, "broke off before the answer was complete"),
        ("reset_before", {}, "broke off before the answer was complete"),
        ("gzip_bomb", {"megabytes": 2}, "where a file was expected"),
        ("redirect", {}, "redirected to https://elsewhere.example"),
        ("status", {"status": 500}, "(HTTP 500)"),
    ],
)
def test_what_is_no_file_leaves_what_was_there(kiosk, place, kind, arguments, message):
    place.write_bytes(b"old")
    kiosk.inject(f"GET {API}/jump-client/installer/*/*", kind, **arguments)
    outcome = kiosk.run(DOWNLOAD, name="Kiosk", **WINDOWS, dest=str(place), force=True)
    assert outcome.failed and message in outcome["msg"] and outcome["changed"] is False
    assert place.read_bytes() == b"old" and files(place) == ["agent"]


def test_a_download_that_broke_off_is_repeated(kiosk, place):
    for kind in ("truncated", "reset_before"):
        kiosk.inject(f"GET {API}/jump-client/installer/*/*", kind)
    told = kiosk.expect(DOWNLOAD, name="Kiosk", **WINDOWS, dest=str(place), retries=2)
    assert told["size"] == place.stat().st_size and told["api"]["retries"] == 2


def test_a_download_in_chunks_without_a_length_is_whole(kiosk, place):
    kiosk.inject(f"GET {API}/jump-client/installer/*/*", "drip", size=7, seconds=0.0)
    kiosk.expect(DOWNLOAD, name="Kiosk", **WINDOWS, dest=str(place))
    assert place.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("check", [True, False])
def test_a_directory_that_is_not_there_is_refused_before_anything_is_sent(kiosk, place, check):
    message = kiosk.refuse(
        DOWNLOAD, check, name="Kiosk", **WINDOWS, dest=str(place.parent / "none" / "agent")
    )
    assert message == f"dest: there is no directory {place.parent / 'none'}."
    assert [entry.query for entry in kiosk.journal.entries if "/config/" in entry.query] == []


def test_options_that_do_not_say_what_is_meant_are_refused(kiosk, place):
    assert "one of the following is required: name, id" in kiosk.refuse(
        DOWNLOAD, **WINDOWS, dest=str(place)
    )
    assert "value of platform must be one of" in kiosk.refuse(
        DOWNLOAD, name="Kiosk", platform="windows", dest=str(place)
    )


def test_the_nodes_of_a_jumpoint_are_read_where_they_are_asked_for(beyondtrust):
    node = {
        "hostname": "jump-1",
        "public_ip": "192.0.2.1",
        "private_ip": "10.1.0.1",
        "last_connect_timestamp": "2026-01-15T08:00:00+00:00",
    }
    site = small_appliance()
    site["config"]["jumpoint/node"] = {"1": {"_parent": 1, **node}}
    appliance = beyondtrust(site=site)
    found = appliance.expect("beyondtrust_jumpoint_info", gather=["nodes"])["jumpoints"]
    assert [(jumpoint["name"], jumpoint["nodes"]) for jumpoint in found] == [
        ("Leeds", [{"id": 1, **node, "last_disconnect_timestamp": None}]),
        ("London", []),
    ]
    assert "nodes" not in appliance.expect("beyondtrust_jumpoint_info")["jumpoints"][0]


@pytest.mark.parametrize("name", ["London", "jp_london"])
def test_the_file_of_a_jumpoint_is_downloaded(beyondtrust, place, name):
    appliance = beyondtrust()
    appliance.lies = True
    told = appliance.expect(JUMPOINT_DOWNLOAD, jumpoint=name, dest=str(place), mode="0700")
    assert place.read_bytes() == b"a Jumpoint for windows-x86\n" and mode_of(place) == 0o700
    assert told["changed"] is True and told["seconds"] >= 0
    assert (
        appliance.expect(JUMPOINT_DOWNLOAD, jumpoint=name, dest=str(place), mode="0700")["changed"]
        is False
    )
    assert (
        appliance.refuse(JUMPOINT_DOWNLOAD, jumpoint="none", dest=str(place), force=True)
        == "There is no jumpoint with the name 'none'."
    )


def test_a_jumpoint_that_has_all_its_nodes_is_told_in_the_appliances_words(beyondtrust, place):
    site = small_appliance()
    site["config"]["jumpoint/node"] = {
        "1": {
            "_parent": 1,
            "hostname": "jump-1",
            "public_ip": "192.0.2.1",
            "private_ip": "10.1.0.1",
        }
    }
    outcome = beyondtrust(site=site).run(JUMPOINT_DOWNLOAD, jumpoint="Leeds", dest=str(place))
    assert (
        outcome.failed
        and "GET /jumpoint/1/installer (HTTP 422): The Jumpoint has all the nodes that it can have."
        in outcome["msg"]
    )
    assert files(place) == []


# --- from one place to another ----------------------------------------------------------------------------------------


def test_a_jump_client_moves_into_a_personal_list_and_back(beyondtrust):
    appliance = beyondtrust()
    for place in ({"personal_list_of": "a.keller"}, {"jump_group": "plant_leeds"}):
        foretold = appliance.expect(CLIENT, check=True, name="till-1", **place)
        moved = appliance.expect(CLIENT, name="till-1", **place)
        assert (
            moved["jump_client"] == foretold["jump_client"]
            and moved["changes"] == foretold["changes"]
        )
        assert appliance.expect(CLIENT, name="till-1", **place)["changed"] is False
    assert [write.body for write in appliance.journal.writes] == [
        {"jump_group_id": 2, "jump_group_type": "personal"},
        {"jump_group_id": 1, "jump_group_type": "shared"},
    ]


def test_a_jump_client_lies_in_one_place(beyondtrust):
    message = beyondtrust().refuse(
        CLIENT, name="till-1", jump_group="servers", personal_list_of="a.keller"
    )
    assert "mutually exclusive" in message
