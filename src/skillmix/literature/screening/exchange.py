"""Screening elsewhere: lists out to Excel, ASReview, Rayyan and Covidence, and back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from skillmix.errors import UnreadableFileError
from skillmix.literature.reading.exports import read_export
from skillmix.literature.record import JOINER, Record
from skillmix.literature.screening.criteria import Criterion, suggest
from skillmix.literature.screening.log import (
    EXCLUDE,
    INCLUDE,
    NOT_RETRIEVED,
    UNSURE,
    Decision,
    checked,
)
from skillmix.literature.tables import as_csv, live

SHEET_COLUMNS = (
    *("record_id", "title", "abstract", "authors", "year", "journal", "doi"),
    *("suggestions", "decision", "reason", "note"),
)
ASREVIEW_COLUMNS = (
    *("record_id", "title", "abstract", "authors", "year", "doi", "keywords"),
    "included",
)
RAYYAN_COLUMNS = (
    *("key", "title", "year", "month", "day", "journal", "issn", "volume", "issue"),
    *("pages", "authors", "url", "language", "publisher", "location", "abstract"),
    *("notes", "doi", "keywords"),
)
# Tools drop fields they do not know but keep notes, so the id travels in one.
_TRAVELLING = "skillmix-record"
_ID = re.compile(rf"{_TRAVELLING}:(r[0-9a-f]{{12}}(?:-\d+)?)")
_RAYYAN = re.compile(r'"([^"]+)"\s*=>\s*"(Included|Excluded|Maybe)"')
_RAYYAN_REASON = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*([^|]+)")
_ASREVIEW = re.compile(r"ASReview_(relevant|irrelevant)")
_WORDS = {
    **{"include": INCLUDE, "included": INCLUDE, "yes": INCLUDE, "1": INCLUDE},
    **{"exclude": EXCLUDE, "excluded": EXCLUDE, "no": EXCLUDE, "0": EXCLUDE},
    **{"unsure": UNSURE, "maybe": UNSURE},
    **{"not_retrieved": NOT_RETRIEVED, "not retrieved": NOT_RETRIEVED},
}
_TYPES = {
    "journal article": "JOUR",
    "report": "RPRT",
    "government document": "GOVDOC",
    "thesis": "THES",
    "book": "BOOK",
    "book chapter": "CHAP",
    "conference paper": "CONF",
    "web page": "ELEC",
}


def sheet(records: Sequence[Record], criteria: Sequence[Criterion] = ()) -> str:
    """Return a CSV to screen in a spreadsheet: fill in decision and reason."""
    rows = [
        {
            **_plain(r),
            "suggestions": "; ".join(
                f"{s.criterion} {s.says}" + (f" ({s.because})" if s.because else "")
                for s in suggest(r, criteria)
            ),
        }
        for r in records
    ]
    return as_csv(SHEET_COLUMNS, rows)


def for_asreview(
    records: Sequence[Record], decided: Mapping[str, str] | None = None
) -> str:
    """Return a CSV that ASReview opens, decisions so far as its labels."""
    label = {INCLUDE: "1", EXCLUDE: "0"}
    known = decided or {}
    rows = [
        {
            **_plain(r),
            "keywords": JOINER.join(r.keywords),
            "included": label.get(known.get(r.record_id, ""), ""),
        }
        for r in records
    ]
    return as_csv(ASREVIEW_COLUMNS, rows)


def for_rayyan(records: Sequence[Record]) -> str:
    """Return a CSV in the columns Rayyan imports."""
    rows = [
        {
            **{n: getattr(r, n, "") for n in RAYYAN_COLUMNS},
            "key": r.record_id,
            "authors": " and ".join(r.authors),
            "location": r.country,
            "keywords": JOINER.join(r.keywords),
            "notes": f"{_TRAVELLING}:{r.record_id}",
        }
        for r in records
    ]
    return as_csv(RAYYAN_COLUMNS, rows)


def as_ris(records: Sequence[Record]) -> str:
    """Return RIS that Covidence, Zotero and EndNote import."""
    return "".join(f"{line}\n" for r in records for line in _ris(r))


def decisions_from(
    raw: bytes,
    records: Sequence[Record],
    *,
    stage: str,
    screener: str,
    day: dt.date,
    file: str = "",
    reasons: Sequence[str] = (),
) -> tuple[Decision, ...]:
    """Read decisions made in a spreadsheet, ASReview or Rayyan.

    Records are known again by the id that travelled with them, else by DOI or title.

    Args:
        raw: The file.
        records: The records that were given out.
        stage: The stage they were decided at.
        screener: Who decided; Rayyan's own names are used where it gives them.
        day: Day of the decisions.
        file: Its name, for messages.
        reasons: Reasons of the protocol.

    Raises:
        UnreadableFileError: If no decision is found in it.
        InvalidRowsError: If decisions break the rules of the log.
    """
    reading = read_export(raw, file=file)
    known = _Known(records)
    found = [
        Decision(
            record_id=record.record_id,
            stage=stage,
            screener=who or screener,
            decision=decision,
            reason=reason,
            decided_on=day,
            note=note,
        )
        for given in reading.records
        if (record := known.find(given)) is not None
        for who, decision, reason, note in _decisions(given)
    ]
    if not found:
        raise UnreadableFileError(
            "No decision on any of these records was found.",
            where=file,
            remedy="Give back the file with its decisions filled in, or the export of "
            "ASReview or Rayyan.",
        )
    return checked(found, reasons=reasons, where=file)


class _Known:
    """Finds a record again in what a tool gives back."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.by_id = {r.record_id: r for r in records}
        self.by_doi = {r.doi: r for r in records if r.doi}
        self.by_title = {_letters(r.title): r for r in records if r.title}

    def find(self, given: Record) -> Record | None:
        travelled = _ID.search(f"{given.notes} {_said(given)}")
        for name in (travelled[1] if travelled else "", live(given.accession)):
            if name in self.by_id:
                return self.by_id[name]
        by_doi = self.by_doi.get(given.doi) if given.doi else None
        return by_doi or self.by_title.get(_letters(live(given.title)))


