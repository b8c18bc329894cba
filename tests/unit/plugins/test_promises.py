"""Where each promise of the collection is tested: the names of its tests, which must exist, for
every module that it binds.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from tests.unit.documented import MODULES, fragments
from tests.unit.plugins.modules import (
    conformance_beyondtrust,
    conformance_fastx,
    conformance_screenconnect,
    conformance_simplehelp,
    least_appliances,
    least_fastx,
    least_screenconnect,
    test_bad_input,
)
from tests.unit.plugins.modules.test_bad_servers import ACTIONS

UNIT = Path(__file__).parents[1]

PROMISES = {
    "Run twice, the second run sends no write and reports no change": {
        "plugins/modules/test_objects.py": [
            "test_the_second_run_sends_no_write_and_reports_no_change"
        ],
        "plugins/modules/test_switches.py": ["test_an_object_lives_its_life_on_any_kind_of_server"],
        "plugins/test_export_of_anything.py": ["test_what_any_server_exports_plans_to_nothing"],
        "plugins/modules/test_odd_servers.py": [
            "test_what_a_server_stores_comes_out_and_changes_nothing_when_it_comes_back"
        ],
        "plugins/module_utils/_simplehelp/test_export.py": [
            "test_what_a_server_exports_plans_to_nothing",
            "test_an_exported_file_changes_nothing_through_the_module",
        ],
        "plugins/module_utils/_beyondtrust/test_export.py": [
            "test_what_an_appliance_exports_plans_to_nothing",
            "test_what_any_kind_of_appliance_exports_plans_to_nothing",
            "test_an_exported_file_changes_nothing_through_the_module",
        ],
        "plugins/module_utils/_screenconnect/test_export.py": [
            "test_an_exported_file_changes_nothing_through_the_module"
        ],
        "plugins/modules/screenconnect/test_session.py": [
            "test_an_overloaded_server_that_answers_nothing_does_not_lead_to_a_second_session",
            "test_a_session_lives_its_life_on_any_kind_of_server",
        ],
        "plugins/module_utils/_fastx/test_export.py": [
            "test_what_a_user_exports_plans_to_nothing",
            "test_an_exported_file_changes_nothing_through_the_module",
        ],
        "plugins/modules/fastx/test_switches.py": [
            "test_an_object_lives_its_life_on_any_kind_of_server"
        ],
        "plugins/modules/fastx/test_sessions.py": [
            "test_a_session_whose_start_was_not_answered_is_looked_up_and_there_is_one",
            "test_a_session_of_a_bookmark_is_never_started_twice",
        ],
    },
    "Check mode sends no write; its changed, diff and changes equal those of the real run that follows": {
        "plugins/modules/test_objects.py": [
            "test_check_mode_foretells_the_real_run_and_sends_no_write"
        ],
        "plugins/modules/test_bad_servers.py": [
            "test_an_action_is_done_on_every_run_and_only_foretold_in_check_mode"
        ],
        "plugins/module_utils/_simplehelp/test_api.py": [
            "test_while_nothing_may_change_a_write_is_a_bug_of_ours"
        ],
        "plugins/module_utils/_beyondtrust/test_api.py": [
            "test_while_nothing_may_change_a_write_is_a_bug_of_ours"
        ],
        "plugins/module_utils/_screenconnect/test_api.py": [
            "test_while_nothing_may_change_a_write_is_a_bug_of_ours"
        ],
        "plugins/module_utils/_fastx/test_login.py": [
            "test_while_nothing_may_change_a_write_is_a_bug_of_ours"
        ],
        "plugins/modules/fastx/test_bad_servers.py": [
            "test_an_action_is_done_on_every_run_and_only_foretold_in_check_mode"
        ],
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
        "plugins/module_utils/_simplehelp/test_api.py": [
            "test_writing_notes_keeps_warnings_and_the_reverse"
        ],
        "plugins/module_utils/_beyondtrust/test_resources.py": [
            "test_an_attribute_of_an_object_is_set_alone",
            "test_what_lies_below_every_object_is_left_as_it_is_when_it_is_asked_for_as_it_is",
        ],
        "plugins/modules/screenconnect/test_session.py": [
            "test_changing_one_property_keeps_the_other_seven"
        ],
        "plugins/modules/fastx/test_switches.py": [
            "test_what_is_not_mentioned_of_a_bookmark_stays_whatever_the_server_does"
        ],
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
        "plugins/modules/beyondtrust/test_read_back.py": [
            "test_a_change_that_did_not_happen_is_reported_with_both_values",
            "test_an_object_that_was_not_made_or_not_removed_is_reported",
            "test_a_write_that_cannot_be_read_back_is_reported_as_unknown_and_changed",
            "test_what_could_not_take_effect_is_told_although_it_was_written",
        ],
        "plugins/modules/screenconnect/test_bad_servers.py": [
            "test_an_answer_to_a_write_that_should_be_empty_is_looked_up_and_not_taken_for_a_yes"
        ],
    },
    "No secret appears anywhere": {
        "plugins/modules/test_objects.py": [
            "test_a_secret_that_the_server_repeats_in_its_refusal_is_masked",
            "test_a_secret_that_the_server_shows_is_not_passed_on",
            "test_what_ansible_writes_to_the_systems_log_holds_no_secret",
            "test_the_difference_tells_that_a_secret_is_set_without_telling_the_secret",
        ],
        "plugins/modules/test_bad_servers.py": [
            "test_a_token_that_the_server_repeats_is_masked_in_every_spelling"
        ],
        "plugins/modules/beyondtrust/test_secrets.py": [
            "test_a_secret_that_the_appliance_repeats_in_its_refusal_is_masked",
            "test_no_secret_of_a_whole_document_is_shown_and_none_is_exported",
            "test_what_ansible_writes_to_the_systems_log_holds_no_secret",
        ],
        "plugins/modules/beyondtrust/test_bad_servers.py": [
            "test_a_secret_that_the_appliance_repeats_is_masked_in_every_spelling",
            "test_a_token_that_the_appliance_repeats_is_masked",
        ],
        "plugins/modules/screenconnect/test_bad_servers.py": [
            "test_a_secret_that_the_server_repeats_is_masked_in_every_spelling"
        ],
        "plugins/modules/fastx/test_bad_servers.py": [
            "test_a_secret_that_the_server_repeats_is_masked_in_every_spelling"
        ],
        "plugins/modules/fastx/test_sessions.py": [
            "test_the_one_time_password_is_returned_where_it_is_asked_for_and_nowhere_else",
            "test_a_one_time_password_that_the_server_repeats_is_masked",
        ],
        "plugins/modules/fastx/test_shares.py": [
            "test_the_keys_are_read_without_them_unless_they_are_asked_for"
        ],
        "plugins/modules/fastx/test_reads.py": ["test_the_profile_comes_without_the_token_in_it"],
        "plugins/module_utils/_fastx/test_login.py": [
            "test_a_secret_that_the_server_repeats_is_masked",
            "test_the_token_is_carried_in_the_headers_that_the_option_names_and_never_in_a_url",
        ],
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
        "plugins/modules/beyondtrust/test_secrets.py": [
            "test_a_secret_of_which_nobody_knows_whether_it_was_set_is_reported_and_never_sent_twice"
        ],
        "plugins/modules/beyondtrust/test_bad_servers.py": [
            "test_an_answer_that_is_none_is_described_and_nothing_is_changed",
            "test_a_record_of_the_wrong_shape_never_ends_in_a_traceback",
        ],
        "plugins/module_utils/_beyondtrust/test_api.py": [
            "test_errors_are_told_field_by_field",
            "test_a_403_names_the_permission_that_is_missing",
            "test_a_401_that_a_new_token_does_not_cure_is_told_with_both_of_its_causes",
        ],
        "plugins/modules/screenconnect/test_command.py": [
            "test_a_failure_on_some_sessions_is_told_of_each_and_the_others_are_done"
        ],
        "plugins/modules/screenconnect/test_bad_servers.py": [
            "test_an_answer_that_is_none_is_described_and_nothing_is_changed"
        ],
        "plugins/modules/fastx/test_bad_servers.py": [
            "test_an_answer_that_is_none_is_described_and_nothing_is_changed"
        ],
        "plugins/modules/fastx/test_sessions.py": [
            "test_what_was_started_and_could_not_be_given_its_name_is_told_with_its_id"
        ],
    },
    "Bad input gets a clear error before anything is sent; nothing is half-written on disk": {
        "plugins/modules/test_bad_input.py": [
            "test_an_option_of_a_wrong_type_or_value_is_refused_by_its_name",
            "test_a_value_that_cannot_be_right_is_refused_without_any_write",
            "test_a_name_that_the_server_does_not_know_is_refused_without_any_write",
            "test_what_can_be_known_without_the_server_is_refused_without_a_request",
        ],
        "plugins/modules/beyondtrust/test_bad_input.py": [
            "test_a_connection_option_that_makes_no_sense_is_refused_by_its_name_without_a_request",
            "test_what_can_be_known_without_the_appliance_is_refused_without_a_word_to_its_api",
            "test_a_value_that_the_appliance_neither_has_nor_takes_is_refused_with_the_name_of_the_object",
            "test_a_name_that_the_appliance_does_not_know_is_refused_without_any_write",
        ],
        "plugins/modules/screenconnect/test_bad_input.py": [
            "test_a_connection_option_that_makes_no_sense_is_refused_by_its_name_without_a_request",
            "test_a_session_that_makes_no_sense_is_refused_without_a_write",
        ],
        "plugins/modules/fastx/test_bad_input.py": [
            "test_a_connection_option_that_makes_no_sense_is_refused_by_its_name_without_a_request",
            "test_what_can_be_known_without_the_server_is_refused_without_a_write",
            "test_what_the_server_does_not_know_or_allow_is_refused_without_any_write",
        ],
        "plugins/modules/fastx/test_screenshots.py": [
            "test_what_is_no_whole_image_of_the_format_leaves_what_was_there"
        ],
        "plugins/module_utils/_beyondtrust/test_tokens.py": [
            "test_a_process_killed_at_any_point_leaves_the_old_token_or_the_new_one_whole_and_no_lock"
        ],
    },
    "Fifty parallel processes share one token and one rate budget": {
        "plugins/module_utils/_beyondtrust/test_tokens.py": [
            "test_fifty_processes_mint_one_token_at_the_start_and_when_the_server_denies_it_to_all_at_once"
        ],
        "plugins/module_utils/_beyondtrust/test_pace.py": [
            "test_fifty_processes_are_given_one_moment_each_and_leave_none_out",
            "test_fifty_processes_share_the_hour",
        ],
        "plugins/module_utils/_beyondtrust/test_api.py": [
            "test_all_processes_share_one_token",
            "test_a_token_that_has_ended_is_renewed_and_the_request_repeated",
            "test_the_requests_of_a_second_are_spread",
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
        "plugins/modules/beyondtrust/test_bad_servers.py": [
            "test_a_gzip_bomb_is_refused",
            "test_a_redirect_is_never_followed",
            "test_texts_of_the_appliance_are_passed_on_as_data",
            "test_an_empty_list_where_the_appliance_failed_leads_to_nothing",
        ],
        "plugins/modules/screenconnect/test_bad_servers.py": [
            "test_a_record_of_the_wrong_shape_never_ends_in_a_traceback",
            "test_texts_of_the_server_are_passed_on_as_data",
        ],
        "plugins/modules/screenconnect/test_session_info.py": [
            "test_a_text_matches_only_itself_whatever_it_says"
        ],
        "plugins/modules/fastx/test_bad_servers.py": [
            "test_sessions_of_the_wrong_shape_are_no_sessions",
            "test_bookmarks_of_the_wrong_shape_never_end_in_a_traceback",
            "test_a_redirect_is_never_followed",
            "test_texts_of_the_server_are_passed_on_as_data",
        ],
        "plugins/module_utils/_beyondtrust/test_api.py": [
            "test_a_list_that_holds_less_than_it_counts_is_asked_for_once_more_and_then_not_believed"
        ],
        "plugins/module_utils/_beyondtrust/test_markup.py": [
            "test_a_document_type_is_refused_in_any_encoding",
            "test_what_exceeds_the_bounds_of_the_parser_is_refused",
        ],
        "plugins/module_utils/_core/test_http.py": [
            "test_a_small_answer_that_would_grow_beyond_all_measure_is_refused_before_it_does"
        ],
    },
}
TESTS = [
    (promise, file, name)
    for promise, files in PROMISES.items()
    for file, names in files.items()
    for name in names
]


@pytest.mark.parametrize(
    ("promise", "file", "name"), TESTS, ids=[name for promise, file, name in TESTS]
)
def test_a_promise_has_the_test_that_is_named_for_it(promise, file, name):
    functions = [
        node
        for node in ast.parse((UNIT / file).read_text()).body
        if isinstance(node, ast.FunctionDef)
    ]
    (function,) = [node for node in functions if node.name == name]
    marks = " ".join(map(ast.unparse, function.decorator_list))
    assert "skip" not in marks and "xfail" not in marks


CASES = (
    conformance_simplehelp.CASES
    + conformance_beyondtrust.CASES
    + conformance_screenconnect.CASES
    + conformance_fastx.CASES
)
OBJECTS = {case.module for case in CASES}
READERS = {module for module in MODULES if module.endswith("_info")}
# Modules of a life that no table tells: the tests that hold them to their promises.
OTHERS = {
    "backup": {
        "plugins/modules/test_backups.py": [
            "test_a_second_run_changes_nothing_and_without_max_age_each_takes_one",
            "test_check_mode_foretells_the_real_run_and_neither_asks_nor_writes",
            "test_what_is_no_whole_backup_is_told_and_nothing_of_it_is_kept",
            "test_a_password_goes_to_the_appliance_in_the_body_of_a_post_and_nowhere_else",
        ]
    },
    "backup_verify": {
        "plugins/modules/test_backups.py": [
            "test_everything_that_is_wrong_is_told_at_once_and_in_words"
        ]
    },
    "beyondtrust_automation_job": {
        "plugins/modules/beyondtrust/test_automation.py": [
            "test_a_job_is_made_once_whatever_is_asked_of_one_of_that_name_later",
            "test_a_job_of_which_no_answer_comes_is_looked_for_and_not_made_twice",
            "test_a_job_that_was_not_made_is_a_failure",
        ]
    },
    "beyondtrust_drill_journal": {
        "plugins/module_utils/_drill/test_journal.py": [
            "test_check_mode_tells_and_writes_nothing",
            "test_a_controller_that_is_killed_at_any_moment_leaves_a_journal_that_says_where_things_stand",
        ]
    },
    "beyondtrust_drill_report": {
        "plugins/module_utils/_drill/test_report.py": [
            "test_the_same_files_make_the_same_report_and_check_mode_writes_none",
            "test_what_servers_said_is_shown_as_they_said_it_and_not_obeyed",
        ]
    },
    "beyondtrust_probe": {
        "plugins/modules/beyondtrust/test_probe.py": [
            "test_every_kind_of_outage_is_seen_by_the_first_probe_that_meets_it_and_its_end_too",
            "test_in_check_mode_pages_are_probed_and_no_file_is_written",
        ]
    },
    "beyondtrust_jump_approval": {
        "plugins/modules/beyondtrust/test_approvals.py": [
            "test_a_request_is_made_on_every_run_and_listed_for_who_may_answer",
            "test_a_request_is_answered_once",
            "test_an_answer_of_which_none_comes_back_is_looked_for",
            "test_an_answer_that_the_appliance_only_says_it_took_is_a_failure",
        ]
    },
    "beyondtrust_jump_client_installer_download": {
        "plugins/modules/beyondtrust/test_jump_clients.py": [
            "test_an_installers_file_is_downloaded_once",
            "test_what_is_no_file_leaves_what_was_there",
        ]
    },
    "beyondtrust_jumpoint_installer_download": {
        "plugins/modules/beyondtrust/test_jump_clients.py": [
            "test_the_file_of_a_jumpoint_is_downloaded"
        ]
    },
    "beyondtrust_provision": {
        "plugins/modules/beyondtrust/test_groups.py": [
            "test_policies_and_users_are_provisioned_on_every_run_and_only_foretold_in_check_mode",
            "test_what_was_provisioned_before_a_failure_is_told",
        ]
    },
    **{
        f"beyondtrust_vault_account_{action}": {
            "plugins/modules/beyondtrust/test_vault.py": [
                "test_an_account_that_is_not_there_is_refused_in_check_mode_too",
                "test_an_action_without_an_answer_may_have_been_done_and_is_not_repeated",
                "test_what_is_checked_out_is_printed_nowhere_and_what_went_wrong_is",
            ]
        }
        for action in ("check_out", "check_in", "rotation")
    },
    "beyondtrust_vault_endpoint_association": {
        "plugins/modules/beyondtrust/test_vault.py": [
            "test_an_endpoint_is_linked_once",
            "test_a_link_of_which_no_answer_comes_is_looked_for",
        ]
    },
    "beyondtrust_vendor_reactivation": {
        "plugins/modules/beyondtrust/test_vendor_reactivation.py": [
            "test_all_expired_users_are_let_in_again_and_the_second_run_sends_nothing",
            "test_an_appliance_that_says_yes_and_does_nothing_is_a_failure",
        ]
    },
    "failover_role": {
        "plugins/modules/beyondtrust/test_failover_role.py": [
            "test_the_second_run_changes_nothing",
            "test_a_lost_answer_is_looked_up_and_not_asked_for_again",
            "test_a_refusal_of_the_appliance_is_told_in_its_own_words",
        ]
    },
    "jump_shortcut": {
        "plugins/modules/beyondtrust/test_jump_shortcut.py": [
            "test_every_kind_is_made_with_what_it_needs_once_and_then_left_alone"
        ],
        "plugins/modules/beyondtrust/test_jump_shortcut_existing.py": [
            "test_a_write_without_an_answer_makes_exactly_one_shortcut",
            "test_a_yes_that_the_report_does_not_bear_out_is_a_failure",
            "test_a_refusal_is_told_in_the_appliances_words",
        ],
    },
    "screenconnect_command": {
        "plugins/modules/screenconnect/test_command.py": [
            "test_check_mode_sends_nothing_and_foretells_the_changes",
            "test_a_command_whose_answer_is_lost_is_found_by_its_marker_and_not_sent_again",
            "test_a_command_of_which_there_is_no_sign_is_reported_and_not_sent_again",
            "test_a_guest_that_is_offline_ends_in_the_hint_that_the_command_is_queued_and_may_run_later",
        ]
    },
    **{
        module: {
            "plugins/modules/fastx/test_bad_servers.py": [
                "test_an_action_is_done_on_every_run_and_only_foretold_in_check_mode",
                "test_an_action_of_which_nobody_knows_whether_it_was_done_is_reported_and_never_sent_twice",
                "test_an_action_that_is_refused_is_told_with_the_reason",
            ]
        }
        for module in least_fastx.ACTIONS
    },
    "fastx_screenshot": {
        "plugins/modules/fastx/test_screenshots.py": [
            "test_the_same_image_is_no_change_and_another_mode_is_one",
            "test_check_mode_foretells_and_writes_nothing",
            "test_what_is_no_whole_image_of_the_format_leaves_what_was_there",
        ]
    },
    **{
        f"screenconnect_{action}": {
            "plugins/modules/screenconnect/test_messages.py": [
                "test_it_is_done_on_all_sessions_and_only_foretold_in_check_mode",
                "test_one_that_was_done_although_no_answer_came_is_found_and_not_sent_again",
                "test_one_of_which_there_is_no_sign_is_reported_and_not_sent_again",
            ]
        }
        for action in ("message", "note", "toolbox_item")
    },
}
OF_OTHERS = [
    (module, file, name)
    for module, files in OTHERS.items()
    for file, names in files.items()
    for name in names
]


@pytest.mark.parametrize(
    ("module", "file", "name"),
    OF_OTHERS,
    ids=[f"{module}-{name}" for module, file, name in OF_OTHERS],
)
def test_a_module_that_stands_in_no_table_has_the_tests_that_are_named_for_it(module, file, name):
    test_a_promise_has_the_test_that_is_named_for_it(module, file, name)


def test_every_module_is_bound_to_the_promises_of_its_kind():
    actions = {module for module, options, query in ACTIONS}
    assert OBJECTS | actions | READERS | set(OTHERS) == set(MODULES)
    assert not OBJECTS & (actions | set(OTHERS)) and not (OBJECTS | actions | set(OTHERS)) & READERS


# What a module of a kind of object can do, and the steps that show it.
LIFE = {"create": {"made"}, "update": {"changed"}, "delete": {"removed"}}
KINDS = {f"beyondtrust_{resource.name}": resource for resource in BEYONDTRUST.resources}


@pytest.mark.parametrize("module", sorted(OBJECTS))
def test_every_object_module_goes_through_its_whole_life_in_the_table(module):
    names = {step.name for case in CASES if case.module == module for step in case.steps}
    extended = fragments(module)
    assert {
        "simplehelp.object",
        "beyondtrust.object",
        "screenconnect.object",
        "fastx.object",
    } & extended
    if module in KINDS:
        verbs = KINDS[module].verbs
        assert set().union(*(LIFE[verb] for verb in verbs)) <= names
        assert "emptied" in names or "update" not in verbs
        assert ("beyondtrust.state" in extended) is ("delete" in verbs)
    else:
        assert "changed" in names
        if "simplehelp.state" in extended:
            assert {"made", "changed", "emptied", "removed"} <= names


@pytest.mark.parametrize(
    "module", sorted(module for module in test_bad_input.LEAST if module in READERS)
)
def test_a_module_that_reads_never_writes_and_never_reports_a_change(simplehelp, module):
    _reads_only(simplehelp(), module, test_bad_input.LEAST[module])


@pytest.mark.parametrize("module", least_appliances.READERS)
def test_a_module_that_reads_an_appliance_never_writes_and_never_reports_a_change(
    beyondtrust, module
):
    _reads_only(least_appliances.start(beyondtrust, module), module, least_appliances.LEAST[module])


@pytest.mark.parametrize("module", least_screenconnect.READERS)
def test_a_module_that_reads_sessions_never_writes_and_never_reports_a_change(
    screenconnect, module
):
    _reads_only(screenconnect(), module, least_screenconnect.LEAST[module])


@pytest.mark.parametrize("module", least_fastx.READERS)
def test_a_module_that_reads_fastx_never_writes_and_never_reports_a_change(fastx, module):
    _reads_only(fastx(), module, least_fastx.LEAST[module])


def _reads_only(simulated, module, options):
    for check in (False, True):
        assert simulated.expect(module, check, **options)["changed"] is False
    assert simulated.wrote() == []
    assert simulated.journal.entries
