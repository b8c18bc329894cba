"""Tests that need no Ansible run: functions, modules and simulated servers, called directly."""
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations
