"""A caller of the simulated Configuration API that holds every exchange against the vendor's
contract where that is at hand, and a site for it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy
import json

import pytest

from tests import contracts
from tests.simulator.beyondtrust import Appliance, Switches, configuration
from tests.simulator.beyondtrust.site import CLIENT_ID

PREFIX = "/api/config/v1"
GET_HEADERS, BODY_HEADERS = (
    {"accept": "application/json"},
    {"accept": "application/json", "content-type": "application/json"},
)
OTHER_ID = "0ther0ther0ther0ther0ther0ther0ther0the"

_BOTH = {
    "security-provider": {"1": {"type": "local", "name": "Local"}},
    "jump-group": {
        "1": {"name": "Plant A", "code_name": "plant_a"},
        "2": {"name": "Plant B", "code_name": "plant_b"},
        "7": {"name": "Bare", "code_name": ""},
    },
    "jumpoint": {
        "3": {
            "name": "London",
            "code_name": "london",
            "platform": "windows-x86",
            "connected": True,
        },
        "4": {"name": "Leeds", "code_name": "leeds", "platform": "linux-x86", "clustered": True},
    },
    "jumpoint/node": {
        "1": {
            "_parent": 3,
            "hostname": "JP-LDN-1",
            "public_ip": "192.0.2.7",
            "private_ip": "10.0.0.7",
        }
    },
    "jump-policy": {
        "4": {"display_name": "Office", "code_name": "office"},
        "5": {"display_name": "Night", "code_name": "night"},
    },
    "jump-policy/schedule": {
        "1": {
            "_parent": 4,
            "entries": [{"start_day": 0, "start_time": "08:00", "end_day": 0, "end_time": "18:00"}],
        }
    },
    "session-policy": {
        "2": {"display_name": "Servers", "code_name": "servers"},
        "3": {"display_name": "Desks", "code_name": "desks"},
    },
    "team": {
        "1": {"name": "Helpdesk", "code_name": "helpdesk"},
        "2": {"name": "Field", "code_name": "field"},
    },
    "group-policy": {"1": {"name": "Technicians"}, "2": {"name": "Trainees"}},
    "jump-item/shell-jump": {
        "1": {
            "name": "sw-core-1",
            "hostname": "10.2.0.1",
            "protocol": "ssh",
            "port": 22,
            "jumpoint_id": 3,
            "jump_group_id": 1,
            "tag": "Network",
        },
        "2": {
            "name": "sw-core-1",
            "hostname": "10.2.0.2",
            "protocol": "telnet",
            "port": 23,
            "jumpoint_id": 3,
            "jump_group_id": 1,
        },
    },
    "jump-item/remote-rdp": {
        "1": {
            "name": "srv-1",
            "hostname": "SRV-1",
            "jumpoint_id": 3,
            "jump_group_id": 2,
            "jump_policy_id": 4,
            "session_policy_id": 2,
        },
        "2": {
            "name": "mine",
            "hostname": "srv-1",
            "jumpoint_id": 4,
            "jump_group_id": 2,
            "jump_group_type": "personal",
        },
    },
    "jump-client": {
        "1": {
            "name": "pc-1",
            "hostname": "PC-1",
            "jump_group_id": 1,
            "operating_system": "Windows 11",
            "public_ip": "192.0.2.9",
        },
        "2": {
            "name": "pc-2",
            "hostname": "PC-2",
            "jump_group_id": 2,
            "jump_group_type": "personal",
        },
    },
    "vault/account": {
        "1": {
            "type": "username_password",
            "name": "root",
            "username": "root",
            "account_policy": "shared_use",
            "_password": "r00t-secret",
        },
        "2": {
            "type": "windows_local",
            "name": "adm",
            "username": "adm",
            "endpoint_id": 1,
            "_password": "adm-secret",
        },
        "3": {
            "type": "username_password",
            "name": "own",
            "username": "own",
            "personal": True,
            "owner_user_id": 2,
            "_password": "own-secret",
        },
        "4": {"type": "ssh_ca", "name": "ca", "username": "deploy", "_private_key": "key-secret"},
    },
    "vault/account-group": {"1": {"name": "Default Account Group"}, "2": {"name": "Servers"}},
    "vault/account-group/jump-item-association": {
        "1": {"_parent": 1, "filter_type": "any_jump_items"},
        "2": {"_parent": 2, "filter_type": "any_jump_items"},
    },
    "vault/account-policy": {
        "1": {"name": "Default Account Policy", "code_name": "default_account_policy"},
        "2": {"name": "Shared", "code_name": "shared_use", "allow_simultaneous_checkout": True},
        "3": {"name": "Rotating", "code_name": "rotating", "auto_rotate_credentials": True},
    },
    "vault/endpoint": {
        "1": {
            "name": "SRV-1",
            "hostname": "srv-1",
            "operating_system": "Windows Server",
            "domain_name": "",
            "distinguished_name": "",
        }
    },
    "endpoint-automation/resource": {
        "1": {
            "file_name": "fix.zip",
            "file_size": 12,
            "display_url": "https://support.example.org/fix.zip",
            "hash": "ab",
            "created_by": 1,
            "updated_by": 1,
        },
    },
    "endpoint-automation/endpoint": {
        "1": {
            "operating_system_type": "Windows",
            "names": ["pc-1", "desk"],
            "hostname": "PC-1",
            "tags": ["desk"],
            "is_active": True,
            "jump_group_id": [1],
        },
        "2": {
            "operating_system_type": "Linux",
            "names": ["srv-2"],
            "hostname": "SRV-2",
            "tags": [],
            "is_active": True,
            "jump_group_id": [1, 2],
        },
    },
}
_USERS = {
    "1": {"username": "admin", "public_display_name": "Administrator", "perm_admin": True},
    "2": {
        "username": "b.okafor",
        "public_display_name": "Bilal",
        "email_address": "b.okafor@example.org",
    },
    "3": {"username": "c.ito", "public_display_name": "Chie"},
}


def small_site(product: str) -> dict:
    """A seed with at least one object of every kind that a product has but cannot create, and a few
    of the others.
    """
    config = copy.deepcopy(_BOTH)
    more = {"rs": ("oidc", "saml_portal"), "pra": ("ldap", "saml", "scim", "radius", "kerberos")}[
        product
    ]
    config["security-provider"] |= {
        str(number): {"type": name, "name": name.upper()} for number, name in enumerate(more, 2)
    }
    config["user"] = {key: {"security_provider_id": 1, **user} for key, user in _USERS.items()}
    if product == "rs":
        for key, user in config["user"].items():
            user |= {
                "private_display_name": user["public_display_name"],
                "display_number": int(key),
            }
        config["public-portal"] = {"1": {"name": "Default", "addresses": ["support.example.org"]}}
        config["rep-status"] = {"1": {"name": "Lunch", "code_name": "lunch", "display_as": "away"}}
    else:
        config["user"]["4"] = {
            "security_provider_id": 2,
            "username": "d.ldap",
            "public_display_name": "Dana",
            "_groups": ["cn=night,dc=example"],
        }
        config["vendor"] = {
            "1": {
                "name": "Schmidt",
                "default_policy": 2,
                "user_added_notification_enabled": False,
                "user_expired_notification_enabled": False,
            }
        }
    everything = {"name": "Tests", "client_secret": "tests-secret"}
    return {
        "accounts": {CLIENT_ID: everything, OTHER_ID: {**everything, "name": "Others"}},
        "config": config,
    }


class Client:
    """Calls the Configuration API of an appliance without a transport, as an API account with all
    permissions unless told otherwise.

    Every answer is held against the contract of the product, and so is every request that succeeds,
    as long as no switch is set.
    """

    def __init__(
        self, site: dict | None = None, product: str = "rs", version: str = "25.2.1", **switches
    ):
        self.appliance = Appliance(
            small_site(product) if site is None else site, Switches(**switches), product, version
        )
        self.product = product
        self._judge = (
            contracts.contract(product)
            if product in contracts.products() and not switches
            else None
        )

    def account(self, client_id: str = CLIENT_ID, **permissions) -> dict:
        known = self.appliance.site["accounts"][client_id]
        return {
            "client_id": client_id,
            **known,
            "permissions": {**known["permissions"], **permissions},
        }

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        query=(),
        headers: dict | None = None,
        raw: bytes | None = None,
        account: dict | None = None,
    ):
        """Any request; returns the answer."""
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        if headers is None:
            headers = BODY_HEADERS if data else GET_HEADERS
        query = [(name, str(value)) for name, value in query]
        entry = self.appliance.journal.add(
            query=f"{method} {PREFIX}{path}",
            method=method,
            body=body,
            writes=method not in ("GET", "HEAD", "OPTIONS"),
            connection=0,
            parameters=query,
        )
        answer = configuration.answer(
            self.appliance, account or self.account(), method, path, query, headers, data, entry
        )
        entry.status = answer.status
        self._hold_against_contract(method, path, query, body, answer)
        return answer

    def _hold_against_contract(self, method, path, query, body, answer):
        if self._judge is None or method in ("HEAD", "OPTIONS"):
            return
        shown = (
            json.loads(answer.body)
            if answer.body and answer.content_type == "application/json"
            else None
        )
        problems = self._judge.check_answer(method, path, answer.status, shown)
        if answer.status < 300:
            problems += self._judge.check_request(method, path, query, body)
        assert problems == []

    def _expect(self, status: int, method: str, path: str, body: object = None, **more):
        answer = self.send(method, path, body, **more)
        assert answer.status == status, answer.body.decode()
        return (
            json.loads(answer.body)
            if answer.body and answer.content_type == "application/json"
            else None
        )

    def get(self, path: str, **query):
        """The JSON value of a read that must succeed."""
        return self._expect(200, "GET", path, query=query.items())

    def post(self, path: str, body: object = None, status: int = 201, **more):
        """The JSON value of a POST that must succeed; None where there is none."""
        return self._expect(status, "POST", path, body, **more)

    def patch(self, path: str, body: object):
        return self._expect(200, "PATCH", path, body)

    def delete(self, path: str, body: object = None, status: int = 204):
        assert self._expect(status, "DELETE", path, body) is None

    def refuse(self, status: int, method: str, path: str, body: object = None, **more) -> dict:
        """The answer that refuses a request, which must not be the client's breach of the documents
        and must change nothing.
        """
        before, violations = self.appliance.dump(), list(self.appliance.journal.violations)
        answer = self._expect(status, method, path, body, **more)
        assert self.appliance.dump() == before
        assert self.appliance.journal.violations == violations
        return answer

    def invalid(self, method: str, path: str, body: object, **more) -> set[str]:
        """The fields for which a request is refused."""
        return set(self.refuse(422, method, path, body, **more)["errors"])

    def violate(self, status: int, method: str, path: str, body: object = None, **more) -> str:
        """The rule that a request breaks, which is refused and changes nothing."""
        before = self.appliance.dump()
        self._expect(status, method, path, body, **more)
        assert self.appliance.dump() == before
        return self.violation()

    def violation(self) -> str:
        """The one violation that was noted since the last one was looked at."""
        (noted,) = self.appliance.journal.violations
        self.appliance.journal.violations.clear()
        return noted.partition(": ")[2]

    def names(self, path: str, **query) -> list:
        """The names of what a list shows."""
        return [each.get("name", each.get("display_name")) for each in self.get(path, **query)]


@pytest.fixture
def make_client():
    """Makes clients; in the end no violation may be left that no test looked at."""
    made = []

    def make(*arguments, **more) -> Client:
        made.append(Client(*arguments, **more))
        return made[-1]

    yield make
    for client in made:
        assert client.appliance.journal.violations == []


@pytest.fixture(params=["rs", "pra"])
def client(request, make_client) -> Client:
    """A client of each product with the small site."""
    return make_client(product=request.param)


@pytest.fixture
def pra(make_client) -> Client:
    """A client of Privileged Remote Access with the small site."""
    return make_client(product="pra")
