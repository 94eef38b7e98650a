"""A figure as a page sets it: question, answer, chart, table, caveats and lineage.

The report and the web app fill the same template from this, so a figure reads the
same in both.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any

from skillmix.catalogue import Analysis, Measure
from skillmix.figures.theme import WIDTH
from skillmix.report.answers import answer
from skillmix.report.book import Book, Figure
from skillmix.report.figure import Drawn, drawn
from skillmix.report.lineage import described
from skillmix.report.shapes import as_csv
from skillmix.report.studio import Studio
from skillmix.report.tables import FigureTable, figure_tables
from skillmix.schema.results import Published
from skillmix.words.numbers import month

OPEN_ROWS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Everything a page says about one answered question.

    Attributes:
        anchor: The place to link to.
        name: Name of the analysis.
        title: Short title.
        question: The question.
        answer: The answer in plain words.
        base: What the charted shares are out of, in words; empty if they are not
            shares of anything.
        chart: The chart, its still twin and its alternative text.
        tables: The tables behind it.
        csv: The rows as CSV.
        intervals: For each measure, its label and how its interval is made.
        told: Definition, period, disclosure, caveats and sources.
        period: The months it speaks of, in words.
        synthetic: Whether it rests on invented people.
        internal: Whether it is exact and not for publication.
        number: Its number in the report; None on a page of its own.
        printed_figure: The figure of the published report it answers, if any.
    """

    anchor: str
    name: str
    title: str
    question: str
    answer: str
    base: str
    chart: Drawn
    tables: tuple[FigureTable, ...]
    csv: str
    intervals: tuple[tuple[str, str], ...]
    told: dict[str, Any]
    period: str
    synthetic: bool
    internal: bool
    number: int | None = None
    printed_figure: int | None = None

    @property
    def symbols(self) -> tuple[tuple[str, str], ...]:
        """The symbols its tables use, with their meaning, each once."""
        return tuple(dict.fromkeys(s for t in self.tables for s in t.symbols))

    @property
    def table_rows(self) -> int:
        """How many rows its tables have together."""
        return sum(len(t.rows) for t in self.tables)

    @property
    def table_open(self) -> bool:
        """Whether the tables are short enough to stand open on the page."""
        return self.table_rows <= OPEN_ROWS and len(self.tables) == 1

    @property
    def publishers(self) -> str:
        """Who issued what it rests on, for the line under the chart."""
        found = (s["publisher"] for s in self.told["sources"] if s["publisher"])
        return "; ".join(dict.fromkeys(found)) or "not stated"


JANUARY, DECEMBER = 1, 12


def figure_panel(book: Book, figure: Figure) -> Panel:
    """Return a figure of a report ready to be set, made once for all editions."""
    made: dict[str, Panel] = book.studio.panels if book.studio else {}
    if figure.anchor not in made:
        made[figure.anchor] = panel_of(
            figure.analysis,
            figure.published,
            anchor=figure.anchor,
            number=figure.number,
            studio=book.studio,
        )
    return made[figure.anchor]


def panel_of(
    analysis: Analysis,
    published: Published,
    *,
    anchor: str,
    number: int | None = None,
    width: int = WIDTH,
    studio: Studio | None = None,
    reach: tuple[float, float] | None = None,
) -> Panel:
    """Return a figure ready to be set on a page."""
    measures = analysis.measures
    charted = measures[analysis.chart.measure or next(iter(measures))]
    return Panel(
        anchor=anchor,
        name=analysis.name,
        title=analysis.title,
        question=analysis.question,
        answer=answer(analysis, published),
        base=charted.denominator,
        chart=drawn(
            analysis,
            published,
            anchor=anchor,
            width=width,
            studio=studio,
            reach=reach,
        ),
        tables=figure_tables(analysis, published),
        csv=as_csv(analysis, published),
        intervals=tuple((m.label, _interval(m)) for m in measures.values()),
        told=described(analysis, published),
        period=period_words(published),
        synthetic=any(s.synthetic for s in published.sources),
        internal=published.disclosure == "internal",
        number=number,
        printed_figure=analysis.figure,
    )


def _interval(measure: Measure) -> str:
    """Say how a measure's interval is made, in the estimator's own first line."""
    if measure.estimator is None:
        return measure.method
    told = (inspect.getdoc(measure.estimator) or measure.interval).partition("\n")[0]
    told = told.removeprefix("Give ")
    return f"{told[:1].upper()}{told[1:]}"


def period_words(published: Published) -> str:
    """Return the months, or the whole years, a result speaks of, in words."""
    if published.period is None:
        return "Undated"
    first, last = published.period
    whole = first.month == JANUARY and last.month == DECEMBER
    ends = (str(first.year), str(last.year)) if whole else (month(first), month(last))
    return " to ".join(dict.fromkeys(ends))
