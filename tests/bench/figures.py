"""Arithmetic of the benchmarks: what was needed, what it could not do faster, and what
it cost.  Knows nothing of the planner: only what was published, and what each document
can carry."""

import heapq
import json
import math
import os
from collections import namedtuple
from contextlib import suppress
from pathlib import Path

# Permits of each group, at the stand-in and in the pipeline's configuration.
LIMITS = {"finviz": 10, "yahoo": 15}

Document = namedtuple("Document", "kind group tickers")

# What the metrics of a regular session need of each ticker: float and average volume
# live a day, the rest a minute.
SLOW = Document("finviz-screener", "finviz", 20)
FAST = Document("yahoo-chart", "yahoo", 1)

ORDER = ("bench", "run", "tickers", "enrichers", "latency", "elapsed_s", "bound_s",
         "ratio", "requests", "needed", "violations", "cpu_s", "cpu_ms_ticker", "pss_mb")


def needed(tickers, known_slow=(), known_fast=()):
    """Requests a group for these tickers, when what is known need not be asked."""
    tickers = set(tickers)
    slow, fast = tickers - set(known_slow), tickers - set(known_fast)
    return {SLOW.group: math.ceil(len(slow) / SLOW.tickers),
            FAST.group: math.ceil(len(fast) / FAST.tickers)}


def replay(services_us, permits):
    """Seconds that these requests take when each starts as soon as a permit is free."""
    free = [0] * permits
    for service in services_us:
        heapq.heapreplace(free, free[0] + service)
    return max(free) / 1e6


def bound(rows, need):
    """The longest of the groups: its needed requests one after another on its permits,
    as the judge timed the first of them."""
    longest = 0.0
    for group, n in need.items():
        answered = [r for r in rows
                    if r["group"] == group and r["outcome"] == "answered"]
        answered.sort(key=lambda r: r["arrival_us"])
        longest = max(longest, replay([r["service_us"] for r in answered[:n]],
                                      LIMITS[group]))
    return longest


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def cpu_s(pids):
    ticks = 0
    for pid in pids:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def pss_mb(pids):
    kib = 0
    for pid in pids:
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kib += int(line.split()[1])
    return kib / 1024


def rounded(value):
    return round(value, 4) if isinstance(value, float) else value


def tell(figures):
    """One JSON line: the common keys in their order, then what is special."""
    if figures.get("bound_s"):
        figures.setdefault("ratio", figures["elapsed_s"] / figures["bound_s"])
    if isinstance(figures.get("needed"), dict):
        figures["needed"] = sum(figures["needed"].values())
    keys = [k for k in ORDER if k in figures]
    keys += [k for k in figures if k not in ORDER]
    line = {k: rounded(figures[k]) for k in keys}
    print(json.dumps(line), flush=True)
    return line
