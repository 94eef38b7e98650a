"""Inclusion criteria as rules that suggest, with the words they go by.

A rule never decides: it says that a record seems to meet a criterion, seems to fail
it, or says nothing about it. What an export leaves out is "unclear", never a failure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillmix.errors import DefinitionError
from skillmix.literature.record import Record
from skillmix.literature.strategy.tokens import folded

MEETS, FAILS, UNCLEAR = "meets", "fails", "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One inclusion criterion.

    Attributes:
        id: Short name, also the reason given when it excludes a record.
        label: What it asks, as a screener reads it.
        rule: Which field decides: "year", "language", "kind", "place" or "text".
        wanted: Values or words that speak for it.
        against: Values or words that speak against it.
        first: For "year": the first year wanted.
        last: For "year": the last year wanted.
    """

    id: str
    label: str
    rule: str
    wanted: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a criterion suggests of a record, and by which words.

    Attributes:
        criterion: Id of the criterion.
        says: "meets", "fails" or "unclear".
        because: The words or value it goes by; empty if nothing was found.
        field: Where they stand.
    """

    criterion: str
    says: str
    because: str = ""
    field: str = ""


def criteria_from(told: Sequence[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """Return the criteria of a strategy's TOML.

    Raises:
        DefinitionError: If one lacks its id, label or rule, or is given twice.
    """
    found: list[Criterion] = []
    for place, row in enumerate(told, 1):
        rule = str(row.get("rule", ""))
        if not row.get("id") or not row.get("label") or rule not in _RULES:
            raise DefinitionError(
                f"Criterion {place} lacks an id, a label or a known rule.",
                remedy=f"A rule is one of {', '.join(_RULES)}.",
            )
        if any(known.id == row["id"] for known in found):
            raise DefinitionError(f"Criterion '{row['id']}' is given twice.")
        found.append(
            Criterion(
                id=str(row["id"]),
                label=str(row["label"]),
                rule=rule,
                wanted=tuple(str(v) for v in row.get("any", ())),
                against=tuple(str(v) for v in row.get("against", ())),
                first=row.get("from"),
                last=row.get("to"),
            )
        )
    return tuple(found)


def suggest(record: Record, criteria: Sequence[Criterion]) -> tuple[Suggestion, ...]:
    """Return what each criterion suggests of a record."""
    return tuple(_RULES[c.rule](record, c) for c in criteria)


def _year(record: Record, criterion: Criterion) -> Suggestion:
    if record.year is None:
        return Suggestion(criterion=criterion.id, says=UNCLEAR)
    early = criterion.first is not None and record.year < criterion.first
    late = criterion.last is not None and record.year > criterion.last
    return Suggestion(
        criterion=criterion.id,
        says=FAILS if early or late else MEETS,
        because=str(record.year),
        field="year",
    )


def _value(field: str) -> Callable[[Record, Criterion], Suggestion]:
    def rule(record: Record, criterion: Criterion) -> Suggestion:
        value = str(getattr(record, field))
        parts = {p.strip() for p in re.split(r"[;,/|]", folded(value)) if p.strip()}
        wanted = {folded(v) for v in criterion.wanted}
        against = {folded(v) for v in criterion.against}
        says = UNCLEAR
        if parts & wanted:
            says = MEETS
        elif parts & against or (parts and wanted and field == "language"):
            says = FAILS
        return Suggestion(
            criterion=criterion.id,
            says=says,
            because=value if says != UNCLEAR else "",
            field=field if says != UNCLEAR else "",
        )

    return rule


def _text(record: Record, criterion: Criterion) -> Suggestion:
    """Look for words in title, abstract, keywords and country."""
    places = (
        ("title", record.title),
        ("abstract", record.abstract),
        ("keywords", "; ".join(record.keywords)),
        ("country", record.country),
    )
    hit = _first(places[:3], criterion.wanted)
    if hit is not None:
        return Suggestion(
            criterion=criterion.id, says=MEETS, because=hit[1], field=hit[0]
        )
    # The country of the publisher speaks neither for nor against a place studied.
    hit = _first(places[:3], criterion.against)
    if hit is not None:
        return Suggestion(
            criterion=criterion.id, says=FAILS, because=hit[1], field=hit[0]
        )
    return Suggestion(criterion=criterion.id, says=UNCLEAR)


def _first(
    places: Sequence[tuple[str, str]], words: Sequence[str]
) -> tuple[str, str] | None:
    for field, text in places:
        for word in words:
            match = re.search(rf"(?<!\w){re.escape(folded(word))}(?!\w)", folded(text))
            if match:
                return field, word
    return None


_RULES: Mapping[str, Callable[[Record, Criterion], Suggestion]] = {
    "year": _year,
    "language": _value("language"),
    "kind": _value("kind"),
    "place": _text,
    "text": _text,
}
