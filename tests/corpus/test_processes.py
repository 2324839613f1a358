"""A parent that is killed leaves no worker behind."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

from tests.checkout import ROOT

PARENT = """
import multiprocessing, sys, time
from concurrent.futures import ProcessPoolExecutor
from corpus.processes import end_with_parent

def work(number):
    print("working", flush=True)
    time.sleep(0.1)
    return number

if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, context, initializer=end_with_parent) as pool:
        pool.submit(work, 1).result()
        print("idle", flush=True)
        sys.stdin.read()
"""


def test_no_worker_outlives_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as parent:
        assert parent.stdout is not None
        while parent.stdout.readline() != b"idle\n":
            pass
        parent.kill()
        parent.wait()
        # The workers hold the other end of this pipe: its end is theirs.
        ended, _, _ = select.select([parent.stdout], [], [], 60)
        assert ended
        assert parent.stdout.read() == b""
