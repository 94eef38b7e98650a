"""The sample frame: which adverts are of interest, which are left out, and why.

The rules follow the report's review: mental health support posts in England;
training posts and registered roles left out; a repeated advert counted once.
Nothing is dropped in silence: every advert read is in the log with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from skillmix.adverts.advert import Coded, Value
from skillmix.adverts.coding.employers import nation_of
from skillmix.adverts.rulefiles import rows
from skillmix.adverts.scheme import scheme

if TYPE_CHECKING:
    from skillmix.adverts.coding.context import Text

EXCLUSIONS = {
    "not_support": "Not a support post",
    "not_mental_health": "Not in mental health or near it",
    "training": "Training post",
    "registered": "Registered role",
    "nation": "Outside the nation asked for",
    "band": "NHS post outside the bands asked for",
    "duplicate": "Repeats another advert",
}
SUPPORT_BANDS = (2, 3, 4)
_TOLD_IN = ("summary", "body", "person", "essential", "duties")
_WORDS = re.compile(r"[a-z0-9]+")
SHINGLE = 8
ALIKE = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the sample keeps.

    Attributes:
        training: Whether training posts stay in.
        registered: Whether registered roles stay in.
        nations: Nations kept; empty keeps all.
        bands: Bands of NHS posts kept; empty keeps all. Posts whose band is not
            known stay in, and so do those of other employers, who have no bands.
        duplicates: Whether repeats stay in.
        everything: Whether posts outside mental health support stay in.
    """

    training: bool = False
    registered: bool = False
    nations: tuple[str, ...] = ("england",)
    bands: tuple[int, ...] = SUPPORT_BANDS
    duplicates: bool = False
    everything: bool = False


def role_excluded(text: Text) -> Value:
    """Return whether the post is a training post or a registered role."""
    titles = [s for s in text.sentences if s.section == "title"]
    told = [s for s in text.sentences if s.section in _TOLD_IN]
    for place, sentences in (("title", titles), ("text", told)):
        for sentence in sentences:
            for kind in ("training", "registered"):
                for rule, pattern in _rules(f"{kind}_{place}"):
                    if match := pattern.search(sentence.text):
                        return text.quoted(
                            kind, sentence, match.span(), rule=rule, confidence=0.9
                        )
    return text.absent(scheme().fields["excluded_role"])


def sample(coded: Sequence[Coded], frame: Frame) -> tuple[Coded, ...]:
    """Return every advert with the reason why the sample leaves it out, if it does."""
    placed = [
        replace(one, support=is_support(one), mental_health=is_mental_health(one))
        for one in coded
    ]
    repeats = _repeats(placed)
    return tuple(
        replace(
            one,
            exclusion=_exclusion(one, frame, repeats.get(n, "")),
            duplicate_of=repeats.get(n, ""),
        )
        for n, one in enumerate(placed)
    )


def is_support(coded: Coded) -> bool:
    """Tell whether a post is a support post, by its title, then its band."""
    title = _plain_title(coded.advert.head.title)
    bands = set(coded["afc_band"])
    if any(p.search(title) for _, p in _rules("not_support")):
        return any(p.search(title) for _, p in _rules("support_still"))
    if bands and not any(b in SUPPORT_BANDS for b in bands):
        return any(p.search(title) for _, p in _rules("support_any_band"))
    if any(p.search(title) for _, p in _rules("support")):
        return True
    # A redacted or bare title ("[name] - Band 3") leaves the band to decide.
    return "[name]" in coded.advert.head.title and bool(bands & set(SUPPORT_BANDS))


def is_mental_health(coded: Coded) -> bool:
    """Tell whether a post is in mental health, learning disability or near them."""
    head = coded.advert.head
    named = f"{head.title} {head.employer}"
    if any(p.search(named) for _, p in _rules("mental_health_name")):
        return True
    found = sum(len(p.findall(coded.advert.text)) for _, p in _rules("mental_health"))
    return found >= 2


def _exclusion(one: Coded, frame: Frame, repeated: str) -> str:
    if not frame.everything:
        if not one.support:
            return "not_support"
        if not one.mental_health:
            return "not_mental_health"
    head = one.advert.head
    if frame.nations and nation_of(head.employer, head.location) not in frame.nations:
        return "nation"
    known = set(one["afc_band"])
    if frame.bands and known and one["sector"] == "nhs" and not known & {*frame.bands}:
        return "band"
    role = one["excluded_role"]
    if role == "training" and not frame.training:
        return "training"
    if role == "registered" and not frame.registered:
        return "registered"
    return "duplicate" if repeated and not frame.duplicates else ""


def _repeats(coded: Sequence[Coded]) -> Mapping[int, str]:
    """Return, by place, the id of the earlier advert that each one repeats.

    Adverts repeat each other if employer, title and pay agree and the words do,
    give or take a sentence: the same vacancy is posted for each of four towns with
    one line changed. Two employers' adverts are never repeats.
    """
    groups: dict[tuple[str, str, object], list[int]] = {}
    for n, one in enumerate(coded):
        head = one.advert.head
        key = (head.employer.lower(), _plain_title(head.title), one["salary_min"])
        groups.setdefault(key, []).append(n)
    found: dict[int, str] = {}
    for numbers in groups.values():
        # Most adverts are alone, and their words need not be counted.
        if len(numbers) > 1:
            found.update(_repeats_among(coded, numbers))
    return found


def _repeats_among(
    coded: Sequence[Coded], numbers: Sequence[int]
) -> Iterator[tuple[int, str]]:
    first: list[tuple[int, frozenset[int]]] = []
    for n in numbers:
        shingles = _shingles(coded[n].advert.text)
        for earlier, others in first:
            if _alike(shingles, others):
                yield n, coded[earlier].advert.id
                break
        else:
            first.append((n, shingles))


def _shingles(text: str) -> frozenset[int]:
    words = [crc32(w.encode()) for w in _WORDS.findall(text.lower())]
    return frozenset(
        hash(tuple(words[i : i + SHINGLE]))
        for i in range(max(len(words) - SHINGLE + 1, 1))
    )


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    smaller = min(len(one), len(other)) or 1
    return len(one & other) / smaller >= ALIKE


def _plain_title(title: str) -> str:
    return " ".join(_WORDS.findall(title.lower()))


@cache
def _rules(use: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (f"frame.{r['rule']}", re.compile(r["pattern"], re.IGNORECASE))
        for r in rows("frame")
        if r["use"] == use
    )
