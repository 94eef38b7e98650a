"""Screening: lists out, decisions in, agreement, and what to read next."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from skillmix.cli.literature.options import (
    EXAMPLE,
    As,
    Exports,
    Format,
    Links,
    Name,
    print_json,
)
from skillmix.cli.literature.search import searched

if TYPE_CHECKING:
    from skillmix.literature.record import Record
    from skillmix.literature.strategy.strategy import Strategy

screen = typer.Typer(
    no_args_is_help=True, help="Screen what was found: two readers, one log."
)


class Stage(StrEnum):
    """When a record is decided on."""

    title_abstract = "title_abstract"
    full_text = "full_text"


class Tool(StrEnum):
    """Where a list is screened."""

    sheet = "sheet"
    asreview = "asreview"
    rayyan = "rayyan"
    covidence = "covidence"


class CovidenceList(StrEnum):
    """A list that Covidence exports, by where its records have come to."""

    irrelevant = "irrelevant"
    select = "select"
    excluded = "excluded"
    included = "included"


Log = Annotated[Path, typer.Option("--log", help="The screening log, a CSV file.")]
At = Annotated[Stage, typer.Option("--stage", help="Stage of screening.")]
Who = Annotated[str, typer.Option("--screener", help="Initials of the screener.")]
Out = Annotated[Path, typer.Option("--out", help="File to write.")]
LOG = Path("screening.csv")


def to_read(
    exports: list[Path], strategy: str, links: Path | None
) -> tuple[list[Record], Strategy]:
    """Return the publications to screen, and the strategy with its criteria."""
    found = searched(exports, strategy, links, None)
    return [g.preferred for g in found.groups], found.strategy


@screen.command()
def out(
    exports: Exports,
    out: Out,
    strategy: Name = EXAMPLE,
    links: Links = None,
    tool: Annotated[Tool, typer.Option(help="Where it will be screened.")] = Tool.sheet,
) -> None:
    """Write the list to screen: CSV or XLSX, for ASReview, Rayyan or Covidence."""
    from skillmix.literature.screening import exchange
    from skillmix.literature.screening.criteria import criteria_from
    from skillmix.literature.tables import write_text
    from skillmix.literature.workbooks import write_table

    records, chosen = to_read(exports, strategy, links)
    match tool:
        case Tool.sheet:
            rows = exchange.sheet_rows(records, criteria_from(chosen.criteria))
            write_table(out, exchange.SHEET_COLUMNS, rows, title="To screen")
            print(out)
            return
        case Tool.asreview:
            text = exchange.for_asreview(records)
        case Tool.rayyan:
            text = exchange.for_rayyan(records)
        case Tool.covidence:
            text = exchange.as_ris(records)
    write_text(out, text)
    print(out)


@screen.command()
def take(
    decided: Annotated[Path, typer.Argument(help="File with decisions filled in.")],
    exports: Exports,
    screener: Who = "",
    strategy: Name = EXAMPLE,
    links: Links = None,
    log: Log = LOG,
    stage: At = Stage.title_abstract,
    listed: Annotated[
        CovidenceList | None,
        typer.Option(
            "--list", help="Which list of Covidence; told by the file's name if not."
        ),
    ] = None,
) -> None:
    """Take decisions made in a spreadsheet, ASReview, Rayyan or Covidence."""
    from skillmix.errors import UnreadableFileError
    from skillmix.literature.screening.handed_back import take_back
    from skillmix.literature.screening.log import append

    records, _ = to_read(exports, strategy, links)
    try:
        raw = decided.read_bytes()
    except OSError as fault:
        raise UnreadableFileError(
            f"The file cannot be opened: {fault.strerror}.", where=decided.name
        ) from None
    found = take_back(
        raw,
        records,
        stage=stage.value,
        screener=screener,
        day=dt.date.today(),
        file=decided.name,
        listed=listed.value if listed else "",
    )
    append(log, found.decisions, ())
    print(
        f"{len(found.decisions)} decisions added to {log}; {found.undecided} records "
        f"without one, {found.unknown} rows of no record given out."
    )


@screen.command()
def agree(
    one: Annotated[str, typer.Argument(help="Initials of one screener.")],
    two: Annotated[str, typer.Argument(help="Initials of the other.")],
    log: Log = LOG,
    stage: At = Stage.title_abstract,
    format: As = Format.table,  # noqa: A002
) -> None:
    """Say how well two screeners agree, and on which records they do not."""
    from skillmix.literature.screening.agreement import agreement
    from skillmix.literature.screening.log import read_log

    found = agreement(read_log(log), stage.value, one, two)
    if format is Format.json:
        print_json(
            {
                "schema": "skillmix.literature.agreement/1",
                "screeners": list(found.screeners),
                "both": found.both,
                "observed": found.observed,
                "expected": found.expected,
                "kappa": found.kappa,
                "conf_low": found.conf_low,
                "conf_high": found.conf_high,
                "conflicts": list(found.conflicts),
            }
        )
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{found.both} records decided by both, {found.observed:.0%} alike.")
    if found.kappa is None:
        console.print("Kappa cannot be computed: there is nothing to agree beyond.")
    else:
        console.print(
            f"Cohen's kappa {found.kappa:.2f} "
            f"(95% interval {found.conf_low:.2f} to {found.conf_high:.2f})."
        )
    for record in found.conflicts:
        console.print(f"  differ on {record}", markup=False)


@screen.command(name="next")
def next_(
    exports: Exports,
    strategy: Name = EXAMPLE,
    links: Links = None,
    log: Log = LOG,
    seed: Annotated[int, typer.Option(help="Seed of the random parts.")] = 2020,
    most: Annotated[int, typer.Option(help="How many to list.")] = 20,
    sample: Annotated[
        int, typer.Option(help="Draw this many unread at random, for the estimate.")
    ] = 0,
) -> None:
    """List what to read next: the likeliest first, or a random sample of the unread."""
    import numpy as np

    from skillmix.literature.screening.log import read_log
    from skillmix.literature.screening.progress import labels
    from skillmix.literature.screening.ranking import reading_order
    from skillmix.literature.screening.stopping import random_sample

    records, _ = to_read(exports, strategy, links)
    known = labels([r.record_id for r in records], read_log(log))
    rng = np.random.default_rng(seed)
    if sample:
        unread = [n for n, label in enumerate(known) if label is None]
        order = random_sample(unread, sample, rng)
    else:
        order = reading_order(records, known, rng)[:most]
    console = Console(highlight=False, soft_wrap=True)
    for place in order:
        record = records[place]
        console.print(f"{record.record_id}  {record.reference}", markup=False)


@screen.command()
def recall(
    found: Annotated[int, typer.Argument(help="Relevant records found so far.")],
    unread: Annotated[int, typer.Argument(help="Unread when the sample was drawn.")],
    sampled: Annotated[int, typer.Argument(help="Size of the random sample.")],
    relevant: Annotated[int, typer.Argument(help="Relevant records in the sample.")],
    target: Annotated[float, typer.Option(help="Recall wanted.")] = 0.95,
) -> None:
    """Say whether enough was read, with its doubt, from a random sample of the rest."""
    from skillmix.literature.screening.stopping import recall as estimate

    if not 0 <= relevant <= sampled <= unread or found < 0 or not 0 < target <= 1:
        raise typer.BadParameter(
            "The sample lies within the unread, its relevant records within it, and "
            "the target between 0 and 1."
        )
    told = estimate(
        found=found,
        unread=unread,
        sampled=sampled,
        relevant_in_sample=relevant,
        target=target,
    )
    if told.estimate is not None:
        print(f"Estimated recall {told.estimate:.0%}.")
    print(told.words)
