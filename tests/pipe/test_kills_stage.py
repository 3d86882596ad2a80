"""kill -9 of every stage in the middle of a cycle, under supervisord."""

import os
import random
import signal

from harness import Failure, check_equal

BATCH = 11
STAGES = ("ingest", "collector", "classifier", "alerter")
KILLS = int(os.environ.get("KILLS") or 12)  # of the storm; a release run takes 1000
SEED = int(os.environ.get("SEED") or 1)


def supervise(world):
    world.open_market("--latency", "0.2", "--items", str(BATCH), "--tickers", "2000")
    world.market.symbols(world.dir / "symbols")
    world.configure({"catalyst": {"symbols_dir": world.dir / "symbols"},
                     "enricher": {"count": 2}, "ingest": {"resend_s": 5}})
    world.up(enrichers=2)
    world.hear(BATCH)


def one_more_batch(world, n):
    """Stories are out and their first requests are at the upstreams."""
    world.market.publish(BATCH)
    world.poll_now()
    world.wait_for(lambda: world.market.in_flight() > 0 or world.count_done() >= n,
                   "requests are in flight")


def check_nothing_lost(world, n):
    world.hear(n)
    world.settle_deliveries()
    world.check_books(n)
    world.check_told()


def test_each_in_turn_and_the_books_balance(world):
    supervise(world)
    n = BATCH
    for stage in STAGES:
        n += BATCH
        one_more_batch(world, n)
        if stage in ("classifier", "alerter"):
            world.wait_for(lambda n=n: len(world.verdicts()) > n - BATCH,
                           "the first verdicts of the batch")
        world.kill_supervised(stage)
        check_nothing_lost(world, n)


def test_all_at_once_and_the_books_balance(world):
    supervise(world)
    one_more_batch(world, 2 * BATCH)
    for stage in reversed(STAGES):
        world.kill_supervised(stage)
    check_nothing_lost(world, 2 * BATCH)


def test_down_in_mid_cycle_and_up_again_loses_nothing(world):
    supervise(world)
    one_more_batch(world, 2 * BATCH)
    check_equal(world.catalyst("down", ceiling_s=150).returncode, 0, "catalyst down")
    world.wait_for(lambda: not world.left_behind(), "every process is gone")
    world.up(enrichers=2)
    check_nothing_lost(world, 2 * BATCH)


def kill_an_enricher(world):
    """One that is known now; its slot is filled again."""
    crew = world.wait_for(lambda: world.stats()["enrichers"], "an enricher is there")
    os.kill(crew[0]["pid"], signal.SIGKILL)


def test_a_storm_of_kills_loses_nothing(world):
    supervise(world)
    dice, n = random.Random(SEED), BATCH
    for _ in range(KILLS):
        n += BATCH
        one_more_batch(world, n)
        victim = dice.choice((*STAGES, "enricher"))
        if victim == "enricher":
            kill_an_enricher(world)
        else:
            world.kill_supervised(victim)
    try:
        check_nothing_lost(world, n)
    except Failure as failure:
        raise Failure(f"{failure} (KILLS={KILLS} SEED={SEED})") from None
    for group in ("finviz", "yahoo"):
        check_equal(world.market.group(group)["violations"], 0, f"over {group}'s limit")
