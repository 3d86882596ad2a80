"""A tiny run of each benchmark: do they still yield their lines?  Never how fast."""

import os

import cycles
import dispatch
import faults
import kills
import moving
import overhead
import plan
import reading
import scoring

RUNS = (
    ("cold", lambda: cycles.cold_pair(10, 2)),
    ("warm", lambda: cycles.warm_run(10, 2)),
    ("moving", lambda: moving.moving_run(3, 2, 0.1)),
    ("faults", lambda: faults.faults_run(10, 2, 0.1)),
    ("kills", lambda: kills.kills_run(60, 1.0)),
    ("overhead", lambda: overhead.overhead_run(3, 2)),
    ("dispatch", lambda: dispatch.jobs_run(20000)),
    ("dispatch", lambda: dispatch.deaths_run(2)),
    ("footprint", lambda: cycles.footprint_run(10, 2)),
    ("plan", lambda: plan.plan_run(5)),
    ("read", lambda: reading.read_run(5)),
    ("score", lambda: scoring.score_run(2000)),
)


def smoke():
    os.environ.setdefault("LATENCY", "0.1")
    for _, run in RUNS:
        run()
    print(f"bench: {len(RUNS)} passed, 0 failed")
