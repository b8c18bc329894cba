"""What the inventories of all platforms share: names out of untrusted text, and the way of hosts
into Ansible's inventory.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ansible.plugins.inventory import BaseInventoryPlugin, to_safe_group_name

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import InputError
from ansible_collections.remoteops.access.plugins.plugin_utils._addresses import (
    means_this_machine,
    usable_address,
)

if hasattr(BaseInventoryPlugin, "trusted_by_default"):

    def untrusted(value):
        """Return ``value``: text is no template unless it is said to be one."""
        return value

else:  # ansible-core 2.18 takes any text for a template that is not marked
    from ansible.utils.unsafe_proxy import wrap_var as untrusted

# Names that Ansible gives a meaning of its own. A host of such a name would bear the variables of
# all hosts.
RESERVED = frozenset({"all", "ungrouped"})
# By what variables Ansible finds the machine that it connects to.
ADDRESS_VARIABLES = ("ansible_host", "ansible_ssh_host", "ansible_winrm_host", "ansible_psrp_host")
LONGEST_NAME = 100  # characters; a host's name becomes the name of files, in fact caches and logs

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class InventoryHost:
    """A host to be: its name, its variables, and the groups that hold it."""

    name: str
    variables: Mapping[str, Any]
    groups: Sequence[str] = field(default=())


def check_prefixes(option: Callable[[str], Any]) -> None:
    """Raise InputError unless what the options say makes names of variables and groups."""
    prefix = option("vars_prefix")
    if not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", prefix) or prefix.startswith("ansible"):
        # Otherwise the server could set variables such as ansible_connection.
        raise InputError(
            "vars_prefix must be letters, digits and underscores, and begin neither with a digit nor with ansible."
        )
    if not re.fullmatch(r"\w*", option("group_prefix")):
        raise InputError("group_prefix must be letters, digits and underscores, or empty.")


def safe_host_name(text: str) -> str:
    """Return ``text`` as the name of a host: letters, digits, ``_``, ``-`` and ``.``, beginning
    with a letter or digit.

    Anything else could leave a directory (slashes), become an option of a command (a leading
    hyphen) or a pattern of hosts (commas, asterisks, spaces ...). Empty when nothing is left of it.
    """
    return re.sub(r"[^\w.-]+", "_", unicodedata.normalize("NFKC", text))[:LONGEST_NAME].strip("._-")


def first_usable(texts: Iterable[Any]) -> str:
    """Return the name of a host from the first of what may be texts of which something is left,
    empty if there is none.
    """
    return next(filter(None, (safe_host_name(text) for text in texts if isinstance(text, str))), "")


def prefixed(prefix: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a host as variables: what it does not have is none, and neither is
    what cannot be called by its name.

    Nor is what, together with the prefix, would be a variable of Ansible's own, such as
    ansible_connection.
    """
    return {
        prefix + name: value
        for name, value in known.items()
        if value is not None and name.isidentifier() and not (prefix + name).startswith("ansible_")
    }


def renaming(renamed: Sequence[str], number: int) -> list[str]:
    """Return the warning that some of so many hosts are called otherwise than wanted, none where
    there are none.
    """
    if not renamed:
        return []
    return [
        f"Some hosts would share their name with another host or a group, or have a reserved name or one of the controller's own, so their "
        f"identifier is part of their name "
        f"({len(renamed)} of {number}): {first_few(renamed)}"
    ]


def first_few(names: Sequence[str]) -> str:
    """Return the first names of what may be many."""
    return f"{', '.join(names[:5])}{', ...' if names[5:] else ''}"


def group_name(prefix: str, path: Sequence[str]) -> str:
    """Return the name of a group for a path from the root of a tree, in lower case."""
    parts = (
        re.sub(r"\W+", "_", unicodedata.normalize("NFKC", part).lower())[:LONGEST_NAME].strip("_")
        for part in path
    )
    return to_safe_group_name(prefix + "_".join(parts))


