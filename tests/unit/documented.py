"""The modules of the collection, and what their documentation says without Ansible's help."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import yaml

DIRECTORY = Path(__file__).parents[2] / "plugins" / "modules"
MODULES = sorted(path.stem for path in DIRECTORY.glob("*.py") if path.stem != "__init__")


@cache
def documentation(module: str) -> dict:
    """Return the literal documentation of a module, without that of the fragments that it extends."""
    tree = ast.parse((DIRECTORY / f"{module}.py").read_text())
    (text,) = [
        node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and node.targets[0].id == "DOCUMENTATION"
    ]
    return yaml.safe_load(text)


def fragments(module: str) -> set[str]:
    """Return the names of the fragments that the documentation of a module extends, without the
    collection's.
    """
    return {
        name.removeprefix("remoteops.access.")
        for name in documentation(module).get("extends_documentation_fragment", [])
    }


def connected(platform: str) -> set[str]:
    """Return the modules that take the connection options of a platform."""
    return {module for module in MODULES if platform in fragments(module)}
