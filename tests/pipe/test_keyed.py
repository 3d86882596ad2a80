"""A source that is asked with a key: Tiingo, where nobody else has the price."""

from harness import check, check_equal

KEY = "k3y-of-the-story"
OTHERS = ("finviz-screener", "finviz-quote", "yahoo-chart", "yahoo-quote")


def ask(world, key):
    world.open_market("--latency", "0.05")
    world.configure({**{f"source {name}": {"enabled": 0} for name in OTHERS},
                     "source tiingo-iex": {"key": key}})
    world.start_pipeline(enrichers=2, ingest=False)
    return world.ask("enrich", "AAPL", "MSFT", "ZZZZQ")


def test_it_gives_the_price_that_nobody_else_has(world):
    answer = ask(world, KEY)
    for ticker in ("AAPL", "MSFT"):
        price = answer[ticker]["price"]
        check_equal((price["status"], price["source"]), ("ok", "tiingo-iex"),
                    f"price of {ticker}")
    check_equal(answer["ZZZZQ"]["price"]["status"], "empty", "price of nobody")
    check_equal(len(world.market.requests("tiingo-iex")), 1, "requests for all three")
    world.drain()
    for path in [*world.logs(), *world.dir.glob("*.out")]:
        check(KEY not in path.read_text(errors="replace"), f"{path.name} has the key")


def test_without_a_key_it_is_off_and_nobody_is_told(world):
    answer = ask(world, "")
    check(answer["AAPL"]["price"]["status"] != "ok", "a price from nowhere")
    check_equal(world.market.requests("tiingo-iex"), [], "requests without a key")
    for name in ("collector", "enricher-0"):
        check("tiingo" not in world.log_text(name), f"{name} speaks of it")
