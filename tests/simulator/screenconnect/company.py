"""A believable company's ScreenConnect server: that of Harrow & Finch, with machines of its
SimpleHelp server and of its plants.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import uuid

from ..clock import START_MS

PROPERTY_NAMES = (
    "Site",
    "Department",
    "Device Type",
    "Owner",
    "Asset Tag",
    "Maintenance Window",
    "Cost Centre",
    "Notes for Support",
)
"""What the company calls its eight custom properties; the server does not tell."""

_MINUTE, _DAY = 60_000, 86_400_000
_SITES = (
    ("London", "LDN", "10.10"),
    ("Leeds", "LDS", "10.11"),
    ("Dublin", "DUB", "10.20"),
    ("Hamburg", "HAM", "10.30"),
    ("München", "MUC", "10.31"),
)
_DEPARTMENTS = (
    ("Warehouse", "WHS"),
    ("Dispatch", "DSP"),
    ("Sales", "SAL"),
    ("Finance", "FIN"),
    ("Cold Store", "CLD"),
)
_SYSTEMS = (  # name, version, manufacturer, model, processor, cores, MB of memory, device type
    (
        "Windows 11 Pro",
        "10.0.22631.0",
        "Dell Inc.",
        "OptiPlex 7010",
        "Intel(R) Core(TM) i5-13500",
        20,
        16_384,
        "Workstation",
    ),
    (
        "Windows 11 Pro",
        "10.0.22631.0",
        "LENOVO",
        "ThinkPad T14 Gen 4",
        "AMD Ryzen 7 PRO 7840U",
        16,
        16_384,
        "Laptop",
    ),
    (
        "Windows Server 2022 Standard",
        "10.0.20348.0",
        "Dell Inc.",
        "PowerEdge R450",
        "Intel(R) Xeon(R) Silver 4314",
        32,
        131_072,
        "Server",
    ),
    (
        "Ubuntu 24.04 LTS",
        "6.8.0.45",
        "Supermicro",
        "SYS-510T",
        "Intel(R) Xeon(R) E-2378",
        16,
        65_536,
        "Server",
    ),
    (
        "Debian GNU/Linux 12",
        "6.1.0.25",
        "Raspberry Pi Ltd",
        "Raspberry Pi 5",
        "Cortex-A76",
        4,
        8_192,
        "Gateway",
    ),
)
_PEOPLE = ("a.keller", "b.okafor", "c.byrne", "d.larsen", "e.müller")


def session_id(number: int) -> str:
    """The id of the company's session with this number, the same in each run."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{number}.harrow-finch.example"))


def company(sessions: int = 60, now_ms: int = START_MS) -> dict:
    """The seed of the company's server, in the shape that README.md describes; equal for equal
    numbers.

    `sessions` is the number of access sessions; some support sessions and meetings come on top.
    """
    park = {session_id(number): _access(number, now_ms) for number in range(sessions)}
    others = [
        {
            "SessionType": "Support",
            "Name": "Label printer at gate 3",
            "Code": "480213",
            "Host": "a.keller",
            "online": True,
            "hosts": ["a.keller"],
        },
        {
            "SessionType": "Support",
            "Name": "Outlook asks for the password",
            "Code": "",
            "IsPublic": True,
            "Host": "b.okafor",
        },
        {
            "SessionType": "Support",
            "Name": "Invoice for Ashdown Vets",
            "Code": "719204",
            "Host": "a.keller",
            "IsEnded": True,
            "online": False,
        },
        {
            "SessionType": "Meeting",
            "Name": "Weekly stock review",
            "Code": "STOCK",
            "Host": "c.byrne",
            "hosts": ["c.byrne"],
        },
        {
            "SessionType": "Meeting",
            "Name": "Supplier call: O'Brien & Sons",
            "Code": "OBRIEN",
            "Host": "d.larsen",
        },
    ]
    return {
        "now_ms": now_ms,
        "toolbox": ["Collect Logs", "Printer Reset.exe", "Disk Report.ps1"],
        "sessions": {
            **park,
            **{session_id(100_000 + number): other for number, other in enumerate(others)},
        },
    }


def _access(number: int, now_ms: int) -> dict:
    site, prefix, network = _SITES[number % len(_SITES)]
    department, letters = _DEPARTMENTS[number // len(_SITES) % len(_DEPARTMENTS)]
    system, version, manufacturer, model, processor, cores, memory, device = _SYSTEMS[
        (number * 7 + number // 5) % len(_SYSTEMS)
    ]
    windows = system.startswith("Windows")
    machine = (
        f"{prefix}-{letters}-{number:03}" if windows else f"{prefix}-{letters}-{number:03}".lower()
    )
    online = number % 6 != 4
    session = {
        "SessionType": "Access",
        "Name": _name(number, site, department),
        "CustomPropertyValues": [
            site,
            department,
            device,
            _PEOPLE[number % len(_PEOPLE)] if device == "Laptop" else "",
            f"HF-{4000 + number}",
            "Sunday 02:00-05:00" if device == "Server" else "",
            "" if number % 9 == 0 else f"CC{100 + number % 7}",
            "",
        ],
        "GuestClientVersion": "24.3.7.9067" if number % 8 else "23.9.10.8817",
        "GuestNetworkAddress": f"192.0.2.{number % 5 + 1}",
        "GuestInfoUpdateTime": now_ms - number % 50 * _MINUTE,
        "GuestInfo": {
            "MachineName": machine,
            "MachineDomain": "HARROW-FINCH" if windows else "",
            "MachineManufacturerName": manufacturer,
            "MachineModel": model,
            "MachineSerialNumber": f"SN{70_000 + number * 37}",
            "OperatingSystemName": system,
            "OperatingSystemVersion": version,
            "ProcessorName": processor,
            "ProcessorVirtualCount": cores,
            "SystemMemoryTotalMegabytes": memory,
            "SystemMemoryAvailableMegabytes": memory * (30 + number % 50) // 100,
            "PrivateNetworkAddress": f"{network}.{number // 200}.{number % 200 + 10}",
            "HardwareNetworkAddress": f"02:00:5E:00:{number // 256:02X}:{number % 256:02X}",
            "LastBootTime": now_ms - (number % 30 + 1) * _DAY - number * 1_234,
            "TimeZoneName": "W. Europe Standard Time"
            if prefix in ("HAM", "MUC")
            else "GMT Standard Time",
            "TimeZoneOffsetHours": 1 if prefix in ("HAM", "MUC") else 0,
            "IsLocalAdminPresent": False,
        },
        "online": online,
    }
    if device in ("Workstation", "Laptop"):
        session["GuestInfo"] |= {
            "LoggedOnUserName": _PEOPLE[number % len(_PEOPLE)],
            "LoggedOnUserDomain": "HARROW-FINCH",
            "LastActivityTime": now_ms - number % 90 * _MINUTE,
        }
    if number % 17 == 3:
        session["hosts"] = ["a.keller"]
    return session


def _name(number: int, site: str, department: str) -> str:
    """The name of a session: blank as most agents' are, for some of them what people call the
    machine. Two have one name.
    """
    if number in (7, 12):
        return "Reception"
    return f"{site} {department} gateway" if number % 10 == 9 else ""
