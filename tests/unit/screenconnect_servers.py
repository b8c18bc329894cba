"""A simulated ScreenConnect server with a site small enough to have in mind, and the connection
options to reach it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from tests.simulator.screenconnect import ScreenConnect
from tests.simulator.serving import Running
from tests.unit.simulated import Simulated

# A secret that looks different in a URL, in JSON and in a query string, so that every form of it
# can be looked for.
SECRET = 's3/cr+et %41"&7'
ORIGIN = "https://screenconnect.example.org"

PRESS, WEB, OFFICE, RECEPTION, OTHER_RECEPTION, SUPPORT, MEETING = (
    f"0000000{number}-0000-4000-8000-00000000000{number}" for number in range(1, 8)
)


def small_screenconnect() -> dict:
    """Return a seed: a Windows and a Linux guest that are online, a Windows guest that is not, two
    sessions of one name, one session of each other type.
    """
    return {
        "toolbox": ["Collect Logs"],
        "sessions": {
            PRESS: {  # an agent whose session has no name, as most have none
                "CustomPropertyValues": ["Plant A", "Line 1", "", "", "HF-1"],
                "GuestInfo": {
                    "MachineName": "PRESS-01",
                    "OperatingSystemName": "Windows 11 Pro",
                    "LoggedOnUserName": "operator",
                    "LastBootTime": 1_768_000_000_123,
                },
                "GuestClientVersion": "24.3.7.9067",
                "online": True,
            },
            WEB: {
                "Name": "web-1",
                "CustomPropertyValues": ["Plant A", "IT"],
                "GuestInfo": {
                    "MachineName": "web-1",
                    "OperatingSystemName": "Ubuntu 24.04 LTS",
                    "PrivateNetworkAddress": "10.1.0.5",
                },
                "online": True,
            },
            OFFICE: {
                "CustomPropertyValues": ["Plant B", "Office"],
                "GuestInfo": {"MachineName": "OFFICE-3", "OperatingSystemName": "Windows 10 Pro"},
                "online": False,
            },
            RECEPTION: {
                "Name": "Reception",
                "CustomPropertyValues": ["Plant A"],
                "GuestInfo": {"MachineName": "REC-A", "OperatingSystemName": "Windows 11 Pro"},
                "online": True,
            },
            OTHER_RECEPTION: {
                "Name": "Reception",
                "CustomPropertyValues": ["Plant B"],
                "GuestInfo": {"MachineName": "REC-B", "OperatingSystemName": "Debian GNU/Linux 12"},
                "online": True,
            },
            SUPPORT: {
                "SessionType": "Support",
                "Name": "Printer at gate 3",
                "Code": "480213",
                "Host": "a.keller",
                "hosts": ["a.keller"],
            },
            MEETING: {"SessionType": "Meeting", "Name": "Stock review", "IsPublic": True},
        },
    }


def reach_screenconnect(
    server: ScreenConnect, running: Running, expected_violations: tuple[str, ...] = ()
) -> Simulated:
    """Return a running server with the options of the modules that manage it, at a pace that costs
    no time.
    """
    options = {
        "url": running.url,
        "auth_secret": server.secret,
        "ca_path": running.ca_path,
        "retries": 0,
    }
    if server.site["allowed_origin"]:
        options["origin"] = server.site["allowed_origin"]
    if server.switches.session_type_wire == "name":
        options["session_type_wire"] = "name"
    return Simulated(server, running, options, {server.secret}, expected_violations)
