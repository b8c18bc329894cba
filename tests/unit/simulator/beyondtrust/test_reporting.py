"""The report EndpointLicenseUsage, which shows every jump item, and the reports that the simulator
does not know.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from tests.simulator.beyondtrust import Appliance
from tests.simulator.beyondtrust.company import company
from tests.simulator.beyondtrust.site import CLIENT_ID, CLIENT_SECRET

from .conftest import SITE, local
from .test_shortcuts import COMMON, EACH, IMPORT, parameters

REPORT = "/api/reporting?generate_report=EndpointLicenseUsage"


def report(api) -> zipfile.ZipFile:
    answer = api.request("GET", REPORT)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def jump_items(api) -> list[list[str]]:
    """The rows of the report's list of jump items, without the headings."""
    with report(api) as archive:
        headings, *rows = csv.reader(io.StringIO(archive.read("jump_items.csv").decode("utf-8")))
    assert len(headings) == 7
    return rows


METHODS = {
    "local_jump": "Local Jump",
    "remote_jump": "Remote Jump",
    "remote_vnc": "Remote VNC",
    "local_vnc": "Local VNC",
    "remote_rdp": "Remote RDP",
    "local_rdp": "Local RDP",
    "shell_jump": "Shell Jump",
    "vpro": "Intel vPro",
    "web_jump": "Web Jump",
    "protocol_tunnel": "Protocol Tunnel Jump",
}


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_every_imported_shortcut_is_in_the_report(make_api, product, kind):
    api = make_api(product=product)
    api.done(IMPORT, **parameters(kind, name='Bay "3", left'))
    (row,) = jump_items(api)
    assert row[0:2] == ['Bay "3", left', "ABCDEF02"]
    assert row[2] == ("London" if "jumpoint" in parameters(kind) else "")
    assert row[3:] == ["", "yes", METHODS[kind], "Remote Access"]


def test_every_line_is_quoted_as_a_public_client_expects(api):
    api.done(IMPORT, **parameters("local_jump"))
    with report(api) as archive:
        assert archive.namelist() == ["jump_items.csv", "daily_counts.csv", "summary.csv"]
        lines = archive.read("jump_items.csv").decode().splitlines()
    assert lines[1] == '"Endpoint","ABCDEF02","","","yes","Local Jump","Remote Access"'


def test_an_empty_appliance_has_headings_only(make_api):
    assert jump_items(make_api(None)) == []


def test_jump_clients_are_in_the_report_unless_they_are_uninstalled(make_api):
    clients = {
        "1": {"name": "press", "hostname": "PRESS", "jump_group_id": 3},
        "2": {"name": "gone", "jump_group_id": 3, "connection_type": "uninstalled"},
        "3": {"name": "own", "hostname": "OWN", "jump_group_id": 1, "jump_group_type": "personal"},
    }
    api = make_api({**SITE, "config": {**SITE["config"], "jump-client": clients}})
    assert [[row[0], row[5], row[6]] for row in jump_items(api)] == [
        ["press", "Jump Client", "Remote Access"],
        ["own", "Jump Client", "admin"],
    ]


def test_a_shortcut_goes_with_its_jump_group(api):
    api.done(IMPORT, **{**COMMON, "group": "plant_a", "local_jump_hostname": "A"})
    api.done(IMPORT, **{**COMMON, "group": "remote_access", "local_jump_hostname": "B"})
    assert (
        api.request(
            "DELETE", "/api/config/v1/jump-group/8", headers={"Accept": "application/json"}
        ).status_code
        == 204
    )
    assert [row[1] for row in jump_items(api)] == ["B"]


def test_a_shortcut_goes_with_its_jumpoint(api):
    api.done(IMPORT, **parameters("remote_jump"))
    api.done(IMPORT, **parameters("local_jump"))
    assert (
        api.request(
            "DELETE", "/api/config/v1/jumpoint/2", headers={"Accept": "application/json"}
        ).status_code
        == 204
    )
    assert [row[5] for row in jump_items(api)] == ["Local Jump"]


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_the_companys_report_has_all_its_items(make_api, product):
    api = make_api(company(product))
    rows = jump_items(api)
    config = api.appliance.site["config"]
    shown = sum(
        len(records)
        for collection, records in config.items()
        if collection.startswith("jump-item/")
    )
    assert shown == 200
    assert (
        len(rows) == shown + len(api.appliance.site["shortcuts"]) + len(config["jump-client"]) - 1
    )
    assert len({row[5] for row in rows}) > 4
    assert all(row[6] for row in rows)


