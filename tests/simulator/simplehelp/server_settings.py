"""The server queries of the SimpleHelp document (technician restrictions, hostname, backup)."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from datetime import UTC, datetime

from .answers import DONE, Refused, Text, broken


def get_restrictions(server, body):
    return list(server.site["restrictions"])


def _restrictions(body: dict) -> list[str]:
    if not body.get("restrictions"):
        raise broken("restrictions holds no restriction")
    return body["restrictions"]


def add_restrictions(server, body):
    added = _restrictions(body)
    if server.switches.bad_restriction == "refuse":
        for restriction in added:
            try:
                re.compile(restriction)
            except re.error:
                raise Refused(f"Not a regular expression: {restriction}") from None
    stored = server.site["restrictions"]
    for restriction in added:
        if restriction not in stored or server.switches.restriction_duplicates == "duplicate":
            stored.append(restriction)
    return DONE


def remove_restrictions(server, body):
    removed = _restrictions(body)
    server.site["restrictions"][:] = [
        each for each in server.site["restrictions"] if each not in removed
    ]
    return DONE


def get_hostname(server, body):
    return Text(server.site["hostname"])


def set_hostname(server, body):
    if "hostname" not in body:
        raise broken("hostname is missing")
    if not body["hostname"]:
        raise Refused("The hostname must not be empty")
    server.site["hostname"] = body["hostname"]
    return DONE


def back_up(server, body):
    """Note a backup by the name of its file; the number keeps two at one simulated time apart."""
    at = datetime.fromtimestamp(server.clock.now_ms() / 1000, UTC)
    number = len(server.site["backups"]) + 1
    server.site["backups"].append(f"configuration/backups/api/{at:%Y%m%d-%H%M%S}-{number}.zip")
    return DONE
