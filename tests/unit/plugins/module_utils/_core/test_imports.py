"""Who may import what: the core without optional libraries, each library in one file, tests and
plugins apart.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core import errors

ROOT = Path(errors.__file__).absolute().parents[3]
PLUGINS = ROOT / "plugins"
MODULE_UTILS = PLUGINS / "module_utils"
SIMULATOR = ROOT / "tests" / "simulator"
COLLECTION = "ansible_collections.remoteops.access"

# Makes the libraries named on the command line impossible to import, then imports the modules named
# after "--".
WITHOUT = """
import importlib, sys
split = sys.argv.index("--")
for library in sys.argv[1:split]:
    sys.modules[library] = None
for module in sys.argv[split + 1:]:
    importlib.import_module(module)
"""


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of each module that a file imports, wherever in it, relative imports
    resolved.
    """
    inside = path.relative_to(ROOT).parent.parts
    package = [*(COLLECTION.split(".") if inside[0] == "plugins" else ()), *inside]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = (
                ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
                if node.level
                else node.module
            )
            yield from (f"{origin}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(
            node.func, "id", getattr(node.func, "attr", "")
        ) in (
            "import_module",
            "__import__",
        ):
            yield from (
                argument.value
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )


def importers(folder: Path, name: str) -> list[str]:
    """Return the files below ``folder`` that import the package or object ``name``."""
    return [
        str(path.relative_to(ROOT))
        for path in sorted(folder.rglob("*.py"))
        if any(found == name or found.startswith(name + ".") for found in imports(path))
    ]


def modules(folder: Path) -> list[str]:
    """Return the full names of the Python modules in a folder."""
    return [
        ".".join([COLLECTION, *path.relative_to(ROOT).with_suffix("").parts])
        for path in sorted(folder.glob("*.py"))
        if path.stem != "__init__"
    ]


def run(code: str, *arguments: str) -> subprocess.CompletedProcess:
    """Run Python code in a process of its own, with this one's search path."""
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{code}", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_walk_over_imports_sees_every_way_to_import(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    path = tmp_path / "plugins" / "module_utils" / "_core" / "x.py"
    path.parent.mkdir(parents=True)
    path.write_text(
        "import a.b, c\nfrom d import e\nfrom .f import g\nfrom .. import h\ndef i():\n    import j\nimport_module('k')\n",
        encoding="utf-8",
    )
    here = f"{COLLECTION}.plugins.module_utils"
    assert set(imports(path)) == {"a.b", "c", "d.e", f"{here}._core.f.g", f"{here}.h", "j", "k"}


def test_the_blocker_of_this_test_blocks():
    assert "ModuleNotFoundError" in run(WITHOUT, "json", "--", "json").stderr


@pytest.mark.parametrize("package", ["_core", "_simplehelp", "_screenconnect", "_fastx"])
def test_module_utils_import_without_the_optional_libraries(package):
    names = modules(MODULE_UTILS / package)
    assert names
    finished = run(WITHOUT, "httpx", "httpcore", "lxml", "lxml.etree", "--", *names)
    assert finished.returncode == 0, finished.stderr


def test_modules_import_without_the_optional_libraries():
    names = modules(PLUGINS / "modules")
    assert names
    finished = run(WITHOUT, "httpx", "httpcore", "lxml", "lxml.etree", "--", *names)
    assert finished.returncode == 0, finished.stderr


def test_the_command_line_of_httpx_is_not_loaded_with_it():
    code = "import importlib, sys; importlib.import_module(sys.argv[1]); print(sys.modules['httpx'].Client, 'rich' in sys.modules, 'click' in sys.modules)"
    assert run(code, f"{COLLECTION}.plugins.module_utils._core.http").stdout.split()[-2:] == [
        "False",
        "False",
    ]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("httpx", "plugins/module_utils/_core/http.py"),
        ("lxml", "plugins/module_utils/_beyondtrust/markup.py"),
        ("cryptography", "plugins/module_utils/_fastx/keys.py"),
        # The door on the controller. The other one, in _core/module.py, looks it up when it is
        # needed, as ansible-lint puts another in its place.
        ("ansible.module_utils.basic.AnsibleModule", "plugins/plugin_utils/_action.py"),
    ],
)
def test_each_library_is_known_to_one_file_only(name, file):
    assert importers(PLUGINS, name) == [file]


def test_planning_knows_nothing_of_networks_or_ansible():
    for file in ("errors", "resource", "plan"):
        found = set(imports(MODULE_UTILS / "_core" / f"{file}.py"))
        assert not any(
            name.split(".")[0] in ("ansible", "httpx", "requests", "urllib", "socket", "http", "os")
            for name in found
        ), file
        assert not any(
            name.startswith(f"{COLLECTION}.plugins.module_utils._core.{other}")
            for name in found
            for other in ("http", "server", "module")
        ), file


def test_the_network_knows_nothing_of_ansible():
    for file in ("http", "mask", "tls", "auth", "errors"):
        found = set(imports(MODULE_UTILS / "_core" / f"{file}.py"))
        assert not any(name.split(".")[0] == "ansible" for name in found), file


def test_the_core_knows_no_vendor():
    foreign = [
        f"{path.name}: {name}"
        for path in sorted((MODULE_UTILS / "_core").glob("*.py"))
        for name in imports(path)
        if name.startswith(COLLECTION)
        and not name.startswith(f"{COLLECTION}.plugins.module_utils._core.")
    ]
    assert foreign == []


def test_plugins_import_nothing_from_the_tests():
    assert importers(PLUGINS, "tests") == []
    assert importers(PLUGINS, f"{COLLECTION}.tests") == []


def test_the_simulator_imports_nothing_from_the_plugins():
    assert len(list(SIMULATOR.rglob("*.py"))) > 3
    assert importers(SIMULATOR, "ansible_collections") == []
    assert importers(SIMULATOR, "ansible") == []
    assert importers(SIMULATOR, "plugins") == []


def test_imports_inside_module_utils_are_relative_and_elsewhere_in_the_plugins_absolute():
    for path in sorted(PLUGINS.rglob("*.py")):
        inside = MODULE_UTILS in path.parents
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom):
                own = node.level > 0 or (node.module or "").startswith(COLLECTION)
                assert not own or (node.level > 0) == inside, (
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                )


def test_every_file_of_the_house_is_on_its_plan():
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    files = [
        *(ROOT / "plugins/module_utils").glob("_*/*.py"),
        *(ROOT / "plugins/plugin_utils").glob("*.py"),
    ]
    files += (ROOT / "plugins/filter").glob("*.py")
    named = {word for code in re.findall(r"`([^`\n]+)`", page) for word in re.findall(r"\w+", code)}
    missing = [
        str(path.relative_to(ROOT)) for path in files if path.stem not in {*named, "__init__"}
    ]
    assert missing == [], "say in docs/architecture.md what these know"
