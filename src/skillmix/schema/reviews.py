"""A review of the literature as its chapter of the report reads it.

`skillmix literature chapter` writes these tables from exports, screening log, evidence
form and report; they hold publications and decisions, and name no screener.
"""

from __future__ import annotations

from typing import ClassVar

from skillmix.schema.table import Table, column

# Where a record ended, in the order of the PRISMA 2020 flow.
OUTCOMES = (
    *("duplicate", "outside_strategy", "to_screen", "undecided", "excluded"),
    *("not_retrieved", "undecided_full_text", "excluded_full_text", "included"),
)
REPORTED = ("reported", "to_fill_in")
KNOWN_STATES = ("found", "missed")
CLAIM_STATES = ("listed", "ambiguous", "unlisted", "uncited")
REVIEW = "The review: name of its strategy."


class ReviewRecord(Table):
    """Records read for a review, one row a record, and what became of each."""

    name: ClassVar[str] = "review_record"
    key: ClassVar[tuple[str, ...]] = ("review", "record_id")
    part: ClassVar[tuple[str, ...]] = ("review",)

    review: str = column(REVIEW)
    record_id: str = column("Id made from what the record says.")
    publication: str = column("Id of the record that stands for its publication.")
    database: str = column("Database it came from; `not_stated` if nothing says so.")
    file: str = column("Name of the export it was read from.")
    published_in: int = column(
        "Year of publication.", minimum=1400, maximum=2200, nullable=True
    )
    found: bool = column("Whether the whole strategy finds this record.")
    outcome: str = column("Where it ended in the flow.", vocabulary=OUTCOMES)
    reason: str = column("Reason its full text was excluded for.", nullable=True)


class SearchLine(Table):
    """The lines of a search as run on each database, and the records each finds."""

    name: ClassVar[str] = "search_line"
    key: ClassVar[tuple[str, ...]] = ("review", "database", "search_line")
    part: ClassVar[tuple[str, ...]] = ("review",)

    review: str = column(REVIEW)
    database: str = column("Database; `not_stated` if no export says which.")
    search_line: str = column(
        "Label of the line; `whole_strategy` for their combination."
    )
    search_text: str = column("The line in the syntax of the database's platform.")
    found: int = column(
        "Records of the database that the line finds; empty if none were read.",
        unit="records",
        minimum=0,
        nullable=True,
    )


class SearchItem(Table):
    """What PRISMA-S asks a review to say of its searches, one row an item."""

    name: ClassVar[str] = "search_item"
    key: ClassVar[tuple[str, ...]] = ("review", "item")
    part: ClassVar[tuple[str, ...]] = ("review",)

    review: str = column(REVIEW)
    number: int = column("Number of the item in PRISMA-S.", minimum=1, maximum=16)
    item: str = column("The item.")
    told: str = column("What is reported.")
    state: str = column(
        "Whether it is reported, or the searchers must say it.", vocabulary=REPORTED
    )


class KnownWork(Table):
    """Works that were known before the search, and whether it finds them."""

    name: ClassVar[str] = "known_work"
    key: ClassVar[tuple[str, ...]] = ("review", "number")
    part: ClassVar[tuple[str, ...]] = ("review",)

    review: str = column(REVIEW)
    number: int = column("Its place in the list of known works.", minimum=1)
    work: str = column("Its title.")
    published_in: int = column(
        "Year of publication.", minimum=1400, maximum=2200, nullable=True
    )
    exported: bool = column("Whether the exports hold it.")
    state: str = column("Whether the strategy finds it.", vocabulary=KNOWN_STATES)
    missed_by: str = column(
        "Lines that ought to find it, for example `Lines 2, 3`, or `none`."
    )


class SuggestedTerm(Table):
    """Terms that would make a line of the search find known works that it misses."""

    name: ClassVar[str] = "suggested_term"
    key: ClassVar[tuple[str, ...]] = ("review", "search_line", "term")
    part: ClassVar[tuple[str, ...]] = ("review",)

    review: str = column(REVIEW)
    search_line: str = column("Label of the line.")
    term: str = column("The term.")
    gains: int = column("More known works the line finds.", unit="papers", minimum=0)
    finds: int = column("More the whole strategy finds.", unit="papers", minimum=0)
    cost: int = column(
        "More records of the exports to read.",
        unit="records",
        minimum=0,
        nullable=True,
    )


class ExtractedWork(Table):
    """Publications included in a review, with what was extracted from each."""

    name: ClassVar[str] = "extracted_work"
    key: ClassVar[tuple[str, ...]] = ("review", "record_id")
    part: ClassVar[tuple[str, ...]] = ("review",)

    review: str = column(REVIEW)
    record_id: str = column("Id of the record that stands for it.")
    work: str = column("First author, year and title.")
    published_in: int = column(
        "Year of publication.", minimum=1400, maximum=2200, nullable=True
    )
    journal: str = column("Journal, book or series it appeared in.")
    doi: str = column("DOI; empty if the exports have none.")
    theme: str = column("Theme of the review; `not_extracted` until filled in.")
    setting: str = column("Where: service and place.")
    participants: str = column("Whose view or data, and how many.")
    design: str = column("Design and methods.")
    finding: str = column("Main finding, in one sentence.")
    limits: str = column("Limits that matter for the review.")


class CitedClaim(Table):
    """Claims of a report with the reference each rests on, and where they differ."""

    name: ClassVar[str] = "cited_claim"
    key: ClassVar[tuple[str, ...]] = ("review", "number")
    part: ClassVar[tuple[str, ...]] = ("review",)

    review: str = column(REVIEW)
    number: int = column("Its place in the register.", minimum=1)
    line: int = column("Line of the report's text.", minimum=1, nullable=True)
    state: str = column(
        "Whether a reference answers the citation.", vocabulary=CLAIM_STATES
    )
    cited: str = column("The citation as printed; empty for a reference not cited.")
    claim: str = column("The sentence that cites.")
    reference: str = column("The reference, or the nearest to it; empty if none.")


REVIEW_TABLES: tuple[type[Table], ...] = (
    ReviewRecord,
    SearchLine,
    SearchItem,
    KnownWork,
    SuggestedTerm,
    ExtractedWork,
    CitedClaim,
)
