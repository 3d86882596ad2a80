"""The plan that the pipeline replaces: a request for each ticker and metric, through
thread pools of 10, 15 and 15."""

import os
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import figures
import rig

POOLS = {"float": 10, "vwap": 15, "rvol": 15}
PATHS = {"float": "/finviz/quote?t={}", "vwap": "/yahoo/v8/finance/chart/{}",
         "rvol": "/yahoo/v8/finance/chart/{}"}


# Without a browser's name Finviz and Yahoo refuse.
AGENT = ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like"
         " Gecko) Chrome/140.0.0.0 Safari/537.36")


def get(url):
    asked = urllib.request.Request(url, headers={"User-Agent": AGENT})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return len(answer.read())


def plan_run(tickers):
    with rig.world() as w, ExitStack() as ends:
        latency = rig.latency_of(tickers)
        rig.open_market(w, tickers, latency)
        names = [ticker for ticker, _ in rig.companies(w, 0, tickers)]
        pools = {metric: ends.enter_context(ThreadPoolExecutor(workers))
                 for metric, workers in POOLS.items()}
        began, cpu = time.monotonic(), time.process_time()
        waits = [pools[metric].submit(get, w.market.url + path.format(name))
                 for name in names for metric, path in PATHS.items()]
        for wait in waits:
            wait.result()
        elapsed = time.monotonic() - began
        rows, need = rig.upstream_rows(w), figures.needed(names)
        sequential = sum(r["service_us"] for r in rows) / 1e6
        return figures.tell({
            "bench": "plan", "tickers": tickers, "latency": latency,
            "elapsed_s": elapsed, "requests": len(rows), "needed": need,
            "violations": rig.violations(w), "cpu_s": time.process_time() - cpu,
            "pss_mb": figures.pss_mb([os.getpid()]), "one_by_one_s": sequential})


def plan():
    for tickers in rig.settings("TICKERS", "50"):
        plan_run(tickers)
