"""The Agenda for Change band of a post: as stated, and as its salary implies.

Pay ranges and London supplements are the package's own lists by financial year;
adverts are matched to the year of their date and the two beside it, for employers
are slow to change old figures and quick to print new ones.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from skillmix.adverts.coding.context import Text
from skillmix.adverts.coding.salary import Pay
from skillmix.adverts.sections import Sentence
from skillmix.schema.codelists import codelist

ZONES = ("", "inner_london", "outer_london", "fringe")
WITHIN_POUNDS = 1.5
WITHIN_PENCE = 0.01
NEAR_POUNDS = 1_000.0
HOURS_A_YEAR = 37.5 * 365 / 7
_STATED = re.compile(
    r"\b(?:afc |agenda for change )?bands?[ :.-]{0,3}([1-9][a-d]?"
    r"(?:(?:,| ?/ ?| ?& ?| ?- ?| or | and | to )(?:band )?[1-9][a-d]?)*)\b"
    r"|\bB([2-9])\b(?= [£(-]|[A-Z ]*£)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:towards?|progress\w*|promot\w*|develop\w* (?:in)?to|become|move (?:on )?to|"
    r"opportunit\w+ (?:to|for) (?:progress|develop|promot|move|career)|alongside|"
    r"supervis\w*|managed by|support(?:ed)? (?:by|from|the)|report\w*|career|rise to|"
    r"assist\w*|line manag\w*|work with|senior nurse|nurses?|out of the numbers|"
    r"always have|completion|once|equivalent to|led by|mentor\w*|preceptor|"
    r"co-?ordinat\w* by|staffed by|consist\w*|the band \d staff)[^.;]{0,60}$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^\s*(?:nurses?|staff nurse|practitioners? (?:and|are)|manager)")
POST_SECTIONS = ("title", "salary", "band", "head")


@dataclass(frozen=True, slots=True)
class Match:
    """A band whose pay range the salary has.

    Attributes:
        bands: The bands, lowest first.
        zone: High cost area whose supplement the salary holds; empty for none.
        confidence: 0 to 1.
    """

    bands: tuple[str, ...]
    zone: str
    confidence: float


def stated_bands(text: Text) -> list[tuple[str, Sentence, re.Match[str]]]:
    """Return each band that the advert calls its own, and where.

    The title and the fields decide; the text is asked only if they name none.
    """
    for sentences in (
        [s for s in text.sentences if s.section in POST_SECTIONS],
        [
            s
            for s in text.sentences
            if s.section not in (*POST_SECTIONS, "contact", "source")
        ],
    ):
        if found := [f for s in sentences for f in _bands_in(s)]:
            return found
    return []


def _bands_in(sentence: Sentence) -> Iterator[tuple[str, Sentence, re.Match[str]]]:
    if "band" not in sentence.lower and "B" not in sentence.text:
        return
    for match in _STATED.finditer(sentence.text):
        if sentence.section not in POST_SECTIONS:
            if _OTHERS.search(sentence.text[: match.start()]):
                continue
            if _AFTER.match(sentence.text[match.end() :]):
                continue
        listed = match.group(1) or match.group(2)
        for band in re.findall(r"[1-9][a-d]?", listed.lower()):
            yield band, sentence, match


def bands_of_pay(pay: Pay, day: dt.date | None, *, nhs: bool) -> Match | None:
    """Return the bands whose range the pay has, or None.

    A single figure is believed of an NHS employer alone: any employer may pay
    £22,000, but only an NHS pay scale runs from £19,737 to £21,142.
    """
    if pay.period == "hour":
        return _by_hour(pay, day) if nhs else None
    if pay.low is None and pay.high is None:
        return None
    for year in _years(day):
        for zone in ZONES:
            if found := _in_year(pay, year, zone, nhs=nhs):
                return found
    return _near(pay, _years(day)[0]) if nhs else None


def _in_year(pay: Pay, year: str, zone: str, *, nhs: bool) -> Match | None:
    starts, ends = _ends(year, zone)
    low = _same(pay.low, starts)
    high = _same(pay.high, ends)
    if low and high:
        if low == high:
            return Match((low,), zone, 0.97)
        span = sorted({low, high})
        return Match(tuple(span), zone, 0.8) if low < high else None
    if not nhs:
        return None
    single = pay.low is None or pay.high is None or pay.low == pay.high
    if single and (band := low or high or _same(pay.low, ends)):
        return Match((band,), zone, 0.9)
    # "£19,737, and £21,892 once you qualify": from one band's start upwards.
    if low and pay.high in starts.values():
        return Match((low,), zone, 0.7)
    return None


def _near(pay: Pay, year: str) -> Match | None:
    """Return the band where one end is right and the other mistyped or rounded."""
    for zone in ZONES:
        for band, (start, end) in _ranges(year, zone).items():
            if pay.low is None or pay.high is None:
                continue
            exact = abs(pay.low - start) < WITHIN_POUNDS, abs(pay.high - end) < 2
            close = (
                abs(pay.low - start) < NEAR_POUNDS,
                abs(pay.high - end) < NEAR_POUNDS,
            )
            if any(exact) and all(close):
                return Match((band,), zone, 0.75)
    return None


def _by_hour(pay: Pay, day: dt.date | None) -> Match | None:
    ends = [p for p in (pay.low, pay.high) if p is not None]
    for year in _years(day)[:3]:
        for band, range_ in _ranges(year, "").items():
            points = [p / HOURS_A_YEAR for p in range_]
            if all(any(abs(e - p) < WITHIN_PENCE for p in points) for e in ends):
                return Match((band,), "", 0.8)
    return None


def _same(amount: float | None, points: dict[str, float]) -> str:
    if amount is None:
        return ""
    near = (b for b, p in points.items() if abs(amount - p) < WITHIN_POUNDS)
    return next(near, "")


@cache
def _years(day: dt.date | None) -> tuple[str, ...]:
    """Return financial years to try, the most likely first."""
    known = sorted({row["financial_year"] for row in codelist("pay_ranges")})
    if day is None:
        return tuple(reversed(known))
    start = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    own = f"{start}/{(start + 1) % 100:02d}"
    place = known.index(own) if own in known else len(known) - 1
    order = (place, place - 1, place + 1, place - 2)
    return tuple(known[i] for i in order if 0 <= i < len(known))


@cache
def _ends(year: str, zone: str) -> tuple[dict[str, float], dict[str, float]]:
    ranges = _ranges(year, zone)
    return {b: r[0] for b, r in ranges.items()}, {b: r[1] for b, r in ranges.items()}


@cache
def _ranges(year: str, zone: str) -> dict[str, tuple[float, float]]:
    supplement = _supplement(year, zone)
    if zone and supplement is None:
        return {}
    found: dict[str, tuple[float, float]] = {}
    for row in codelist("pay_ranges"):
        # Band 1 shares its start with band 2 and closed to new posts in 2018.
        if row["financial_year"] == year and row["band"] != "1":
            ends = (float(row["minimum_pounds"]), float(row["maximum_pounds"]))
            low, high = (_with(e, supplement) for e in ends)
            found[row["band"]] = (low, high)
    return found


def _with(pay: float, supplement: tuple[float, float, float] | None) -> float:
    if supplement is None:
        return pay
    share, least, most = supplement
    return pay + min(max(pay * share, least), most)


@cache
def _supplement(year: str, zone: str) -> tuple[float, float, float] | None:
    for row in codelist("high_cost_areas"):
        if row["zone"] == zone and row["financial_year"] == year:
            return (
                float(row["percent_of_basic_pay"]) / 100,
                float(row["minimum_pounds"]),
                float(row["maximum_pounds"]),
            )
    return None
