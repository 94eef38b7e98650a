"""Decisions made elsewhere, read back: spreadsheet, ASReview, Rayyan, Covidence.

Tools differ in what they give back. A spreadsheet and Rayyan say who decided what and
why; ASReview says what and never why; Covidence gives a list for each outcome, and a
reason for full texts alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from skillmix.errors import UnreadableFileError
from skillmix.literature.reading.exports import read_export
from skillmix.literature.record import Record
from skillmix.literature.screening.exchange import TRAVELLING
from skillmix.literature.screening.log import (
    CONSENSUS,
    EXCLUDE,
    FULL_TEXT,
    INCLUDE,
    NOT_RETRIEVED,
    OTHER,
    TITLE_ABSTRACT,
    UNSURE,
    Decision,
    checked,
)
from skillmix.literature.tables import live

# What a record's place in one of Covidence's lists says of it, stage by stage.
LISTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "irrelevant": ((TITLE_ABSTRACT, EXCLUDE),),
    "select": ((TITLE_ABSTRACT, INCLUDE),),
    "excluded": ((TITLE_ABSTRACT, INCLUDE), (FULL_TEXT, EXCLUDE)),
    "included": ((TITLE_ABSTRACT, INCLUDE), (FULL_TEXT, INCLUDE)),
}
_LISTED = re.compile(
    rf"_({'|'.join(LISTS)})_(?:csv|ris|bib|endnote|refworks|text)", re.I
)
_COVIDENCE = re.compile(r"Exclusion reason:\s*([^;\n]+)")
_ID = re.compile(rf"{TRAVELLING}:(r[0-9a-f]{{12}}(?:-\d+)?)")
_RAYYAN = re.compile(r'"([^"]+)"\s*=>\s*"(Included|Excluded|Maybe)"')
_RAYYAN_REASON = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*([^|]+)")
_ASREVIEW = re.compile(r"ASReview_(relevant|irrelevant)")
# Columns of ASReview's tables as readers name them, newest version first.
_LABELS, _NOTES = ("asreviewlabel", "included"), ("asreviewnote", "note")
_WORDS = {
    **{"include": INCLUDE, "included": INCLUDE, "yes": INCLUDE},
    **{"exclude": EXCLUDE, "excluded": EXCLUDE, "no": EXCLUDE},
    **{"unsure": UNSURE, "maybe": UNSURE},
    **{"not_retrieved": NOT_RETRIEVED, "not retrieved": NOT_RETRIEVED},
    **{"1": INCLUDE, "1.0": INCLUDE, "0": EXCLUDE, "0.0": EXCLUDE},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a file gave back.

    Attributes:
        decisions: The decisions, in the order of the file.
        unknown: Records of the file that are none of those given out.
        undecided: Records given out that the file holds no decision on.
    """

    decisions: tuple[Decision, ...]
    unknown: int
    undecided: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One decision as a tool says it; empty where the caller knows better."""

    decision: str
    screener: str = ""
    stage: str = ""
    reason: str = ""
    note: str = ""


def list_named(file: str) -> str:
    """Return which list of Covidence a file is, by its name; empty if none.

    Covidence calls its files `review_123_irrelevant_csv_20201201.csv`.
    """
    match = _LISTED.search(file)
    return match[1].lower() if match else ""


def take_back(
    raw: bytes,
    records: Sequence[Record],
    *,
    stage: str,
    screener: str,
    day: dt.date,
    file: str = "",
    listed: str = "",
    reasons: Sequence[str] = (),
) -> Taken:
    """Read decisions made in a spreadsheet, ASReview, Rayyan or Covidence.

    Records are known again by the id that travelled with them, else by DOI or title.
    Where a tool gives no reason for an exclusion, the reason is `other` and the note
    says so.

    Args:
        raw: The file.
        records: The records that were given out.
        stage: The stage they were decided at; a list of Covidence has its own.
        screener: Who decided; Rayyan's own names are used where it gives them, and
            lists of Covidence, which are settled, are `consensus`.
        day: Day of the decisions.
        file: Its name, for messages.
        listed: Which list of Covidence it is; told by its name if empty.
        reasons: Reasons of the protocol.

    Raises:
        UnreadableFileError: If no decision is found in it.
        InvalidRowsError: If decisions break the rules of the log.
    """
    reading = read_export(raw, file=file)
    known = _Known(records)
    which = listed or list_named(file)
    pairs = [(known.find(given), given) for given in reading.records]
    found = [
        Decision(
            record_id=record.record_id,
            stage=said.stage or stage,
            screener=said.screener or screener,
            decision=said.decision,
            reason=said.reason,
            decided_on=day,
            note=said.note,
        )
        for record, given in pairs
        if record is not None
        for said in _said(given, which)
    ]
    if not found:
        raise UnreadableFileError(
            "No decision on any of these records was found.",
            where=file,
            remedy="Give back the file with its decisions filled in, or the export of "
            "ASReview, Rayyan or Covidence; of a list of Covidence say which it is.",
        )
    decided = {d.record_id for d in found}
    return Taken(
        decisions=checked(found, reasons=reasons, where=file),
        unknown=sum(record is None for record, _ in pairs),
        undecided=sum(r.record_id not in decided for r in records),
    )


class _Known:
    """Finds a record again in what a tool gives back."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.by_id = {r.record_id: r for r in records}
        self.by_doi = {r.doi: r for r in records if r.doi}
        self.by_title = {_letters(r.title): r for r in records if r.title}

    def find(self, given: Record) -> Record | None:
        travelled = _ID.search(_words(given))
        for name in (travelled[1] if travelled else "", live(given.accession)):
            if name in self.by_id:
                return self.by_id[name]
        by_doi = self.by_doi.get(given.doi) if given.doi else None
        return by_doi or self.by_title.get(_letters(live(given.title)))


