"""Upstreams refuse, break off and fail; every candidate is answered all the same."""

from harness import check, check_equal

ITEMS = 20


def suffer(world, faults, changes=None):
    world.open_market("--latency", "0", "--items", str(ITEMS), "--faults", faults)
    world.configure(changes)
    world.start_pipeline(enrichers=2)
    world.hear(ITEMS)
    world.check_books(ITEMS)


def group_stats(world, name):
    return {g["name"]: g for g in world.stats()["groups"]}[name]


def pauses(world, kind):
    """Seconds from each refusal to the next request for the same document."""
    rows = sorted(world.market.requests(kind), key=lambda r: r["arrival_us"])
    for i, refused in enumerate(rows):
        if refused["status"] == 429:
            again = next(r for r in rows[i + 1:] if r["target"] == refused["target"])
            yield (again["arrival_us"] - refused["end_us"]) / 1e6


def test_retry_after_pauses_its_group_and_nothing_is_lost(world):
    suffer(world, "/yahoo/v8/:429-retry-after=2:1")
    world.check_complete(ITEMS)
    check_equal(group_stats(world, "yahoo")["refusals"], 1, "refusals at yahoo")
    check_equal(group_stats(world, "finviz")["refusals"], 0, "refusals at finviz")
    check_equal(world.market.group("finviz")["errors"], 0, "errors at finviz")
    (pause,) = pauses(world, "yahoo-chart")
    check(pause >= 1.99, f"asked again {pause} s after a refusal for 2 s")


def test_a_refusal_without_a_time_is_asked_again(world):
    suffer(world, "/yahoo/v8/:429:2,/finviz/:503:1")
    world.check_complete(ITEMS)


def fail_twice(world, kind, unheard=False):
    """unheard: libcurl itself repeats a request once when a kept connection is reset
    before the first byte, so that the collector may hear of fewer than happened."""
    suffer(world, f"/yahoo/v8/:{kind}:2,/finviz/:{kind}:1")
    world.check_complete(ITEMS)
    for name, errors in (("yahoo", 2), ("finviz", 1)):
        heard = group_stats(world, name)["errors"]
        if unheard:
            check(heard <= errors, f"{heard} errors of {name}, {errors} happened")
        else:
            check_equal(heard, errors, f"errors of {name}")
        check_equal(world.market.group(name)["errors"], errors, f"faults at {name}")


def test_a_reset_connection_is_asked_again(world):
    fail_twice(world, "reset", unheard=True)


def test_a_truncated_answer_is_asked_again(world):
    fail_twice(world, "truncate")


def test_a_500_is_asked_again(world):
    fail_twice(world, "500")


def test_a_challenge_page_is_a_refusal_not_a_document(world):
    suffer(world, "/finviz/:challenge:1.0", {
        "collector": {"deadline_ms": 1500, "late_ms": 0},
        "source yahoo-summary": {"enabled": 0}})  # who has it elsewhere
    check(group_stats(world, "finviz")["refusals"] > 0, "refusals at finviz")
    for verdict in world.verdicts():
        metrics = world.metrics(verdict)
        check(metrics["float"] not in ("ok", "empty"),
              f"float of {verdict['ticker']} is {metrics['float']}")
        check_equal(metrics["price"], "ok", f"price of {verdict['ticker']}")


def test_an_upstream_that_hangs_costs_one_deadline_not_the_candidate(world):
    """No page ever comes, and no request for one ends by itself within this story: each
    candidate goes on at its deadline.  The charts, a ticker each, wait behind none."""
    ever = 600000
    suffer(world, "/finviz/:hang:1.0", {
        "collector": {"deadline_ms": 3000, "late_ms": 0, "lease_ms": ever,
                      "batch_max": 1},
        "source finviz-screener": {"timeout_ms": ever}})
    verdicts = world.verdicts()
    check_equal(len(verdicts), ITEMS, "verdicts")
    for verdict in verdicts:
        metrics = world.metrics(verdict)
        check_equal(metrics["vwap"], "ok", f"vwap of {verdict['ticker']}")
        check(metrics["float"] in ("timeout", "limited"),
              f"float of {verdict['ticker']} is {metrics['float']}")
    # One that drains waits for its requests to end; these do not in our time.
    world.kill(*[name for name in world.processes if name.startswith("enricher-")])


def test_a_webhook_that_fails_gets_each_alert_once(world):
    suffer(world, "/webhook/:429-retry-after=1:2,/webhook/:500:2,/webhook/:503:1")
    world.settle_deliveries()
    world.check_told()
    states = {d["state"] for d in world.deliveries("hook")}
    check(states <= {"sent", "in_doubt"}, f"states of the deliveries: {states}")


def test_discords_own_limit_is_respected(world):
    world.open_market("--latency", "0", "--items", str(ITEMS), "--webhook-limit", "on")
    world.configure()
    world.start_pipeline(enrichers=1)
    world.hear(ITEMS)
    world.settle_deliveries()
    world.check_told()
    check_equal({d["state"] for d in world.deliveries("hook")}, {"sent"}, "states")
    hooks = world.market.judge()["webhooks"]
    check(hooks["limited"] < hooks["received"],
          f"{hooks['limited']} refusals for {hooks['received']} messages")


def test_a_webhook_that_is_gone_holds_nobody_up(world):
    world.open_market("--latency", "0", "--items", str(ITEMS))
    world.configure({"sink hook": {"url": f"{world.market.url}/webhook/1/gone"}})
    world.start_pipeline(enrichers=1)
    world.hear(ITEMS)
    world.wait_for(lambda: all(d["state"] == "sent" for d in world.deliveries("lines")),
                   "the other sinks have every alert")
    world.wait_for(lambda: world.log("alerter", "SINK-OFF"), "the sink is switched off")
    world.check_books(ITEMS)


def test_a_webhook_that_hangs_holds_nobody_up(world):
    """Not for as long as it may hang, which is longer than this story waits."""
    world.open_market("--latency", "0", "--items", str(ITEMS), "--faults",
                      "/webhook/:hang:1.0")
    world.configure({"alerter": {"timeout_ms": 600000}})
    world.start_pipeline(enrichers=1)
    world.hear(ITEMS)
    world.wait_for(lambda: all(d["state"] == "sent" for d in world.deliveries("lines")),
                   "the other sinks have every alert")
    check("sending" in {d["state"] for d in world.deliveries("hook")},
          "the webhook has not answered yet")
    world.check_books(ITEMS)
    world.kill("alerter")  # it would wait for the answer
