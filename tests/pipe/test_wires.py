"""What the wires, EDGAR and Nasdaq publish arrives with its title, ticker and time."""

import json

from harness import check, check_equal

MINUTE_MS = 60 * 1000

# As it is published, and the ticker, title and time that must be read.
STORIES = (
    {"feed": "globenewswire", "ticker": "HIMS", "age_s": 61,
     "title": "Hims & Hers Health Announces Contract Award of $48 Million",
     "summary": "today announced a contract award."},
    {"feed": "prnewswire", "ticker": None, "age_s": 61,
     "title": "Ocugen Announces Positive Topline Results from Phase 3 Trial",
     "summary": "Ocugen, Inc. (NASDAQ: OCGN) today announced positive topline results. "
                + "More is said than a teaser holds. " * 20},
    {"feed": "businesswire", "ticker": None, "age_s": 61,
     "title": "GameStop & Partner Enter Definitive Merger Agreement",
     "summary": "GameStop Corp. (NYSE: GME, “GameStop”) & a partner today announced a "
                "definitive merger agreement."},
    {"feed": "edgar", "ticker": "SAVA", "age_s": 61,
     "title": "Item 8.01: Other Events",
     "summary": "Item 9.01: Financial Statements and Exhibits",
     "release": "Cassava Sciences Announces Data\nCassava Sciences today announced."},
    {"feed": "edgar", "ticker": "ACB", "form": "424B5", "age_s": 61,
     "title": "Prospectus supplement", "release": "Aurora offers shares."},
)
TICKERS = ("HIMS", "OCGN", "GME", "SAVA", "ACB")


def units(world):
    return world.query("ingest.db", "SELECT * FROM unit")


def configure(world):
    world.configure({
        "ingest": {"cycle_regular_s": 1},
        "feed sec_424b5": {"url": f"{world.market.url}/cgi-bin/browse-edgar?type=424B5",
                           "kind": "filing"},
        "feed businesswire": {"url": f"{world.market.url}/feeds/businesswire.xml"},
        "feed nasdaq_halts": {"url": f"{world.market.url}/feeds/halts",
                              "kind": "halt", "every_s": 1}})


def test_each_wire_is_read_as_it_was_published(world):
    """And the halts that have stood for months are no news."""
    world.open_market("--latency", "0", "--items", "0")
    world.market.publish(list(STORIES))
    published_ms = world.market.judge()["now_wall_ms"] - 61000
    configure(world)
    world.start_pipeline(enrichers=1)
    world.hear(len(STORIES))
    read = {u["ticker"]: u for u in units(world)}
    check_equal(sorted(read), sorted(TICKERS), "tickers that were read")
    for story, ticker in zip(STORIES, TICKERS):
        unit = read[ticker]
        if story["feed"] != "edgar":  # a filing's title is made of form and company
            check_equal(unit["title"], story["title"], f"title of {ticker}")
        # GlobeNewswire's times have no seconds.
        slack = MINUTE_MS if story["feed"] == "globenewswire" else 2000
        check(abs(unit["published_ms"] - published_ms) <= slack,
              f"{ticker} was published at {published_ms}, read as"
              f" {unit['published_ms']}")
    world.check_books(len(STORIES))


def test_a_correction_says_in_every_alert_what_it_corrects(world):
    world.open_market("--latency", "0", "--items", "0")
    world.configure({"classifier": {"min_score": 0}})
    world.start_pipeline(enrichers=1)
    title = "Ocugen (NASDAQ: OCGN) Receives FDA Clearance for Its Pump"
    for n, told in enumerate((title, f"CORRECTION: {title}"), 1):
        world.market.publish([{"ticker": None, "title": told, "summary": ""}])
        world.poll_now()
        world.hear(n)
    world.settle_deliveries()
    first, second = sorted(units(world), key=lambda u: u["seen_ms"])
    words = f"correction of {first['item']}, {first['link']}"
    fields = {m["body"]["embeds"][0]["title"]: m["body"]["embeds"][0]["fields"]
              for m in world.market.messages()}
    check_equal(len(fields), 2, "messages at the webhook")
    check_equal([[f["value"] for f in fields[f"[OCGN] {u['title']}"]
                  if f["name"] == "Follows"] for u in (first, second)],
                [[], [words]], "what the embeds follow")
    lines = [json.loads(line) for line in
             (world.dir / "alerts.jsonl").read_text().splitlines()]
    told = {a["alert"]["title"]: (a["alert"]["follows"], a["alert"]["former"],
                                  words in a["text"]) for a in lines}
    check_equal(told, {first["title"]: ("", "", False),
                       second["title"]: ("correction", first["item"], True)},
                "what the lines follow")
    console = (world.dir / "alerter.out").read_text()
    check_equal(console.count(words), 1, "the console says it")


def test_a_filing_of_two_registrants_is_one(world):
    world.open_market("--latency", "0", "--items", "60")
    world.configure()
    world.start_pipeline(enrichers=1)
    world.hear(60)
    # Twenty filings; each sixth of them is listed once more, under its trust.
    check_equal(len({u["id"] for u in units(world)}), 60, "candidates")
    check_equal(len([u for u in units(world) if u["feed"] == "sec_8k"]), 20, "filings")
