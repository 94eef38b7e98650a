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
    "/trusts/RXV",
)
# What nobody has asked for when the readers come: they meet it cold, and together.
UNASKED = ("/trusts/RHA", "/trusts/RV5")
WARM = 7
READERS, EACH = 20, 10
LONGEST = 300.0
PAUSE = 0.2


def fetched(address: str) -> float:
    """Return the seconds until a page has its answer, asking again while it works.

    Raises:
        OSError: If the app answers with an error, with half a page, or too late.
    """
    start = time.perf_counter()
    while time.perf_counter() - start < LONGEST:
        with urllib.request.urlopen(address, timeout=LONGEST) as answer:
            text = answer.read()
            whole = text.rstrip().endswith((b"</html>", b"}"))
        if answer.status == 200 and whole:
            return time.perf_counter() - start
        if answer.status != 202:
            raise OSError(f"{address}: {answer.status}, {len(text)} bytes")
        time.sleep(PAUSE)
    raise OSError(f"{address}: no answer within {LONGEST:.0f} s")


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


def crowd(address: str) -> tuple[list[float], list[str], float]:
    """Let twenty readers ask for pages at once.

    Returns:
        What each page took, what was lost, and what all of it took.
    """
    paths = (*PAGES, *UNASKED)
    lost: list[str] = []

    def read(number: int) -> list[float]:
        times: list[float] = []
        for turn in range(EACH):
            try:
                times.append(fetched(address + paths[(number + turn) % len(paths)]))
            except OSError as fault:
                lost.append(str(fault))
        return times

    start = time.perf_counter()
    with ThreadPoolExecutor(max_workers=READERS) as readers:
        times = [t for one in readers.map(read, range(READERS)) for t in one]
    return times, lost, time.perf_counter() - start


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
        times, lost, took = crowd(address)
        print(
            f"{READERS} readers, {READERS * EACH} pages: {len(lost)} lost, "
            f"{len(times)} answered in {took:.1f} s, "
            f"median {statistics.median(times) * 1000:.0f} ms, "
            f"slowest {max(times) * 1000:.0f} ms"
        )
        print("\n".join(lost[:10]), end="\n" if lost else "")
    finally:
        running.terminate()
        running.wait(timeout=60)


if __name__ == "__main__":
    main()
