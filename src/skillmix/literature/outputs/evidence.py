"""The evidence table: included publications with a form for what they found.

The form is data, so that a review can ask its own questions; what was extracted is
kept beside the record's id and joined again when the table is made anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from skillmix.errors import UnreadableFileError
from skillmix.literature.record import Record
from skillmix.literature.tables import as_csv

# What the report's narrative asks of each source.
FORM = (
    ("setting", "Where: service and place"),
    ("people", "Whose view or data, and how many"),
    ("design", "Design and methods"),
    ("theme", "Theme: supply, retention, progression, experience, diversity, benefit"),
    ("finding", "Main finding, in one sentence"),
    ("quality", "Limits that matter for this review"),
)
FIXED = ("record_id", "reference", "year", "journal", "doi", "kind")
COLUMNS = (*FIXED, *(name for name, _ in FORM))


def evidence_rows(
    records: Sequence[Record], extracted: Mapping[str, Mapping[str, str]]
) -> Iterator[dict[str, str]]:
    """Give a row for each included publication, with what was extracted so far."""
    for record in sorted(records, key=lambda r: (r.reference.lower(), r.record_id)):
        told = extracted.get(record.record_id, {})
        yield {
            "record_id": record.record_id,
            "reference": record.reference,
            "year": str(record.year or ""),
            "journal": record.journal,
            "doi": record.doi,
            "kind": record.kind,
            **{name: told.get(name, "") for name, _ in FORM},
        }


def evidence_csv(
    records: Sequence[Record], extracted: Mapping[str, Mapping[str, str]]
) -> str:
    """Return the table as CSV; its empty cells are the form."""
    return as_csv(COLUMNS, evidence_rows(records, extracted))


def evidence_markdown(
    records: Sequence[Record], extracted: Mapping[str, Mapping[str, str]]
) -> str:
    """Return the table as Markdown for a report's appendix."""
    header = ("Source", *(label for _, label in FORM))
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    for row in evidence_rows(records, extracted):
        cells = [row["reference"], *(row[name] or "–" for name, _ in FORM)]
        lines.append("| " + " | ".join(_cell(c) for c in cells) + " |")
    return "\n".join(lines) + "\n"


def extracted_from(
    rows: Sequence[Mapping[str, str]],
    *,
    where: str = "",
    records: Sequence[Record] = (),
) -> dict[str, dict[str, str]]:
    """Return what a filled-in table says, by record id.

    Args:
        rows: The table's rows.
        where: What to name in a message.
        records: Records of the review; a row whose id is none of theirs, because the
            search was exported anew, is known again by its DOI or reference.

    Raises:
        UnreadableFileError: If it has no column of record ids.
    """
    if any("record_id" not in row for row in rows):
        raise UnreadableFileError(
            "The evidence table lacks the column record_id.",
            where=where,
            remedy="Start from the table that `skillmix literature evidence` writes.",
        )
    ids = {r.record_id for r in records}
    again = {r.reference: r.record_id for r in records}
    again |= {r.doi: r.record_id for r in records if r.doi}
    found: dict[str, dict[str, str]] = {}
    for told in rows:
        name = told["record_id"]
        if name not in ids:
            name = again.get(told.get("doi", "").lower()) or again.get(
                told.get("reference", ""), name
            )
        found[name] = {key: told.get(key, "") for key, _ in FORM}
    return found


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
