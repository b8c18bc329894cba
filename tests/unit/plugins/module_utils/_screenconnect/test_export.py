"""The law that keeps reading, planning and export honest: what a server exports plans to nothing on
that server.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
import yaml

from tests.simulator.screenconnect import company
from tests.unit.screenconnect_servers import MEETING, SUPPORT, WEB, small_screenconnect


def awkward_site() -> dict:
    """Return a site with what may go wrong in an export: odd texts, names that are no names, three
    sessions of one name, machines that share one.
    """
    site = small_screenconnect()
    for number, session in enumerate(
        (
            {
                "Name": "{{ 7*7 }}",
                "CustomPropertyValues": ["a\nb: c", "no", "123", " ", "null", "'", '"', "Ü"],
            },
            {"Name": "no"},
            {"Name": "123", "SessionType": "Support", "Code": "007"},
            {"Name": "Reception"},
            {"Name": "a/b"},
            {"Name": " "},
            {"GuestInfo": {"MachineName": "TWIN"}},
            {"GuestInfo": {"MachineName": "TWIN"}},
            {},
            {"Name": "gone", "IsEnded": True},
            {"Name": "no", "SessionType": "Meeting"},
            {"Name": "PRESS-01", "IsPublic": True},
        )
    ):
        site["sessions"][f"00000000-0000-4000-8000-0000000001{number:02}"] = session
    return site


SITES = {"small": small_screenconnect, "company": company, "awkward": awkward_site}
NAMES = {"Site": 1, "Department": 8}


@pytest.mark.parametrize(
    "written",
    [
        lambda document: json.loads(json.dumps(document)),
        lambda document: yaml.safe_load(yaml.safe_dump(document)),
    ],
    ids=["JSON", "YAML"],
)
@pytest.mark.parametrize("names", [None, NAMES], ids=["numbers", "names"])
@pytest.mark.parametrize("site", SITES)
def test_an_exported_file_changes_nothing_through_the_module(screenconnect, site, names, written):
    simulated = screenconnect(SITES[site]())
    document = written(
        simulated.expect("screenconnect_config_info", property_names=names)["config"]
    )
    assert len(document["session"]) == sum(
        not session["IsEnded"] for session in simulated.site["sessions"].values()
    )
    for check in (True, False):
        outcome = simulated.expect(
            "screenconnect_config", check, config=document, property_names=names
        )
        assert (outcome["changed"], outcome["changes"]) == (False, [])
    assert simulated.wrote() == []


@pytest.mark.parametrize("site", SITES)
def test_two_exports_are_equal_to_the_byte(screenconnect, site):
    simulated = screenconnect(SITES[site]())
    first = json.dumps(simulated.expect("screenconnect_config_info")["config"])
    # Another order on the server is no other server.
    simulated.site["sessions"] = dict(reversed(simulated.site["sessions"].items()))
    assert json.dumps(simulated.expect("screenconnect_config_info")["config"]) == first


def test_what_is_exported_under_numbers_changes_nothing_under_names_and_the_reverse(screenconnect):
    simulated = screenconnect()
    for one, other in ((None, NAMES), (NAMES, None)):
        document = simulated.expect("screenconnect_config_info", property_names=one)["config"]
        if one:
            for session in document["session"]:
                values = session["custom_properties"]
                session["custom_properties"] = {
                    str(one.get(name, name)): value for name, value in values.items()
                }
        assert (
            simulated.expect("screenconnect_config", config=document, property_names=other)[
                "changed"
            ]
            is False
        )


def test_the_types_that_are_exported_can_be_chosen(screenconnect):
    simulated = screenconnect()
    assert [
        session["name"]
        for session in simulated.expect("screenconnect_config_info", types=["meeting"])["config"][
            "session"
        ]
    ] == ["Stock review"]


def test_sessions_come_back_from_their_export_on_an_empty_server(screenconnect):
    site = {
        "sessions": {
            identifier: small_screenconnect()["sessions"][identifier]
            for identifier in (WEB, SUPPORT, MEETING)
        }
    }
    document = screenconnect(site).expect("screenconnect_config_info")["config"]
    other = screenconnect({"sessions": {}})
    other.expect("screenconnect_config", config=document)
    assert other.expect("screenconnect_config_info")["config"] == document
