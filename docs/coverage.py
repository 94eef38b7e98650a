"""Which capabilities are met, by what, and why the others are not yet.

Analyses name what they meet; `coverage.csv` says what is met elsewhere, and gives the
reason for what is not. `python docs/coverage.py` writes `reference/coverage.md`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from skillmix.catalogue import catalogue

ROOT = Path(__file__).resolve().parent
PAGE = ROOT / "reference" / "coverage.md"
NOTE = "<!-- Written by docs/coverage.py from the catalogue: do not edit. -->\n\n"


def met_by_analyses() -> Mapping[str, list[str]]:
    """Return the analyses that meet each capability."""
    found: dict[str, list[str]] = {}
    for one in catalogue().values():
        for capability in one.capabilities:
            found.setdefault(capability, []).append(one.name)
    return found


def rows() -> list[tuple[str, str, str]]:
    """Return each capability with what meets it, and what is lacking."""
    met = met_by_analyses()
    with (ROOT / "coverage.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    return [
        (row["id"], _by(met.get(row["id"], []), row["elsewhere"]), row["not_yet"])
        for row in listed
    ]


def page() -> str:
    """Return the page: how many are met, then every one."""
    found = rows()
    met = sum(bool(by) for _, by, _ in found)
    part = sum(bool(by and lacking) for _, by, lacking in found)
    lines = [
        "# Coverage\n",
        f"{len(found)} capabilities follow from the report of 2021; {met} are met, "
        f"{part} of them in part, and {len(found) - met} are not yet.\n",
        "| Capability | Met by | Not yet, because |",
        "|---|---|---|",
        *(f"| {name} | {by} | {lacking} |" for name, by, lacking in found),
    ]
    return NOTE + "\n".join(lines) + "\n"


def _by(analyses: list[str], elsewhere: str) -> str:
    named = [f"[{n}](analyses/{n.replace('.', '/', 1)}.md)" for n in analyses]
    return ", ".join([*named, *([elsewhere] if elsewhere else [])])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
