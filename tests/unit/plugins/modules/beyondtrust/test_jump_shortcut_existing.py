"""Jump shortcuts that are there already, or may be: what is looked up where, and that no failure
makes one too many.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import io
import zipfile
from functools import partial

import pytest

from tests.simulator.beyondtrust.reporting import JUMP_METHODS
from tests.unit.plugins.modules.beyondtrust.shortcuts import (
    COLLECTIONS,
    EACH,
    EVERYTHING,
    IMPORT,
    MODULE,
    REPORT,
    found,
    imports,
    shortcut,
    start,
    without,
)


@pytest.fixture
def appliance(beyondtrust):
    """Return a function that starts an appliance with an account that has some permissions."""
    return partial(start, beyondtrust)


# --- what is there, and who can say -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("product", "kind"), EACH)
def test_where_nothing_can_be_looked_up_the_module_refuses_unless_told_what_to_assume(
    appliance, product, kind
):
    simulated = appliance(product, without("perm_configuration", "perm_reporting_license"))
    told = simulated.refuse(MODULE, **shortcut(kind))
    assert (
        "nobody can say whether it exists already" in told
        and "lacks the permission perm_reporting_license" in told
    )
    assert "existing: assume_absent" in told
    foretold = simulated.expect(MODULE, check=True, **shortcut(kind), existing="assume_absent")
    for number in (1, 2):
        made = simulated.expect(MODULE, **shortcut(kind), existing="assume_absent")
        assert made["changes"] == foretold["changes"] and made["looked_up_in"] == {kind: None}
        assert len(found(simulated, kind)) == number
    assert made["jump_shortcut"] == {**shortcut(kind)}


def test_an_assumption_does_not_count_where_it_can_be_looked_up(appliance):
    simulated = appliance()
    for _turn in range(2):
        for kind in ("local_jump", "shell_jump"):
            simulated.expect(MODULE, **shortcut(kind), existing="assume_absent")
    assert [len(found(simulated, kind)) for kind in ("local_jump", "shell_jump")] == [1, 1]


def test_without_the_report_kinds_that_the_configuration_api_shows_are_kept_all_the_same(appliance):
    simulated = appliance(permissions=without("perm_reporting_license"))
    assert simulated.expect(MODULE, **shortcut("shell_jump"))["changed"]
    assert "perm_reporting_license" in simulated.refuse(MODULE, **shortcut("local_jump"))


def test_a_version_without_the_report_is_told_apart(appliance):
    simulated = appliance(version="21.3.1")
    told = simulated.refuse(MODULE, **shortcut("local_jump"))
    assert (
        "nobody can say whether it exists already" in told
        and "This product or version has no such report" in told
    )
    assert simulated.expect(MODULE, **shortcut("local_jump"), existing="assume_absent")["changed"]


def test_a_kind_that_the_version_does_not_show_yet_is_imported(appliance):
    simulated = appliance(version="22.2.3")
    for changed in (True, False):
        outcome = simulated.expect(MODULE, **shortcut("remote_vnc"))
        assert (outcome["changed"], outcome["looked_up_in"]) == (changed, {"remote_vnc": "report"})
    assert len(imports(simulated)) == 1


def test_a_group_of_the_report_that_may_be_the_one_is_not_imported_into(appliance):
    simulated = appliance(permissions=without("perm_configuration"))
    simulated.site["config"]["jump-group"]["2"]["code_name"] = "srv"
    assert simulated.expect(MODULE, **shortcut("local_jump", group="srv"))["changed"], (
        "there is none of this name and host name yet"
    )
    told = simulated.refuse(MODULE, **shortcut("local_jump", group="srv"))
    assert (
        "in the group 'Servers'; whether that is 'srv' can be told with the permission perm_configuration only"
        in told
    )
    assert simulated.expect(
        MODULE, **shortcut("local_jump", group="srv"), existing="assume_absent"
    )["changed"]
    assert len(found(simulated, "local_jump")) == 2


def test_a_kind_that_the_report_calls_otherwise_is_not_imported_again(appliance, monkeypatch):
    simulated = appliance()
    simulated.expect(MODULE, **shortcut("local_jump"))
    monkeypatch.setitem(JUMP_METHODS, "local_jump", "Push Jump")
    told = simulated.refuse(MODULE, **shortcut("local_jump"))
    assert "lists a jump item of this name and host name as 'Push Jump'" in told
    assert simulated.expect(
        MODULE, **shortcut("local_jump", name="Endpoint 2", hostname="OTHER"), check=True
    )["changed"]


@pytest.mark.parametrize("word", ["LOCAL JUMP", "local_jump"])
def test_how_the_report_writes_a_kind_in_capitals_or_underscores_does_not_matter(
    appliance, monkeypatch, word
):
    monkeypatch.setitem(JUMP_METHODS, "local_jump", word)
    simulated = appliance()
    for changed in (True, False):
        assert simulated.expect(MODULE, **shortcut("local_jump"))["changed"] is changed


@pytest.mark.parametrize("denied", ["forbidden", "not_found"])
def test_an_account_whose_permissions_are_told_wrongly_is_refused_by_the_report_itself(
    appliance, denied
):
    simulated = appliance(denied=denied)
    simulated.inject(REPORT, "status", times=None, status=403)
    told = simulated.refuse(MODULE, **shortcut("local_jump"))
    assert "perm_reporting_license" in told and "nobody can say" in told


def test_a_personal_item_is_not_mistaken_for_a_shared_one(appliance):
    simulated = appliance()
    simulated.site["config"]["jump-item/shell-jump"]["3"].update(name="Endpoint", hostname="HOST")
    assert simulated.expect(MODULE, **shortcut("shell_jump"))["changed"]
    simulated.site["config"]["user"]["2"]["username"] = "Servers"
    assert simulated.expect(MODULE, **shortcut("local_jump"))["changed"]


# --- answers and failures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "namespace",
    [
        "https://www.beyondtrust.com/namespaces/API",
        "http://www.bomgar.com/namespaces/API",
        "https://www.bomgar.com/namespaces/API",
        "https://support.example.com/namespaces/API",
        "http://www.beyondtrust.com/sra/namespaces/API",
        "",
    ],
)
@pytest.mark.parametrize("command_error", ["root", "nested"])
@pytest.mark.parametrize("command_error_status", [200, 400])
def test_answers_are_understood_whatever_their_namespace_and_however_they_say_no(
    appliance, namespace, command_error, command_error_status
):
    simulated = appliance(
        permissions=without("perm_configuration"),
        namespace=namespace,
        command_error=command_error,
        command_error_status=command_error_status,
    )
    for changed in (True, False):
        assert simulated.expect(MODULE, **shortcut("local_jump"))["changed"] is changed
    refused = simulated.run(
        MODULE, **shortcut("local_jump", name="Endpoint 2", jump_policy="nowhere")
    )
    assert "The given jump_policy does not exist" in refused["msg"] and refused["changed"] is False


@pytest.mark.parametrize(("product", "kind"), EACH)
@pytest.mark.parametrize("may_configure", [True, False])
@pytest.mark.parametrize("fault", ["reset_before", "reset_after", "truncated", "malformed"])
def test_a_write_without_an_answer_makes_exactly_one_shortcut(
    appliance, product, kind, may_configure, fault
):
    simulated = appliance(product, EVERYTHING if may_configure else without("perm_configuration"))
    query = "POST /api/config/v1/jump-item/*" if may_configure and kind in COLLECTIONS else IMPORT
    struck = simulated.inject(query, fault)
    outcome = simulated.expect(MODULE, **shortcut(kind), retries=2)
    assert struck.times == 0 and outcome["changed"] and len(found(simulated, kind)) == 1
    assert len(simulated.asked(IMPORT)) + len(simulated.wrote()) >= 1
    assert simulated.expect(MODULE, **shortcut(kind))["changed"] is False


def test_a_new_shortcut_with_what_only_the_import_gives_is_made_once_though_the_answer_is_lost(
    appliance,
):
    simulated = appliance()
    simulated.inject(IMPORT, "reset_after")
    simulated.expect(MODULE, **shortcut("remote_rdp", display_size="all"), retries=2)
    assert len(found(simulated, "remote_rdp")) == 1


@pytest.mark.parametrize("fault", ["reset_before", "reset_after", "truncated", "malformed"])
def test_a_write_without_an_answer_that_cannot_be_looked_up_is_reported_and_never_repeated(
    appliance, fault
):
    simulated = appliance(permissions=without("perm_configuration", "perm_reporting_license"))
    simulated.inject(IMPORT, fault)
    outcome = simulated.run(MODULE, **shortcut("local_jump"), existing="assume_absent", retries=3)
    assert outcome.failed and outcome["changed"] is True
    assert "cannot be looked up, so that it is not sent again" in outcome["msg"]
    assert len(imports(simulated)) == 1 and len(found(simulated, "local_jump")) == (
        fault != "reset_before"
    )


def test_a_write_whose_look_up_fails_is_reported_as_unknown(appliance):
    simulated = appliance()
    simulated.inject(IMPORT, "reset_after")
    simulated.inject(REPORT, "status", times=None, after=1, status=500)
    outcome = simulated.run(MODULE, **shortcut("local_jump"))
    assert outcome.failed and outcome["changed"] is True and "unknown whether" in outcome["msg"]
    assert len(imports(simulated)) == 1


def test_a_yes_that_the_report_does_not_bear_out_is_a_failure(appliance):
    simulated = appliance()
    simulated.inject(IMPORT, "ignored")
    outcome = simulated.run(MODULE, **shortcut("local_jump"))
    assert (
        outcome.failed
        and "said yes, but it does not list the object" in outcome["msg"]
        and outcome["changed"] is False
    )


def test_a_refusal_is_told_in_the_appliances_words(appliance):
    simulated = appliance()
    simulated.inject(IMPORT, "refuse", reason="The licence does not allow any more")
    outcome = simulated.run(MODULE, **shortcut("local_jump"))
    assert "The licence does not allow any more" in outcome["msg"] and outcome["changed"] is False
    assert outcome["failed_changes"][0]["name"] == "Endpoint/Servers"


@pytest.mark.parametrize(
    ("fault", "arguments"),
    [
        ("html", {}),
        ("empty_body", {}),
        ("malformed", {}),
        ("truncated", {}),
        ("wrong_shape", {}),
        ("entities", {}),
        ("entities", {"style": "network"}),
        ("huge_xml", {}),
        ("zip_bomb", {}),
        ("gzip_bomb", {"megabytes": 400}),
        ("redirect", {}),
        ("status", {"status": 500}),
        ("reset_before", {}),
    ],
)
def test_a_report_that_is_none_is_a_failure_and_never_an_empty_list(appliance, fault, arguments):
    simulated = appliance()
    simulated.inject(REPORT, fault, times=None, **arguments)
    for existing in ("look_up", "assume_absent"):
        told = simulated.refuse(MODULE, **shortcut("local_jump"), existing=existing)
        assert "report" in told.lower() or "redirected" in told


HEADINGS = "Name,Host,Jumpoint,Application,License,Method,Group\r\n"
THERE = "Endpoint,HOST,,,yes,Local Jump,Servers\r\n"


def report(simulated, text, name="jump_items.csv", **more):
    """Let the appliance answer a report of which the list of jump items reads so."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(name, text, **more)
    simulated.inject(REPORT, "status", times=None, status=200, body=archive.getvalue())


