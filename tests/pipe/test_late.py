"""What comes late revises what went on without it; nothing is sent twice."""

import os
import signal

from harness import check, check_equal

ITEMS = 10


def test_a_late_document_edits_the_alert_in_place(world):
    world.open_market("--latency", "0", "--items", str(ITEMS), "--faults",
                      "/yahoo/v8/:slow=4:1.0")
    world.configure({"collector": {"deadline_ms": 500, "late_ms": 60000}})
    world.start_pipeline(enrichers=1)
    world.wait_for(lambda: len(world.verdicts()) == ITEMS, "verdicts without charts")
    check_equal(world.count_done(), 0, "candidates done while more may come")
    world.hear(ITEMS)
    world.check_complete(ITEMS)
    world.settle_deliveries()
    world.check_told()
    world.wait_for(lambda: any(m["edits"] for m in world.market.messages()),
                   "messages are edited")
    for message in world.market.messages():
        if message["edits"]:
            check(message["body"] != message["first_body"], "an edit changes something")
    for verdict in world.verdicts():
        counted = {e["name"] for e in world.explained(verdict)["evidence"]}
        check("vwap" in counted, f"what came late is scored: {sorted(counted)}")
    world.check_books(ITEMS)


def test_a_hung_enricher_loses_its_leases_and_nothing_else(world):
    world.open_market("--latency", "0.5", "--items", str(ITEMS))
    world.configure({"collector": {"lease_ms": 2000}})
    world.start_pipeline(enrichers=2)
    (hung,) = world.wait_for(lambda: world.busiest(1), "an enricher holds leases")
    os.kill(world.processes[hung].pid, signal.SIGSTOP)
    world.hear(ITEMS)
    world.check_complete(ITEMS)
    world.wait_for(lambda: world.log("collector", "LEASE-EXPIRED"),
                   "the collector says whose lease ran out")
    check_equal(world.processes[hung].wait(timeout=60), -signal.SIGKILL,
                "how the hung one ended")


def test_an_enricher_that_drains_finishes_what_it_holds(world):
    world.open_market("--latency", "0.3", "--items", str(ITEMS))
    world.configure()
    world.start_pipeline(enrichers=2)
    (leaving,) = world.wait_for(lambda: world.busiest(1), "an enricher holds leases")
    check_equal(world.stop(leaving), 0, f"exit code of {leaving}")
    world.hear(ITEMS)
    world.check_complete(ITEMS)
    for group in ("finviz", "yahoo"):
        check_equal(world.market.group(group)["closed"], 0, f"broken off at {group}")
        check_equal(world.market.group(group)["repeats"], 0, f"asked twice at {group}")


def test_a_collector_that_restarts_asks_nothing_twice(world):
    world.open_market("--latency", "0.4", "--items", str(ITEMS))
    world.configure()
    world.start_pipeline(enrichers=2, ingest=False)
    epoch = world.stats()["epoch"]
    world.start("ingest")
    world.wait_for(lambda: world.market.group("yahoo")["requests"] == ITEMS,
                   "every chart is asked for")
    world.kill("collector")
    world.start("collector")
    world.hear(ITEMS)
    world.check_complete(ITEMS)
    world.check_books(ITEMS)
    check(world.stats()["epoch"] > epoch, "the epoch counts up")
    for group in ("finviz", "yahoo"):
        check_equal(world.market.group(group)["repeats"], 0, f"asked twice at {group}")


def test_a_paused_group_waits_for_the_operator(world):
    world.open_market("--latency", "0", "--items", str(ITEMS))
    world.configure()
    world.start_pipeline(enrichers=1, ingest=False)
    check_equal(world.catalyst("pause", "yahoo").returncode, 0, "pause yahoo")
    world.start("ingest")
    world.wait_for(lambda: world.market.group("finviz")["requests"] > 0
                   and world.market.group("finviz")["in_flight"] == 0,
                   "finviz is asked all the same")
    check_equal(world.market.group("yahoo")["requests"], 0, "requests at yahoo")
    check_equal(world.count_done(), 0, "candidates done without charts")
    yahoo = {g["name"]: g for g in world.stats()["groups"]}["yahoo"]
    check_equal(yahoo["why"], "paused by operator", "why yahoo waits")
    check_equal(world.catalyst("resume", "yahoo").returncode, 0, "resume yahoo")
    world.hear(ITEMS)
    world.check_complete(ITEMS)


def test_nobody_notices_that_the_monitor_is_gone(world):
    world.open_market("--latency", "0.1", "--items", str(ITEMS))
    world.configure()
    world.start_pipeline(enrichers=1, monitor=True)
    world.kill("monitor")
    world.hear(ITEMS)
    world.check_complete(ITEMS)
