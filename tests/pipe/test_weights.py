"""The file of weights is in force as soon as it is written, and never a bad one."""

import os
import signal

from harness import check, check_equal


def hashes(world):
    return [row["hash"] for row in world.log("classifier", "WEIGHTS")]


def start(world):
    path = world.dir / "weights.conf"
    path.write_text("category.fda = 1.5\n")
    world.open_market("--latency", "0", "--items", "1")
    world.configure({"classifier": {"weights": path, "min_score": 0}})
    world.start_pipeline(enrichers=1)
    world.hear(1)
    return path


def judge(world, title, n):
    """The evidence of a new story, by the name of its line."""
    ticker = world.verdicts()[0]["ticker"]
    world.market.publish([{"feed": "globenewswire", "ticker": ticker, "title": title}])
    world.poll_now()
    world.hear(n)
    (row,) = [v for v in world.verdicts() if title in v["title"]]
    (story,) = [s for s in world.ask("explain", row["id"]) if s["id"] == row["id"]]
    return {e["name"]: e["value"] for e in story["verdict"]["evidence"]}


def test_a_changed_file_scores_the_next_item(world):
    path = start(world)
    check_equal(judge(world, "Gains FDA Clearance for Its Pump", 2)["keyword.fda"], 1.5,
                "weight at the start")
    path.write_text("category.fda = 4.5\n")
    world.wait_for(lambda: len(hashes(world)) == 1, "the new weights are in force")
    check_equal(judge(world, "Gains FDA Clearance for Its Valve", 3)["keyword.fda"], 4.5,
                "weight after the change")


def test_a_file_that_takes_its_place_counts_too(world):
    path = start(world)
    fresh = world.dir / "fresh.conf"
    fresh.write_text("category.fda = 3.5\n")
    os.replace(fresh, path)
    world.wait_for(lambda: len(hashes(world)) == 1, "the new weights are in force")


def test_a_bad_file_changes_nothing(world):
    path = start(world)
    path.write_text("category.fda = 99\n")
    (bad,) = world.wait_for(lambda: world.log("classifier", "WEIGHTS-BAD"),
                            "the bad file is refused")
    check("category.fda" in bad["why"] and "line 1" in bad["why"], f"why: {bad}")
    check_equal(hashes(world), [], "weights taken")
    check_equal(judge(world, "Gains FDA Clearance for Its Pump", 2)["keyword.fda"], 1.5,
                "weight after the bad file")


def test_a_signal_reloads_them(world):
    start(world)
    world.processes["classifier"].send_signal(signal.SIGHUP)
    world.wait_for(lambda: len(hashes(world)) == 1, "the weights are read again")
