"""Our own share: one item at a time with every upstream at zero, from the feed's answer
to the message at the webhook, both on the market's clock.

Ingest polls by itself, each second.  Whoever measures keeps still meanwhile: a program
that asks for a poll, or looks whether the alert is there, takes a core from those it
measures.  A virtual machine may stand still for longer than an item takes; who was on
its way then is counted (`stalled`) and left out of `p99_running_ms`."""

import os
import time

import figures
import rig

START_ITEMS = 40  # of one start: polls and the seconds of all stages beat alike in it
ROUND_US = 1000000
SETTLED_US = 300000  # after a poll: what it brought has gone through
STAGES = ("seen", "sent", "accepted", "joined", "scored", "ledger")


def polls(w):
    return w.market.requests("feed-globenewswire")


def sleep_until(boot_us):
    time.sleep(max(0, boot_us / 1e6 - time.clock_gettime(time.CLOCK_BOOTTIME)))


def watch_cores(w):
    names = {f"watch-{core}": core for core in os.sched_getaffinity(0)}
    for name, core in names.items():
        w.spawn(name, [str(rig.harness.BIN / "bench-peer"), "watch", str(core)])
    return list(names)


def stalls(w, watchers):
    """From when to when a core stood still."""
    lines = [line for name in watchers
             for line in (w.dir / f"{name}.out").read_text().splitlines()]
    return [tuple(map(int, line.split())) for line in lines]


def one_item(w, company, polled_us):
    """When the feed was answered, when the webhook was told, and the last poll."""
    w.market.post("/judge/reset")
    rig.publish(w, [company])
    sleep_until(polled_us + ROUND_US + SETTLED_US)
    w.wait_for(w.market.messages, "the alert is at the webhook")
    arrived = max(m["at_us"] for m in w.market.messages())
    answered = max(p["end_us"] for p in polls(w) if p["end_us"] <= arrived)
    return answered, arrived, polls(w)[-1]["end_us"]


def stage_means(verdicts):
    """What an item spends between two stages, in the mean."""
    means = {}
    for a, b in zip(STAGES, STAGES[1:]):
        spans = [v[f"{b}_ms"] - v[f"{a}_ms"] for v in verdicts]
        means[f"{a}_{b}_mean_ms"] = sum(spans) / len(spans)
    return means


def one_start(items, enrichers):
    """The items of one start of the pipeline: milliseconds on the way, and whether a core
    stood still meanwhile; and the verdicts."""
    with rig.world() as w:
        rig.open_market(w, items, 0)
        rig.configure(w, items, {"ingest": {"cycle_regular_s": ROUND_US // 1000000}})
        w.start_pipeline(enrichers)
        w.wait_for(lambda: polls(w), "the first poll")
        polled_us = polls(w)[-1]["end_us"]
        sleep_until(polled_us + SETTLED_US)
        watchers, ways = watch_cores(w), []
        for company in rig.companies(w, 0, items):
            begin, end, polled_us = one_item(w, company, polled_us)
            ways.append((begin, end))
        w.kill(*watchers)
        still = stalls(w, watchers)
        verdicts = w.verdicts()
        w.finish()
    return [((end - begin) / 1000, any(a < end and b > begin for a, b in still))
            for begin, end in ways], verdicts


def overhead_run(items, enrichers):
    ways, verdicts = [], []
    while len(ways) < items:
        more, theirs = one_start(min(START_ITEMS, items - len(ways)), enrichers)
        ways += more
        verdicts += theirs
    gaps = [gap for gap, _ in ways]
    running = [gap for gap, stalled in ways if not stalled]
    return figures.tell({
        "bench": "overhead", "tickers": items, "enrichers": enrichers,
        "p50_ms": figures.quantile(gaps, 0.5), "p99_ms": figures.quantile(gaps, 0.99),
        "max_ms": max(gaps), "stalled": len(gaps) - len(running),
        "p99_running_ms": figures.quantile(running, 0.99) if running else None,
        **stage_means(verdicts)})


def overhead():
    overhead_run(rig.setting("TICKERS", 200), rig.setting("ENRICHERS", 4))
