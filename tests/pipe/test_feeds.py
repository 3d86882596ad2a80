"""Feeds as they fail in life: elsewhere, refused, empty, away, and back again."""

import subprocess

from harness import BIN, check, check_equal
from wire import Wire, atom, certificate, filing, halt, rss, story, tls

BODY = "Apple (NASDAQ: AAPL) Wins a Contract, number {}"


def feeds(world, every_s=1, **rows):
    """Only these feeds, asked each second; ingest alone runs."""
    changes = {f"feed {name}": keys for name, keys in rows.items()}
    changes["ingest"] = {"cycle_regular_s": every_s}
    world.configure(changes)
    world.launch("ingest")


def state(world, name):
    (feed,) = [f for f in world.stats()["stages"]["ingest"]["feeds"] if f["name"] == name]
    return feed


def wait_line(world, line_id, **fields):
    def seen():
        return [row for row in world.log("ingest", line_id)
                if all(row.get(k) == str(v) for k, v in fields.items())]
    return world.wait_for(seen, f"{line_id} {fields}")


def items(world, like="%"):
    return [row["item"] for row in
            world.query("ingest.db", "SELECT DISTINCT item FROM unit WHERE item LIKE ?1",
                        like)]


def test_without_a_network_each_source_says_so_and_ingest_stays(world):
    with Wire() as gone:
        url = gone.url
    feeds(world, one={"url": f"{url}/one"}, two={"url": f"{url}/two"})
    for name in ("one", "two"):
        wait_line(world, "FEED-DOWN", feed=name)
        check("onnect" in state(world, name)["why"], "the reason is named")
    told = world.catalyst("check").stdout
    check("one" in told and "two" in told and "down" in told, f"check says it: {told}")
    check(world.processes["ingest"].poll() is None, "ingest stays up")


def test_the_shipped_feeds_without_a_network_are_named_one_by_one(world):
    world.conf_path.write_text(f"[catalyst]\nrun_dir = {world.run}\n"
                               f"data_dir = {world.data}\n[ingest]\n"
                               "cycle_closed_s = 1\ncycle_extended_s = 1\n"
                               "cycle_regular_s = 1\n[monitor]\nlisten =\n")
    alone = ["unshare", "-Urn", f"{BIN}/catalyst-ingest", "-c", str(world.conf_path)]
    if subprocess.run([*alone[:2], "true"], capture_output=True, check=False).returncode:
        print("       (skipped: no network name space may be made here)")
        return
    world.spawn("ingest", alone)
    for name in ("globenewswire", "prnewswire"):
        wait_line(world, "FEED-DOWN", feed=name)
    wait_line(world, "FEED-FAIL", feed="nasdaq_halts")  # once a minute, as it asks
    check_equal(world.log("ingest", "EDGAR-SKIPPED")[0]["feeds"], "5", "EDGAR's feeds")
    feeds_by_name = {f["name"]: f["health"]
                     for f in world.stats()["stages"]["ingest"]["feeds"]}
    check_equal(feeds_by_name, {
        "globenewswire": "down", "prnewswire": "down", "nasdaq_halts": "failing",
        "sec_8k": "off", "sec_424b5": "off", "sec_fwp": "off", "sec_13d": "off",
        "sec_13g": "off"}, "the shipped feeds")
    check(world.processes["ingest"].poll() is None, "ingest stays up")


def test_a_market_that_starts_late_and_goes_and_comes_is_heard(world):
    world.open_market("--latency", "0", "--items", "5")
    port = world.market.url.rsplit(":", 1)[1]
    check_equal(world.stop("market"), 0, "exit code of the market")
    world.configure({"ingest": {"cycle_regular_s": 1}})
    world.start_pipeline(enrichers=1)
    for _ in range(2):
        for name in ("globenewswire", "prnewswire", "sec_8k"):
            before = len(world.log("ingest", "FEED-UP"))
            wait_line(world, "FEED-DOWN", feed=name)
        world.open_market("--latency", "0", "--items", "5", "--listen",
                          f"127.0.0.1:{port}")
        world.wait_for(lambda b=before: len(world.log("ingest", "FEED-UP")) >= b + 3,
                       "every feed is up again")
        world.hear(5)
        downs = len(world.log("ingest", "FEED-DOWN"))
        check_equal(world.stop("market"), 0, "exit code of the market")
        world.wait_for(lambda d=downs: len(world.log("ingest", "FEED-DOWN")) >= d + 3,
                       "every feed is down again")
    world.market = None


