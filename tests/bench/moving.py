"""An upstream whose limit moves: 10 at once, then 4, then 20, each for so many round
trips of all that it allows.  An oracle would always have exactly so many in flight;
what was done is compared with that."""

import figures
import rig

LEVELS = (10, 4, 20)
MOST = 32  # what the configuration allows: more than the upstream ever does
FIRST_TRIPS = 5  # after the restart


def overlap(row, phase):
    return max(0, min(row["end_us"], phase["end_us"])
               - max(row["arrival_us"], phase["begin_us"]))


def work_share(rows, phases):
    """Part of the oracle's work that was done, for each phase and in all."""
    accepted = [r for r in rows if not r["refused"] and r["outcome"] == "answered"]
    oracle = [p["limit"] * (p["end_us"] - p["begin_us"]) for p in phases]
    done = [min(most, sum(overlap(r, p) for r in accepted))
            for p, most in zip(phases, oracle)]
    return sum(done) / sum(oracle), [d / o for d, o in zip(done, oracle)]


def after_restart(w, n, first):
    """The collector starts again: refusals of the first round trips, and how much of
    the limit they used."""
    w.stop("collector")
    w.start("collector")
    w.market.post("/judge/reset")
    rig.publish(w, rig.companies(w, first, n), 4)
    done = w.count_done()
    w.poll_now()
    rig.wait_done(w, done + n)
    rows = sorted(w.market.requests("yahoo-chart"), key=lambda r: r["arrival_us"])
    rows = rows[:FIRST_TRIPS * LEVELS[-1]]
    begin, end = rows[0]["arrival_us"], rows[-1]["arrival_us"]
    phase = {"limit": LEVELS[-1], "begin_us": begin, "end_us": end}
    share, _ = work_share(rows, [phase])
    return {"restart_refused": sum(r["refused"] for r in rows), "restart_work": share}


def moving_run(trips, enrichers, latency):
    wanted = trips * sum(LEVELS)
    restart = 2 * FIRST_TRIPS * LEVELS[-1]
    universe = min(10000, wanted + restart)
    known = universe - restart  # the rest is for after the restart
    with rig.world() as w:
        phases = ",".join(f"{n}x{n * trips}" for n in LEVELS[:-1]) + f",{LEVELS[-1]}"
        rig.open_market(w, universe, latency, "--phases", f"yahoo={phases}")
        rig.configure(w, wanted + restart,
                      {"group yahoo": {"max_in_flight": MOST, "burst": MOST},
                       "collector": {"deadline_ms": 600000, "quote_s": 1}})
        # The newest go first: published backwards, no company comes again while its
        # chart is fresh, and each costs a request.
        rounds = list(enumerate(range(0, wanted, known)))
        for round_no, first in reversed(rounds):
            chosen = rig.companies(w, 0, min(known, wanted - first))
            rig.publish(w, chosen[::-1], round_no)
        w.start_pipeline(enrichers)
        rig.wait_done(w, wanted)
        phases = w.market.group("yahoo")["phases"]
        rows = w.market.requests("yahoo-chart")
        phases[-1]["end_us"] = max(r["end_us"] for r in rows)
        share, each = work_share(rows, phases)
        refused = sum(r["refused"] for r in rows)
        line = figures.tell({
            "bench": "moving", "tickers": wanted, "enrichers": enrichers,
            "latency": latency, "requests": len(rows),
            "elapsed_s": (phases[-1]["end_us"] - phases[0]["begin_us"]) / 1e6,
            "work": share, "work_each": [figures.rounded(s) for s in each],
            "refused": refused, "refused_share": refused / len(rows),
            **after_restart(w, restart, known)})
        w.finish()
        return line


def moving():
    moving_run(rig.setting("TRIPS", 500), rig.setting("ENRICHERS", 4),
               rig.setting("LATENCY", 0.2, float))
