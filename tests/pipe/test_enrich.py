"""catalyst enrich: a question about tickers, answered with every metric's status."""

from harness import METRICS, check, check_equal


def crew(world):
    world.open_market("--latency", "0.05")
    world.configure()
    world.start_pipeline(enrichers=2, ingest=False)


def test_three_tickers_give_three_keys_with_four_metrics(world):
    crew(world)
    answer = world.ask("enrich", "AAPL", "MSFT", "GOOGL")
    check_equal(list(answer), ["AAPL", "MSFT", "GOOGL"], "keys, in the order asked")
    for ticker, metrics in answer.items():
        check_equal(set(metrics), set(METRICS), f"metrics of {ticker}")
        for name, metric in metrics.items():
            check_equal(metric["status"], "ok", f"{name} of {ticker}")
            check(metric["value"] > 0 and metric["unit"] and metric["source"]
                  and metric["as_of_ms"] > 0,
                  f"{name} of {ticker} says what it is: {metric}")


def test_an_unknown_ticker_is_empty_and_weighs_one(world):
    crew(world)
    for ticker in ("INVALID_TICKER_12345", "ZZZZQ"):
        answer = world.ask("enrich", ticker)
        check_equal(list(answer), [ticker], "keys")
        for name in METRICS:
            metric = answer[ticker][name]
            check_equal((metric["status"], metric["multiplier"], metric["value"]),
                        ("empty", 1, None), f"{name} of {ticker}")
            check(metric["why"], f"{name} of {ticker} says why it is empty")


def test_nothing_asked_is_nothing_answered(world):
    crew(world)
    done = world.catalyst("enrich", "--json")
    check_equal((done.returncode, done.stdout), (0, "{}\n"), "enrich of nothing")
    check_equal(world.market.judge()["groups"]["yahoo"]["requests"], 0, "requests")


def test_what_is_fresh_is_not_asked_again(world):
    crew(world)
    first = world.ask("enrich", "AAPL", "MSFT")
    requests = len(world.market.requests())
    check_equal(world.ask("enrich", "MSFT", "AAPL"), first, "the second answer")
    check_equal(len(world.market.requests()), requests, "requests after the second")
