"""How fast feeds are read, beside a bare pass over the same bytes: no socket, no disk."""

import os
import subprocess

from rig import harness


def read_run(feeds):
    done = subprocess.run([str(harness.BIN / "bench-peer"), "read", str(feeds)],
                          capture_output=True, text=True, check=False)
    harness.check_equal(done.returncode, 0, "exit of bench-peer read")
    print(done.stdout, end="", flush=True)


def read():
    read_run(int(os.environ.get("FEEDS", "1000")))
