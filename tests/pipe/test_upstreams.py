"""Finviz, Yahoo, EDGAR and the wires in all their shapes: the pipeline reads the same."""

from harness import check, check_equal

ERAS = ("2020", "2022", "2023", "2025", "2025-pretty", "2026-04", "2026")
TICKERS = ("AAPL", "GME", "HIMS", "OCGN", "SNDL")


def forget(world):
    """A collector that has never asked anyone, and an enricher with nothing to tell."""
    for name in ("enricher-0", "collector"):
        check_equal(world.stop(name), 0, f"exit code of {name}")
    for path in world.data.glob("collector.db*"):
        path.unlink()
    world.start("collector", "enricher-0")
    world.wait_for(lambda: len(world.stats()["enrichers"]) == 1,
                   "the enricher is known again")


def floats(world):
    answer = world.ask("enrich", *TICKERS)
    return {t: (m["float"]["status"], m["float"]["value"]) for t, m in answer.items()}


def test_the_screener_says_the_same_floats_in_every_era(world):
    world.open_market("--latency", "0")
    world.configure()
    world.start_pipeline(enrichers=1, ingest=False)
    want = floats(world)
    world.market.post("/judge/reset")
    check_equal({status for status, _ in want.values()}, {"ok"}, "floats of today")
    for era in ERAS:
        world.market.post(f"/control/era?finviz={era}")
        forget(world)
        check_equal(floats(world), want, f"floats of {era}")
        check_equal(len(world.market.requests("finviz-screener")), 1, f"asked in {era}")
        world.market.post("/judge/reset")


def test_nobody_is_turned_away_for_bad_manners(world):
    world.open_market("--latency", "0", "--items", "30")
    world.configure()
    world.start_pipeline(enrichers=2)
    world.hear(30)
    world.check_complete(30)
    groups = world.market.judge()["groups"]
    check_equal({name: g["unmannerly"] for name, g in groups.items()},
                dict.fromkeys(groups, 0), "requests turned away for a user agent")
    for name in ("finviz", "yahoo", "feeds"):
        group = groups[name]
        check_equal(group["compressed"], group["requests"], f"packed answers of {name}")
    yahoo = groups["yahoo"]
    check(yahoo["connections"] < yahoo["requests"],
          f"{yahoo['connections']} connections for {yahoo['requests']} requests")
