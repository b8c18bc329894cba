"""Knows what the documentation of the modules promises: every option described, examples that run,
results as described.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from tests.simulator.beyondtrust import Pair
from tests.simulator.beyondtrust.company import company as appliances
from tests.simulator.company import company
from tests.simulator.fastx import FastX
from tests.simulator.fastx import company as workstations
from tests.simulator.screenconnect import ScreenConnect
from tests.simulator.screenconnect import company as sessions
from tests.simulator.serving import serve
from tests.simulator.simplehelp import SimpleHelp
from tests.unit.documented import documentation, fragments

ROOT = Path(__file__).resolve().parents[4]
COLLECTIONS = ROOT / ".cache/collections"
MODULES = sorted(
    path.stem for path in (ROOT / "plugins/modules").glob("*.py") if path.stem != "__init__"
)
RUNTIME = yaml.safe_load((ROOT / "meta/runtime.yml").read_text())
PLATFORMS = ("simplehelp", "beyondtrust", "screenconnect", "fastx")

# What Ansible itself puts into a result, or defines for every module; of one that names a file,
# what the file is.
ANSIBLES_OWN = {"changed", "warnings", "deprecations", "failed_when_result", "attempts"}
OF_A_FILE = {"owner", "group", "uid", "gid", "mode", "state", "size", "secontext"}


def ansible(
    command: str, directory: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess:
    """Run one of Ansible's commands in a directory of its own, without any settings of the user's."""
    foreign = ("ANSIBLE_", "SIMPLEHELP_", "BEYONDTRUST_", "SCREENCONNECT_", "FASTX_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    own = {
        "HOME": str(directory),
        "XDG_CACHE_HOME": str(directory / "cache"),
        "ANSIBLE_HOME": str(directory / "home"),
        "ANSIBLE_CONFIG": str(directory / "ansible.cfg"),
        "ANSIBLE_REMOTE_TEMP": str(directory / "tmp"),
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_NOCOLOR": "1",
        "LC_ALL": "C.UTF-8",
    }
    (directory / "ansible.cfg").touch()
    # As a module and not by its name: what lies on the PATH may be another version.
    line = [sys.executable, "-m", "ansible", command, *arguments]
    settings = {**kept, **own, **environment}
    return subprocess.run(
        line, cwd=directory, env=settings, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def documents(tmp_path_factory) -> dict:
    """Return what ansible-doc shows of each module: doc, examples and return, with the fragments
    merged into them.
    """
    shown = ansible(
        "doc",
        tmp_path_factory.mktemp("ansible_doc"),
        "--json",
        *(f"remoteops.access.{name}" for name in MODULES),
    )
    assert shown.returncode == 0, shown.stderr
    return {
        name.rpartition(".")[2]: document for name, document in json.loads(shown.stdout).items()
    }


def test_ansible_doc_shows_every_module(documents):
    assert sorted(documents) == MODULES
    for name, document in documents.items():
        assert document["doc"]["short_description"], name
        assert document["examples"].strip(), name


def options_within(options: dict, place: str):
    """Yield the place and the entry of each option with its suboptions, or of each returned value
    with what it contains.
    """
    for name, option in options.items():
        yield f"{place}.{name}", option
        yield from options_within(
            option.get("suboptions") or option.get("contains") or {}, f"{place}.{name}"
        )


def type_name(value) -> str:
    """Return the name of a value's type, which Ansible's documentation and Python share."""
    return type(value).__name__


def sentences(description: str | list[str]) -> list[str]:
    """Return the paragraphs of a description."""
    return [description] if isinstance(description, str) else description


@pytest.mark.parametrize("name", MODULES)
def test_every_option_and_every_returned_value_is_described_in_sentences(name, documents):
    document = documents[name]
    described = [
        *options_within(document["doc"]["options"], name),
        *options_within(document["return"], f"{name} returns"),
    ]
    assert len(described) > len(document["return"])
    for place, entry in described:
        assert entry.get("description"), place
        for sentence in sentences(entry["description"]):
            assert re.fullmatch(r"[A-Z0-9].*[.:]", sentence, re.DOTALL), f"{place}: {sentence}"


@pytest.mark.parametrize("name", MODULES)
def test_every_returned_value_has_a_sample_of_its_type(name, documents):
    for place, entry in options_within(documents[name]["return"], name):
        assert entry["returned"], place
        if "contains" not in entry:  # else the samples stand within
            assert type_name(entry["sample"]) == entry["type"], place


# Where the kinds of a whole server's document have modules of other names.
MODULES_OF_KINDS = {
    "simplehelp_config": {
        "tech_group": "tech_group",
        "technician": "technician",
        "machine": "simplehelp_machine",
    },
    "beyondtrust_config": {name.removeprefix("beyondtrust_"): name for name in MODULES},
    "screenconnect_config": {"session": "screenconnect_session"},
    "fastx_config": {"bookmark": "fastx_bookmark"},
}


def module_option_of(place: str) -> tuple[str, str] | None:
    """Return the module and the option that a suboption of a whole server's document repeats, None
    where it stands for itself.
    """
    module, _config, kind, *path = place.split(".")
    modules = MODULES_OF_KINDS[module]
    return (modules[kind], ".".join(path)) if kind in modules and path else None


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("simplehelp_config", 40),
        ("beyondtrust_config", 300),
        ("screenconnect_config", 5),
        ("fastx_config", 5),
    ],
)
def test_the_document_of_a_whole_server_says_the_same_as_the_modules_of_its_objects(
    documents, name, least
):
    suboptions = documents[name]["doc"]["options"]["config"]["suboptions"]
    compared = 0
    for place, option in options_within(suboptions, f"{name}.config"):
        repeated = module_option_of(place)
        if repeated:
            module, path = repeated
            original = dict(options_within(documents[module]["doc"]["options"], module))[
                f"{module}.{path}"
            ]
            here = [
                re.sub(r"O\(config\.\w+\[\]\.", "O(", sentence)
                for sentence in sentences(option["description"])
            ]
            assert here == sentences(original["description"]), place
            compared += 1
    assert compared > least


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_action_group_is_made_of_the_modules_that_take_its_connection_options(platform):
    documented = {
        name: yaml.safe_load(text.split('"""')[1]).get("extends_documentation_fragment", [])
        for name, text in (
            (
                name,
                (ROOT / f"plugins/modules/{name}.py").read_text().partition("DOCUMENTATION = r")[2],
            )
            for name in MODULES
        )
    }
    connected = [name for name in MODULES if f"remoteops.access.{platform}" in documented[name]]
    assert connected == [
        name for name in MODULES if f"remoteops.access.{platform}.action_group" in documented[name]
    ]
    assert sorted(RUNTIME["action_groups"][platform]) == connected
    fragment = import_module(
        f"ansible_collections.remoteops.access.plugins.doc_fragments.{platform}"
    ).ModuleDocFragment
    assert yaml.safe_load(fragment.ACTION_GROUP)["attributes"]["action_group"]["membership"] == [
        f"remoteops.access.{platform}"
    ]