def _decisions(given: Record) -> Iterator[tuple[str, str, str, str]]:
    """Give (screener, decision, reason, note) of a record that came back."""
    beside = dict(given.other)
    said = f"{given.notes} {_said(given)}"
    told = beside.get("decision") or beside.get("included") or ""
    if (word := _WORDS.get(live(told).strip().lower())) is not None:
        reason = live(beside.get("reason", ""))
        yield "", word, reason, live(beside.get("note", "") or _note(given))
    elif rayyan := _RAYYAN.findall(said):
        match = _RAYYAN_REASON.search(said)
        reason = match[1].split(",")[0].strip() if match else ""
        for who, word in rayyan:
            yield who, _WORDS[word.lower()], reason if word == "Excluded" else "", ""
    elif match := _ASREVIEW.search(said):
        yield "", INCLUDE if match[1] == "relevant" else EXCLUDE, "", ""


def _note(given: Record) -> str:
    return "" if _ID.search(given.notes) else given.notes


def _said(given: Record) -> str:
    return " ".join(value for _, value in given.other)


def _letters(title: str) -> str:
    return re.sub(r"\W+", "", title.lower())


def _plain(record: Record) -> dict[str, object]:
    return {
        "record_id": record.record_id,
        "title": record.title,
        "abstract": record.abstract,
        "authors": JOINER.join(record.authors),
        "year": record.year,
        "journal": record.journal,
        "doi": record.doi,
    }


def _ris(record: Record) -> Iterator[str]:
    pairs = [
        ("TY", _TYPES.get(record.kind, "GEN")),
        ("ID", record.record_id),
        ("TI", record.title),
        *(("AU", name) for name in record.authors),
        ("PY", str(record.year or "")),
        ("T2", record.journal),
        ("VL", record.volume),
        ("IS", record.issue),
        ("SP", record.pages),
        ("SN", record.issn),
        ("DO", record.doi),
        ("AN", record.accession),
        ("AB", record.abstract),
        *(("KW", word) for word in record.keywords),
        ("UR", record.url),
        ("LA", record.language),
        ("CY", record.country),
        ("PB", record.publisher),
        ("DB", record.database),
        ("N1", f"{_TRAVELLING}:{record.record_id}"),
    ]
    for tag, value in pairs:
        # A line end within a value would start a tag of its own.
        if text := " ".join(value.split()):
            yield f"{tag}  - {text}"
    yield "ER  - "
    yield ""
