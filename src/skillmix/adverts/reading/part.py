"""What a reader makes of a file: an advert's fields and body, before they are tied."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from skillmix.adverts.advert import Head

ADVERT, SPECIFICATION, DESCRIPTION = (
    "advert",
    "person_specification",
    "job_description",
)
_DATE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?!\d)")
_UK_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_WORDED = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*,? (\d{4})\b",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", *("jul", "aug", "sep", "oct"))
_ALL_MONTHS = (*_MONTHS, "nov", "dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One document of an advert.

    Attributes:
        file: Name of the file, and of the member where it is an archive.
        source: What the file is, for example "job_posting".
        kind: "advert", "person_specification" or "job_description".
        head: Fields of the advert.
        body: Its text, not yet normalised.
        holds: Kinds of document the body holds besides its own.
        notes: What a reader of the log should know.
    """

    file: str
    source: str
    kind: str = ADVERT
    head: Head = field(default_factory=Head)
    body: str
    holds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the reading log: a file or member, and what came of it.

    Attributes:
        file: Its name.
        read_as: What it was read as; empty if it was not read.
        adverts: How many adverts it gave.
        reason: Why it was not read, or what to know; empty for nothing.
    """

    file: str
    read_as: str = ""
    adverts: int = 0
    reason: str = ""


def parse_day(text: str) -> dt.date | None:
    """Return the first date in a text: ISO, day/month/year or in words."""
    try:
        if m := _DATE.search(text):
            return dt.date(int(m[1]), int(m[2]), int(m[3]))
        if m := _UK_DATE.search(text):
            return dt.date(int(m[3]), int(m[2]), int(m[1]))
        if m := _WORDED.search(text):
            month = _ALL_MONTHS.index(m[2].lower()) + 1
            return dt.date(int(m[3]), month, int(m[1]))
    except ValueError:
        return None
    return None
