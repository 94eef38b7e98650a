"""The literature review's tables: records found, and decisions about them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from skillmix.schema.table import Table, column

STAGES = ("title_abstract", "full_text")
DECISIONS = ("include", "exclude", "unsure", "not_retrieved")


class Citation(Table):
    """Bibliographic records as read from the exports, one row a record."""

    name: ClassVar[str] = "citation"
    key: ClassVar[tuple[str, ...]] = ("record_id",)

    record_id: str = column("Id made from what the record says.")
    file: str = column("Name of the export it was read from.")
    position: int = column("Its place in the file, from 1.", minimum=1)
    dialect: str = column("Kind of export.")
    database: str = column("Database it came from; empty if nothing says so.")
    kind: str = column("Kind of publication; empty if not said.")
    title: str = column("Title; empty if the export has none.")
    abstract: str = column("Abstract; empty if the export has none.")
    authors: str = column("Authors as printed, parted by semicolons.")
    year: int = column(
        "Year of publication.", minimum=1400, maximum=2200, nullable=True
    )
    journal: str = column("Journal, book or series it appeared in.")
    volume: str = column("Volume.")
    issue: str = column("Issue.")
    pages: str = column("Pages or article number.")
    doi: str = column("DOI in lower case, without its address.")
    pmid: str = column("PubMed id.")
    accession: str = column("The database's own number of the record.")
    issn: str = column("ISSN or ISBN as printed.")
    language: str = column("Language as printed.")
    country: str = column("Country or place of publication as printed.")
    publisher: str = column("Publisher.")
    keywords: str = column("Keywords and subject headings, parted by semicolons.")
    url: str = column("Address of the record or text.")
    notes: str = column("Notes of the export.")
    other_fields: str = column("What no other column holds: JSON pairs of tag, value.")


class Screening(Table):
    """Screening decisions, one row for each screener, record and stage."""

    name: ClassVar[str] = "screening"
    key: ClassVar[tuple[str, ...]] = ("record_id", "stage", "screener")

    record_id: str = column("The record decided on.")
    stage: str = column("Stage of screening.", vocabulary=STAGES)
    screener: str = column("Initials or pseudonym of the screener.", personal=True)
    decision: str = column("The decision.", vocabulary=DECISIONS)
    reason: str = column(
        "Reason from the protocol; must be given for an exclusion.", nullable=True
    )
    decided_on: dt.date = column("Day of the decision.")
    note: str = column("Free note of the screener.", nullable=True)


CITATION_TABLES: tuple[type[Table], ...] = (Citation, Screening)
