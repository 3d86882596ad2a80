"""Outside the regular session bars carry no volume: nothing is asked for it."""

from harness import check_equal

NIGHT_H, WEEK_H = 14, 7 * 24


def at(world, hours):
    """The whole world some hours after Wednesday 10:30 in New York."""
    world.offset_s += int(hours * 3600)
    world.open_market("--latency", "0", "--items", "10")
    world.configure({"ingest": {"cycle_closed_s": 3600, "cycle_extended_s": 3600}})
    world.start_pipeline(enrichers=1)
    world.hear(10)
    return [world.metrics(v) for v in world.verdicts()]


def check_volume_is_empty(world, hours):
    for metrics in at(world, hours):
        check_equal((metrics["vwap"], metrics["rvol"]), ("empty", "empty"),
                    "vwap and rvol")
        check_equal((metrics["float"], metrics["price"]), ("ok", "ok"),
                    "float and price")
    world.check_books(10)


def test_at_night_vwap_and_rvol_are_empty(world):
    check_volume_is_empty(world, NIGHT_H)


def test_before_the_open_they_are_empty(world):
    check_volume_is_empty(world, -2)


def test_on_a_holiday_they_are_empty(world):
    check_volume_is_empty(world, 8 * 24)  # Thanksgiving, Thursday 2026-11-26


def test_a_week_later_they_are_there(world):
    for metrics in at(world, WEEK_H - 1 + 0.5):
        check_equal(set(metrics.values()), {"ok"}, "metrics")
