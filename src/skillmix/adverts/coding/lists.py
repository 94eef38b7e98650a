"""Fields that hold several codes: responsibilities, skills, attributes, benefits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from skillmix.adverts.advert import Evidence, Value
from skillmix.adverts.coding.context import SILENCE, Text
from skillmix.adverts.rulefiles import rows
from skillmix.adverts.ruleset import lowered, matches, openings
from skillmix.adverts.scheme import scheme
from skillmix.adverts.sections import CONTACT, at

CONFIDENCE = 0.7
# Where each list may be read: a hospital's values are not those of the candidate.
_OUTSIDE: Mapping[str, frozenset[str]] = {
    "responsibilities": frozenset(("contact", "benefits", "legal", "about", "apply")),
    "knowledge": frozenset(("contact", "benefits", "legal", "apply")),
    "skills": frozenset(("contact", "benefits", "legal", "about", "apply")),
    "attributes": frozenset(("contact", "benefits", "legal", "about", "apply")),
    "benefits": frozenset(("contact", "legal", "apply", "title")),
}
_LEAVE = re.compile(
    r"\b(\d\d)(?:\.\d)? days.{0,12}(?:annual leave|holiday|paid leave|leave\b)"
    r"|annual leave.{0,25}?\b(\d\d) days"
    r"|(?:holidays?|leave)(?: entitlement| allowance)?\W{1,4}(\d\d) days"
)
LEAST_LEAVE, MOST_LEAVE = 20, 45
_Listed = tuple[str, tuple[str, ...], re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences that may be read, one a line, and the way back to the text.

    Attributes:
        words: The sentences in lower case.
        lines: Where each line begins in `words`.
        starts: Where each begins in the reading copy.
    """

    words: str
    lines: tuple[int, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: Text, outside: frozenset[str]) -> Passage:
        """Return the sentences that stand in no section left out."""
        kept = [s for s in text.sentences if s.section not in outside]
        lengths = [len(s.lower) + 1 for s in kept]
        lines = tuple(accumulate(lengths[:-1], initial=0)) if kept else (0,)
        starts = tuple(s.start for s in kept) or (0,)
        return cls("\n".join(s.lower for s in kept), lines, starts)

    def at(self, offset: int) -> int:
        """Return the offset in the reading copy of an offset in `words`."""
        line = bisect_right(self.lines, offset) - 1
        return self.starts[line] + offset - self.lines[line]


def lists(text: Text) -> dict[str, Value]:
    """Return the values of all fields that hold several codes, and days of leave."""
    found = {name: _codes(text, name) for name in _OUTSIDE}
    return {**found, "leave_days": _leave_days(text)}


def _codes(text: Text, name: str) -> Value:
    codes: dict[str, Evidence] = {}
    passage = Passage.of(text, _OUTSIDE[name])
    for code, opens, pattern in _patterns()[name]:
        if match := next(matches(pattern, opens, passage.words), None):
            start = passage.at(match.start())
            codes[code] = text.evidence(
                start,
                start + len(match.group()),
                rule=f"{name}.{code}",
                section=at(text.sentences, start).section,
                confidence=CONFIDENCE,
            )
    if not codes:
        return text.absent(scheme().fields[name])
    return Value(
        value=tuple(codes),
        state="stated",
        evidence=tuple(codes.values()),
        confidence=CONFIDENCE,
    )


def _leave_days(text: Text) -> Value:
    for sentence in text.sentences:
        if "days" not in sentence.lower:
            continue
        if match := _LEAVE.search(sentence.lower):
            days = int(next(g for g in match.groups() if g))
            if LEAST_LEAVE <= days <= MOST_LEAVE and sentence.section != CONTACT:
                rule = "benefits.leave-days"
                return text.quoted(
                    days, sentence, match.span(), rule=rule, confidence=0.85
                )
    return Value(value=None, state="silent", confidence=SILENCE)


@cache
def _patterns() -> Mapping[str, tuple[_Listed, ...]]:
    found: dict[str, list[_Listed]] = {}
    for row in rows("lists"):
        # A line is a sentence: no code is read across two.
        pattern = lowered(row["pattern"].replace("[^.;]", r"[^.;\n]"))
        listed = (row["code"], openings(row["pattern"]), pattern)
        found.setdefault(row["field"], []).append(listed)
    return {name: tuple(patterns) for name, patterns in found.items()}
