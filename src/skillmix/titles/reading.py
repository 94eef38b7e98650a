"""One title read: its role, scope, category and band, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from skillmix.titles.lexicon import Role, role_words, roles, settings
from skillmix.titles.matching import (
    LOW_BANDS,
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
SURE_FROM = 0.5
# So alike, a title that no rule reads is taken for the one it is nearest to.
ALIKE_FROM = 0.9
_PER_CORRECTION = 0.97
_HIGH_BAND = 0.6
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
    normal = _normal(words, pieces, chosen)
    alternatives = _alternatives(matches, chosen, normal)
    corrections = sum(w.corrected for w in words)
    if chosen and registered_too(chosen, matches, pieces):
        chosen = replace(chosen, confidence=chosen.confidence * _REGISTERED_TOO)
    return _reading(
        text, normal, bands, band_words, words, chosen, alternatives, corrections
    )


def _reading(
    text: str,
    normal: str,
    bands: tuple[str, ...],
    band_words: Sequence[Word],
    words: Sequence[Word],
    chosen: Match | None,
    alternatives: Sequence[Alternative],
    corrections: int,
) -> Reading:
    role = chosen.rule.role if chosen else None
    confidence = chosen.confidence if chosen else 0.0
    rule = chosen.rule.name if chosen else "no rule"
    esr_code = chosen.rule.esr_code if chosen else ""
    standard = chosen.rule.standard_title if chosen else ""
    if chosen is None and alternatives and alternatives[0].confidence >= ALIKE_FROM:
        near = alternatives[0]
        role, rule, confidence = near.role, "nearest known title", 0.55
        alternatives = alternatives[1:]
    confidence *= _PER_CORRECTION**corrections
    if role and roles()[role].in_scope and bands and not LOW_BANDS & set(bands):
        # A band 5 employment adviser exists; a band 7 health care assistant does not.
        confidence *= 1.0 if bands[0] == "5" else _HIGH_BAND
    evidence = _evidence(
        text, chosen.words if chosen else (), rule, round(confidence, 3)
    )
    return Reading(
        title=text,
        normal=normal,
        scope=_scope(role, confidence),
        role=role,
        esr_code=esr_code or (roles()[role].esr_code if role else ""),
        standard_title=standard or (roles()[role].standard_title if role else ""),
        bands=bands,
        settings=_settings(words),
        evidence=evidence,
        bands_evidence=_evidence(text, band_words, "band", 1.0) if bands else None,
        alternatives=tuple(alternatives),
    )


def _scope(role: str | None, confidence: float) -> Scope:
    if role is None or confidence < SURE_FROM * 0.9:
        return "unsure"
    return "in" if roles()[role].in_scope else "out"


def _evidence(
    text: str, words: Sequence[Word], rule: str, confidence: float
) -> Evidence:
    start = min((w.start for w in words), default=0)
    end = max((w.end for w in words), default=0)
    return Evidence(
        quote=text[start:end], start=start, end=end, rule=rule, confidence=confidence
    )


def _normal(words: Sequence[Word], pieces: Sequence[Part], chosen: Match | None) -> str:
    """Return the part that names the role, without noise and names of places."""
    kept = frozenset(id(w) for w in chosen.words) if chosen else frozenset()
    source = (
        pieces[chosen.part].words if chosen else [w for p in pieces for w in p.words]
    )
    plain = {id(w) for w in without_noise(source)} | kept
    left = [w for w in source if id(w) in plain]
    if chosen:
        known = _known()
        left = [w for w in left if w.text in known or id(w) in kept]
    return " ".join(w.text for w in left if w.text not in (BREAK, COMMA, SLASH))


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
            sure = round(match.confidence * 0.6, 3)
            found[role] = Alternative(role=role, confidence=sure, rule=match.rule.name)
    for role, alike in nearest(normal):
        if role != taken and role not in found:
            sure = alike if chosen is None else alike * 0.5
            found[role] = Alternative(
                role=role, confidence=round(sure, 3), rule="nearest known title"
            )
    return sorted(found.values(), key=lambda a: -a.confidence)[:3]


def read_titles(titles: Iterable[str]) -> list[Reading]:
    """Return the reading of each title, in order; equal titles are read once."""
    return [read_title(t) for t in titles]
