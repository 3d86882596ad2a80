"""Limits hold over all enrichers, whatever their number, and are used to the full."""

from harness import check, check_equal

FINVIZ, YAHOO, TICKERS = 10, 15, 200


def flood(world, enrichers):
    """200 candidates, each with one request at Finviz and one at Yahoo."""
    world.open_market("--latency", "0.08", "--tickers", str(TICKERS), "--items",
                      str(TICKERS), "--limits", f"finviz={FINVIZ},yahoo={YAHOO}")
    world.market.symbols(world.dir / "symbols")
    world.configure({
        "catalyst": {"symbols_dir": world.dir / "symbols"},
        "ingest": {"window_start": TICKERS},
        "collector": {"batch_max": 1},
        "group finviz": {"max_in_flight": FINVIZ},
        "group yahoo": {"max_in_flight": YAHOO},
    })
    world.start_pipeline(enrichers=enrichers)


def check_limits(world):
    check_equal(len(world.verdicts()), TICKERS, "verdicts")
    for name, most in (("finviz", FINVIZ), ("yahoo", YAHOO)):
        group = world.market.group(name)
        check_equal(group["most_in_flight"], most, f"most in flight at {name}")
        check_equal(group["violations"], 0, f"violations at {name}")


def hold_with(world, enrichers):
    flood(world, enrichers)
    world.hear(TICKERS)
    check_limits(world)
    for name in ("finviz", "yahoo"):
        check_equal(world.market.group(name)["requests"], TICKERS,
                    f"requests at {name}")


def test_they_hold_with_one_enricher(world):
    hold_with(world, 1)


def test_they_hold_with_two_enrichers(world):
    hold_with(world, 2)


def test_they_hold_with_four_enrichers(world):
    hold_with(world, 4)


def test_they_hold_with_eight_enrichers(world):
    hold_with(world, 8)


def test_they_hold_while_enrichers_die_and_come(world):
    flood(world, 4)
    seen = new = 0
    while world.count_done() < TICKERS:
        last = world.wait_for(
            lambda: world.market.judge()["last_seq"] >= seen + 40
            or world.count_done() >= TICKERS, "forty requests more, or all done")
        check(last, "progress")
        seen = world.market.judge()["last_seq"]
        victims = world.busiest(1)
        if victims and world.count_done() < TICKERS:
            world.kill(*victims)
            world.start(f"enricher-{4 + new}")
            new += 1
    check(new > 0, "enrichers died and came")
    check_limits(world)
    check_equal(world.log("collector", "batch_enrichment_failed"), [],
                "fallbacks, though one always lived")
