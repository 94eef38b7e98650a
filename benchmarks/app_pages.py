"""How fast the app answers: cold, warm, for another scope, and to twenty readers.

    python benchmarks/app_pages.py INPUT... [--month 2020-06] [--store DIR]

Starts `skillmix serve` on this machine, asks for pages as a browser would, prints
what they took and stops it again. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PAGES = (
    "/",
    "/analyses",
    "/analyses/diversity.age",
    "/analyses/progression.by_band",
    "/analyses/retention.leaving_reasons",
    "/trusts",
    "/analyses/diversity.age?region=Y56",
    "/analyses/progression.by_band?region=Y56",
    "/analyses/diversity.age?service=in_mental_health_trusts",
    "/trusts/RQY",
)
WARM = 7
READERS, EACH = 20, 10
LONGEST = 300.0


def fetched(address: str) -> float:
    """Return the seconds until a page has its answer, asking again while it works."""
    start = time.perf_counter()
    while True:
        with urllib.request.urlopen(address, timeout=LONGEST) as answer:
            answer.read()
            if answer.status != 202 or time.perf_counter() - start > LONGEST:
                return time.perf_counter() - start


def served(options: argparse.Namespace) -> tuple[subprocess.Popen[bytes], str, float]:
    """Start the app, and return it with its address and how long it took to be up."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "skillmix", "serve", *map(str, options.inputs)]
    command += ["--port", str(port), "--month", options.month]
    command += ["--store", str(options.store)] if options.store else []
    start = time.perf_counter()
    # What the app says goes on to this script's own error stream.
    running = subprocess.Popen(command)
    address = f"http://127.0.0.1:{port}"
    while running.poll() is None and time.perf_counter() - start < LONGEST:
        try:
            fetched(f"{address}/health")
        except OSError:
            time.sleep(0.1)
        else:
            return running, address, time.perf_counter() - start
    running.terminate()
    raise SystemExit("The app did not start.")


def crowd(address: str) -> tuple[list[float], float]:
    """Let twenty readers ask for warm pages at once; lost answers raise."""
    paths = [p for p in PAGES if not p.startswith("/trusts/")]

    def read(number: int) -> list[float]:
        return [
            fetched(address + paths[(number + turn) % len(paths)])
            for turn in range(EACH)
        ]

    start = time.perf_counter()
    with ThreadPoolExecutor(max_workers=READERS) as readers:
        times = [t for one in readers.map(read, range(READERS)) for t in one]
    return times, time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="+", type=Path)
    parser.add_argument("--month", default="2020-06")
    parser.add_argument("--store", type=Path)
    running, address, up = served(parser.parse_args())
    try:
        print(f"up after {up:.1f} s")
        print(f"{'page':<56} {'cold':>8} {'warm':>8}")
        for path in PAGES:
            cold = fetched(address + path)
            warm = statistics.median(fetched(address + path) for _ in range(WARM))
            print(f"{path:<56} {cold:7.2f}s {warm * 1000:6.0f}ms", flush=True)
        times, took = crowd(address)
        print(
            f"{READERS} readers, {len(times)} pages: all answered in {took:.1f} s, "
            f"median {statistics.median(times) * 1000:.0f} ms, "
            f"slowest {max(times) * 1000:.0f} ms"
        )
    finally:
        running.terminate()
        running.wait(timeout=60)


if __name__ == "__main__":
    main()
