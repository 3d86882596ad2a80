"""Fifty candidates nobody knows yet: one cycle, from feed to alert."""

import json

from harness import METRICS, check, check_equal


def cold_cycle(world, latency):
    world.open_market("--latency", latency, "--items", "50")
    world.configure()
    world.start_pipeline(enrichers=4)
    world.hear(50)
    return world.wait_for(lambda: world.log("ingest", "CYCLE_DONE"),
                          "ingest has closed the cycle")


def test_fifty_candidates_cost_53_requests(world):
    cold_cycle(world, "0.2")
    judge = world.market.judge()["groups"]
    screener = world.market.requests("finviz-screener")
    charts = world.market.requests("yahoo-chart")

    check_equal((len(screener), len(charts)), (3, 50), "screener pages and charts")
    check_equal(judge["finviz"]["requests"], 3, "requests at finviz")
    check_equal(judge["yahoo"]["requests"], 50, "requests at yahoo")
    check(judge["yahoo"]["most_in_flight"] > 1, "no candidate waits for the one before")
    for group in ("finviz", "yahoo"):
        check_equal(judge[group]["violations"], 0, f"violations at {group}")
        check_equal(judge[group]["repeats"], 0, f"tickers asked twice at {group}")


def test_every_candidate_has_every_metric(world):
    cold_cycle(world, "0.2")
    world.check_complete(50)
    asked = {t for r in world.market.requests("finviz-screener")
             for t in r["tickers"].split(",")}
    check_equal({v["ticker"] for v in world.verdicts()} - asked, set(),
                "tickers that no page of this run carried")


def test_the_log_has_the_plans_lines_with_true_figures(world):
    (done,) = cold_cycle(world, "0.2")
    collector, ingest = world.log("collector"), world.log("ingest")
    one = {row["id"]: row for row in collector}

    check_equal(one["batch_enrichment_start"]["tickers"], "50", "start: tickers")
    for metric in METRICS:
        row = one[f"batch_{metric}_complete"]
        check_equal((row["tickers"], row["success"]), ("50", "50"), row["id"])
    over = one["batch_enrichment_complete"]
    check_equal((over["complete"], over["partial"], over["requests"]),
                ("50", "0", "53"), "batch_enrichment_complete")
    check_equal(done["candidates"], "50", "CYCLE_DONE: candidates")
    check(0 < float(over["elapsed"]) <= float(done["took"]),
          f"elapsed {over['elapsed']} within took {done['took']}")
    performance = [r for r in ingest if r["id"] == "cycle_performance"]
    check_equal(json.loads(performance[0]["json"])["candidates"], 50,
                "cycle_performance: candidates")


def test_each_sink_got_each_alert_of_the_ledger_once(world):
    cold_cycle(world, "0")
    alerts = {v["id"]: v for v in world.verdicts() if v["verdict"] == "alert"}
    check(alerts, "some of fifty stories are alerts")
    world.wait_for(lambda: all(d["state"] == "sent" for d in world.deliveries()),
                   "every delivery is sent")
    for sink in ("console", "lines", "hook"):
        ids = sorted(d["id"] for d in world.deliveries(sink))
        check_equal(ids, sorted(alerts), f"deliveries of {sink}")
    lines = (world.dir / "alerts.jsonl").read_text().splitlines()
    in_file = sorted(json.loads(line)["alert"]["id"] for line in lines)
    check_equal(in_file, sorted(alerts), "alerts in the file of JSON lines")
    check_equal(world.market.told(), dict.fromkeys(alerts, 1),
                "messages at the webhook, by candidate")
    console = (world.dir / "alerter.out").read_text()
    for alert in alerts.values():
        check_equal(console.count(alert["title"]), 1, f"console: {alert['title']}")


def test_the_books_balance(world):
    cold_cycle(world, "0")
    books = world.check_books(50)
    check_equal(books["balanced"], True, "balanced")
    check_equal(sum(books["rejected_by"].values()), books["rejected"],
                "rejected, reason by reason")
