"""Decisions of people on pairs of records, as a CSV to edit and give back."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from skillmix.errors import InvalidRowsError, UnreadableFileError
from skillmix.literature.dedupe.groups import Link
from skillmix.literature.dedupe.pairs import DIFFERENT, SAME
from skillmix.literature.record import Record

COLUMNS = (
    *("one", "two", "decision", "by", "rule", "agree", "differ"),
    *("title_similarity", "title_one", "title_two"),
)
RULE = "rule"


def read_decisions(path: Path) -> dict[frozenset[str], tuple[str, str]]:
    """Read pairs that people decided: "same" or "different", and who.

    Rows whose `by` is "rule" are the program's own and are left to it.

    Raises:
        UnreadableFileError: If the file is no such CSV.
        InvalidRowsError: If a decision is neither "same" nor "different".
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UnreadableFileError(
            "The file of decisions cannot be read.", where=path.name
        ) from None
    rows = list(csv.DictReader(text.splitlines()))
    if rows and not {"one", "two", "decision"} <= set(rows[0]):
        raise UnreadableFileError(
            "The file of decisions lacks columns one, two and decision.",
            where=path.name,
            remedy="Start from the CSV that `skillmix literature dedupe` writes.",
        )
    decided: dict[frozenset[str], tuple[str, str]] = {}
    wrong: list[int] = []
    for line, row in enumerate(rows, 2):
        decision = (row["decision"] or "").strip().lower()
        if (row.get("by") or "").strip() == RULE:
            continue
        if decision not in (SAME, DIFFERENT) or not row["one"] or not row["two"]:
            wrong.append(line)
            continue
        pair = frozenset((row["one"].strip(), row["two"].strip()))
        decided[pair] = (decision, (row.get("by") or "a person").strip())
    if wrong:
        raise InvalidRowsError(
            f"{len(wrong)} rows have a decision other than same or different.",
            where=f"{path.name}, line {', '.join(str(n) for n in wrong[:10])}",
            remedy="Write same or different, or `rule` in the column by.",
        )
    return decided


def decision_rows(
    links: Sequence[Link], records: Sequence[Record]
) -> list[dict[str, str]]:
    """Return links as rows of the CSV, with titles to judge by."""
    title = {r.record_id: r.title for r in records}
    return [
        {
            "one": k.one,
            "two": k.two,
            "decision": k.verdict.decision,
            "by": k.by,
            "rule": k.verdict.rule,
            "agree": " ".join(k.verdict.agree),
            "differ": " ".join(k.verdict.differ),
            "title_similarity": f"{k.verdict.title:.0f}",
            "title_one": title.get(k.one, ""),
            "title_two": title.get(k.two, ""),
        }
        for k in links
    ]
