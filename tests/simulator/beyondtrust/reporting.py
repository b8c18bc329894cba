"""The reporting API of a simulated BeyondTrust appliance, as far as it tells which jump items there
are: EndpointLicenseUsage.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

from ..operations import mark
from ..wire import Answer
from . import configuration
from .calls import Call, CallError, broken, check_names, denied, error_answer

JUMP_METHODS = {
    "local_jump": "Local Jump",
    "remote_jump": "Remote Jump",
    "local_vnc": "Local VNC",
    "local_rdp": "Local RDP",
    "vpro": "Intel vPro",
    "remote-rdp": "Remote RDP",
    "remote-vnc": "Remote VNC",
    "shell-jump": "Shell Jump",
    "web-jump": "Web Jump",
    "protocol-tunnel-jump": "Protocol Tunnel Jump",
    "psql-tunnel-jump": "PostgreSQL Tunnel Jump",
    "mysql-tunnel-jump": "MySQL Tunnel Jump",
    "network-tunnel-jump": "Network Tunnel Jump",
    "jump-client": "Jump Client",
}
"""How the report calls each kind of shortcut and of the Configuration API. The words are the
product's; that the report uses them is a guess.
"""

COLUMNS = (
    "Jump Item Name",
    "Hostname/IP",
    "Jumpoint",
    "Remote Application Name",
    "License",
    "Jump Method",
    "Jump Group",
)
"""The columns of jump_items.csv in the order in which a public client reads them; their headings
are a guess.
"""

REPORTS = {
    "rs": {
        **dict.fromkeys(
            (
                "SupportSession",
                "SupportSessionListing",
                "SupportSessionSummary",
                "SupportSessionRecording",
                "ShowMyScreenRecording",
                "CommandShellRecording",
                "PresentationSession",
                "PresentationSessionListing",
                "PresentationSessionRecording",
                "SupportCustExitSurvey",
                "SupportRepExitSurvey",
                "SupportTeam",
                "ArchiveListing",
                "Archive",
                "LicenseUsage",
            ),
            (0,),
        ),
        "EndpointLicenseUsage": (22, 1),
        "Syslog": (22, 1),
        "JumpItem": (24, 3),
    },
    "pra": {
        **dict.fromkeys(
            (
                "AccessSession",
                "AccessSessionListing",
                "AccessSessionSummary",
                "AccessSessionRecording",
                "CommandShellRecording",
                "Team",
                "ArchiveListing",
                "Archive",
                "VaultAccountActivity",
            ),
            (0,),
        ),
        "EndpointLicenseUsage": (22, 1),
        "Syslog": (23, 2),
        "JumpItem": (24, 3),
    },
}
"""By product: its reports, and since which version it has them. The guide's for RS; PRA's names
before VaultAccountActivity are inferred from those.
"""
_PERMISSIONS = {
    "EndpointLicenseUsage": "perm_reporting_license",
    "JumpItem": "perm_reporting_jump_item",
    "Syslog": "perm_reporting_syslog",
}


def answer(appliance, account: dict, call: Call, entry) -> Answer:
    """Make a report for an account. Raises Refused where the account may not."""
    name = call.parameters.get("generate_report", "")
    try:
        if call.error is not None:
            raise call.error
        if all(name not in reports for reports in REPORTS.values()):
            raise broken("there is no such report")
        since = REPORTS[appliance.product].get(name)
        if since is None or tuple(int(part) for part in appliance.version.split(".")) < since:
            raise CallError("This product or version has no such report")
        if name in _PERMISSIONS and not account["permissions"][_PERMISSIONS[name]]:
            raise denied(appliance.switches, "reporting", _PERMISSIONS[name])
        if name != "EndpointLicenseUsage":
            raise CallError("The simulator does not know this report yet")
        check_names(
            appliance.switches, call.parameters, ["generate_report"], "EndpointLicenseUsage"
        )
    except CallError as error:
        if error.violation:
            appliance.journal.violate(entry, error.reason)
        return error_answer(appliance.switches, "reporting", error.reason)
    mark("beyondtrust", f"report {name}", entry.client)
    headers = {"content-disposition": 'attachment; filename="endpoint_license_usage.zip"'}
    return Answer(200, endpoint_license_usage(appliance), "application/zip", headers, chunked=True)


def endpoint_license_usage(appliance) -> bytes:
    """The report as a ZIP file: the jump items, and two more files of which only the purpose is
    documented.
    """
    rows = list(_jump_items(appliance))
    now = datetime.fromtimestamp(appliance.clock.now_ms() / 1000, UTC)
    files = {
        "jump_items.csv": [COLUMNS, *rows],
        "daily_counts.csv": [
            ("Date", "Jump Items", "Licenses Used"),
            (now.date().isoformat(), len(rows), len(rows)),
        ],
        "summary.csv": [
            ("Appliance", "Endpoint Licenses Used"),
            (appliance.site["hostname"], len(rows)),
        ],
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, lines in files.items():
            text = io.StringIO()
            csv.writer(text, quoting=csv.QUOTE_ALL).writerows(lines)
            file.writestr(
                zipfile.ZipInfo(name, now.timetuple()[:6]), text.getvalue(), zipfile.ZIP_DEFLATED
            )
    return archive.getvalue()


def _jump_items(appliance) -> Iterator[tuple]:
    """A row per jump item: shortcuts of all kinds, and jump clients that are not uninstalled."""
    names = {
        collection: {each["id"]: each["name"] for each in configuration.find(appliance, collection)}
        for collection in ("jumpoint", "jump-group")
    }
    users = {each["id"]: each["username"] for each in configuration.find(appliance, "user")}
    for item in _all_items(appliance):
        owners = users if item["jump_group_type"] == "personal" else names["jump-group"]
        if item["jump_group_id"] in owners and (
            item.get("jumpoint_id") is None or item["jumpoint_id"] in names["jumpoint"]
        ):
            yield (
                item["name"],
                item.get("hostname") or item.get("url") or "",
                names["jumpoint"].get(item.get("jumpoint_id"), ""),
                item.get("remote_app_name") or "",
                "yes",
                JUMP_METHODS[item["kind"]],
                owners[item["jump_group_id"]],
            )


def _all_items(appliance) -> Iterator[dict]:
    """All jump items with their kinds. A shortcut whose jump group or jumpoint was removed is gone
    with it, but still in the site.
    """
    for kind in JUMP_METHODS:
        collection = kind if kind == "jump-client" else f"jump-item/{kind}"
        if collection in appliance.site["config"]:
            yield from (
                {**item, "kind": kind}
                for item in configuration.find(appliance, collection)
                if item.get("connection_type") != "uninstalled"
            )
    yield from appliance.site["shortcuts"]
