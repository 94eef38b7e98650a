"""Invented publications, which databases hold them, and what two screeners say.

What a publication is was chosen first; every count of the review follows from it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from itertools import product

import numpy as np

WORKS, ASIDES, REPORTS = 104, 24, 9
FIRST_YEAR, LAST_YEAR, SINCE = 2012, 2020, 2015
# Share of publications that each database holds, beside the one each is sure of.
DATABASES: Mapping[str, float] = {
    "MEDLINE": 0.45,
    "PsycINFO": 0.4,
    "HMIC": 0.15,
    "ABI/INFORM": 0.2,
    "Scopus": 0.7,
}
SCREENERS = ("AB", "CD")
# Share of publications on which the second screener differs, and of full texts that
# cannot be had.
DIFFERS, NOT_HAD = 0.08, 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An invented publication.

    Attributes:
        number: Its number.
        title: Title.
        abstract: Abstract.
        authors: Authors, surname first.
        year: Year of publication.
        journal: Where it appeared.
        kind: "journal article" or "report".
        doi: DOI; reports have none.
        keywords: Keywords.
        databases: The databases that hold it.
        theme: What it speaks to; empty for one that is about something else.
        place: Where it was done.
        country: The country of the place.
        setting: The service, in words.
        design: Its design, and how many took part.
        people: Whose view it is.
        finding: What it found.
        limit: What limits it.
    """

    number: int
    title: str
    abstract: str
    authors: tuple[str, ...]
    year: int
    journal: str
    kind: str
    doi: str
    keywords: tuple[str, ...]
    databases: tuple[str, ...]
    theme: str = ""
    place: str = ""
    country: str = ""
    setting: str = ""
    design: str = ""
    people: str = ""
    finding: str = ""
    limit: str = ""

    @property
    def wanted(self) -> bool:
        """Whether it meets the criteria on title and abstract."""
        return bool(self.theme) and self.year >= SINCE and self.country == "England"

    @property
    def volume(self) -> int:
        """Volume of the journal, one a year."""
        return self.year - 2000

    @property
    def pages(self) -> tuple[int, int]:
        """First and last page."""
        first = 11 + 7 * self.number
        return first, first + 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a screener says of a publication at a stage."""

    work: Work
    stage: str
    screener: str
    decision: str
    reason: str = ""


def invent(seed: int) -> tuple[Work, ...]:
    """Return the publications: those on support staff, then those on other things."""
    rng = np.random.default_rng([seed, WORKS])
    pairs = list(product(_topics(), _of("setting")))
    chosen = [pairs[int(n)] for n in rng.permutation(len(pairs))[:WORKS]]
    works = [
        _work(number, topic, setting, rng)
        for number, (topic, setting) in enumerate(chosen, 1)
    ]
    asides = [_aside(WORKS + n, rng) for n in range(1, ASIDES + 1)]
    return (*works, *asides)


def screen(works: Sequence[Work], found: Sequence[Work], seed: int) -> list[Verdict]:
    """Return what two screeners say, and how their differences were settled.

    Args:
        works: Every publication.
        found: Those the search finds, which are to be screened.
        seed: Another seed, other differences.
    """
    rng = np.random.default_rng([seed, DIFFERS > 0, len(works)])
    told: list[Verdict] = []
    for work in found:
        right = _first_verdict(work)
        differ = rng.random() < DIFFERS
        other = ("include", "") if right[0] == "exclude" else ("exclude", "england")
        for screener in SCREENERS:
            said = other if differ and screener == SCREENERS[1] else right
            told.append(_verdict(work, "title_abstract", screener, said))
        if differ:
            told.append(_verdict(work, "title_abstract", "consensus", right))
    for work in (w for w in found if w.wanted):
        said = ("not_retrieved", "") if rng.random() < NOT_HAD else _full(work)
        told += [_verdict(work, "full_text", who, said) for who in SCREENERS]
    return told


def _first_verdict(work: Work) -> tuple[str, str]:
    if work.year < SINCE:
        return "exclude", "since-2015"
    return ("include", "") if work.wanted else ("exclude", "england")


def _full(work: Work) -> tuple[str, str]:
    """Judge a full text: some prove not to be about the place or the question."""
    if work.number % 5 == 0:
        return "exclude", "england"
    if work.number % 7 == 0:
        return "exclude", "kind"
    return "include", ""


def _verdict(work: Work, stage: str, screener: str, said: tuple[str, str]) -> Verdict:
    decision, reason = said
    return Verdict(
        work=work, stage=stage, screener=screener, decision=decision, reason=reason
    )


def _work(
    number: int,
    topic: Mapping[str, str],
    setting: Mapping[str, str],
    rng: np.random.Generator,
) -> Work:
    role, place, design, limit = (
        _one(kind, rng) for kind in ("role", "place", "design", "limit")
    )
    report = number <= REPORTS
    n = int(rng.integers(12, 240))
    title = topic["title"].format(role=role["word"], setting=setting["word"])
    how = design["more"].format(n=n)
    kind = "report" if report else "journal"
    journal = _one(kind, rng)
    return Work(
        number=number,
        title=title[0].upper() + title[1:],
        abstract=(
            f"{topic['aim']} The study took place in {setting['more']} in "
            f"{place['word']}, with {how}. {topic['finding']} Managers of "
            f"{role['more']} may plan training and retention by it."
        ),
        authors=_authors(rng),
        year=int(rng.integers(FIRST_YEAR, LAST_YEAR + 1)),
        journal=journal["word"],
        kind=journal["more"],
        doi="" if report else f"10.55555/invented.{number:04d}",
        keywords=(role["word"], setting["more"], topic["topic"]),
        databases=("HMIC",) if report else _databases(rng),
        theme=topic["theme"],
        place=place["word"],
        country=place["more"],
        setting=setting["more"],
        design=design["word"],
        people=f"{n} {'shifts' if design['word'] == 'Observation' else 'staff'}",
        finding=topic["finding"],
        limit=limit["word"],
    )


def _aside(number: int, rng: np.random.Generator) -> Work:
    """Return a publication about something else, which a wide search brings along."""
    many = _of("aside")
    told = many[number % len(many)]
    place = ("river", "coast", "border", "hill")[number % 4]
    return Work(
        number=number,
        title=f"{told['word']} near the {place}, part {number % 3 + 1}",
        abstract=f"{told['more']} Results from the {place} are compared with others.",
        authors=_authors(rng),
        year=int(rng.integers(FIRST_YEAR, LAST_YEAR + 1)),
        journal=_one("journal", rng)["word"],
        kind="journal article",
        doi=f"10.55555/invented.{number:04d}",
        keywords=("survey",),
        databases=_databases(rng),
    )


def _databases(rng: np.random.Generator) -> tuple[str, ...]:
    drawn = tuple(name for name, share in DATABASES.items() if rng.random() < share)
    return drawn or ("Scopus",)


def _authors(rng: np.random.Generator) -> tuple[str, ...]:
    many = _of("surname")
    drawn = rng.permutation(len(many))[: int(rng.integers(1, 4))]
    return tuple(f"{many[int(n)]['word']}, {many[int(n)]['more']}" for n in drawn)


def _one(kind: str, rng: np.random.Generator) -> Mapping[str, str]:
    many = _of(kind)
    return many[int(rng.integers(len(many)))]


def _of(kind: str) -> tuple[Mapping[str, str], ...]:
    return tuple(row for row in _rows("words") if row["kind"] == kind)


def _topics() -> tuple[Mapping[str, str], ...]:
    return _rows("topics")


@cache
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    path = files("skillmix.synth.literature").joinpath(f"{name}.csv")
    return tuple(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))
