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
# A coder has a column of the differences; no other column may be called the same.
NOT_CODERS = frozenset(DIFFERENCE_COLUMNS)
AGREEMENT_COLUMNS = (
    *("field", "label", "adverts", "agreed", "share", "kappa", "kappa_low"),
    *("kappa_high", "alpha"),
)


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
        InvalidRowsError: If they were made of different texts of an advert, or the
            coders cannot be told apart.
    """
    if first.coder == second.coder or {first.coder, second.coder} & NOT_CODERS:
        raise InvalidRowsError(
            "The two codings do not have the names of two coders.",
            where=f"{first.coder}, {second.coder}",
            remedy="Name each sheet after its coder, for example ann.csv and bea.csv.",
        )
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


def agreement_object(comparison: Comparison) -> dict[str, Any]:
    """Return two coders' agreement as plain values, a row a field.

    Kappa and alpha are None where both used one code throughout: chance then cannot
    be told from agreement.
    """
    return {
        "kind": "skillmix advert agreement",
        "version": 1,
        "scheme": {"name": scheme().name, "version": scheme().version},
        "first": comparison.first,
        "second": comparison.second,
        "agreed": len(comparison.agreed),
        "differing": len(comparison.differing),
        "fields": [_agreed(n, found) for n, found in comparison.fields.items()],
    }


def _agreed(name: str, found: Agreement) -> dict[str, Any]:
    return {
        "field": name,
        "label": scheme().fields[name].label,
        "adverts": found.units,
        "agreed": found.agreed,
        "share": found.share,
        "kappa": found.kappa.estimate,
        "kappa_low": found.kappa.conf_low,
        "kappa_high": found.kappa.conf_high,
        "alpha": found.alpha,
    }


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
