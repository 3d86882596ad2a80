"""A tiny run of each benchmark: do they still yield their lines?  Never how fast."""

import os

import cycles
import dispatch
import plan

RUNS = (
    ("cold", lambda: cycles.cold_pair(10, 2)),
    ("warm", lambda: cycles.warm_run(10, 2)),
    ("dispatch", lambda: dispatch.jobs_run(5000)),
    ("dispatch", lambda: dispatch.deaths_run(2)),
    ("footprint", lambda: cycles.footprint_run(10, 2)),
    ("plan", lambda: plan.plan_run(5)),
)


def smoke():
    os.environ.setdefault("LATENCY", "0.1")
    for _, run in RUNS:
        run()
    print(f"bench: {len(RUNS)} passed, 0 failed")
