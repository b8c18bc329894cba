"""Every path of the Configuration API with its methods, its query parameters, and the products and
versions that have it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from . import associations, automation, document, jumps, people, vault, versions
from . import resources as generic
from .call import Operation
from .fields import Field, choice, code_name, flag, ident, text
from .kinds import KINDS
from .kinds.jump import ANSWER_APPROVAL, COPY, ITEMS, REQUEST_APPROVAL
from .kinds.people import COPY_POLICY, POLICY_CHANGES, PROVISION
from .kinds.vault import (
    ADD_ACCOUNT,
    ALL_TYPES,
    CANDIDATE,
    ITEM,
    SHARED_GROUP,
    X509_TYPES,
    association,
)

PATHS: dict[str, dict[str, Operation]] = {}
"""Path template -> method -> operation."""


def _body(fields: Mapping[str, Field]) -> Callable:
    """A body with the same attributes whatever is sent."""
    return lambda appliance, ids, data: fields


def _of_kind(collection: str) -> Callable:
    """A body with the attributes of a kind."""
    return lambda appliance, ids, data: KINDS[collection].accepted(appliance.product)


def _of_product(fields: Callable[[str], Mapping[str, Field]]) -> Callable:
    """A body whose attributes depend on the product."""
    return lambda appliance, ids, data: fields(appliance.product)


def _path(
    path: str,
    collection: str = "",
    only: str = "",
    since: tuple[int, ...] = (),
    **methods: Operation,
) -> None:
    """Add methods of a path, for the product that has the kind (or for the one that is named)."""
    only = only or (KINDS[collection].only if collection else "")
    for method, operation in methods.items():
        PATHS.setdefault(path, {})[method] = replace(
            operation, collection=collection, only=only, since=since
        )


def _resource(
    collection: str,
    methods: str,
    *,
    one: str = "id",
    paged: bool = True,
    made: Callable = generic.create_record,
    since: tuple[int, ...] = (),
    **filters: Field,
) -> None:
    """The usual paths of a collection.

    `methods` are letters: R list, C create, r read, U change, D delete. `one` names the last
    identifier of the path of one object.
    """
    parent = KINDS[collection].parent
    path = (
        f"/{parent}/{{id}}/{collection.removeprefix(f'{parent}/')}" if parent else f"/{collection}"
    )
    operations = {
        "R": (path, "GET", Operation(generic.list_records, query=filters, paged=paged)),
        "C": (path, "POST", Operation(made, body=_of_kind(collection))),
        "r": (f"{path}/{{{one}}}", "GET", Operation(generic.read_record)),
        "U": (
            f"{path}/{{{one}}}",
            "PATCH",
            Operation(generic.update_record, body=_of_kind(collection), partial=True),
        ),
        "D": (f"{path}/{{{one}}}", "DELETE", Operation(generic.delete_record)),
    }
    for letter in methods:
        place, method, operation = operations[letter]
        _path(place, collection, since=since, **{method: operation})


def _copy(collection: str, since: tuple[int, ...] = ()) -> None:
    _path(
        f"/{collection}/{{id}}/copy",
        collection,
        since=since,
        POST=Operation(jumps.copy_item, body=_body(COPY)),
    )


# --- Jump Items

GROUP = {"jump_group_id": ident(), "jump_group_type": choice("shared", "personal")}
CLIENT_NAMES = {
    "name": text(1, 128),
    "hostname": text(1, 255),
    "fqdn": text(1, 255),
    "tag": text(1, 64),
    **GROUP,
}
_SINCE = {
    "remote-vnc": versions.REMOTE_VNC,
    **dict.fromkeys(
        ("psql-tunnel-jump", "mysql-tunnel-jump", "network-tunnel-jump"), versions.TUNNELS
    ),
}
for _name, _kind in ITEMS.items():
    # The filters of the items that only PRA has have other limits than those of the rest.
    _names = (
        {"name": text(1, 128), "hostname": text(1, 128)}
        if _kind.only
        else {"name": text(1, 255), "hostname": text(3, 255)}
    )
    _filters = {
        **_names,
        **GROUP,
        "jumpoint_id": ident(),
        "endpoint_id": ident(),
        "tag": text(1, 64),
    }
    _filters = {name: each for name, each in _filters.items() if name in _kind.fields}
    if _name == "web-jump":
        _filters["url"] = text(1, 255)
    _resource(_kind.collection, "CRrUD", since=_SINCE.get(_name, ()), **_filters)
    _copy(_kind.collection, _SINCE.get(_name, ()))

_resource(
    "jump-client",
    "RrUD",
    **CLIENT_NAMES,
    console_user=text(1),
    public_ip=text(1),
    private_ip=text(1),
    connection_type=choice("active", "passive", "uninstalled"),
)
_copy("jump-client")
_resource(
    "jump-client/installer",
    "CRrD",
    made=jumps.create_installer,
    **CLIENT_NAMES,
    connection_type=choice("active", "passive"),
)
_path(
    "/jump-client/installer/{installer_id}/{platform}",
    GET=Operation(jumps.download_installer, downloads=True),
)

_resource("jump-group", "CRrUD", name=text(1, 255), code_name=code_name())
_resource("jump-group/user", "CRrUD", one="user_id")
_resource("jump-item-role", "Rr", name=text(1, 255))
_resource(
    "jumpoint",
    "CRrUD",
    name=text(),
    public_ip=text(),
    private_ip=text(),
    hostname=text(),
    code_name=code_name(),
)
_path(
    "/jumpoint/{id}/installer", "jumpoint", GET=Operation(jumps.download_jumpoint, downloads=True)
)
_path("/jumpoint/{id}/node", "jumpoint/node", GET=Operation(jumps.list_nodes))
_resource("jumpoint/user", "CRrD", one="user_id")
_resource("jump-policy", "CRrUD", code_name=text(0, 64))
_path("/jump-policy/{id}/schedule", "jump-policy/schedule", GET=Operation(jumps.read_schedule))
_resource("session-policy", "R")
_path(
    "/jump-approval/{user_id}",
    "jump-approval",
    GET=Operation(
        jumps.list_approvals,
        query={"state": choice("pending", "approved", "denied", "cancelled", "in_use")},
    ),
)
_path("/jump-approval/{user_id}/view/{id}", "jump-approval", GET=Operation(jumps.read_approval))
_path(
    "/jump-approval/approve",
    "jump-approval",
    POST=Operation(jumps.answer_approval, body=_body(ANSWER_APPROVAL)),
)
_path(
    "/jump-approval/request",
    "jump-approval",
    POST=Operation(jumps.request_approval, body=_body(REQUEST_APPROVAL)),
)

# --- People

_resource(
    "user", "RrUD", security_provider_id=ident(), username=text(1, 255), email_address=text(3, 255)
)
_path("/user", "user", "pra", POST=Operation(generic.create_record, body=_of_kind("user")))
_path(
    "/user/{id}/group-policies",
    "user",
    since=versions.POLICIES_OF_USERS,
    GET=Operation(people.list_policies_of_user),
)
_path(
    "/user/{id}/group-policy-changes",
    "user",
    "pra",
    PATCH=Operation(people.change_policies_of_user, body=_body(POLICY_CHANGES), partial=True),
)
_path("/user/provision", "user", POST=Operation(people.provision_users, body=_body(PROVISION)))
_resource("team", "CRrUD", name=text(1, 255), code_name=code_name())
_resource("team/user", "CRrUD", one="user_id")
_resource("group-policy", "CRrUD", name=text(1, 255))
_path(
    "/group-policy/{id}/copy",
    "group-policy",
    POST=Operation(generic.copy_policy, body=_body(COPY_POLICY)),
)
_path("/group-policy/{id}/provision", "group-policy", POST=Operation(people.provision_policy))
for _name, _one, _paged in (
    ("member", "member_id", True),
    ("jumpoint", "jumpoint_id", True),
    ("jump-group", "jump_group_id", False),
):
    _resource(
        f"group-policy/{_name}", "CRrD", one=_one, paged=_paged, made=generic.create_undescribed
    )
_resource("group-policy/team", "CRrD", one="team_id")
for _name, _one in (("vault-account", "account_id"), ("vault-account-group", "account_group_id")):
    _resource(f"group-policy/{_name}", "CRr", one=_one, paged=False)
    _path(
        f"/group-policy/{{id}}/{_name}/{{{_one}}}",
        f"group-policy/{_name}",
        DELETE=Operation(generic.delete_with_200),
    )
_resource("security-provider", "Rr")
_path(
    "/security-provider/{id}",
    "security-provider",
    "pra",
    PATCH=Operation(people.update_provider, body=people.body_of_provider, partial=True),
)
_path(
    "/api-account",
    "api-account",
    since=versions.API_ACCOUNTS,
    GET=Operation(people.list_accounts, query={"name": text(1, 255)}, paged=True),
)
_path(
    "/api-account/{id}",
    "api-account",
    since=versions.API_ACCOUNTS,
    GET=Operation(people.read_account),
)
_resource("public-portal", "R")
_resource("rep-status", "CRrUD", name=text())
_resource("vendor", "CRrUD", name=text(1, 255))
_path("/vendor/{id}/reactivate", "vendor", POST=Operation(people.reactivate))
_path("/vendor/{id}/user", "vendor/user", GET=Operation(people.show_vendor_users, paged=True))
_resource("vendor/user", "CUD", one="user_id", made=people.create_vendor_user)
_path("/vendor/{id}/user/{user_id}", "vendor/user", GET=Operation(people.read_vendor_user))
_path("/vendor/{id}/user/{user_id}/reactivate", "vendor/user", POST=Operation(people.reactivate))

# --- Vault

_ACCOUNT_FILTERS = {
    "type": choice(*ALL_TYPES, *X509_TYPES),
    "name": text(1, 255),
    "include_personal": flag(),
    "account_group_id": ident(),
    "endpoint_id": ident(),
}
_resource("vault/account", "RrD", **_ACCOUNT_FILTERS)
_path(
    "/vault/account",
    "vault/account",
    POST=Operation(generic.create_record, body=vault.body_of_new_account),
)
_path(
    "/vault/account/{id}",
    "vault/account",
    PATCH=Operation(generic.update_record, body=vault.body_of_account, partial=True),
)
for _name, _action in (
    ("check-out", vault.check_out),
    ("check-in", vault.check_in),
    ("force-check-in", vault.force_check_in),
    ("rotate", vault.rotate),
):
    _path(f"/vault/account/{{id}}/{_name}", "vault/account", POST=Operation(_action))
_resource("vault/account/user", "CRrUD", one="user_id")
_resource("vault/account-group", "CRrUD", name=text(1, 255))
_resource("vault/account-group/user", "CRrUD", one="user_id")
_path(
    "/vault/account-group/{id}/account",
    "vault/account-group",
    GET=Operation(vault.list_accounts_of_group, paged=True),
    POST=Operation(vault.add_account_to_group, body=_body(ADD_ACCOUNT)),
)
_path(
    "/vault/account-group/{id}/account/{account_id}",
    "vault/account-group",
    GET=Operation(vault.read_account_of_group),
    DELETE=Operation(vault.remove_account_from_group),
)
for _owner in ("vault/account", "vault/account-group"):
    _place, _body_of = f"/{_owner}/{{id}}/jump-item-association", _of_product(association)
    _more = {"since": versions.ASSOCIATIONS}
    _path(
        _place,
        _owner,
        **_more,
        GET=Operation(associations.read),
        PATCH=Operation(associations.update, body=_body_of, partial=True),
    )
    if _owner == "vault/account":
        _path(
            _place,
            _owner,
            **_more,
            POST=Operation(associations.create, body=_body_of),
            DELETE=Operation(associations.delete),
        )
    _path(
        f"{_place}/jump-item",
        _owner,
        **_more,
        POST=Operation(associations.add_item, body=_of_product(ITEM.__getitem__)),
        DELETE=Operation(associations.remove_item, body=_of_product(ITEM.__getitem__)),
    )
    _path(
        f"{_place}/shared-jump-group",
        _owner,
        **_more,
        POST=Operation(associations.add_group, body=_body(SHARED_GROUP)),
        DELETE=Operation(associations.remove_group, body=_body(SHARED_GROUP)),
    )
_resource("vault/account-policy", "CRrUD", name=text(1, 255), code_name=text(0, 64))
_resource(
    "vault/endpoint",
    "R",
    name=text(1, 128),
    hostname=text(1, 128),
    description=text(None, 1024),
    domain_name=text(1, 255),
)
_path(
    "/vault/endpoint/{id}/remote-rdp-jump-item-candidates",
    "vault/endpoint",
    GET=Operation(vault.list_candidates),
)
_path(
    "/vault/endpoint/{id}/remote-rdp-jump-item-association",
    "vault/endpoint",
    POST=Operation(vault.associate, body=_body(CANDIDATE)),
)

# --- Endpoint automation, and the appliance itself

_path(
    "/endpoint-automation/job",
    "endpoint-automation/job",
    GET=Operation(automation.list_jobs, query={"name": text(1, 255)}, paged=True),
    POST=Operation(automation.create_job, body=_of_kind("endpoint-automation/job")),
)
_path(
    "/endpoint-automation/job/{id}", "endpoint-automation/job", GET=Operation(automation.read_job)
)
_path(
    "/endpoint-automation/job/{id}/execution",
    "endpoint-automation/job",
    GET=Operation(automation.list_executions),
)
_resource("endpoint-automation/resource", "Rr")
_resource("endpoint-automation/script", "CRr", made=automation.create_script)
_path(
    "/endpoint-automation/script/{id}/resource",
    "endpoint-automation/script",
    GET=Operation(automation.list_resources_of_script),
)
_resource(
    "endpoint-automation/endpoint",
    "Rr",
    operating_system=choice("Windows", "Linux", "Mac"),
    names=text(),
    tags=text(),
    hostname=text(),
    public_ip=text(),
    private_ip=text(),
    jump_group_id=ident(),
)
_path("/openapi.yaml", GET=Operation(document.own_description, downloads=True))
_path("/cli/{platform}", GET=Operation(document.command_line_tool, downloads=True))
