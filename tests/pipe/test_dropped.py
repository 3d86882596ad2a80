"""Why ingest drops an item: explain names the reason, the rule and the text."""

from harness import check, check_equal

OLD_S = 7200
# What is published, the reason it is dropped for, and what explain shows of it.
DROPPED = (
    ("Alpha Works (NASDAQ: AAPL) Opens a Plant Long Ago", "stale", "min old"),
    ("A Town Celebrates its Harvest in Good Weather", "no_ticker", ""),
    ("Beta Mining (OTC: BTMNG) Drills Deep in the North", "otc", "OTC:BTMNG"),
    ("Gamma Units (NASDAQ: GAMMW) Begin Trading Today", "instrument", "GAMMW"),
    ("Delta Ferries (NYSE: DELTF) Orders Three Ships", "otc_foreign", "DELTF"),
    ("ROSEN, A LAW FIRM, Encourages Investors of (NYSE: PFE) to Inquire", "noise_legal",
     "ROSEN"),
    ("Pfizer (NYSE: PFE) Is Not Aware of Any Reason for its Move", "non_substantive",
     "Not Aware of Any"),
    ("Why Pfizer (NYSE: PFE) Stock Is Falling Today", "retrospective", "Why Pfizer"),
    ("Market Recap: Pfizer (NYSE: PFE) Leads", "summary_article", "Market Recap"),
    ("Pfizer (NYSE: PFE) Announces Date of Third Quarter Results", "calendar",
     "Announces Date"),
    ("Example Fund (NYSE: PFE) Declares a Monthly Distribution", "fund",
     "Monthly Distribution"),
    ("Pfizer (NYSE: PFE) to Present at a Conference in Boston", "presentation",
     "to Present at"),
)
TWICE = "Apple (NASDAQ: AAPL) Wins a Contract for Pumps in Ohio"


def explained(world, title):
    row = world.wait_for(
        lambda: world.query("ingest.db", "SELECT id FROM unit WHERE title = ? AND "
                            "state = 'rejected'", title), f"{title} is dropped")[0]
    done = world.catalyst("explain", row["id"])
    check_equal(done.returncode, 0, f"explain: {done.stderr}")
    return done.stdout, world.ask("explain", row["id"])


def test_each_reason_names_its_rule_and_its_text(world):
    world.open_market("--latency", "0")
    world.configure()
    world.market.publish([{"ticker": None, "title": title, "summary": "",
                           "age_s": OLD_S if reason == "stale" else 1}
                          for title, reason, _ in DROPPED])
    world.start("ingest")
    for title, reason, matched in DROPPED:
        text, _ = explained(world, title)
        check(reason in text, f"{title}: {reason} is not in {text!r}")
        check(matched.lower() in text.lower(), f"{title}: no {matched} in {text!r}")
        rule = world.query("ingest.db", "SELECT rule FROM unit WHERE title = ?", title)
        check(rule[0]["rule"] and rule[0]["rule"] in text, f"no rule in {text!r}")


def test_a_skipped_source_is_named(world):
    world.open_market("--latency", "0")
    world.configure({"ingest": {"skip_sources": "prnewswire"}})
    world.market.publish([{"ticker": None, "title": TWICE, "summary": "",
                           "feed": "prnewswire"}])
    world.start("ingest")
    text, _ = explained(world, TWICE)
    for word in ("skip_source", "ingest.skip_sources", "prnewswire"):
        check(word in text, f"{word} is not in {text!r}")


def test_the_second_wire_names_the_first_and_a_correction_what_it_corrects(world):
    world.open_market("--latency", "0")
    world.configure()
    world.start("ingest")
    for title, feed in ((TWICE, "globenewswire"), (TWICE.upper(), "prnewswire"),
                        (f"CORRECTION: {TWICE}", "prnewswire")):
        world.market.publish([{"ticker": None, "title": title, "summary": "",
                               "feed": feed}])
        world.poll_now()
        world.wait_for(lambda t=title: world.query(
            "ingest.db", "SELECT id FROM unit WHERE title = ?", t), f"{title} is judged")
    rows = {r["title"]: r for r in world.query("ingest.db", "SELECT * FROM unit")}
    first = rows[TWICE]["item"]
    text, _ = explained(world, TWICE.upper())
    check("same_story" in text and first in text, f"the second says {text!r}")
    correction = rows[f"CORRECTION: {TWICE}"]
    check_equal((correction["state"] != "rejected", correction["rule"],
                 correction["matched"]), (True, "correction", first), "the correction")