def distinct(
    wanted: Mapping[Key, str], suffix: Callable[[Key], str], reserved: Iterable[str] = ()
) -> dict[Key, str]:
    """Return a name for each key that no other key has: the wanted one, or that with a suffix.

    All keys that share a name get a suffix, and so do those whose name is ``reserved`` (whatever
    its case) or would lead Ansible to the controller itself, so that the names do not depend on the
    order of the keys.
    """
    names = dict(wanted)
    reserved = {*RESERVED, *(name.casefold() for name in reserved)}
    while True:
        shared = Counter(names.values())
        clashing = [
            key
            for key, name in names.items()
            if shared[name] > 1
            or not name
            or name.casefold() in reserved
            or means_this_machine(name)
        ]
        if not clashing:
            return names
        for key in clashing:
            # The suffixes can clash too, by chance or by ill will. Digests are all of one length
            # and all different, so this ends.
            tail = (suffix(key) if names[key] == wanted[key] else "") or digest(key)
            names[key] = f"{names[key]}_{tail}".lstrip("_")


def taken(inventory) -> list[str]:
    """Return the names in Ansible's ``inventory`` that no new host may bear: those of groups, and
    of hosts by which Ansible acts on the controller.
    """
    return [
        *inventory.groups,
        *(name for name, host in inventory.hosts.items() if _is_controller(host.vars)),
    ]


def _is_controller(variables) -> bool:
    if str(variables.get("ansible_connection")).rpartition(".")[2] == "local":
        return True
    return any(
        means_this_machine(str(variables[name]))
        for name in ADDRESS_VARIABLES
        if variables.get(name) is not None
    )


def digest(value: Any) -> str:
    """Return a short text that differs for different JSON values, and from which they cannot be
    told.
    """
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:16]


def populate(inventory, parents: Mapping[str, str | None], hosts: Sequence[InventoryHost]) -> None:
    """Put groups, each with its parent (before it in the order) or None, and then hosts into
    Ansible's inventory.
    """
    add_groups(inventory, parents)
    for host in hosts:
        add_host(inventory, host)
        set_variables(inventory, host)


def add_groups(inventory, parents: Mapping[str, str | None]) -> None:
    """Put groups into the inventory, each below its parent if it has one."""
    for group, parent in parents.items():
        inventory.add_group(group)
        if parent:
            inventory.add_child(parent, group)


def add_host(inventory, host: InventoryHost) -> None:
    """Put a host into the inventory and into its groups."""
    inventory.add_host(host.name)
    for group in host.groups:
        inventory.add_child(group, host.name)


def set_variables(inventory, host: InventoryHost) -> None:
    """Set the variables of a host that is in the inventory."""
    for name, value in host.variables.items():
        inventory.set_variable(host.name, name, untrusted(value))


def construct(plugin, names: Sequence[str]) -> None:
    """Add what the options ``compose``, ``groups`` and ``keyed_groups`` of a Constructable plugin
    make of these hosts.
    """
    option, strict = plugin.get_option, plugin.get_option("strict")
    compose, groups, keyed_groups = option("compose"), option("groups"), option("keyed_groups")
    # All variables come before the first new group: a group of a host's name would catch the host's
    # variables.
    for name in names if compose else ():
        plugin._set_composite_vars(compose, _variables(plugin, name), name, strict)
    _leave_the_controller(plugin, names, compose or {})
    for name in names if groups or keyed_groups else ():
        variables = _variables(plugin, name)
        plugin._add_host_to_composed_groups(groups, variables, name, strict, fetch_hostvars=False)
        plugin._add_host_to_keyed_groups(
            keyed_groups, variables, name, strict, fetch_hostvars=False
        )


def _leave_the_controller(plugin, names, compose):
    """Take away what ``compose`` made of a machine's own words where it would lead Ansible to the
    controller, and warn of it.
    """
    led = []
    for variable in ADDRESS_VARIABLES:
        for name in names if variable in compose else ():
            variables = plugin.inventory.get_host(name).vars
            if variable in variables and not (
                isinstance(variables[variable], str) and usable_address(variables[variable])
            ):
                del variables[variable]
                led.append(name)
    if led:
        plugin.display.warning(
            f"What compose makes of some hosts is no host name and no IP address, or means the controller itself, so that ansible_host is not set: "
            f"{first_few(sorted(set(led)))}"
        )


def _variables(plugin, name):
    return plugin.inventory.get_host(name).get_vars()
