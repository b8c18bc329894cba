"""Knows what Galaxy says of the collection when it is published: builds the archive and puts it
through Galaxy's own importer.

Usage: python scripts/check_artifact.py COPY DIRECTORY, where COPY was made by copy_collection.py;
the archive is left in DIRECTORY.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def build(copy: Path, directory: Path) -> Path:
    """Build the collection's archive in directory, which is made anew, and return its path."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    subprocess.run(
        ["ansible-galaxy", "collection", "build", "--output-path", directory, copy], check=True
    )
    (archive,) = directory.glob("*.tar.gz")
    return archive


def complaints(archive: Path) -> list[str]:
    """Return what the importer warns of or refuses; printed as it goes is everything that it says."""
    temporary = archive.parent / "temporary"
    temporary.mkdir()
    settings = {
        "GALAXY_IMPORTER_TMP_ROOT_DIR": str(temporary),
        "GALAXY_IMPORTER_ANSIBLE_LOCAL_TMP": str(temporary),
    }
    command = [sys.executable, "-m", "galaxy_importer.main", archive]
    importer = subprocess.run(
        command,
        cwd=archive.parent,
        env={**os.environ, **settings},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(importer.stdout)
    # The importer ends with 0 whatever it warned of.
    found = [line for line in importer.stdout.splitlines() if line.startswith(("WARNING", "ERROR"))]
    return found or (
        [f"The importer ended with {importer.returncode}."] if importer.returncode else []
    )


if __name__ == "__main__":
    if complaints(build(Path(sys.argv[1]), Path(sys.argv[2]))):
        sys.exit("galaxy-importer complains; see above.")
