"""What the role export and the playbook of that name write, and what reconcile makes of it."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from importlib import import_module

from tests.unit.simulated import small_site

EXPORT, RECONCILE = "remoteops.access.export", "remoteops.access.reconcile"
ALL_KINDS = {
    "reconcile_purge": ["tech_group", "technician", "machine_group_property", "machine_property"]
}


def folder(controller, name) -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in (controller.directory / name).iterdir()
    }


def test_reconciling_what_was_exported_changes_nothing_even_with_purge(controller):
    controller.playbook(EXPORT, "-e", "export_directory=written/down")
    exported = folder(controller, "written/down")
    assert set(exported) == {
        f"{kind}.yml" for kind in ("tech_group", "technician", "machine_group", "machine", "server")
    }
    assert "username: b.okafor" in exported["technician.yml"]
    given = {"reconcile_directory": "written/down", **ALL_KINDS}
    assert "0 changes, " in controller.playbook(RECONCILE, "-e", json.dumps(given)).output
    assert controller.wrote() == []
    again = controller.playbook(
        EXPORT, "-e", f"export_directory={controller.directory}/written/down"
    )
    assert again.recap["changed"] == 0
    assert folder(controller, "written/down") == exported


def test_an_export_holds_no_secret_and_only_its_owner_and_group_can_read_it(controller):
    controller.secrets |= {"keep-the-tapes"}
    controller.playbook(
        EXPORT,
        "-e",
        '{"export_directory": "ours", "export_kinds": ["tech_group", "server"]}',
        "-vvvv",
        "--diff",
    )
    assert set(folder(controller, "ours")) == {"tech_group.yml", "server.yml"}
    assert controller.shown_secrets("".join(folder(controller, "ours").values())) == []
    assert {path.stat().st_mode & 0o777 for path in (controller.directory / "ours").iterdir()} == {
        0o640
    }


def test_in_check_mode_an_export_writes_no_file(controller):
    run = controller.playbook(EXPORT, "-e", "export_directory=ours", "--check")
    assert run.recap["changed"] > 0
    assert not (controller.directory / "ours").exists()


HOSTILE = [
    "{{ lookup('ansible.builtin.pipe', 'touch pwned') }}",
    "{% raw %}",
    "{# a comment",
    "#jinja2: variable_start_string: '[['\n[[ 1 ]]",
    "a: b # c",
    "- yes",
    "null",
    "0x1F",
    "2024-01-01",
    "",
    " blanks ",
    "two\nlines\n",
    "Müller \U0001f600 \u2028",
    "!vault |",
    "'\"\\",
]


def test_whatever_texts_the_server_holds_they_are_exported_and_read_back_as_texts(controller_of):
    site = small_site()
    site["technicians"]["b.okafor"]["displayName"] = HOSTILE[0]
    site["machines"]["SG_1"] |= {
        "name": HOSTILE[0],
        "notes": "\n".join(HOSTILE),
        "warnings": HOSTILE[3],
        "properties": {
            **{f"text{number}": text for number, text in enumerate(HOSTILE)},
            HOSTILE[0]: "as a key",
        },
    }
    site["machines"]["SG_2"]["groups"] = [HOSTILE[0]]
    site["machine_groups"][HOSTILE[0]] = {"properties": {"key": HOSTILE[0]}, "groups": {}}
    controller = controller_of(site)
    controller.playbook(EXPORT, "-e", "export_directory=ours")
    run = controller.playbook(
        RECONCILE, "-e", json.dumps({"reconcile_directory": "ours", **ALL_KINDS})
    )
    assert "0 changes, " in run.output
    assert controller.wrote() == []
    assert not list(controller.directory.rglob("pwned"))


def test_the_examples_of_the_lookup_and_the_filter_work(controller):
    plugins = [
        import_module(f"ansible_collections.remoteops.access.plugins.{name}")
        for name in ("lookup.folder", "filter.literal_yaml")
    ]
    tasks = "".join(plugin.EXAMPLES for plugin in plugins).strip().replace("\n", "\n    ")
    controller.write(
        {
            "play.yml": f"- hosts: localhost\n  gather_facts: false\n  tasks:\n    {tasks}\n",
            "playbooks/demo/harrow_finch/a.yml": "technician: [{username: a}, {username: b}]",
        }
    )
    output = controller.playbook("play.yml").output
    assert "2 technicians" in output
    assert "display_name: !unsafe 'Anna {{ Keller }}'" in output
