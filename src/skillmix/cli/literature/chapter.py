"""Write what a report's chapter on the evidence is made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmix.cli.literature.options import EXAMPLE, Exports, Links, Name
from skillmix.cli.literature.outputs import Log, Screeners, text_of, works_of
from skillmix.cli.literature.search import searched

if TYPE_CHECKING:
    from skillmix.literature.known import KnownItems
    from skillmix.literature.search import Search

Out = Annotated[Path, typer.Option("--out", help="Folder for the tables.")]
Evidence = Annotated[
    Path | None, typer.Option("--evidence", help="The evidence table, filled in.")
]
Document = Annotated[
    Path | None,
    typer.Option(
        "--document", help="The report that cites, for the citation register."
    ),
]
Known = Annotated[
    Path | None,
    typer.Option(
        "--known",
        help="Known works: an export, or a report's text; else those of --document.",
    ),
]


def chapter(
    exports: Exports,
    out: Out,
    strategy: Name = EXAMPLE,
    links: Links = None,
    log: Log = None,
    screeners: Screeners = 2,
    evidence: Evidence = None,
    document: Document = None,
    known: Known = None,
) -> None:
    """Write the review as tables, from which `skillmix report` makes a chapter."""
    from skillmix.literature.outputs.chapter import Review, write_chapter
    from skillmix.literature.outputs.evidence import extracted_from
    from skillmix.literature.outputs.register import register
    from skillmix.literature.screening.log import read_log
    from skillmix.literature.workbooks import rows_of

    found = searched(exports, strategy, links, None)
    preferred = [g.preferred for g in found.groups]
    extracted = {}
    if evidence is not None:
        extracted = extracted_from(
            rows_of(evidence), where=evidence.name, records=preferred
        )
    review = Review(
        search=found,
        decisions=read_log(log) if log else None,
        screeners=screeners,
        extracted=extracted,
        known=_known(found, known or document),
        register=register(text_of(document)) if document else None,
    )
    for path in write_chapter(review, out):
        print(path)


def invented_chapter(folder: Path, out: Path, *, seed: int) -> None:
    """Invent a bibliography and its review, and write what the demo's report reads."""
    import datetime as dt

    from skillmix.literature.outputs.chapter import Review, write_chapter
    from skillmix.literature.outputs.evidence import extracted_from
    from skillmix.literature.outputs.register import register
    from skillmix.literature.screening.handed_back import take_back
    from skillmix.literature.screening.log import append
    from skillmix.literature.workbooks import rows_of
    from skillmix.synth.literature.write import sheets_of, write_bibliography

    found = searched([write_bibliography(folder, seed=seed)], EXAMPLE, None, None)
    records = [g.preferred for g in found.groups]
    decisions = tuple(
        decision
        for path, stage, screener in sheets_of(folder)
        for decision in take_back(
            path.read_bytes(),
            records,
            stage=stage,
            screener=screener,
            day=dt.date(2020, 12, 1),
            file=path.name,
        ).decisions
    )
    log = folder / "screening.csv"
    log.unlink(missing_ok=True)
    append(log, decisions, ())
    document = folder / "report.md"
    review = Review(
        search=found,
        decisions=decisions,
        extracted=extracted_from(rows_of(folder / "evidence.csv"), records=records),
        known=_known(found, document),
        register=register(text_of(document)),
    )
    write_chapter(review, out)


def _known(found: Search, works: Path | None) -> KnownItems | None:
    from skillmix.literature.known import check_known

    items = [r for r in works_of(works) if r.title] if works else []
    return check_known(found.strategy, items, found.records) if items else None
