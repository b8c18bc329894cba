"""Knows which files make up the collection, and copies them to the path and into the git repository
that Ansible's tools insist on.

Usage: python scripts/copy_collection.py TARGET, where TARGET ends in
ansible_collections/remoteops/access and is made anew.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def copy_collection(target: Path) -> None:
    """Copy to target every file that git does not ignore, committed or not. ansible-test reads the
    list of files from git.
    """
    shutil.rmtree(target, ignore_errors=True)
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(command, cwd=ROOT, text=True).split("\0"):
        source = ROOT / name
        if source.is_file() or source.is_symlink():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name, follow_symlinks=False)
    subprocess.run(["git", "init", "--quiet", target], check=True)


if __name__ == "__main__":
    copy_collection(Path(sys.argv[1]))
