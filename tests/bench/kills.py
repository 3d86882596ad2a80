"""Limits while enrichers die and their number changes: never one request too many, and
as good as every permit in use while work waits."""

import os

import figures
import rig

KILLS = 24
CREWS = (8, 2, 6, 3, 4)  # how many there are to be; never one: its death is all of them


class Crew:
    """Enrichers of this world, by name; a new one takes the first free slot."""

    def __init__(self, w, n):
        self.w = w
        self.names = [f"enricher-{i}" for i in range(n)]

    def start(self):
        slot = next(i for i in range(32) if f"enricher-{i}" not in self.names)
        self.names.append(f"enricher-{slot}")
        self.w.start(self.names[-1])

    def kill_one(self):
        for victim in self.w.busiest(1):
            self.w.kill(victim)
            self.names.remove(victim)
            self.start()
            return 1
        return 0

    def resize(self, n):
        while len(self.names) < n:
            self.start()
        for name in self.names[n:]:
            self.w.stop(name)
        del self.names[n:]


def in_use(rows, permits):
    """Share of the permits that were in use from the moment all were until the last
    request came: until then work was waiting."""
    rows = sorted(rows, key=lambda r: r["arrival_us"])
    begin, end = rows[permits - 1]["arrival_us"], rows[-1]["arrival_us"]
    busy = sum(max(0, min(r["end_us"], end) - max(r["arrival_us"], begin)) for r in rows)
    return busy / (permits * (end - begin))


def disturb(w, crew, tickers):
    """Kills and changes, each after so many requests more; how many of each."""
    kills = changes = seen = 0
    step = max(1, tickers // (KILLS + len(CREWS) + 4))
    while w.count_done() < tickers and kills + changes < KILLS + len(CREWS):
        w.wait_for(lambda: w.market.judge()["last_seq"] >= seen + step
                   or w.count_done() >= tickers, "more requests, or all done")
        seen = w.market.judge()["last_seq"]
        if (kills + changes) % 5 == 4 and changes < len(CREWS):
            crew.resize(CREWS[changes])
            changes += 1
        else:
            kills += crew.kill_one()
    return kills, changes


def kills_run(tickers, latency):
    with rig.world() as w:
        rig.open_market(w, tickers, latency)
        rig.configure(w, tickers, {"ingest": {"window_start": tickers}})
        w.start_pipeline(4, ingest=False)
        w.market.post("/judge/reset")
        rig.publish(w, rig.companies(w, 0, tickers))
        w.start("ingest")
        kills, changes = disturb(w, Crew(w, 4), tickers)
        rig.wait_done(w, tickers)
        rows = [r for r in rig.upstream_rows(w) if r["group"] == "yahoo"]
        group = w.market.judge()["groups"]["yahoo"]
        line = figures.tell({
            "bench": "kills", "tickers": tickers, "latency": latency, "kills": kills,
            "changes": changes, "violations": rig.violations(w),
            "most_in_flight": group["most_in_flight"],
            "in_use": in_use(rows, figures.LIMITS["yahoo"]), "requests": len(rows),
            "needed": tickers})
        w.finish()
        return line


def kills():
    kills_run(rig.setting("TICKERS", 600), float(os.environ.get("LATENCY") or 1.0))
