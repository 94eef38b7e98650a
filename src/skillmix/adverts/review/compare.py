"""Two codings side by side: agreement by field, and where the coders differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillmix.adverts.review.codes import reviewed_fields, written
from skillmix.adverts.review.sheets import Coding, Key
from skillmix.adverts.scheme import scheme
from skillmix.errors import InvalidRowsError
from skillmix.statistics.agreement import Agreement, agreement

DIFFERENCE_COLUMNS = ("advert", "text_sha256", "field", "label", "code", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two coders' agreement.

    Attributes:
        first: Name of the first coder.
        second: Name of the second coder.
        fields: Agreement by field, of fields that both coded.
        agreed: Codes on which both agree.
        differing: For each difference, the two codes.
        digests: SHA-256 of the text of each advert both coded.
    """

    first: str
    second: str
    fields: Mapping[str, Agreement]
    agreed: Mapping[Key, Any]
    differing: Mapping[Key, tuple[Any, Any]]
    digests: Mapping[str, str]


def compare(first: Coding, second: Coding) -> Comparison:
    """Set two codings beside each other.

    Raises:
        InvalidRowsError: If they were made of different texts of an advert.
    """
    moved = [
        advert
        for advert, digest in first.digests.items()
        if advert in second.digests and second.digests[advert] != digest
    ]
    if moved:
        raise InvalidRowsError(
            f"The text of {len(moved)} adverts differs between the two sheets.",
            where=", ".join(sorted(moved)[:5]),
            remedy="Let both coders work from the same sheet.",
        )
    shared = [key for key in first.codes if key in second.codes]
    pairs = {key: (first.codes[key], second.codes[key]) for key in shared}
    fields: dict[str, Agreement] = {}
    for field in reviewed_fields():
        of_field = {k[0]: pair for k, pair in pairs.items() if k[1] == field.name}
        if of_field:
            fields[field.name] = agreement(
                {advert: a for advert, (a, _) in of_field.items()},
                {advert: b for advert, (_, b) in of_field.items()},
            )
    return Comparison(
        first=first.coder,
        second=second.coder,
        fields=fields,
        agreed={k: a for k, (a, b) in pairs.items() if a == b},
        differing={k: pair for k, pair in pairs.items() if pair[0] != pair[1]},
        digests={a: d for a, d in first.digests.items() if a in second.digests},
    )


def difference_rows(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """Yield a sheet of the differences, for a third person to settle."""
    fields = scheme().fields
    for (advert, name), (one, other) in comparison.differing.items():
        yield {
            "advert": advert,
            "text_sha256": comparison.digests.get(advert, ""),
            "field": name,
            "label": fields[name].label,
            comparison.first: written(fields[name], one),
            comparison.second: written(fields[name], other),
            "code": "",
            "note": "",
        }


def difference_columns(comparison: Comparison) -> Sequence[str]:
    """Return the columns of the sheet of differences, both coders' among them."""
    before, after = DIFFERENCE_COLUMNS[:4], DIFFERENCE_COLUMNS[4:]
    return (*before, comparison.first, comparison.second, *after)
