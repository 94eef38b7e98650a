"""The review's tables: codes by sector, each with count, denominator and states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skillmix.adverts.advert import STATES, Coded
from skillmix.adverts.scheme import Field, scheme
from skillmix.statistics.estimators import wilson

SECTORS = ("nhs", "independent", "other")
# In the order of the report's chapters; each is a table of its own.
TABULATED = (
    *("afc_band", "contract", "essential_qualifications", "desirable_qualifications"),
    *("experience_required", "lived_experience", "supervised_by", "supervises_others"),
    *("training_commitment", "career_development", "flexibility"),
    *("flex_demand_kind", "flex_offer_kind", "shift_or_unsocial"),
    *("driving_required", "pmva_or_restraint_training", "cost_to_applicant"),
    *("skills", "attributes", "knowledge", "responsibilities", "benefits"),
)
# Fields that hold several codes of one advert: shares add up to more than one.
SEVERAL = "codes"
# No band or number found is no code of its own: the advert does not tell.
NOT_TOLD = "Not told"


def tables(coded: Sequence[Coded]) -> list[dict[str, Any]]:
    """Return one table a field of the adverts in the sample, a row a code and sector.

    A share is out of all adverts of its sector in the sample, those that are silent
    included; the states say how many spoke of the field at all.
    """
    kept = [c for c in coded if not c.exclusion]
    groups = {
        sector: [c for c in kept if c["sector"] == sector]
        for sector in SECTORS
        if any(c["sector"] == sector for c in kept)
    }
    fields = scheme().fields
    return [_table(fields[name], groups) for name in TABULATED if groups]


def _table(field: Field, groups: Mapping[str, Sequence[Coded]]) -> dict[str, Any]:
    return {
        "field": field.name,
        "label": field.label,
        "criterion": scheme().criteria[field.criterion],
        "several_codes": field.kind in (SEVERAL, "numbers"),
        "states": [
            {"sector": sector, "adverts": len(ones), **_states(ones, field.name)}
            for sector, ones in groups.items()
        ],
        "rows": [
            row for sector, ones in groups.items() for row in _rows(field, sector, ones)
        ],
    }


def _states(ones: Sequence[Coded], name: str) -> dict[str, int]:
    counts = Counter(c.values[name].state for c in ones)
    return {state: counts.get(state, 0) for state in STATES}


def _rows(field: Field, sector: str, ones: Sequence[Coded]) -> Iterator[dict[str, Any]]:
    counts = Counter(code for c in ones for code in codes_of(c[field.name]))
    known = list(field.codes)
    order = {code: n for n, code in enumerate(known)}
    for code in sorted(counts, key=lambda c: (order.get(c, len(known)), c)):
        share = wilson(counts[code] / len(ones), len(ones))
        yield {
            "code": code,
            "label": label_of(field, code),
            "sector": sector,
            "adverts": counts[code],
            "of": len(ones),
            "share": share.estimate,
            "conf_low": share.conf_low,
            "conf_high": share.conf_high,
        }


def codes_of(value: Any) -> tuple[str, ...]:
    """Return the codes of a value as words: one, several, or "none"."""
    if isinstance(value, tuple | list):
        listed: Sequence[Any] = value
        return tuple(dict.fromkeys(str(v) for v in listed)) or ("none",)
    if isinstance(value, bool):
        return ("yes",) if value else ("no",)
    return (str(value),) if value is not None else ("none",)


def label_of(field: Field, code: str) -> str:
    """Return what a code is called where people read it."""
    if code in field.codes:
        return field.codes[code]
    if code == "none" and field.kind in ("number", "numbers"):
        return NOT_TOLD
    words = code.replace("_", " ")
    return words[:1].upper() + words[1:]
