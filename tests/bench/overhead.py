"""Our own share: one item at a time with every upstream at zero, from the feed's answer
to the message at the webhook, both on the market's clock."""

import figures
import rig


def one_item(w, company):
    """Milliseconds from the feed's answer to the webhook."""
    messages = len(w.market.messages())
    rig.publish(w, [company])
    polls = len(w.market.requests("feed-globenewswire"))
    w.poll_now()
    w.wait_for(lambda: len(w.market.messages()) > messages, "the alert is at the webhook")
    w.wait_for(lambda: len(w.market.requests("feed-globenewswire")) > polls,
               "the feed's answer is in the judge's log")
    answered = w.market.requests("feed-globenewswire")[-1]["end_us"]
    return (max(m["at_us"] for m in w.market.messages()) - answered) / 1000


def overhead_run(items, enrichers):
    with rig.world() as w:
        rig.open_market(w, items, 0)
        rig.configure(w, items)
        w.start_pipeline(enrichers)
        w.wait_for(lambda: w.market.requests("feed-globenewswire"), "the first poll")
        gaps = []
        for company in rig.companies(w, 0, items):
            gaps.append(one_item(w, company))
            w.market.post("/judge/reset")
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
