"""How health pages are probed, at an interval whatever they answer, as a user or a load balancer
would see them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import math
import os
import time
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock, Semaphore, Thread
from typing import Any

from .._backups.times import written
from .._beyondtrust.api import CONNECTION
from .._beyondtrust.appliance import health_page
from .._core.errors import Error, InputError
from .._core.http import Session
from .._core.quoting import quoted
from .probes import MISSED, PROBLEM_LENGTH, Sample, head, outages, spans

TLS = ("validate_certs", "ca_path", "client_cert", "client_key", "proxy")
SPEC = {
    "targets": {
        "type": "list",
        "elements": "dict",
        "required": True,
        "options": {
            "name": {"type": "str", "required": True},
            "url": {"type": "str", "required": True},
        },
    },
    "duration": {"type": "float", "required": True},
    "interval": {"type": "float", "default": 1.0},
    "timeout": {"type": "float", "default": 5.0},
    "path": {"type": "path"},
    "stop_file": {"type": "path"},
    "max_outage": {"type": "float"},
    "healthy_for": {"type": "float"},
    **{name: CONNECTION[name] for name in TLS},
}
LONGEST_LOOK = 0.1  # seconds between two looks at the clock and the stop file
# For a connection, for its encryption and for an answer, each as long as the option timeout says.
WAITS = 3
MOST_AT_A_TIME = 64  # probes of one target that wait for an answer


@dataclass
class Target:
    """One page that is probed, and what is known of it. Each probe has a connection of its own, and
    waits for no other.
    """

    name: str
    session: Session
    free: Semaphore
    samples: list[Sample] = field(default_factory=list)
    under_way: list[Thread] = field(default_factory=list)
    last: Sample | None = None  # the one that was asked last, of those that are answered
    healthy_since: float | None = None
    unhealthy_since: float | None = None

    def ask(self, at: float, timeout: float) -> Sample:
        """Probe the page once. An answer that comes after so many seconds is none."""
        started = time.monotonic()
        try:
            page = health_page(self.session)
            status, problem = page["status"], None if page["healthy"] else f"HTTP {page['status']}"
        except Error as exc:
            status, problem = exc.facts.get("status"), quoted(exc, PROBLEM_LENGTH)
        seconds = time.monotonic() - started
        if problem is None and seconds > timeout:
            problem = f"The answer took {seconds:.1f} s."
        return Sample(self.name, at, seconds, problem is None, status, problem)

    def learn(self, sample: Sample) -> None:
        """Take a sample in. One that was asked before another says nothing of how things stand now."""
        self.samples.append(sample)
        if self.last and sample.at < self.last.at:
            return
        self.last = sample
        if sample.healthy:
            self.healthy_since = (
                sample.at + sample.seconds if self.healthy_since is None else self.healthy_since
            )
            self.unhealthy_since = None
        else:
            self.unhealthy_since = (
                sample.at if self.unhealthy_since is None else self.unhealthy_since
            )
            self.healthy_since = None

    def shown(self, interval: float) -> dict:
        """Return what results say of it."""
        found = outages(
            spans(sorted(self.samples, key=lambda sample: sample.at), MISSED * interval)
        )
        return {
            "name": self.name,
            "url": self.session.origin,
            "probes": len(self.samples),
            "healthy": self.healthy_since is not None,
            "outages": [
                {
                    "began": _written(span.began),
                    "ended": None if span.is_last else _written(span.ended),
                    "seconds": round(span.seconds, 3),
                    "problem": span.problem,
                }
                for span in found
            ],
        }


class Probing:
    """Probes of several targets, and the file that takes their samples."""

    def __init__(self, params: Mapping[str, Any], targets: list[Target], file: Any):
        self.params, self.targets, self._file, self._lock, self._failure = (
            params,
            targets,
            file,
            Lock(),
            None,
        )
        self.writes = file is not None

    def run(self) -> str:
        """Probe until there is a reason to end, and return it: duration, stop_file or healthy.

        Raises Error for an outage that is too long, and where samples cannot be written.
        """
        interval, started, number = self.params["interval"], time.monotonic(), 0
        while True:
            now = time.monotonic() - started
            if now >= number * interval:
                # What was missed, while the machine slept, say, is not made up for.
                number = int(now / interval) + 1
                for target in self.targets:
                    self._begin(target)
            reason = self._reason(now)
            if reason:
                break
            time.sleep(
                max(
                    0.001, min(LONGEST_LOOK, number * interval - now, self.params["duration"] - now)
                )
            )
        ends = time.monotonic() + WAITS * self.params["timeout"] + LONGEST_LOOK
        for thread in [thread for target in self.targets for thread in target.under_way]:
            thread.join(max(0.0, ends - time.monotonic()))
        return self._reason(self.params["duration"]) if reason == "duration" else reason

    def _begin(self, target):
        target.under_way = [thread for thread in target.under_way if thread.is_alive()]
        if not target.free.acquire(blocking=False):
            self._take(
                target,
                Sample(
                    target.name,
                    time.time(),
                    0.0,
                    False,
                    None,
                    "Earlier probes have not been answered yet.",
                ),
            )
            return

        def probe(at):
            try:
                sample = target.ask(at, self.params["timeout"])
            finally:
                target.free.release()
            self._take(target, sample)

        target.under_way.append(Thread(target=probe, args=[time.time()], daemon=True))
        target.under_way[-1].start()

    def _take(self, target, sample):
        with self._lock:
            target.learn(sample)
            try:
                if self._file and not self._file.closed:
                    self._file.write(sample.line().encode())
            except OSError as exc:
                self._failure = (
                    f"path: {self.params['path']} cannot be written: {exc.strerror or exc}."
                )

    def _reason(self, now) -> str | None:
        """Return why to end, if there is a reason, so many seconds after the begin."""
        params, moment = self.params, time.time()
        with self._lock:
            if self._failure:
                raise Error(self._failure, **self.shown("failure"))
            if params["stop_file"] and os.path.lexists(params["stop_file"]):
                return "stop_file"
            for target in self.targets if params["max_outage"] is not None else ():
                if (
                    target.unhealthy_since is not None
                    and moment - target.unhealthy_since > params["max_outage"]
                ):
                    told = f"{target.name} has not been healthy for more than {params['max_outage']:g} s"
                    raise Error(f"{told}: {target.last.problem}", **self.shown("max_outage"))
            since = [target.healthy_since for target in self.targets]
            if (
                params["healthy_for"] is not None
                and None not in since
                and moment - max(since) >= params["healthy_for"]
            ):
                return "healthy"
        return "duration" if now >= params["duration"] else None

    def shown(self, ended: str) -> dict:
        """Return the result."""
        return {
            "changed": self.writes,
            "ended": ended,
            "targets": [target.shown(self.params["interval"]) for target in self.targets],
        }


def probe(params: Mapping[str, Any], check_mode: bool) -> dict:
    """Probe as the options say and return what was seen. In check mode no file is written.

    Raises Error, with what was seen as facts, for an outage that is longer than it may be, and for
    targets that did not stay healthy for as long as they had to.
    """
    _check_options(params)
    targets = [_target(params, each["name"], each["url"]) for each in params["targets"]]
    with _new_file(params, targets) if params["path"] and not check_mode else nullcontext() as file:
        probing = Probing(params, targets, file)
        ended = probing.run()
        result = probing.shown(ended)
    for target in targets:
        if not any(thread.is_alive() for thread in target.under_way):
            target.session.close()
    if params["healthy_for"] is not None and ended == "duration":
        told = "; ".join(
            f"{target.name}: {target.last.problem or 'healthy'}"
            for target in targets
            if target.last
        )
        raise Error(
            f"Not all targets were healthy for {params['healthy_for']:g} s on end within {params['duration']:g} s. At last: {told}",
            **result,
        )
    return result


def _target(params, name, url) -> Target:
    at_a_time = min(MOST_AT_A_TIME, math.ceil(params["timeout"] / params["interval"]) + 1)
    option = {**params, "url": url, "retries": 0, "connections": at_a_time}
    # A page must not come over a connection that was made while the appliance was healthy.
    return Target(
        name,
        Session.from_options(option.__getitem__, "", headers={"Connection": "close"}),
        Semaphore(at_a_time),
    )


def _new_file(params, targets) -> Any:
    """Return a new file, of which each line is written at once, so that a process that is killed
    leaves all that it has seen.
    """
    try:
        file = open(
            os.open(params["path"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0
        )
        file.write(
            head(
                {target.name: target.session.origin for target in targets}, params["interval"]
            ).encode()
        )
        return file
    except OSError as exc:
        raise Error(f"path: {params['path']} cannot be made: {exc.strerror or exc}.") from None


def _check_options(params):
    names = [each["name"] for each in params["targets"]]
    if not names or len(set(names)) != len(names):
        raise InputError("targets must be one or more, and each must have a name of its own.")
    if (
        not 0.05 <= params["interval"] <= 3600
        or not 0 < params["timeout"] <= 60
        or not 0 <= params["duration"] <= 7 * 86400
    ):
        raise InputError(
            "interval must be 0.05 to 3600 seconds, timeout more than 0 and at most 60, and duration at most 7 days."
        )
    if min(params["max_outage"] or 0, params["healthy_for"] or 0) < 0:
        raise InputError("max_outage and healthy_for must not be negative.")


def _written(moment: float) -> str:
    return written(datetime.fromtimestamp(moment, UTC))