def _said(given: Record, listed: str) -> Iterator[_Said]:
    """Give what is said of a record that came back, by the first tool that says it."""
    beside = dict(given.other)
    for tool in (_sheet, _asreview_table, _rayyan, _asreview_notes):
        if said := list(tool(given, beside)):
            yield from said
            return
    yield from _covidence(given, listed)


def _sheet(given: Record, beside: Mapping[str, str]) -> Iterator[_Said]:
    word = _WORDS.get(live(beside.get("decision", "")).strip().lower())
    if word is not None:
        note = live(beside.get("note", "") or _note(given))
        yield _Said(decision=word, reason=live(beside.get("reason", "")), note=note)


def _asreview_table(given: Record, beside: Mapping[str, str]) -> Iterator[_Said]:
    told = next((beside[n] for n in _LABELS if beside.get(n)), "")
    if (word := _WORDS.get(live(told).strip().lower())) is not None:
        note = next((live(beside[n]) for n in _NOTES if beside.get(n)), "")
        yield _unreasoned(_Said(decision=word, note=note), "ASReview")


def _rayyan(given: Record, beside: Mapping[str, str]) -> Iterator[_Said]:
    words = _words(given)
    match = _RAYYAN_REASON.search(words)
    reason = match[1].split(",")[0].strip() if match else ""
    for who, word in _RAYYAN.findall(words):
        decision = _WORDS[word.lower()]
        told = reason if decision == EXCLUDE else ""
        said = _Said(decision=decision, screener=who, reason=told)
        yield _unreasoned(said, "Rayyan")


def _asreview_notes(given: Record, beside: Mapping[str, str]) -> Iterator[_Said]:
    if match := _ASREVIEW.search(_words(given)):
        word = INCLUDE if match[1] == "relevant" else EXCLUDE
        yield _unreasoned(_Said(decision=word), "ASReview")


def _covidence(given: Record, listed: str) -> Iterator[_Said]:
    match = _COVIDENCE.search(_words(given))
    for stage, decision in LISTS.get(listed or ("excluded" if match else ""), ()):
        reason = match[1].strip() if match and decision == EXCLUDE else ""
        said = _Said(decision=decision, screener=CONSENSUS, stage=stage, reason=reason)
        yield _unreasoned(said, "Covidence")


def _unreasoned(said: _Said, tool: str) -> _Said:
    """Say that a tool gives no reason, where an exclusion comes without one."""
    if said.decision != EXCLUDE or said.reason:
        return said
    note = said.note or f"{tool} gives no reason."
    return replace(said, reason=OTHER, note=note)


def _note(given: Record) -> str:
    return "" if _ID.search(given.notes) else given.notes


def _words(given: Record) -> str:
    return " ".join((given.notes, *(value for _, value in given.other)))


def _letters(title: str) -> str:
    return re.sub(r"\W+", "", title.lower())
