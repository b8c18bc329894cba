"""What each object module of SimpleHelp is asked to do, and what the server must then hold: a line
per step.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from tests.unit.plugins.modules.conformance import Case, Step

GROUP_SECRET, TECHNICIAN_SECRET, VIDEO_SECRET = (
    "gr0up/pass word%",
    "t3chnician+s3cret",
    "v1deo&secret=1",
)
SECRET_QUERIES = ("technicians/password/set", "groups/password/set")
PRINTED = {
    "groups/set": "groups/get",
    "server/hostname/set": "server/hostname/get",
    "machinegroups/properties/set": "machinegroups/properties/get",
}


def _technician(username):
    return lambda site: site["technicians"].get(username)


def _machine(machine_id):
    return lambda site: {**site["machines"][machine_id], "properties": _own(site, machine_id)}


def _own(site, machine_id):
    """The machine's own properties as a list, which is compared as a whole."""
    return _listed(site["machines"][machine_id]["properties"])


def _london(site):
    return _listed(site["machine_groups"]["United Kingdom"]["groups"]["London"]["properties"])


def _listed(properties):
    return sorted(f"{key}={value}" for key, value in properties.items())


def _group(name):
    return lambda site: site["groups"].get(name)


CASES = (
    Case(
        "technician",
        "technician",
        {"username": "c.lind"},
        _technician("c.lind"),
        (
            Step(
                "made",
                {
                    "display_name": "Carys Lind",
                    "email_address": "c.lind@example.org",
                    "enabled": True,
                    "groups": ["Helpdesk"],
                    "allow_locally_authenticated_logins": False,
                    "password": TECHNICIAN_SECRET,
                },
                {
                    "username": "c.lind",
                    "displayName": "Carys Lind",
                    "emailAddress": "c.lind@example.org",
                    "enabled": True,
                    "groupIDs": [1],
                    "allowLocallyAuthenticatedLogins": False,
                    "password": TECHNICIAN_SECRET,
                    "password_sets": 1,
                },
                ("technicians/new", "technicians/password/set", "technicians/set"),
            ),
            Step(
                "changed",
                {
                    "display_name": "C. Lind",
                    "enabled": False,
                    "groups": ["Helpdesk", "Field Service"],
                },
                {
                    "displayName": "C. Lind",
                    "emailAddress": "c.lind@example.org",
                    "enabled": False,
                    "groupIDs": [2, 1],
                    "password_sets": 1,
                },
                ("technicians/set",),
            ),
            Step(
                "emptied",
                {"display_name": "", "email_address": "", "groups": []},
                {"displayName": "", "emailAddress": "", "groupIDs": [], "enabled": False},
                ("technicians/set",),
            ),
            Step("removed", {"state": "absent"}, None, ("technicians/remove",)),
        ),
    ),
    Case(
        "technician by number",
        "technician",
        {"unique_id": 2},
        lambda site: {"usernames": list(site["technicians"])},
        (
            Step(
                "renamed",
                {"username": "bilal"},
                {"usernames": ["admin", "bilal", "anonymous-1", "app.stocktake"]},
                ("technicians/set",),
            ),
            Step(
                "removed",
                {"state": "absent"},
                {"usernames": ["admin", "anonymous-1", "app.stocktake"]},
                ("technicians/remove",),
            ),
        ),
    ),
    Case(
        "protected technician",
        "technician",
        {"username": "anonymous-1", "remove_protected": True},
        _technician("anonymous-1"),
        (Step("removed", {"state": "absent"}, None, ("technicians/remove",)),),
    ),
    Case(
        "tech_group",
        "tech_group",
        {"name": "Night Shift"},
        _group("Night Shift"),
        (
            Step(
                "made",
                {
                    "allow_anonymous_logins": True,
                    "max_group_sh_sessions": 1,
                    "max_group_sg_sessions": 2,
                    "max_user_sh_sessions": 3,
                    "max_user_sg_sessions": 4,
                    "max_file_size": 5_000_000_000,
                    "request_access_timeout": 6,
                    "group_specific_hostname": "night.example.org",
                    "default_sg_service_name": "Night",
                    "video_password": VIDEO_SECRET,
                    "session_speed_limit_kbps": 7,
                    "fps_delay": 8,
                    "ldap_settings": {
                        "enabled": True,
                        "advanced": True,
                        "base_dn": "dc=org",
                        "filter": "(a=b)",
                        "member_of_groups": ["cn=y", "cn=x"],
                    },
                    "mfa_settings": {
                        "email": True,
                        "app": True,
                        "email_code_length": 8,
                        "email_subject": "Code",
                        "email_body": "%CODE%",
                        "remember_machine": True,
                    },
                    "password_settings": {"enabled": True},
                    "permissions": {"canChat": True, "canRunTools": True},
                    "password": GROUP_SECRET,
                },
                {
                    "allowAnonymousLogins": True,
                    "max_groupShSessions": 1,
                    "max_groupSgSessions": 2,
                    "max_userShSessions": 3,
                    "max_userSgSessions": 4,
                    "maxFileSize": 5_000_000_000,
                    "requestAccessTimeout": 6,
                    "groupSpecificHostname": "night.example.org",
                    "defaultSgServiceName": "Night",
                    "videoPassword": VIDEO_SECRET,
                    "sessionSpeedLimitKbps": 7,
                    "fpsDelay": 8,
                    "ldapSettings": {
                        "enabled": True,
                        "advanced": True,
                        "baseDN": "dc=org",
                        "filter": "(a=b)",
                        "memberOfGroups": ["cn=x", "cn=y"],
                    },
                    "mfaSettings": {
                        "email": True,
                        "app": True,
                        "emailCodeLength": 8,
                        "emailSubject": "Code",
                        "emailBody": "%CODE%",
                        "rememberMachine": True,
                    },
                    "passwordSettings": {"enabled": True},
                    "password": GROUP_SECRET,
                    "password_sets": 1,
                    "permissions": {
                        "canChat": True,
                        "canRunTools": True,
                        "canTransferFiles": False,
                    },
                },
                ("groups/new", "groups/permissions/set", "groups/password/set", "groups/set"),
            ),
            Step(
                "changed",
                {
                    "max_user_sg_sessions": 0,
                    "ldap_settings": {"enabled": False},
                    "mfa_settings": {"email_code_length": 6},
                    "permissions": {"canRunTools": False, "canTransferFiles": True},
                },
                {
                    "max_userSgSessions": 0,
                    "max_userShSessions": 3,
                    "videoPassword": VIDEO_SECRET,
                    "password_sets": 1,
                    "passwordSettings": {"enabled": True},
                    "ldapSettings": {
                        "enabled": False,
                        "advanced": True,
                        "baseDN": "dc=org",
                        "filter": "(a=b)",
                        "memberOfGroups": ["cn=x", "cn=y"],
                    },
                    "mfaSettings": {
                        "email": True,
                        "emailCodeLength": 6,
                        "emailSubject": "Code",
                        "rememberMachine": True,
                    },
                    "permissions": {
                        "canChat": True,
                        "canRunTools": False,
                        "canTransferFiles": True,
                    },
                },
                ("groups/set", "groups/permissions/set"),
            ),
            Step(
                "emptied",
                {
                    "group_specific_hostname": "",
                    "default_sg_service_name": "",
                    "ldap_settings": {"base_dn": "", "member_of_groups": []},
                    "mfa_settings": {"email_subject": ""},
                },
                {
                    "groupSpecificHostname": "",
                    "defaultSgServiceName": "",
                    "maxFileSize": 5_000_000_000,
                    "ldapSettings": {
                        "enabled": False,
                        "advanced": True,
                        "baseDN": "",
                        "filter": "(a=b)",
                        "memberOfGroups": [],
                    },
                    "mfaSettings": {"emailSubject": "", "emailBody": "%CODE%", "app": True},
                },
                ("groups/set",),
            ),
            Step("removed", {"state": "absent"}, None, ("groups/remove",)),
        ),
    ),
    Case(
        "tech_group by number",
        "tech_group",
        {"unique_id": 2},
        lambda site: {"names": list(site["groups"])},
        (
            Step(
                "renamed",
                {"name": "On the Road"},
                {"names": ["Helpdesk", "On the Road"]},
                ("groups/set",),
            ),
            Step("removed", {"state": "absent"}, {"names": ["Helpdesk"]}, ("groups/remove",)),
        ),
    ),
    # Nested settings of which the server shows some keys only, so that the others must not be sent
    # as nulls.
    Case(
        "tech_group that is there",
        "tech_group",
        {"name": "Helpdesk"},
        _group("Helpdesk"),
        (
            Step(
                "changed",
                {"ldap_settings": {"advanced": True}, "mfa_settings": {"app": True}},
                {
                    "ldapSettings": {
                        "enabled": True,
                        "advanced": True,
                        "baseDN": "ou=people",
                        "memberOfGroups": ["cn=helpdesk"],
                    },
                    "mfaSettings": {"email": True, "app": True, "emailSubject": "Your code"},
                    "videoPassword": "keep-the-tapes",
                },
                ("groups/set",),
            ),
        ),
    ),
    Case(
        "machine",
        "simplehelp_machine",
        {"machine": "SG_1"},
        _machine("SG_1"),
        (
            Step(
                "made",
                {
                    "name": "LDN-CELLAR",
                    "monitor": True,
                    "warnings": "Wear boots.",
                    "properties": {"asset": "HF-2", "floor": -1},
                },
                {
                    "name": "LDN-CELLAR",
                    "monitoringEnabled": True,
                    "notes": "In the cellar.",
                    "warnings": "Wear boots.",
                    "properties": ["asset=HF-2", "floor=-1"],
                },
                ("machines/set", "machines/notes/set", "machines/properties/set"),
            ),
            Step(
                "changed",
                {"notes": "Below the cellar.", "monitor": False, "properties": {"asset": None}},
                {
                    "name": "LDN-CELLAR",
                    "monitoringEnabled": False,
                    "notes": "Below the cellar.",
                    "warnings": "Wear boots.",
                    "properties": ["floor=-1"],
                },
                ("machines/set", "machines/notes/set", "machines/properties/remove"),
            ),
            Step(
                "emptied",
                {"notes": ""},
                {"notes": "", "warnings": "Wear boots.", "name": "LDN-CELLAR"},
                ("machines/notes/set",),
            ),
        ),
    ),
    Case(
        "machine by name",
        "simplehelp_machine",
        {"machine": "LDN-WHS-2"},
        _machine("SG_2"),
        (
            Step(
                "changed",
                {"notes": "New.", "monitor": False},
                {"notes": "New.", "warnings": "Never restart.", "monitoringEnabled": False},
                ("machines/set", "machines/notes/set"),
            ),
            Step(
                "emptied",
                {"warnings": ""},
                {"notes": "New.", "warnings": ""},
                ("machines/notes/set",),
            ),
        ),
    ),
    Case(
        "machine that is offline",
        "simplehelp_machine",
        {"machine": "SG_4"},
        _machine("SG_4"),
        (
            Step(
                "changed",
                {"notes": "Off.", "name": "DUB-1", "monitor": True},
                {"notes": "Off.", "name": "DUB-1", "monitoringEnabled": True, "os": "macOS 15"},
                ("machines/set", "machines/notes/set"),
            ),
        ),
    ),
    Case(
        "machine_property of a machine",
        "machine_property",
        {"machine": "SG_2"},
        lambda site: _own(site, "SG_2"),
        alone={
            "machine": "SG_2",
            "properties": {},
        },
        steps=(
            Step(
                "made",
                {"key": "contact", "value": "night.porter@example.org"},
                ["contact=night.porter@example.org"],
                ("machines/properties/set",),
            ),
            Step(
                "changed",
                {"key": "contact", "value": "42"},
                ["contact=42"],
                ("machines/properties/set",),
            ),
            Step(
                "emptied",
                {"key": "contact", "value": ""},
                ["contact="],
                ("machines/properties/set",),
            ),
            Step(
                "removed",
                {"key": "contact", "state": "absent"},
                [],
                ("machines/properties/remove",),
            ),
        ),
    ),
    # London has a contact that the machine inherits: it must not be mistaken for the machine's own.
    Case(
        "machine_property that is inherited",
        "machine_property",
        {"machine": "SG_1", "key": "contact"},
        lambda site: _own(site, "SG_1"),
        alone={
            "machine": "SG_1",
            "properties": {},
        },
        steps=(
            Step(
                "made",
                {"value": "london@example.org"},
                ["asset=HF-1", "contact=london@example.org"],
                ("machines/properties/set",),
            ),
            Step("removed", {"state": "absent"}, ["asset=HF-1"], ("machines/properties/remove",)),
        ),
    ),
    Case(
        "machine_property of many machines",
        "machine_property",
        {"machines": ["SG_1", "LDN-WHS-2", "SG_4"]},
        lambda site: {name: _own(site, name) for name in ("SG_1", "SG_2", "SG_4")},
        alone={
            "machines": ["SG_1", "LDN-WHS-2", "SG_4"],
            "properties": {},
        },
        steps=(
            Step(
                "made",
                {"properties": {"rack": "7", "row": 3}},
                {
                    "SG_1": ["asset=HF-1", "rack=7", "row=3"],
                    "SG_2": ["rack=7", "row=3"],
                    "SG_4": ["asset=HF-4", "floor=2", "rack=7", "row=3"],
                },
                ("machines/properties/set",),
            ),
            Step(
                "changed",
                {"properties": {"rack": "8", "asset": None}},
                {
                    "SG_1": ["rack=8", "row=3"],
                    "SG_2": ["rack=8", "row=3"],
                    "SG_4": ["floor=2", "rack=8", "row=3"],
                },
                ("machines/properties/set", "machines/properties/remove"),
            ),
            Step(
                "made exact",
                {"properties": {"rack": "8"}, "purge": True},
                {"SG_1": ["rack=8"], "SG_2": ["rack=8"], "SG_4": ["rack=8"]},
                ("machines/properties/remove",),
            ),
            Step(
                "removed",
                {"properties": {}, "purge": True, "allow_empty": True},
                {"SG_1": [], "SG_2": [], "SG_4": []},
                ("machines/properties/remove",),
            ),
        ),
    ),
    Case(
        "machine_property of a machine group",
        "machine_property",
        {"machine_group": ["United Kingdom", "London"]},
        _london,
        alone={
            "machine_group": ["United Kingdom", "London"],
            "properties": {},
        },
        steps=(
            Step(
                "made",
                {"properties": {"currency": "GBP", "vat": 20}},
                ["contact=london@example.org", "currency=GBP", "site-code=LDN", "vat=20"],
                ("machinegroups/properties/set",),
            ),
            Step(
                "changed",
                {"properties": {"contact": "desk@example.org", "vat": None}},
                ["contact=desk@example.org", "currency=GBP", "site-code=LDN"],
                ("machinegroups/properties/set", "machinegroups/properties/remove"),
            ),
            Step(
                "emptied",
                {"key": "contact", "value": ""},
                ["contact=", "currency=GBP", "site-code=LDN"],
                ("machinegroups/properties/set",),
            ),
            Step(
                "removed",
                {"properties": {"contact": "", "currency": "", "site-code": ""}, "state": "absent"},
                [],
                ("machinegroups/properties/remove",),
            ),
        ),
    ),
    Case(
        "server",
        "simplehelp_server",
        {},
        lambda site: {"hostname": site["hostname"]},
        alone={"hostname": "support.example.org"},
        steps=(
            Step(
                "changed",
                {"hostname": "help.example.org"},
                {"hostname": "help.example.org"},
                ("server/hostname/set",),
            ),
            Step(
                "changed again",
                {"hostname": "help.example.org:8443"},
                {"hostname": "help.example.org:8443"},
                ("server/hostname/set",),
            ),
        ),
    ),
    Case(
        "tech_restriction",
        "simplehelp_tech_restriction",
        {},
        lambda site: {"restrictions": sorted(set(site["restrictions"]))},
        alone={
            "restrictions": [],
        },
        steps=(
            Step(
                "made",
                {"restrictions": [r"192\.0\.2\.7", r"10\..*"]},
                {"restrictions": [r"10\..*", r"192\.0\.2\.7"]},
                ("server/tech-restrictions/new",),
            ),
            Step(
                "changed",
                {"restrictions": [r"198\.51\.100\.\d+", r"10\..*"], "state": "exact"},
                {"restrictions": [r"10\..*", r"198\.51\.100\.\d+"]},
                ("server/tech-restrictions/new", "server/tech-restrictions/remove"),
            ),
            Step(
                "removed",
                {"restrictions": [r"10\..*", "never there"], "state": "absent"},
                {"restrictions": [r"198\.51\.100\.\d+"]},
                ("server/tech-restrictions/remove",),
            ),
            Step(
                "emptied",
                {"restrictions": [], "state": "exact", "allow_empty": True},
                {"restrictions": []},
                ("server/tech-restrictions/remove",),
            ),
        ),
    ),
    Case(
        "config",
        "simplehelp_config",
        {},
        lambda site: {
            "group": site["groups"].get("Night Shift"),
            "technician": site["technicians"].get("c.lind"),
            "machine": _machine("SG_2")(site),
            "london": _london(site),
            "hostname": site["hostname"],
            "restrictions": sorted(set(site["restrictions"])),
        },
        alone={
            "config": {
                "tech_group": [{"name": "Helpdesk"}],
                "technician": [{"username": "admin"}],
                "machine": [{"machine": "SG_1"}],
                "server": {},
            }
        },
        steps=(
            Step(
                "made",
                {
                    "config": {
                        "tech_group": [
                            {
                                "name": "Night Shift",
                                "permissions": {"canChat": True},
                                "password": GROUP_SECRET,
                            }
                        ],
                        "technician": [
                            {
                                "username": "c.lind",
                                "groups": ["Night Shift"],
                                "password": TECHNICIAN_SECRET,
                            }
                        ],
                        "machine_group": [
                            {"path": ["United Kingdom", "London"], "properties": {"vat": 20}}
                        ],
                        "machine": [
                            {
                                "machine": "LDN-WHS-2",
                                "notes": "New.",
                                "monitor": False,
                                "properties": {"rack": "7"},
                            }
                        ],
                        "server": {"hostname": "help.example.org", "tech_restrictions": ["192.*"]},
                    }
                },
                {
                    "group": {
                        "name": "Night Shift",
                        "permissions": {"canChat": True, "canRunTools": False},
                        "password_sets": 1,
                    },
                    "technician": {
                        "groupIDs": [3],
                        "password": TECHNICIAN_SECRET,
                        "password_sets": 1,
                    },
                    "london": ["contact=london@example.org", "site-code=LDN", "vat=20"],
                    "machine": {
                        "notes": "New.",
                        "warnings": "Never restart.",
                        "monitoringEnabled": False,
                        "properties": ["rack=7"],
                    },
                    "hostname": "help.example.org",
                    "restrictions": ["192.*"],
                },
                (
                    "groups/new",
                    "groups/permissions/set",
                    "groups/password/set",
                    "groups/set",
                    "technicians/new",
                    "technicians/password/set",
                    "technicians/set",
                    "machinegroups/properties/set",
                    "machines/set",
                    "machines/notes/set",
                    "machines/properties/set",
                    "server/hostname/set",
                    "server/tech-restrictions/new",
                    "server/tech-restrictions/remove",
                ),
            ),
            Step(
                "changed",
                {
                    "config": {
                        "tech_group": [{"name": "Night Shift", "max_file_size": 7}],
                        "technician": [
                            {
                                "username": "c.lind",
                                "display_name": "Carys",
                                "groups": ["Night Shift", "Helpdesk"],
                            }
                        ],
                        "machine": [
                            {"machine": "SG_2", "warnings": "", "properties": {"rack": None}}
                        ],
                    }
                },
                {
                    "group": {"maxFileSize": 7, "permissions": {"canChat": True}},
                    "technician": {"displayName": "Carys", "groupIDs": [1, 3]},
                    "machine": {"notes": "New.", "warnings": "", "properties": []},
                    "hostname": "help.example.org",
                },
                (
                    "groups/set",
                    "technicians/set",
                    "machines/notes/set",
                    "machines/properties/remove",
                ),
            ),
            Step(
                "removed",
                {
                    "config": {
                        "tech_group": [{"name": "Night Shift", "state": "absent"}],
                        "technician": [{"username": "c.lind", "state": "absent"}],
                    }
                },
                {"group": None, "technician": None, "hostname": "help.example.org"},
                ("technicians/remove", "groups/remove"),
            ),
        ),
    ),
)
