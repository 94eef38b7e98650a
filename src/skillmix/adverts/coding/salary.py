"""Pay in words to numbers: ranges, hourly rates, "up to", "rising to", no field."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AMOUNT = re.compile(
    r"(?P<pound>£)? ?(?<![\d.,])(?P<whole>\d{1,3}(?:[,.] ?\d{3})+|\d{4,6}|\d{1,2})"
    r"(?P<pence>\.\d{1,2})?(?![\d%])(?P<thousand>k\b)?",
    re.IGNORECASE,
)
_HOURLY = re.compile(
    r"per hour|p/?\.?h(?:r|our)?\b|/ ?h(?:ou)?r|an hour|hourly|\bph\b", re.IGNORECASE
)
_EXTRA = re.compile(
    r"(?:welcome|golden|joining|sign(?:ing)?|retention|relocation|referral|RRP|R&R|"
    r"bonus|premi|hello|incentive|allowance)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[,;/+]| - | plus | and | with |\(", re.IGNORECASE)
_RANGE = re.compile(r"£ ?\d[\d.,]* ?(?:-|–|to) ?$")
_TWO_ENDS = re.compile(r"£ ?(\d\d,?\d{3})(?:\.\d\d)? ?(?:-|–|to) ?£? ?\d\d,?\d{3}")
SAME = 0.06
_OPEN_END = re.compile(r"\b(?:from|starting (?:at|salary|from)|minimum)\b", re.I)
_OPEN_START = re.compile(r"\b(?:up ?to|max(?:imum)?|to a maximum)\b", re.IGNORECASE)
# No support post pays less an hour, or as much; what lies outside is something else.
HOURLY = (5.0, 80.0)
YEARLY = (8_000.0, 200_000.0)


@dataclass(frozen=True, slots=True)
class Pay:
    """A salary as numbers; None where an end is open or nothing is said.

    Attributes:
        low: The lowest amount.
        high: The highest amount.
        period: "year" or "hour".
    """

    low: float | None
    high: float | None
    period: str | None


NO_PAY = Pay(None, None, None)


def parse_pay(text: str) -> Pay:
    """Return the lowest and highest pay that a salary in words names."""
    amounts = _amounts(_first_of_two(text))
    if not amounts:
        return NO_PAY
    hourly = [a for a in amounts if HOURLY[0] <= a <= HOURLY[1]]
    yearly = [a for a in amounts if YEARLY[0] <= a <= YEARLY[1]]
    if not yearly and not hourly:
        return NO_PAY
    by_hour = not yearly or (bool(_HOURLY.search(text)) and bool(hourly))
    found = hourly if by_hour else yearly
    low: float | None = min(found)
    high: float | None = max(found)
    if len(set(found)) == 1:
        if _OPEN_END.search(text):
            high = None
        elif _OPEN_START.search(text):
            low = None
    return Pay(low, high, "hour" if by_hour else "year")


def _first_of_two(text: str) -> str:
    """Drop a second range that is last year's: "£25,100-£30,800 £24,400-£30,300"."""
    ranges = list(_TWO_ENDS.finditer(text))
    if len(ranges) < 2:
        return text
    first, second = (float(r[1].replace(",", "")) for r in ranges[:2])
    return text[: ranges[1].start()] if abs(first / second - 1) < SAME else text


def _amounts(text: str) -> list[float]:
    found: list[float] = []
    for match in _AMOUNT.finditer(text):
        around = text[match.end() : match.end() + 24]
        if _EXTRA.search(_JOINED.split(around)[0]):
            continue
        if re.search(r"(?:band|scp|point|ref\w*)\W*$", text[: match.start()], re.I):
            continue
        whole = re.sub(r"[,. ]", "", match["whole"])
        value = float(whole + (match["pence"] or ""))
        if match["thousand"]:
            value *= 1000
        # A bare small number is an hour's pay only if it has pence or a pound sign.
        bare = not (match["pound"] or match["pence"])
        if value <= HOURLY[1] and bare and not _end_of_range(text, match.start()):
            continue
        found.append(value)
    return found


def _end_of_range(text: str, start: int) -> bool:
    return _RANGE.search(text[:start]) is not None
