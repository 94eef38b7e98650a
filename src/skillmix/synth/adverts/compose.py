"""Invented adverts: what each says was dealt first, and is its truth.

Codes are dealt from hands of fixed size (`quotas.csv`), so that the sample has the
size and makeup of the review of 2020 to 2021 whatever the seed: what it found comes
out of the texts, read and counted like any others.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

import numpy as np

from skillmix.schema.codelists import codelist

# NHS adverts were collected in November, those of independent providers in January.
FIRST_DAYS = {"independent": dt.date(2021, 1, 4)}
FIRST_DAY = dt.date(2020, 11, 2)
DAYS = 25
OPEN_DAYS = 14
# Share of adverts that name documents beside them, and that name their band.
NAMES_OTHERS, NAMES_BAND = 0.5, 0.4
YEAR = "2020/21"
# What a person specification holds, where an advert has one of its own.
SPECIFIED = ("qualification", "desirable", "experience", "experience_desirable")
PROMISED = ("supervised_by", "training", "career")
WORKED = ("flexibility", "shift", "contract")
ASKED = (
    *("driving", "lived", "pmva", "cost"),
    *("supervises", "skill", "appearance", "local"),
)
FIELDS = (*SPECIFIED, *PROMISED, *WORKED, *ASKED, "benefits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """An invented advert.

    Attributes:
        number: Its number, which is its vacancy number too.
        title: Title as advertised.
        employer: Name of the employer.
        sector: "nhs" or "independent".
        band: Band, or empty.
        salary: Salary in words.
        posted: Day it was advertised.
        closes: Last day to apply.
        paragraphs: Its text.
        essential: Essential items of its person specification.
        desirable: Desirable items of its person specification.
        truth: What it says, by field.
    """

    number: int
    title: str
    employer: str
    sector: str
    band: str
    salary: str
    posted: dt.date
    closes: dt.date
    paragraphs: tuple[str, ...]
    essential: tuple[str, ...]
    desirable: tuple[str, ...]
    truth: Mapping[str, str]


@dataclass(slots=True)
class Dealer:
    """Deals cards from shuffled hands, each to the last before it is dealt again."""

    rng: np.random.Generator
    _hands: dict[Hashable, list[Any]] = field(default_factory=dict[Hashable, list[Any]])

    def deal(self, hand: Hashable, cards: Sequence[Any]) -> Any:
        """Return the next card of a hand."""
        left = self._hands.get(hand)
        if not left:
            left = [cards[i] for i in self.rng.permutation(len(cards))]
            self._hands[hand] = left
        return left.pop()


def invent(first_number: int, rng: np.random.Generator) -> list[Invented]:
    """Return the invented adverts; the same generator state gives the same ones."""
    dealer = Dealer(rng)
    posts = [post for post in rows("posts") for _ in range(int(post["adverts"]))]
    return [
        _one(first_number + place, posts[i], dealer)
        for place, i in enumerate(rng.permutation(len(posts)))
    ]


def repeat(one: Invented, number: int) -> Invented:
    """Return the same advert posted once more, which the sample leaves out."""
    return replace(one, number=number, truth={**one.truth, "left_out": "duplicate"})


def _one(number: int, post: Mapping[str, str], dealer: Dealer) -> Invented:
    rng = dealer.rng
    sector, band = post["sector"], post["band"]
    general = post["kind"] == "general"
    employers = [
        r["name"]
        for r in rows("employers")
        if r["sector"] == sector and not (general and "Mental Health" in r["name"])
    ]
    employer = str(dealer.deal(("employer", sector, general), employers))
    chosen = _codes(post, dealer)
    filled = {
        "title": post["title"],
        "place": post["place"],
        "people": post["people"],
        "employer": employer,
        "beds": str(rng.integers(8, 22)),
    }

    def said(name: str, code: str) -> str:
        return _phrase(name, code, post, dealer).format(**filled)

    told = {name: said(name, code) for name, code in chosen.items()}
    first = FIRST_DAYS.get(sector, FIRST_DAY)
    posted = first + dt.timedelta(days=int(rng.integers(0, DAYS)))
    story = [
        said("opening", post["kind"]),
        said("about", "general" if general else "any"),
        said("duties", "any"),
        *(" ".join(told[n] for n in ns if told[n]) for ns in (WORKED, ASKED, PROMISED)),
        said("noise", "any"),
        told["benefits"],
        said("spec", "any") if rng.random() < NAMES_OTHERS else "",
    ]
    stated = band and rng.random() < NAMES_BAND
    return Invented(
        number=number,
        title=f"{post['title']} - Band {band}" if stated else post["title"],
        employer=employer,
        sector=sector,
        band=band,
        salary=_salary(band, rng),
        posted=posted,
        closes=posted + dt.timedelta(days=OPEN_DAYS),
        paragraphs=tuple(p for p in story if p),
        essential=tuple(told[n] for n in ("qualification", "experience") if told[n]),
        desirable=tuple(
            told[n] for n in ("desirable", "experience_desirable") if told[n]
        ),
        truth={
            **chosen,
            "sector": "nhs" if sector == "wales" else sector,
            "band": band,
            "left_out": post["left_out"],
        },
    )


def _codes(post: Mapping[str, str], dealer: Dealer) -> dict[str, str]:
    """Deal the codes of a post, those that its title fixes put right."""
    chosen = {name: _code(name, post, dealer) for name in FIELDS}
    if post["title"].startswith("Bank"):
        chosen["contract"] = "bank"
    if "Peer" in post["title"]:
        chosen["lived"] = "required"
    if post["kind"] == "general":
        # Nothing in it speaks of mental health.
        chosen |= {"experience": "none", "lived": "none"}
    return chosen


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one of the lists beside this module."""
    path = files("skillmix.synth.adverts").joinpath(f"{name}.csv")
    return tuple(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))


def _code(name: str, post: Mapping[str, str], dealer: Dealer) -> str:
    band = post["band"] if post["band"] != "5" else "4"
    column = f"band_{band}" if band else "none"
    cards = [
        row["code"]
        for row in rows("quotas")
        if row["field"] == name
        for _ in range(int(row[column]))
    ]
    # Posts that the sample leaves out have hands of their own.
    return str(dealer.deal((name, column, post["left_out"]), cards))


def _phrase(name: str, code: str, post: Mapping[str, str], dealer: Dealer) -> str:
    sector = post["sector"]
    found = [
        row["text"]
        for row in rows("phrases")
        if (row["field"], row["code"]) == (name, code)
        and row["sector"] in (sector, "any")
    ]
    hand = ("phrase", name, code, sector, post["band"])
    return str(dealer.deal(hand, found)) if found else ""


def _salary(band: str, rng: np.random.Generator) -> str:
    if not band:
        low = 8.72 + 0.05 * int(rng.integers(0, 20))
        return f"£{low:.2f} - £{low + 0.4:.2f} per hour"
    for row in codelist("pay_ranges"):
        if row["band"] == band and row["financial_year"] == YEAR:
            low, high = int(row["minimum_pounds"]), int(row["maximum_pounds"])
            return f"£{low:,} - £{high:,} per annum pro rata"
    return "Competitive"
