"""The report as a tagged PDF (PDF/UA-1), typeset by Typst with the shipped font.

Typst checks the standard itself while it writes: a picture without alternative
text, a skipped heading level or a missing title fails the report. Its warnings
fail it too, for a font that is not found or a table that does not fit is a fault a
reader would see. Everything it reads is given to it in memory; nothing is fetched.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from skillmix.disclosure.thresholds import ROUND_TO, SMALLEST_SHOWN
from skillmix.errors import OutputError
from skillmix.figures.lettering import shown
from skillmix.report.book import Book
from skillmix.report.feeds import lacking
from skillmix.report.highlights import key_statistics, summary
from skillmix.report.panel import Panel, figure_panel
from skillmix.report.shapes import as_json
from skillmix.report.tables import SYMBOLS, FigureTable
from skillmix.report.writing import write_whole
from skillmix.schema.scope import DEFINITIONS_VERSION
from skillmix.words.numbers import month

STANDARD = "ua-1"
TEMPLATE = "report.typ"
# A longer table would be leafed over, not read: the workbook and the CSV hold it.
MOST_ROWS = 36
MOST_COLUMNS = 8
# Letters of a row heading that the usual width holds.
A_HEADING = 40
# The width of the text, the most height a picture may take of a page, and the size
# of a pixel at which a chart of full width fills the text.
TEXT_MM, TALLEST_MM, PIXEL_MM = 166.0, 178.0, 166.0 / 740
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def write_pdf(book: Book, path: Path) -> Path:
    """Write a report as a tagged PDF and return its path.

    Raises:
        OutputError: If Typst refuses or warns, or the folder cannot be written;
            nothing half-written is left behind.
    """
    write_whole({path: pdf_bytes(book)})
    return path


def pdf_bytes(book: Book) -> bytes:
    """Return a report as the bytes of a PDF/UA-1 file."""
    import typst

    template = files("skillmix.report").joinpath("typst", TEMPLATE).read_bytes()
    panels = {f.analysis.name: figure_panel(book, f) for f in book.figures}
    given: Any = {
        "main": template,
        "book.json": as_json(_in_letters(_told(book, panels))).encode(),
        **{
            _picture(panel): shown(panel.chart.svg).encode()
            for panel in panels.values()
            if panel.chart.svg
        },
    }
    with as_file(files("skillmix.figures").joinpath("fonts")) as fonts:
        try:
            data, warnings = typst.compile_with_warnings(
                given,
                format="pdf",
                pdf_standards=STANDARD,
                ignore_system_fonts=True,
                font_paths=[str(fonts)],
                timestamp=_stamp(book),
            )
        except typst.TypstError as fault:
            raise OutputError(
                f"The PDF could not be typeset: {fault.message}.",
                remedy="Nothing was written; this is a fault of skillmix, please "
                "report.",
            ) from None
    if warnings:
        told = "; ".join(sorted({w.message for w in warnings}))
        raise OutputError(
            f"The PDF was typeset with warnings: {told}.",
            remedy="Nothing was written; this is a fault of skillmix, please report.",
        )
    return bytes(data)


def _told(book: Book, panels: Mapping[str, Panel]) -> dict[str, Any]:
    """Return everything the template sets, as plain words."""
    return {
        "title": book.title,
        "subtitle": _subtitle(book),
        "marks": _marks(book),
        "made_by": f"skillmix {book.version}, definitions {DEFINITIONS_VERSION}",
        "author": f"skillmix {book.version}",
        "statistics": [
            {
                "value": s.value,
                "interval": s.interval,
                "label": s.label,
                "figure": s.figure.number,
            }
            for s in key_statistics(book.figures)
        ],
        "summary": [
            {"text": s.text, "figure": s.figure.number} for s in summary(book.figures)
        ],
        "chapters": [
            {
                "title": chapter.title,
                "about": chapter.about,
                "figures": [_figure(panels[f.analysis.name]) for f in chapter.figures],
            }
            for chapter in book.chapters
        ],
        **_closing(book),
    }


def _in_letters(told: Any) -> Any:
    """Return the same words in letters that the font has."""
    if isinstance(told, str):
        return shown(told)
    if isinstance(told, list):
        return [_in_letters(one) for one in told]
    if isinstance(told, dict):
        return {key: _in_letters(value) for key, value in told.items()}
    return told


def _closing(book: Book) -> dict[str, Any]:
    return {
        "smallest_shown": SMALLEST_SHOWN,
        "round_to": ROUND_TO,
        "internal": book.internal,
        "symbols": [[symbol, meaning] for symbol, meaning in SYMBOLS.items()],
        "files": [
            [
                str(f["file"]),
                str(f["publisher"] or "not stated"),
                str(f["period"] or ""),
                f"{f['rows']:,}",
                "yes" if f["used"] else "no",
            ]
            for f in book.files
        ],
        "backtests": [
            [t.finding_id, t.printed, t.value, "yes" if t.agrees else "no"]
            for t in book.backtests
        ],
        "lacking": [
            {
                "tables": one.tables,
                "questions": [a.question for a in one.analyses],
                "files": list(one.files),
            }
            for one in lacking(book.unanswered)
        ],
    }


def _figure(panel: Panel) -> dict[str, Any]:
    return {
        "number": panel.number,
        "title": panel.title,
        "question": panel.question,
        "answer": panel.answer,
        "picture": _picture(panel) if panel.chart.svg else "",
        "width_mm": _width_mm(panel.chart.svg),
        "alternative": panel.chart.alternative,
        "base": panel.base,
        "period": panel.period,
        "source": panel.publishers,
        "definition": panel.told["definition"],
        "caveats": [*panel.told["caveats"], *panel.told["notes"]],
        "name": panel.name,
        "tables": [_table(t) for t in panel.tables if _fits(t)],
        "left_out": _left_out([t for t in panel.tables if not _fits(t)]),
        "symbols": [f"{symbol} {meaning}" for symbol, meaning in panel.symbols],
    }


def _fits(table: FigureTable) -> bool:
    return len(table.rows) <= MOST_ROWS and len(table.columns) <= MOST_COLUMNS


def _left_out(tables: Sequence[FigureTable]) -> str:
    """Say which tables no page can hold, and why; nothing if there are none."""
    if not tables:
        return ""
    rows = sum(len(table.rows) for table in tables)
    long = any(len(table.rows) > MOST_ROWS for table in tables)
    which = "The table has" if len(tables) == 1 else f"{len(tables)} tables have"
    return (
        f"{which} {rows:,} rows, too {'many' if long else 'wide'} for a page: the "
        "workbook and the CSV file hold them."
    )


def _table(table: FigureTable) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [c.heading for c in table.columns],
        "stubs": table.stubs,
        "widths": _widths(table),
        "intervals": table.has_intervals,
        "rows": [
            [
                *({"text": words, "interval": ""} for words in names),
                *({"text": c.text, "interval": c.interval} for c in cells),
            ]
            for names, cells in table.rows
        ],
    }


def _widths(table: FigureTable) -> list[float]:
    """Return each column's share of the page: more where row headings are sentences."""
    longest = [
        max((len(names[n]) for names, _ in table.rows), default=0)
        for n in range(table.stubs)
    ]
    stubs = [1.5 * min(2.5, max(1.0, (n / A_HEADING) ** 0.6)) for n in longest]
    return [*stubs, *[1.0] * (len(table.columns) - table.stubs)]


def _width_mm(picture: str) -> float:
    """Return how wide a picture is set: at its own size, unless the page is smaller."""
    found = _SIZE.search(picture)
    wide, tall = (float(n) for n in found.groups()) if found else (720.0, 400.0)
    return round(min(TEXT_MM, wide * PIXEL_MM, TALLEST_MM * wide / tall), 2)


def _picture(panel: Panel) -> str:
    return f"{panel.anchor}.svg"


def _subtitle(book: Book) -> str:
    service, place = book.scope.service_label, book.scope.place_label
    as_at = (
        f"as at {month(book.scope.month)}"
        if book.scope.month
        else "the latest month of each source"
    )
    return f"{service[:1].upper()}{service[1:]}; {place}; {as_at}"


def _marks(book: Book) -> list[str]:
    marks = ["Synthetic data: every person is invented"] if book.synthetic else []
    return [*marks, *(["Internal, not for publication"] if book.internal else [])]


def _stamp(book: Book) -> int:
    """Return the time the file says it was made: the report's last month, at noon.

    A clock would make two files of the same report differ.
    """
    ends = [f.published.period[1] for f in book.figures if f.published.period]
    day = max(ends, default=book.scope.month or dt.date(2000, 1, 1))
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    return int(noon.timestamp())
