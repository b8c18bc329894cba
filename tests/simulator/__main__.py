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
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

from . import beyondtrust, fastx, screenconnect, simplehelp
from .beyondtrust.company import company as beyondtrust_company
from .company import company
from .serving import Running, serve
from .switching import Switching


@dataclass(frozen=True)
class Vendor:
    """How one vendor's server is made from the command line, which variables a client of it needs,
    its switches, and how it is served at a port.
    """

    start: Callable[[argparse.Namespace], object]
    exports: Callable[[object, Running | beyondtrust.RunningPair, str], dict[str, str]]
    switches: type[Switching]
    serve: Callable[[object, int], AbstractContextManager] = lambda server, port: serve(
        server, port=port
    )


def _switches(options: argparse.Namespace, kind: type[Switching]) -> Switching:
    """The switches of one server: those of the command line that it has, which also win over
    --tolerant.
    """
    switches = kind()
    if options.tolerant:
        switches.tolerate()
    for assignment in options.switch:
        if hasattr(switches, assignment.partition("=")[0]):
            switches.set_from_text(assignment)
    return switches


def _seed(options: argparse.Namespace, make_company: Callable[[], dict]) -> dict | None:
    if options.site:
        return json.loads(Path(options.site).read_text(encoding="utf-8"))
    return make_company() if options.company else None


def _start_simplehelp(options: argparse.Namespace) -> simplehelp.SimpleHelp:
    switches = _switches(options, simplehelp.Switches)
    server = simplehelp.SimpleHelp(
        _seed(options, company), switches, options.token or secrets.token_urlsafe(24)
    )
    server.latency = options.latency
    server.clock.speed = options.clock_speed or 0
    return server


def _simplehelp_exports(
    server: simplehelp.SimpleHelp, running: Running, ca_path: str
) -> dict[str, str]:
    return {
        "SIMPLEHELP_URL": running.url,
        "SIMPLEHELP_API_TOKEN": server.token,
        "SIMPLEHELP_CA_PATH": ca_path,
    }


def _start_beyondtrust(options: argparse.Namespace, product: str) -> beyondtrust.Appliance:
    """An appliance. A seed from a file keeps its secrets, otherwise the first account has a new
    one; --token is the one to have.
    """
    appliance = beyondtrust.Appliance(
        _seed(options, lambda: beyondtrust_company(product)),
        _switches(options, beyondtrust.Switches),
        product,
    )
    appliance.clock.speed = options.clock_speed or 0
    _set_secrets(options, [appliance])
    return appliance


def _start_pair(options: argparse.Namespace) -> beyondtrust.Pair:
    """A pair of RS appliances at the time that it is, for a rehearsal compares their clocks with
    its own. A file holds one site, or a pair's dump.
    """
    now_ms = round(time.time() * 1000)
    seed = {
        "now_ms": now_ms,
        **(_seed(options, lambda: beyondtrust_company("rs", now_ms=now_ms)) or {}),
    }
    sites = {"a": seed["a"], "b": seed["b"]} if "a" in seed else {"a": seed, "b": None}
    pair = beyondtrust.Pair(
        sites["a"],
        _switches(options, beyondtrust.Switches),
        peer_site=sites["b"],
        clock_speed=1 if options.clock_speed is None else options.clock_speed,
    )
    _set_secrets(options, list(pair.appliances.values()))
    return pair


def _set_secrets(options: argparse.Namespace, appliances: list[beyondtrust.Appliance]) -> None:
    """Give the first account of each the same new secret, or the one of the command line, and each
    the latency of the command line.
    """
    secret = options.token or secrets.token_urlsafe(24)
    for appliance in appliances:
        if not appliance.site["accounts"]:
            raise ValueError("the site has no API account")
        if options.token or not options.site:
            next(iter(appliance.site["accounts"].values()))["client_secret"] = secret
        appliance.latency = options.latency


