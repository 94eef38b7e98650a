"""Pages of Trac, jobs.nhs.uk and Find a job, known by their lines: pasted or saved.

A page copied out of a browser keeps its words and loses its marks: labels stand on
one line, their values on the next ones, and the page's own menu comes first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from skillmix.adverts.advert import Head
from skillmix.adverts.reading.compose import head_of

_BULLET = re.compile(r"^[-•*o§]\s+")
_CLOSES = re.compile(r"the closing date is (\d.*)", re.IGNORECASE)
_LOGO = re.compile(r"\blogo$", re.IGNORECASE)
_BAND = re.compile(r"(?:NHS AfC: ?)?band \d|-{3,}$", re.IGNORECASE)
# Every label of the block, or a value would run on into the next label.
_TRAC = (
    *("main area", "grade", "contract", "hours", "job ref", "employer"),
    *("employer type", "site", "town", "salary", "salary period", "closing"),
    *("interview date", "employer heading"),
)
_NHS = (
    *("date posted", "pay scheme", "band", "salary", "contract", "duration"),
    *("working pattern", "reference number", "job locations", "job description"),
)
_FIND_A_JOB = (
    *("posting date", "salary", "additional salary information", "hours"),
    *("closing date", "location", "remote working", "company", "job type"),
    *("job reference",),
)
# Labels with several values below them; any other has one.
_SEVERAL = frozenset(("hours", "working pattern", "job locations", "salary"))
FURTHEST, MOST_VALUES = 120, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What a page's own lines say of it.

    Attributes:
        head: The fields of its block of labels, and its title.
        rest: The lines that are neither menu nor block, in order.
    """

    head: Head
    rest: tuple[str, ...]


def pasted_page(lines: Sequence[str]) -> Pasted | None:
    """Return what a page of a known layout says of itself; None for another text."""
    plain = [stripped for line in lines if (stripped := _BULLET.sub("", line.strip()))]
    known = [line.lower().rstrip(":") for line in plain[:FURTHEST]]
    if "main area" in known and "job ref" in known:
        return _trac(plain, known.index("main area"))
    closing = next((n for n, line in enumerate(known) if _CLOSES.match(line)), 0)
    if closing > 1 and "details" in known and "pay scheme" in known:
        return _nhs_jobs(plain, closing, known.index("details"))
    if "job details" in known[1:] and any(n.startswith("posting date:") for n in known):
        return _find_a_job(plain, known.index("job details"))
    return None


def _trac(lines: list[str], start: int) -> Pasted:
    pairs, end = _block(lines, start, _TRAC)
    titles = [n for n in lines[end : end + 4] if not _LOGO.search(n)]
    title = next((n for n in titles if not _BAND.match(n)), "")
    head = head_of([("title", title), *pairs])
    return Pasted(head=head, rest=tuple(lines[end:]))


def _nhs_jobs(lines: list[str], closing: int, details: int) -> Pasted:
    pairs, end = _block(lines, details + 1, _NHS)
    employer, title = lines[closing - 2 : closing]
    closes = _CLOSES.match(lines[closing])
    pairs += [("title", title), ("employer", employer)]
    pairs.append(("closing", closes[1] if closes else ""))
    rest = (*lines[closing + 1 : details], *lines[end:])
    return Pasted(head=head_of(pairs), rest=rest)


def _find_a_job(lines: list[str], details: int) -> Pasted:
    pairs, end = _block(lines, details + 1, _FIND_A_JOB)
    title = lines[details - 1].partition(" | ")[0]
    head = head_of([("title", title), *pairs])
    return Pasted(head=head, rest=tuple(lines[end:]))


def _block(
    lines: list[str], start: int, labels: Sequence[str]
) -> tuple[list[tuple[str, str]], int]:
    """Return labelled values from a line on, and where the last label's line is past.

    A value runs to the next label: "Hours" has "Full time", "Part time" and the
    hours themselves below it. The last label of a layout heads what follows.
    """
    pairs: list[tuple[str, str]] = []
    at, room = start, 0
    while at < len(lines):
        label, _, value = (part.strip() for part in lines[at].partition(":"))
        if label.lower() in labels:
            if label.lower() == labels[-1] and not value:
                return pairs, at + 1
            pairs.append((label, value))
            room = 0 if value else MOST_VALUES if label.lower() in _SEVERAL else 1
        elif room:
            name, told = pairs[-1]
            pairs[-1] = (name, f"{told}, {lines[at]}".removeprefix(", "))
            room -= 1
        else:
            break
        at += 1
    return pairs, at
