"""Headlines of every kind that is hard to judge, replayed one by one by the same code."""

import json
import pathlib

from harness import check_equal

TABLE = pathlib.Path("tests/fixtures/headlines/headlines.tsv")


def judged(world, title, number):
    """What a row of the table says: alert or the reason, tickers, sign of the score."""
    path = world.dir / "one.jsonl"
    path.write_text(json.dumps({"feed": "globenewswire", "title": title,
                                "link": f"https://www.globenewswire.com/{number}"}))
    done = world.ask("replay", str(path))
    if not done["list"]:
        (reason,) = done["rejected"]
        return reason, "-", "0"
    scores = {a["verdict"]["score"] for a in done["list"]}
    tickers = " ".join(sorted(a["ticker"] for a in done["list"]))
    return "alert", tickers, "+" if min(scores) > 0 else "-"


def test_each_headline_is_judged_as_a_trader_would(world):
    world.configure({})
    rows = [line.split("\t") for line in TABLE.read_text().splitlines()]
    wrong = [f"{title}: {told}, not {want}" for number, (*want, title) in enumerate(rows)
             if (told := judged(world, title, number)) != tuple(want)]
    check_equal(wrong, [], f"{len(rows)} headlines")
