"""Experience asked, supervision received, training and careers promised."""

from __future__ import annotations

import re
from collections.abc import Mapping

from skillmix.adverts.advert import Value
from skillmix.adverts.coding.context import Text
from skillmix.adverts.coding.qualifications import asked_at_the_door
from skillmix.adverts.ruleset import Finding
from skillmix.adverts.scheme import scheme

MONTHS_A_YEAR = 12
_WORDS = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"nine": 9, "twelve": 12, "eighteen": 18, "a": 1},
}
_LENGTH = re.compile(
    r"\b(\d{1,2}|one|two|three|four|five|six|nine|twelve|eighteen|a)[ -]?"
    r"(month|year)s?\b",
    re.IGNORECASE,
)


def experience(text: Text) -> Mapping[str, Value]:
    """Return experience required, its months, and whether it is desirable."""
    fields = scheme().fields
    found = text.findings("experience")
    asked = [f for f in found if f.value in ("substantial", "some", "desire_only")]
    waived = [f for f in found if f.value == "not_needed"]
    wished = [f for f in found if f.value == "desirable"]
    required = _required(text, asked, waived)
    months = _months(text, [f for f in asked if f.value in ("substantial", "some")])
    return {
        "experience_required": required,
        "experience_months": months or text.absent(fields["experience_months"]),
        "experience_desirable": (
            text.stated(True, wished)
            if wished
            else text.absent(fields["experience_desirable"])
        ),
    }


def _required(text: Text, asked: list[Finding], waived: list[Finding]) -> Value:
    """Return what is asked; a plain "no experience needed" undoes a weaker demand."""
    leading = asked[0] if asked else None
    if waived and (leading is None or waived[0].rule.rank > leading.rule.rank):
        return text.stated("none", waived)
    if leading is None:
        return text.absent(scheme().fields["experience_required"])
    same = [f for f in asked if f.value == leading.value]
    return text.stated(leading.value, same)


def _months(text: Text, asked: list[Finding]) -> Value | None:
    for found in asked:
        for match in _LENGTH.finditer(found.sentence.text):
            near = found.sentence.text[match.end() : match.end() + 80].lower()
            if "experience" not in near or "last" in near[:8]:
                continue
            number = match.group(1).lower()
            count = int(number) if number.isdigit() else _WORDS[number]
            yearly = match.group(2).lower() == "year"
            months = count * MONTHS_A_YEAR if yearly else count
            return text.stated(months, [found])
    return None


def supervision(text: Text) -> Value:
    """Return who supervises the post holder."""
    found = text.findings("supervision")
    if not found:
        return text.absent(scheme().fields["supervised_by"])
    return text.stated(found[0].value, [f for f in found if f.value == found[0].value])


def training(text: Text) -> Value:
    """Return the training commitment."""
    found = [
        f
        for f in text.findings("training")
        if f.value == "generic" or not asked_at_the_door(f.sentence)
    ]
    return _specific_or_generic(
        text, found, "training_commitment", ("specific", "generic/mandatory")
    )


def career(text: Text) -> Value:
    """Return the statement on career development."""
    found = [
        f for f in text.findings("career") if f.value == "generic" or not _is_asked(f)
    ]
    return _specific_or_generic(
        text, found, "career_development", ("specific outcome", "generic")
    )


def _specific_or_generic(
    text: Text, found: list[Finding], name: str, codes: tuple[str, str]
) -> Value:
    for value, code in zip(("specific", "generic"), codes, strict=True):
        if same := [f for f in found if f.value == value]:
            return text.stated(code, same)
    return text.absent(scheme().fields[name])


def _is_asked(found: Finding) -> bool:
    """Tell whether the outcome found is itself a qualification to be brought.

    A career may stand beside a demand: "with your NVQ 3 you can go on to band 4".
    """
    start, end = (at - found.sentence.start for at in (found.start, found.end))
    return any(
        start < m.end and m.start < end for m in asked_at_the_door(found.sentence)
    )
