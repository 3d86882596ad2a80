"""The lists of what is listed: from the built-in set to the exchanges' own, running."""

import contextlib
import http.server
import os
import threading

from harness import check, check_equal

NASDAQ = ("Symbol|Security Name|Market Category|Test Issue|Financial Status|"
          "Round Lot Size|ETF|NextShares")
OTHER = ("ACT Symbol|Security Name|Exchange|CQS Symbol|ETF|Round Lot Size|Test Issue|"
         "NASDAQ Symbol")
FOOTER = "File Creation Time: 1123202614:31|||||||"
PAGE = "<!DOCTYPE html><html><title>Sorry</title><body>Back soon</body></html>"


def nasdaq(symbols):
    rows = [f"{s}|{s} Corp - Common Stock|Q|N|N|100|N|N" for s in symbols]
    return "\r\n".join([NASDAQ, *rows, FOOTER, ""])


def other(symbols):
    rows = [f"{s}|{s} Corp Common Stock|N|{s}|N|100|N|{s}" for s in symbols]
    return "\r\n".join([OTHER, *rows, FOOTER, ""])


class Lists:
    """Serves the lists with an ETag each; what it serves can be changed or broken."""

    def __init__(self):
        self.bodies = {}
        self.cut = False
        self.asked = []
        lists = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.rsplit("/", 1)[1]
                tag = f'"{hash(lists.bodies[name])}"'
                known = self.headers.get("If-None-Match") == tag
                body = lists.bodies[name].encode()
                self.send_response(304 if known else 200)
                self.send_header("ETag", tag)
                self.send_header("Connection", "close")
                self.send_header("Content-Length", "0" if known else str(len(body)))
                self.end_headers()
                if not known:
                    self.wfile.write(body[:len(body) // 2] if lists.cut else body)
                lists.asked.append((name, 304 if known else 200))

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@contextlib.contextmanager
def serving(world):
    lists = Lists()
    lists.bodies = {"nasdaqlisted.txt": nasdaq(["AAPL", "MSFT"]),
                    "otherlisted.txt": other(["PFE", "F"]),
                    "company_tickers.json":
                        '{"0":{"cik_str":320193,"ticker":"AAPL","title":"Apple"}}'}
    world.open_market("--latency", "0")
    world.configure({"symbols": {
        "nasdaq_url": f"{lists.url}/nasdaqlisted.txt",
        "other_url": f"{lists.url}/otherlisted.txt",
        "edgar_url": f"{lists.url}/company_tickers.json", "refresh_h": 24}})
    try:
        yield lists
    finally:
        lists.close()


def sets(world):
    return [line["set"] for line in world.log("ingest", "SYMBOLS")]


def age(world, hours):
    """Makes every list so much older."""
    for path in (world.data / "symbols").iterdir():
        at = path.stat().st_mtime - hours * 3600
        os.utime(path, (at, at))


def again(world, lists):
    """Ends ingest and starts it a day later by the lists."""
    check_equal(world.stop("ingest"), 0, "exit code of ingest")
    age(world, 25)
    lists.asked.clear()
    world.start("ingest")
    world.wait_for(lambda: len(lists.asked) == 3, "three lists were asked")


def test_a_new_list_is_in_force_without_a_restart(world):
    with serving(world) as lists:
        lists.bodies["nasdaqlisted.txt"] = nasdaq(["AAPL", "MSFT", "ZZQX"])
        world.start("ingest")
        world.wait_for(lambda: sets(world) == ["built-in", "directory"],
                       "the directory follows the built-in set")
        stats = world.ask("stats")["stages"]["ingest"]["symbols"]
        check_equal(stats["set"], "directory", "the set in force")
        check_equal([f["rows"] for f in stats["files"]], [3, 2, 1], "rows of the files")
        check(all(0 <= f["age_h"] < 1 for f in stats["files"]), f"ages: {stats}")
        world.market.publish([{"ticker": "AAPL", "feed": "prnewswire", "title":
                               "Zeta (ZZQX) Wins a Contract for Pumps"}])
        world.poll_now()
        world.wait_for(lambda: world.query(
            "ingest.db", "SELECT id FROM unit WHERE ticker = 'ZZQX'"), "a candidate")
        found = world.ask("tickers", "Zeta (ZZQX) Wins a Contract")
        check_equal(found["primary"], ["ZZQX"], "what the command finds")
        said = {c["what"]: c["text"] for c in world.ask("check")["checks"]}
        check(said["symbols"].startswith("directory set"), f"check says {said}")
        check("3 rows" in said["nasdaqlisted.txt"], f"check says {said}")


def test_lists_are_kept_and_asked_with_a_condition(world):
    with serving(world) as lists:
        world.start("ingest")
        world.wait_for(lambda: "directory" in sets(world), "the directory is in force")
        check_equal(world.stop("ingest"), 0, "exit code of ingest")
        lists.asked.clear()
        world.start("ingest")
        check_equal(sets(world)[2:], ["directory"], "the set after a restart")
        check_equal(lists.asked, [], "requests for lists that are fresh")
        again(world, lists)
        check_equal({code for _, code in lists.asked}, {304}, "answers a day later")


def test_what_is_no_whole_list_is_refused(world):
    with serving(world) as lists:
        lists.bodies["nasdaqlisted.txt"] = good = nasdaq(
            [f"Q{a}{b}" for a in "ABCDE" for b in "ABCDE"])
        world.start("ingest")
        world.wait_for(lambda: "directory" in sets(world), "the directory is in force")
        file = world.data / "symbols" / "nasdaqlisted.txt"
        for bad in (PAGE, nasdaq(["AAPL"]), good.replace(FOOTER, ""),
                    good.replace(NASDAQ, "Symbol|Name")):
            lists.bodies["nasdaqlisted.txt"] = bad
            before = len(world.log("ingest", "LIST-REFUSED"))
            again(world, lists)
            world.wait_for(
                lambda n=before: len(world.log("ingest", "LIST-REFUSED")) > n,
                "the list is refused")
            check_equal(file.read_bytes().decode(), good, "the list on the disk")
        lists.cut = True
        lists.bodies["nasdaqlisted.txt"] = good + "\r\n"
        before = len(world.log("ingest", "LIST-REFUSED"))
        again(world, lists)
        world.wait_for(lambda: len(world.log("ingest", "LIST-REFUSED")) > before,
                       "half a list is refused")
        check_equal(file.read_bytes().decode(), good, "the list on the disk")
        check_equal(set(sets(world)[1:]), {"directory"}, "the sets in force")
