"""Tasks of FastX through the real ansible-playbook: what is secret is censored by itself, and both
doors of fastx_config come to the same.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest

from tests.integration.conftest import SETTINGS, Controller
from tests.simulator.fastx import FastX
from tests.simulator.serving import serve
from tests.unit.fastx_servers import CODE, PASSWORD, USERNAME, secrets_of_users, small_fastx

SECRETS = """
    - hosts: localhost
      gather_facts: false
      tasks:
        - remoteops.access.fastx_session: {id: nightly, return_connection: true}
          register: session
        - remoteops.access.fastx_share: {session: nightly, key: key-of-the-nightly, state: connected}
          register: share
        - remoteops.access.fastx_share_info: {return_keys: true}
          register: keys
        - ansible.builtin.assert:
            that:
              - session.connection.password != share.connection.password
              - keys.shares[0].key == 'key-of-' ~ 'the-nightly'
          no_log: true
        - remoteops.access.fastx_session: {id: nightly, params: {project: Z9}}
        - remoteops.access.fastx_share: {session: nightly, key: key-of-the-nightly, perms: [granter]}
        - remoteops.access.fastx_share_info:
        - remoteops.access.fastx_user_info: {username: otto, password: the password of Otto, answers: [{prompt: (?i)code, answer: 918 273}]}
          no_log: true
"""
CONFIG = """
    - hosts: localhost
      gather_facts: false
      tasks: {tasks}
"""
TASKS = [
    {
        "config": {
            "bookmark": [
                {"id": "new", "command": "x"},
                {"id": "cad", "tags": []},
                {"id": "term", "state": "absent"},
            ]
        }
    },
    {"config": {"bookmark": [{"id": "cad"}]}, "purge": ["bookmark"], "max_removed": 0},
    {"config": {"bookmark": []}, "username": "nobody"},
    {"config": {"bookmark": [{"id": "cad", "tags": {"a": 1}}]}},
    {"config": {"bookmark": [{"id": "cad", "tags": []}]}},
]


@pytest.fixture
def beside(tmp_path):
    """Return a function that calls another one with a new server and a controller beside it; no
    login may be left behind.
    """

    def run(function):
        server = FastX(small_fastx())
        with serve(server) as running:
            environment = {
                "FASTX_URL": running.url,
                "FASTX_USERNAME": USERNAME,
                "FASTX_PASSWORD": PASSWORD,
                "FASTX_CA_PATH": str(running.ca_path),
            }
            result = function(
                server,
                Controller(
                    server, tmp_path, {**SETTINGS, **environment}, secrets_of_users(server.site)
                ),
            )
        assert server.journal.violations == [] and server.left_behind == []
        return result

    return run


def test_one_time_passwords_and_keys_are_censored_by_themselves_and_nothing_else_is(beside):
    def play(server, controller):
        controller.write({"secrets.yml": SECRETS})
        run = controller.playbook("secrets.yml", "-vvv", "--diff")
        secrets = {*server.passwords_given, *server.tokens_given, "key-of-the-nightly", CODE}
        assert len(server.passwords_given) == 2
        # Ansible prints the playbook's own lines where it warns, and never here.
        assert [secret for secret in secrets if secret in run.output] == []
        assert run.output.count("censored") + run.output.count("has been hidden") >= 3
        assert "Z9" in run.output and "granter" in run.output

    beside(play)


def test_both_doors_come_to_the_same(beside):
    found = {}
    for door, keywords in {
        "action plugin": {},
        "module": {"environment": {"ANYTHING": "else"}},
    }.items():

        def play(server, controller, keywords=tuple(keywords.items())):
            tasks: list[dict] = [
                {
                    "remoteops.access.fastx_config": task,
                    "register": f"found_{number}",
                    "ignore_errors": True,
                    **dict(keywords),
                }
                for number, task in enumerate(TASKS)
            ]
            told = "".join(f"{{{{ found_{number} | to_json }}}}\n" for number in range(len(TASKS)))
            tasks.append(
                {
                    "ansible.builtin.copy": {
                        "content": told,
                        "dest": "{{ playbook_dir }}/found",
                        "mode": "0600",
                    },
                    "diff": False,
                }
            )
            controller.write({"doors.yml": CONFIG.format(tasks=json.dumps(tasks))})
            controller.playbook("doors.yml", "--diff")
            results = map(
                json.loads,
                (controller.directory / "found").read_text(encoding="utf-8").splitlines(),
            )
            own = ("invocation", "exception", "warnings", "deprecations", "ansible_facts")
            return [
                {name: value for name, value in result.items() if name not in own}
                for result in results
            ], server.dump()

        found[door] = beside(play)
    assert found["action plugin"] == found["module"]
    assert [bool(result.get("failed")) for result in found["module"][0]] == [
        False,
        True,
        True,
        True,
        False,
    ]
