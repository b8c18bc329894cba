"""A callback that writes down how long each task took, as a line of JSON in the file that
BENCHMARK_TIMES names.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import time

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: task_times
type: aggregate
short_description: Writes down how long each task took
description: Appends a line of JSON for each task to the file that E(BENCHMARK_TIMES) names.
"""


class CallbackModule(CallbackBase):
    """Times tasks from their announcement to their result, as the controller sees them; of loops,
    the end of each item too.
    """

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "task_times"

    def v2_playbook_on_task_start(self, task, is_conditional):
        """Begin."""
        self._begun, self._ends = time.perf_counter(), []

    def v2_runner_item_on_ok(self, result):
        """Note the end of an item."""
        self._ends.append(time.perf_counter() - self._begun)

    def v2_runner_on_ok(self, result):
        """Write down the task, and what its result says of itself."""
        seconds, told = time.perf_counter() - self._begun, result._result
        line = {
            "seconds": seconds,
            "ends": self._ends,
            "changed": bool(told.get("changed")),
            "changes": len(told.get("changes", ())),
            "requests": told.get("api", {}).get("requests"),
        }
        with open(os.environ["BENCHMARK_TIMES"], "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
