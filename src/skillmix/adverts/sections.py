"""The parts of an advert: what it asks, what it offers, and what is not about the post.

Headings are data (`rules/sections.csv`), for every employer has its own; a line
that introduces a list ("In return we offer you:") is a heading too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from skillmix.adverts.rulefiles import rows

HEAD_LINES = {
    "source": "head",
    "title": "title",
    "employer": "employer",
    "location": "location",
    "salary": "salary",
    "contract": "contract",
    "working pattern": "pattern",
    "hours": "pattern",
    "employment type": "head",
    "band": "band",
    "pay scheme": "head",
    "date posted": "head",
    "closing": "head",
    "closing date": "head",
    "reference": "head",
}
# Names and numbers to ring: never read by a rule, never quoted.
CONTACT = "contact"
SECTIONS = frozenset(
    (
        *HEAD_LINES.values(),
        *("summary", "body", "duties", "about", "person", "essential", "desirable"),
        *("benefits", "location", "apply", "legal", CONTACT),
    )
)
ONE_LINE = frozenset(("location", "apply", "legal", "about", "summary"))
LONGEST_LABEL = 45
LONGEST_HEADING = 90
# A short sentence that ends in a full stop is no heading, however it begins.
LONGEST_WITH_STOP = 4
_BULLET = re.compile(r"^[•\-+o§\s]*[•§]\s*|^[-+]\s+")
# "NVQ 2 in care (E)": person specifications mark items as well as listing them.
_ITEM_MARK = re.compile(r"[(\[](E|D)[)\]]\W*$")
_MARKED = {"E": "essential", "D": "desirable"}
_MARKABLE = frozenset(("person", "essential", "desirable"))
_CELL = " | "
_COLUMN = re.compile(
    r"(essential|desirable)(?: (?:criteria|requirements?|skills|attributes))?\W*$"
)
_END = re.compile(
    r"(?<=[.!?])[\"')]*\s+(?=[\"'(]?[A-Z•\[£])|(?<=[a-z]\.)(?=[A-Z][a-z])"
)
# "A year in care (hospice experience desirable)" asks for one thing, wishes another.
_WISH_IN_BRACKETS = re.compile(
    r"\s*\((?=(?:[\w/-]+ ){0,5}(?:experience|knowledge|qualification|training)\b"
    r"[^()]{0,20}\b(?:desirable|preferred|beneficial|advantage(?:ous)?)\b)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|p\.a|approx|inc|incl|st|no|dr|mr|mrs|ms|vs|hrs?)\.)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or list item of the reading copy.

    Attributes:
        text: Its words.
        lower: The same in lower case.
        start: Offset of its first character in the reading copy.
        section: The section it stands in.
        bullet: Whether it is an item of a list.
    """

    text: str
    lower: str
    start: int
    section: str
    bullet: bool


def sentences_of(reading: str) -> tuple[Sentence, ...]:
    """Return the sentences of an advert's reading copy, each with its section."""
    found: list[Sentence] = []
    section, in_head, offset, listed = "head", True, 0, ""
    columns: tuple[str, ...] = ()
    for line in reading.split("\n"):
        start, offset = offset, offset + len(line) + 1
        bullet = _BULLET.match(line)
        words = line[bullet.end() :] if bullet else line
        begin = start + (bullet.end() if bullet else 0)
        if not words.strip():
            continue
        if in_head and (kind := _head_line(words)):
            label = words.index(":") + 1
            value = words[label:].lstrip()
            at = begin + len(words) - len(value)
            found.append(Sentence(value, lower(value), at, kind, False))
            continue
        if in_head:
            in_head, section = False, "summary"
        if heads := _columns(words):
            columns = heads
            continue
        if columns and words.count(_CELL) == len(columns) - 1:
            found.extend(_row(words, begin, columns))
            continue
        own = ""
        if heading := _heading(words):
            # "You must hold a driving licence." says one thing and opens nothing.
            own, section = (heading, section) if _is_statement(words) else ("", heading)
        elif labelled := _label(words):
            # "Location: Bristol" speaks of one line, "About the role: ..." of more.
            own, section = (
                (labelled, section)
                if labelled in ONE_LINE
                else ("", labelled if section != CONTACT else section)
            )
        elif not bullet and listed and len(words) > LONGEST_HEADING:
            # A paragraph after a list no longer belongs to the list's heading.
            section = section if section == CONTACT else "body"
        listed = "list" if bullet else ""
        kind = _marked(words, own or section)
        found.extend(_split(words, begin, kind, bullet is not None))
    return tuple(found)


def lower(text: str) -> str:
    """Return text in lower case and of the same length, so that offsets hold."""
    plain = text.lower()
    if len(plain) == len(text):
        return plain
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def at(sentences: tuple[Sentence, ...], offset: int) -> Sentence:
    """Return the sentence that holds an offset of the reading copy."""
    starts = [s.start for s in sentences]
    return sentences[max(bisect_right(starts, offset) - 1, 0)]


def _columns(line: str) -> tuple[str, ...]:
    """Return the section of each column, if a line heads a person specification."""
    if _CELL not in line:
        return ()
    found = [_COLUMN.match(c.strip().lower()) for c in line.split(_CELL)]
    return tuple(m[1] if m else "" for m in found) if any(found) else ()


def _row(line: str, begin: int, columns: tuple[str, ...]) -> Iterator[Sentence]:
    at = begin
    for cell, kind in zip(line.split(_CELL), columns, strict=True):
        yield from _split(cell, at, kind or "person", True)
        at += len(cell) + len(_CELL)


def _marked(line: str, section: str) -> str:
    mark = _ITEM_MARK.search(line) if section in _MARKABLE else None
    return _MARKED[mark[1]] if mark else section


def _head_line(line: str) -> str:
    label, colon, rest = line.partition(":")
    return HEAD_LINES.get(label.strip().lower(), "") if colon and rest.strip() else ""


def _label(line: str) -> str:
    """Return the section that a line's own label opens: "Benefits: pension, ..."."""
    label, colon, rest = line.partition(":")
    if not colon or not rest.strip() or len(label) > LONGEST_LABEL:
        return ""
    return _heading(label)


def _is_statement(line: str) -> bool:
    text = line.strip()
    stopped = text.endswith(".") and not text.endswith("..")
    return stopped and text.count(" ") >= LONGEST_WITH_STOP


def _heading(line: str) -> str:
    text = line.strip().strip("•*-: .…").lower()
    # A long line may open a section too, if it announces a list or has a label.
    if len(text) > LONGEST_HEADING:
        text = text[:LONGEST_HEADING] if line.rstrip().endswith(":") else ""
    if not text:
        return ""
    if ":" in text and line.partition(":")[2].strip():
        return ""
    for kind, pattern in _headings():
        if pattern.match(text):
            return kind
    return ""


@cache
def _headings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["section"], re.compile(r["heading"])) for r in rows("sections"))


def _split(words: str, begin: int, section: str, bullet: bool) -> list[Sentence]:
    cuts = [0]
    for end in _END.finditer(words):
        if not _SHORT.search(words[: end.start()]):
            cuts.append(end.end())
    cuts += (wish.end() for wish in _WISH_IN_BRACKETS.finditer(words))
    cuts = [*sorted(cuts), len(words)]
    made: list[Sentence] = []
    for a, b in pairwise(cuts):
        text = words[a:b].rstrip()
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        if text:
            made.append(Sentence(text, lower(text), begin + a + lead, section, bullet))
    return made
