"""Why ingest drops an item: explain names the reason, the rule and the text."""

from harness import check, check_equal

OLD_S = 7200
# What is published, the reason it is dropped for, and what explain shows of the rule and
# of the text that it matched.
DROPPED = (
    ("Alpha Works (NASDAQ: AAPL) Opens a Plant Long Ago", "stale",
     "first seen at most", "120 min old"),
    ("", "no_title_or_link", "a story has a title and a link", "no title"),
    ("A Town Celebrates its Harvest in Good Weather", "no_ticker",
     "no listed symbol is named", ""),
    ("Maple Mining (TSX: ZZQ) Drills Deep in the North", "no_ticker",
     "no United States listing is named", "ZZQ"),
    ("Beta Mining (OTC: BTMNG) Drills Deep in the North", "otc",
     "over the counter only", "OTC:BTMNG"),
    ("Gamma Units (NASDAQ: GAMMW) Begin Trading Today", "instrument",
     "warrant, by its ending", "GAMMW"),
    ("Gamma Holdings (NYSE: GAMM.WS) Redeems its Paper in Full", "instrument",
     "warrant, by its ending", "GAMM.WS"),
    ("Gamma Holdings (NYSE: GAM PR A) Pays on its Preferred Shares", "instrument",
     "preferred, by its ending", "GAM.PRA"),
    ("Delta Ferries (NYSE: DELTF) Orders Three Ships", "otc_foreign",
     "a foreign share over the counter", "DELTF"),
    ("ROSEN, A LAW FIRM, Encourages Investors of (NYSE: PFE) to Inquire", "noise_legal",
     "law firm solicits", "ROSEN"),
    ("Pfizer (NYSE: PFE) Is Not Aware of Any Reason for its Move", "non_substantive",
     "not aware of a reason", "Not Aware of Any"),
    ("Why Pfizer (NYSE: PFE) Stock Is Falling Today", "retrospective",
     "why it moved", "Why Pfizer"),
    ("Market Recap: Pfizer (NYSE: PFE) Leads", "summary_article",
     "digest", "Market Recap"),
    ("Pfizer (NYSE: PFE) Announces Date of Third Quarter Results", "calendar",
     "says when it will say something", "Announces Date"),
    ("Example Fund (NYSE: PFE) Declares a Monthly Distribution", "fund",
     "a fund's distribution or value", "Monthly Distribution"),
    ("Pfizer (NYSE: PFE) to Present at a Conference in Boston", "presentation",
     "will present or exhibit", "to Present at"),
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
                          for title, reason, _, _ in DROPPED])
    world.start("ingest")
    for title, reason, rule, matched in DROPPED:
        text, (story,) = explained(world, title)
        told = story["ingest"]
        check_equal(told["reason"], reason, f"reason of {title!r}")
        check(rule in told["rule"], f"{title}: the rule is {told['rule']!r}")
        check(matched in told["matched"], f"{title}: matched {told['matched']!r}")
        for word in (reason, told["rule"], told["matched"]):
            check(word in text, f"{title}: {word} is not in {text!r}")


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