def test_the_next_address_is_tried_and_the_first_one_is_tried_again(world):
    with Wire() as wire:
        wire.answers["/old"] = (301, "", {"Location": "/moved"})
        wire.answers["/new"] = (200, rss(story(world, 1, BODY.format(1))))
        feeds(world, wire={"url": f"{wire.url}/old",
                           "alternatives": f"{wire.url}/none {wire.url}/new"})
        wait_line(world, "FEED-OK", feed="wire", new=1)
        check_equal(state(world, "wire")["health"], "ok", "health")
        check_equal(state(world, "wire")["url"], f"{wire.url}/new", "address in use")
        wire.answers["/moved"] = (200, rss(story(world, 1, BODY.format(1)),
                                           story(world, 2, BODY.format(2))))
        world.wait_for(lambda: state(world, "wire")["url"] == f"{wire.url}/old",
                       "the first address is asked again and serves")
        check_equal(len(items(world)), 2, "items")


def test_a_redirect_that_leads_nowhere_is_asked_again_at_once(world):
    with Wire() as wire:
        good = (200, rss(story(world, 1, BODY.format(1))))
        wire.answers["/rss/list"] = [(301, "", {"Location": "/rss/"}), good]
        feeds(world, every_s=3600, wire={"url": f"{wire.url}/rss/list"})
        wait_line(world, "FEED-OK", feed="wire", new=1)
        check_equal([path for path, _ in wire.asked], ["/rss/list", "/rss/", "/rss/list"],
                    "requests")
        check_equal(world.log("ingest", "FEED-FAIL"), [], "no failure")


def test_a_page_that_refuses_is_named_and_left_alone(world):
    page = "<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head>"
    with Wire() as wire:
        wire.answers["/busy"] = (503, page, {"Content-Type": "text/html"})
        wire.answers["/wait"] = (429, "", {"Retry-After": "3000"})
        wire.answers["/page"] = (200, page, {"Content-Type": "text/html"})
        feeds(world, busy={"url": f"{wire.url}/busy"}, wait={"url": f"{wire.url}/wait"},
              page={"url": f"{wire.url}/page"})
        wait_line(world, "FEED-DOWN", feed="busy",
                  why='HTTP 503 "SEC.gov | Request Rate Threshold Exceeded"')
        wait_line(world, "FEED-DOWN", feed="page")
        check_equal(wire.count("/wait"), 1, "one that asked to wait is asked once")


def test_halts_of_the_first_poll_are_silent_and_later_ones_are_not(world):
    with Wire() as wire:
        wire.answers["/halts"] = (200, rss(halt("IBM", "10:00:00")))
        feeds(world, halts={"url": f"{wire.url}/halts", "kind": "halt"})
        wait_line(world, "FEED-OK", feed="halts", new=1)
        wire.answers["/halts"] = (200, rss(halt("AAPL", "10:25:00"),
                                           halt("IBM", "10:00:00")))
        wait_line(world, "ITEM-NEW", ticker="AAPL")
        wire.answers["/halts"] = (200, rss(halt("AAPL", "10:25:00", "10:35:00"),
                                           halt("IBM", "10:00:00")))
        world.wait_for(lambda: len(items(world)) == 2, "the resumption is news too")
        first, second = sorted(items(world))
        check_equal(second, f"{first}>1118103500", "the same halt, resumed")
        check_equal(first, "h:AAPL-11/18/2026-10:25:00.163-LUDP", "identity")


