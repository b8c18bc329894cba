"""Measures the collection against plain Ansible and against what no program could undercut: `python
-m tests.benchmark`.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations
