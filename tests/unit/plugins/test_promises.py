"""Where each promise of the collection is tested: the names of its tests, which must exist, for every module that it binds."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

from tests.unit.plugins.modules.conformance import CASES
from tests.unit.plugins.modules.test_bad_input import LEAST
from tests.unit.plugins.modules.test_bad_servers import ACTIONS

UNIT = Path(__file__).parents[1]
MODULES = Path(__file__).parents[3] / "plugins" / "modules"

PROMISES = {
    "Run twice, the second run sends no write and reports no change": {
        "plugins/modules/test_objects.py": ["test_the_second_run_sends_no_write_and_reports_no_change"],
        "plugins/modules/test_switches.py": ["test_an_object_lives_its_life_on_any_kind_of_server"],
        "plugins/module_utils/_simplehelp/test_export.py": [
            "test_what_a_server_exports_plans_to_nothing",
            "test_an_exported_file_changes_nothing_through_the_module",
        ],
    },
    "Check mode sends no write; its changed, diff and changes equal those of the real run that follows": {
        "plugins/modules/test_objects.py": ["test_check_mode_foretells_the_real_run_and_sends_no_write"],
        "plugins/modules/test_bad_servers.py": ["test_an_action_is_done_on_every_run_and_only_foretold_in_check_mode"],
        "plugins/module_utils/_simplehelp/test_api.py": ["test_while_nothing_may_change_a_write_is_a_bug_of_ours"],
    },
    "An option left out is left alone; empty means empty; lists are sets": {
        "plugins/modules/test_objects.py": [
            "test_naming_an_object_and_nothing_else_leaves_it_alone",
            "test_a_step_is_done_once_and_the_server_shows_it",
        ],
        "plugins/module_utils/_simplehelp/test_resources.py": [
            "test_an_attribute_of_a_group_is_set_alone",
            "test_an_attribute_of_a_technician_is_set_alone",
            "test_an_attribute_of_a_new_object_is_sent_alone",
        ],
        "plugins/module_utils/_simplehelp/test_api.py": ["test_writing_notes_keeps_warnings_and_the_reverse"],
    },
    "changed: true means the server shows it": {
        "plugins/modules/test_objects.py": [
            "test_a_step_is_done_once_and_the_server_shows_it",
            "test_a_server_that_says_yes_and_does_nothing_is_a_failure",
            "test_a_change_that_did_not_happen_is_reported_with_both_values",
            "test_an_object_that_was_not_made_or_not_removed_is_reported",
        ],
        "plugins/modules/test_bad_servers.py": [
            "test_an_answer_to_a_write_that_does_not_say_success_is_not_taken_for_one"
        ],
    },
    "No secret appears anywhere": {
        "plugins/modules/test_objects.py": [
            "test_a_secret_that_the_server_repeats_in_its_refusal_is_masked",
            "test_a_secret_that_the_server_shows_is_not_passed_on",
            "test_what_ansible_writes_to_the_systems_log_holds_no_secret",
            "test_the_difference_tells_that_a_secret_is_set_without_telling_the_secret",
        ],
        "plugins/modules/test_bad_servers.py": ["test_a_token_that_the_server_repeats_is_masked_in_every_spelling"],
        "plugins/module_utils/_core/test_http.py": [
            "test_no_error_and_no_traceback_holds_the_token",
            "test_nothing_is_logged_of_a_request_however_talkative_the_logging_is",
        ],
    },
    "A failure says what was asked, what was answered and what had been done": {
        "plugins/modules/test_objects.py": [
            "test_a_refusal_is_told_with_its_reason_and_what_was_done_before_it",
            "test_after_a_refusal_the_next_run_does_the_rest",
            "test_a_secret_of_which_nobody_knows_whether_it_was_set_is_reported_and_never_sent_twice",
            "test_a_connection_that_breaks_during_a_write_ends_with_the_object_as_wanted",
        ],
        "plugins/modules/test_config.py": [
            "test_when_the_fourth_of_ten_is_refused_the_fate_of_each_is_told_and_a_rerun_does_the_rest",
            "test_what_comes_after_a_kind_that_failed_is_not_tried_and_told_so",
        ],
        "plugins/modules/test_bad_servers.py": [
            "test_an_answer_that_is_none_is_described_and_nothing_is_changed",
            "test_a_record_of_the_wrong_shape_never_ends_in_a_traceback",
        ],
    },
    "Bad input gets a clear error before anything is sent; nothing is half-written on disk": {
        "plugins/modules/test_bad_input.py": [
            "test_an_option_of_a_wrong_type_or_value_is_refused_by_its_name",
            "test_a_value_that_cannot_be_right_is_refused_without_any_write",
            "test_a_name_that_the_server_does_not_know_is_refused_without_any_write",
            "test_what_can_be_known_without_the_server_is_refused_without_a_request",
        ],
        "plugins/module_utils/_core/test_tokens.py": [
            "test_a_process_killed_at_any_point_leaves_the_old_token_or_the_new_one_whole_and_no_lock"
        ],
    },
    "Fifty parallel processes share one token and one rate budget": {
        "plugins/module_utils/_core/test_tokens.py": [
            "test_fifty_processes_mint_one_token_at_the_start_and_when_the_server_denies_it_to_all_at_once"
        ],
        "plugins/module_utils/_core/test_pace.py": [
            "test_fifty_processes_are_given_one_moment_each_and_leave_none_out",
            "test_fifty_processes_share_the_hour",
        ],
    },
    "A server's answer is untrusted input": {
        "plugins/modules/test_bad_servers.py": [
            "test_a_gzip_bomb_is_refused",
            "test_texts_of_the_server_are_passed_on_as_data",
            "test_a_record_of_the_wrong_shape_never_ends_in_a_traceback",
            "test_a_redirect_is_never_followed",
            "test_an_empty_list_where_the_server_failed_does_not_lead_to_making_what_exists",
        ],
        "plugins/module_utils/_core/test_markup.py": [
            "test_a_document_type_is_refused_in_any_encoding",
            "test_what_exceeds_the_bounds_of_the_parser_is_refused",
        ],
        "plugins/module_utils/_core/test_http.py": [
            "test_a_small_answer_that_would_grow_beyond_all_measure_is_refused_before_it_does"
        ],
    },
}
TESTS = [
    (promise, file, name) for promise, files in PROMISES.items() for file, names in files.items() for name in names
]


@pytest.mark.parametrize(("promise", "file", "name"), TESTS, ids=[name for promise, file, name in TESTS])
def test_a_promise_has_the_test_that_is_named_for_it(promise, file, name):
    functions = [node for node in ast.parse((UNIT / file).read_text()).body if isinstance(node, ast.FunctionDef)]
    (function,) = [node for node in functions if node.name == name]
    marks = " ".join(map(ast.unparse, function.decorator_list))
    assert "skip" not in marks and "xfail" not in marks


def attributes_of(module) -> dict:
    """Return the literal documentation of a module file, as far as it says what the module promises."""
    tree = ast.parse((MODULES / f"{module}.py").read_text())
    (documentation,) = [
        node.value.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "DOCUMENTATION"
    ]
    return yaml.safe_load(documentation)


def test_every_module_is_bound_to_the_promises_of_its_kind():
    objects, actions = {case.module for case in CASES}, {module for module, options, query in ACTIONS}
    readers = {module for module in LEAST if module.endswith("_info")}
    assert objects | actions | readers == {path.stem for path in MODULES.glob("*.py")} - {"__init__"}
    assert not objects & actions and not (objects | actions) & readers


@pytest.mark.parametrize("module", sorted({case.module for case in CASES}))
def test_every_object_module_goes_through_its_whole_life_in_the_table(module):
    names = {step.name for case in CASES if case.module == module for step in case.steps}
    documented = attributes_of(module)
    assert "changed" in names
    if (
        "state" in documented.get("options", {})
        or "remoteops.access.simplehelp.state" in documented["extends_documentation_fragment"]
    ):
        assert {"made", "changed", "emptied", "removed"} <= names
    assert "remoteops.access.simplehelp.object" in documented["extends_documentation_fragment"]


@pytest.mark.parametrize("module", sorted(module for module in LEAST if module.endswith("_info")))
def test_a_module_that_reads_never_writes_and_never_reports_a_change(simplehelp, module):
    simulated = simplehelp()
    for check in (False, True):
        assert simulated.expect(module, check, **LEAST[module])["changed"] is False
    assert simulated.wrote() == []
    assert simulated.journal.entries
