"""ansible-lint tells of the options of every module in a user's playbook, and talks to no server
while it does.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import islice
from pathlib import Path

import pytest
import yaml
from ansible.module_utils import basic

from tests.controller import load_plugins, run_command
from tests.module_runner import MODULES as PACKAGE
from tests.module_runner import patch_module_args
from tests.unit.documented import MODULES

PREFIX = "remoteops.access."
# Templates below the options of a module, where only a run knows what they are.
TEMPLATES = """
- name: Bring the server to what is described
  remoteops.access.simplehelp_config:
    config:
      technician:
        - username: "{{ name }}"
          unique_id: "{{ number }}"
          enabled: "{{ yes_or_no }}"
          state: "{{ 'absent' if gone else 'present' }}"
          groups: "{{ groups_of_it }}"
        - "{{ another }}"
      tech_group: "{{ all_groups }}"
    purge: "{{ kinds }}"
    max_removed: "{{ number }}"
- name: Set what a group may do
  remoteops.access.tech_group:
    name: "{{ name }}"
    max_file_size: "{{ number }}"
    mfa_settings: "{{ settings }}"
    permissions: "{{ permissions }}"
"""


def examples(module: str) -> list[dict]:
    """Return the examples of a module that are tasks of it."""
    tasks = yaml.safe_load(import_module(f"{PACKAGE}.{module}").EXAMPLES)
    return [task for task in tasks if PREFIX + module in task]


def with_options(module: str, **options) -> dict:
    """Return the first example of a module with other options."""
    task = examples(module)[0]
    return {"name": "Try it", PREFIX + module: {**(task[PREFIX + module] or {}), **options}}


def wrong_choices(spec: Mapping, within: Mapping) -> Iterator[tuple[str, dict]]:
    """Yield options with choices, at any depth, and the options of a task with a value that is none
    of them.
    """
    for name, option in spec.items():
        if option.get("choices"):
            yield (
                name,
                {
                    **within,
                    name: {"list": ["nonsense"], "int": 4711}.get(option["type"], "nonsense"),
                },
            )
        below = within.get(name)
        if option.get("options") and below and not isinstance(below, str):
            first, rest = (below[0], below[1:]) if isinstance(below, list) else (below, [])
            for found, inner in wrong_choices(option["options"], first):
                yield found, {**within, name: [inner, *rest] if isinstance(below, list) else inner}


@pytest.fixture
def listening():
    """Return the settings by which all platforms are found at a socket that listens, and to which
    nobody may have connected at the end.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        names = (
            "SIMPLEHELP_API_TOKEN",
            "BEYONDTRUST_CLIENT_ID",
            "BEYONDTRUST_CLIENT_SECRET",
            "SCREENCONNECT_AUTH_SECRET",
            "FASTX_USERNAME",
            "FASTX_PASSWORD",
        )
        yield {
            **{name: f"the {name}" for name in names},
            **{
                f"{platform}_URL": url
                for platform in ("SIMPLEHELP", "BEYONDTRUST", "SCREENCONNECT", "FASTX")
            },
        }
        listener.settimeout(0)
        with pytest.raises(BlockingIOError):
            listener.accept()


def lint(
    directory: Path, playbooks: Mapping[str, list[dict]], settings: Mapping[str, str]
) -> dict[tuple[str, int], str]:
    """Run ansible-lint over playbooks and return what it says of the arguments, by the playbook and
    the number of the task.
    """
    starts = {}
    for name, tasks in playbooks.items():
        text = "---\n- name: Try\n  hosts: localhost\n  gather_facts: false\n  tasks:\n"
        for number, task in enumerate(tasks):
            starts[name, text.count("\n") + 1] = number
            text += "".join(
                f"    {line}\n"
                for line in yaml.safe_dump([task], sort_keys=False, width=10000).splitlines()
            )
        (directory / name).write_text(text, encoding="utf-8")
    done = run_command(
        "ansible-lint",
        "--offline",
        "--nocolor",
        "-f",
        "pep8",
        *playbooks,
        directory=directory,
        **settings,
    )
    told = {}
    for name, line, message in re.findall(
        r"^(\S+\.yml):(\d+):\s*args\[module\](?:\[/\])?: (.*)", done.stdout, re.MULTILINE
    ):
        told[name, starts[name, int(line)]] = message
    assert "internal-error" not in done.stdout and "Traceback" not in done.stderr, (
        done.stdout + done.stderr
    )
    return told


def test_ansible_lint_tells_of_a_misspelt_option_and_of_a_wrong_choice_of_every_module_and_of_nothing_else(
    tmp_path, listening
):
    right = [task for module in MODULES for task in examples(module)] + yaml.safe_load(TEMPLATES)
    misspelt = [with_options(module, colour="red") for module in MODULES]
    chosen = [
        (module, option, {"name": "Try it", PREFIX + module: options})
        for module in MODULES
        for option, options in islice(
            wrong_choices(own_options(module), examples(module)[0][PREFIX + module] or {}), 2
        )
    ]
    told = lint(
        tmp_path,
        {
            "right.yml": right,
            "misspelt.yml": misspelt,
            "choices.yml": [task for _module, _option, task in chosen],
        },
        listening,
    )
    assert [message for (name, _number), message in told.items() if name == "right.yml"] == []
    for number, module in enumerate(MODULES):
        assert re.match(
            r"Unsupported parameters for \(basic\.py\) module: colour\. ",
            told.get(("misspelt.yml", number), ""),
        ), module
    for number, (module, option, _task) in enumerate(chosen):
        assert f"value of {option} must be one" in told.get(("choices.yml", number), ""), (
            module,
            option,
        )
    assert len({module for module, _option, _task in chosen}) > len(MODULES) / 3


def own_options(module: str) -> dict:
    """Return the argument spec of a module as AnsibleModule is given it, without the options of the
    connection, which many share.
    """
    seen = []

    class Seen(basic.AnsibleModule):
        def __init__(self, argument_spec, **_rules):
            seen.append(argument_spec)
            raise StopIteration

    with pytest.MonkeyPatch.context() as patch, pytest.raises(StopIteration):
        patch.setattr(basic, "AnsibleModule", Seen)
        import_module(f"{PACKAGE}.{module}").main()
    return {
        name: option
        for name, option in seen[0].items()
        if name not in ("path_style", "product", "warning_key")
    }


def test_no_main_does_any_work_where_a_linter_has_put_itself_in_the_place_of_ansible_module(
    listening, monkeypatch
):
    load_plugins()
    # They are imported before, with Ansible's own. That of the action plugin is the one of a
    # module.
    mains = [import_module(f"{PACKAGE}.{module}").main for module in MODULES]
    assert (
        import_module("ansible_collections.remoteops.access.plugins.action.technician").main
        == mains[MODULES.index("technician")]
    )

    class Passed(Exception):
        """The arguments are good."""

    class OnlyChecks(basic.AnsibleModule):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **{**kwargs, "no_log": True})
            raise Passed

    monkeypatch.setattr(basic, "AnsibleModule", OnlyChecks)
    for name, value in listening.items():
        monkeypatch.setenv(name, value)
    for module, main in zip(MODULES, mains, strict=True):
        options = {
            name: value
            for name, value in (examples(module)[0][PREFIX + module] or {}).items()
            if "{{" not in str(value)
        }
        with (
            patch_module_args({**options, "_ansible_check_mode": False}),
            pytest.raises((Passed, SystemExit)),
        ):
            main()