def _credentials(appliance: beyondtrust.Appliance, prefix: str) -> dict[str, str]:
    client_id, account = next(iter(appliance.site["accounts"].items()))
    return {f"{prefix}_CLIENT_ID": client_id, f"{prefix}_CLIENT_SECRET": account["client_secret"]}


def _beyondtrust_exports(
    appliance: beyondtrust.Appliance, running: Running, ca_path: str
) -> dict[str, str]:
    return {
        "BEYONDTRUST_URL": running.url,
        **_credentials(appliance, "BEYONDTRUST"),
        "BEYONDTRUST_CA_PATH": ca_path,
    }


def _pair_exports(
    pair: beyondtrust.Pair, running: beyondtrust.RunningPair, ca_path: str
) -> dict[str, str]:
    return {
        "BEYONDTRUST_URL": running.url,
        **_credentials(pair.a, "BEYONDTRUST"),
        "BEYONDTRUST_PEER_URL": running.peer_url,
        **_credentials(pair.b, "BEYONDTRUST_PEER"),
        "BEYONDTRUST_SHARED_URL": running.shared_url,
        "BEYONDTRUST_CA_PATH": ca_path,
    }


def _start_screenconnect(options: argparse.Namespace) -> screenconnect.ScreenConnect:
    server = screenconnect.ScreenConnect(
        _seed(options, screenconnect.company),
        _switches(options, screenconnect.Switches),
        options.token or secrets.token_urlsafe(24),
    )
    server.latency = options.latency
    server.clock.speed = options.clock_speed or 0
    return server


def _screenconnect_exports(
    server: screenconnect.ScreenConnect, running: Running, ca_path: str
) -> dict[str, str]:
    """Without an allowed origin the server's own URL is the one to send, as clients do."""
    return {
        "SCREENCONNECT_URL": running.url,
        "SCREENCONNECT_AUTH_SECRET": server.secret,
        "SCREENCONNECT_CA_PATH": ca_path,
        "SCREENCONNECT_ORIGIN": server.site["allowed_origin"] or running.url,
    }


def _start_fastx(options: argparse.Namespace) -> fastx.FastX:
    """A FastX server. A seed from a file keeps its passwords, otherwise the first user has a new
    one; --token is the one to have.
    """
    server = fastx.FastX(_seed(options, fastx.company), _switches(options, fastx.Switches))
    if not server.site["users"]:
        raise ValueError("the site has no user")
    if options.token or not options.site:
        next(iter(server.site["users"].values()))["password"] = (
            options.token or secrets.token_urlsafe(24)
        )
    server.latency = options.latency
    server.clock.speed = options.clock_speed or 0
    return server


def _fastx_exports(server: fastx.FastX, running: Running, ca_path: str) -> dict[str, str]:
    username, user = next(iter(server.site["users"].items()))
    return {
        "FASTX_URL": running.url,
        "FASTX_USERNAME": username,
        "FASTX_PASSWORD": user["password"],
        "FASTX_CA_PATH": ca_path,
    }


