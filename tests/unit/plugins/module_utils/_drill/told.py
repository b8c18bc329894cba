"""A drill that somebody tells of: its journal and what its probes saw, as files in a directory."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from ansible_collections.remoteops.access.plugins.module_utils._drill.probes import Sample, head

A, B, SHARED = "https://rs-a.example.org", "https://rs-b.example.org", "https://support.example.org"
START = datetime(2026, 11, 24, 11, 0, tzinfo=UTC).timestamp()
PLAN = ["preflight", "failover", "failover_verification", "failback", "failback_verification"]
COUNTS = {"jump_group": 11, "shell_jump": 200}
BACKUP = {
    "path": "/var/drills/backups/rs-a.nsb",
    "file": "rs-a.nsb",
    "server": "rs-a.example.org",
    "product": "Remote Support",
    "version": "25.2.1",
    "guid": "0c" * 16,
    "taken_at": "2026-11-24T11:00:02.000Z",
    "size": 268_435_712,
    "sha256": "9f" * 32,
    "encryption": {"tool": "age", "recipients": ["age1x"]},
    "verified": True,
}


def at(seconds: float) -> str:
    """Return a time as it stands in a journal, so many seconds after the beginning of the drill."""
    return (
        datetime.fromtimestamp(START + seconds, UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )


def roles(primary: str) -> list[dict]:
    """Return what both say of their roles."""
    return [
        {
            "url": url,
            "reachable": True,
            "healthy": True,
            "failover_role": "primary" if url == primary else "backup",
        }
        for url in (A, B)
    ]


def step(
    name: str,
    began: float,
    ended: float | None,
    result: str | None = "passed",
    words: list[str] | None = None,
    **facts,
) -> dict:
    """Return a step of a journal."""
    return {
        "step": name,
        "began_at": at(began),
        "ended_at": None if ended is None else at(ended),
        "result": result,
        "words": words or [],
        "facts": facts,
    }


def preflight(**facts) -> dict:
    """Return the step that finds nothing wrong."""
    found = {
        "primary": A,
        "peer": B,
        "counts": COUNTS,
        "clients": {"representative": 12},
        "backup": BACKUP,
        "appliances": roles(A),
        "sync_age_seconds": 600.0,
    }
    return step("preflight", 1, 8, **{**found, **facts})


def switch(name: str, asked: float, healthy: float, **facts) -> dict:
    """Return the step that changes the roles, which was asked for and complete so many seconds
    after the beginning.
    """
    old, new = (A, B) if name == "failover" else (B, A)
    timeline = [
        {
            "event": "requested",
            "at": at(asked),
            "seconds": 0.0,
            "words": f"{old} is to become backup",
        },
        {
            "event": f"role_changed_{old}",
            "at": at(asked + 1),
            "seconds": 1.0,
            "words": f"{old} is backup",
        },
        {
            "event": f"role_changed_{new}",
            "at": at(healthy - 0.5),
            "seconds": round(healthy - asked - 0.5, 1),
            "words": f"{new} is primary",
        },
        {
            "event": "healthy",
            "at": at(healthy),
            "seconds": round(healthy - asked, 1),
            "words": f"{new} answers as a healthy primary",
        },
    ]
    return step(
        name,
        asked - 0.5,
        healthy + 0.5,
        **{
            "changed": True,
            "timeline": timeline,
            "appliances": roles(new),
            "sync_age_seconds": 610.0,
            **facts,
        },
    )


def steps() -> list[dict]:
    """Return the steps of a drill in which everything goes well: failover from 10 s to 22 s,
    failback from 40 s to 52 s.
    """
    return [
        preflight(),
        switch("failover", 10, 22),
        step(
            "failover_verification",
            23,
            30,
            counts=COUNTS,
            clients={"representative": 9},
            appliances=roles(B),
        ),
        switch("failback", 40, 52),
        step("failback_verification", 53, 60, counts=COUNTS, appliances=roles(A)),
    ]


def tell(
    parent: Path,
    done: list[dict] | None = None,
    down: dict[str, list[tuple[float, float]]] | None = None,
    *,
    drill: str = "20261124T110000.000Z",
    outcome: str | None = "completed",
    seconds: float = 61.0,
    plan: list[str] | None = None,
    every: int = 1,
    **settings,
) -> Path:
    """Write the files of a drill and return its directory.

    ``down`` are the times in which a target was not healthy, ``every`` is how many seconds lie
    between two probes.
    """
    place = parent / drill
    place.mkdir(parents=True)
    given = {
        "appliances": [A, B],
        "shared": SHARED,
        "data_sync_first": False,
        "rto": 60.0,
        "rpo": 900.0,
        **settings,
    }
    controller = {"host": "ops-1", "process": 4711, "started": "x 1"}
    (place / "journal.json").write_text(
        json.dumps(
            {
                "format": "remoteops.access failover drill 1",
                "drill": drill,
                "began_at": at(0),
                "ended_at": None if outcome is None else at(seconds),
                "outcome": outcome,
                "plan": plan or PLAN,
                "settings": given,
                "runs": [{"began_at": at(0), "how": "begin", "controller": controller}],
                "steps": steps() if done is None else done,
            }
        )
    )
    down = {SHARED: [(10.5, 21), (40.5, 51)]} if down is None else down
    targets = {url.partition("://")[2]: url for url in (A, B, SHARED)}
    lines = [head(targets, float(every))]
    for second in range(1, int(seconds), every):
        for name, url in targets.items():
            healthy = not any(began <= second < ended for began, ended in down.get(url, ()))
            lines.append(
                Sample(
                    name,
                    START + second,
                    0.01,
                    healthy,
                    200 if healthy else 500,
                    None if healthy else "HTTP 500",
                ).line()
            )
    (place / "probes-1.jsonl").write_text("".join(lines))
    return place
