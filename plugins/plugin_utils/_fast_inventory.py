"""What makes large inventories fast: the same result as Ansible's own calls give, with fewer of them."""

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

# The releases of ansible-core whose treatment of variables `_marked` is known, by test, to repeat. 2.18 marks nothing of this kind.
KNOWN_RELEASES = ("2.19.", "2.20.", "2.21.")
# A value of each type that JSON has.
SPECIMENS = ["text", 1, 1.5, {}, [], True, None]

Marks = Mapping[type, tuple[type, Any]]


def populate(inventory, parents: Mapping[str, str | None], hosts: Sequence[InventoryHost]) -> None:
    """Do what `_inventory.populate` does, in less time.

    From ansible-core 2.19 on, ``set_variable`` copies and checks each value and marks all parts of it with their origin, which takes
    far longer than storing it. The marks are the same for all values, so here they are taken from specimens and put onto the rest.
    """
    add_groups(inventory, parents)
    known = set(inventory.hosts)
    for host in hosts:
        add_host(inventory, host)
    # The variables of a host that another source has made are to be merged with those that it has.
    new = [host for host in hosts if host.name not in known]
    marks = _marks(inventory, max(new, key=lambda host: len(host.variables))) if new and ansible_version.startswith(KNOWN_RELEASES) else None
    for host in hosts:
        if marks and host.name not in known:
            inventory.hosts[host.name].vars.update([(name, _marked(value, marks)) for name, value in host.variables.items()])
        else:
            set_variables(inventory, host)


def _marks(inventory, sample: InventoryHost) -> Marks | None:
    """Return, for each type, the type and the marks that Ansible gives its values; None unless the variables of a sample host bear that out."""
    variables = inventory.hosts[sample.name].vars
    before = dict(variables)
    inventory.set_variable(sample.name, "specimens", SPECIMENS)
    found = variables.pop("specimens", None)
    if type(variables) is not dict or not isinstance(found, list) or any(name in before for name in ("specimens", *sample.variables)):
        return None
    marks = {type(value): (type(value), None) for value in (True, None)}
    for native, marked in zip([*SPECIMENS[:5], []], [*found[:5], found], strict=True):
        marks[type(native)] = (type(marked), getattr(marked, "_ansible_tags_mapping", None))
    set_variables(inventory, sample)
    expected = dict(variables)
    ...


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
