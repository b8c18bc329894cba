"""Small imitations of the shells of Windows, which understand what a wrapper around a command may
need and say so where they do not.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations
