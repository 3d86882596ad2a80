"""kill -9 of every stage in the middle of a cycle, under supervisord."""

from harness import check_equal

BATCH = 11


def supervise(world):
    world.open_market("--latency", "0.2", "--items", str(BATCH), "--tickers", "60")
    world.configure({"enricher": {"count": 2}, "ingest": {"resend_s": 5}})
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
    check_equal(len(world.verdicts()), n, "verdicts")
    world.check_books(n)
    world.check_told()


def test_each_in_turn_and_the_books_balance(world):
    supervise(world)
    n = BATCH
    for stage in ("ingest", "collector", "classifier", "alerter"):
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
    for stage in ("alerter", "classifier", "collector", "ingest"):
        world.kill_supervised(stage)
    check_nothing_lost(world, 2 * BATCH)


def test_down_in_mid_cycle_and_up_again_loses_nothing(world):
    supervise(world)
    one_more_batch(world, 2 * BATCH)
    check_equal(world.catalyst("down", ceiling_s=150).returncode, 0, "catalyst down")
    world.wait_for(lambda: not world.left_behind(), "every process is gone")
    world.up(enrichers=2)
    check_nothing_lost(world, 2 * BATCH)
