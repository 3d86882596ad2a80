"""A disk without room: ingest says so, asks for nothing more, and goes on when it can."""

import contextlib
import shutil
import subprocess
from pathlib import Path

from harness import BIN, check, check_equal

MIB = 3


def small_disk(world):
    """ingest with its database on a file system of its own, 3 MiB; where that is."""
    folder = world.dir / "small"
    folder.mkdir()
    script = (f"mount -t tmpfs -o size={MIB}M tmpfs {folder} && exec "
              f"{BIN}/catalyst-ingest -c {world.conf_path} --set "
              f"catalyst.data_dir={folder}")
    process = world.spawn("ingest", ["unshare", "-Urm", "sh", "-c", script])
    world.wait_for(lambda: world.log("ingest", "READY") or process.poll() is not None,
                   "ingest is ready")
    check(process.poll() is None, "ingest runs on a small disk")
    return Path(f"/proc/{process.pid}/root{folder}")


def can_mount():
    done = subprocess.run(["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
                          capture_output=True, check=False)
    return done.returncode == 0


def fill(folder):
    with contextlib.suppress(OSError), (folder / "filler").open("wb") as filler:
        while True:
            filler.write(bytes(4096))
            filler.flush()


def test_a_full_disk_stops_polling_and_room_starts_it_again(world):
    if not shutil.which("unshare") or not can_mount():
        print("       (skipped: no file system may be mounted here)")
        return
    world.open_market("--latency", "0", "--items", "20")
    world.configure({"ingest": {"cycle_regular_s": 1}})
    world.start_pipeline(enrichers=1, ingest=False)
    folder = small_disk(world)
    world.wait_for(lambda: len(world.verdicts()) == 20, "the first stories are through")
    fill(folder)
    published = 20
    while not world.log("ingest", "DISK-FULL"):
        world.market.publish(20)
        published += 20
        rounds = len(world.log("ingest", "CYCLE_START"))
        world.wait_for(lambda r=rounds: world.log("ingest", "DISK-FULL")
                       or len(world.log("ingest", "CYCLE_START")) > r, "a round")
    world.wait_for(lambda: world.stats()["stages"]["ingest"]["full"], "stats say so")
    asked = world.market.group("feeds")["requests"]
    told = len(world.log("ingest", "DISK-FULL"))
    world.wait_for(lambda: len(world.log("ingest", "DISK-FULL")) > told, "it tries again")
    check_equal(world.market.group("feeds")["requests"], asked, "no feed is asked")
    check(world.processes["ingest"].poll() is None, "ingest lives")
    (folder / "filler").unlink()
    world.wait_for(lambda: world.log("ingest", "DISK-ROOM"), "it says that there is room")
    world.wait_for(lambda: len(world.verdicts()) >= published, "nothing was lost")
    check(not world.stats()["stages"]["ingest"]["full"], "stats say so too")
