"""Enrichers die in the middle of a cycle; the candidates do not notice."""

from harness import check, check_equal

SOURCES = ("finviz", "yahoo")


def mid_cycle(world, enrichers, latency="0.3"):
    """A cycle of fifty is under way and the upstreams are busy."""
    world.open_market("--latency", latency, "--items", "50")
    world.configure()
    world.start_pipeline(enrichers=enrichers)
    world.wait_for(lambda: world.market.in_flight() > 0, "requests are in flight")


def fetches(world, since_us=0):
    """What enrichers asked, texts of filings too, in the order of arrival."""
    rows = [r for r in world.market.requests()
            if r["kind"].startswith((*SOURCES, "edgar")) and r["arrival_us"] >= since_us]
    return sorted(rows, key=lambda r: r["arrival_us"])


def check_one_at_a_time(rows):
    for before, after in zip(rows, rows[1:]):
        check(after["arrival_us"] >= before["end_us"],
              f"two at once: {before['target']} and {after['target']}")


def kill_busiest(world, n):
    names = world.wait_for(lambda: world.busiest(n), "an enricher holds leases")
    world.kill(*names)
    return len(names)


def test_one_then_two_of_four_die_and_nothing_is_partial(world):
    mid_cycle(world, 4)
    dead = kill_busiest(world, 1)
    world.wait_for(lambda: world.market.in_flight() > 0 or world.count_done() == 50,
                   "the cycle goes on")
    dead += kill_busiest(world, 2)
    world.hear(50)
    world.check_complete(50)
    for group in SOURCES:
        check_equal(world.market.group(group)["violations"], 0, f"over {group}'s limit")
    world.wait_for(lambda: world.counters("collector")["enricher_deaths_total"] == dead,
                   f"the collector has counted {dead} deaths", 30)


def test_all_die_and_the_fallback_answers_every_candidate(world):
    mid_cycle(world, 4)
    world.kill(*[f"enricher-{i}" for i in range(4)])
    world.wait_for(lambda: world.log("collector", "batch_enrichment_failed"),
                   "the collector says that the batch failed")
    world.wait_for(lambda: world.market.in_flight() == 0, "the upstreams are idle")
    since_us = world.market.judge()["now_us"]
    world.start("enricher-4", "enricher-5")
    world.hear(50)
    world.check_complete(50)

    (line,) = world.log("collector", "batch_enrichment_failed")
    text = world.log_text("collector")
    check("falling_back_to_sequential" in text and line["err"], "the plan's line")
    alone = [row for metric in ("float", "vwap", "rvol")
             for row in world.log("collector", f"using_sequential_{metric}")]
    check(alone and all(row["ticker"] for row in alone),
          "using_sequential_... names the ticker")
    check_equal(world.log("collector", "parallel_enrichment_resumed")[0]["clean_jobs"],
                "10", "clean jobs before it went parallel again")
    check_one_at_a_time(fetches(world, since_us)[:10])


def test_without_parallel_enrichment_one_request_at_a_time(world):
    world.environment["FEATURE_PARALLEL_ENRICHMENT"] = "0"
    mid_cycle(world, 2, "0.02")
    world.hear(50)
    world.check_complete(50)
    rows = fetches(world)
    check(len(rows) >= 53, f"{len(rows)} requests for fifty candidates")
    check_one_at_a_time(rows)
    check_equal(world.stats()["mode"], "sequential", "mode")


def test_without_any_enricher_candidates_go_on_and_are_revised(world):
    world.open_market("--latency", "0", "--items", "10")
    world.configure({"collector": {"deadline_ms": 300, "late_ms": 120000}})
    world.start_pipeline(enrichers=0)
    world.wait_for(lambda: len(world.verdicts()) == 10, "verdicts without metrics")
    for verdict in world.verdicts():
        statuses = set(world.metrics(verdict).values())
        check(statuses <= {"no_enricher", "ok"}, f"{verdict['ticker']}: {statuses}")
    check_equal(world.count_done(), 0, "candidates done while more may come")
    world.start("enricher-0")
    world.hear(10)
    world.check_complete(10)
