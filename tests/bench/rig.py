"""The pipeline and the stand-in as the benchmarks want them, on top of a World of the
pipeline's stories."""

import json
import math
import os
import sys
from contextlib import contextmanager
from pathlib import Path

import figures

ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("BIN", str(ROOT / "build/release/bin"))
sys.path.insert(0, str(ROOT / "tests/pipe"))

import harness  # noqa: E402  (found by the line above)

CEILING_S = 900
LOOK_S = 0.25  # a look at thousands of rows costs the pipeline's own cores
FEED_ENTRIES = 900  # of one feed document: ingest reads at most 1,000
POST_STORIES = 1000  # of one request to the market
HEADLINES = ("Reports Record Revenue", "Wins a Major Contract",
             "Announces FDA Approval of New Therapy", "Enters Definitive Merger Agreement",
             "Raises Full-Year Guidance", "Launches a Strategic Partnership")


def setting(name, default, kind=int):
    return kind(os.environ.get(name) or default)


def settings(name, default):
    """A list of numbers: TICKERS="10 50 500"."""
    return [int(n) for n in (os.environ.get(name) or default).split()]


def latency_of(tickers):
    """5,000 tickers at the seed's latency would take minutes and say the same."""
    return setting("LATENCY", 0.1 if tickers >= 2000 else 1.0, float)


@contextmanager
def world(name="bench"):
    w = harness.World(name)
    try:
        yield w
    finally:
        w.close()


# ---- the market ----------------------------------------------------------------------


def open_market(w, universe, latency, *options):
    """A market of so many companies that publishes nothing by itself."""
    limits = ",".join(f"{g}={n}" for g, n in figures.LIMITS.items())
    w.open_market("--latency", str(latency), "--items", "0", "--tickers",
                  str(max(60, universe)), "--limits", limits, *options)
    w.market.symbols(w.dir / "symbols")


def companies(w, first, n):
    listed = json.loads((w.dir / "symbols/company_tickers.json").read_text())
    rows = [(c["ticker"], c["title"]) for c in listed.values()]
    return [rows[(first + i) % len(rows)] for i in range(n)]


def publish(w, chosen, round_no=0):
    """One story for each of the companies."""
    headline = HEADLINES[round_no % len(HEADLINES)]
    stories = [{"feed": "globenewswire", "ticker": ticker,
                "title": f"{name} {headline}"} for ticker, name in chosen]
    for at in range(0, len(stories), POST_STORIES):
        w.market.publish(stories[at:at + POST_STORIES])


def upstream_rows(w):
    return [r for r in w.market.requests() if r["group"] in figures.LIMITS]


def violations(w):
    groups = w.market.judge()["groups"]
    return sum(groups[g]["violations"] for g in figures.LIMITS)


def feed_answered_us(w):
    """When the first feed of the round was answered, on the market's clock."""
    return min(r["end_us"] for r in w.market.requests("feed-globenewswire"))


# ---- the pipeline --------------------------------------------------------------------


def configure(w, stories, changes=None):
    """`stories`: how many the feeds will hold in all."""
    parts = math.ceil(stories / FEED_ENTRIES)
    url = f"{w.market.url}/feeds/globenewswire.xml"
    rows = {
        "catalyst": {"symbols_dir": w.dir / "symbols"},
        "feed prnewswire": None, "feed sec_8k": None,
        **{f"group {g}": {"max_in_flight": n, "burst": n}
           for g, n in figures.LIMITS.items()},
    }
    if parts > 1:
        rows["feed globenewswire"] = None
        rows.update({f"feed part{k}": {"url": f"{url}?part={k}&of={parts}"}
                     for k in range(parts)})
    for section, keys in (changes or {}).items():
        rows[section] = {**(rows.get(section) or {}), **keys}
    w.configure(rows)


def pids(w):
    return [p.pid for name, p in w.processes.items()
            if name != "market" and p.poll() is None]


def wall_to_us(w, wall_ms):
    """The market's boot clock at a moment of the wall clock."""
    judge = w.market.judge()
    return judge["now_us"] - (judge["now_wall_ms"] - wall_ms) * 1000


def wait_done(w, total):
    w.wait_for(lambda: w.count_done() >= total, f"{total} candidates are done", CEILING_S,
               LOOK_S)


def round_of(w, chosen, round_no, go):
    """One cycle about these companies; go() lets ingest poll.  Its figures."""
    w.market.post("/judge/reset")
    publish(w, chosen, round_no)
    before, cpu = w.count_done(), figures.cpu_s(pids(w))
    go()
    wait_done(w, before + len(chosen))
    last_ms = max(v["ledger_ms"] for v in w.verdicts())
    spent = figures.cpu_s(pids(w)) - cpu
    rows = upstream_rows(w)
    return {
        "elapsed_s": (wall_to_us(w, last_ms) - feed_answered_us(w)) / 1e6,
        "requests": len(rows), "violations": violations(w), "cpu_s": spent,
        "cpu_ms_ticker": 1000 * spent / len(chosen),
        "pss_mb": figures.pss_mb(pids(w)),
    }, rows
