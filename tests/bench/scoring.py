"""How many items one core scores in a second: the classifier's library alone."""

import os
import subprocess

from rig import harness


def score_run(items):
    done = subprocess.run([str(harness.BIN / "bench-peer"), "score", str(items)],
                          capture_output=True, text=True, check=False)
    harness.check_equal(done.returncode, 0, "exit of bench-peer score")
    print(done.stdout, end="", flush=True)


def score():
    score_run(int(os.environ.get("ITEMS", "1000000")))
