"""The command that starts the simulated servers and prints what to export."""
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import argparse
import gc
import json
import os
import secrets
import shlex
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from .company import company
from .serving import Running, serve
from .simplehelp import SimpleHelp, Switches


@dataclass(frozen=True)
class Vendor:
    """How one vendor's server is made from the command line, and which variables a client of it needs."""

    start: Callable[[argparse.Namespace], SimpleHelp]
    exports: Callable[[SimpleHelp, Running, str], dict[str, str]]


def _start_simplehelp(options: argparse.Namespace) -> SimpleHelp:
    switches = Switches()
    for assignment in options.switch:
        switches.set_from_text(assignment)
    site = company() if options.company else None
    if options.site:
        site = json.loads(Path(options.site).read_text(encoding="utf-8"))
    server = SimpleHelp(site, switches, options.token or secrets.token_urlsafe(24))
    server.latency = options.latency
    return server


def _simplehelp_exports(server: SimpleHelp, running: Running, ca_path: str) -> dict[str, str]:
    return {"SIMPLEHELP_URL": running.url, "SIMPLEHELP_API_TOKEN": server.token, "SIMPLEHELP_CA_PATH": ca_path}


VENDORS = {"simplehelp": Vendor(_start_simplehelp, _simplehelp_exports)}
"""The servers that the command starts."""


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that a reader sees all of it or the one before; only the owner may read it."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulator", description="Start a simulated SimpleHelp server; it ends with SIGINT or SIGTERM.",
    )
    seeds = parser.add_mutually_exclusive_group()
    seeds.add_argument("--site", metavar="FILE", help="seed the server from this JSON file")
    seeds.add_argument("--company", action="store_true", help="seed the server with a believable company")
    parser.add_argument("--dump", metavar="FILE", help="write the state into this JSON file at the end")
    parser.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--token", help="the API token (default: a new one each time)")
    parser.add_argument("--switch", action="append", default=[], metavar="NAME=VALUE", help="set a switch; may be repeated")
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="added to every answer of the API")
    parser.add_argument("--directory", metavar="DIR", help="write ca.pem and, once the server is ready, environment here")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Serve until SIGINT or SIGTERM. The exit status is 1 where a server could not be started."""
    options = _options(arguments)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    if options.directory:
        os.makedirs(options.directory, exist_ok=True)
        Path(options.directory, "environment").unlink(missing_ok=True)  # it stands for a server that is ready
    try:
        servers = {name: vendor.start(options) for name, vendor in VENDORS.items()}
        gc.collect()
        gc.freeze()  # a site of 100,000 machines would be searched for garbage over and over
        with ExitStack() as stack:
            exports: dict[str, str] = {}
            for name, server in servers.items():
                running = stack.enter_context(serve(server, port=options.port))
                ca_path = running.ca_path
                if options.directory:
                    ca_path = os.path.abspath(os.path.join(options.directory, "ca.pem"))
                    write_atomically(Path(ca_path), Path(running.ca_path).read_text(encoding="ascii"))
                exports |= VENDORS[name].exports(server, running, ca_path)
            lines = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in exports.items())
            print(lines, end="", flush=True)
            if options.directory:
                write_atomically(Path(options.directory, "environment"), lines)
            ended.wait()
    except (OSError, ValueError) as error:
        print(f"the simulator cannot start: {error}", file=sys.stderr)
        return 1
    if options.dump:
        write_atomically(Path(options.dump), json.dumps(servers["simplehelp"].dump(), indent=2, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
