"""The objects of the SimpleHelp document with the types of their attributes, and how values are
held against them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .answers import broken


class Shape(dict):
    """Attribute name -> type. A type is one of the Scalars, a Shape, a Map, or a list that holds
    the type of the items.
    """

    def __init__(self, attributes: dict):
        super().__init__(attributes)
        self.nested = tuple(
            (name, kind) for name, kind in attributes.items() if isinstance(kind, Shape)
        )


class Scalar:
    """A simple type under its name in the document, with the range of its numbers."""

    def __init__(self, name: str, *python: type, bits: int = 0):
        self.name, self.python, self.limit = name, python, 1 << (bits - 1) if bits else 0

    def holds(self, value: object) -> bool:
        """Whether `value` is of exactly this type; a Boolean is no number."""
        return type(value) in self.python and (not self.limit or -self.limit <= value < self.limit)


class Map:
    """A JSON object with free names and values of one type."""

    def __init__(self, kind: Scalar):
        self.kind = kind


STRING, BOOLEAN, DOUBLE = (
    Scalar("String", str),
    Scalar("Boolean", bool),
    Scalar("Double", float, int),
)
INTEGER, LONG = Scalar("Integer", int, bits=32), Scalar("Long", int, bits=64)

TECHNICIAN = Shape(
    {
        "uniqueID": INTEGER,
        "displayName": STRING,
        "username": STRING,
        "emailAddress": STRING,
        "isAnonymous": BOOLEAN,
        "allowLocallyAuthenticatedLogins": BOOLEAN,
        "enabled": BOOLEAN,
        "appProfilesUser": BOOLEAN,
        "groupIDs": [INTEGER],
    }
)
LDAP_SETTINGS = Shape(
    {
        "enabled": BOOLEAN,
        "advanced": BOOLEAN,
        "baseDN": STRING,
        "filter": STRING,
        "memberOfGroups": [STRING],
    }
)
MFA_SETTINGS = Shape(
    {
        "email": BOOLEAN,
        "app": BOOLEAN,
        "emailCodeLength": INTEGER,
        "emailSubject": STRING,
        "emailBody": STRING,
        "rememberMachine": BOOLEAN,
    }
)
# The document names the object and none of its attributes: a guess.
PASSWORD_SETTINGS = Shape({"enabled": BOOLEAN})
GROUP = Shape(
    {
        "uniqueID": INTEGER,
        "name": STRING,
        "allowAnonymousLogins": BOOLEAN,
        "max_groupShSessions": INTEGER,
        "max_groupSgSessions": INTEGER,
        "max_userShSessions": INTEGER,
        # Printed as a second max_userShSessions, described as access sessions.
        "max_userSgSessions": INTEGER,
        "maxFileSize": LONG,
        "requestAccessTimeout": LONG,
        "groupSpecificHostname": STRING,
        "defaultSgServiceName": STRING,
        "videoPassword": STRING,
        "sessionSpeedLimitKbps": INTEGER,
        "fpsDelay": LONG,
        "ldapSettings": LDAP_SETTINGS,
        "mfaSettings": MFA_SETTINGS,
        "passwordSettings": PASSWORD_SETTINGS,
    }
)
NETWORK_ADAPTER = Shape({"ip": STRING, "mac": STRING, "name": STRING})
MACHINE = Shape(
    {
        "machineID": STRING,
        "online": BOOLEAN,
        "groups": [STRING],
        "name": STRING,
        "state": STRING,
        "protocol": STRING,
        "lastRegistrationTime": LONG,
        "sessionCount": INTEGER,
        "monitoringEnabled": BOOLEAN,
        "os": STRING,
        "hostname": STRING,
        "wanIP": STRING,
        "ipAddresses": [NETWORK_ADAPTER],
    }
)
MEMORY = Shape(
    {"capacity": LONG, "type": STRING, "speedHz": LONG, "status": STRING, "manufacturer": STRING}
)
DISK = Shape(
    {
        "disk": STRING,
        "deviceName": STRING,
        "mediaName": STRING,
        "capacity": LONG,
        "type": STRING,
        "protocol": STRING,
        "internal": BOOLEAN,
    }
)
PROCESSOR = Shape({"name": STRING, "speedHz": STRING, "cores": INTEGER, "is64bit": BOOLEAN})
HARDWARE = Shape(
    {
        "machineID": STRING,
        "totalMemory": LONG,
        "modelName": STRING,
        "modelIdentifier": STRING,
        "manufacturer": STRING,
        "serial": STRING,
        "eccMemory": BOOLEAN,
        "memory": [MEMORY],
        "disks": [DISK],
        "processors": [PROCESSOR],
    }
)
USAGE = Shape({"name": STRING, "usedPercentage": DOUBLE})
MONITORING = Shape(
    {
        "machineID": STRING,
        "cpuLoadAverages": [INTEGER],
        "memoryLoadAverages": [INTEGER],
        "is64bit": BOOLEAN,
        "os": STRING,
        "hostname": STRING,
        "wanIP": STRING,
        "lastRestarted": LONG,
        "disks": [USAGE],
        "cpuOffenders": [USAGE],
        "networkAdapters": [NETWORK_ADAPTER],
    }
)
CUSTOMER = Shape(
    {
        "customerID": STRING,
        "timeInQueue": LONG,
        "username": STRING,
        "country": STRING,
        "domain": STRING,
        "url": STRING,
        "os": STRING,
        "hostname": STRING,
        "wanIP": STRING,
        "ipAddresses": [STRING],
        "details": Map(STRING),
    }
)
HISTORY = Shape(
    {
        "sessionID": STRING,
        "type": STRING,
        "technicianName": STRING,
        "technicianUsername": STRING,
        "start": LONG,
        "duration": LONG,
        "lastModified": LONG,
        "hasRecording": BOOLEAN,
        "chat": STRING,
        "comments": STRING,
        "mode": STRING,
        "appTunnelTarget": STRING,
        "machine": MACHINE,
        "customer": CUSTOMER,
    }
)
ALERT = Shape(
    {
        "name": STRING,
        "active": BOOLEAN,
        "triggered": BOOLEAN,
        "triggeredMachineIDs": [STRING],
        "reason": STRING,
        "shortReason": STRING,
        "lastReportMS": LONG,
        "stateAgeMS": LONG,
        "severity": STRING,
    }
)
_SESSION = {
    "sessionID": STRING,
    "technicianDisplayName": STRING,
    "technicianUsername": STRING,
    "technicianID": INTEGER,
    "elapsedTime": LONG,
    "startTime": LONG,
}
SUPPORT_SESSION = Shape({"customer": CUSTOMER, **_SESSION})
ACCESS_SESSION = Shape({"machine": MACHINE, **_SESSION})


def fit(value: object, kind, where: str, unknown: list[str]):
    """A copy of `value` that holds only what `kind` lists; names that it does not list are added to
    `unknown`.

    `where` names the value in messages. Raises Refused (a violation) where a type is wrong; null is
    no type.
    """
    if isinstance(kind, Scalar):
        if not kind.holds(value):
            raise broken(f"{where} must be of type {kind.name}")
        return value
    if isinstance(kind, list):
        if not isinstance(value, list):
            raise broken(f"{where} must be an array")
        return [
            fit(item, kind[0], f"{where}[{index}]", unknown) for index, item in enumerate(value)
        ]
    if not isinstance(value, dict):
        raise broken(f"{where} must be an object")
    if isinstance(kind, Map):
        return {
            name: fit(item, kind.kind, f"{where}.{name}", unknown) for name, item in value.items()
        }
    unknown += [f"{where}.{name}" for name in value if name not in kind]
    return {
        name: fit(item, kind[name], f"{where}.{name}", unknown)
        for name, item in value.items()
        if name in kind
    }


def show(record: dict, shape: Shape, nulls: str) -> dict:
    """The attributes of `record` that `shape` lists, in its order; `nulls` is the switch for those
    without a value.
    """
    if nulls == "null":
        shown = {name: record.get(name) for name in shape}
    else:
        shown = {name: record[name] for name in shape if record.get(name) is not None}
    for name, kind in shape.nested:
        if shown.get(name) is not None:
            shown[name] = show(shown[name], kind, nulls)
    return shown
