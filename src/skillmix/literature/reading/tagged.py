"""Exports made of tagged lines: RIS, PubMed, Web of Science and Ovid.

Written here rather than taken from rispy: one grammar serves four families, a last
record without an end is kept, text outside every record is counted, and the markers
are counted apart from the reading, so that a loss cannot go unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field

from skillmix.literature.reading.text import LONGEST_FIELD
from skillmix.literature.record import Note

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How one family writes its records.

    Attributes:
        family: Name of the family in the tag map.
        marker: Finds the line each record starts with, for the independent count.
        tag: Matches a tagged line: tag, value.
        starts: Whether a tag opens a record, given the tags of the open one and
            whether a blank line came before.
        end: The tag that closes a record, if there is one.
        preamble: Lines between records that say nothing of a record.
    """

    family: str
    marker: re.Pattern[str]
    tag: re.Pattern[str]
    starts: Callable[[str, Set[str], bool], bool]
    end: str = ""
    preamble: re.Pattern[str] = re.compile(r"(?!)")


@dataclass(slots=True)
class Entries:
    """Records as (tag, value) pairs, and what was met on the way."""

    pairs: list[Pairs] = field(default_factory=list[Pairs])
    preamble: dict[int, str] = field(default_factory=dict[int, str])
    notes: list[Note] = field(default_factory=list[Note])
    cut: int = 0


_TWO = re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{1,2}-(?:[ \t]+(.*)|)$")
_MEDLINE = re.compile(r"([A-Z]{2,4}) {0,2}-(?: (.*)|)$")
_WOS = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)$")

RIS = Grammar(
    family="ris",
    marker=re.compile(r"(?m)^[ \t]{0,3}TY[ \t]{1,2}-"),
    tag=_TWO,
    starts=lambda tag, _open, _blank: tag == "TY",
    end="ER",
    preamble=re.compile(
        r"\d+\.\s*$|Record #\d+ of \d+|(Provider|Database|Content):|-+$|<[^>]*>$"
        r"|Link to the Ovid"
    ),
)
MEDLINE = Grammar(
    family="medline",
    marker=re.compile(r"(?m)^PMID- *\d"),
    tag=_MEDLINE,
    starts=lambda tag, open_, blank: (
        (blank and tag in ("PMID", "PMC", "OWN", "OID"))
        or (tag == "PMID" and "PMID" in open_)
    ),
    preamble=re.compile(r"\d+[.:]\s*$|-+$"),
)
ERIC = Grammar(
    family="medline",
    marker=re.compile(r"(?m)^OWN {0,2}-"),
    tag=_MEDLINE,
    starts=lambda tag, open_, blank: blank or (tag == "OWN" and "OWN" in open_),
)
WEB_OF_SCIENCE = Grammar(
    family="wos",
    marker=re.compile(r"(?m)^PT [A-Z]$"),
    tag=_WOS,
    starts=lambda tag, _open, _blank: tag == "PT",
    end="ER",
    preamble=re.compile(r"(FN|VR|EF)\b"),
)
OVID = Grammar(
    family="ovid",
    marker=re.compile(r"(?m)^<\s*\d+\s*\. *>"),
    tag=re.compile(
        r"(<[ \t]*\d+[ \t]*\.[ \t]*>|[A-Z][A-Z0-9](?=[ \t]{1,2}-(?:[ \t]|$)))"
        r"(?:[ \t]+-)?(?:[ \t]+(.*)|)$"
    ),
    starts=lambda tag, _open, _blank: tag.startswith("<"),
)


@dataclass(slots=True)
class _Open:
    """The record being read."""

    lines: list[tuple[str, list[str]]] = field(
        default_factory=list[tuple[str, list[str]]]
    )
    tags: set[str] = field(default_factory=set[str])

    def close_into(self, out: Entries) -> None:
        if self.lines:
            out.pairs.append(
                [(tag, "\n".join(v)[:LONGEST_FIELD]) for tag, v in self.lines]
            )
            out.cut += sum(1 for _, v in self.lines if _length(v) > LONGEST_FIELD)
        self.lines = []
        self.tags = set()


def entries(text: str, grammar: Grammar) -> Entries:
    """Split text into records, keeping every line that belongs to one."""
    out = Entries()
    record = _Open()
    outside = unended = 0
    blank = True
    for line in text.split("\n"):
        found = grammar.tag.match(line)
        if found is None:
            if record.lines and line.strip():
                record.lines[-1][1].append(line)
            elif line.strip() and not _is_preamble(line, grammar, out):
                outside += 1
            blank = blank or not line.strip()
            continue
        tag, value = found[1], found[2] or ""
        if tag == grammar.end:
            record.close_into(out)
        elif _trails(tag, record, out, grammar, blank):
            # Ovid writes the journal's short name after the end line.
            out.pairs[-1].append((tag, value))
        elif record.lines or not grammar.preamble.match(line):
            if grammar.starts(tag, record.tags, blank):
                unended += bool(record.lines and grammar.end)
                record.close_into(out)
            record.lines.append((tag, [value]))
            record.tags.add(tag)
        blank = False
    unended += bool(record.lines and grammar.end)
    record.close_into(out)
    out.notes.extend(_told(out, outside, unended, grammar))
    return out


def _trails(
    tag: str, record: _Open, out: Entries, grammar: Grammar, blank: bool
) -> bool:
    after_end = bool(grammar.end and out.pairs and not record.lines and not blank)
    return after_end and not grammar.starts(tag, record.tags, blank)


def _length(lines: list[str]) -> int:
    return sum(map(len, lines)) + len(lines) - 1


def _is_preamble(line: str, grammar: Grammar, out: Entries) -> bool:
    if grammar.preamble.match(line.strip()) is None:
        return False
    name, _, value = line.partition(":")
    if value.strip() and name.strip() in ("Provider", "Database"):
        key = len(out.pairs)
        out.preamble[key] = f"{out.preamble.get(key, '')} {value.strip()}".strip()
    return True


def _told(out: Entries, outside: int, unended: int, grammar: Grammar) -> Iterator[Note]:
    if outside:
        yield Note(
            rule="lines outside every record, not used",
            count=outside,
            remedy="Look at the start of the file and between its records.",
        )
    if unended:
        yield Note(
            rule="records without an end line, read to where the next begins",
            count=unended,
            remedy="Check the last record: the file may be cut short.",
        )
    starts = {"ris": "TY", "wos": "PT"}.get(grammar.family)
    if starts:
        bare = sum(1 for pairs in out.pairs if pairs[0][0] != starts)
        if bare:
            yield Note(
                rule=f"records that do not start with {starts}, kept",
                count=bare,
                remedy="Check that no record was split in two.",
            )
    if out.cut:
        yield Note(
            rule=f"fields longer than {LONGEST_FIELD:,} characters, cut there",
            count=out.cut,
            remedy="An end line is probably missing; export the records again.",
        )
