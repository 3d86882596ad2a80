"""The collector alone, between neighbours that do nothing: jobs a second, and how soon
the job of a killed enricher is with another."""

import json
import os
import select
import signal
import time

import figures
import rig

CREWS = 2
CREDIT = 64
CANDIDATES = 2000  # more than are out at once, after the first were answered
WARM = 2  # lines of a crew that do not count
# One source with a long time-out: a lease of another one, held for ever, would run out
# and cost its holder's life in the middle of the count.
OTHERS = ("finviz-screener", "finviz-quote", "yahoo-quote", "yahoo-summary")


def configure(w, changes=None):
    """One ticker a document and no limit that bites."""
    w.configure({
        "enricher": {"count": 32, "credit": CREDIT},
        "collector": {"batch_max": 1, "candidates_max": 1000000, "deadline_ms": 600000},
        **{f"group {g}": {"max_in_flight": 1000, "burst": 1000, "rate_per_s": 0}
           for g in figures.LIMITS},
        **(changes or {}),
    })


def peer(w, name, role, *options):
    args = [str(rig.harness.BIN / "bench-peer"), *role, "-c", str(w.conf_path), *options]
    return w.spawn(name, args)


def start_crew(w, role, slots):
    for slot in slots:
        ready = len(w.log(f"{role}-{slot}", "READY"))
        peer(w, f"{role}-{slot}", [role], "--slot", str(slot))
        w.wait_for(lambda n=f"{role}-{slot}", r=ready: len(w.log(n, "READY")) > r,
                   f"{role} {slot} is ready")


def start_quietly(w):
    """A job given back is a line of the log: not while jobs are counted."""
    w.launch("collector", "--log-level", "warn")
    w.wait_for(lambda: w.stats()["stages"].get("collector"), "the collector answers")


def counted(w, slot):
    """What a crew has told: (leases so far, when), a row each thousand."""
    lines = (w.dir / f"crew-{slot}.out").read_text().splitlines(keepends=True)
    return [tuple(map(int, x.split()[1:])) for x in lines if x.endswith("\n")]


def jobs_run(jobs):
    """Some documents are given back undone, again and again."""
    with rig.world() as w:
        configure(w)
        start_quietly(w)
        crew = range(CREWS)
        start_crew(w, "crew", crew)
        w.wait_for(lambda: len(w.stats()["enrichers"]) == CREWS, "the crew is known")
        collector = [w.processes["collector"].pid]
        cpu = figures.cpu_s(collector)
        peer(w, "feed", ["feed", str(CANDIDATES)])
        w.wait_for(lambda: sum(counted(w, s)[-1][0] if counted(w, s) else 0
                               for s in crew) >= jobs,
                   f"{jobs} jobs are done", rig.CEILING_S)
        rows = [counted(w, slot) for slot in crew]
        cpu = figures.cpu_s(collector) - cpu
        w.kill("feed", *[f"crew-{slot}" for slot in crew])
        began, ended = min(r[WARM][1] for r in rows), max(r[-1][1] for r in rows)
        done = sum(r[-1][0] - r[WARM][0] for r in rows)
        elapsed = (ended - began) / 1e6
        return figures.tell({
            "bench": "dispatch", "run": "jobs", "enrichers": CREWS, "credit": CREDIT,
            "elapsed_s": elapsed, "jobs": done, "jobs_per_s": done / elapsed,
            "cpu_s": cpu, "jobs_per_cpu_s": done / cpu if cpu else None})


# ---- after a death -------------------------------------------------------------------


def leases_of(w, slot):
    path = w.dir / f"hold-{slot}.out"
    lines = path.read_text().splitlines() if path.exists() else []
    return [tuple(map(int, line.split()[1:])) for line in lines]


def holder(w, slots):
    """Who got the last lease of all, and how many leases there were."""
    last = {slot: leases_of(w, slot)[-1:] for slot in slots}
    newest = max((rows[0][1], slot) for slot, rows in last.items() if rows)
    return newest[1], sum(len(leases_of(w, slot)) for slot in slots)


def one_death(w, slots):
    """Kills who holds the job; microseconds until another has it, from the signal and
    from the event of the pidfd."""
    victim, before = holder(w, slots)
    pid = w.processes[f"hold-{victim}"].pid
    fd = os.pidfd_open(pid)
    killed = time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000
    os.kill(pid, signal.SIGKILL)
    select.select([fd], [], [])
    died = time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000
    os.close(fd)
    w.processes[f"hold-{victim}"].wait()
    w.wait_for(lambda: sum(len(leases_of(w, s)) for s in slots) > before,
               "another has the job")
    heir, _ = holder(w, slots)
    at = leases_of(w, heir)[-1][1]
    start_crew(w, "hold", [victim])
    w.wait_for(lambda: len(w.stats()["enrichers"]) == len(slots), "the crew is whole")
    return at - killed, at - died


def deaths_run(deaths):
    with rig.world() as w:
        configure(w, {"group yahoo": {"max_in_flight": 1, "burst": 1, "rate_per_s": 0},
                      "group finviz": {"max_in_flight": 1, "burst": 1, "rate_per_s": 0},
                      **{f"source {name}": {"enabled": 0} for name in OTHERS},
                      "source yahoo-chart": {"timeout_ms": 600000},
                      "collector": {"batch_max": 1, "deadline_ms": 3600000,
                                    "lease_ms": 3600000}})
        w.start("collector")
        slots = range(3)
        start_crew(w, "hold", slots)
        w.wait_for(lambda: len(w.stats()["enrichers"]) == len(slots), "the crew is known")
        peer(w, "feed", ["feed", str(deaths)])
        w.wait_for(lambda: any(leases_of(w, s) for s in slots), "a lease is out")
        gaps = [one_death(w, slots) for _ in range(deaths)]
        w.kill("feed", *[f"hold-{slot}" for slot in slots])
        from_kill, from_event = zip(*gaps)
        return figures.tell({
            "bench": "dispatch", "run": "deaths", "deaths": deaths,
            "kill_p50_ms": figures.quantile(from_kill, 0.5) / 1000,
            "kill_p99_ms": figures.quantile(from_kill, 0.99) / 1000,
            "event_p50_ms": figures.quantile(from_event, 0.5) / 1000,
            "event_p99_ms": figures.quantile(from_event, 0.99) / 1000})


def dispatch():
    jobs_run(rig.setting("JOBS", 200000))
    deaths_run(rig.setting("DEATHS", 100))
