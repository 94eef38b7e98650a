"""Flexibility demanded and offered, shifts, contract and hours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from skillmix.adverts.advert import Value
from skillmix.adverts.coding.context import Text
from skillmix.adverts.ruleset import Finding
from skillmix.adverts.scheme import scheme

FULL_TIME_HOURS = 37.5
_HOURS = re.compile(
    r"(?P<list>\d\d(?:\.\d{1,2})?(?: ?(?:/|or|,|and|to|-) ?\d\d(?:\.\d{1,2})?)*) ?"
    r"(?:hours|hrs)(?! (?:of|notice|a day|shift|care|free|before|after|after|support))"
    r"(?P<week> ?(?:per|a|/|each)? ?(?:week|wk)| ?pw| ?p/w)?",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:hours(?: of work| per week)?|contract hours|working week)\s*[:-]+\s*"
    r"(?P<list>\d\d(?:\.\d{1,2})?(?: ?(?:/|or|,|and) ?\d\d(?:\.\d{1,2})?)*)",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"\b(0\.[1-9]\d?) ?(?:w\.?t\.?e|f\.?t\.?e|whole)", re.IGNORECASE)
_STANDARD = re.compile(r"full[- ]time.{0,20}37\.5|37\.5", re.IGNORECASE)
LEAST_HOURS, MOST_HOURS = 7.0, 60.0


def flexibility(text: Text) -> Mapping[str, Value]:
    """Return flexibility and the kinds of its two sides."""
    found = text.findings("flexibility")
    asked = [f for f in found if f.value.startswith("demanded")]
    offered = [f for f in found if f.value.startswith("offered")]
    fields = scheme().fields
    code = "both" if asked and offered else "demanded" if asked else "offered"
    whole = (
        text.stated(code, [*asked[:2], *offered[:2]])
        if asked or offered
        else text.absent(fields["flexibility"])
    )
    return {
        "flexibility": whole,
        "flex_demand_kind": _kind(text, asked, "flex_demand_kind", "hours"),
        "flex_offer_kind": _kind(text, offered, "flex_offer_kind", "specific"),
    }


def _kind(text: Text, found: list[Finding], name: str, first: str) -> Value:
    """Return the kind of one side: the closer to this post if both kinds are found."""
    if not found:
        return text.absent(scheme().fields[name])
    kinds = {f.value.partition(".")[2] for f in found}
    code = first if first in kinds else next(iter(kinds))
    return text.stated(code, [f for f in found if f.value.endswith(code)])


def shifts(text: Text) -> Value:
    """Return whether the post works shifts or unsocial hours."""
    found = text.findings("shift")
    if not found:
        return text.absent(scheme().fields["shift_or_unsocial"])
    # Two rules that agree are surer than either.
    best = max(f.rule.confidence for f in found)
    rules = {f.rule.id for f in found}
    return text.stated(True, found, min(best + 0.03 * (len(rules) - 1), 0.98))


def contract(text: Text) -> Value:
    """Return the kind of contract."""
    found = text.findings("contract")
    if not found:
        return text.absent(scheme().fields["contract"])
    first = found[0]
    return text.stated(first.value, [f for f in found if f.value == first.value])


def hours(text: Text) -> Value:
    """Return hours a week, one or several, or None."""
    field = scheme().fields["hours_per_week"]
    for sentence in text.sentences:
        if sentence.section in ("contact", "benefits", "about"):
            continue
        match, numbers = _hours_in(sentence.text)
        if match and numbers:
            value = numbers[0] if len(numbers) == 1 else tuple(numbers)
            rule = "hours.per-week"
            return text.quoted(
                value, sentence, match.span(), rule=rule, confidence=0.85
            )
    return text.absent(field)


def _hours_in(words: str) -> tuple[re.Match[str] | None, list[float]]:
    if match := _LABELLED.search(words):
        return match, _listed(match["list"])
    for match in _HOURS.finditer(words):
        numbers = _listed(match["list"])
        told = (
            match["week"]
            or any(n % 1 for n in numbers)
            or max(numbers, default=0) >= 15
        )
        context = words[max(0, match.start() - 40) : match.end() + 12].lower()
        daily = re.search(r"shift|a day|per day|days? (?:and|or)|24|notice", context)
        if numbers and told and (match["week"] or not daily):
            return match, numbers
    if match := _FRACTION.search(words):
        return match, [round(float(match.group(1)) * FULL_TIME_HOURS, 2)]
    return None, []


def _listed(text: str) -> list[float]:
    numbers = [float(n) for n in re.findall(r"\d\d(?:\.\d{1,2})?", text)]
    return sorted({n for n in numbers if LEAST_HOURS <= n <= MOST_HOURS})
