"""An invented advert: what it says was chosen first, and is its truth."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO

import numpy as np

from skillmix.schema.codelists import codelist

FIRST_DAY = dt.date(2020, 10, 20)
DAYS = 25
OPEN_DAYS = 14
# Share of adverts that name documents beside them, and that name their band.
NAMES_OTHERS, NAMES_BAND = 0.5, 0.4
YEAR = "2020/21"
# What a person specification holds, where an advert has one of its own.
SPECIFIED = ("qualification", "desirable", "experience", "experience_desirable")
SAID = (
    *("supervised_by", "training", "career", "flexibility", "shift", "contract"),
    *("driving", "lived", "pmva", "cost"),
)


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


def invent(number: int, rng: np.random.Generator) -> Invented:
    """Return an invented advert; the same generator state gives the same one."""
    post = _weighted(rows("posts"), [float(r["weight"]) for r in rows("posts")], rng)
    sector, band = post["sector"], post["band"]
    employer = _pick([r for r in rows("employers") if r["sector"] == sector], rng)
    chosen = {f: _code(f, band, rng) for f in (*SPECIFIED, *SAID)}
    if post["title"].startswith("Bank"):
        chosen["contract"] = "bank"
    if "Peer" in post["title"]:
        chosen["lived"] = "required"
    filled = {
        "title": post["title"],
        "place": post["place"],
        "people": post["people"],
        "employer": employer["name"],
        "beds": str(rng.integers(8, 22)),
    }
    said = {f: _phrase(f, c, sector, rng) for f, c in chosen.items()}
    posted = FIRST_DAY + dt.timedelta(days=int(rng.integers(0, DAYS)))
    essential = [said[f] for f in ("qualification", "experience") if said[f]]
    desirable = [said[f] for f in ("desirable", "experience_desirable") if said[f]]
    story = [
        _phrase("opening", post["kind"], sector, rng).format(**filled),
        _phrase("about", "any", sector, rng).format(**filled),
        _phrase("duties", "any", sector, rng),
        " ".join(said[f] for f in ("flexibility", "shift", "contract") if said[f]),
        " ".join(said[f] for f in SAID[6:] if said[f]),
        " ".join(said[f] for f in SAID[:3] if said[f]),
        _phrase("noise", "any", sector, rng),
        _phrase("benefits", "any", sector, rng),
        _phrase("spec", "any", sector, rng) if rng.random() < NAMES_OTHERS else "",
    ]
    stated = band and rng.random() < NAMES_BAND
    title = f"{post['title']} - Band {band}" if stated else post["title"]
    return Invented(
        number=number,
        title=title,
        employer=employer["name"],
        sector=sector,
        band=band,
        salary=_salary(band, rng),
        posted=posted,
        closes=posted + dt.timedelta(days=OPEN_DAYS),
        paragraphs=tuple(p for p in story if p),
        essential=tuple(essential),
        desirable=tuple(desirable),
        truth={"sector": sector, "band": band, **chosen},
    )


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one of the lists beside this module."""
    path = files("skillmix.synth.adverts").joinpath(f"{name}.csv")
    return tuple(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))


def _code(field: str, band: str, rng: np.random.Generator) -> str:
    column = f"band_{band}" if band else "none"
    found = [r for r in rows("chances") if r["field"] == field]
    return _weighted(found, [float(r[column]) for r in found], rng)["code"]


def _phrase(field: str, code: str, sector: str, rng: np.random.Generator) -> str:
    found = [
        r
        for r in rows("phrases")
        if r["field"] == field and r["code"] == code and r["sector"] in (sector, "any")
    ]
    return _pick(found, rng)["text"] if found else ""


def _salary(band: str, rng: np.random.Generator) -> str:
    if not band:
        low = 8.72 + 0.05 * int(rng.integers(0, 20))
        return f"£{low:.2f} - £{low + 0.4:.2f} per hour"
    for row in codelist("pay_ranges"):
        if row["band"] == band and row["financial_year"] == YEAR:
            low, high = int(row["minimum_pounds"]), int(row["maximum_pounds"])
            return f"£{low:,} - £{high:,} per annum pro rata"
    return "Competitive"


def _pick(
    found: Sequence[Mapping[str, str]], rng: np.random.Generator
) -> Mapping[str, str]:
    return found[int(rng.integers(0, len(found)))]


def _weighted(
    found: Sequence[Mapping[str, str]],
    weights: Sequence[float],
    rng: np.random.Generator,
) -> Mapping[str, str]:
    share = np.asarray(weights) / sum(weights)
    return found[int(rng.choice(len(found), p=share))]
