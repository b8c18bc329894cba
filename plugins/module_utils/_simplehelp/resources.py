"""SimpleHelp: the kinds of object that can be managed, as data (Integration API v1, the objects'
tables).
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .._core.resource import Field, Resource


def _integer(**more) -> Field:
    """Return what the document calls an Integer, which has 32 bits. Whether a server takes fewer
    than none is not said.
    """
    return Field("int", least=-(2**31), most=2**31 - 1, **more)


def _long(**more) -> Field:
    """Return what the document calls a Long, which has 64 bits."""
    return Field("int", least=-(2**63), most=2**63 - 1, **more)


# Passwords are set by requests of their own, and nothing tells whether one is set. Until then a new
# object bears this text, and nobody can log in by it: an account is disabled, a group lets nobody
# in who has no account (which one with a group's password needs not).
UNFINISHED = "(unfinished)"

TECH_GROUP = Resource(
    name="tech_group",
    endpoint="groups",
    id="uniqueID",
    id_field="unique_id",
    fields={
        "unique_id": Field("int", computed=True, wire="uniqueID"),
        "name": Field(),
        "allow_anonymous_logins": Field(
            "bool", wire="allowAnonymousLogins", unfinished=False, finished=False
        ),
        "max_group_sh_sessions": _integer(wire="max_groupShSessions"),
        "max_group_sg_sessions": _integer(wire="max_groupSgSessions"),
        "max_user_sh_sessions": _integer(wire="max_userShSessions"),
        # A guess: the document lists max_userShSessions twice, the second time for access sessions.
        "max_user_sg_sessions": _integer(wire="max_userSgSessions"),
        "max_file_size": _long(wire="maxFileSize"),
        "request_access_timeout": _long(wire="requestAccessTimeout"),
        "group_specific_hostname": Field(wire="groupSpecificHostname"),
        "default_sg_service_name": Field(
            wire="defaultSgServiceName", unfinished=UNFINISHED, finished=""
        ),
        "video_password": Field(secret=True, wire="videoPassword"),
        "session_speed_limit_kbps": _integer(wire="sessionSpeedLimitKbps"),
        "fps_delay": _long(wire="fpsDelay"),
        "ldap_settings": Field(
            "dict",
            wire="ldapSettings",
            fields={
                "enabled": Field("bool"),
                "advanced": Field("bool"),
                "base_dn": Field(wire="baseDN"),
                "filter": Field(),
                "member_of_groups": Field("list", elements="str", wire="memberOfGroups"),
            },
        ),
        "mfa_settings": Field(
            "dict",
            wire="mfaSettings",
            fields={
                "email": Field("bool"),
                "app": Field("bool"),
                "email_code_length": _integer(wire="emailCodeLength"),
                "email_subject": Field(wire="emailSubject"),
                "email_body": Field(wire="emailBody"),
                "remember_machine": Field("bool", wire="rememberMachine"),
            },
        ),
        # The document names this object and none of its keys.
        "password_settings": Field("dict", free=True, wire="passwordSettings"),
        "permissions": Field("dict", elements="bool", free=True, closed=True, query="permissions"),
        "password": Field(secret=True, query="password"),
    },
)

TECHNICIAN = Resource(
    name="technician",
    endpoint="technicians",
    key=("username",),
    id="uniqueID",
    id_field="unique_id",
    protected=("is_anonymous", "app_profiles_user"),
    fields={
        "unique_id": Field("int", computed=True, wire="uniqueID"),
        "username": Field(),
        "display_name": Field(wire="displayName", unfinished=UNFINISHED, finished=""),
        "email_address": Field(wire="emailAddress"),
        "allow_locally_authenticated_logins": Field("bool", wire="allowLocallyAuthenticatedLogins"),
        "enabled": Field("bool", unfinished=False, finished=True),
        "groups": Field("list", elements="str", ref="tech_group", wire="groupIDs"),
        "is_anonymous": Field("bool", computed=True, wire="isAnonymous"),
        "app_profiles_user": Field("bool", computed=True, wire="appProfilesUser"),
        "password": Field(secret=True, query="password"),
    },
)

MACHINE_GROUP = Resource(
    name="machine_group",
    endpoint="machinegroups",
    key=("path",),
    id="path",
    verbs=("update",),
    fields={
        "path": Field("list", elements="str", ordered=True),
        "properties": Field(
            "dict", elements="str", free=True, purge="machine_group_property", query="properties"
        ),
    },
)

MACHINE = Resource(
    name="machine",
    endpoint="machines",
    key=("machine_id",),
    id="machineID",
    alias="name",
    verbs=("update",),
    fields={
        "machine_id": Field(wire="machineID", option="machine"),
        "name": Field(),
        "monitor": Field("bool", wire="monitoringEnabled"),  # written as "monitor", see api.py
        "groups": Field("list", elements="str", ordered=True, computed=True),
        "online": Field("bool", computed=True),
        "notes": Field(query="notes"),
        "warnings": Field(query="notes"),
        "properties": Field(
            "dict", elements="str", free=True, purge="machine_property", query="properties"
        ),
    },
)

SERVER = Resource(
    name="server",
    endpoint="server",
    key=(),
    id=None,
    verbs=("update",),
    fields={
        "hostname": Field(query="hostname"),
        "tech_restrictions": Field("list", elements="str", query="tech-restrictions"),
    },
)

# In the order of creation: what is referred to comes before what refers to it, and restrictions on
# logins come last.
RESOURCES = (TECH_GROUP, TECHNICIAN, MACHINE_GROUP, MACHINE, SERVER)
