"""What cannot turn the verdict is not asked; what is sure goes out at once."""

from harness import check, check_equal

NOTHING = "Names a New Head of Facilities"
SURE = "Wins FDA Approval, Signs Merger Agreement and Raises Full-Year Guidance"


def open_world(world, latency, changes=None):
    world.open_market("--latency", latency, "--items", "0")
    world.market.symbols(world.dir / "symbols")
    world.configure({"collector": {"early": 1},
                     "catalyst": {"symbols_dir": world.dir / "symbols"},
                     **(changes or {})})


def publish(world, *titles):
    tickers = ["AAPL", "MSFT", "NVDA", "AMD", "TSLA"]
    world.market.publish([
        {"feed": "globenewswire", "ticker": ticker, "title": f"{ticker} {title}"}
        for ticker, title in zip(tickers, titles)])


def asked(world):
    return sorted(t for r in world.market.requests()
                  if r["group"] in ("finviz", "yahoo") for t in r["tickers"].split(","))


def test_a_sure_reject_asks_nothing(world):
    open_world(world, "0.05")
    publish(world, NOTHING, NOTHING, NOTHING)
    world.start_pipeline(enrichers=1)
    world.hear(3)
    check_equal({v["verdict"] for v in world.verdicts()}, {"reject"}, "verdicts")
    check_equal(asked(world), [], "requests")
    check_equal(world.counters("collector")["early_rejects_total"], 3, "counted")
    for verdict in world.verdicts():
        (story,) = world.ask("explain", verdict["id"])
        check_equal({m["why"] for m in story["verdict"]["metrics"]},
                    {"not asked: it cannot turn the verdict"}, "why there is no metric")


def test_a_sure_alert_is_sent_before_its_metrics_and_edited_with_them(world):
    open_world(world, "1")
    publish(world, SURE)
    world.start_pipeline(enrichers=1)
    world.hear(1)
    world.settle_deliveries()
    check_equal(world.counters("collector")["early_alerts_total"], 1, "counted")
    (message,) = world.market.messages()
    chart = min(r["end_us"] for r in world.market.requests("yahoo-chart"))
    check(message["at_us"] < chart, "the message was there before the first chart")
    check(message["edits"] >= 1, "the metrics came as an edit")
    (verdict,) = world.verdicts()
    check_equal(set(world.metrics(verdict).values()), {"ok"}, "metrics in the end")


def test_with_a_price_gate_one_quote_goes_first(world):
    open_world(world, "0.05", {"classifier": {"price_ceiling": 0.01}})
    publish(world, SURE, SURE, SURE)
    world.start_pipeline(enrichers=1)
    world.hear(3)
    check_equal({v["reason"] for v in world.verdicts()}, {"price_ceiling"}, "reasons")
    kinds = {r["kind"] for r in world.market.requests() if r["group"] != "feeds"}
    check_equal(kinds & {"yahoo-chart", "finviz-screener"}, set(), "nothing but quotes")
    check_equal(len(world.market.requests("yahoo-quote")), 1, "quotes for all of them")


def test_what_is_open_is_asked_in_full(world):
    open_world(world, "0.05", {"classifier": {"min_score": 4}})
    publish(world, SURE)
    world.start_pipeline(enrichers=1)
    world.hear(1)
    (verdict,) = world.verdicts()
    check_equal(set(world.metrics(verdict).values()), {"ok"}, "metrics")


def test_a_reject_sure_by_other_weights_comes_again_in_full(world):
    path = world.dir / "weights.conf"
    path.write_text("")
    open_world(world, "0.05", {"classifier": {"weights": path}})
    world.start_pipeline(enrichers=1, ingest=False)
    world.stop("classifier")
    other = world.dir / "other.conf"
    other.write_text("sentiment = 0.5\n")
    world.launch("classifier", "--set", f"classifier.weights={other}")
    publish(world, NOTHING)
    world.launch("ingest")
    world.hear(1)
    check_equal(world.counters("classifier")["sent_back_total"], 1, "sent back")
    (verdict,) = world.verdicts()
    check_equal(verdict["verdict"], "reject", "verdict")
    check_equal(set(world.metrics(verdict).values()), {"ok"}, "metrics, asked after all")
