"""Eight questions of a staff record, asked through skillmix and three other ways.

    python benchmarks/questions.py FOLDER [--only skillmix,sql,polars,pandas]

FOLDER holds a staff record as Parquet (`skillmix demo` makes one in
`build/demo/synthetic-nhs`). Every way runs in a process of its own on the same files,
answers are compared, and seconds are printed with their ratio to hand-written SQL.
Nothing is asserted: times are this machine's.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

QUESTIONS = {
    "a": "FTE by month, staff group and service",
    "b": "support and registered staff by care setting and region",
    "c": "bands of support staff by employer",
    "d": "moves between bands by service and age",
    "e": "moves between roles",
    "f": "stability by type of employer; reasons for leaving",
    "g": "median and quartiles of pay by staff group and gender",
    "h": "life table of leaving the record, by age and service",
}
WAYS = ("skillmix", "sql", "polars", "pandas")
Answer = list[tuple[Any, ...]]


def main() -> None:
    """Run every way, compare the answers and print seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default=",".join(WAYS))
    parser.add_argument("--way", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.way:
        print(json.dumps(_measured(given.way, given.folder)))
        return
    wanted = given.only.split(",")
    runs = {way: _run(way, given.folder) for way in wanted}
    again = _run("skillmix", given.folder) if "skillmix" in wanted else None
    _print(runs)
    _compare(runs)
    if again:
        same = again["answers"] == runs["skillmix"]["answers"]
        print(f"\nTwo runs of skillmix give the same digits: {'yes' if same else 'NO'}")


def _run(way: str, folder: Path) -> Mapping[str, Any]:
    made = subprocess.run(
        [sys.executable, __file__, str(folder), "--way", way],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(made.stdout.splitlines()[-1])


def _measured(way: str, folder: Path) -> Mapping[str, Any]:
    import importlib

    module = importlib.import_module(f"questions_{way}")
    questions: Mapping[str, Callable[[], Answer]] = module.open_questions(folder)
    seconds: dict[str, float] = {}
    answers: dict[str, Any] = {}
    for name in QUESTIONS:
        began = time.perf_counter()
        rows = questions[name]()
        seconds[name] = time.perf_counter() - began
        answers[name] = sorted(_plain(row) for row in rows)
    return {"seconds": seconds, "answers": answers, "memory": _peak()}


def _plain(row: tuple[Any, ...]) -> list[str]:
    return [f"{v:.9g}" if isinstance(v, float) else str(v) for v in row]


def _peak() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1024 if sys.platform != "darwin" else used / 1024**2


def _print(runs: Mapping[str, Mapping[str, Any]]) -> None:
    print(f"{'question':<60}" + "".join(f"{way:>10}" for way in runs))
    for name, told in QUESTIONS.items():
        cells = "".join(f"{run['seconds'][name]:>9.2f}s" for run in runs.values())
        print(f"{name}  {told:<57}{cells}")
    total = {way: sum(run["seconds"].values()) for way, run in runs.items()}
    print(f"{'all':<60}" + "".join(f"{t:>9.2f}s" for t in total.values()))
    peak = "".join(f"{run['memory']:>7.0f} MB" for run in runs.values())
    print(f"{'peak memory':<60}{peak}")
    if "sql" in total:
        ratios = "".join(f"{t / total['sql']:>10.2f}" for t in total.values())
        print(f"{'ratio to hand-written SQL':<60}{ratios}")


def _compare(runs: Mapping[str, Mapping[str, Any]]) -> None:
    first = next(iter(runs))
    for way, run in runs.items():
        wrong = [n for n in QUESTIONS if not _close(run, runs[first], n)]
        if wrong:
            print(f"{way} and {first} differ in {', '.join(wrong)}")
    print("\nAnswers compared row by row; numbers to nine significant digits.")


def _close(one: Mapping[str, Any], other: Mapping[str, Any], name: str) -> bool:
    return one["answers"][name] == other["answers"][name]


if __name__ == "__main__":
    main()
