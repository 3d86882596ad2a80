"""catalyst record and replay: what came in, judged again by the same code."""

import json
import re

from harness import check, check_equal

TITLES = ["{} (NASDAQ: {}) wins FDA approval for its device",
          "{} (NASDAQ: {}) prices public offering of common stock",
          "{} (NASDAQ: {}) opens a plant"]
LAW = "Lead plaintiff deadline: law firm reminds {} (NASDAQ: {}) investors of class action"


def week(world):
    """A few stories through the pipeline, and what `record` says of them, in a file."""
    listed = json.loads(world.market.call("/symbols/company_tickers.json"))
    companies = [(c["title"], c["ticker"]) for c in listed.values()][:12]
    stories = [{"feed": "globenewswire", "ticker": ticker,
                "title": TITLES[i % 3].format(name, ticker)}
               for i, (name, ticker) in enumerate(companies)]
    stories += [{"feed": "prnewswire", "ticker": ticker,
                 "title": LAW.format(name, ticker)} for name, ticker in companies[:3]]
    world.market.publish(stories)
    world.start_pipeline(enrichers=2)
    world.hear(12)
    recorded = world.catalyst("record")
    check_equal(recorded.returncode, 0, "record")
    path = world.dir / "week.jsonl"
    path.write_text(recorded.stdout)
    return path, [json.loads(line) for line in recorded.stdout.splitlines()]


def open_world(world):
    world.open_market("--latency", "0.05", "--items", "0")
    world.market.symbols(world.dir / "symbols")
    world.configure({"catalyst": {"symbols_dir": world.dir / "symbols"}})


def test_a_recording_gives_the_alerts_that_were_sent(world):
    open_world(world)
    path, lines = week(world)
    check_equal(len(lines), 15, "items recorded")
    check_equal(sorted(len(line["metrics"]) for line in lines), [0] * 3 + [1] * 12,
                "tickers with metrics")
    sent = {v["id"]: v["score"] for v in world.verdicts() if v["verdict"] == "alert"}
    check(len(sent) >= 2, f"some of it alerts: {len(sent)}")
    world.stop("collector")  # nothing else is needed
    again = world.ask("replay", str(path))
    check_equal({a["id"]: a["verdict"]["score"] for a in again["list"]}, sent,
                "alerts and their scores")
    check_equal((again["lines"], again["bad"], again["candidates"]), (15, 0, 12), "counts")
    check_equal(again["rejected"]["noise_legal"], 3, "ingest's rejects")


def test_two_weight_files_are_told_apart(world):
    open_world(world)
    path, _ = week(world)
    old, new = world.dir / "old.conf", world.dir / "new.conf"
    example = world.catalyst("weights").stdout
    old.write_text(example)
    new.write_text(re.sub(r"(?m)^(category\.fda|sentiment) = .*$", r"\1 = 0", example))
    same = world.ask("replay", "--diff", str(path), str(old), str(old))
    check_equal((same["changes"], same["changed"]), ([], 0), "the same file twice")
    diff = world.ask("replay", "--diff", str(path), str(old), str(new))
    check(diff["changed"] == len(diff["changes"]) > 0, "some are judged otherwise")
    for change in diff["changes"]:
        check("FDA" in change["title"], f"only what the weight is of: {change['title']}")
        check_equal((change["verdict"]["verdict"], change["other"]["verdict"]),
                    ("alert", "reject"), "before and after")


def test_lines_by_hand_may_ask_for_metrics_now(world):
    open_world(world)
    world.start_pipeline(enrichers=2, ingest=False)
    path = world.dir / "hand.jsonl"
    path.write_text('{"title": "Apple (NASDAQ: AAPL) wins FDA approval", '
                    '"link": "https://w.example/1"}\n{"title": 7}\nnonsense\n')
    done = world.catalyst("replay", "--live", "--json", str(path))
    check_equal(done.returncode, 1, "exit code with lines that cannot be read")
    check("hand.jsonl:2: title: want text" in done.stderr, f"place: {done.stderr}")
    check("hand.jsonl:3: " in done.stderr, f"place: {done.stderr}")
    (alert,) = json.loads(done.stdout)["list"]
    names = {e["name"] for e in alert["verdict"]["evidence"]}
    check("rvol" in names, f"the metrics were asked for and counted: {sorted(names)}")
