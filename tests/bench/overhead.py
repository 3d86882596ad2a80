"""Our own share: one item at a time with every upstream at zero, from the feed's answer
to the message at the webhook, both on the market's clock.

Ingest polls by itself, each second.  Whoever measures keeps still meanwhile: a program
that asks for a poll, or looks whether the alert is there, takes a core from those it
measures."""

import time

import figures
import rig

ROUND_US = 1000000
SETTLED_US = 300000  # after a poll: what it brought has gone through


def polls(w):
    return w.market.requests("feed-globenewswire")


def sleep_until(boot_us):
    time.sleep(max(0, boot_us / 1e6 - time.clock_gettime(time.CLOCK_BOOTTIME)))


def one_item(w, company, polled_us):
    """Milliseconds from the feed's answer to the webhook, and when it was answered."""
    w.market.post("/judge/reset")
    rig.publish(w, [company])
    sleep_until(polled_us + ROUND_US + SETTLED_US)
    w.wait_for(w.market.messages, "the alert is at the webhook")
    arrived = max(m["at_us"] for m in w.market.messages())
    answered = max(p["end_us"] for p in polls(w) if p["end_us"] <= arrived)
    return (arrived - answered) / 1000, polls(w)[-1]["end_us"]


def overhead_run(items, enrichers):
    with rig.world() as w:
        rig.open_market(w, items, 0)
        rig.configure(w, items, {"ingest": {"cycle_regular_s": ROUND_US // 1000000}})
        w.start_pipeline(enrichers)
        w.wait_for(lambda: polls(w), "the first poll")
        polled_us = polls(w)[-1]["end_us"]
        sleep_until(polled_us + SETTLED_US)
        gaps = []
        for company in rig.companies(w, 0, items):
            gap, polled_us = one_item(w, company, polled_us)
            gaps.append(gap)
        trace = {}
        for a, b in (("seen_ms", "sent_ms"), ("sent_ms", "accepted_ms"),
                     ("accepted_ms", "joined_ms"), ("joined_ms", "scored_ms"),
                     ("scored_ms", "ledger_ms")):
            spans = [v[b] - v[a] for v in w.verdicts()]
            trace[f"{a[:-3]}_{b[:-3]}_mean_ms"] = sum(spans) / len(spans)
        line = figures.tell({
            "bench": "overhead", "tickers": items, "enrichers": enrichers,
            "p50_ms": figures.quantile(gaps, 0.5), "p99_ms": figures.quantile(gaps, 0.99),
            "max_ms": max(gaps), **trace})
        w.finish()
        return line


def overhead():
    overhead_run(rig.setting("TICKERS", 200), rig.setting("ENRICHERS", 4))
