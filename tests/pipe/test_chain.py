"""A fact goes along its chain of sources, and a crumb serves all who need one."""

from harness import check, check_equal

NIGHT_H = 14


def crew(world, *options, enrichers=1, changes=None):
    world.open_market("--latency", "0", *options)
    world.configure(changes)
    world.start_pipeline(enrichers=enrichers, ingest=False)


def kinds(world):
    """How often each kind of document was asked for."""
    counts = {}
    for request in world.market.requests():
        counts[request["kind"]] = counts.get(request["kind"], 0) + 1
    return counts


def check_secret(world):
    """The crumb and the cookie are in no log, no figure and no answer."""
    told = world.catalyst("stats", "--json").stdout
    for path in world.logs():
        if path.name != "market.log":
            told += path.read_text(errors="replace")
    for secret in ("mK7", "A3=d", "crumb=", "%2F"):
        check(secret not in told, f"{secret!r} is told somewhere")


def test_a_float_that_the_screener_cannot_give_is_on_the_page(world):
    crew(world)
    world.market.fault("/finviz/screener.ashx:500:all")
    metrics = world.ask("enrich", "GME")["GME"]
    check_equal((metrics["float"]["status"], metrics["float"]["source"]),
                ("ok", "finviz-quote"), "float")
    check_equal(metrics["rvol"]["status"], "ok", "rvol")


def test_with_finviz_shut_the_summary_has_the_float(world):
    crew(world)
    world.market.fault("/finviz/:challenge:all")
    metrics = world.ask("enrich", "GME")["GME"]
    check_equal((metrics["float"]["status"], metrics["float"]["source"]),
                ("ok", "yahoo-summary"), "float")
    check_secret(world)


def test_a_price_that_the_chart_cannot_give_is_in_the_quote(world):
    crew(world)
    world.market.fault("/yahoo/v8/:500:all")
    metrics = world.ask("enrich", "GME", "AAPL")
    for ticker in ("GME", "AAPL"):
        price = metrics[ticker]["price"]
        check_equal((price["status"], price["source"]), ("ok", "yahoo-quote"),
                    f"price of {ticker}")
        check_equal(metrics[ticker]["vwap"]["status"], "error", f"vwap of {ticker}")
    check_equal(kinds(world)["yahoo-crumb"], 1, "crumbs")


def test_a_ticker_that_nobody_knows_costs_few_requests(world):
    """Two, unless one answers so soon that its chain has begun before the other."""
    crew(world)
    metrics = world.ask("enrich", "ZZZZQ")["ZZZZQ"]
    check_equal({m["status"] for m in metrics.values()}, {"empty"}, "metrics")
    check(len(world.market.requests()) <= 4, f"requests: {kinds(world)}")
    asked = kinds(world)
    world.ask("enrich", "ZZZZQ")
    check_equal(kinds(world), asked, "requests after a second question")


def test_at_night_fifty_tickers_are_three_pages_and_a_quote(world):
    world.offset_s += NIGHT_H * 3600
    world.open_market("--latency", "0", "--tickers", "200", "--items", "150")
    world.configure({"ingest": {"cycle_closed_s": 3600, "cycle_extended_s": 3600},
                     "feed prnewswire": None, "feed sec_8k": None})
    world.start_pipeline(enrichers=4)
    world.hear(50)
    counts = kinds(world)
    check_equal({k: n for k, n in counts.items()
                 if k.startswith(("finviz", "yahoo"))},
                {"finviz-screener": 3, "yahoo-cookie": 1, "yahoo-crumb": 1,
                 "yahoo-quote": 1}, "documents")
    check_secret(world)


def test_a_crumb_that_expires_is_renewed_once_for_all(world):
    world.offset_s += NIGHT_H * 3600
    crew(world, enrichers=4)
    world.ask("enrich", "AAPL", "MSFT")
    world.market.post("/control/crumb/expire")
    metrics = world.ask("enrich", "GME", "NVDA")
    for ticker in ("GME", "NVDA"):
        check_equal((metrics[ticker]["price"]["status"],
                     metrics[ticker]["price"]["source"]), ("ok", "yahoo-quote"),
                    f"price of {ticker}")
    check_equal(kinds(world)["yahoo-crumb"], 2, "crumbs")
    check_secret(world)


def test_the_text_of_a_filing_reaches_who_scores_it(world):
    world.open_market("--latency", "0", "--items", "0")
    world.configure()
    world.start_pipeline(enrichers=2)
    world.market.post("/control/publish?n=0")
    world.market.publish([{"title": "8-K - Results", "summary": "Item 2.02: Results",
                           "ticker": "AAPL", "feed": "edgar", "age_s": 1}])
    world.poll_now()
    world.hear(1)
    asked = world.market.requests("edgar-filing")
    check_equal(len(asked), 1, "filings asked for")
    check_equal(asked[0]["status"], 200, "status")
