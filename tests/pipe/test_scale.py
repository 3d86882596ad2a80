"""The operator's levers under supervisord: scale, metrics, health."""

import os
import signal
import subprocess
import urllib.error
import urllib.request

from harness import check, check_equal, free_port


def supervise(world, enrichers=1):
    world.open_market("--latency", "0.1", "--items", "20")
    world.configure({"enricher": {"count": enrichers},
                     "monitor": {"listen": f"127.0.0.1:{free_port()}"}})
    world.up(enrichers)


def get(world, path):
    """Status and body of a page of the monitor."""
    listen = next(line.split("=", 1)[1].strip()
                  for line in world.conf_path.read_text().splitlines()
                  if line.startswith("listen"))
    try:
        with urllib.request.urlopen(f"http://{listen}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def crew(world):
    return {e["pid"] for e in world.stats()["enrichers"]}


def test_scale_starts_and_drains_single_enrichers(world):
    supervise(world, 1)
    first = crew(world)
    check_equal(world.catalyst("scale", "4").returncode, 0, "scale 4")
    world.wait_for(lambda: len(crew(world)) == 4, "four enrichers")
    check(first < crew(world), "the first one was left alone")
    world.market.publish(20)
    world.poll_now()
    check_equal(world.catalyst("scale", "1").returncode, 0, "scale 1")
    world.wait_for(lambda: crew(world) == first, "the first enricher alone")
    world.hear(40)
    world.check_complete(40)
    for group in ("finviz", "yahoo"):
        check_equal(world.market.group(group)["closed"], 0,
                    f"requests broken off at {group}: those scaled down have drained")
    deaths = world.counters("collector")["enricher_deaths_total"]
    check_equal(deaths, 0, "deaths: the collector knew who was leaving")


def test_metrics_are_valid_for_prometheus(world):
    supervise(world)
    world.hear(20)
    names = ("catalyst_ingest_done_total", "catalyst_collector_enriched_total")
    world.wait_for(lambda: all(n in get(world, "/metrics")[1] for n in names),
                   "the monitor has heard of ingest and collector")
    status, text = get(world, "/metrics")
    check_equal(status, 200, "status of /metrics")
    done = subprocess.run(["promtool", "check", "metrics"], input=text, text=True,
                          capture_output=True, timeout=60, check=False)
    check_equal((done.returncode, done.stderr), (0, ""), "promtool check metrics")


def test_health_fails_while_a_stage_stands_still(world):
    supervise(world)
    world.wait_for(lambda: get(world, "/healthz")[0] == 200, "healthy at first")
    pid = world.stats()["stages"]["classifier"]["pid"]
    os.kill(pid, signal.SIGSTOP)
    try:
        world.wait_for(lambda: get(world, "/healthz")[0] == 503, "unhealthy")
        check("classifier" in get(world, "/healthz")[1], "who it is")
        done = world.catalyst("stats", "--json")
        check_equal(done.returncode, 3, "exit code of stats: a stage is silent")
    finally:
        os.kill(pid, signal.SIGCONT)
    world.wait_for(lambda: get(world, "/healthz")[0] == 200, "healthy again")
