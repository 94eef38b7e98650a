"""Screening elsewhere: lists out to Excel, ASReview, Rayyan and Covidence.

What comes back is read by `handed_back`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from skillmix.literature.record import JOINER, Record
from skillmix.literature.screening.criteria import Criterion, suggest
from skillmix.literature.screening.log import EXCLUDE, INCLUDE
from skillmix.literature.tables import as_csv

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
TRAVELLING = "skillmix-record"
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
    return as_csv(SHEET_COLUMNS, sheet_rows(records, criteria))


def sheet_rows(
    records: Sequence[Record], criteria: Sequence[Criterion] = ()
) -> list[dict[str, object]]:
    """Return the rows of a list to screen, with what the criteria suggest."""
    return [
        {
            **_plain(r),
            "suggestions": "; ".join(
                f"{s.criterion} {s.says}" + (f" ({s.because})" if s.because else "")
                for s in suggest(r, criteria)
            ),
        }
        for r in records
    ]


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
            "notes": f"{TRAVELLING}:{r.record_id}",
        }
        for r in records
    ]
    return as_csv(RAYYAN_COLUMNS, rows)


def as_ris(records: Sequence[Record]) -> str:
    """Return RIS that Covidence, Zotero and EndNote import."""
    return "".join(f"{line}\n" for r in records for line in _ris(r))


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
        ("N1", f"{TRAVELLING}:{record.record_id}"),
    ]
    for tag, value in pairs:
        # A line end within a value would start a tag of its own.
        if text := " ".join(value.split()):
            yield f"{tag}  - {text}"
    yield "ER  - "
    yield ""
