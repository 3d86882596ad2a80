"""Whatever is malformed is named and counted; nothing is lost, nothing dies."""

import random
import subprocess

import zmtp
from harness import BIN, check, check_equal

PROGRAMS = ("ingest", "collector", "enricher", "classifier", "alerter", "monitor")
ENDPOINTS = {  # endpoint: (who binds it, what its peers are)
    "items": ("collector", "PUSH"), "jobs": ("collector", "DEALER"),
    "enriched": ("classifier", "PUSH"), "scored": ("alerter", "PUSH"),
    "done": ("ingest", "PUSH"), "events": ("monitor", "PUB"),
    "control-ingest": ("ingest", "DEALER"),
    "control-collector": ("collector", "DEALER"),
    "control-classifier": ("classifier", "DEALER"),
    "control-alerter": ("alerter", "DEALER"),
    "control-monitor": ("monitor", "DEALER"),
}


def bad_bodies():
    """Bodies that no unpacker should take, and some that only look small."""
    dice = random.Random(7)
    yield b""
    yield b"\xdf\xff\xff\xff\xff"  # a map of four thousand million entries
    yield b"\x91" * 2000           # a list in a list in a list...
    yield b"\x81\xa2id\xdb\xff\xff\xff\xff"
    yield b"\x80"                  # a good map without a single key
    for n in (1, 7, 64, 1000, 70000):
        yield dice.randbytes(n)


def bad_messages():
    for body in bad_bodies():
        for kind in range(40):
            yield zmtp.message(bytes([kind, 0, 1, 0]), body)
    yield zmtp.message(b"", b"\x80")
    yield zmtp.message(b"\x01\x00\x63\x00", b"\x80")  # a version nobody has
    yield zmtp.message(b"only one frame")
    yield zmtp.message(b"three", b"frames", b"here")
    yield zmtp.message(*[b"x"] * 50)


def test_malformed_frames_are_counted_on_every_endpoint(world):
    world.open_market("--latency", "0", "--items", "5")
    world.configure({"ingest": {"cycle_regular_s": 1}})
    world.start_pipeline(enrichers=1, monitor=True)
    world.hear(5)
    too_big = [zmtp.message(b"\x01\0\x01\0", bytes(3 << 20))]
    for endpoint, (stage, peer) in ENDPOINTS.items():
        path = world.run / endpoint
        zmtp.say(path, peer, bad_messages())
        zmtp.say(path, peer, too_big)
        zmtp.babble(path, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 10)
        zmtp.babble(path, zmtp.GREETING + b"\x04\xff" + bytes(300))
        check(world.processes[stage].poll() is None, f"{stage} survives {endpoint}")
    for stage in {stage for stage, _ in ENDPOINTS.values()}:
        world.wait_for(lambda s=stage: world.log(s, "MSG-BAD"),
                       f"{stage} says what it dropped")
    for stage in ("collector", "classifier", "ingest"):
        check(world.counters(stage)["frames_bad_total"] > 0, f"{stage} counts them")
    world.market.publish(5)
    world.hear(10)
    world.check_complete(10)
    world.check_books(10)


def test_garbage_pages_lose_nothing(world):
    world.open_market("--latency", "0", "--items", "30")
    for path in ("/finviz/screener.ashx", "/yahoo/v8/"):
        for kind in ("garbage", "200-error-page", "truncate", "gzip-bomb", "huge"):
            world.market.fault(f"{path}:{kind}:1")
    world.configure()
    world.start_pipeline(enrichers=2)
    world.hear(30)
    world.check_books(30)
    check_equal(len(world.verdicts()), 30, "verdicts")
    check(world.counters("collector")["requests_failed_total"] >= 5,
          "bad documents are counted")


def test_garbage_feeds_lose_nothing(world):
    kinds = ("garbage", "huge", "gzip-bomb", "200-error-page", "truncate", "500")
    world.open_market("--latency", "0", "--items", "20")
    world.configure({"ingest": {"cycle_regular_s": 1}})
    for kind in kinds:
        world.market.fault(f"/feeds/globenewswire.xml:{kind}:1")
    world.start_pipeline(enrichers=1)
    world.wait_for(lambda: all(f["left"] == 0 for f in
                               world.market.judge()["faults"]), "every fault was met")
    world.hear(20)
    counts = world.counters("ingest")
    bad = ("poll_too_big_total", "answers_no_feed_total", "feeds_broken_total",
           "poll_net_errors_total", "poll_http_errors_total")
    check(sum(counts[name] for name in bad) >= len(kinds) - 1, f"counted: {counts}")
    world.check_books(20)


def test_a_bad_configuration_names_every_fault_and_exits_2(world):
    world.conf_path.write_text("[catalyst]\nlog_level = loud\nno_such_key = 1\n"
                               "[enricher]\ncredit = 900\ncredit = 2\n"
                               "what is this\n[nowhere]\nx = 1\n")
    for program in PROGRAMS:
        done = subprocess.run([BIN / f"catalyst-{program}", "-c", world.conf_path],
                              capture_output=True, text=True, env=world.env(),
                              cwd=world.dir, timeout=30, check=False)
        check_equal(done.returncode, 2, f"exit code of {program}: {done.stderr}")
        for line in (2, 3, 5, 6, 7, 8):
            check(f"catalyst.conf:{line}:" in done.stderr,
                  f"{program} names line {line}: {done.stderr}")
        check(not world.run.exists(), f"{program} made nothing")
    check_equal(world.catalyst("config").returncode, 2, "exit code of catalyst config")


def test_a_bad_command_line_is_refused(world):
    world.configure()
    for program in PROGRAMS:
        for word in ("--no-such-option", "word"):
            done = subprocess.run([BIN / f"catalyst-{program}", word],
                                  capture_output=True, text=True, env=world.env(),
                                  cwd=world.dir, timeout=30, check=False)
            check_equal(done.returncode, 2, f"exit code of {program} {word}")
            check(word in done.stderr, f"{program} names {word}: {done.stderr}")
    for words in (["no-such-command"], ["scale"], ["scale", "many"], ["explain"],
                  ["stats", "--no-such-option"]):
        done = world.catalyst(*words)
        check_equal(done.returncode, 2, f"exit code of catalyst {' '.join(words)}")
        check(done.stderr, f"catalyst {' '.join(words)} says why")


def test_bad_lines_to_score_are_named_and_the_rest_is_scored(world):
    world.configure()
    done = world.catalyst("score", stdin='{"title": "FDA approves drug",'
                          ' "ticker": "ABC"}\nnot json\n{"title": 5}\n'
                          '{"title": "Record revenue", "ticker": "DEF"}\n')
    check(done.returncode != 0, f"exit code {done.returncode} tells of the bad lines")
    check_equal(done.stdout.count('"ABC"') > 0 and done.stdout.count('"DEF"') > 0, True,
                "good lines are scored")
