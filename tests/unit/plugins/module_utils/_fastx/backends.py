"""A backend of a simulated FastX server, as the modules open it, for tests that look below the
modules.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import (
    CONNECTION,
    FASTX,
    Backend,
)
from tests.unit.fastx_servers import SimulatedFastX


def options_of(simulated: SimulatedFastX, **options) -> dict:
    """Return every connection option, as a module has them."""
    return {
        **{name: option.get("default") for name, option in CONNECTION.items()},
        **simulated.options,
        **options,
    }


@contextmanager
def backend(
    simulated: SimulatedFastX, read_only: bool = False, session: dict | None = None, **options
) -> Iterator[Backend]:
    """Give a backend with the server's connection options, and close it; ``session`` are arguments
    of its session.
    """
    opened = FASTX.connect(
        options_of(simulated, **options).__getitem__, read_only, **(session or {})
    )
    try:
        yield opened
    finally:
        opened.session.close()