def test_edgar_is_read_on_page_by_page_to_what_was_seen(world):
    path = "/edgar?start={}&count=3"
    with Wire() as wire:
        def list_of(numbers):
            rows = [filing(n, f"10:{n:02}:00") for n in sorted(numbers, reverse=True)]
            for start in range(0, 12, 3):
                wire.answers[path.format(start)] = (200, atom(*rows[start:start + 3]))

        list_of(range(5))
        feeds(world, sec={"url": wire.url + path.format(0), "kind": "filing"})
        wait_line(world, "FEED-OK", feed="sec", new=3)
        check_equal(wire.count(path.format(3)), 0, "the first poll reads one page")
        list_of(range(10))
        world.wait_for(lambda: len(items(world)) == 8, "all that came between is read")
        check_equal(wire.count(path.format(3)), 1, "second page")
        check_equal(wire.count(path.format(6)), 0, "no third: the second reached it")
        check_equal(wire.connections, 1, "connections for all of it")
        agents = {headers["User-Agent"] for _, headers in wire.asked}
        check(all("a b@example.org" in agent for agent in agents), f"contact: {agents}")


def test_a_burst_of_filings_and_a_halt_go_all_the_way(world):
    world.open_market("--latency", "0", "--items", "6")
    url = world.market.url
    listing = f"{url}/cgi-bin/browse-edgar?action=getcurrent&type=8-K&start=0&count=20"
    world.configure({
        "ingest": {"cycle_regular_s": 1}, "feed globenewswire": None,
        "feed prnewswire": None, "feed sec_8k": {"url": listing},
        "feed nasdaq_halts": {"url": f"{url}/feeds/halts", "every_s": 0}})
    world.start_pipeline(enrichers=1)
    for name in ("sec_8k", "nasdaq_halts"):
        wait_line(world, "FEED-OK", feed=name, status="ok")
    check_equal(items(world, "h:%"), [], "open halts are silent")
    world.market.publish([{"title": f"Results of quarter {n}", "summary": "Record.",
                           "ticker": "AAPL", "feed": "edgar", "age_s": 0}
                          for n in range(50)])
    world.market.post("/control/halt?ticker=GME&code=LUDP")
    world.wait_for(lambda: len(items(world, "sec:%")) >= 50, "each filing is read")
    check(world.counters("ingest")["pages_total"] >= 2, "from more than one page")
    world.wait_for(lambda: len(items(world, "h:GME%")) == 1, "the halt is news")
    world.market.post("/control/halt?ticker=GME&resume=300")
    world.wait_for(lambda: len(items(world, "h:GME%>%")) == 1, "so is its end")
    world.wait_for(lambda: world.count_units("waiting", "out") == 0, "all are done")
    told = [v for v in world.verdicts() if v["item"].startswith("h:GME")]
    check_equal(len(told), 2, "verdicts of the halt")


def test_a_feed_that_lost_its_items_is_empty_not_well(world):
    with Wire() as wire:
        wire.answers["/rss"] = (200, rss(story(world, 1, BODY.format(1))))
        feeds(world, wire={"url": f"{wire.url}/rss"})
        wait_line(world, "FEED-OK", feed="wire", new=1)
        wire.answers["/rss"] = (200, rss())
        wait_line(world, "FEED-EMPTY", feed="wire")
        world.wait_for(lambda: state(world, "wire")["health"] == "empty", "it is shown")
        check("empty" in world.catalyst("stats").stdout, "the table says so")
        check_equal(world.counters("ingest")["feeds_empty"], 1, "gauge")
        wire.answers["/rss"] = (200, rss(story(world, 2, BODY.format(2))))
        wait_line(world, "FEED-FILLED", feed="wire")
        world.wait_for(lambda: state(world, "wire")["health"] == "ok", "it is well again")


def test_a_drip_ends_at_the_limit_of_the_whole(world):
    with Wire() as wire:
        wire.answers["/drip"] = ("drip", "x")
        wire.answers["/good"] = (200, rss(story(world, 1, BODY.format(1))))
        world.configure({"ingest": {"cycle_regular_s": 1, "feed_timeout_ms": 500},
                         "feed drip": {"url": f"{wire.url}/drip"},
                         "feed good": {"url": f"{wire.url}/good"}})
        world.launch("ingest")
        wait_line(world, "FEED-FAIL", feed="drip", status="timeout")
        wait_line(world, "FEED-OK", feed="good", new=1)
        check(wire.left.wait(60), "the dripping connection is closed")


