"""How often 95% intervals hold the truth, and how often tests raise a false alarm.

    python benchmarks/coverage.py [--draws 400]

Prints the tables of `docs/explanation/careers-methods.md`: every kind of interval with
the share of draws from a known truth that it covers, then the alarms that tests raise
where nothing was planted. Seeds are fixed; the tests draw the same.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from reference import unfairness
from reference.known_truths import TRUTHS, tried


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, help="draws of each; those of the tests")
    asked = parser.parse_args().draws
    print("| Interval | Draws | Covered | Bias |")
    print("|---|---:|---:|---:|")
    for told in TRUTHS.values():
        one = replace(told, draws=asked or told.draws)
        found = tried(one)
        more = " (meant to be at least 95%)" if told.at_least else ""
        shown = f"{found.covered:.1%} | {round(found.bias, 3) + 0.0:+.1%}"
        print(f"| {told.says}{more} | {one.draws:,} | {shown} |")
    print()
    print("| False alarms at 5% | Draws | Alarms |")
    print("|---|---:|---:|")
    none = np.random.default_rng(12), np.random.default_rng(13)
    told = (
        unfairness.alarms(none[0], odds_ratio=1.0, draws=200),
        unfairness.markov_alarms(none[1], draws=400),
    )
    names = (
        ("A group said to differ, like for like", 200),
        ("A chain said to remember (Anderson and Goodman)", 400),
    )
    for (name, draws), alarms in zip(names, told, strict=True):
        print(f"| {name} | {draws} | {alarms / draws:.1%} |")


if __name__ == "__main__":
    main()
