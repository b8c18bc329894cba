"""Knows how the documentation of beyondtrust_config repeats that of the modules of its kinds:
writes it, or tells where it is not the same.

Usage: python scripts/config_documentation.py [--check]. A whole document takes the options of
twenty modules; nobody keeps two copies of their descriptions alike by hand.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.remoteops.access.plugins.doc_fragments.beyondtrust import ModuleDocFragment
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.configuration import (
    KINDS,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.reconcile import config_spec

MODULES = Path(__file__).resolve().parent.parent / "plugins/modules"
WRITTEN = MODULES / "beyondtrust_config.py"
BEGIN, END = (
    "      # Made by scripts/config_documentation.py from the modules of the kinds.\n",
    "      # The end of what is made.\n",
)
# Those that describe an object; the others describe the connection and the run.
FRAGMENTS = ("identifier", "jump_item")
SPEC = config_spec(BEYONDTRUST)["config"]["options"]
WIDTH = 120  # a line is folded at the first blank behind it
NAME = "remoteops.access.beyondtrust_{}".format


def options_of(kind: str) -> dict[str, Any]:
    """Return the options of a kind's module that describe the object, with those of its fragments."""
    document = re.search(
        r'DOCUMENTATION = r"""\n(.*?)"""',
        (MODULES / f"beyondtrust_{kind}.py").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    documentation = yaml.safe_load(document[1])
    options = {}
    for fragment in FRAGMENTS:
        if (
            f"remoteops.access.beyondtrust.{fragment}"
            in documentation["extends_documentation_fragment"]
        ):
            options |= yaml.safe_load(getattr(ModuleDocFragment, fragment.upper()))["options"]
    options |= documentation["options"]
    if "remoteops.access.beyondtrust.state" in documentation["extends_documentation_fragment"]:
        options |= yaml.safe_load(ModuleDocFragment.STATE)["options"]
    return {name: option for name, option in options.items() if name in SPEC[kind]["options"]}


def placed(kind: str, text: str) -> str:
    """Return a sentence with its options where they stand in the document."""
    return re.sub(r"\bO\((?!remoteops\.)([^)=]+)", rf"O(config.{kind}[].\1", text)


def lines(kind: str, options: dict[str, Any], indent: int) -> Iterator[str]:
    """Yield the lines that document options."""
    for name, option in options.items():
        yield f"{' ' * indent}{name}:"
        sentences = (
            option["description"]
            if isinstance(option["description"], list)
            else [option["description"]]
        )
        yield f"{' ' * (indent + 2)}description:"
        for sentence in sentences:
            folded = (
                yaml.safe_dump([placed(kind, sentence)], width=WIDTH - indent, allow_unicode=True)
                .rstrip("\n")
                .splitlines()
            )
            yield from (f"{' ' * (indent + 4)}{line}" for line in folded)
        for attribute in ("type", "elements", "required", "default"):
            if attribute in option:
                yield f"{' ' * (indent + 2)}{attribute}: {yaml.safe_dump(option[attribute]).splitlines()[0]}"
        if "choices" in option:
            yield f"{' ' * (indent + 2)}choices: [{', '.join(yaml.safe_dump(choice).splitlines()[0] for choice in option['choices'])}]"
        if "suboptions" in option:
            yield f"{' ' * (indent + 2)}suboptions:"
            yield from lines(kind, option["suboptions"], indent + 4)


def document() -> str:
    """Return the suboptions of ``config``, kind by kind in the order of creation."""
    made = []
    for kind in KINDS:
        made += [
            f"      {kind}:",
            f"        description: Objects of this kind, each as in M({NAME(kind)}). None may be described twice.",
            "        type: list",
            "        elements: dict",
            "        suboptions:",
            *lines(kind, options_of(kind), 10),
        ]
    return "\n".join(made) + "\n"


def main(arguments: list[str]) -> int:
    """Write the documentation, or with --check return 1 where it is not what would be written."""
    text = WRITTEN.read_text(encoding="utf-8")
    (before, _made), (_same, after) = text.split(BEGIN), text.split(END)
    wanted = f"{before}{BEGIN}{document()}{END}{after}"
    if arguments == ["--check"]:
        if text != wanted:
            print(
                "The documentation of beyondtrust_config is not that of the modules of its kinds: run make config-docs.",
                file=sys.stderr,
            )
        return int(text != wanted)
    WRITTEN.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