def test_edgar_is_not_asked_without_a_contact_and_the_rest_is(world):
    with Wire() as wire:
        wire.answers["/good"] = (200, rss(story(world, 1, BODY.format(1))))
        world.configure({"ingest": {"cycle_regular_s": 1},
                         "catalyst": {"edgar_contact": None},
                         "feed sec": {"url": "https://www.sec.gov/x", "kind": "filing"},
                         "feed good": {"url": f"{wire.url}/good"}})
        world.launch("ingest")
        wait_line(world, "FEED-OK", feed="good", new=1)
        check_equal(len(world.log("ingest", "EDGAR-SKIPPED")), 1, "one line")
        check_equal(state(world, "sec")["health"], "off", "health")
        check("edgar_contact" in world.catalyst("check").stdout, "catalyst check says it")


# ---- TLS ------------------------------------------------------------------------------

def test_a_known_certificate_is_trusted_and_http_1_is_spoken(world):
    pem = certificate(world.dir, "known")
    world.environment = {"SSL_CERT_FILE": str(pem)}
    for context in (tls(pem), tls(pem, "h2", "http/1.1")):
        with Wire(context) as wire:
            wire.answers["/rss"] = (200, rss(story(world, 1, BODY.format(1))))
            feeds(world, wire={"url": f"{wire.url}/rss"})
            world.wait_for(lambda w=wire: w.asked, "a request came over TLS")
            wait_line(world, "FEED-OK", feed="wire", status="ok")
            check_equal(world.stop("ingest"), 0, "exit code")
    check_equal(wire.protocols[0], "http/1.1", "agreed on")


def test_an_unknown_certificate_is_refused_with_the_reason(world):
    with Wire(tls(certificate(world.dir, "unknown"))) as wire:
        wire.answers["/rss"] = (200, rss(story(world, 1, BODY.format(1))))
        feeds(world, wire={"url": f"{wire.url}/rss"})
        wait_line(world, "FEED-DOWN", feed="wire")
        check("certificate" in state(world, "wire")["why"], state(world, "wire")["why"])
        check_equal(wire.asked, [], "not a byte of a request was told")


def test_what_was_taken_is_safe_on_the_disk(world):
    world.open_market("--latency", "0", "--items", "6")
    world.configure()
    world.start_pipeline(enrichers=1)
    world.hear(6)
    world.wait_for(lambda: world.counters("ingest")["answers_synced_total"] == 3,
                   "what each of the three feeds brought is waited for")


def test_a_body_that_ended_ingest_twice_is_left_unread_until_it_changes(world):
    with Wire() as wire:
        body = rss(story(world, 1, BODY.format(1)))
        wire.answers["/first"] = (200, body)
        feeds(world, first={"url": f"{wire.url}/first"})
        wait_line(world, "FEED-OK", feed="first", new=1)
        world.kill("ingest")
        (row,) = world.query("ingest.db", "SELECT body_hash FROM feed")

        def after_a_crash(times):
            line = f"{'second':<31} {row['body_hash']}\n"  # what reading it leaves behind
            (world.data / "ingest.reading").write_text(line)
            feeds(world, second={"url": f"{wire.url}/second"})
            wait_line(world, "FEED-CRASHED", feed="second", times=times)

        after_a_crash(1)
        world.kill("ingest")
        wire.answers["/second"] = (200, body)
        after_a_crash(2)
        wait_line(world, "FEED-FAIL", feed="second", status="poison")
        check("ended the process twice" in state(world, "second")["why"], "it says why")
        check_equal(len(world.log("ingest", "ITEM-NEW")), 1, "what was not read")
        wire.answers["/second"] = (200, rss(story(world, 2, BODY.format(2))))
        wait_line(world, "FEED-OK", feed="second", new=1)
        world.kill("ingest")
        feeds(world, second={"url": f"{wire.url}/second"})
        wait_line(world, "FEED-OK", feed="second", status="unchanged")
        check_equal(len(world.log("ingest", "FEED-CRASHED")), 2, "a body that was read")
