"""Knows how pip gets into the virtual environments that ansible-test makes: from Python's own
ensurepip, then the package index.

Stands in for the script of this purpose that ansible-test would download, so that the tests need no
host besides the index.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import subprocess
import sys

# Options of the real script that pip itself does not know; what they ask for is what ensurepip does
# anyway.
OWN_OPTIONS = {"--no-setuptools", "--no-wheel"}

if __name__ == "__main__":
    # In processes of their own: ensurepip switches pip's configuration off for the process that it
    # runs in.
    subprocess.run(
        [sys.executable, "-m", "ensurepip", "--upgrade"], check=True, stdout=subprocess.DEVNULL
    )
    arguments = [argument for argument in sys.argv[1:] if argument not in OWN_OPTIONS]
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *arguments], check=True)