VENDORS = {
    "simplehelp": Vendor(_start_simplehelp, _simplehelp_exports, simplehelp.Switches),
    **{
        f"beyondtrust_{product}": Vendor(
            partial(_start_beyondtrust, product=product), _beyondtrust_exports, beyondtrust.Switches
        )
        for product in ("rs", "pra")
    },
    "screenconnect": Vendor(_start_screenconnect, _screenconnect_exports, screenconnect.Switches),
    "fastx": Vendor(_start_fastx, _fastx_exports, fastx.Switches),
    "beyondtrust_pair": Vendor(
        _start_pair, _pair_exports, beyondtrust.Switches, lambda pair, port: pair.serve(port=port)
    ),
}
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
        prog="python -m tests.simulator",
        description="Start simulated servers; they end with SIGINT or SIGTERM.",
    )
    parser.add_argument(
        "--vendor",
        action="append",
        choices=VENDORS,
        help="a server to start; may be repeated (default: simplehelp)",
    )
    seeds = parser.add_mutually_exclusive_group()
    seeds.add_argument(
        "--site", metavar="FILE", help="seed the server from this JSON file; for one server only"
    )
    seeds.add_argument(
        "--company", action="store_true", help="seed the servers with a believable company"
    )
    parser.add_argument(
        "--dump",
        metavar="FILE",
        help="write the state into this JSON file at the end; for one server only",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=0,
        help="the port on 127.0.0.1, of a pair the first of three (default: free ones); for one server only",
    )
    parser.add_argument(
        "--token",
        help="SimpleHelp's API token, the secret of BeyondTrust's first API account or of ScreenConnect's extension, or the password of FastX's first user "
        "(default: a new one each time)",
    )
    parser.add_argument(
        "--switch",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a switch of those servers that have it; may be repeated",
    )
    parser.add_argument(
        "--tolerant",
        action="store_true",
        help="end all strictness that is our own and that no document demands, so that a client written for the real servers runs unchanged",
    )
    parser.add_argument(
        "--latency",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="added to every answer of the APIs",
    )
    parser.add_argument(
        "--clock-speed",
        type=float,
        metavar="FACTOR",
        help="how many seconds of a server's clock pass in a real one (default: 1 for a pair, 0 otherwise)",
    )
    parser.add_argument(
        "--directory",
        metavar="DIR",
        help="write ca.pem and, once the servers are ready, environment here",
    )
    options = parser.parse_args(arguments)
    options.vendor = list(dict.fromkeys(options.vendor or ["simplehelp"]))
    if len(options.vendor) > 1 and (options.site or options.dump or options.port):
        parser.error("--site, --dump and --port are for one server")
    return options


def _check_switches(options: argparse.Namespace) -> None:
    """Raise ValueError for a switch that none of the servers has."""
    known = {each.name: None for name in options.vendor for each in fields(VENDORS[name].switches)}
    for assignment in options.switch:
        if assignment.partition("=")[0] not in known:
            raise ValueError(
                f"there is no switch {assignment.partition('=')[0]}; there are {', '.join(known)}"
            )


def _merge(exports: dict[str, str], more: dict[str, str], vendor: str) -> None:
    """Add a server's variables. Where an earlier server of the same kind has taken the names, they
    bear the vendor's whole name.
    """
    for name, value in more.items():
        _prefix, _underscore, rest = name.partition("_")
        exports[f"{vendor.upper()}_{rest}" if name in exports else name] = value


def main(arguments: list[str]) -> int:
    """Serve until SIGINT or SIGTERM. The exit status is 1 where a server could not be started."""
    options = _options(arguments)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    if options.directory:
        os.makedirs(options.directory, exist_ok=True)
        # It stands for servers that are ready.
        Path(options.directory, "environment").unlink(missing_ok=True)
    try:
        _check_switches(options)
        servers = {name: VENDORS[name].start(options) for name in options.vendor}
        gc.collect()
        gc.freeze()  # a site of 100,000 machines would be searched for garbage over and over
        with ExitStack() as stack:
            exports: dict[str, str] = {}
            for name, server in servers.items():
                running = stack.enter_context(VENDORS[name].serve(server, options.port))
                ca_path = running.ca_path
                if options.directory:
                    ca_path = os.path.abspath(os.path.join(options.directory, "ca.pem"))
                    write_atomically(
                        Path(ca_path), Path(running.ca_path).read_text(encoding="ascii")
                    )
                _merge(exports, VENDORS[name].exports(server, running, ca_path), name)
            lines = "".join(
                f"export {name}={shlex.quote(value)}\n" for name, value in exports.items()
            )
            print(lines, end="", flush=True)
            if options.directory:
                write_atomically(Path(options.directory, "environment"), lines)
            ended.wait()
    except (OSError, ValueError) as error:
        print(f"the simulator cannot start: {error}", file=sys.stderr)
        return 1
    if options.dump:
        write_atomically(
            Path(options.dump),
            json.dumps(servers[options.vendor[0]].dump(), indent=2, ensure_ascii=False) + "\n",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
