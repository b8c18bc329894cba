"""How plugins that run in Ansible's own process connect to a server, and how they report what goes
wrong.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ansible.errors import AnsibleError
from ansible.module_utils.basic import missing_required_lib

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error
from ansible_collections.remoteops.access.plugins.module_utils._core.http import HTTPX_IMPORT_ERROR
from ansible_collections.remoteops.access.plugins.module_utils._core.quoting import (
    LONGEST_MESSAGE,
    quoted,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Platform
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server


@contextmanager
def connected(
    platform: Platform,
    option: Callable[[str], Any],
    error: type[AnsibleError] = AnsibleError,
    read_only: bool = True,
) -> Iterator[Server]:
    """Yield a server, to read from unless it is said otherwise. Each of our errors becomes an
    ``error`` of Ansible, without traceback and secrets.
    """
    if HTTPX_IMPORT_ERROR:
        raise error(missing_required_lib("httpx"))
    try:
        backend = platform.connect(option, read_only)
    except Error as exc:
        raise error(quoted(exc, LONGEST_MESSAGE)) from None
    try:
        yield Server(backend, platform.resources)
    except Error as exc:
        raise error(backend.session.redact(exc)) from None
    finally:
        backend.session.close()


def check_options(
    plugin, platform: Platform, given: Mapping[str, Any], error: type[AnsibleError] = AnsibleError
) -> None:
    """Raise an ``error`` if the plugin has no such option, which Ansible overlooks, or if a secret
    is no text, which Ansible would quote.
    """
    unknown = given.keys() - plugin.option_definitions.keys()
    if unknown:
        raise error(f"There is no option {', '.join(sorted(unknown))}.")
    for name, option in platform.connection.items():
        if option.get("no_log") and isinstance(given.get(name), (list, dict)):
            raise error(f"{name} must be a text.")
