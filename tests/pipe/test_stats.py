"""catalyst stats tells what the judge saw."""

from harness import check, check_equal

HANGING = 5


def by_name(rows):
    return {row["name"]: row for row in rows}


def start(world, *market):
    world.open_market("--latency", "0.1", "--items", "20", *market)
    world.configure({"source yahoo-chart": {"timeout_ms": 4000}})
    world.start_pipeline(enrichers=2, monitor=True)


def test_it_has_every_section_with_its_figures(world):
    start(world)
    world.hear(20)
    world.settle_deliveries()
    stats = world.stats()
    check_equal(set(stats["stages"]), {"ingest", "collector", "classifier", "alerter",
                                       "monitor"}, "stages")
    check_equal(stats["silent"], [], "silent stages")
    for queue in stats["queues"]:
        check({"stage", "name", "depth", "oldest_s", "rate_per_s"} <= set(queue),
              f"a queue has depth, age and rate: {queue}")
        check_equal(queue["depth"], 0, f"depth of {queue['name']} in the end")
    for group in stats["groups"]:
        check({"name", "in_flight", "limit", "p50_ms", "p95_ms", "errors",
               "cache_hits"} <= set(group), f"a group has its figures: {group}")
    pids = {world.processes[f"enricher-{i}"].pid for i in range(2)}
    check_equal({e["pid"] for e in stats["enrichers"]}, pids, "pids of enrichers")
    for enricher in stats["enrichers"]:
        check_equal((enricher["credit"], enricher["leases"]), (64, 0),
                    "credit and leases")
    cycle, books = stats["cycle"], stats["books"]
    check_equal((cycle["candidates"], cycle["complete"], cycle["partial"]), (20, 20, 0),
                "cycle")
    check_equal((books["in"], books["pending"], books["balanced"]), (20, 0, True),
                "books")


def test_its_groups_agree_with_the_judge(world):
    start(world)
    world.hear(20)
    groups = by_name(world.stats()["groups"])
    asked = 0
    for name, limit in (("finviz", 10), ("yahoo", 15)):
        judged, told = world.market.group(name), groups[name]
        check_equal(told["limit"], limit, f"limit of {name}")
        check_equal(told["requests"], judged["requests"], f"requests at {name}")
        check_equal((told["in_flight"], told["errors"]), (0, 0), f"{name} at rest")
        fastest = min(r["service_us"] for r in world.market.requests()
                      if r["group"] == name) / 1000
        check(0.95 * fastest <= told["p50_ms"] <= told["p95_ms"] * 1.05,
              f"{name}: p50 {told['p50_ms']}, p95 {told['p95_ms']}, at least {fastest}")
        asked += judged["requests"]
    filings = len(world.market.requests("edgar-filing"))  # the feeds are ingest's
    check_equal(groups["edgar"]["requests"], filings, "requests at edgar")
    stats = world.stats()
    check_equal(sum(e["done"] for e in stats["enrichers"]), asked + filings,
                "jobs done")
    check_equal(stats["cycle"]["requests"], asked, "requests of the cycle")


def test_what_is_in_flight_is_in_flight_at_the_upstream(world):
    start(world, "--faults", f"/yahoo/v8/:hang:{HANGING}")
    world.wait_for(lambda: world.market.group("yahoo")["in_flight"] == HANGING
                   and world.market.group("yahoo")["requests"] == 20
                   and world.market.group("finviz")["in_flight"] == 0,
                   "only what hangs is in flight")
    stats = world.wait_for(lambda: settled(world), "stats agree with the judge")
    check_equal(sum(e["leases"] for e in stats["enrichers"]), HANGING, "leases")
    check_equal(by_name(stats["queues"])["candidates"]["depth"], HANGING,
                "candidates that wait")
    check(by_name(stats["queues"])["candidates"]["oldest_s"] > 0, "their age")
    world.hear(20)
    check_equal(by_name(world.stats()["groups"])["yahoo"]["errors"], HANGING,
                "requests that timed out")


def settled(world):
    stats = world.stats()
    groups = by_name(stats["groups"])
    if (groups["finviz"]["in_flight"], groups["yahoo"]["in_flight"]) != (0, HANGING):
        return None
    return stats


def test_a_second_story_about_a_ticker_is_a_cache_hit(world):
    start(world)
    world.hear(20)
    asked = world.market.group("finviz")["requests"]
    verdict = world.verdicts()[0]
    world.market.publish([{"feed": "globenewswire", "ticker": verdict["ticker"],
                           "title": "Announces Another Record Quarter"}])
    world.poll_now()
    world.hear(21)
    groups = by_name(world.stats()["groups"])
    check_equal(world.market.group("finviz")["requests"], asked, "requests at finviz")
    check(groups["finviz"]["cache_hits"] >= 1, "cache hits at finviz")
