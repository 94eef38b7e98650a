"""What of a record is compared when duplicates are sought."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from skillmix.literature.record import Record
from skillmix.literature.strategy.tokens import folded

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\b(?:\d+|[ivx]{1,4})\b")
_NOTICE = re.compile(
    r"^\W*(erratum|corrigendum|correction|author correction|publisher correction|"
    r"retraction|retracted|expression of concern|reply|response|comment|letter)\b"
)
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b", re.I)
_FIRST_PAGE = re.compile(r"[a-z]*0*(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """A record, made comparable.

    Attributes:
        title: Words of the title, folded, parted by one space.
        numbers: Numbers and Roman numerals in the title ("part ii").
        notice: "erratum", "reply" and the like, if the title starts so.
        surname: First author's surname.
        authors: All authors' letters, in order.
        journal: The journal's words without those that carry nothing.
        page: Number of the first page or article.
        abstract: How the abstract begins, folded like the title.
    """

    title: str
    numbers: frozenset[str]
    notice: str
    surname: str
    authors: str
    year: int | None
    journal: tuple[str, ...]
    volume: str
    issue: str
    page: str
    doi: str
    pmid: str
    abstract: str


def traits(record: Record) -> Traits:
    """Return what is compared of a record."""
    title = " ".join(_WORD.findall(folded(record.title)))
    names = [_surname(a) for a in record.authors]
    notice = _NOTICE.match(folded(record.title))
    return Traits(
        title=title,
        numbers=frozenset(_NUMBER.findall(title)),
        notice=notice[1].split()[-1] if notice else "",
        surname=names[0] if names else "",
        authors=" ".join(names),
        year=record.year,
        journal=_journal(record.journal),
        volume=_digits(record.volume),
        issue=_digits(record.issue),
        page=_page(record.pages),
        doi=record.doi,
        pmid=record.pmid,
        abstract=" ".join(_WORD.findall(folded(record.abstract[:2000])))[:600],
    )


def _surname(author: str) -> str:
    """The surname of "Surname, Given", "Surname AB" or "Given Surname"."""
    if "," in author:
        found = _WORD.findall(folded(author.split(",")[0]))
    else:
        words = [w.strip(".") for w in author.split()]
        full = [w for w in words if len(w) > 1 and not (w.isupper() and len(w) < 4)]
        initials_last = bool(words) and (
            len(words[-1]) <= 2 or "." in author.split()[-1]
        )
        chosen = full[:1] if initials_last else full[-1:]
        found = _WORD.findall(folded(" ".join(chosen or words[:1])))
    return "".join(found)


@cache
def _journal(name: str) -> tuple[str, ...]:
    words = _WORD.findall(folded(name.split("(")[0].split(":")[0]))
    return tuple(w for w in words if w not in _empty_words())


@cache
def _empty_words() -> frozenset[str]:
    path = files("skillmix.literature.dedupe").joinpath("empty_words.txt")
    return frozenset(path.read_text("utf-8").split())


def same_journal(one: Sequence[str], two: Sequence[str]) -> bool | None:
    """Whether two journal names may be one, abbreviated or not; None if one lacks.

    "j nurs manag" is "journal of nursing management": each word starts the other,
    in order.
    """
    if not one or not two:
        return None
    short, long = sorted((one, two), key=len)
    if len(short) < len(long) and len(short) == 1:
        return short[0] == "".join(w[0] for w in long) or long[0] == short[0]
    matched = 0
    place = 0
    for word in short:
        while place < len(long):
            other = long[place]
            place += 1
            if other.startswith(word) or word.startswith(other):
                matched += 1
                break
            if len(word) > 3 and other[:4] == word[:4]:
                matched += 1
                break
    return matched >= len(short) - (len(short) > 3) and matched * 2 >= len(long)


def _digits(text: str) -> str:
    """The number of a volume or issue; "1)" is what is left of "57 (1)", so none."""
    if ")" in text and "(" not in text:
        return ""
    match = re.search(r"\d+", text)
    return match[0].lstrip("0") if match else ""


def _page(pages: str) -> str:
    # Spreadsheets turn "10-12" into "10-Dec"; such a page says nothing.
    if _MONTH.search(pages):
        return ""
    match = _FIRST_PAGE.match(folded(pages))
    return match[1] if match else ""
