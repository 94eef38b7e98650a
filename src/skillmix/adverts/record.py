"""Coded adverts as rows of the table that reports read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from skillmix.adverts.advert import Coded
from skillmix.adverts.coding.employers import nation_of
from skillmix.adverts.normalise import without_contacts
from skillmix.adverts.scheme import scheme
from skillmix.schema.documents import ADVERT_BANDS, CodedAdvert

RUNG_OF = {
    "none stated": "none_stated",
    "none required": "none_required",
    "basic literacy/numeracy": "basic",
    **dict.fromkeys(
        ("literacy/numeracy L2", "GCSE", "Care Certificate", "NVQ", "NVQ1", "NVQ2"),
        "level_2",
    ),
    "level 2": "level_2",
    **dict.fromkeys(("NVQ3", "level 3"), "level_3"),
    **dict.fromkeys(("NVQ4", "foundation degree", "degree"), "level_4_or_above"),
    "registered": "registration",
    "other": "other",
}
_ORDER = (
    *("none_stated", "none_required", "other", "basic", "level_2", "level_3"),
    *("level_4_or_above", "registration"),
)
_NOT_TITLE = re.compile(
    r"\bbands? ?\d[a-d]?(?: ?(?:/|or|&|and|to|-) ?\d[a-d]?)*\b|\b\d+\b|\(.*?\)|\[.*?\]"
    r"|\b(?:bank|part time|full time|fixed term|nights?|days?|permanent|temporary)\b"
    r"|[-–,:;|].*$|£.*$",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[^a-z0-9]+")


def coded_table(
    coded: Sequence[Coded],
    roles: Mapping[str, str] | None = None,
    reviewed: frozenset[str] = frozenset(),
) -> pa.Table:
    """Return coded adverts as a `coded_advert` table.

    Args:
        coded: Coded adverts, the whole sample frame.
        roles: Canonical role by title.
        reviewed: Ids of adverts whose codes two coders have settled.
    """
    rows = [_row(c, roles or {}, reviewed) for c in coded]
    return pa.Table.from_pylist(rows, schema=CodedAdvert.arrow_schema())


def plain_title(title: str) -> str:
    """Return a title without band, place, brackets and signs, in lower case.

    "Band 3 Healthcare Assistant - Aquarius (nights)" and "Health Care Assistant" are
    "healthcare assistant"; a title of nothing else is kept as it is.
    """
    plain = _SIGNS.sub(" ", _NOT_TITLE.sub(" ", title.lower())).strip()
    plain = plain or _SIGNS.sub(" ", title.lower()).strip()
    return plain.replace("health care", "healthcare")


def rung_of(codes: Sequence[str]) -> str:
    """Return the rung of the highest of several qualifications."""
    return max((RUNG_OF[c] for c in codes), key=_ORDER.index)


def slug_of(value: Any) -> str:
    """Return a code as a slug: "generic/mandatory" is "generic_mandatory"."""
    return _SIGNS.sub("_", str(value).lower()).strip("_")


def _row(
    one: Coded, roles: Mapping[str, str], reviewed: frozenset[str]
) -> dict[str, Any]:
    head = one.advert.head
    return {
        "advert": one.advert.id,
        "file": one.advert.file,
        "source": one.advert.source,
        "reference": head.reference or None,
        "month": one.month,
        "posted_on": head.posted,
        "closes_on": head.closes,
        "title": without_contacts(head.title) or None,
        "employer_name": head.employer or None,
        "sector": one["sector"],
        "nation": nation_of(head.employer, head.location),
        "attachments_read": "; ".join(one.advert.attachments),
        "text_sha256": one.advert.digest,
        "characters": len(one.advert.text),
        "in_sample": not one.exclusion,
        "exclusion": one.exclusion or None,
        "duplicate_of": one.duplicate_of or None,
        "scheme_version": scheme().version,
        "reviewed": one.advert.id in reviewed,
        "plain_title": plain_title(head.title),
        "role": roles.get(head.title) or None,
        "setting": one["setting"],
        **_pay(one),
        **_asked(one),
        **_offered(one),
    }


def _pay(one: Coded) -> dict[str, Any]:
    bands = [str(b) for b in one["afc_band"]]
    known = bands[0] if bands and bands[0] in ADVERT_BANDS else "unknown"
    stated, implied = bool(one["afc_band_stated"]), bool(one["afc_band_from_salary"])
    basis = {(True, True): "both", (True, False): "stated", (False, True): "salary"}
    weekly = one["hours_per_week"]
    most = max(weekly) if isinstance(weekly, tuple) else weekly
    return {
        "band": "several" if len(bands) > 1 else known,
        "band_basis": basis.get((stated, implied), "none"),
        "salary_minimum": _decimal(one["salary_min"]),
        "salary_maximum": _decimal(one["salary_max"]),
        "pay_period": one["period"],
        "high_cost_area": one["high_cost_area"],
        "contract": slug_of(one["contract"]),
        "hours_per_week": _decimal(most),
    }


def _asked(one: Coded) -> dict[str, Any]:
    return {
        "qualification": rung_of(one["essential_qualifications"]),
        "qualification_state": one.values["essential_qualifications"].state,
        "qualifications": "; ".join(one["essential_qualifications"]),
        "qualification_waivable": one["essential_waivable"],
        "desirable_qualification": rung_of(one["desirable_qualifications"]),
        "desirable_qualifications": "; ".join(one["desirable_qualifications"]),
        "experience": one["experience_required"],
        "experience_state": one.values["experience_required"].state,
        "experience_months": one["experience_months"],
        "experience_desirable": one["experience_desirable"],
        "lived_experience": one["lived_experience"],
        "knowledge": "; ".join(one["knowledge"]),
        "skills": "; ".join(one["skills"]),
        "attributes": "; ".join(one["attributes"]),
        "responsibilities": "; ".join(one["responsibilities"]),
        "supervises_others": one["supervises_others"],
        "supervised_by": slug_of(one["supervised_by"]),
        "supervision_state": one.values["supervised_by"].state,
        "second_language": one["second_language"],
        "driving_required": one["driving_required"],
        "travel_required": one["travel_required"],
        "shift_or_unsocial": one["shift_or_unsocial"],
        "physical_intervention": one["pmva_or_restraint_training"],
        "care_certificate": one["care_certificate"],
    }


def _offered(one: Coded) -> dict[str, Any]:
    return {
        "training": slug_of(one["training_commitment"]),
        "training_payer": slug_of(one["training_payer"]),
        "career": slug_of(one["career_development"]),
        "cost_to_applicant": one["cost_to_applicant"],
        "flexibility": one["flexibility"],
        "flexibility_demand": one["flex_demand_kind"] or "none",
        "flexibility_offer": one["flex_offer_kind"] or "none",
        "benefits": "; ".join(one["benefits"]),
        "leave_days": one["leave_days"],
    }


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
