"""Pay as numbers, the band it is of, and the supplement of a high cost area."""

from __future__ import annotations

import re
from collections.abc import Iterable

from skillmix.adverts.advert import Evidence, Value
from skillmix.adverts.coding.bands import (
    POST_SECTIONS,
    Match,
    bands_of_pay,
    stated_bands,
)
from skillmix.adverts.coding.context import Text
from skillmix.adverts.coding.employers import sector_of
from skillmix.adverts.coding.salary import NO_PAY, Pay, parse_pay
from skillmix.adverts.scheme import scheme
from skillmix.adverts.sections import CONTACT, Sentence

_Stated = tuple[str, Sentence, "re.Match[str]"]
_LONDON = re.compile(
    r"\bHCAS?\b|high cost (?:area|living)|london weighting|inner london|outer london"
    r"|\bfringe\b|london location|\bLW\b|weighting allowance|geographical allowance",
    re.IGNORECASE,
)
_SALARY_LINE = re.compile(
    r"^(?:salary|pay|rate of pay|annual salary|pay rate)\b[^£\d]{0,40}(?=£|\d)",
    re.IGNORECASE,
)


def pay(text: Text) -> dict[str, Value]:
    """Return the values of salary, its period, bands and high cost area pay."""
    fields = scheme().fields
    paid, evidence = _salary(text)
    nhs = sector_of(text.advert.head.employer) == "nhs"
    day = text.advert.head.posted or text.advert.head.closes
    match = bands_of_pay(paid, day, nhs=nhs)
    stated = _own_bands(stated_bands(text), match)
    cited = evidence[:1]

    def number(name: str, value: float | str | None) -> Value:
        if value is None:
            return text.absent(fields[name])
        return Value(value=value, state="stated", evidence=cited, confidence=0.95)

    own = tuple(
        text.evidence(
            s.start + m.start(),
            s.start + m.end(),
            rule="band.stated",
            section=s.section,
            confidence=0.97 if s.section in ("title", "salary", "band") else 0.9,
        )
        for _, s, m in stated
    )
    named = _numbers(b for b, _, _ in stated)
    implied = _numbers(match.bands) if match else ()
    return {
        "afc_band_stated": _numbers_value(text, "afc_band_stated", named, own),
        "afc_band_from_salary": _numbers_value(
            text, "afc_band_from_salary", implied, _implied(cited, match)
        ),
        "afc_band": _numbers_value(
            text, "afc_band", named or implied, own or _implied(cited, match)
        ),
        "salary_min": number("salary_min", _plain(paid.low)),
        "salary_max": number("salary_max", _plain(paid.high)),
        "currency": number("currency", "GBP" if evidence else None),
        "period": number("period", paid.period),
        "high_cost_area": _high_cost_area(text, match, cited),
    }


def _own_bands(stated: list[_Stated], match: Match | None) -> list[_Stated]:
    """Keep, of several bands that the text names, those that its salary has too.

    A title that names two bands means both; a text that does often speaks of
    others' bands as well.
    """
    titled = any(s.section in POST_SECTIONS for _, s, _ in stated)
    if titled or len({b for b, _, _ in stated}) < 2:
        return stated
    agreeing = [one for one in stated if match and one[0] in match.bands]
    return agreeing or [one for one in stated if one[0] == stated[0][0]]


def _salary(text: Text) -> tuple[Pay, tuple[Evidence, ...]]:
    """Return pay from the salary field and from lines headed "Salary" in the text."""
    fields = [s for s in text.sentences if s.section == "salary"]
    lines = [
        s
        for s in text.sentences
        if s.section not in ("salary", "contact") and _SALARY_LINE.match(s.text)
    ]
    found: list[tuple[Pay, Sentence]] = []
    for sentence in (*fields, *lines):
        pay = parse_pay(_SALARY_LINE.sub("", sentence.text))
        first = found[0][0] if found else pay
        if pay.period and pay.period == first.period:
            found.append((pay, sentence))
    if not found:
        return NO_PAY, ()
    # A field that names an open start is closed by a line only if that differs.
    lows = [p.low for p, _ in found if p.low is not None]
    highs = [p.high for p, _ in found if p.high is not None]
    leading = found[0][0]
    high = max(highs) if highs and leading.high is not None else leading.high
    low = min(lows) if lows and leading.low is not None else leading.low
    evidence = tuple(
        text.evidence(
            s.start,
            s.start + len(s.text),
            rule="pay.field" if s.section == "salary" else "pay.line",
            section=s.section,
            confidence=0.97 if s.section == "salary" else 0.85,
        )
        for _, s in found
    )
    return Pay(low, high, leading.period), evidence


def _implied(cited: tuple[Evidence, ...], match: Match | None) -> tuple[Evidence, ...]:
    if match is None:
        return ()
    return tuple(
        Evidence(
            quote=e.quote,
            start=e.start,
            end=e.end,
            rule="band.pay-scale" + (f"-{match.zone}" if match.zone else ""),
            section=e.section,
            confidence=match.confidence,
        )
        for e in cited
    )


def _high_cost_area(
    text: Text, match: Match | None, cited: tuple[Evidence, ...]
) -> Value:
    for sentence in text.sentences:
        found = _LONDON.search(sentence.text) if _near_london(sentence) else None
        of_pay = sentence.section == "salary" or (
            sentence.section != CONTACT and "£" in sentence.text
        )
        if found and of_pay:
            rule = "pay.high-cost-area"
            return text.quoted(True, sentence, found.span(), rule=rule, confidence=0.9)
    if match and match.zone:
        evidence = _implied(cited, match)
        return Value(value=True, state="stated", evidence=evidence, confidence=0.9)
    return text.absent(scheme().fields["high_cost_area"])


def _near_london(sentence: Sentence) -> bool:
    return sentence.section == "salary" or any(
        w in sentence.lower
        for w in ("hca", "london", "high cost", "weighting", "fringe")
    )


def _numbers_value(
    text: Text,
    name: str,
    bands: tuple[int | str, ...],
    evidence: tuple[Evidence, ...],
) -> Value:
    if not bands:
        return text.absent(scheme().fields[name])
    return Value(
        value=bands,
        state="stated",
        evidence=evidence[:3],
        confidence=evidence[0].confidence if evidence else 0.9,
    )


def _numbers(bands: Iterable[str]) -> tuple[int | str, ...]:
    return tuple(int(b) if b.isdigit() else b for b in sorted(set(bands)))


def _plain(amount: float | None) -> float | int | None:
    if amount is None:
        return None
    return int(amount) if amount == int(amount) and amount > 1000 else amount
