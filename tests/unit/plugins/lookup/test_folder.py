"""What the lookup makes of a folder of YAML files: how files are put together, and which mistakes
it names.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
from textwrap import dedent

import pytest
from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible.plugins.loader import lookup_loader
from ansible.template import Templar

from tests.controller import load_plugins, run_command

VAULT_SECRETS = [("default", VaultSecret(b"correct horse"))]


@pytest.fixture
def described(tmp_path):
    """Return a function that writes files below a folder and returns what the lookup makes of it."""

    def look_up(files: dict[str, str | bytes], *terms, **options):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        load_plugins()
        loader = DataLoader()
        loader.set_vault_secrets(VAULT_SECRETS)
        templar = Templar(loader, variables={"company": "Harrow & Finch"})
        return lookup_loader.get("remoteops.access.folder", loader=loader, templar=templar).run(
            list(terms) or [str(tmp_path)], {}, **options
        )

    return look_up


@pytest.fixture
def refusal(described):
    """Return a function that writes files below a folder and returns the message with which the
    lookup refuses it.
    """

    def look_up(files, *terms, **options) -> str:
        with pytest.raises(AnsibleError) as caught:
            described(files, *terms, **options)
        return str(caught.value)

    return look_up


# --- which files are read, and how they are put together -------------------------------------------------------------------


def test_lists_of_the_same_kind_are_appended_in_the_order_of_the_file_names(described):
    files = {
        "b.yml": "technician: [{username: c}]",
        "a/z.yml": "technician: [{username: a}]",
        "a.yaml": "technician: [{username: b}]\ntech_group: [{name: X}]",
    }
    assert described(files) == [
        {"technician": [{"username": name} for name in "abc"], "tech_group": [{"name": "X"}]}
    ]


def test_what_two_files_say_alike_is_described_twice(described):
    same = "technician: [{username: a}]"
    assert described({"a.yml": same, "b.yml": same}) == [
        {"technician": [{"username": "a"}, {"username": "a"}]}
    ]


def test_mappings_are_merged_however_deep_and_their_lists_appended(described):
    files = {
        "a.yml": "server: {hostname: h, deep: {one: 1, both: [1]}, tech_restrictions: [a]}",
        "b.yml": "server: {hostname: h, deep: {two: 2, both: [2]}, tech_restrictions: [b]}",
    }
    assert described(files) == [
        {
            "server": {
                "hostname": "h",
                "deep": {"one": 1, "two": 2, "both": [1, 2]},
                "tech_restrictions": ["a", "b"],
            },
        }
    ]


@pytest.mark.parametrize("order", [("a.yml", "b.yml"), ("b.yml", "a.yml")])
def test_an_entry_without_a_value_says_nothing(described, order):
    full, empty = order
    files = {
        full: "technician: [{username: a}]\nserver: {hostname: h}",
        empty: "technician:\nserver: {hostname: }\ntech_group:",
    }
    assert described(files) == [
        {"technician": [{"username": "a"}], "server": {"hostname": "h"}, "tech_group": None}
    ]


def test_an_empty_list_stays_one_and_a_null_within_a_list_stays_null(described):
    assert described(
        {"a.yml": "tech_group: []\nmachine: [{machine: m, properties: {gone: }}]"}
    ) == [
        {"tech_group": [], "machine": [{"machine": "m", "properties": {"gone": None}}]},
    ]


def test_hidden_files_and_folders_and_files_of_other_kinds_are_passed_over(described):
    nonsense = "[this is not: {a description"
    files = {
        "a.yml": "tech_group: []",
        **dict.fromkeys(
            (
                ".b.yml",
                ".git/c.yml",
                "d/.e/f.yml",
                "README.md",
                "a.yml~",
                "a.yml.orig",
                "yml",
                "data.json",
                "G.YML",
            ),
            nonsense,
        ),
    }
    assert described(files) == [{"tech_group": []}]


def test_a_folder_is_read_although_the_path_to_it_is_hidden(described, tmp_path):
    assert described({".hidden/ours/a.yml": "tech_group: []"}, str(tmp_path / ".hidden/ours")) == [
        {"tech_group": []}
    ]


def test_empty_files_describe_nothing(described):
    assert described({"a.yml": "", "b.yml": "---\n# Nothing yet\n"}) == [{}]


def test_each_of_several_folders_is_a_description(described, tmp_path):
    files = {"one/a.yml": "tech_group: []", "two/a.yml": "technician: []"}
    assert described(files, str(tmp_path / "one"), str(tmp_path / "two")) == [
        {"tech_group": []},
        {"technician": []},
    ]


def test_a_relative_path_counts_from_the_directory_of_the_process_and_a_tilde_is_home(
    described, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert described({"ours/a.yml": "tech_group: []"}, "ours") == [{"tech_group": []}]
    assert described({"home/mine/a.yml": "technician: []"}, "~/mine") == [{"technician": []}]


def test_a_file_that_is_a_link_is_read(described, tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours/a.yml").symlink_to("../elsewhere/a.yml")
    assert described({"elsewhere/a.yml": "tech_group: []"}, str(tmp_path / "ours")) == [
        {"tech_group": []}
    ]


# --- values ----------------------------------------------------------------------------------------------------------------


def test_values_may_be_templates(described):
    files = {
        "a.yml": """
        technician:
          - {username: a, display_name: "A of {{ company }}", enabled: "{{ 1 == 1 }}", groups: "{{ ['x', 'y'] }}"}
        """
    }
    assert described(files) == [
        {
            "technician": [
                {
                    "username": "a",
                    "display_name": "A of Harrow & Finch",
                    "enabled": True,
                    "groups": ["x", "y"],
                }
            ]
        }
    ]


def test_a_text_that_is_marked_as_unsafe_is_no_template(described):
    assert described({"a.yml": "server: {hostname: !unsafe '{{ company }}'}"}) == [
        {"server": {"hostname": "{{ company }}"}}
    ]


def test_what_a_template_yields_is_no_template(described):
    assert described({"a.yml": """server: {hostname: "{{ '{' ~ '{ company }' ~ '}' }}"}"""}) == [
        {"server": {"hostname": "{{ company }}"}}
    ]


def test_a_file_may_be_encrypted(described):
    assert described(
        {"a.yml": VaultLib(VAULT_SECRETS).encrypt("server: {hostname: '{{ company }}'}")}
    ) == [{"server": {"hostname": "Harrow & Finch"}}]


# --- mistakes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "one, other, place",
    [
        ("server: {hostname: a}", "server: {hostname: b}", "server.hostname"),
        ("server: {deep: {key: 1}}", "server: {deep: {key: 2}}", "server.deep.key"),
        ("server: {hostname: a}", "server: [a]", "server"),
        ("technician: [a]", "technician: {a: b}", "technician"),
        ("server: {deep: {key: {a: 1}}}", "server: {deep: {key: [1]}}", "server.deep.key"),
    ],
)
def test_an_entry_with_another_value_in_another_file_is_refused_and_both_files_are_named(
    refusal, tmp_path, one, other, place
):
    message = refusal({"a.yml": one, "b.yml": "tech_group: []", "c/d.yml": other})
    assert (
        message
        == f"{place} stands in {tmp_path}/a.yml and, with another value, in {tmp_path}/c/d.yml."
    )


def test_the_file_named_first_is_the_one_that_has_the_entry(refusal, tmp_path):
    files = {
        "a.yml": "server: {tech_restrictions: [x]}",
        "b.yml": "server: {hostname: b}",
        "c.yml": "server: {hostname: c}",
    }
    assert f"stands in {tmp_path}/b.yml and" in refusal(files)


@pytest.mark.parametrize("content", ["- technician", "technician", "5"])
def test_a_file_that_is_no_mapping_is_refused_by_name(refusal, tmp_path, content):
    assert (
        refusal({"a.yml": "tech_group: []", "b.yml": content})
        == f"{tmp_path}/b.yml must hold a mapping of kinds to descriptions."
    )


def test_a_folder_without_yaml_files_is_refused(refusal, tmp_path):
    assert refusal({"README.md": "Nothing here"}) == f"{tmp_path} has no YAML files."


@pytest.mark.parametrize("name", ["nowhere", "a.yml"])
def test_what_is_not_a_folder_is_refused(refusal, tmp_path, name):
    assert (
        refusal({"a.yml": "tech_group: []"}, str(tmp_path / name))
        == f"{tmp_path / name} is not a folder."
    )


def test_a_folder_that_cannot_be_looked_into_is_refused_rather_than_left_out(
    refusal, tmp_path, monkeypatch
):
    listed = os.scandir

    def denied(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    # No permission keeps the superuser out, as whom tests may run.
    monkeypatch.setattr(os, "scandir", denied)
    message = refusal({"a.yml": "tech_group: []", "locked/b.yml": "technician: []"})
    assert message == f"{tmp_path}/locked cannot be read: Permission denied."


def test_an_option_is_refused(refusal):
    assert refusal({"a.yml": "tech_group: []"}, recursive=False) == "There is no option recursive."


@pytest.mark.parametrize(
    "mistake, words",
    [
        ("display_name: '{{ not_there }}'", "'not_there' is undefined"),
        ("display_name: '{{ swordfish'", "unexpected end of template"),
        ("display_name: '{{ \"swordfish\" | no_filter }}'", "no_filter"),
        (" display_name: x", "line 4"),
        ("display_name: {{ company }}", "line 4"),
        ("display_name: *there", "line 4"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place_and_without_what_stands_around_it(
    refusal, tmp_path, mistake, words
):
    message = refusal(
        {
            "a.yml": f"technician:\n  - username: a\n    password: swordfish\n    {mistake}\n    email_address: swordfish\n"
        }
    )
    assert message.startswith(f"{tmp_path}/a.yml")
    assert words in message
    assert "swordfish" not in message


def test_a_file_that_cannot_be_decrypted_is_refused_by_name(refusal, tmp_path):
    other = VaultLib([("default", VaultSecret(b"another"))])
    assert refusal({"a.yml": other.encrypt("technician: []")}).startswith(f"{tmp_path}/a.yml: ")


def test_the_documentation_can_be_shown(tmp_path):
    for kind, name in (("lookup", "folder"), ("filter", "literal_yaml")):
        done = run_command(
            "ansible-doc", "-t", kind, f"remoteops.access.{name}", directory=tmp_path
        )
        assert done.returncode == 0, done.stderr
        assert "EXAMPLES" in done.stdout
