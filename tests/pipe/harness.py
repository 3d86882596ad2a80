"""A World: the real programs, a stand-in market, and nothing else.

A story gets a World, configures it, starts programs, and waits for what must happen.
Every wait is for an event (a log line, a row, the judge's word), never for a time; the
ceilings are there only so that a defect ends a run.  A World ends every process it
started, and says so when one stayed behind or left with a bad exit code.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
from collections import Counter
from pathlib import Path

from stand_in import Market

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("BIN") or ROOT / "build/debug/bin").resolve()
CEILING_S = 90
POLL_S = 0.02
MARK = "CATALYST_PIPE_WORLD"
SOURCES = ("finviz-screener", "finviz-quote", "yahoo-chart", "yahoo-quote",
           "yahoo-summary", "yahoo-cookie", "yahoo-crumb", "edgar-filing",
           "tiingo-iex")
METRICS = ("float", "vwap", "rvol", "price")

# Wednesday 2026-11-18, 10:30 in New York: a regular session, the same in every run.
MARKET_NOW_S = 1795015800

# Sources first: what SIGTERM to supervisord does.
STOP_ORDER = ("ingest", "enricher", "collector", "classifier", "alerter", "monitor")
PROGRAMS = ("catalyst", "market", *(f"catalyst-{stage}" for stage in STOP_ORDER))
SANITIZER = re.compile(r"(Address|Leak|Thread|UndefinedBehavior)Sanitizer|"
                       r"runtime error:")


class Failure(Exception):
    """What a story found wrong, in a sentence."""


def check(ok, what):
    if not ok:
        raise Failure(what)


def check_equal(got, want, what):
    if got != want:
        raise Failure(f"{what}: got {got!r}, want {want!r}")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def processes_of(mark):
    """Every live process whose environment carries the mark of a World."""
    found = {}
    needle = f"{MARK}={mark}\0".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if needle in (folder / "environ").read_bytes() + b"\0":
                words = (folder / "cmdline").read_bytes().split(b"\0")
                found[int(folder.name)] = os.fsdecode(b" ".join(words)).strip()
    return found


def parse_line(line):
    """A log line as a dict: at, level, id and its key=value pairs."""
    head = line.split(" ", 3)
    if len(head) < 3:
        return {}
    row = {"at": head[0], "level": head[1], "id": head[2]}
    for key, quoted, plain in re.findall(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))', line):
        row[key] = quoted.replace('\\"', '"') if quoted else plain
    return row


class World:
    def __init__(self, name):
        self.name = name
        self.mark = f"{name}-{os.getpid()}-{time.monotonic_ns()}"
        self.offset_s = MARKET_NOW_S - int(time.time())
        # A socket's path has 107 bytes: the run directory stays short.
        self.dir = Path(tempfile.mkdtemp(prefix="cat-", dir="/tmp"))
        self.run, self.data = self.dir / "run", self.dir / "data"
        self.conf_path = self.dir / "catalyst.conf"
        self.processes = {}
        self.market = None
        self.front = None  # the market's address, for who goes through another
        self.supervised = False
        self.environment = {}

    # ---- set-up ----------------------------------------------------------------------

    def open_market(self, *options):
        port_file = self.dir / "port"
        port_file.unlink(missing_ok=True)
        args = [str(BIN / "market"), "--listen", "127.0.0.1:0", "--port-file",
                str(port_file), "--clock-offset", str(self.offset_s), *options]
        process = self.spawn("market", args)
        self.wait_for(lambda: port_file.exists() and port_file.read_text().strip(),
                      "the market listens")
        url = f"http://127.0.0.1:{int(port_file.read_text())}"
        self.market = Market(url, process.pid)
        return self.market

    def base_conf(self):
        """What every story has in common; `configure` changes it key by key."""
        rows = {
            "catalyst": {"run_dir": self.run, "data_dir": self.data,
                         "edgar_contact": "a b@example.org"},
            "clock": {"offset_s": self.offset_s},
            "symbols": {"refresh_h": 0},  # nothing but the stand-in is ever asked
            "ingest": {"cycle_regular_s": 3600},
            "collector": {"early": 0},  # every metric of every candidate is asked for
            "enricher": {"count": 32},  # slots from there on would not start
            "monitor": {"listen": ""},
            "group finviz": {"max_in_flight": 10, "rate_per_s": 0, "burst": 10},
            "group yahoo": {"max_in_flight": 15, "rate_per_s": 0, "burst": 15},
            "group edgar": {"max_in_flight": 10, "rate_per_s": 0, "burst": 10},
            "group tiingo": {"max_in_flight": 10, "rate_per_s": 0, "burst": 10},
            "sink console": {"kind": "console"},
            "sink lines": {"kind": "jsonl", "url": self.dir / "alerts.jsonl"},
        }
        if self.market is not None:
            url = self.front or self.market.url
            rows["feed globenewswire"] = {"url": f"{url}/feeds/globenewswire.xml"}
            rows["feed prnewswire"] = {"url": f"{url}/feeds/prnewswire.xml"}
            rows["feed sec_8k"] = {"url": f"{url}/feeds/edgar", "kind": "filing"}
            for source in SOURCES:
                place = source.partition("-")[0].replace("edgar", "")
                rows[f"source {source}"] = {"base_url": f"{url}/{place}".rstrip("/")}
            rows["sink hook"] = {"kind": "discord", "url": f"{url}/webhook/1/token",
                                 "min_interval_ms": 0}
        return rows

    def configure(self, changes=None):
        """changes: {"section": {"key": value}}; a value or section None removes it."""
        rows = self.base_conf()
        for section, keys in (changes or {}).items():
            if keys is None:
                rows.pop(section, None)
                continue
            rows.setdefault(section, {}).update(keys)
        lines = []
        for section, keys in rows.items():
            lines.append(f"[{section}]")
            lines += [f"{k} = {v}" for k, v in keys.items() if v is not None]
        self.conf_path.write_text("\n".join(lines) + "\n")

    # ---- processes -------------------------------------------------------------------

    def env(self):
        env = {k: v for k, v in os.environ.items()
               if not k.startswith(("CATALYST_", "FEATURE_", "PARALLEL_", "TIINGO_"))}
        env[MARK] = self.mark
        env["ASAN_OPTIONS"] = "detect_leaks=1:abort_on_error=0:exitcode=99"
        env["UBSAN_OPTIONS"] = "print_stacktrace=1"
        env["CATALYST_HOME"] = str(ROOT)
        env.update(self.environment)
        return env

    def spawn(self, name, args):
        log = open(self.dir / f"{name}.log", "ab")
        out = open(self.dir / f"{name}.out", "ab")
        with log, out:
            process = subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=out,
                                       stderr=log, env=self.env(), cwd=self.dir)
        self.processes[name] = process
        return process

    def launch(self, name, *options):
        """A stage by name ("collector", "enricher-2") without waiting for it."""
        stage, _, slot = name.partition("-")
        args = [str(BIN / f"catalyst-{stage}"), "-c", str(self.conf_path), *options]
        if slot:
            args += ["--slot", slot]
        return self.spawn(name, args)

    def start(self, *names):
        """Launches stages and waits until each is ready."""
        before = {name: len(self.log(name, "READY")) for name in names}
        for name in names:
            self.launch(name)
        for name in names:
            self.wait_for(lambda n=name: len(self.log(n, "READY")) > before[n]
                          or self.processes[n].poll() is not None,
                          f"{name} is ready")
            check(self.processes[name].poll() is None, f"{name} ended at its start")

    def start_pipeline(self, enrichers=4, ingest=True, monitor=False):
        names = ["alerter", "classifier", "collector"]
        names += ["monitor"] if monitor else []
        self.start(*names)
        self.start(*[f"enricher-{i}" for i in range(enrichers)])
        self.wait_for(lambda: len(self.stats()["enrichers"]) == enrichers,
                      "every enricher is known to the collector")
        if ingest:
            self.start("ingest")

    def up(self, enrichers=2):
        """Everything under supervisord, as an operator starts it."""
        self.supervised = True
        done = self.catalyst("up", ceiling_s=120)
        check_equal(done.returncode, 0, f"catalyst up: {done.stdout}{done.stderr}")
        self.wait_for(lambda: len(self.stats()["enrichers"]) == enrichers,
                      f"{enrichers} enrichers are known to the collector")

    def kill_supervised(self, stage):
        """kill -9 of a stage; waits until its successor is ready."""
        ready = len(self.log(stage, "READY"))
        os.kill(self.stats()["stages"][stage]["pid"], signal.SIGKILL)
        self.wait_for(lambda: len(self.log(stage, "READY")) > ready,
                      f"{stage} is ready again")

    def busiest(self, n):
        """Names of the n enrichers that hold the most leases now."""
        crew = sorted(self.stats()["enrichers"], key=lambda e: -e["leases"])
        name_of = {p.pid: name for name, p in self.processes.items()}
        return [name_of[e["pid"]] for e in crew[:n] if e["leases"] > 0]

    def kill(self, *names):
        """kill -9, without a word."""
        for name in names:
            self.processes[name].send_signal(signal.SIGKILL)
        for name in names:
            self.processes[name].wait()

    def stop(self, name, ceiling_s=60):
        """SIGTERM; the exit code once it has drained."""
        self.processes[name].send_signal(signal.SIGTERM)
        return self.ended(name, ceiling_s)

    def ended(self, name, ceiling_s=60):
        """The exit code of one that was told to end.  Not told again: a second signal
        means at once."""
        try:
            return self.processes[name].wait(timeout=ceiling_s)
        except subprocess.TimeoutExpired:
            raise Failure(f"{name} does not drain") from None

    # ---- looking ---------------------------------------------------------------------

    def catalyst(self, *args, stdin=None, ceiling_s=CEILING_S):
        return subprocess.run(
            [str(BIN / "catalyst"), *args, "-c", str(self.conf_path)], input=stdin,
            capture_output=True, text=True, env=self.env(), cwd=self.dir,
            timeout=ceiling_s, check=False)

    def ask(self, *args):
        """The JSON that a command prints."""
        done = self.catalyst(*args, "--json")
        try:
            return json.loads(done.stdout)
        except ValueError:
            raise Failure(f"catalyst {' '.join(args)}: exit {done.returncode}, no JSON:"
                          f" {done.stdout[:200]}{done.stderr[:400]}") from None

    def stats(self):
        return self.ask("stats")

    def log_path(self, name):
        """Where a stage logs, alone or under supervisord."""
        if self.supervised:
            stage, _, slot = name.partition("-")
            name = f"{stage}_{int(slot):02d}" if slot else stage
            return self.run / "log" / f"{name}.log"
        return self.dir / f"{name}.log"

    def log_text(self, name):
        path = self.log_path(name)
        return path.read_text(errors="replace") if path.exists() else ""

    def log(self, name, line_id=None):
        """Log lines as dicts, those with one id or all."""
        rows = map(parse_line, self.log_text(name).splitlines())
        return [r for r in rows if r and line_id in (None, r["id"])]

    def query(self, database, sql, *args):
        path = self.data / database
        if not path.exists():
            return []
        uri = f"file:{path}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=20)) as db:
            db.row_factory = sqlite3.Row
            try:
                return [dict(row) for row in db.execute(sql, args)]
            except sqlite3.OperationalError as error:  # not yet migrated
                if "no such table" in str(error):
                    return []
                raise

    def verdicts(self):
        return self.query("ledger.db", "SELECT * FROM verdict")

    def deliveries(self, sink=None):
        return self.query("ledger.db", "SELECT * FROM delivery WHERE ?1 IS NULL OR"
                          " sink = ?1", sink)

    def explained(self, verdict):
        """A row of the ledger as `catalyst explain` tells it."""
        (story,) = [s for s in self.ask("explain", verdict["id"])
                    if s["id"] == verdict["id"]]
        return story["verdict"]

    def metrics(self, verdict):
        """Status of each metric of a row of the ledger, from its evidence."""
        return {m["name"]: m["status"] for m in self.explained(verdict)["metrics"]}

    def check_complete(self, n):
        """n candidates have a verdict, each with every metric ok."""
        verdicts = self.verdicts()
        check_equal(len(verdicts), n, "verdicts in the ledger")
        for verdict in verdicts:
            check_equal(self.metrics(verdict), dict.fromkeys(METRICS, "ok"),
                        f"metrics of {verdict['ticker']}")

    def hear(self, n):
        """Waits until ingest is through with n candidates."""
        self.wait_for(lambda: self.count_done() >= n, f"{n} candidates are done")

    def count_units(self, *states):
        marks = ", ".join("?" * len(states))
        rows = self.query("ingest.db", "SELECT count(*) AS n FROM unit"
                          f" WHERE state IN ({marks})", *states)
        return rows[0]["n"] if rows else 0

    def count_done(self):
        return self.count_units("done", "rejected", "dead")

    def poll_now(self):
        """A new poll round at once."""
        self.wait_for(lambda: self.catalyst("resume", "ingest").returncode == 0,
                      "ingest polls")

    def counters(self, stage):
        """The figures of a stage by name."""
        stats = self.stats()["stages"][stage]
        return {m["name"]: m["value"] for m in stats["metrics"]}

    def check_told(self, sink="hook"):
        """Each alert of the ledger is at the webhook once; a delivery whose outcome
        was unclear may be there once more, one in doubt not at all."""
        told = self.market.told()
        rows = {d["id"]: d for d in self.deliveries(sink)}
        alerts = {v["id"] for v in self.verdicts() if v["verdict"] == "alert"}
        check(alerts, "some stories are alerts")
        check_equal(set(told) - set(rows), set(), "messages nobody decided on")
        for candidate in alerts:
            row, n = rows[candidate], told.get(candidate, 0)
            least = 0 if row["state"] == "in_doubt" else 1
            check(least <= n <= 1 + row["unclear"],
                  f"{candidate} is at the webhook {n} times, but is {row['state']},"
                  f" {row['unclear']} times unclear")

    def settle_deliveries(self):
        self.wait_for(lambda: all(d["state"] not in ("pending", "sending")
                                  for d in self.deliveries()),
                      "no delivery is pending")

    def check_books(self, n):
        """n candidates came in and all of them are accounted for."""
        books = self.ask("books")
        verdicts = Counter(v["verdict"] for v in self.verdicts())
        check_equal((books["in"], books["pending"], books["dead"], books["missing"]),
                    (n, 0, 0, 0), "in, pending, dead, missing")
        early = self.count_units("rejected")
        check_equal((books["alerted"], books["rejected"]),
                    (verdicts["alert"], verdicts["reject"] + early),
                    "alerted, rejected")
        return books

    def wait_for(self, predicate, what, ceiling_s=CEILING_S, pause_s=POLL_S):
        end = time.monotonic() + ceiling_s
        while True:
            value = predicate()
            if value:
                return value
            if time.monotonic() > end:
                raise Failure(f"never came: {what}")
            time.sleep(pause_s)

    # ---- the end ---------------------------------------------------------------------

    def drain(self):
        """Ends every stage in order; each must leave with 0."""
        for stage in STOP_ORDER:
            names = [n for n, p in self.processes.items()
                     if n.partition("-")[0] == stage and p.poll() is None]
            for name in names:
                self.processes[name].send_signal(signal.SIGTERM)
            for name in names:
                check_equal(self.ended(name), 0, f"exit code of {name}")

    def finish(self):
        """The orderly end of a story that went well."""
        if self.supervised:
            done = self.catalyst("down", ceiling_s=150)
            check_equal(done.returncode, 0, f"catalyst down: {done.stderr}")
            self.wait_for(lambda: not self.left_behind(), "every process is gone", 30)
        self.drain()
        if self.market is not None:
            check_equal(self.stop("market"), 0, "exit code of the market")
        self.check_sanitizers()
        self.check_webhook_untold()
        check_equal(self.left_behind(), {}, "processes that stayed behind")

    def left_behind(self):
        """Processes of this World besides the market."""
        own = self.market.pid if self.market is not None else 0
        return {p: c for p, c in processes_of(self.mark).items() if p != own}

    def check_sanitizers(self):
        for path in self.logs():
            hit = SANITIZER.search(path.read_text(errors="replace"))
            check(hit is None, f"a sanitizer speaks in {path.name}")

    def check_webhook_untold(self):
        """Who knows a webhook's address can write there: it is in no log."""
        for path in self.logs():
            if path.name != "market.log":
                check("/webhook" not in path.read_text(errors="replace"),
                      f"{path.name} tells the address of a webhook")

    def logs(self):
        return sorted(self.dir.glob("*.log")) + sorted(self.run.glob("log/*.log"))

    def tell(self):
        """Everything that helps to understand a failure."""
        parts = []
        for path in self.logs():
            lines = path.read_text(errors="replace").splitlines()
            if lines:
                parts += [f"---- {path.name} ({len(lines)} lines)", *lines[-25:]]
        with contextlib.suppress(Exception):
            parts += ["---- judge", self.market.call("/judge")]
        with contextlib.suppress(Exception):
            parts += ["---- stats", self.catalyst("stats").stdout]
        return "\n".join(parts)

    def close(self):
        """Ends whatever still lives, in any case.  What it had to end by force."""
        left = processes_of(self.mark)
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for process in self.processes.values():
            process.wait()
        if not os.environ.get("KEEP"):
            shutil.rmtree(self.dir, ignore_errors=True)
        return left
