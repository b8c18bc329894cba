"""What the role reconcile and the playbooks reconcile and drift do to a simulated server, through
the real ansible-playbook.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

from tests.controller import run_command
from tests.simulator.faults import Fault

RECONCILE, DRIFT = "remoteops.access.reconcile", "remoteops.access.drift"

# The small server, described in several files as a team would keep it; some of it is new.
FOLDER = {
    "ours/10-groups.yml": """
        tech_group:
          - name: Helpdesk
            mfa_settings: {email: true}
          - name: Night Shift
            max_group_sh_sessions: 3
            permissions: {canRunTools: true}
        """,
    "ours/people/night.yml": """
        technician:
          - username: w.moreau
            display_name: Wanda Moreau
            groups: [Night Shift]
        """,
    "ours/people/office.yaml": """
        technician:
          - username: b.okafor
            email_address: bilal@example.org
        """,
    "ours/server.yml": """
        server:
          tech_restrictions: ['10\\..*', '192\\.0\\.2\\.7']
        """,
    "ours/README.md": "technician: not read",
    "ours/.hidden/notes.yml": "technician: not read",
}
CHANGES = [
    "create tech_group Night Shift",
    "create technician w.moreau",
    "update technician b.okafor [email_address]",
    "update server [tech_restrictions]",
]


def test_a_second_run_finds_nothing_to_do_and_writes_nothing(controller):
    controller.write(FOLDER)
    first = controller.playbook(RECONCILE, "-e", "reconcile_directory=ours")
    assert first.listed == CHANGES
    assert first.recap["changed"] == 1
    people, groups = controller.site["technicians"], controller.site["groups"]
    assert people["w.moreau"]["groupIDs"] == [groups["Night Shift"]["uniqueID"]]
    assert people["b.okafor"]["emailAddress"] == "bilal@example.org"
    assert controller.site["restrictions"] == [r"10\..*", r"192\.0\.2\.7"]
    assert controller.wrote() != []
    second = controller.playbook(
        RECONCILE, "-e", f"reconcile_directory={controller.directory}/ours"
    )
    assert "0 changes, " in second.output
    assert second.recap["changed"] == 0
    assert controller.wrote() == []


def test_drift_changes_nothing_and_foretells_what_reconcile_does(controller):
    controller.write(FOLDER)
    before = controller.server.dump()
    drift = controller.playbook(DRIFT, "-e", "reconcile_directory=ours", "--diff")
    assert controller.wrote() == [] and controller.server.dump() == before
    assert drift.listed == [f"would {change}" for change in CHANGES]
    assert "--- before: technician b.okafor\n+++ after: technician b.okafor\n@@" in drift.output
    assert (
        "-email_address: b.okafor@example.org\n+email_address: bilal@example.org\n" in drift.output
    )
    checked = controller.playbook(RECONCILE, "-e", "reconcile_directory=ours", "--check", "--diff")
    assert controller.wrote() == [] and controller.server.dump() == before
    done = controller.playbook(RECONCILE, "-e", "reconcile_directory=ours", "--diff")
    assert checked.listed == done.listed == CHANGES
    assert diff(drift) == diff(checked) == diff(done) != ""


def diff(run) -> str:
    return run.output.partition("--- before")[2].partition("\nchanged: [localhost]")[0]


def test_drift_fails_when_it_is_told_to_and_only_if_there_is_drift(controller):
    controller.write({"ours/people.yml": "technician: [{username: b.okafor, display_name: Bilal}]"})
    arguments = (DRIFT, "-e", "reconcile_directory=ours", "-e", "drift_fails=true")
    assert "The server differs from its description." in controller.refused(*arguments)
    controller.write(
        {"ours/people.yml": "technician: [{username: b.okafor, display_name: Bilal Okafor}]"}
    )
    assert "0 differences" in controller.playbook(*arguments).output


def test_a_folder_and_a_description_beside_it_are_put_together(controller):
    controller.write(FOLDER)
    beside = {
        "reconcile_directory": "ours",
        "reconcile_config": {
            "technician": [{"username": "r.keller", "groups": ["Night Shift"]}],
            "server": {"hostname": "help.example.org", "tech_restrictions": [r"198\.51\.100\.7"]},
        },
    }
    run = controller.playbook(RECONCILE, "-e", json.dumps(beside))
    assert run.listed == [
        *CHANGES[:3],
        "create technician r.keller",
        "update server [hostname, tech_restrictions]",
    ]
    assert controller.site["restrictions"] == [r"10\..*", r"192\.0\.2\.7", r"198\.51\.100\.7"]


def test_without_any_description_nothing_is_asked_and_the_run_fails(controller):
    assert "give reconcile_directory, reconcile_config, or both" in controller.refused(RECONCILE)
    assert "nowhere is not a folder" in controller.refused(
        RECONCILE, "-e", "reconcile_directory=nowhere"
    )
    assert controller.server.journal.entries == []


def test_an_option_and_a_kind_that_do_not_exist_are_refused_by_name(controller):
    controller.write({"ours/people.yml": "technician: [{username: b.okafor, mail: b@example.org}]"})
    assert "config.technician.mail" in controller.refused(
        RECONCILE, "-e", "reconcile_directory=ours"
    )
    controller.write({"ours/people.yml": "technicians: [{username: b.okafor}]"})
    assert "config.technicians" in controller.refused(RECONCILE, "-e", "reconcile_directory=ours")
    assert controller.server.journal.entries == []


def test_purge_removes_what_nobody_describes_within_its_bounds(controller):
    controller.write({"ours/people.yml": "technician: [{username: b.okafor}]"})
    purge = (RECONCILE, "-e", '{"reconcile_directory": "ours", "reconcile_purge": ["technician"]}')
    run = controller.playbook(*purge)
    assert run.listed == ["delete technician admin"]
    assert set(controller.site["technicians"]) == {"b.okafor", "anonymous-1", "app.stocktake"}
    controller.wrote()
    controller.write({"ours/people.yml": "technician: []"})
    assert "because the list of them is empty" in controller.refused(*purge)


def test_the_bounds_and_the_addresses_of_the_role_reach_the_module(controller):
    controller.write(
        {
            "ours/all.yml": """
        technician: [{username: b.okafor}]
        server: {tech_restrictions: ['192\\.0\\.2\\.7']}
        """
        }
    )
    given = {
        "reconcile_directory": "ours",
        "reconcile_purge": ["technician"],
        "reconcile_max_removed": 0,
    }
    assert "max_removed=0" in controller.refused(RECONCILE, "-e", json.dumps(given))
    given |= {
        "reconcile_max_removed": 5,
        "reconcile_max_removed_percent": 20,
        "reconcile_remove_protected": True,
    }
    assert "max_removed_percent=20" in controller.refused(RECONCILE, "-e", json.dumps(given))
    given |= {"reconcile_max_removed_percent": 75, "reconcile_own_address": ["10.0.0.9"]}
    assert "would no longer admit own_address 10.0.0.9" in controller.refused(
        RECONCILE, "-e", json.dumps(given)
    )
    controller.playbook(RECONCILE, "-e", json.dumps({**given, "reconcile_allow_lockout": True}))
    assert set(controller.site["technicians"]) == {"b.okafor"}
    assert controller.site["restrictions"] == [r"192\.0\.2\.7"]


def test_after_a_failure_half_way_the_output_tells_what_was_done_and_a_rerun_does_the_rest(
    controller,
):
    controller.write(FOLDER)
    controller.server.inject(Fault("technicians/set", "refuse", reason="the mail system says no"))
    run = controller.run("ansible-playbook", RECONCILE, "-e", "reconcile_directory=ours")
    assert run.status == 2
    assert "1 of 4 changes failed, 2 were made, 1 were not tried" in run.output
    assert "update technician b.okafor: " in run.output and "the mail system says no" in run.output
    result = json.loads(
        run.output.partition("fatal: [localhost]: FAILED! => ")[2].partition("\n")[0]
    )
    assert result["changed"] is True
    assert [change["name"] for change in result["changes"]] == ["Night Shift", "w.moreau"]
    assert [change["name"] for change in result["failed_changes"]] == ["b.okafor"]
    assert [change["kind"] for change in result["changes_not_tried"]] == ["server"]
    assert controller.playbook(RECONCILE, "-e", "reconcile_directory=ours").listed == CHANGES[2:]


def vaulted(controller, *arguments) -> str:
    done = run_command(
        "ansible-vault",
        *arguments,
        "--vault-password-file",
        "vault-password",
        directory=controller.directory,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_secrets_in_a_folder_are_decrypted_and_templates_filled_in_and_no_password_is_shown(
    controller,
):
    controller.secrets |= {
        "in-a-vaulted-file",
        "in-a-vaulted-value",
        "out-of-the-environment",
        "in-the-clear",
        "correct horse",
    }
    controller.write(
        {
            "vault-password": "correct horse\n",
            "ours/file.yml": "technician: [{username: f.jansen, password: in-a-vaulted-file}]\n",
        }
    )
    vaulted(controller, "encrypt", "ours/file.yml")
    controller.write(
        {"ours/clear.yml": "technician: [{username: l.costa, password: in-the-clear}]\n"}
    )
    value = vaulted(controller, "encrypt_string", "in-a-vaulted-value", "--name", "password")
    controller.write(
        {
            "ours/value.yml": "technician:\n  - username: v.costa\n    "
            + value.strip().replace("\n", "\n    ")
            + "\n",
            "ours/template.yml": """
            technician:
              - username: t.byrne
                display_name: "{{ lookup('ansible.builtin.env', 'HIS_NAME') }}"
                password: "{{ lookup('ansible.builtin.env', 'HIS_PASSWORD') }}"
              - username: b.okafor
                password: "{{ lookup('ansible.builtin.env', 'HIS_PASSWORD') }}"
                update_password: always
            tech_group:
              - {name: Helpdesk, video_password: "{{ lookup('ansible.builtin.env', 'HIS_PASSWORD') }}", update_video_password: always}
            """,
        }
    )
    assert "in-a-vaulted" not in "".join(
        path.read_text() for path in (controller.directory / "ours").iterdir()
    )
    his = {"HIS_NAME": "Tomasz Byrne", "HIS_PASSWORD": "out-of-the-environment"}
    arguments = (
        "-e",
        "reconcile_directory=ours",
        "--vault-password-file",
        "vault-password",
        "-vvvv",
        "--diff",
    )
    drift = controller.playbook(DRIFT, *arguments, ANSIBLE_DISPLAY_ARGS_TO_STDOUT="true", **his)
    done = controller.playbook(RECONCILE, *arguments, ANSIBLE_DISPLAY_ARGS_TO_STDOUT="true", **his)
    assert len(drift.listed) == len(done.listed) == 6
    people = controller.site["technicians"]
    assert people["f.jansen"]["password"] == "in-a-vaulted-file"
    assert people["l.costa"]["password"] == "in-the-clear"
    assert people["v.costa"]["password"] == "in-a-vaulted-value"
    assert (
        people["t.byrne"]["password"] == people["b.okafor"]["password"] == "out-of-the-environment"
    )
    assert people["t.byrne"]["displayName"] == "Tomasz Byrne"


def test_a_mistake_beside_a_password_does_not_show_it(controller):
    controller.secrets.add("swordfish")
    controller.write(
        {"ours/file.yml": "technician: [{username: f.jansen, password: swordfish, mail: wrong}]\n"}
    )
    arguments = (RECONCILE, "-e", "reconcile_directory=ours", "-vvvv", "--diff")
    assert "config.technician.mail" in controller.refused(*arguments)
    controller.write(
        {
            "ours/file.yml": "technician:\n  - username: f.jansen\n    password: swordfish\n  enabled: true\n"
        }
    )
    assert "ours/file.yml" in controller.refused(*arguments)


def test_the_connection_can_be_set_once_for_a_play_and_both_names_of_a_module_work(controller):
    play = [
        {
            "hosts": "localhost",
            "gather_facts": False,
            "module_defaults": {
                "group/remoteops.access.simplehelp": {
                    "url": controller.environment["SIMPLEHELP_URL"],
                    "api_token": "{{ lookup('ansible.builtin.file', 'token') }}",
                    "ca_path": controller.environment["SIMPLEHELP_CA_PATH"],
                }
            },
            "tasks": [
                {"remoteops.access.technician": {"username": "b.okafor", "display_name": "Bilal"}},
                {
                    "remoteops.access.simplehelp_technician": {
                        "username": "b.okafor",
                        "email_address": "bilal@example.org",
                    }
                },
                {
                    "ansible.builtin.include_role": {"name": "remoteops.access.reconcile"},
                    "vars": {
                        "reconcile_config": {
                            "technician": [{"username": "b.okafor", "enabled": False}]
                        },
                    },
                },
                {"ansible.builtin.debug": {"msg": "{{ reconcile_result.changes[0].fields }}"}},
            ],
        }
    ]
    controller.write({"play.yml": json.dumps(play), "token": controller.server.token})
    nothing = dict.fromkeys(("SIMPLEHELP_URL", "SIMPLEHELP_API_TOKEN", "SIMPLEHELP_CA_PATH"), "")
    run = controller.playbook("play.yml", **nothing)
    assert run.recap["changed"] == 3
    okafor = controller.site["technicians"]["b.okafor"]
    assert (okafor["displayName"], okafor["emailAddress"], okafor["enabled"]) == (
        "Bilal",
        "bilal@example.org",
        False,
    )
