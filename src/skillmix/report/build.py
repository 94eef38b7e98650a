"""Read inputs, answer every question of the catalogue and write the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from skillmix import __version__
from skillmix.catalogue import catalogue
from skillmix.engines.engine import Engine
from skillmix.errors import MissingInputError
from skillmix.memory import Memory
from skillmix.pipeline import Answer, open_session
from skillmix.report.backtest import backtests
from skillmix.report.book import Book, Entry
from skillmix.report.editions import ODS, PDF, XLSX, write_editions
from skillmix.report.html import write_report
from skillmix.report.lineage import files_of
from skillmix.report.studio import Studio
from skillmix.schema.scope import Scope
from skillmix.sources.inputs import Inputs

Progress = Callable[[str, int, int], None]


def build_report(
    inputs: Inputs,
    scope: Scope,
    engine: Engine,
    out: Path,
    *,
    internal: bool = False,
    editions: bool = True,
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> Path:
    """Write `index.html`, `manifest.json` and the editions; return the page's path.

    Args:
        inputs: What was read.
        scope: What the report is about.
        engine: What runs the questions.
        out: The folder to write to.
        internal: Whether counts are exact, and every page says so.
        editions: Whether to write PDF, XLSX, ODS and CSV beside the page.
        progress: Called with what is being done, how much is done, and of how much.
        memory: What was counted before; nothing if not given.

    Raises:
        MissingInputError: If no question at all can be answered.
        OutputError: If the folder cannot be written.
    """
    with Studio() as studio:
        answers: list[Answer] = []
        with open_session(inputs, scope, engine, memory=memory) as session:
            questions = list(catalogue().values())
            for answer in session.answers(
                questions, internal=internal, progress=progress
            ):
                if answer.published:
                    studio.begin(answer.analysis, answer.published)
                answers.append(answer)
            as_at = session.scope
        _refuse_empty(answers, as_at, inputs)
        book = _bound(answers, as_at, inputs, studio, internal=internal)
        beside = {"PDF": PDF, "Excel": XLSX, "OpenDocument": ODS}
        page = write_report(
            book, out, progress=progress, editions=beside if editions else None
        )
        if editions:
            write_editions(book, out, progress=progress)
    return page


def _bound(
    answers: list[Answer],
    as_at: Scope,
    inputs: Inputs,
    studio: Studio,
    *,
    internal: bool,
) -> Book:
    return Book(
        title=f"{as_at.workforce_label[0].upper()}{as_at.workforce_label[1:]}",
        scope=as_at,
        entries=tuple(
            Entry(analysis=a.analysis, published=a.published, missing=a.missing)
            for a in answers
        ),
        files=files_of(inputs),
        synthetic=any(r.synthetic for r in inputs.readings if r.used),
        disclosure="internal" if internal else "protected",
        version=__version__,
        backtests=backtests((a.analysis, a.published) for a in answers),
        studio=studio,
    )


def _refuse_empty(answers: list[Answer], scope: Scope, inputs: Inputs) -> None:
    """Refuse a report that no file given has a part in: something else is wrong.

    Registers that come with the package answer some questions by themselves.
    """
    used = sum(reading.used for reading in inputs.readings)
    if used and any(a.published for a in answers):
        return
    raise MissingInputError(
        f"None of {len(answers)} questions can be answered for {scope.place_label} "
        f"from the files given: {used} of {len(inputs.readings)} could be used.",
        remedy="`skillmix check` says what each file is and what was wrong with it.",
    )
