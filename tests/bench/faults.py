"""Upstreams that misbehave: 2 % of their answers take 30 s, 3 % are refused, 1 % break
off.  Who is hit says so; who is not, is not touched."""

import json
from collections import Counter

import figures
import rig

DEADLINE_MS = 20000
GRACE_MS = 10
RULES = " ".join(f"/{group}/:{rule}" for group in figures.LIMITS
                 for rule in ("slow=30:2%", "429:3%", "truncate:1%"))
CAUSES = {"slow": {"timeout"}, "429": {"limited"}, "truncate": {"error"}}
SOURCES = {"float": "finviz", "vwap": "yahoo", "price": "yahoo", "rvol": None}


def hits(rows):
    """What went wrong for each (ticker, group)."""
    found = {}
    for row in rows:
        for ticker in (row["tickers"] or "").split(",") if row["fault"] else ():
            found.setdefault((ticker, row["group"]), set()).add(row["fault"])
    return found


def judge_metric(found, ticker, name, status):
    """ "ok", "hit", "mislabelled", or "neighbour" for one who was not hit at all.  A stale
    one has an older figure, and its reason says why there is no newer one."""
    if status == "ok":
        return "ok"
    groups = [SOURCES[name]] if SOURCES[name] else list(figures.LIMITS)
    faults = set().union(*(found.get((ticker, g), set()) for g in groups))
    if not faults:
        return "neighbour"
    causes = set().union(*(CAUSES.get(f, set()) for f in faults))
    return "hit" if status in causes | {"timeout", "stale"} else "mislabelled"


def rows_at_rest(w):
    """The judge writes down what has ended, and the last may hang longer than anybody
    waits for it."""
    w.wait_for(lambda: all(w.market.group(g)["in_flight"] == 0 for g in figures.LIMITS),
               "nothing is in flight", rig.CEILING_S)
    return rig.upstream_rows(w)


def explain(w, verdict):
    """Status and reason of each metric, as a user is told."""
    (story,) = [s for s in w.ask("explain", verdict["id"]) if s["id"] == verdict["id"]]
    return {m["name"]: (m["status"], m["why"]) for m in story["verdict"]["metrics"]}


def faults_run(tickers, enrichers, latency):
    with rig.world() as w:
        rig.open_market(w, tickers, latency, "--seed", str(rig.setting("SEED", 1)))
        rig.configure(w, tickers, {"collector": {"deadline_ms": DEADLINE_MS,
                                                 "late_ms": 0}})
        w.market.fault(RULES)
        w.start_pipeline(enrichers, ingest=False)
        figures_, _ = rig.round_of(w, rig.companies(w, 0, tickers), 0,
                                   lambda: w.start("ingest"))
        rows = rows_at_rest(w)
        verdicts, found = w.verdicts(), hits(rows)
        late = [v["ledger_ms"] - v["accepted_ms"] - DEADLINE_MS for v in verdicts]
        judged, odd = {}, []
        for v in verdicts:
            for name, (status, why) in explain(w, v).items():
                verdict = judge_metric(found, v["ticker"], name, status)
                judged[verdict] = judged.get(verdict, 0) + 1
                if verdict in ("mislabelled", "neighbour"):
                    odd.append((v["ticker"], name, status, why))
        need = figures.needed(v["ticker"] for v in verdicts)
        least = sum(need.values())
        hit = sum(r["fault"] is not None for r in rows)
        line = figures.tell({
            "bench": "faults", "tickers": tickers, "enrichers": enrichers,
            "latency": latency, "elapsed_s": figures_["elapsed_s"],
            "requests": len(rows), "needed": need,
            "violations": figures_["violations"],
            "extra_share": len(rows) / least - 1,
            "faults": hit, "kinds": Counter(r["fault"] for r in rows if r["fault"]),
            "for_nothing": len(rows) - least - hit,
            "closed_after_deadline_ms": max(late), "grace_ms": GRACE_MS,
            "late": sum(ms > GRACE_MS for ms in late), **judged})
        for row in odd[:5]:
            print(json.dumps({"bench": "faults", "odd": row}))
        w.finish()
        return line


def faults():
    faults_run(rig.setting("TICKERS", 500), rig.setting("ENRICHERS", 4),
               rig.setting("LATENCY", 1.0, float))
