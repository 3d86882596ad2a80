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


def test_the_quote_page_says_the_same_floats_in_every_era(world):
    """The screener is down: the next of the chain, a page a ticker, gives them."""
    world.open_market("--latency", "0")
    world.configure()
    world.start_pipeline(enrichers=1, ingest=False)
    want = floats(world)
    for era in ERAS:
        world.market.post(f"/control/era?finviz={era}")
        world.market.clear_faults()
        world.market.fault("/finviz/screener.ashx:bot-page:all")
        forget(world)
        world.market.post("/judge/reset")
        check_equal(floats(world), want, f"floats of {era}")
        check_equal(len(world.market.requests("finviz-quote")), len(TICKERS),
                    f"pages asked for in {era}")


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


# Who is asked, what goes wrong there, the metric that cannot be had then, its status
# and words of its reason.
TROUBLES = (
    ("/finviz/", "challenge", "float", "limited", "Just a moment..."),
    ("/finviz/", "1010", "float", "limited", "error code: 1010"),
    ("/finviz/", "503", "float", "limited", "HTTP 503"),
    ("/finviz/", "bot-page", "float", "error", "unknown layout"),
    ("/finviz/", "truncate", "float", "error", "transfer closed"),
    ("/yahoo/", "429", "vwap", "limited", "HTTP 429"),
    ("/yahoo/", "429-edge", "vwap", "limited", "HTTP 429"),
    ("/yahoo/", "200-error-page", "vwap", "error", "Will be right back"),
    ("/yahoo/", "garbage", "vwap", "error", "invalid token"),
    ("/yahoo/", "reset", "vwap", "error", "Connection reset"),
    ("/yahoo/", "hang", "vwap", "timeout", "no answer within the deadline"),
)


def test_a_metric_says_what_the_upstream_did(world):
    world.open_market("--latency", "0")
    world.configure()
    world.start_pipeline(enrichers=1, ingest=False)
    for path, kind, name, status, words in TROUBLES:
        world.market.clear_faults()
        world.market.fault(f"{path}:{kind}:all")
        # What is tried again ends by itself; a pause, or silence, at the deadline.
        deadline_ms = 20000 if status == "error" else 1500
        world.configure({"collector": {"deadline_ms": deadline_ms, "late_ms": 0},
                         "source yahoo-summary": {"enabled": 0}})
        forget(world)
        metrics = world.ask("enrich", "GME")["GME"]
        check_equal(metrics[name]["status"], status, f"{name} after {kind}")
        check(words in metrics[name]["why"],
              f"{name} after {kind} says {metrics[name]['why']!r}")
        other = "price" if path == "/finviz/" else "float"
        check_equal(metrics[other]["status"], "ok",
                    f"{other} while there is {kind} at {path}")


def test_a_ticker_that_finviz_does_not_know_is_empty_not_an_error(world):
    world.open_market("--latency", "0")
    world.configure()
    world.start_pipeline(enrichers=1, ingest=False)
    for era in ERAS:
        world.market.post(f"/control/era?finviz={era}")
        forget(world)
        metric = world.ask("enrich", "ZZZZQ")["ZZZZQ"]["float"]
        check_equal(metric["status"], "empty", f"float of no ticker in {era}: {metric}")
    group = {g["name"]: g for g in world.stats()["groups"]}["finviz"]
    check_equal(group["errors"], 0, "errors of finviz")
