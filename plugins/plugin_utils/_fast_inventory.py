"""What makes large inventories fast: the same result as Ansible's own calls give, with fewer of them."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ansible_collections.remoteops.access.plugins.plugin_utils._inventory import (
    InventoryHost,
    add_groups,
    add_host,
    set_variables,
    untrusted,
)

# Hosts whose variables are handed over together. More would need more memory and save no more time.
BATCH = 1000
# Types whose values cannot change, so that hosts can share them.
SCALARS = frozenset({str, int, bool, float, type(None)})


def populate(inventory, parents: Mapping[str, str | None], hosts: Sequence[InventoryHost]) -> None:
    """Do what `_inventory.populate` does, with one call for each variable of many hosts."""
    add_groups(inventory, parents)
    known = set(inventory.hosts)
    for start in range(0, len(hosts), BATCH):
        batch = hosts[start:start + BATCH]
        for host in batch:
            add_host(inventory, host)
        # The variables of a host that another source has made are to be merged with those that it has.
        done = _set_together(inventory, [host for host in batch if host.name not in known])
        for host in batch:
            if host.name not in done:
                set_variables(inventory, host)


def _set_together(inventory, hosts) -> set[str]:
    """Set the variables of hosts that have none of them yet, and return the names of the hosts for which that was done.

    ``set_variable`` checks, copies and marks each value by itself, which takes far longer than storing it. So a list is
    handed over for each variable, in which each text and number stands once, and its parts become the variables. That relies on
    Host.vars being a dictionary, and on parts of a list being treated like a value by itself; both are checked on one host.
    """
    if not hosts:
        return set()
    sample = max(hosts, key=lambda host: len(host.variables))
    set_variables(inventory, sample)
    variables = inventory.hosts[sample.name].vars
    if type(variables) is not dict:
        return {sample.name}
    expected, columns = dict(variables), {}
    places = {host.name: [(name, _place(columns, name, value)) for name, value in host.variables.items()] for host in hosts}
    treated = {}
    for name, (values, _known) in columns.items():
        inventory.set_variable(sample.name, name, untrusted(values))
        treated[name] = variables.pop(name)
    variables.update(expected)
    found = {name: treated[name][place] for name, place in places[sample.name]}
    if not all(_identical(value, expected[name]) for name, value in found.items()):
        return {sample.name}
    for host in hosts:
        if host is not sample:
            inventory.hosts[host.name].vars.update([(name, treated[name][place]) for name, place in places[host.name]])
    return set(places)


def _place(columns, name, value) -> int:
    """Return where ``value`` stands in the list of a variable's values, after putting it there if need be."""
    values, known = columns.setdefault(name, ([], {}))
    if type(value) not in SCALARS:
        values.append(value)
        return len(values) - 1
    place = known.setdefault((type(value), value), len(values))  # the type, as True equals 1
    if place == len(values):
        values.append(value)
    return place


def _identical(one: Any, other: Any) -> bool:
    """Tell whether two values are equal and of the same types, also within."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(_identical(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_identical, one, other))
    return one == other


@contextmanager
def compiled_once(templar) -> Iterator[None]:
    """Meanwhile, let ``templar`` compile each expression once, where it would compile it anew for each host.

    From ansible-core 2.19 on; earlier, or if Ansible should keep its environment elsewhere, nothing happens.
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
