"""One title read: its role, scope, category and band, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from skillmix.titles.lexicon import Role, role_words, roles, settings
from skillmix.titles.matching import (
    LOW_BANDS,
    REGISTERED,
    Match,
    choose,
    matches_of,
    registered_too,
    without_noise,
)
from skillmix.titles.nearest import nearest
from skillmix.titles.spelling import put_right
from skillmix.titles.words import (
    BREAK,
    COMMA,
    SLASH,
    Part,
    Word,
    clean,
    joined,
    parts,
    take_apart,
    take_bands,
)

Scope = Literal["in", "out", "unsure"]
# Below this an answer is a suggestion for a person, not a decision.
SURE_FROM = 0.45
# So alike, a title that no rule reads is taken for the one it is nearest to.
ALIKE_FROM = 0.9
_ALIKE_ONLY = 0.55
_PER_CORRECTION = 0.97
_HIGH_BAND, _LOW_BAND = 0.6, 0.45
# What a role is worth beside the one chosen: read by a rule, or only alike.
_SECOND, _SECOND_ALIKE = 0.6, 0.5
# "Recovery Coordinator/Nurse" may be filled by a nurse: a person must decide.
_REGISTERED_TOO = 0.45
_CACHED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words of a title that a value rests on, and how sure it is.

    Attributes:
        quote: The words as they stand in the title; empty if none say it.
        start: Where the quote begins in the title, in characters.
        end: Where it ends.
        rule: The rule that read it.
        confidence: Between 0 and 1.
    """

    quote: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another role that the title could name."""

    role: str
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a title says.

    Attributes:
        title: The title, as one line of harmless text.
        normal: The words that name the role, in one spelling, without noise.
        scope: Whether it is a clinical support role as the report means it.
        role: Slug of the role, or of the group of roles out of scope; None if no
            rule reads the title.
        esr_code: ESR job role code, or empty.
        standard_title: The title a simplification would give; empty out of scope.
        bands: Bands the title itself states.
        settings: Settings the title names.
        evidence: What role and scope rest on.
        bands_evidence: What the bands rest on.
        alternatives: The nearest other roles, the likeliest first.
    """

    title: str
    normal: str
    scope: Scope
    role: str | None
    esr_code: str
    standard_title: str
    bands: tuple[str, ...]
    settings: tuple[str, ...]
    evidence: Evidence
    bands_evidence: Evidence | None
    alternatives: tuple[Alternative, ...]

    @property
    def known_role(self) -> Role | None:
        """The support role, or None for titles out of scope or not read."""
        found = roles()[self.role] if self.role else None
        return found if found and found.in_scope and self.scope == "in" else None

    @property
    def category(self) -> str:
        """One of the three categories, "unsure", or "" for titles out of scope."""
        if self.scope == "out":
            return ""
        return self.known_role.category if self.known_role else "unsure"

    @property
    def tells_role(self) -> bool:
        """Whether the title says what the person does."""
        return self.known_role is not None and self.known_role.tells_role


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What was decided of a title, before it is weighed."""

    role: str | None = None
    rule: str = "no rule"
    words: tuple[Word, ...] = ()
    confidence: float = 0.0
    esr_code: str = ""
    standard_title: str = ""


@lru_cache(maxsize=_CACHED)
def read_title(title: str) -> Reading:
    """Tell the role that a job title names, with the rule and the words behind it.

    Deterministic and offline: the same title always gives the same reading.

    Args:
        title: A job or position title as an employer words it.
    """
    text = clean(title)
    words, bands, band_words = take_bands(take_apart(text))
    words = put_right(words)
    pieces = parts(words)
    matches = matches_of(pieces, bands)
    chosen = choose(matches, pieces)
    normal = _normal(pieces, chosen)
    others = _alternatives(matches, chosen, normal)
    answer, others = _answer(chosen, others)
    doubt = _PER_CORRECTION ** sum(w.corrected for w in words)
    if chosen and registered_too(chosen, matches, pieces):
        doubt *= _REGISTERED_TOO
    doubt *= _band_doubt(answer.role, bands)
    confidence = round(answer.confidence * doubt, 3)
    role = roles()[answer.role] if answer.role else None
    return Reading(
        title=text,
        normal=normal,
        scope=_scope(role, confidence),
        role=answer.role,
        esr_code=answer.esr_code or (role.esr_code if role else ""),
        standard_title=answer.standard_title or (role.standard_title if role else ""),
        bands=bands,
        settings=_settings(words),
        evidence=_evidence(text, answer.words, answer.rule, confidence),
        bands_evidence=_evidence(text, band_words, "band", 1.0) if bands else None,
        alternatives=tuple(others),
    )


def _answer(
    chosen: Match | None, others: Sequence[Alternative]
) -> tuple[_Answer, Sequence[Alternative]]:
    """Return what the rule decides, or the known title that is all but the same."""
    if chosen:
        rule = chosen.rule
        found = _Answer(
            role=rule.role,
            rule=rule.name,
            words=chosen.words,
            confidence=rule.confidence,
            esr_code=rule.esr_code,
            standard_title=rule.standard_title,
        )
        return found, others
    if others and others[0].confidence >= ALIKE_FROM:
        near = others[0]
        alike = _Answer(role=near.role, rule=near.rule, confidence=_ALIKE_ONLY)
        return alike, others[1:]
    return _Answer(), others


def _band_doubt(role: str | None, bands: Sequence[str]) -> float:
    """Return what a stated band leaves of the confidence in a role.

    A band 5 employment adviser exists; a band 7 health care assistant does not. And
    no registered practitioner starts at band 4.
    """
    if role is None or not bands:
        return 1.0
    low = LOW_BANDS & set(bands)
    if roles()[role].in_scope:
        return 1.0 if low or bands[0] == "5" else _HIGH_BAND
    registered = role in (*REGISTERED, "registered_practitioner")
    return _LOW_BAND if registered and len(low) == len(bands) else 1.0


def _scope(role: Role | None, confidence: float) -> Scope:
    if role is None or confidence < SURE_FROM:
        return "unsure"
    return "in" if role.in_scope else "out"


def _evidence(
    text: str, words: Sequence[Word], rule: str, confidence: float
) -> Evidence:
    start = min((w.start for w in words), default=0)
    end = max((w.end for w in words), default=0)
    return Evidence(
        quote=text[start:end], start=start, end=end, rule=rule, confidence=confidence
    )


def _normal(pieces: Sequence[Part], chosen: Match | None) -> str:
    """Return the part that names the role, without noise and names of places."""
    if chosen is None:
        return " ".join(w.text for p in pieces for w in without_noise(p.words))
    source = pieces[chosen.part].words
    plain, known = set(without_noise(source)), _known()
    kept = set(chosen.words)
    return " ".join(
        w.text for w in source if w in kept or (w in plain and w.text in known)
    )


@cache
def _known() -> frozenset[str]:
    words = {w for phrase, _ in settings() for w in phrase.split()}
    return frozenset(words) | role_words()


def _settings(words: Sequence[Word]) -> tuple[str, ...]:
    text = joined([w for w in words if w.text not in (BREAK, COMMA, SLASH)])
    return tuple(dict.fromkeys(name for phrase, name in settings() if phrase in text))


def _alternatives(
    matches: Sequence[Match], chosen: Match | None, normal: str
) -> list[Alternative]:
    """Return other roles that rules read in the title, then those of like titles."""
    taken = chosen.rule.role if chosen else ""
    found: dict[str, Alternative] = {}
    for match in sorted(matches, key=lambda m: (not m.rule.strong, m.part)):
        role = match.rule.role
        if role != taken and role not in found:
            sure = round(match.rule.confidence * _SECOND, 3)
            found[role] = Alternative(role=role, confidence=sure, rule=match.rule.name)
    for role, alike in nearest(normal):
        if role != taken and role not in found:
            sure = alike if chosen is None else alike * _SECOND_ALIKE
            found[role] = Alternative(
                role=role, confidence=round(sure, 3), rule="nearest known title"
            )
    return sorted(found.values(), key=lambda a: -a.confidence)[:3]
