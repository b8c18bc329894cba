"""Simulated servers of the vendors, written from the vendors' documents and from nothing else."""
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations
