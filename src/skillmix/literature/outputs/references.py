"""A reference list in prose, as records: the list at the end of a report.

Harvard style as reports print it: authors, year, title, container. What cannot be
parted is kept whole as the title, so that no reference is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillmix.literature.strategy.tokens import folded

_HEADING = re.compile(r"(?im)^\s*#*\s*\**(references|bibliography)\**\s*$")
_YEAR = re.compile(
    r"[\s(.,](?P<year>(?:1[89]|20)\d\d|n\.\s?d\.?)(?P<letter>-?[a-z](?![a-z]))?[).]*\.?\s"
)
_MARKS = re.compile(r"^\s*(?:[-*•]|\[\d+\]|\d+\.)\s+")
_IMPRINT = re.compile(r"(?:Published|Printed|Designed?|ISBN|Copyright|©)\b")
_DIFFER = re.compile(r"[*_]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of a reference list.

    Attributes:
        number: Its place in the list, from 1.
        text: The entry as printed, on one line.
        authors: What stands before the year.
        key: First author's surname, or the first word of a body's name, folded.
        year: Year with its letter ("2020a"), "n.d." or empty.
        title: The title, as far as it can be told.
    """

    number: int
    text: str
    authors: str
    key: str
    year: str
    title: str

    @property
    def number_of_year(self) -> int | None:
        """The year as a number."""
        return int(self.year[:4]) if self.year[:4].isdigit() else None


def reference_list(text: str) -> tuple[Reference, ...]:
    """Return the entries of the last reference list of a text.

    Entries are paragraphs or list items; a line that has no year and follows one that
    ends in mid-sentence belongs to it.
    """
    headings = list(_HEADING.finditer(text))
    body = text[headings[-1].end() :] if headings else text
    return tuple(
        _reference(number, entry) for number, entry in enumerate(_entries(body), 1)
    )


def body_of(text: str) -> str:
    """Return a text up to its reference list."""
    headings = list(_HEADING.finditer(text))
    return text[: headings[-1].start()] if headings else text


def _entries(body: str) -> Iterator[str]:
    entry: list[str] = []
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*[-*•]\s)", body):
        line = " ".join(_DIFFER.sub("", _MARKS.sub("", paragraph)).split())
        if not line:
            continue
        if entry and entry[-1].endswith(":"):
            entry.append(line)
            continue
        if entry:
            yield " ".join(entry)
            entry = []
        if not _is_entry(line):
            # The list has ended: what follows is the imprint.
            return
        entry = [line]
    if entry:
        yield " ".join(entry)


def _is_entry(line: str) -> bool:
    if _IMPRINT.match(line):
        return False
    names_a_body = re.match(r"[A-ZÀ-Ý][\w&'’-]+(?:[\s,.]|$)", line) is not None
    dated = _YEAR.search(line + " ") is not None
    online = "[Online]" in line or "Available" in line or "http" in line
    short = len(line) < 120 and not line.rstrip(".").count(". ")
    return names_a_body and (dated or online or short)


def _reference(number: int, entry: str) -> Reference:
    match = _YEAR.search(entry + " ")
    early = match is not None and match.start() < 200
    authors = entry[: match.start()] if match and early else _before_title(entry)
    rest = entry[match.end() :] if match and early else entry[len(authors) :]
    year = ""
    if match and early:
        letter = (match["letter"] or "").strip("-")
        plain = match["year"].replace(" ", "").rstrip(".")
        year = plain + ("." if plain == "n.d" else "") + letter
    return Reference(
        number=number,
        text=entry,
        authors=authors.strip(" .,("),
        key=surname(authors),
        year=year,
        title=_title(rest.strip(" .,")),
    )


def _before_title(entry: str) -> str:
    return entry.split(". ")[0] if ". " in entry[:80] else entry.split(",")[0]


def _title(rest: str) -> str:
    """The title: up to the first full stop that ends a sentence."""
    match = re.match(r"(.+?[^A-Z\s.][.?!])\s+(?=[A-Z(\[\d])", rest)
    return (match[1] if match else rest).strip(" .")


def surname(names: str) -> str:
    """Return what an author is cited by: a surname, or a body's first word."""
    first = re.split(r",|\band\b|&", names)[0].strip()
    words = re.findall(r"[^\W\d_][\w'’-]*", first)
    if not words:
        return ""
    return folded(words[0])
