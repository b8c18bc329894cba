"""A believable company for the simulated SimpleHelp server: Harrow & Finch, a wholesaler of
veterinary supplies.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from itertools import islice

from .clock import START_MS

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
GIB = 1 << 30

GROUPS = {
    "Administrators": {"videoPassword": "keep-the-tapes"},
    "Helpdesk": {
        "max_groupShSessions": 20,
        "max_userShSessions": 4,
        "requestAccessTimeout": 30_000,
    },
    "Field Service": {
        "max_groupSgSessions": 12,
        "max_userSgSessions": 2,
        "sessionSpeedLimitKbps": 2_000,
        "fpsDelay": 100,
    },
    "Warehouse Systems": {
        "defaultSgServiceName": "Harrow & Finch Warehouse",
        "maxFileSize": 50_000_000,
    },
    "Practice Support": {
        "groupSpecificHostname": "practices.harrow-finch.example",
        "maxFileSize": 10_000_000,
    },
    "Network Operations": {"requestAccessTimeout": 0, "maxFileSize": 2_000_000_000},
    "Night Shift": {"max_groupShSessions": 3, "max_groupSgSessions": 3},
    "External Partners": {
        "allowAnonymousLogins": True,
        "maxFileSize": 1_000_000,
        "videoPassword": "partner-video",
    },
}
_SETTINGS = {
    "Administrators": {"mfaSettings": {"app": True, "rememberMachine": False}},
    "Helpdesk": {
        "ldapSettings": {
            "enabled": True,
            "advanced": False,
            "baseDN": "ou=people,dc=harrow-finch,dc=example",
            "memberOfGroups": ["cn=helpdesk,ou=groups,dc=harrow-finch,dc=example"],
        },
        "mfaSettings": {
            "email": True,
            "emailCodeLength": 8,
            "emailSubject": "Your Harrow & Finch code",
            "emailBody": "Your code is %CODE%.",
        },
    },
    "External Partners": {"passwordSettings": {"enabled": True}},
}
_PERMITTED = {
    "Helpdesk": (
        "canChat",
        "canElevateSession",
        "canRunTools",
        "canTransferFiles",
        "canViewHistory",
    ),
    "Field Service": (
        "canAccessRemoteServices",
        "canRebootMachines",
        "canRunTools",
        "canViewMonitoring",
    ),
    "Warehouse Systems": (
        "canAccessRemoteServices",
        "canRunTools",
        "canTransferFiles",
        "canUseTerminal",
    ),
    "Practice Support": ("canChat", "canShareSessions"),
    "Network Operations": (
        "canAccessRemoteServices",
        "canManageAlerts",
        "canTunnelApplications",
        "canUseTerminal",
    ),
    "Night Shift": ("canChat", "canAccessRemoteServices", "canRebootMachines"),
    "External Partners": (),
}
_FIRST_NAMES = (
    "Anna",
    "Bilal",
    "Carys",
    "Dermot",
    "Elif",
    "Femi",
    "Greta",
    "Hamish",
    "Ingrid",
    "Jonas",
    "Katarzyna",
    "Liam",
    "Maeve",
    "Nils",
    "Orla",
    "Priya",
    "Quentin",
    "Rosa",
    "Siobhán",
    "Tomasz",
    "Una",
    "Viktor",
    "Wanda",
    "Yusuf",
    "Zoë",
)
_LAST_NAMES = (
    "Keller",
    "Okafor",
    "Byrne",
    "Larsen",
    "Whitfield",
    "Jansen",
    "Müller",
    "Hughes",
    "Doyle",
    "Nowak",
    "Patel",
    "Visser",
    "Ashdown",
    "Brandt",
    "Kinsella",
    "Moreau",
    "Lindqvist",
)
_CITIES = (  # country, city, prefix of machine names, first part of the addresses
    ("United Kingdom", "London", "LDN", "10.10"),
    ("United Kingdom", "Leeds", "LDS", "10.11"),
    ("United Kingdom", "Bristol", "BRS", "10.12"),
    ("Ireland", "Dublin", "DUB", "10.20"),
    ("Ireland", "Cork", "ORK", "10.21"),
    ("Germany", "Hamburg", "HAM", "10.30"),
    ("Germany", "München", "MUC", "10.31"),
    ("Netherlands", "Utrecht", "UTC", "10.40"),
)
_DEPARTMENTS = (
    ("Warehouse", "WHS"),
    ("Dispatch", "DSP"),
    ("Sales", "SAL"),
    ("Finance", "FIN"),
    ("Cold Store", "CLD"),
)
_COUNTRY_PROPERTIES = {
    "United Kingdom": {"currency": "GBP", "vat": "20"},
    "Ireland": {"currency": "EUR", "vat": "23"},
    "Germany": {"currency": "EUR", "vat": "19"},
    "Netherlands": {"currency": "EUR", "vat": "21"},
}
_SYSTEMS = (
    "Windows 11 Pro",
    "Windows 11 Pro",
    "Windows 10 Pro",
    "Windows Server 2022",
    "Ubuntu 24.04",
    "macOS 15",
)
_MODELS = (  # model, identifier, manufacturer, GiB of memory, GiB of disk, processor, Hz, cores
    (
        "OptiPlex 7010",
        "OptiPlex7010",
        "Dell Inc.",
        16,
        512,
        "Intel Core i5-13500",
        "2500000000",
        14,
    ),
    ("EliteDesk 800 G9", "EliteDesk800G9", "HP", 32, 1024, "Intel Core i7-12700", "2100000000", 12),
    (
        "ThinkPad T14 Gen 4",
        "21HD0044GE",
        "LENOVO",
        16,
        512,
        "AMD Ryzen 7 PRO 7840U",
        "3300000000",
        8,
    ),
    (
        "PowerEdge R450",
        "PowerEdgeR450",
        "Dell Inc.",
        128,
        4096,
        "Intel Xeon Silver 4314",
        "2400000000",
        16,
    ),
    ("Mac mini", "Macmini9,1", "Apple Inc.", 16, 256, "Apple M1", "3200000000", 8),
)
RESTRICTIONS = (
    r"10\.\d{1,3}\.\d{1,3}\.\d{1,3}",
    r"192\.0\.2\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])",
    r"198\.51\.100\.7",
)
_COMPLAINTS = (
    "The label printer prints only half of the address.",
    "The scanner at gate 3 does not connect.",
    "Stock of flea collars is shown as negative.",
    "Outlook asks for the password again and again.",
    "The temperature log of the cold store has a gap.",
    "The invoice for Ashdown Vets cannot be opened.",
)


def _pick(items, *numbers: int):
    """An item that looks arbitrary and is always the same for the same numbers."""
    mixed = 0
    for number in numbers:
        mixed = (mixed + number + 1) * 2_654_435_761 & 0xFFFFFFFF
    return items[(mixed >> 8) % len(items)]


def company(machines: int = 300, technicians: int = 40) -> dict:
    """The seed of the company's server, in the shape that README.md describes; equal for equal
    numbers.

    There is at least one technician, else ValueError. A tenth of them, at most four, are not
    people: accounts of anonymous logins and one for preconfigured applications.
    """
    if technicians < 1:
        raise ValueError("the company has at least one technician")
    people = _technicians(technicians)
    park = dict(_machine(number) for number in range(machines))
    access_sessions = _access_sessions(park, people)
    return {
        "now_ms": START_MS,
        "hostname": "support.harrow-finch.example",
        "groups": _groups(),
        "technicians": people,
        "machines": park,
        "machine_groups": _machine_groups(),
        "restrictions": list(RESTRICTIONS),
        "history": [_history(number, people, park) for number in range(400)],
        "alerts": _alerts(park),
        "support_queue": [_support_session(number, None) for number in range(3)],
        "support_sessions": [
            _support_session(number, _person(people, number)) for number in range(10, 14)
        ],
        "access_sessions": access_sessions,
    }


def _groups() -> dict:
    from_one = enumerate(GROUPS.items(), 1)
    return {
        name: {
            "uniqueID": number,
            **attributes,
            **_SETTINGS.get(name, {}),
            "permissions": dict.fromkeys(_PERMITTED[name], True)
            if name in _PERMITTED
            else {"canRunTools": True},
        }
        for number, (name, attributes) in from_one
    }


def _ascii(name: str) -> str:
    return name.lower().translate(str.maketrans({"á": "a", "ü": "ue", "ë": "e"}))


def _technicians(number: int) -> dict:
    special = min(4, number // 10)
    found: dict[str, dict] = {}
    for index in range(number - special):
        # 25 and 17 have no common divisor, so the first 425 names are different; then a number is
        # added.
        first, last = _FIRST_NAMES[index % 25], _LAST_NAMES[index % 17]
        turn = index // (25 * 17)
        username = f"{_ascii(first)[0]}.{_ascii(last)}"
        if turn or username in found:
            username = f"{_ascii(first)}.{_ascii(last)}{turn + 1 if turn else ''}"
        found[username] = {
            "uniqueID": index + 1,
            "displayName": f"{first} {last}{f' {turn + 1}' if turn else ''}",
            "enabled": index % 13 != 12,
            "allowLocallyAuthenticatedLogins": index % 5 != 4,
            "groupIDs": _membership(index),
            "password": f"secret-of-{username}",
            "totp": index % 3 == 0,
        }
        if index % 19 != 18:
            found[username]["emailAddress"] = f"{username}@example.org"
    for index in range(special):
        unique_id = number - special + index + 1
        if index == special - 1:
            found["app.stocktake"] = {
                "uniqueID": unique_id,
                "displayName": "Stocktake terminals",
                "appProfilesUser": True,
                "groupIDs": [4],
            }
        else:
            found[f"anonymous-{unique_id:04x}"] = {
                "uniqueID": unique_id,
                "displayName": f"Partner {index + 1}",
                "isAnonymous": True,
                "allowLocallyAuthenticatedLogins": False,
                "groupIDs": [8],
            }
    return found


def _membership(index: int) -> list[int]:
    if index < 2:
        return [1]
    first = index % 6 + 2
    return [first, 7] if index % 8 == 7 and first != 7 else [first]


def _person(people: dict, number: int) -> tuple[str, dict]:
    usernames = list(people)
    return usernames[number % len(usernames)], people[usernames[number % len(usernames)]]


def _machine_groups() -> dict:
    tree: dict = {}
    for country, city, prefix, _network in _CITIES:
        node = tree.setdefault(country, {"properties": _COUNTRY_PROPERTIES[country], "groups": {}})
        departments = {
            name: {"properties": {"cost-centre": f"{prefix}-{4100 + 10 * number}"}, "groups": {}}
            for number, (name, _short) in enumerate(_DEPARTMENTS)
        }
        departments["Cold Store"]["properties"]["contact"] = "cold.chain@example.org"
        contact = f"{_ascii(city)}.office@example.org"
        node["groups"][city] = {
            "properties": {"site-code": prefix, "contact": contact},
            "groups": departments,
        }
    return tree


_HARDWARE = tuple(
    {
        "totalMemory": memory * GIB,
        "modelName": model,
        "modelIdentifier": identifier,
        "manufacturer": manufacturer,
        "eccMemory": model.startswith("PowerEdge"),
        "memory": [
            {
                "capacity": memory * GIB // 2,
                "type": "DDR4",
                "speedHz": 3_200_000_000,
                "status": "ok",
                "manufacturer": "Micron",
            }
        ]
        * 2,
        "disks": [
            {
                "disk": "disk0",
                "deviceName": "NVMe 0",
                "mediaName": "Samsung PM9A1",
                "capacity": disk * GIB,
                "type": "SSD",
                "protocol": "PCI-Express",
                "internal": True,
            }
        ],
        "processors": [{"name": processor, "speedHz": speed, "cores": cores, "is64bit": True}],
    }
    for model, identifier, manufacturer, memory, disk, processor, speed, cores in _MODELS
)


def _machine(number: int) -> tuple[str, dict]:
    country, city, prefix, network = _pick(_CITIES, number, 1)
    department, short = _pick(_DEPARTMENTS, number, 2)
    system = _pick(_SYSTEMS, number, 3)
    online = number % 6 != 5
    name = f"{prefix}-{short}-{number:03d}"
    groups = [country, city, department]
    if number % 50 == 23:
        name, groups = "RECEPTION", [country, city]  # a name that several machines have
    elif number % 100 == 64:
        groups = []
    hostname = f"{prefix}-{short}-{number:03d}".lower()
    hardware = _HARDWARE[
        4
        if system.startswith("mac")
        else 3
        if "Server" in system or "Ubuntu" in system
        else number % 3
    ]
    octets = f"{network}.{number // 250 % 250}.{number % 250 + 4}"
    wan_ip = f"203.0.113.{_CITIES.index((country, city, prefix, network)) + 10}"
    mac = f"02:00:5e:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"
    adapters = [{"ip": octets, "mac": mac, "name": "Ethernet"}]
    if number % 9 == 4:
        adapters.append(
            {"ip": f"192.168.{number % 200}.17", "mac": f"06{mac[2:]}", "name": "Wi-Fi"}
        )
    registered = START_MS - (number % 3000 * 1000 if online else (1 + number % 40) * DAY)
    machine = {
        "online": online,
        "groups": groups,
        "name": name,
        "state": "Unknown" if not online else "Headless" if "Ubuntu" in system else "Not In Use",
        "protocol": "UDP" if number % 4 else "TCP",
        "lastRegistrationTime": registered,
        "sessionCount": 0,
        "monitoringEnabled": number % 3 != 2,
        "os": system,
        "hostname": hostname,
        "wanIP": wan_ip,
        "ipAddresses": adapters,
        "notes": f"Moved from desk {number % 90} in 2024.\nAsk for the key."
        if number % 7 == 3
        else "",
        "warnings": "Part of the cold chain: never restart between 22:00 and 05:00."
        if department == "Cold Store"
        else "",
        "properties": {"asset-tag": f"HF-{10_000 + number}"},
        "hardware": {**hardware, "serial": f"{prefix}{7_000_000 + number}"},
        "monitoring": {
            "cpuLoadAverages": [number % 60 + 5, number % 50 + 4, number % 40 + 3],
            "memoryLoadAverages": [number % 70 + 20, number % 70 + 18, number % 70 + 15],
            "is64bit": True,
            "os": system,
            "hostname": hostname,
            "wanIP": wan_ip,
            "lastRestarted": registered - number % 30 * DAY,
            "disks": [
                {
                    "name": "C:" if system.startswith("Windows") else "/",
                    "usedPercentage": number % 95 + 0.5,
                }
            ],
            "cpuOffenders": [
                {
                    "name": _pick(("stockd", "chrome", "labelprint", "Teams"), number),
                    "usedPercentage": 12.5,
                }
            ],
            "networkAdapters": adapters,
        },
    }
    if number % 25 == 9:
        machine["properties"] |= {
            "contact": "night.porter@example.org",
            "License": f"L-{number * 7919 % 100_000:05d}",
        }
    if number % 60 == 31:  # installed, and never heard of since
        machine["hardware"] = machine["monitoring"] = None
    return f"SG_{4_700_000_000 + number * 7919}", machine


_MACHINE_ATTRIBUTES = (
    "online",
    "groups",
    "name",
    "state",
    "protocol",
    "lastRegistrationTime",
    "sessionCount",
    "monitoringEnabled",
    "os",
    "hostname",
    "wanIP",
    "ipAddresses",
)


def _snapshot(park: dict, machine_id: str) -> dict:
    return {"machineID": machine_id} | {
        name: park[machine_id][name] for name in _MACHINE_ATTRIBUTES
    }


def _customer(number: int) -> dict:
    practice = _pick(
        ("Ashdown Vets", "Tierklinik Elbe", "Liffey Animal Hospital", "Domplein Dierenarts"), number
    )
    return {
        "customerID": f"CU_{880_000 + number}",
        "timeInQueue": (number % 9 + 1) * 20_000,
        "username": f"reception{number % 4}",
        "country": _pick(("United Kingdom", "Germany", "Ireland", "Netherlands"), number, 4),
        "domain": "support.harrow-finch.example",
        "url": "https://support.harrow-finch.example/customer",
        "os": _pick(_SYSTEMS, number, 5),
        "hostname": f"PRACTICE-{number % 80:02d}",
        "wanIP": f"198.51.100.{number % 250 + 1}",
        "ipAddresses": [f"192.168.1.{number % 250 + 2}"],
        "details": {"Practice": practice, "Problem": _pick(_COMPLAINTS, number, 6)},
    }


def _support_session(number: int, technician: tuple[str, dict] | None) -> dict:
    session = {
        "sessionID": f"S-{990_000 + number}",
        "startTime": START_MS - (number % 7 + 1) * 4 * MINUTE,
        "customer": _customer(number),
    }
    if technician is not None:
        username, person = technician
        session |= {
            "technicianUsername": username,
            "technicianDisplayName": person["displayName"],
            "technicianID": person["uniqueID"],
        }
    return session


def _access_sessions(park: dict, people: dict) -> list[dict]:
    """Five sessions to machines that are online, which are marked as in use."""
    sessions = []
    online = [machine_id for machine_id, machine in park.items() if machine["online"]]
    for number, machine_id in enumerate(online[:: max(1, len(online) // 5)][:5]):
        park[machine_id] |= {"state": "In Use", "sessionCount": 1}
        username, person = _person(people, number + 3)
        sessions.append(
            {
                "sessionID": f"A-{770_000 + number}",
                "startTime": START_MS - (number + 1) * 9 * MINUTE,
                "technicianUsername": username,
                "technicianDisplayName": person["displayName"],
                "technicianID": person["uniqueID"],
                "machine": _snapshot(park, machine_id),
            }
        )
    return sessions


def _history(number: int, people: dict, park: dict) -> dict:
    """The session that lies `number` steps of 37 minutes back; every tenth starts in the same
    millisecond as the one before.
    """
    kind = (
        "Presentation"
        if number % 20 == 13
        else "Support"
        if number % 5 < 2 or not park
        else "Access"
    )
    username, person = _person(people, number * 7)
    start = START_MS - HOUR - (number - (number % 10 == 9)) * 37 * MINUTE
    duration = (number % 50 + 1) * 47_000
    mode = _pick(
        ("VNC", "VNC", "VNC", "File Transfer", "Diagnostics", "App Tunnel", "Terminal", "Mobile"),
        number,
        7,
    )
    entry = {
        "sessionID": f"H-{500_000 - number}",
        "type": kind,
        "technicianName": person["displayName"],
        "technicianUsername": username,
        "start": start,
        "duration": duration,
        "lastModified": start + duration,
        "hasRecording": number % 4 == 0,
        "mode": mode,
    }
    if number % 33 == 20:
        entry["lastModified"] = START_MS - number % 5 * HOUR  # a comment was added later
    if number % 41 == 17:
        # Has no account any more.
        entry |= {"technicianName": "Former Colleague", "technicianUsername": "f.colleague"}
    if mode == "App Tunnel":
        entry["appTunnelTarget"] = "localhost:3389"
    if number % 3 == 0:
        entry["comments"] = f"Solved: {_pick(_COMPLAINTS, number, 8)}"
    if kind == "Support":
        entry |= {
            "customer": _customer(number),
            "chat": f"Customer: {_pick(_COMPLAINTS, number, 6)}\n{person['displayName']}: One moment.",
        }
    elif kind == "Access":
        ids = list(park) if len(park) < 1000 else _first(park, 1000)
        entry["machine"] = _snapshot(park, ids[number * 13 % len(ids)])
    return entry


def _first(park: dict, number: int) -> list[str]:
    return list(islice(park, number))


def _alerts(park: dict) -> list[dict]:
    ids = _first(park, 200)
    described = (
        (
            "Cold store offline",
            "critical",
            ids[5:200:60],
            "The machine has not reported for 15 minutes.",
            "Offline",
        ),
        ("Disk nearly full", "severe", ids[90:94], "A disk is more than 90 % full.", "Disk > 90 %"),
        (
            "High memory load",
            "warning",
            ids[60:62],
            "The memory load was above 85 % for 10 minutes.",
            "Memory > 85 %",
        ),
        ("Restart pending", "information", [], "", ""),
        ("Label service stopped", "severe", [], "", ""),
        (
            "Old client version",
            "information",
            ids[10:13],
            "The remote access service is older than 5.5.",
            "Old version",
        ),
    )
    return [
        {
            "name": name,
            "active": name != "Label service stopped",
            "triggered": bool(triggered),
            "triggeredMachineIDs": triggered,
            "lastReportMS": START_MS - number * MINUTE,
            "severity": severity,
            "state_since_ms": START_MS - (number + 1) * HOUR,
            **({"reason": reason, "shortReason": short} if triggered else {}),
        }
        for number, (name, severity, triggered, reason, short) in enumerate(described)
    ]