@pytest.mark.parametrize(
    "text",
    [
        HEADINGS + THERE,
        (HEADINGS + THERE).encode("utf-8-sig"),
        "\r\n".join((HEADINGS, "", THERE)),
        HEADINGS.replace("\r\n", ",More\r\n") + THERE.replace("\r\n", ",x\r\n"),
        '"Jump\nItem Name","host\nor address",jumpoint,Remote Application Name,,METHOD,Jump Group\r\n'
        + THERE,
        "Jump Group,Jump Method,IP,Jumpoint Name,Name\r\nServers,Local Jump,HOST,,Endpoint\r\n",
        HEADINGS + '"two\nlines","a ""quoted"" word",,,no,Jump Client,Servers\r\n' + THERE,
        HEADINGS + " Endpoint , HOST ,,,yes, Local Jump , Servers \n",
        (HEADINGS + "Käserei,KÄSE,,,yes,Local Jump,Servers\n" + THERE).encode(),
    ],
)
def test_the_list_in_the_report_is_read_however_it_is_laid_out(appliance, text):
    simulated = appliance()
    report(simulated, text)
    assert simulated.expect(MODULE, **shortcut("local_jump"))["changed"] is False


@pytest.mark.parametrize(
    ("text", "more"),
    [
        (HEADINGS + THERE, {"name": "items.csv"}),
        (HEADINGS + "Endpoint,HOST\r\n", {}),
        ((HEADINGS + THERE).encode("utf-16"), {}),
        (HEADINGS + '"Endpoint,HOST,,,yes,Local Jump,Servers\r\n', {}),
        (HEADINGS + "x" * 70_000 + THERE, {}),
        (HEADINGS.encode() + b"\xff" + THERE.encode(), {}),
    ],
)
def test_a_list_that_cannot_be_understood_is_a_failure(appliance, text, more):
    simulated = appliance()
    report(simulated, text, **more)
    assert "report" in simulated.refuse(MODULE, **shortcut("local_jump"), existing="assume_absent")


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        ("", "Its headings are: none"),
        ("Endpoint,HOST,,,yes,Local Jump,Servers", "no columns for the"),
        ("Name,Host,Jumpoint,Application,License,Group", "no columns for the method"),
        (
            "Name,Host,Jumpoint,Application,License,Method,Group,Group Owner",
            "2 columns for the group",
        ),
        ("Nom,Hôte,Jumpoint,,,Méthode,Groupe", "no columns for the"),
        ("Host,IP,Name,Jumpoint,Method,Group", "2 columns for the hostname"),
    ],
)
@pytest.mark.parametrize("existing", ["look_up", "assume_absent"])
def test_a_list_with_other_columns_is_refused_before_anything_is_sent(
    appliance, headings, told, existing
):
    simulated = appliance()
    report(simulated, f"{headings}\r\n{THERE}")
    assert told in simulated.refuse(MODULE, **shortcut("local_jump"), existing=existing)


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_list_that_is_packed_in_an_unusual_way_is_refused(appliance, packed):
    simulated = appliance()
    report(simulated, HEADINGS + THERE, compress_type=packed)
    assert "cut off or malformed" in simulated.refuse(MODULE, **shortcut("local_jump"))


