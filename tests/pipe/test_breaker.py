"""An upstream blocks us, or takes fewer at once than allowed: nobody hammers it."""

from harness import check, check_equal

ITEMS, PAUSE_S = 20, 0.3


def group(world, name):
    return {g["name"]: g for g in world.stats()["groups"]}[name]


def start_blocked(world):
    """Finviz answers each request with a challenge page, and nobody else has a float."""
    world.open_market("--latency", "0", "--items", str(ITEMS), "--faults",
                      "/finviz/:challenge:1.0")
    world.configure({"group finviz": {"blocked_s": PAUSE_S},
                     "source yahoo-summary": {"enabled": 0},
                     "collector": {"deadline_ms": 600000, "late_ms": 600000}})
    world.start_pipeline(enrichers=4, monitor=True)


def check_probes(world):
    """Of those who asked while the group was shut, one went each pause, and each pause
    was as long as the one before, or longer up to a minute."""
    rows = sorted((r for r in world.market.requests() if r["group"] == "finviz"),
                  key=lambda r: r["arrival_us"])
    blocked = [r for r in rows if r["status"] == 403]
    first_end = min(r["end_us"] for r in blocked)
    probes = [r for r in rows if r["arrival_us"] > first_end + PAUSE_S * 0.9e6]
    refused = [r for r in probes if r["status"] == 403]
    check(len(blocked) - len(refused) <= 10, "only what was in flight was blocked")
    pause = PAUSE_S
    before = first_end
    for row in refused:
        gap = (row["arrival_us"] - before) / 1e6
        check(gap >= 0.95 * pause, f"a probe {gap} s after the last, want {pause}")
        before, pause = row["end_us"], 2 * pause
    good = [r for r in probes if r["status"] == 200]
    early = [r for r in good[1:] if r["arrival_us"] < good[0]["end_us"]]
    check_equal(early, [], "requests beside the probe that was answered")
    return len(refused)


def test_while_blocked_one_request_a_pause_goes_and_nothing_is_lost(world):
    start_blocked(world)
    world.wait_for(lambda: len(world.verdicts()) == ITEMS,
                   "every candidate has gone on without its float")
    for verdict in world.verdicts():
        metrics = world.metrics(verdict)
        check_equal((metrics["float"], metrics["price"]), ("limited", "ok"),
                    f"metrics of {verdict['ticker']} while finviz is shut")
    world.wait_for(lambda: world.market.group("finviz")["errors"] >= 6
                   and len(world.log("collector", "UPSTREAM-SHUT")) >= 4,
                   "three probes have failed")
    told = group(world, "finviz")
    check(told["open"] and told["why"].startswith("breaker open, prob"),
          f"stats tell it: {told['why']}")
    check(not group(world, "yahoo")["open"], "yahoo is as it was")
    world.market.publish(3)
    world.poll_now()
    world.wait_for(lambda: len(world.verdicts()) == ITEMS + 3,
                   "who comes now does not wait for it, either")
    world.market.clear_faults()
    world.hear(ITEMS + 3)
    world.check_complete(ITEMS + 3)
    world.check_books(ITEMS + 3)
    check(check_probes(world) >= 3, "probes")
    check_equal(len(world.log("collector", "UPSTREAM-BACK")), 1, "it came back")
    check(not group(world, "finviz")["open"], "and is open for all")


def test_the_operator_closes_it_by_hand(world):
    start_blocked(world)
    world.wait_for(lambda: len(world.log("collector", "UPSTREAM-SHUT")) >= 4,
                   "the pause is long by now")
    world.market.clear_faults()
    check_equal(world.catalyst("resume", "finviz").returncode, 0, "resume finviz")
    world.hear(ITEMS)
    world.check_complete(ITEMS)
    check_equal(world.market.group("finviz")["violations"], 0, "violations")


TICKERS, ALLOWED, MOST = 200, 10, 15


def few_refusals(world):
    refused = world.market.group("yahoo")["refused"]
    check(refused <= 0.05 * TICKERS, f"{refused} refused of {TICKERS}")
    return refused


def test_what_an_upstream_takes_at_once_is_learned_and_remembered(world):
    world.open_market("--latency", "0.1", "--tickers", str(TICKERS + 40), "--items",
                      str(TICKERS), "--enforce", "429", "--limits",
                      f"finviz=0,yahoo={ALLOWED}")
    world.market.symbols(world.dir / "symbols")
    world.configure({"catalyst": {"symbols_dir": world.dir / "symbols"},
                     "ingest": {"window_start": TICKERS},
                     "group yahoo": {"max_in_flight": MOST}})
    world.start_pipeline(enrichers=4)
    world.hear(TICKERS)
    world.check_complete(TICKERS)
    refused = few_refusals(world)
    check(refused > 0, "it had to be learned")
    check_equal(group(world, "yahoo")["refusals"], refused, "refusals in the stats")
    learned = world.wait_for(lambda: group(world, "yahoo")["learned"], "what it learned")
    check(ALLOWED - 2 <= learned <= ALLOWED + 1, f"learned {learned} of {ALLOWED}")
    world.stop("collector")
    world.start("collector")
    learned = group(world, "yahoo")["learned"]
    check(ALLOWED - 2 <= learned <= ALLOWED, f"remembered {learned} of {ALLOWED}")
