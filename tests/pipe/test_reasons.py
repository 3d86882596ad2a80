"""Why an item was rejected, told by `catalyst explain`: the gate, and what it matched."""

from harness import check, check_equal

TITLE = "Gains FDA Clearance for Its Pump"


def explain_reject(world, limits, title=TITLE):
    """The verdict on one story under these limits of the classifier, and its lines."""
    world.open_market("--latency", "0", "--items", "1")
    world.configure({"classifier": {"min_score": 0, **limits}})
    world.start_pipeline(enrichers=1)
    world.hear(1)
    ticker = world.verdicts()[0]["ticker"]
    world.market.publish([{"feed": "globenewswire", "ticker": ticker, "title": title}])
    world.poll_now()
    world.hear(2)
    (row,) = [v for v in world.verdicts() if title in v["title"]]
    (story,) = [s for s in world.ask("explain", row["id"]) if s["id"] == row["id"]]
    lines = {e["name"]: e["text"] for e in story["verdict"]["evidence"]}
    check_equal(story["verdict"]["verdict"], "reject", "verdict")
    return story["verdict"]["reason"], lines


def check_reason(world, reason, words, limits, title=TITLE):
    told, lines = explain_reject(world, limits, title)
    check_equal(told, reason, "reason")
    for word in ("failed", *words):
        check(word in lines[reason], f"{reason}: {lines[reason]!r} names {word}")
    return lines


def test_category_names_what_was_shown(world):
    lines = check_reason(world, "category", ["fda"],
                         {"categories_allow": "uplisting"})
    check("clearance" in lines["keyword.fda"], f"the phrase: {lines['keyword.fda']}")


def test_sentiment_weak_names_both_figures(world):
    lines = check_reason(world, "sentiment_weak", ["0.99"], {"min_sent_abs": 0.99})
    check("clearance" in lines["sentiment"], f"the phrase: {lines['sentiment']}")


def test_score_low_names_both_figures(world):
    lines = check_reason(world, "score_low", ["50.00"], {"min_score": 50})
    check("clearance" in lines["keyword.fda"], f"the phrase: {lines['keyword.fda']}")


def test_price_ceiling_names_price_and_limit(world):
    check_reason(world, "price_ceiling", ["USD", "0.001"], {"price_ceiling": 0.001})


def test_price_floor_names_price_and_limit(world):
    check_reason(world, "price_floor", ["USD", "1e+06"], {"price_floor": 1000000})


def test_volume_low_names_volume_and_limit(world):
    check_reason(world, "volume_low", ["average volume", "100000000000"],
                 {"min_avg_volume": 100000000000})


def test_bad_news_names_what_makes_it_bad(world):
    world.open_market("--latency", "0", "--items", "1")
    world.configure({"classifier": {"min_score": 50}})
    world.start_pipeline(enrichers=1)
    world.hear(1)
    ticker = world.verdicts()[0]["ticker"]
    world.market.publish([{"feed": "globenewswire", "ticker": ticker,
                           "title": "Files for Chapter 11 Bankruptcy"}])
    world.poll_now()
    world.hear(2)
    (row,) = [v for v in world.verdicts() if "Chapter 11" in v["title"]]
    (story,) = [s for s in world.ask("explain", row["id"]) if s["id"] == row["id"]]
    check_equal(story["verdict"]["verdict"], "alert", "verdict")
    lines = {e["name"]: e["text"] for e in story["verdict"]["evidence"]}
    check("chapter 11" in lines["negative"] or "bankrupt" in lines["negative"],
          f"the note: {lines['negative']}")
    check("exempt" in lines["score_low"], f"the gate: {lines['score_low']}")
