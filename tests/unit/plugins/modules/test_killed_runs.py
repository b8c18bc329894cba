"""A run that ends after any request, killed or cut off, leaves nobody who can log in without the
password described, and the next run finishes it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP

CONFIG = "simplehelp_config"
# What is described, and how it is in the end. Some descriptions ask for just what an object is
# while it is not finished.
DOCUMENT = {
    "tech_group": [
        {
            "name": "Night Shift",
            "password": "secret of the night",
            "permissions": {"canChat": True},
            "video_password": "secret tapes",
        },
        {
            "name": "Guests",
            "password": "secret of the guests",
            "allow_anonymous_logins": True,
            "default_sg_service_name": "Lobby",
        },
    ],
    "technician": [
        {
            "username": "c.lind",
            "password": "secret of c.lind",
            "groups": ["Night Shift"],
            "display_name": "Carys Lind",
            "enabled": True,
        },
        {
            "username": "d.moss",
            "password": "secret of d.moss",
            "enabled": False,
            "email_address": "d.moss@example.org",
        },
        {
            "username": "e.nash",
            "password": "secret of e.nash",
            "allow_locally_authenticated_logins": False,
        },
        {"username": "f.ode", "groups": ["Guests"]},
    ],
}
WANTED = {
    "groups": {
        "Night Shift": {
            "password": "secret of the night",
            "videoPassword": "secret tapes",
            "allowAnonymousLogins": False,
            "defaultSgServiceName": "",
        },
        "Guests": {
            "password": "secret of the guests",
            "allowAnonymousLogins": True,
            "defaultSgServiceName": "Lobby",
        },
    },
    "technicians": {
        "c.lind": {
            "password": "secret of c.lind",
            "displayName": "Carys Lind",
            "enabled": True,
            "groupIDs": ["Night Shift"],
        },
        "d.moss": {
            "password": "secret of d.moss",
            "displayName": "",
            "enabled": False,
            "emailAddress": "d.moss@example.org",
        },
        "e.nash": {
            "password": "secret of e.nash",
            "displayName": "",
            "enabled": True,
            "allowLocallyAuthenticatedLogins": False,
        },
        "f.ode": {"password": None, "enabled": True, "groupIDs": ["Guests"]},
    },
}
# A module for one object, with what it describes and where the server keeps that.
SINGLE = [
    (
        "technician",
        {"username": "c.lind", "password": "secret of c.lind", "display_name": "Carys Lind"},
        lambda site: site["technicians"].get("c.lind"),
    ),
    (
        "tech_group",
        {"name": "Guests", "password": "secret of the guests", "allow_anonymous_logins": True},
        lambda site: site["groups"].get("Guests"),
    ),
]


def assert_harmless(simulated):
    """Fail if somebody can log in by what a run has made, whose password was not set."""
    for username in WANTED["technicians"].keys() - {"f.ode"}:
        technician = simulated.site["technicians"].get(username)
        assert technician is None or technician["password"] or not technician["enabled"]
    for name in WANTED["groups"]:
        group = simulated.site["groups"].get(name)
        assert group is None or group["password"] or not group["allowAnonymousLogins"]


def assert_finished(simulated):
    """Fail if the server does not hold what the document describes, secrets included."""
    names = {group["uniqueID"]: name for name, group in simulated.site["groups"].items()}
    for kind, objects in WANTED.items():
        for name, values in objects.items():
            held = simulated.site[kind][name]
            held = {**held, "groupIDs": [names[number] for number in held.get("groupIDs", ())]}
            assert {key: held.get(key, value and ...) for key, value in values.items()} == values
    assert simulated.site["groups"]["Night Shift"]["permissions"]["canChat"] is True


def cut_after(simulated, requests, module, options, **more):
    """Run a module against a server that is gone for good after so many requests; tells whether the
    run was cut off.
    """
    simulated.inject("*", "reset_before", times=None, after=requests)
    outcome = simulated.run(module, **options, **more)
    simulated.server.faults.clear()
    return outcome.failed


@pytest.mark.parametrize("connections", [1, 3])
def test_a_run_that_is_cut_off_after_any_request_is_finished_by_the_next(simplehelp, connections):
    requests, was_cut = 0, True
    while was_cut:
        simulated = simplehelp()
        was_cut = cut_after(
            simulated, requests, CONFIG, {"config": DOCUMENT}, connections=connections
        )
        assert_harmless(simulated)
        foretold = simulated.expect(CONFIG, True, config=DOCUMENT)
        outcome = simulated.expect(CONFIG, config=DOCUMENT)
        assert outcome["changes"] == foretold["changes"] and outcome["diff"] == foretold["diff"]
        assert_finished(simulated)
        sets = sum(
            each["password_sets"]
            for kind in ("groups", "technicians")
            for each in simulated.site[kind].values()
        )
        # Those that had a password were not given it again, but for what was under way.
        assert sets <= 5 + connections
        assert simulated.expect(CONFIG, config=DOCUMENT)["changed"] is False
        requests += 1
    assert requests > 25


@pytest.mark.parametrize(
    ("module", "options", "held"), SINGLE, ids=[module for module, _options, _held in SINGLE]
)
def test_an_object_that_was_cut_off_after_any_request_is_finished_by_its_own_module(
    simplehelp, module, options, held
):
    requests, was_cut = 0, True
    while was_cut:
        simulated = simplehelp()
        was_cut = cut_after(simulated, requests, module, options)
        assert_harmless(simulated)
        foretold = simulated.expect(module, True, **options)["changes"]
        assert simulated.expect(module, **options)["changes"] == foretold
        assert held(simulated.site)["password"] == options["password"]
        assert simulated.expect(module, **options)["changed"] is False
        requests += 1
    assert requests > 4


def test_an_answer_that_is_lost_at_any_request_and_for_good_leaves_what_the_next_run_finishes(
    simplehelp,
):
    requests, was_cut = 0, True
    while was_cut:
        simulated = simplehelp()
        simulated.inject("*", "reset_after", after=requests)
        was_cut = cut_after(simulated, requests + 1, CONFIG, {"config": DOCUMENT}, connections=1)
        assert_harmless(simulated)
        simulated.expect(CONFIG, config=DOCUMENT)
        assert_finished(simulated)
        assert simulated.expect(CONFIG, config=DOCUMENT)["changed"] is False
        requests += 3


KILLED = """
import json, sys
from tests.module_runner import run_module
run_module("simplehelp_config", json.loads(sys.stdin.read()))
"""


@pytest.mark.parametrize(
    "query",
    [
        "technicians/new",
        "technicians/password/set",
        "technicians/set",
        "groups/password/set",
        "groups/set",
    ],
)
def test_a_run_that_is_killed_while_the_server_works_is_finished_by_the_next(simplehelp, query):
    simulated = simplehelp()
    simulated.inject(query, "slow", seconds=600.0, after=1)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        process.stdin.write(
            json.dumps({**simulated.options, "connections": 1, "timeout": 600, "config": DOCUMENT})
        )
        process.stdin.close()
        while len(simulated.asked(query)) < 2:
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    simulated.server.faults.clear()
    assert_harmless(simulated)
    assert simulated.expect(CONFIG, config=DOCUMENT)["changed"] is True
    assert_finished(simulated)
    assert simulated.expect(CONFIG, config=DOCUMENT)["changed"] is False


def test_no_more_objects_are_unfinished_at_a_time_than_there_are_connections(simplehelp):
    many = [{"username": f"t{number}", "password": f"secret of {number}"} for number in range(12)]
    simulated = simplehelp()
    cut_after(simulated, 30, CONFIG, {"config": {"technician": many}}, connections=2)
    unfinished = [
        each
        for each in simulated.site["technicians"].values()
        if each.get("displayName") == "(unfinished)"
    ]
    assert len(unfinished) <= 2 and len(simulated.site["technicians"]) > 8
    simulated.expect(CONFIG, config={"technician": many})
    simulated = simplehelp()
    simulated.expect(CONFIG, config={"technician": many})
    assert len(simulated.asked("technicians/list")) == 1
    assert len(
        [entry for entry in simulated.asked() if not entry.query.endswith("/list")]
    ) == 5 * len(many)


# --- What is not unfinished -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "off",
    [
        {"enabled": False},
        {"allowLocallyAuthenticatedLogins": False},
        {"enabled": False, "allowLocallyAuthenticatedLogins": False, "displayName": ""},
    ],
)
def test_an_account_that_somebody_disabled_on_purpose_keeps_its_password_when_it_is_enabled_again(
    simplehelp, off
):
    simulated = simplehelp()
    simulated.site["technicians"]["b.okafor"].update(off, password="the password of Bilal")
    described = {
        "username": "b.okafor",
        "enabled": True,
        "allow_locally_authenticated_logins": True,
        "display_name": "Bilal",
        "password": "first secret",
    }
    assert "password" not in simulated.expect("technician", **described)["changes"][0]["fields"]
    assert simulated.site["technicians"]["b.okafor"]["password"] == "the password of Bilal"


def test_an_object_without_a_password_is_made_in_one_request(simplehelp):
    simulated = simplehelp()
    simulated.expect(
        CONFIG,
        config={
            "technician": [{"username": "new", "enabled": True}],
            "tech_group": [{"name": "New", "video_password": "v1deo"}],
        },
    )
    assert simulated.wrote() == ["groups/new", "technicians/new"]


def test_a_password_that_is_refused_leaves_an_account_that_the_next_run_finishes(simplehelp):
    simulated = simplehelp()
    simulated.inject("technicians/password/set", "refuse", reason="Too short")
    described = {
        "username": "new",
        "password": "s3cret",
        "email_address": "new@example.org",
        "enabled": True,
        "display_name": "New",
    }
    outcome = simulated.run("technician", **described)
    assert outcome.failed and "Too short" in outcome["msg"] and "next run" in outcome["msg"]
    assert outcome["failed_changes"][0]["written"] == ["username", "email_address"]
    assert simulated.site["technicians"]["new"]["enabled"] is False
    assert simulated.expect("technician", **described)["changed"] is True
    held = simulated.site["technicians"]["new"]
    assert (held["password"], held["enabled"], held["displayName"]) == ("s3cret", True, "New")


def test_a_description_without_the_password_does_not_finish_an_account(simplehelp):
    simulated = simplehelp()
    simulated.inject("technicians/password/set", "refuse")
    simulated.run("technician", username="new", password="s3cret")
    message = simulated.refuse_everywhere("technician", username="new", groups=["Helpdesk"])
    assert "technician new is unfinished" in message and "Give password" in message
    config = simulated.expect("simplehelp_config_info")["config"]
    assert simulated.expect(CONFIG, config={"technician": config["technician"]})["changed"] is False
    simulated.expect("technician", username="new", state="absent")


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("technician", {"username": "new", "display_name": "(unfinished)"}),
        ("tech_group", {"name": "New", "default_sg_service_name": "(unfinished)"}),
    ],
)
def test_nothing_with_a_password_is_described_as_if_it_were_unfinished(simplehelp, module, options):
    for check in (True, False):
        assert "only an unfinished one is called" in simplehelp().refuse(
            module, check, **options, password="s3cret"
        )


@pytest.mark.parametrize(
    "platform", [SIMPLEHELP, BEYONDTRUST, SCREENCONNECT, FASTX], ids=lambda platform: platform.name
)
def test_whatever_has_a_secret_of_its_own_request_can_be_told_as_unfinished(platform):
    for resource in platform.resources:
        if "create" in resource.verbs and any(
            field.secret and field.query for field in resource.fields.values()
        ):
            assert any(isinstance(value, str) for value in resource.unfinished.values()), (
                resource.name
            )
        for name in resource.unfinished:
            assert (
                resource.fields[name].finished is not None
                and not resource.fields[name].query
                and not resource.fields[name].fixed
            )
