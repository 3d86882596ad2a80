"""What is known is not asked again, and what will be needed is asked in good time."""

from harness import check, check_equal

TICKERS = 25
HOUR_S = 3600


def symbols(world):
    """Of the market's companies, from the exchanges' files."""
    rows = world.market.call("/symbols/nasdaqlisted.txt").splitlines()[1:-1]
    rows += world.market.call("/symbols/otherlisted.txt").splitlines()[1:-1]
    return [row.split("|")[0] for row in rows]


def open_market(world, items, *options):
    world.open_market("--latency", "0", "--tickers", str(TICKERS), "--items",
                      str(items), *options)


def end_of_day(world, hours):
    """All programs and the market stop; later they find another time of day."""
    world.drain()
    check_equal(world.stop("market"), 0, "exit code of the market")
    world.offset_s += int(hours * HOUR_S)


def pages(world):
    return [sorted(r["tickers"].split(",")) for r in
            world.market.requests("finviz-screener")]


def tell_again(world):
    """Another story about each company there was one of."""
    world.market.publish([{"feed": "globenewswire", "ticker": v["ticker"],
                           "title": "Announces Another Record Quarter"}
                          for v in world.verdicts()])
    world.poll_now()


def test_the_watchlist_is_warm_when_the_day_begins(world):
    world.offset_s -= int((6 + 2 / 3) * HOUR_S)  # 03:50 in New York
    open_market(world, 0)
    watched = symbols(world)
    world.configure({"catalyst": {"watchlist": " ".join(watched)}})
    world.start_pipeline(enrichers=2, ingest=False)
    world.wait_for(lambda: len(pages(world)) == 2
                   and world.counters("collector")["results_total"] == 2,
                   "two pages are fetched though nobody asks")
    check_equal(sorted(map(len, pages(world))), [5, 20], "tickers a page")
    check_equal(sorted(sum(pages(world), [])), sorted(watched), "tickers")
    check_equal(world.market.group("yahoo")["requests"], 0, "charts")
    check_equal({r["why"] for r in world.log("collector", "ASKED-AHEAD")},
                {"prewarm"}, "why")

    end_of_day(world, 6 + 2 / 3)  # 10:30, the first stories
    open_market(world, TICKERS)
    world.configure({"catalyst": {"watchlist": " ".join(watched)}})
    world.start_pipeline(enrichers=2)
    world.hear(TICKERS)
    world.check_complete(TICKERS)
    check_equal(pages(world), [], "pages of the first cycle")
    check_equal(len(world.market.requests("yahoo-chart")), TICKERS, "charts")


def test_a_restart_asks_for_no_float_again(world):
    open_market(world, TICKERS)
    world.configure()
    world.start_pipeline(enrichers=2)
    world.hear(TICKERS)
    asked = len(pages(world))
    world.kill("collector")
    world.start("collector")
    tell_again(world)
    world.hear(2 * TICKERS)
    check_equal(len(pages(world)), asked, "pages in all")
    world.check_complete(2 * TICKERS)


def test_a_damaged_cache_is_set_aside(world):
    open_market(world, TICKERS)
    world.configure()
    world.start_pipeline(enrichers=2)
    world.hear(TICKERS)
    epoch = world.stats()["epoch"]
    check_equal(world.stop("collector"), 0, "exit code of the collector")
    path = world.data / "collector.db"
    path.write_bytes(b"not a database " * 1000)
    world.start("collector")
    (line,) = world.log("collector", "CACHE-DAMAGED")
    check("not a database" in line["why"], f"the log says what is wrong: {line}")
    check((world.data / "collector.db.bad").exists(), "the file is kept aside")
    world.wait_for(lambda: len(world.stats()["enrichers"]) == 2,
                   "the enrichers are known again")
    check(world.stats()["epoch"] >= epoch, "the epoch does not fall back")
    tell_again(world)
    world.hear(2 * TICKERS)
    world.check_complete(2 * TICKERS)
    world.check_books(2 * TICKERS)


def test_an_older_float_is_served_while_nobody_gives_a_new_one(world):
    short = {"collector": {"float_hours": 1}}
    open_market(world, TICKERS)
    world.configure(short)
    world.start_pipeline(enrichers=2)
    world.hear(TICKERS)
    first = {v["id"] for v in world.verdicts()}

    end_of_day(world, 2)
    open_market(world, 0, "--faults", "/finviz/:500:1000000,/yahoo/v10/:500:1000000")
    world.configure(short)
    world.start_pipeline(enrichers=2)
    tell_again(world)
    world.wait_for(lambda: len(world.verdicts()) == 2 * TICKERS,
                   "every candidate has a verdict, though a figure may still come")
    for verdict in world.verdicts():
        if verdict["id"] not in first:
            check_equal(world.metrics(verdict),
                        {"float": "stale", "vwap": "ok", "rvol": "ok", "price": "ok"},
                        f"metrics of {verdict['ticker']}")
