"""What makes large inventories fast: the same result as Ansible's own calls give, with fewer of
them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ansible.release import __version__ as ansible_version

from ansible_collections.remoteops.access.plugins.plugin_utils._inventory import (
    InventoryHost,
    add_groups,
    add_host,
    set_variables,
)

# The releases of ansible-core whose treatment of variables is known, by test, to be repeated here.
# 2.18 does nothing that takes long.
KNOWN_RELEASES = ("2.19.", "2.20.", "2.21.")
# A value of each type that JSON has and that Ansible marks.
SPECIMENS = ("text", 1, 1.5, [], {})

Marks = Mapping[type, tuple[type, Any]]


def populate(inventory, parents: Mapping[str, str | None], hosts: Sequence[InventoryHost]) -> None:
    """Do what `_inventory.populate` does, in less time.

    From ansible-core 2.19 on, ``set_variable`` checks and copies each value and marks all its parts
    with their origin, which takes far longer than to store it. The marks are the same for all
    values, so they are taken from specimens here and put onto the others.
    """
    add_groups(inventory, parents)
    # The variables of a host that another source has made are to be merged with those that it has.
    new = {host.name for host in hosts} - set(inventory.hosts)
    for host in hosts:
        add_host(inventory, host)
    marks = _marks(inventory, hosts, new) if ansible_version.startswith(KNOWN_RELEASES) else None
    for host in hosts:
        variables = _marked_variables(host, marks) if marks and host.name in new else None
        if variables is None:
            set_variables(inventory, host)
        else:
            inventory.hosts[host.name].vars.update(variables)


def _marks(inventory, hosts, new) -> Marks | None:
    """Return the type and the marks that Ansible gives values of each type; None unless a host's
    variables, set by Ansible, bear that out.
    """
    sample = max(
        (host for host in hosts if host.name in new),
        key=lambda host: len(host.variables),
        default=None,
    )
    if sample is None or "specimens" in sample.variables:
        return None
    place = inventory.hosts[sample.name]
    before = dict(place.vars)
    inventory.set_variable(sample.name, "specimens", list(SPECIMENS))
    specimens = place.vars["specimens"]
    marks = {
        type(native): (type(marked), getattr(marked, "_ansible_tags_mapping", None))
        for native, marked in zip(SPECIMENS, specimens, strict=True)
    }
    place.vars = dict(before)
    set_variables(inventory, sample)
    expected, found = place.vars, {**before, **(_marked_variables(sample, marks) or {})}
    place.vars = dict(before)
    return marks if _identical(expected, found) else None


def _marked_variables(host, marks) -> dict | None:
    """Return the host's variables as Ansible stores them, None if one of them holds something that
    JSON does not have.
    """
    try:
        return {name: _marked(value, marks) for name, value in host.variables.items()}
    except (KeyError, TypeError, AttributeError):
        return None


def _marked(value, marks):
    if value is None or value is True or value is False:
        return value
    native = type(value)
    marked_type, mapping = marks[native]
    if native is list:
        value = [_marked(item, marks) for item in value]
    elif native is dict:
        value = {key: _marked(item, marks) for key, item in value.items()}
    marked = marked_type(value)
    marked._ansible_tags_mapping = mapping
    return marked


def _identical(one: Any, other: Any) -> bool:
    """Tell whether two values and all their parts are equal and have the same types and marks."""
    if type(one) is not type(other) or getattr(one, "_ansible_tags_mapping", None) != getattr(
        other, "_ansible_tags_mapping", None
    ):
        return False
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(_identical(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_identical, one, other))
    return one == other


@contextmanager
def compiled_once(templar) -> Iterator[None]:
    """Meanwhile, let ``templar`` compile each expression once, where it would compile it anew for
    each host.

    From ansible-core 2.19 on; earlier, or if Ansible should keep its environment elsewhere, nothing
    happens.
    """
    environment = getattr(getattr(templar, "_engine", None), "environment", None)
    compile_expression = getattr(environment, "compile_expression", None)
    if compile_expression is None:
        yield
        return
    compiled = {}

    def remember(source, *arguments, **options):
        # What becomes of backslashes depends on more than the arguments.
        if "\\" in source or arguments != (False,) or options:
            return compile_expression(source, *arguments, **options)
        if source not in compiled:
            compiled[source] = compile_expression(source, False)
        return compiled[source]

    environment.compile_expression = remember
    try:
        yield
    finally:
        del environment.compile_expression
