"""The report of backups as one page of HTML, made of nothing but what stands in its JSON."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from .._core.quoting import quoted
from .._files.pages import document, duration, header, said, section, size, table, tile
from .times import read

# Characters of what is no more than a word, such as what kind of problem there is.
LONGEST_WORD = 40
GOOD, BAD = '<span class="good">{}</span>', '<span class="bad">{}</span>'


def page(report: Mapping[str, Any]) -> str:
    """Return the page of a report as the role backup makes it. Raises ValueError, KeyError or
    TypeError for what is none.
    """
    began, ended = read(report["began_at"]), read(report["ended_at"])
    verdict = "Good" if report["passed"] else "Failed"
    when = f"{began.day} {began:%B %Y}, {began:%H:%M:%S} to {ended:%H:%M:%S} UTC, {duration((ended - began).total_seconds())}, on {said(report['host'])}"
    names = _names(report)
    wrong = len(report["problems"])
    conclusion = (
        "Nothing is wrong."
        if not wrong
        else f"{_number(wrong, 'thing')} {'is' if wrong == 1 else 'are'} wrong."
    )
    return document(
        f"Backups of {began:%Y-%m-%d}: {verdict.lower()}",
        [
            header(
                "Backups",
                _number(len(report["servers"]), "server"),
                when,
                verdict,
                "good" if report["passed"] else "bad",
            ),
            f'<p class="conclusion">{conclusion}</p>',
            f'<div class="tiles">{"".join(_tiles(report, began, ended))}</div>',
            section("What is wrong", _list(report["problems"])),
            section(
                "Servers",
                table(
                    ("Server", "Took", "Size", "Newest backup", "Result"),
                    map(_server, report["servers"]),
                    {1, 2},
                ),
            ),
            section(
                "Removed by retention",
                _list(
                    change["name"]
                    for outcome in report["servers"]
                    for change in outcome["changes"]
                    if change["action"] == "remove"
                ),
            ),
            *(
                section(
                    f"Kept in {said(place['directory'])}",
                    _place(place, names, report.get("objective")),
                )
                for place in report["places"]
            ),
        ],
    )


def _names(report) -> dict[str, str]:
    """Return what each server is called, by its address as manifests have it."""
    return {outcome["address"]: outcome["name"] for outcome in report["servers"]}


def _tiles(report, began, ended) -> Iterator[str]:
    done = sum(not outcome["error"] for outcome in report["servers"])
    yield tile("Servers", f"{done} of {len(report['servers'])}", "backed up, or young enough")
    for place in report["places"][:2]:
        kept, backups = (
            ("not known", "not read")
            if place["error"]
            else (size(place["bytes"]), _number(place["checked"], "backup"))
        )
        yield tile("Kept", kept, f"{backups} in {said(place['directory'])}")
    yield tile(
        "Problems", str(len(report["problems"])), "none" if report["passed"] else "see below"
    )


def _server(outcome) -> tuple[str, ...]:
    """Return the row of one server, with the reason where it failed."""
    backup, done = outcome["backup"], [change["action"] for change in outcome["changes"]]
    result = (
        f'{BAD.format("failed")}<p class="said">{said(outcome["error"])}</p>'
        if outcome["error"]
        else GOOD.format("saved on the server") + "<p>It cannot be verified from here.</p>"
        if outcome["platform"] == "simplehelp"
        else GOOD.format(
            ("backed up" if "backup" in done else "young enough")
            + (", copied" if "copy" in done else "")
        )
    )
    newest = (
        ""
        if not backup
        else "".join(
            f"<p>{said(words)}</p>" for words in (_time(backup["taken_at"]), _what(backup)) if words
        )
    )
    return (
        _named(outcome["name"], outcome["address"]),
        _took(backup),
        size(backup.get("size")),
        newest,
        result,
    )


def _took(backup) -> str:
    return duration(backup["seconds"]) if isinstance(backup.get("seconds"), (int, float)) else ""


def _what(backup) -> str:
    what = " ".join(str(backup[name]) for name in ("product", "version") if backup.get(name))
    return ", ".join(
        filter(
            None,
            (
                what,
                "encrypted" if backup.get("encryption") else "",
                "with a password" if backup.get("password_protected") else "",
            ),
        )
    )


def _place(place, names, objective) -> str:
    """Return what is kept in one directory, and what is wrong with it."""
    if place["error"]:
        return f'<p class="bad">{said(place["error"])}</p>'
    wrong = defaultdict(list)
    for problem in place["problems"]:
        if problem.get("file"):
            wrong[problem["file"]].append(problem)
    rows = [
        (
            _named(names.get(backup["server"]) or backup["server"], backup["server"]),
            said(_time(backup["taken_at"])),
            size(backup["size"]),
            _verified(wrong[backup["file"]]),
            f'<p class="file">{said(backup["file"])}</p><p class="file soft">{said(backup["sha256"])}</p>',
        )
        for backup in place["backups"]
    ]
    told = f"{_number(place['checked'], 'backup')}, {size(place['bytes'])}, each read again and compared with its manifest."
    limit = f" The newest of each server may be {said(objective)} old." if objective else ""
    return f"<p>{told}{limit}</p>" + table(
        ("Server", "Taken at (UTC)", "Size", "Verified", "File and its SHA-256"), rows, {2}
    )


def _verified(problems) -> str:
    if not problems:
        return GOOD.format("good")
    return "".join(
        BAD.format(said(quoted(problem["problem"], LONGEST_WORD).replace("_", " ")))
        + f'<p class="said">{said(problem["message"].removeprefix(quoted(problem["file"]) + ": "))}</p>'
        for problem in problems
    )


def _named(name, address) -> str:
    """Return a server's name, with its address below it where that is another one."""
    return f'<p class="title">{said(name)}</p>' + (
        f'<p class="soft">{said(address)}</p>' if address and address != name else ""
    )


def _list(lines) -> str:
    items = "".join(f"<li>{said(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _number(number, noun) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _time(told) -> str:
    """Return a time of a manifest without the fraction of its second; as it stands where it is
    none.
    """
    try:
        return f"{datetime.fromisoformat(told):%Y-%m-%d %H:%M:%S}"
    except (TypeError, ValueError):
        return quoted(told, LONGEST_WORD)