def test_a_list_of_which_a_byte_is_wrong_is_a_failure(appliance):
    simulated = appliance()
    report(simulated, HEADINGS + THERE)
    simulated.server.faults[-1].arguments["body"] = (
        simulated.server.faults[-1].arguments["body"].replace(b"HOST", b"MOST")
    )
    assert "cut off or malformed" in simulated.refuse(MODULE, **shortcut("local_jump"))


@pytest.mark.parametrize("fault", ["html", "empty_body", "entities", "huge_xml"])
def test_an_answer_to_an_import_that_is_none_is_looked_up(appliance, fault):
    simulated = appliance()
    simulated.inject(IMPORT, fault)
    outcome = simulated.expect(MODULE, **shortcut("local_jump"), retries=1)
    assert outcome["changed"] and len(found(simulated, "local_jump")) == 1


@pytest.mark.parametrize("status", [403, 500])
def test_imports_that_were_acknowledged_and_cannot_be_looked_up_are_told_as_unknown(
    appliance, status
):
    simulated = appliance()
    simulated.inject(REPORT, "status", times=None, after=1, status=status, body="")
    outcome = simulated.run(MODULE, **shortcut("local_jump"))
    assert (
        outcome.failed and outcome["changed"] is True and len(found(simulated, "local_jump")) == 1
    )
    assert "1 of 1 changes failed (of 1 it is unknown whether they were made)" in outcome["msg"]
