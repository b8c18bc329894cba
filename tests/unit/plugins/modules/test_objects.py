"""What every object module keeps to, held against the tables of conformance: made once, foretold,
read back, robust.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re

import pytest

from tests.module_runner import through
from tests.unit.plugins.modules import (
    conformance_beyondtrust,
    conformance_fastx,
    conformance_screenconnect,
    conformance_simplehelp,
)
from tests.unit.plugins.modules.conformance import holds, named
from tests.unit.plugins.modules.conformance_appliances import API, CONCLUDING
from tests.unit.plugins.modules.conformance_simplehelp import PRINTED, SECRET_QUERIES
from tests.unit.simulated import read_diff

DIFFERENT = {
    f"beyondtrust_{kind}"
    for kind in (
        "jump_group",
        "jumpoint",
        "shell_jump",
        "group_policy",
        "vendor_user",
        "vault_account",
    )
}
CASES = (
    conformance_simplehelp.CASES
    + conformance_beyondtrust.CASES
    + conformance_screenconnect.CASES
    + conformance_fastx.CASES
)
STEPS = [(case, step) for case in CASES for step in case.steps]


def _writes(cases):
    return [
        (case, step, query)
        for case in cases
        for step in case.steps
        for query in step.writes
        if not query.endswith(CONCLUDING)
    ]


def _first(lines, sort):
    """Return the first line of each sort."""
    found = {}
    for line in lines:
        found.setdefault(sort(line), line)
    return list(found.values())


def _distinct(writes):
    """Return each kind of write of each module once, for tests of which the number counts: the same
    path with other identifiers is the same.
    """
    return _first(writes, lambda line: (line[0].module, re.sub(r"/\d+", "/N", line[2])))


def _marked(lines):
    """Return the lines with their names. Of BeyondTrust's modules, which are many and much alike,
    all but the first of each are the wider matrix.
    """
    narrow = _first(lines, lambda line: line[0].module if line[0].server in ("rs", "pra") else line)
    return [
        pytest.param(*line, id=named(*line), marks=() if line in narrow else pytest.mark.wide)
        for line in lines
    ]


def _each(lines):
    return pytest.mark.parametrize(("case", "step", "query"), _marked(lines))


def _each_step(lines):
    return pytest.mark.parametrize(("case", "step"), _marked(lines))


every_single_step = pytest.mark.parametrize(
    ("case", "step"), STEPS, ids=[named(*line) for line in STEPS]
)
every_step = _each_step(STEPS)
# Of SimpleHelp every write, of the others every kind of write.
WRITES = _writes(conformance_simplehelp.CASES) + _distinct(
    _writes(CASES[len(conformance_simplehelp.CASES) :])
)
# For faults on the way, of which there are many, every kind of write of the modules that differ
# most, and of the others the first.
DISTINCT_WRITES = _first(
    _distinct(WRITES),
    lambda line: (
        line if line[0].server == "simplehelp" or line[0].module in DIFFERENT else line[0].module
    ),
)
# A secret is a write whose effect cannot be read back.
# ScreenConnect refuses as it fails, with HTTP 500: that is looked up and not taken for a no, see
# its own tests.
REFUSED = [line for line in WRITES if line[0].server != "screenconnect"]
every_refused_write = _each(REFUSED)
every_secret_write = _each([line for line in WRITES if line[2] in SECRET_QUERIES])
every_readable_write = _each([line for line in WRITES if line[2] not in SECRET_QUERIES])
each_kind_of_write = _each([line for line in DISTINCT_WRITES if line[2] not in SECRET_QUERIES])
MODULES = _first(WRITES, lambda line: line[0].module)
each_module = _each(MODULES)
# BeyondTrust's account, which has a budget of requests, is held for a second by each 429: one
# module is enough.
BUSY = [
    (*line, status)
    for status in (429, 503)
    for line in MODULES
    if status == 503 or line[0].server == "simplehelp" or line[0].name == "jump_group"
]


def _uncounted(shown):
    """Return what a step shows without how often a password was set."""
    if not isinstance(shown, dict):
        return shown
    return {name: _uncounted(value) for name, value in shown.items() if name != "password_sets"}


def _named_in_messages(query):
    """Return what a message calls a request: the path of BeyondTrust's Configuration API goes
    without its beginning, or with it.
    """
    return query.rpartition(API)[2]


# --- Once -------------------------------------------------------------------------------------------------------------


@every_single_step
def test_a_step_is_done_once_and_the_server_shows_it(servers, case, step):
    simulated = case.start(servers)
    case.before(simulated, step)
    outcome = case.run(simulated, step)
    assert not outcome.failed, outcome["msg"]
    assert outcome["changed"] is True
    assert case.reached(simulated, step), case.held(simulated.site)
    assert set(simulated.wrote()) == set(step.writes)
    assert_names_what_is_done(outcome)
    # Where an account has a budget of requests, a request may have waited for its turn.
    waited = outcome["api"]["seconds_waited"] if "requests_per_second" in simulated.options else 0.0
    assert outcome["api"] == {
        "requests": len(simulated.journal.entries),
        "retries": 0,
        "seconds_waited": waited,
    }


def assert_names_what_is_done(outcome) -> None:
    """Fail where the changes and the difference of a result do not speak of the same objects."""
    assert outcome["changes"]
    for change in outcome["changes"]:
        assert change["fields"] or change["action"] == "delete", change
    before, after = read_diff(outcome["diff"]).values()
    assert before != after
    # The same objects on both sides, so that --diff lines them up; a made object has no before, a
    # removed one no after.
    assert len(set(before) | set(after)) == len(outcome["changes"])


@every_step
def test_the_second_run_sends_no_write_and_reports_no_change(servers, case, step):
    simulated = case.start(servers)
    case.before(simulated, step)
    case.run(simulated, step)
    held = simulated.server.dump()
    simulated.journal.clear()
    for check in (False, True):
        outcome = case.run(simulated, step, check)
        assert not outcome.failed, outcome["msg"]
        assert (outcome["changed"], outcome["changes"]) == (False, [])
        assert outcome["diff"] == []
    assert simulated.wrote() == []
    assert simulated.server.dump() == held


@every_step
def test_check_mode_foretells_the_real_run_and_sends_no_write(servers, case, step):
    simulated = case.start(servers)
    case.before(simulated, step)
    held = simulated.server.dump()
    foretold = case.run(simulated, step, check=True)
    assert simulated.wrote() == []
    assert simulated.server.dump() == held
    real = case.run(simulated, step)
    assert foretold["changed"] is True
    for part in ("changed", "changes", "diff"):
        assert foretold[part] == real[part], part


@pytest.mark.parametrize("case", CASES, ids=named)
def test_naming_an_object_and_nothing_else_leaves_it_alone(servers, case):
    simulated = case.start(servers)
    first = case.steps[0]
    if case.alone is None and first.name == "made":
        case.run(simulated, first)
    held = simulated.server.dump()
    simulated.journal.clear()
    outcome = simulated.expect(case.module, **(case.key if case.alone is None else case.alone))
    assert outcome["changed"] is False
    assert simulated.wrote() == []
    assert simulated.server.dump() == held


def test_removing_what_is_not_there_changes_nothing(simplehelp):
    simulated = simplehelp()
    for module, key in (
        ("technician", {"username": "nobody"}),
        ("technician", {"unique_id": 99}),
        ("tech_group", {"name": "Nobody"}),
        ("tech_group", {"unique_id": 99}),
        ("machine_property", {"machine": "SG_5", "key": "nothing"}),
        ("machine_property", {"machine_group": ["Ireland"], "key": "nothing"}),
        ("simplehelp_tech_restriction", {"restrictions": ["nothing"]}),
    ):
        assert simulated.expect(module, **key, state="absent")["changed"] is False
    assert simulated.wrote() == []


# --- Results ----------------------------------------------------------------------------------------------------------


def test_the_result_holds_the_object_in_the_users_words(simplehelp):
    simulated = simplehelp()
    assert simulated.expect("technician", username="b.okafor")["technician"] == {
        "unique_id": 2,
        "username": "b.okafor",
        "display_name": "Bilal Okafor",
        "email_address": "b.okafor@example.org",
        "allow_locally_authenticated_logins": True,
        "enabled": True,
        "groups": ["Field Service", "Helpdesk"],
        "is_anonymous": False,
        "app_profiles_user": False,
    }
    group = simulated.expect("tech_group", name="Helpdesk", permissions={"canChat": True})[
        "tech_group"
    ]
    assert (group["unique_id"], group["name"], group["max_file_size"]) == (1, "Helpdesk", 1000)
    assert group["ldap_settings"]["member_of_groups"] == ["cn=helpdesk"]
    assert group["permissions"]["canChat"] is True
    assert "video_password" not in group and "password" not in group
    machine = simulated.expect("simplehelp_machine", machine="LDN-WHS-1", notes="In the cellar.")[
        "machine"
    ]
    assert (machine["machine_id"], machine["name"], machine["groups"], machine["notes"]) == (
        "SG_1",
        "LDN-WHS-1",
        ["United Kingdom", "London"],
        "In the cellar.",
    )
    assert (
        simulated.expect("simplehelp_server", hostname="support.example.org")["hostname"]
        == "support.example.org"
    )
    assert simulated.expect("simplehelp_tech_restriction", restrictions=["x"], state="absent")[
        "tech_restrictions"
    ] == [r"10\..*"]


def test_the_result_holds_the_object_as_it_is_after_the_run(simplehelp):
    simulated = simplehelp()
    for check in (True, False):
        outcome = simulated.expect(
            "technician", check, username="b.okafor", display_name="Bilal", groups=["Helpdesk"]
        )
        assert (
            outcome["technician"]["display_name"],
            outcome["technician"]["groups"],
            outcome["technician"]["unique_id"],
        ) == ("Bilal", ["Helpdesk"], 2)
        outcome = simulated.expect("simplehelp_machine", check, machine="SG_1", notes="Moved.")
        assert (outcome["machine"]["notes"], outcome["machine"]["name"]) == ("Moved.", "LDN-WHS-1")
        outcome = simulated.expect(
            "machine_property", check, machines=["SG_1", "SG_2"], properties={"asset": "A"}
        )
        assert [machine["properties"] for machine in outcome["machines"]] == [
            {"asset": "A"},
            {"asset": "A"},
        ]
        outcome = simulated.expect(
            "machine_property", check, machine_group=["United Kingdom"], properties={"vat": "20"}
        )
        assert outcome["machine_group"] == {
            "path": ["United Kingdom"],
            "properties": {"vat": "20"},
        }  # only those that were asked about are read
        outcome = simulated.expect("simplehelp_tech_restriction", check, restrictions=["1.*"])
        assert outcome["tech_restrictions"] == ["1.*", r"10\..*"]
        assert (
            simulated.expect("simplehelp_server", check, hostname="a.example.org")["hostname"]
            == "a.example.org"
        )


# --- Read back --------------------------------------------------------------------------------------------------------


@every_readable_write
def test_a_server_that_says_yes_and_does_nothing_is_a_failure(servers, case, step, query):
    simulated = case.start(servers)
    case.before(simulated, step)
    simulated.inject(query, "ignored", times=None)
    outcome = case.run(simulated, step)
    assert simulated.asked(query), "the fault struck nothing"
    assert outcome.failed
    assert outcome["failed_changes"]
    failed = outcome["failed_changes"][0]
    assert failed["reason"] and failed["reason"] in outcome["msg"]


@pytest.mark.parametrize(
    ("query", "module", "options", "wanted", "shown"),
    [
        (
            "technicians/set",
            "technician",
            {"username": "admin", "display_name": "The Boss"},
            "The Boss",
            "Administrator",
        ),
        (
            "technicians/set",
            "technician",
            {"username": "admin", "groups": ["Field Service"]},
            "Field Service",
            "Helpdesk",
        ),
        ("groups/set", "tech_group", {"name": "Helpdesk", "max_file_size": 4711}, "4711", "1000"),
        (
            "groups/set",
            "tech_group",
            {"name": "Helpdesk", "ldap_settings": {"base_dn": "dc=new"}},
            "dc=new",
            "ou=people",
        ),
        (
            "groups/permissions/set",
            "tech_group",
            {"name": "Helpdesk", "permissions": {"canChat": False}},
            "false",
            "true",
        ),
        (
            "machines/set",
            "simplehelp_machine",
            {"machine": "SG_1", "name": "NEW-NAME"},
            "NEW-NAME",
            "LDN-WHS-1",
        ),
        (
            "machines/notes/set",
            "simplehelp_machine",
            {"machine": "SG_1", "notes": "In the attic."},
            "In the attic.",
            "In the cellar.",
        ),
        (
            "machines/properties/set",
            "machine_property",
            {"machine": "SG_1", "key": "asset", "value": "HF-99"},
            "HF-99",
            "HF-1",
        ),
        (
            "machinegroups/properties/set",
            "machine_property",
            {"machine_group": ["United Kingdom"], "key": "currency", "value": "EUR"},
            "EUR",
            "GBP",
        ),
        (
            "server/hostname/set",
            "simplehelp_server",
            {"hostname": "new.example.org"},
            "new.example.org",
            "support.example.org",
        ),
        (
            "server/tech-restrictions/new",
            "simplehelp_tech_restriction",
            {"restrictions": ["192.*"]},
            "192.*",
            "10",
        ),
    ],
)
def test_a_change_that_did_not_happen_is_reported_with_both_values(
    simplehelp, query, module, options, wanted, shown
):
    simulated = simplehelp()
    simulated.inject(query, "ignored")
    outcome = simulated.run(module, **options)
    assert outcome.failed
    assert wanted in outcome["msg"] and shown in outcome["msg"]
    assert outcome["changed"] is False


@pytest.mark.parametrize(
    ("query", "module", "options", "words"),
    [
        ("technicians/new", "technician", {"username": "new"}, "does not list"),
        ("groups/new", "tech_group", {"name": "New"}, "does not list"),
        (
            "technicians/remove",
            "technician",
            {"username": "b.okafor", "state": "absent"},
            "still lists",
        ),
        (
            "groups/remove",
            "tech_group",
            {"name": "Field Service", "state": "absent"},
            "still lists",
        ),
    ],
)
def test_an_object_that_was_not_made_or_not_removed_is_reported(
    simplehelp, query, module, options, words
):
    simulated = simplehelp()
    simulated.inject(query, "ignored")
    outcome = simulated.run(module, **options)
    assert outcome.failed
    assert words in outcome["msg"]
    assert outcome["changed"] is False


# --- Refusals ---------------------------------------------------------------------------------------------------------


@every_refused_write
def test_a_refusal_is_told_with_its_reason_and_what_was_done_before_it(servers, case, step, query):
    simulated = case.start(servers)
    case.before(simulated, step)
    held = simulated.server.dump()
    simulated.inject(query, "refuse", reason="The auditor forbids it", times=None)
    outcome = case.run(simulated, step)
    assert outcome.failed
    assert "The auditor forbids it" in outcome["msg"]
    assert _named_in_messages(query) in outcome["msg"]
    assert outcome["changed"] is (simulated.server.dump() != held)
    told = [
        (change["action"], change["kind"], change["name"])
        for part in ("changes", "failed_changes", "changes_not_tried")
        for change in outcome[part]
    ]
    assert len(told) == len(set(told))
    assert outcome["failed_changes"] and all(
        "The auditor forbids it" in change["reason"] for change in outcome["failed_changes"]
    )


@every_refused_write
def test_after_a_refusal_the_next_run_does_the_rest(servers, case, step, query):
    simulated = case.start(servers)
    case.before(simulated, step)
    simulated.inject(query, "refuse")
    assert case.run(simulated, step).failed
    outcome = case.run(simulated, step)
    assert not outcome.failed, outcome["msg"]
    # Passwords included, as an object without one is unfinished; one that had been set before the
    # refusal is set again.
    assert holds(case.held(simulated.site), _uncounted(step.shown)), case.held(simulated.site)
    assert case.run(simulated, step, check=True)["changed"] is False


# --- Faults on the way ------------------------------------------------------------------------------------------------


@each_kind_of_write
@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
def test_a_connection_that_breaks_during_a_write_ends_with_the_object_as_wanted(
    servers, case, step, query, kind
):
    simulated = case.start(servers)
    case.before(simulated, step)
    simulated.inject(query, kind)
    outcome = case.run(simulated, step, retries=1)
    assert not outcome.failed, outcome["msg"]
    assert outcome["changed"] is True
    assert case.reached(simulated, step), case.held(simulated.site)


@each_kind_of_write
def test_a_write_that_happened_although_the_connection_broke_is_not_sent_again(
    servers, case, step, query
):
    simulated = case.start(servers)
    case.before(simulated, step)
    case.run(simulated, step)
    usual = [(entry.query, entry.body) for entry in simulated.journal.writes]
    simulated = case.start(servers)
    case.before(simulated, step)
    simulated.inject(query, "reset_after")
    case.run(simulated, step, retries=1)
    sent = [(entry.query, entry.body) for entry in simulated.journal.writes]
    assert sorted(sent, key=str) == sorted(usual, key=str)


@every_secret_write
@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
def test_a_secret_of_which_nobody_knows_whether_it_was_set_is_reported_and_never_sent_twice(
    servers, case, step, query, kind
):
    simulated = case.start(servers)
    case.before(simulated, step)
    simulated.inject(query, kind)
    outcome = case.run(simulated, step, retries=3)
    assert outcome.failed
    assert "unknown" in outcome["msg"]
    assert "password" in outcome["msg"]
    assert outcome["changed"] is True
    assert len(simulated.asked(query)) == 1


@pytest.mark.parametrize(
    ("case", "step", "query", "status"), BUSY, ids=[named(*line[:3], str(line[3])) for line in BUSY]
)
def test_a_server_that_is_busy_is_asked_again_after_the_time_that_it_names(
    servers, case, step, query, status
):
    simulated = case.start(servers)
    case.before(simulated, step)
    simulated.inject(query, "status", status=status, headers={"Retry-After": 0}, times=2)
    outcome = case.run(simulated, step, retries=2)
    assert not outcome.failed, outcome["msg"]
    assert case.reached(simulated, step)
    assert outcome["api"]["retries"] == 2


@every_secret_write
@pytest.mark.parametrize("status", [429, 503])
def test_a_secret_that_a_busy_server_refused_is_sent_again(servers, case, step, query, status):
    simulated = case.start(servers)
    case.before(simulated, step)
    simulated.inject(query, "status", status=status, headers={"Retry-After": 0})
    outcome = case.run(simulated, step, retries=1)
    assert not outcome.failed, outcome["msg"]
    assert case.reached(simulated, step)


@each_kind_of_write
def test_a_write_that_the_server_failed_at_is_looked_up_and_sent_again(servers, case, step, query):
    simulated = case.start(servers)
    case.before(simulated, step)
    simulated.inject(query, "status", status=502)
    outcome = case.run(simulated, step, retries=1)
    assert not outcome.failed, outcome["msg"]
    assert case.reached(simulated, step)


@each_module
def test_a_write_that_the_server_keeps_failing_at_is_a_failure(servers, case, step, query):
    simulated = case.start(servers)
    case.before(simulated, step)
    held = simulated.server.dump()
    simulated.inject(query, "status", status=500, times=None)
    outcome = case.run(simulated, step)
    assert outcome.failed
    assert "500" in outcome["msg"] and _named_in_messages(query) in outcome["msg"]
    assert simulated.server.dump() == held


@each_module
def test_a_write_that_is_answered_too_late_is_looked_up(servers, case, step, query):
    simulated = case.start(servers)
    case.before(simulated, step)
    simulated.inject(query, "slow", seconds=0.4)
    # On a busy machine the look, too, may come too late, and is repeated.
    outcome = case.run(simulated, step, retries=9, timeout=0.2)
    assert not outcome.failed, outcome["msg"]
    assert outcome["changed"] is True
    assert case.reached(simulated, step)


@each_kind_of_write
@pytest.mark.parametrize("kind", ["malformed", "truncated"])
def test_a_write_whose_answer_cannot_be_read_is_looked_up(servers, case, step, query, kind):
    simulated = case.start(servers)
    case.before(simulated, step)
    simulated.inject(query, kind)
    outcome = case.run(simulated, step, retries=1)
    # The server did what it was asked before its answer was spoilt: either we find that out, or we
    # say that it may be so.
    assert outcome["changed"] is True
    assert case.reached(simulated, step) or outcome.failed
    assert not outcome.failed or "unknown" in outcome["msg"]


@pytest.mark.parametrize(
    ("module", "options", "query"),
    [
        ("technician", {"username": "b.okafor", "display_name": "Bilal"}, "technicians/get"),
        ("tech_group", {"name": "Helpdesk", "max_file_size": 1}, "groups/get"),
        (
            "tech_group",
            {"name": "Helpdesk", "permissions": {"canChat": False}},
            "groups/permissions/get",
        ),
        ("simplehelp_machine", {"machine": "SG_1", "name": "NEW"}, "machines/get"),
        ("simplehelp_machine", {"machine": "SG_1", "notes": "NEW"}, "machines/notes/get"),
        (
            "machine_property",
            {"machine": "SG_1", "key": "a", "value": "b"},
            "machines/properties/get",
        ),
        (
            "machine_property",
            {"machine_group": ["Ireland"], "key": "a", "value": "b"},
            "machinegroups/properties/get",
        ),
        ("simplehelp_server", {"hostname": "new.example.org"}, "server/hostname/get"),
        ("simplehelp_tech_restriction", {"restrictions": ["1.*"]}, "server/tech-restrictions/get"),
    ],
)
def test_a_write_that_cannot_be_read_back_is_reported_as_unknown_and_changed(
    simplehelp, module, options, query
):
    simulated = simplehelp()
    reads_before_the_write = len(
        [
            entry
            for entry in _reads_before_the_write(simplehelp, module, options)
            if entry.query == query
        ]
    )
    simulated.inject(query, "status", status=500, times=None, after=reads_before_the_write)
    outcome = simulated.run(module, **options)
    assert outcome.failed
    assert "unknown" in outcome["msg"] and "500" in outcome["msg"]
    assert outcome["changed"] is True


def _reads_before_the_write(simplehelp, module, options):
    simulated = simplehelp()
    simulated.expect(module, **options)
    first = simulated.journal.writes[0].number
    return [entry for entry in simulated.journal.entries if entry.number < first]


# --- Secrets ----------------------------------------------------------------------------------------------------------


def test_a_secret_is_written_on_creation_and_later_only_when_told(simplehelp):
    simulated = simplehelp()
    for module, key, held in (
        ("technician", {"username": "new"}, lambda: simulated.site["technicians"]["new"]),
        ("tech_group", {"name": "New"}, lambda: simulated.site["groups"]["New"]),
    ):
        simulated.expect(module, **key, password="first-secret")
        assert (held()["password"], held()["password_sets"]) == ("first-secret", 1)
        assert simulated.expect(module, **key, password="second-secret")["changed"] is False
        assert held()["password"] == "first-secret"
        for check in (True, False):
            assert (
                simulated.expect(
                    module, check, **key, password="second-secret", update_password="always"
                )["changed"]
                is True
            )
        assert (held()["password"], held()["password_sets"]) == ("second-secret", 2)
        simulated.expect(module, **key, password="second-secret", update_password="always")
        assert held()["password_sets"] == 3


@pytest.mark.parametrize("video_password", ["absent", "blank", "masked", "plain"])
def test_a_video_password_is_written_on_creation_and_later_only_when_told(
    simplehelp, video_password
):
    simulated = simplehelp(video_password=video_password)
    simulated.expect("tech_group", name="New", video_password="first-secret")
    assert (
        simulated.expect("tech_group", name="New", video_password="second-secret")["changed"]
        is False
    )
    assert simulated.site["groups"]["New"]["videoPassword"] == "first-secret"
    assert (
        simulated.expect(
            "tech_group", name="New", video_password="second-secret", update_video_password="always"
        )["changed"]
        is True
    )
    assert simulated.site["groups"]["New"]["videoPassword"] == "second-secret"
    # Neither comparing nor changing something else touches it.
    simulated.expect("tech_group", name="New", max_file_size=1)
    assert simulated.site["groups"]["New"]["videoPassword"] == "second-secret"


def test_a_secret_that_the_server_repeats_in_its_refusal_is_masked(simplehelp):
    simulated = simplehelp()
    for module, key in (
        ("technician", {"username": "admin"}),
        ("tech_group", {"name": "Helpdesk"}),
    ):
        query = "technicians/password/set" if module == "technician" else "groups/password/set"
        simulated.inject(query, "refuse", reason='The password "p4ss/w0rd %&" is too short')
        outcome = simulated.run(module, **key, password="p4ss/w0rd %&", update_password="always")
        assert outcome.failed and "too short" in outcome["msg"]
        document = {module: [{**key, "password": "p4ss/w0rd %&", "update_password": "always"}]}
        simulated.inject(query, "refuse", reason='The password "p4ss/w0rd %&" is too short')
        outcome = simulated.run("simplehelp_config", config=document)
        assert outcome.failed and "too short" in outcome["msg"]


@pytest.mark.parametrize("video_password", ["plain", "masked"])
def test_a_secret_that_the_server_shows_is_not_passed_on(simplehelp, video_password):
    simulated = simplehelp(video_password=video_password)
    assert "keep-the-tapes" in simulated.secrets
    for run in (
        lambda: simulated.expect("tech_group", name="Helpdesk", max_file_size=1),
        lambda: simulated.expect("simplehelp_config_info"),
        lambda: simulated.expect("tech_group", name="Helpdesk", state="absent"),
    ):
        assert "********" not in run().output.replace("VALUE_SPECIFIED_IN_NO_LOG_PARAMETER", "")


def test_what_ansible_writes_to_the_systems_log_holds_no_secret(simplehelp, monkeypatch):
    logged = []
    monkeypatch.setattr("syslog.syslog", lambda *arguments: logged.append(str(arguments[-1])))
    simulated = simplehelp()
    secrets = {"f1rst-secret", "s3cond-secret", "th1rd-secret"}
    with through("module"):
        simulated.expect(
            "simplehelp_config",
            config={
                "technician": [{"username": "new", "password": "f1rst-secret"}],
                "tech_group": [
                    {"name": "New", "password": "s3cond-secret", "video_password": "th1rd-secret"}
                ],
            },
        )
        simulated.expect(
            "technician", username="admin", password="f1rst-secret", update_password="always"
        )
    assert any("Invoked with" in line for line in logged)
    for line in logged:
        assert not any(secret in line for secret in {*secrets, *simulated.secrets})


def test_the_difference_tells_that_a_secret_is_set_without_telling_the_secret(simplehelp):
    simulated = simplehelp()
    outcome = simulated.expect(
        "technician", True, username="admin", password="a-new-secret", update_password="always"
    )
    assert read_diff(outcome["diff"]) == {
        "before": {"technician admin": {}},
        "after": {"technician admin": {"password": "(not shown)"}},
    }
    assert outcome["changes"] == [
        {"action": "update", "kind": "technician", "name": "admin", "fields": ["password"]}
    ]


# --- Switches that do not fit -----------------------------------------------------------------------------------------

PRINTED_STEPS = [(case, step) for case, step in STEPS if set(step.writes) & set(PRINTED)]


@pytest.mark.parametrize(
    ("case", "step"), PRINTED_STEPS, ids=[named(*line) for line in PRINTED_STEPS]
)
@pytest.mark.parametrize("scalar", ["json", "text"])
@pytest.mark.parametrize(("style", "wrong"), [("set", "printed"), ("printed", "set")])
def test_a_wrong_path_style_is_reported_by_its_name(servers, case, step, scalar, style, wrong):
    simulated = case.start(servers, path_style=style, scalar=scalar, unknown_fields="ignore")
    case.before(simulated, step)
    simulated.options["path_style"] = wrong
    outcome = case.run(simulated, step)
    assert outcome.failed
    assert "path_style" in outcome["msg"]
    assert not case.reached(simulated, step)


@pytest.mark.parametrize("unknown_fields", ["refuse", "ignore"])
@pytest.mark.parametrize(("accepted", "wrong"), [("warnings", "warning"), ("warning", "warnings")])
def test_a_wrong_warning_key_is_never_silent(simplehelp, unknown_fields, accepted, wrong):
    simulated = simplehelp(warning_key=accepted, unknown_fields=unknown_fields)
    outcome = simulated.run(
        "simplehelp_machine", machine="SG_2", warnings="Ask first.", warning_key=wrong
    )
    assert outcome.failed and outcome["changed"] is False
    assert simulated.site["machines"]["SG_2"]["warnings"] == "Never restart."
    if unknown_fields == "refuse":
        assert f"Unknown field: {wrong}" in outcome["msg"]
    else:
        assert "Ask first." in outcome["msg"] and "Never restart." in outcome["msg"]


@pytest.mark.parametrize("unknown_fields", ["refuse", "ignore"])
@pytest.mark.parametrize("notes_omitted", ["keep", "clear"])
@pytest.mark.parametrize("accepted", ["warnings", "warning", "both"])
def test_without_a_warning_key_the_one_that_works_is_found(
    simplehelp, accepted, notes_omitted, unknown_fields
):
    simulated = simplehelp(
        warning_key=accepted, notes_omitted=notes_omitted, unknown_fields=unknown_fields
    )
    simulated.options["warning_key"] = ...
    for options, notes, warnings in (
        ({"warnings": "Ask first."}, "", "Ask first."),
        ({"notes": "Here."}, "Here.", "Ask first."),
        ({"warnings": ""}, "Here.", ""),
        ({"notes": "There."}, "There.", ""),
        ({"notes": "", "warnings": "No."}, "", "No."),
    ):
        assert simulated.expect("simplehelp_machine", machine="SG_2", **options)["changed"] is True
        shown = simulated.site["machines"]["SG_2"]
        assert (shown["notes"], shown["warnings"]) == (notes, warnings)
        assert simulated.expect("simplehelp_machine", machine="SG_2", **options)["changed"] is False
