"""What can be odd about a strategy; the words are data, for a librarian to review."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from skillmix.literature.strategy.tree import NOWHERE, Span

ERROR, WARNING, INFO = "error", "warning", "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something a searcher should look at.

    Attributes:
        slug: Name of the rule.
        severity: "error", "warning" or "info".
        what: What was met and how it was taken.
        line: Label of the line, or "combine".
        at: Where in the line.
        remedy: What to write instead.
    """

    slug: str
    severity: str
    what: str
    line: str = ""
    at: Span = NOWHERE
    remedy: str = ""


def fault(slug: str, line: str, at: Span = NOWHERE, **words: object) -> Fault:
    """Return a fault with its words filled in."""
    rule = rules()[slug]
    return Fault(
        slug=slug,
        severity=rule["severity"],
        what=rule["what"].format(**words),
        line=line,
        at=at,
        remedy=rule["remedy"].format(**words),
    )


@cache
def rules() -> Mapping[str, Mapping[str, str]]:
    """Return severity, words and remedy of every rule, by slug."""
    path = files("skillmix.literature.strategy").joinpath("faults.csv")
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return {row["slug"]: row for row in rows}