def test_every_redirect_leads_to_a_module_that_exists():
    redirects = {
        name: entry["redirect"].rpartition(".")[2]
        for name, entry in RUNTIME["plugin_routing"]["modules"].items()
        if "redirect" in entry
    }
    assert set(redirects.values()) <= set(MODULES)
    assert not set(redirects) & set(MODULES)


def results_of(output: str) -> list[dict]:
    """Return the results of the tasks that the callback "minimal" printed."""
    printed = re.findall(
        r"^localhost \| (?:SUCCESS|CHANGED) => (\{.*?^\})", output, re.DOTALL | re.MULTILINE
    )
    return [json.loads(result) for result in printed]


class Servers:
    """The servers of the simulated company: one of SimpleHelp, of ScreenConnect and of FastX, and a
    pair of appliances of a product of BeyondTrust.
    """

    def __init__(self, product: str, moving: bool):
        self.simplehelp = SimpleHelp(company())
        self.screenconnect = ScreenConnect(sessions())
        self.fastx = FastX(workstations())
        site = appliances(product)
        if moving:  # a clock that shows the real time at first, and then goes faster
            site |= {"now_ms": int(time.time() * 1000), "health": {}}
        self.pair = Pair(site, product=product, clock_speed=100 if moving else 0)

    def dump(self) -> list:
        """Return what all of them hold."""
        return [
            self.simplehelp.dump(),
            self.screenconnect.dump(),
            self.fastx.dump(),
            self.pair.dump(),
        ]

    @property
    def violations(self) -> list[str]:
        """The rules of the vendors' documents that were broken."""
        return [
            rule
            for each in (self.simplehelp, self.screenconnect, self.fastx, self.pair.a, self.pair.b)
            for rule in each.journal.violations
        ]

    @property
    def secrets(self) -> set[str]:
        """What opens the servers to those who know it."""
        secrets = {
            self.simplehelp.token,
            self.screenconnect.secret,
            *self.fastx.tokens_given,
            *self.fastx.passwords_given,
        }
        secrets |= {user["password"] for user in self.fastx.site["users"].values()}
        return secrets | {
            account["client_secret"] for account in self.pair.a.site["accounts"].values()
        }

    @contextmanager
    def serve(self) -> Iterator[dict[str, str]]:
        """Run all of them; gives the environment variables with which they are reached."""
        client_id, account = [*self.pair.a.site["accounts"].items()][0]
        username, user = [*self.fastx.site["users"].items()][0]
        with (
            serve(self.simplehelp) as simplehelp,
            serve(self.screenconnect) as screenconnect,
            serve(self.fastx) as fastx,
            self.pair.serve() as pair,
        ):
            yield {
                "SIMPLEHELP_URL": simplehelp.url,
                "SIMPLEHELP_CA_PATH": simplehelp.ca_path,
                "SIMPLEHELP_API_TOKEN": self.simplehelp.token,
                "SCREENCONNECT_URL": screenconnect.url,
                "SCREENCONNECT_CA_PATH": screenconnect.ca_path,
                "SCREENCONNECT_AUTH_SECRET": self.screenconnect.secret,
                "FASTX_URL": fastx.url,
                "FASTX_CA_PATH": fastx.ca_path,
                "FASTX_USERNAME": username,
                "FASTX_PASSWORD": user["password"],
                "BEYONDTRUST_URL": pair.url,
                "BEYONDTRUST_PEER_URL": pair.peer_url,
                "BEYONDTRUST_CA_PATH": pair.ca_path,
                "BEYONDTRUST_CLIENT_ID": client_id,
                "BEYONDTRUST_CLIENT_SECRET": account["client_secret"],
            }


