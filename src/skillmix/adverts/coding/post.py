"""What the post is: its titles, setting, employer, sector and overview."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from skillmix.adverts.advert import LONGEST_QUOTE, Evidence, Value
from skillmix.adverts.coding.context import Text
from skillmix.adverts.coding.employers import sector_of
from skillmix.adverts.coding.lists import Passage
from skillmix.adverts.normalise import without_contacts
from skillmix.adverts.rulefiles import rows
from skillmix.adverts.ruleset import lowered, matches, openings
from skillmix.adverts.scheme import scheme
from skillmix.adverts.sections import SECTIONS, at

_HEAD = frozenset(("title", "location"))
_ABOUT = frozenset(("about",))
_NOT_SETTING = frozenset(("contact", "benefits", "legal", "apply", "head"))
_BUT_HEAD = SECTIONS - _HEAD
_BUT_ABOUT = SECTIONS - _ABOUT
_BUT_BODY = _NOT_SETTING | _HEAD | _ABOUT
_OTHER_TITLE = re.compile(
    r"(?:(?:also )?known as|also called|\baka\b|formerly|or)\s+(?:an? |the )?"
    r"((?:[A-Z][\w'-]+ ?){2,5})"
)
_OVERVIEW = re.compile(
    r"opportunit|looking for|recruit|seeking|vacanc|join (?:our|the|us)|you will|role",
    re.IGNORECASE,
)


def post(text: Text) -> dict[str, Value]:
    """Return the values of titles, setting, employer, sector and overview."""
    return {
        "title": _printed(text, "title", text.advert.head.title),
        "alternative_titles": _alternatives(text),
        "setting": _setting(text),
        "employer": _printed(text, "employer", text.advert.head.employer),
        "sector": _sector(text),
        "overview": _overview(text),
    }


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
