"""Tests that the benchmark still runs from end to end, with a few objects; what it measures then
means nothing.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

pytest.importorskip(
    "ansible.module_utils._internal._datatag",
    reason="the benchmark compares tags, which values have since ansible-core 2.19",
)

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "part, told",
    [
        pytest.param(
            "technicians",
            [
                "20 technicians, nothing to change",
                "The collection makes 2 requests",
                "20 technicians to create",
                "The collection makes 23 requests",
            ],
            marks=pytest.mark.wide,
        ),
        pytest.param(
            "inventory",
            [
                "20 machines: a static YAML file",
                "The results are the same, checked with 20 machines",
                "two composed variables",
            ],
            marks=pytest.mark.wide,
        ),
        pytest.param(
            "loops",
            ["An item of a loop over technicians", "an empty action plugin"],
            marks=pytest.mark.wide,
        ),
        pytest.param(
            "backup",
            ["A backup of 8 MiB, with its SHA-256", "Peak memory of the module: "],
            marks=pytest.mark.wide,
        ),
    ],
)
def test_each_part_runs_and_writes_its_result_into_the_page(part, told, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        f"before\n<!-- measured: {part} -->\nold\n<!-- end of {part} -->\nafter\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "tests.benchmark", "--quick", "--only", part, "--write", page]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    written = page.read_text(encoding="utf-8")
    assert all(text in finished.stdout and text in written for text in told)
    assert written.startswith(
        f"before\n<!-- measured: {part} -->\nMeasured on "
    ) and written.endswith(f"\n<!-- end of {part} -->\nafter\n")
    assert "old" not in written and "missed" not in written


def test_a_benchmark_that_is_told_to_end_leaves_neither_a_server_nor_files_behind(tmp_path):
    command = [sys.executable, "-m", "tests.benchmark", "--quick", "--only", "technicians"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (ready := list(tmp_path.glob("*/simulator/environment"))):
        assert process.poll() is None
        time.sleep(0.05)
    url = ready[0].read_text(encoding="utf-8").partition("SIMPLEHELP_URL=")[2].split()[0]
    process.terminate()
    assert "told to end" in process.communicate()[1]
    assert process.returncode == 1
    assert list(tmp_path.glob("remoteops-benchmark-*")) == []
    with pytest.raises(httpx.ConnectError, match="refused"):
        httpx.get(url)