# A play whose environment is not the controller's own is not done by the action plugins in
# Ansible's own process.
DOORS = {"action plugin": "", "module": "  environment: {ANYTHING: else}\n"}


def played(
    examples: str, directory: Path, servers: Servers, environment: dict[str, str], door: str
) -> list[dict]:
    """Run examples in their order as one playbook and return each task's result; fails where one
    fails.
    """
    playbook = directory / "playbook.yml"
    playbook.write_text(
        f"- hosts: localhost\n  gather_facts: false\n{DOORS[door]}  tasks:\n{textwrap.indent(examples, '    ')}",
        encoding="utf-8",
    )
    # Names that begin with vault_ stand for the user's secrets.
    secrets = {name: f"the secret of {name}" for name in set(re.findall(r"\bvault_\w+", examples))}
    done = ansible(
        "playbook",
        directory,
        "-i",
        "localhost,",
        "-c",
        "local",
        "-e",
        json.dumps({**secrets, "ansible_python_interpreter": sys.executable}),
        str(playbook),
        ANSIBLE_STDOUT_CALLBACK="ansible.builtin.minimal",
        ANSIBLE_PIPELINING="1",
        ANSIBLE_LOCALHOST_WARNING="0",
        **environment,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for secret in {*servers.secrets, *secrets.values()}:
        assert secret not in done.stdout + done.stderr
    return results_of(done.stdout)


# Modules whose examples begin where those of another one end.
AFTER = {
    "beyondtrust_jump_client_installer_download": "beyondtrust_jump_client_installer",
    "beyondtrust_drill_report": "beyondtrust_drill_journal",
    "backup_info": "backup",
    "backup_verify": "backup",
}
# Modules that change nothing on a server: they read, write files where they run, or do again what
# has been done there.
CHANGE_NOTHING = (
    "_info",
    "_probe",
    "_verify",
    "_download",
    "_journal",
    "_report",
    "_provision",
    "_screenshot",
)


MOST_TOGETHER = 6


def product_of(name: str) -> str:
    """Return the product of BeyondTrust that a module's examples are for."""
    return "pra" if "Privileged Remote Access" in documentation(name)["short_description"] else "rs"


def together() -> Iterator[list[str]]:
    """Yield the modules whose examples are run as one playbook: some at a time of those that only
    read, the others alone.
    """
    reading: dict[str, list[str]] = {"rs": [], "pra": []}
    for name in MODULES:
        used = re.findall(
            r"^ +remoteops\.access\.(\w+):",
            (ROOT / f"plugins/modules/{name}.py").read_text().partition("EXAMPLES = r")[2],
            re.MULTILINE,
        )
        if name in AFTER or not all(module.endswith("_info") for module in used):
            yield [name]
        else:
            reading[product_of(name)].append(name)
    for names in reading.values():
        yield from (
            names[start : start + MOST_TOGETHER] for start in range(0, len(names), MOST_TOGETHER)
        )


# Of reading modules test_doors.py runs some through both.
THROUGH_BOTH = (
    "tech_group",
    "screenconnect_session",
    "fastx_bookmark",
    "beyondtrust_web_jump",
)


def through_doors() -> Iterator:
    """Yield the modules whose examples are run together and a door; of the second, those of a few
    modules, and of the others if the matrix is wide.
    """
    for names in together():
        yield pytest.param(names, "action plugin", id=" ".join(names))
        yield pytest.param(
            names,
            "module",
            id=f"{' '.join(names)} module",
            marks=[] if {*THROUGH_BOTH} & {*names} else pytest.mark.wide,
        )


def test_every_module_has_the_action_plugin_and_says_so():
    routed = yaml.safe_load((ROOT / "meta/runtime.yml").read_text(encoding="utf-8"))[
        "plugin_routing"
    ]["modules"]
    having = {
        name
        for name, entry in routed.items()
        if entry == {"action_plugin": "remoteops.access.technician"}
    }
    assert having == {*MODULES}, (
        "add <module>: {action_plugin: remoteops.access.technician} to plugin_routing.modules in meta/runtime.yml"
    )
    assert {name for name in MODULES if "controller" in fragments(name)} == {*MODULES}, (
        "add remoteops.access.controller to extends_documentation_fragment"
    )


@pytest.mark.parametrize(("names", "door"), list(through_doors()))
def test_the_examples_of_modules_run_and_return_what_is_documented(
    names, door, documents, tmp_path
):
    servers = Servers(product_of(names[0]), moving=names == ["failover_role"])
    examples = "\n".join(documents[name]["examples"] for name in names)
    with servers.serve() as environment:
        if names[0] in AFTER:
            played(documents[AFTER[names[0]]]["examples"], tmp_path, servers, environment, door)
        before = servers.dump()
        results = iter(played(examples, tmp_path, servers, environment, door))
    used = {
        key
        for task in yaml.safe_load(examples)
        for key in task
        if key.startswith("remoteops.access.")
    }
    assert (servers.dump() == before) is all(module.endswith(CHANGE_NOTHING) for module in used)
    assert servers.violations == []
    for name in names:
        tasks = yaml.safe_load(documents[name]["examples"])
        check_results(
            name, tasks, list(itertools.islice(results, len(tasks))), documents[name]["return"]
        )
    assert list(results) == []


def check_results(name: str, tasks: list[dict], results: list[dict], returned: dict) -> None:
    """Compare what a module's examples have returned with what its documentation says of that."""
    assert len(results) == len(tasks)
    ours = [
        result
        for task, result in zip(tasks, results, strict=True)
        if f"remoteops.access.{name}" in task
    ]
    assert ours
    # By no_log, as a task is to be that gives a secret away.
    shown = [result for result in ours if "censored" not in result]
    seen = set()
    for result in shown:
        found = (
            result.keys()
            - ANSIBLES_OWN
            - (OF_A_FILE - returned.keys() if "dest" in result or "path" in result else set())
        )
        assert found <= returned.keys(), "returned, not documented"
        assert found >= {
            key for key, entry in returned.items() if entry["returned"] in ("always", "success")
        }, "documented, not returned"
        for key in found:
            assert type_name(result[key]) == returned[key]["type"], key
        seen |= found
    # diff is not printed by the callback, and the rest needs a failure.
    assert (
        shown != ours
        or {key for key, entry in returned.items() if not re.search("fail|diff", entry["returned"])}
        <= seen
    )
