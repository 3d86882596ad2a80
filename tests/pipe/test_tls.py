"""The upstreams as they are met outside: over TLS, by servers that speak HTTP/2 too, and
through a network that loses connections."""

from front import Front
from harness import check, check_equal

ITEMS = 50


def begin(world, latency, *options):
    world.open_market("--latency", latency, "--items", str(ITEMS), *options)
    front = Front(world)
    # Twice as long as they take: what hangs has ended at the upstream by then.
    world.configure({"collector": {"deadline_ms": 10000, "lease_ms": 8000},
                     "source finviz-screener": {"timeout_ms": 6000},
                     "source yahoo-chart": {"timeout_ms": 1500}})
    world.start_pipeline(enrichers=2)
    return front


def await_charts(world):
    world.wait_for(lambda: world.market.group("yahoo")["in_flight"] == 15,
                   "all permits of yahoo are out")


def end(world, front):
    """Every candidate is answered and every alert told once, with no limit broken."""
    world.hear(ITEMS)
    world.settle_deliveries()
    world.check_books(ITEMS)
    world.check_told()
    for name, group in world.market.judge()["groups"].items():
        check_equal(group["violations"], 0, f"violations at {name}")
    check_equal({asked.protocol for asked in front.asked()}, {"http/1.1"}, "protocols")
    front.close()
    front.network.close()


def test_fifty_candidates_cost_53_requests_over_kept_connections(world):
    front = begin(world, "0.2")
    end(world, front)
    world.check_complete(ITEMS)
    groups = world.market.judge()["groups"]
    check_equal((groups["finviz"]["requests"], groups["yahoo"]["requests"]), (3, 50),
                "requests at finviz and yahoo")
    connections = {asked.port for asked in front.asked()}
    check(len(connections) < len(front.asked()),
          f"{len(connections)} connections for {len(front.asked())} requests")


def test_what_falls_silent_costs_its_own_requests_and_no_other(world):
    """All connections that are open are lost, with what is on its way on them and with
    the one request that is sent into a silent one.  It would be all of them if requests
    shared connections."""
    front = begin(world, "1.0")
    await_charts(world)
    cut = front.network.cut()
    end(world, front)
    missing = [v for v in world.verdicts() if world.metrics(v)["vwap"] != "ok"]
    check(len(missing) <= cut < ITEMS, f"{len(missing)} charts are missing, {cut} cut")


def test_a_server_that_breaks_off_loses_nothing(world):
    front = begin(world, "1.0")
    await_charts(world)
    front.close()
    front.open()
    end(world, front)
