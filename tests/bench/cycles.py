"""A cycle from the feed's answer to the last verdict: cold, warm, and what the whole
pipeline weighs."""

import figures
import rig

LATER_S = 600  # charts are old by then, floats are not


def tickers_of(chosen):
    return [ticker for ticker, _ in chosen]


def cold_pair(tickers, enrichers):
    """The first cycle ever, and one about other tickers after a restart: what was
    learned of the limits is all that is left of the first."""
    latency = rig.latency_of(tickers)
    with rig.world() as w:
        rig.open_market(w, 2 * tickers, latency)
        rig.configure(w, 2 * tickers)
        w.start_pipeline(enrichers, ingest=False)
        lines = []
        for number, run in enumerate(("first", "learned")):
            chosen = rig.companies(w, number * tickers, tickers)
            if run == "learned":
                w.drain()
                w.start_pipeline(enrichers, ingest=False)
            found, rows = rig.round_of(w, chosen, number, lambda: w.start("ingest"))
            need = figures.needed(tickers_of(chosen))
            lines.append(figures.tell({
                "bench": "cold", "run": run, "tickers": tickers, "enrichers": enrichers,
                "latency": latency, "needed": need,
                "bound_s": figures.bound(rows, need), **found}))
        w.finish()
        return lines


def cold():
    for tickers in rig.settings("TICKERS", "50"):
        for enrichers in rig.settings("ENRICHERS", "4"):
            cold_pair(tickers, enrichers)


def warm_run(tickers, enrichers):
    """The same tickers ten minutes later, everything restarted in between."""
    latency = rig.latency_of(tickers)
    with rig.world() as w:
        rig.open_market(w, tickers, latency)
        rig.configure(w, tickers)
        chosen = rig.companies(w, 0, tickers)
        w.start_pipeline(enrichers, ingest=False)
        rig.round_of(w, chosen, 0, lambda: w.start("ingest"))
        w.drain()
        w.stop("market")
        w.offset_s += LATER_S
        (w.dir / "port").unlink()
        rig.open_market(w, tickers, latency)
        rig.configure(w, tickers)
        w.start_pipeline(enrichers, ingest=False)
        found, rows = rig.round_of(w, chosen, 1, lambda: w.start("ingest"))
        need = figures.needed(tickers_of(chosen), known_slow=tickers_of(chosen))
        line = figures.tell({
            "bench": "warm", "tickers": tickers, "enrichers": enrichers,
            "latency": latency, "needed": need, "bound_s": figures.bound(rows, need),
            "finviz": sum(r["group"] == "finviz" for r in rows), **found})
        w.finish()
        return line


def warm():
    for tickers in rig.settings("TICKERS", "50"):
        for enrichers in rig.settings("ENRICHERS", "4"):
            warm_run(tickers, enrichers)


def footprint_run(tickers, enrichers):
    """Proportional memory of every process once it has worked."""
    with rig.world() as w:
        rig.open_market(w, tickers, 0.1)
        rig.configure(w, tickers)
        w.start_pipeline(enrichers, ingest=False, monitor=True)
        found, _ = rig.round_of(w, rig.companies(w, 0, tickers), 0,
                                lambda: w.start("ingest"))
        stages = {name: figures.rounded(figures.pss_mb([p.pid]))
                  for name, p in w.processes.items() if name != "market"}
        line = figures.tell({"bench": "footprint", "tickers": tickers,
                             "enrichers": enrichers, "pss_mb": found["pss_mb"],
                             "stages_mb": stages})
        w.finish()
        return line


def footprint():
    for enrichers in rig.settings("ENRICHERS", "4"):
        footprint_run(rig.setting("TICKERS", 50), enrichers)