def test_the_report_is_the_same_as_long_as_nothing_changes(api):
    api.done(IMPORT, **parameters("local_jump"))
    first, second = (api.request("GET", REPORT).content for _turn in range(2))
    assert first == second


def test_the_report_needs_its_permission(make_api):
    permissions = {"perm_command": "full_access", "perm_configuration": 1}
    api = make_api(
        {"accounts": {CLIENT_ID: {"client_secret": CLIENT_SECRET, "permissions": permissions}}}
    )
    answer = api.request("GET", REPORT)
    assert (answer.status_code, "perm_reporting_license" in answer.text) == (403, True)


@pytest.mark.parametrize(
    ("version", "has"), [("21.3.1", False), ("22.1.1", True), ("25.2.1", True)]
)
def test_the_report_is_there_since_22_1(make_api, version, has):
    answer = make_api(version=version).request("GET", REPORT)
    assert answer.content.startswith(b"PK") is has
    if not has:
        assert local(ElementTree.fromstring(answer.content)) == "error"


def failed(api, **given) -> str:
    answer = api.request("POST", "/api/reporting", data=given)
    root = ElementTree.fromstring(answer.content)
    assert (answer.status_code, root.tag) == (
        200,
        "{https://www.beyondtrust.com/namespaces/API/reporting}error",
    )
    return root.text


def test_another_report_is_not_known_yet(api):
    assert "does not know" in failed(api, generate_report="LicenseUsage", start_date="2016-10-01")
    assert api.appliance.journal.entries[-1].query == "report LicenseUsage"


@pytest.mark.parametrize(
    ("product", "version", "report", "has"),
    [
        ("rs", "24.3.1", "JumpItem", True),
        ("rs", "24.2.4", "JumpItem", False),
        ("pra", "24.3.1", "JumpItem", True),
        ("pra", "23.1.1", "Syslog", False),
        ("pra", "23.2.1", "Syslog", True),
        ("rs", "22.1.1", "Syslog", True),
        ("pra", "25.2.1", "SupportSession", False),
        ("pra", "25.2.1", "AccessSession", True),
        ("rs", "25.2.1", "VaultAccountActivity", False),
    ],
)
def test_which_reports_there_are_depends_on_product_and_version(
    make_api, product, version, report, has
):
    api = make_api(product=product, version=version)
    assert ("does not know" if has else "no such report") in failed(api, generate_report=report)


@pytest.mark.parametrize(
    ("report", "permission"),
    [("JumpItem", "perm_reporting_jump_item"), ("Syslog", "perm_reporting_syslog")],
)
def test_newer_reports_have_permissions_of_their_own(make_api, report, permission):
    api = make_api(
        {
            "accounts": {
                CLIENT_ID: {
                    "client_secret": CLIENT_SECRET,
                    "permissions": {"perm_command": "full_access", "perm_reporting_license": 1},
                }
            }
        }
    )
    answer = api.request("GET", f"/api/reporting?generate_report={report}")
    assert (answer.status_code, permission in answer.text) == (403, True)
    shown = {each.get("name") for each in api.command("get_api_info").iter() if each.get("name")}
    assert permission in shown


@pytest.mark.parametrize(
    "given",
    [
        {"generate_report": "JumpItems"},
        {},
        {"generate_report": "EndpointLicenseUsage", "start_date": "2016-10-01"},
    ],
)
def test_a_report_or_a_parameter_that_the_guide_does_not_have_is_a_violation(api, given):
    assert failed(api, **given)
    assert api.violation()


def test_the_company_can_be_large():
    appliance = Appliance(company("rs", 2000))
    assert (
        sum(
            len(records)
            for name, records in appliance.site["config"].items()
            if name.startswith("jump-item/")
        )
        == 2000
    )
