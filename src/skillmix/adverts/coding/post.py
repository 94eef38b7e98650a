"""What the post is: title, setting, employer and sector, pay and band."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from skillmix.adverts.advert import LONGEST_QUOTE, Evidence, Value
from skillmix.adverts.coding.bands import (
    POST_SECTIONS,
    Match,
    bands_of_pay,
    stated_bands,
)
from skillmix.adverts.coding.context import Text
from skillmix.adverts.coding.lists import Passage
from skillmix.adverts.coding.salary import NO_PAY, Pay, parse_pay
from skillmix.adverts.normalise import without_contacts
from skillmix.adverts.rulefiles import rows
from skillmix.adverts.ruleset import lowered, matches, openings
from skillmix.adverts.scheme import scheme
from skillmix.adverts.sections import CONTACT, SECTIONS, Sentence, at

_Stated = tuple[str, Sentence, "re.Match[str]"]
_HEAD = frozenset(("title", "location"))
_ABOUT = frozenset(("about",))
_NOT_SETTING = frozenset(("contact", "benefits", "legal", "apply", "head"))
_BUT_HEAD = SECTIONS - _HEAD
_BUT_ABOUT = SECTIONS - _ABOUT
_BUT_BODY = _NOT_SETTING | _HEAD | _ABOUT
_LONDON = re.compile(
    r"\bHCAS?\b|high cost (?:area|living)|london weighting|inner london|outer london"
    r"|\bfringe\b|london location|\bLW\b|weighting allowance|geographical allowance",
    re.IGNORECASE,
)
_SALARY_LINE = re.compile(
    r"^(?:salary|pay|rate of pay|annual salary|pay rate)\b[^£\d]{0,40}(?=£|\d)",
    re.IGNORECASE,
)
_OTHER_TITLE = re.compile(
    r"(?:(?:also )?known as|also called|\baka\b|formerly|or)\s+(?:an? |the )?"
    r"((?:[A-Z][\w'-]+ ?){2,5})"
)
_OVERVIEW = re.compile(
    r"opportunit|looking for|recruit|seeking|vacanc|join (?:our|the|us)|you will|role",
    re.IGNORECASE,
)


def post(text: Text) -> dict[str, Value]:
    """Return the values of title, setting, employer, overview, pay and band."""
    return {
        "title": _printed(text, "title", text.advert.head.title),
        "alternative_titles": _alternatives(text),
        "setting": _setting(text),
        "employer": _printed(text, "employer", text.advert.head.employer),
        "sector": _sector(text),
        "overview": _overview(text),
        **_pay(text),
    }


def sector_of(employer: str) -> str:
    """Return "nhs", "independent" or "other" for an employer's name."""
    for sector, pattern in _table("sectors"):
        if pattern.search(employer.lower()):
            return sector
    return "other"


def nation_of(employer: str, location: str = "") -> str:
    """Return the nation of an employer, England unless its name says otherwise."""
    for nation, pattern in _table("nations"):
        if pattern.search(employer.lower()) or pattern.search(location.lower()):
            return nation
    return "england"


def _pay(text: Text) -> dict[str, Value]:
    fields = scheme().fields
    pay, evidence = _salary(text)
    nhs = sector_of(text.advert.head.employer) == "nhs"
    day = text.advert.head.posted or text.advert.head.closes
    match = bands_of_pay(pay, day, nhs=nhs)
    stated = _own_bands(stated_bands(text), match)
    cited = evidence[:1]

    def number(name: str, value: float | str | None, sure: float = 0.95) -> Value:
        if value is None:
            return text.absent(fields[name])
        return Value(value=value, state="stated", evidence=cited, confidence=sure)

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
        "salary_min": number("salary_min", _plain(pay.low)),
        "salary_max": number("salary_max", _plain(pay.high)),
        "currency": number("currency", "GBP" if evidence else None),
        "period": number("period", pay.period),
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


def _printed(text: Text, name: str, value: str) -> Value:
    if not value:
        return text.absent(scheme().fields[name])
    start = text.advert.text.find(value)
    evidence = (
        Evidence(
            quote=without_contacts(value)[:LONGEST_QUOTE],
            start=start,
            end=start + min(len(value), LONGEST_QUOTE),
            rule=f"{name}.field",
            section=name,
            confidence=0.99,
        ),
    )
    return Value(
        value=value,
        state="stated",
        evidence=evidence if start >= 0 else (),
        confidence=0.99,
    )


def _alternatives(text: Text) -> Value:
    title = text.advert.head.title
    parts = [p.strip() for p in re.split(r"\s?/\s?", title) if len(p.strip()) > 6]
    names = parts[1:] if len(parts) > 1 else []
    for sentence in text.sentences:
        if sentence.section in ("contact", "location", "benefits", "legal"):
            continue
        match = re.search(r"(?:known as|also called|\baka\b)", sentence.text)
        if match and (found := _OTHER_TITLE.search(sentence.text)):
            names.append(found.group(1).strip())
    if not names:
        return text.absent(scheme().fields["alternative_titles"])
    return Value(value=tuple(names), state="stated", confidence=0.6)


def _setting(text: Text) -> Value:
    """Score settings: a word in the title counts for four in the text."""
    scores: dict[str, float] = {}
    first: dict[str, int] = {}
    weights = {r["setting"]: float(r["title_weight"]) for r in rows("settings")}
    for weight, passage in (
        (4.0, Passage.of(text, _BUT_HEAD)),
        (1.0, Passage.of(text, _BUT_BODY)),
        (0.4, Passage.of(text, _BUT_ABOUT)),
    ):
        if not passage.words:
            continue
        for setting, opens, pattern in _settings():
            for match in matches(pattern, opens, passage.words):
                scores[setting] = scores.get(setting, 0.0) + weight
                first.setdefault(setting, passage.at(match.start()))
    if not scores:
        return text.absent(scheme().fields["setting"])
    best = max(scores, key=lambda s: min(scores[s], 6.0) * weights[s] ** 0.5)
    sentence = at(text.sentences, first[best])
    span = (first[best] - sentence.start, len(sentence.text))
    return text.quoted(best, sentence, span, rule=f"setting.{best}", confidence=0.7)


def _sector(text: Text) -> Value:
    employer = text.advert.head.employer
    named = _printed(text, "employer", employer)
    return Value(
        value=sector_of(employer),
        state="stated" if employer else "silent",
        evidence=named.evidence,
        confidence=0.9,
    )


def _overview(text: Text) -> Value:
    for sentence in text.sentences:
        if sentence.section in ("summary", "body", "duties", "person") and (
            len(sentence.text) > 50 and _OVERVIEW.search(sentence.text)
        ):
            span = (0, len(sentence.text))
            rule = "overview.first-sentence"
            value = text.quoted("", sentence, span, rule=rule, confidence=0.7)
            return replace(value, value=value.evidence[0].quote)
    return text.absent(scheme().fields["overview"])


@cache
def _settings() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    return tuple(
        (row["setting"], openings(row["pattern"]), lowered(row["pattern"]))
        for row in rows("settings")
    )


@cache
def _table(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    key = name.removesuffix("s")
    return tuple((row[key], lowered(row["pattern"])) for row in rows(name))
