"""Code one advert: every field of the scheme, in its order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from skillmix.adverts.advert import Advert, Coded, Value
from skillmix.adverts.coding.context import Text, open_text
from skillmix.adverts.coding.lists import lists
from skillmix.adverts.coding.patterns_of_work import (
    contract,
    flexibility,
    hours,
    shifts,
)
from skillmix.adverts.coding.pay import pay
from skillmix.adverts.coding.people import career, experience, supervision, training
from skillmix.adverts.coding.post import post
from skillmix.adverts.coding.qualifications import qualifications
from skillmix.adverts.frame import role_excluded
from skillmix.adverts.ruleset import Finding
from skillmix.adverts.scheme import scheme
from skillmix.adverts.sections import CONTACT

_YES_NO = (
    *("supervises_others", "pmva_or_restraint_training", "second_language"),
    *("care_certificate", "cost_to_applicant", "driving_required", "travel_required"),
)
_PAID = re.compile(
    r"(?:fees?|costs?|cost of the)[^.;]{0,70}(?:met|paid|funded|covered) by"
    r"|fully[- ]funded|funded (?:training|qualification|course|apprentic|place)"
    r"|free (?:\w+ )?(?:training|vocational|course)|paid (?:training|induction|study)"
    r"|bursary|sponsor\w+|study leave|earning while"
)


def code(advert: Advert) -> Coded:
    """Code an advert by the scheme; the same text gives the same codes."""
    text = open_text(advert)
    values: dict[str, Value] = {
        **post(text),
        **pay(text),
        **qualifications(text),
        **experience(text),
        "supervised_by": supervision(text),
        "training_commitment": training(text),
        "training_payer": _payer(text),
        "career_development": career(text),
        **_requirements(text),
        **lists(text),
        "contract": contract(text),
        "hours_per_week": hours(text),
        **flexibility(text),
        "shift_or_unsocial": shifts(text),
        "excluded_role": role_excluded(text),
    }
    return Coded(advert=advert, values={n: values[n] for n in scheme().fields})


def _requirements(text: Text) -> Mapping[str, Value]:
    found: dict[str, list[Finding]] = {}
    for finding in text.findings("requirements"):
        found.setdefault(finding.value, []).append(finding)
    values = {name: _yes_no(text, name, found.get(name, ())) for name in _YES_NO}
    if values["driving_required"].value and not values["travel_required"].value:
        values["travel_required"] = values["driving_required"]
    return {**values, "lived_experience": _lived(text, found)}


def _yes_no(text: Text, name: str, found: Sequence[Finding]) -> Value:
    if not found:
        return text.absent(scheme().fields[name])
    return text.stated(True, found)


def _lived(text: Text, found: Mapping[str, list[Finding]]) -> Value:
    for kind in ("required", "desirable"):
        if same := found.get(f"lived_experience_{kind}"):
            return text.stated(kind, same)
    return text.absent(scheme().fields["lived_experience"])


def _payer(text: Text) -> Value:
    for sentence in text.sentences:
        if sentence.section == CONTACT or "dbs" in sentence.lower:
            continue
        if match := _PAID.search(sentence.lower):
            rule = "training.paid-by-employer"
            return text.quoted(
                "employer", sentence, match.span(), rule=rule, confidence=0.8
            )
    return text.absent(scheme().fields["training_payer"])
