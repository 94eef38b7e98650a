"""The report as one page: no network, no server, and a manifest beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from skillmix.disclosure.thresholds import ROUND_TO, SMALLEST_SHOWN
from skillmix.report.book import Book, Chapter
from skillmix.report.feeds import lacking
from skillmix.report.highlights import key_statistics, summary
from skillmix.report.lineage import described
from skillmix.report.pages import asset, digest, page_environment, style_sheet
from skillmix.report.panel import Panel, figure_panel
from skillmix.report.places import place_words
from skillmix.report.runtime import font_faces, vega_script
from skillmix.report.shapes import as_json
from skillmix.report.tables import SYMBOLS
from skillmix.report.writing import write_whole
from skillmix.schema.scope import DEFINITIONS_VERSION
from skillmix.words.numbers import month

Progress = Callable[[str, int, int], None]


def write_report(
    book: Book,
    out: Path,
    progress: Progress | None = None,
    *,
    editions: Mapping[str, str] | None = None,
) -> Path:
    """Write `index.html` and `manifest.json`, and return the page's path.

    Both appear whole or not at all: they are written under other names first.

    Args:
        book: What the report says.
        out: The folder to write to; made if it does not exist.
        progress: Called with the figure's title, how many are drawn, and of how
            many.
        editions: Names of the editions that will stand beside the page, each with
            its file, for links to them.

    Raises:
        OutputError: If the folder cannot be written.
    """
    page = report_page(book, progress=progress, editions=editions).encode()
    told = as_json(manifest_of(book, sha256(page).hexdigest())).encode()
    write_whole({out / "index.html": page, out / "manifest.json": told})
    return out / "index.html"


def report_page(
    book: Book,
    *,
    progress: Progress | None = None,
    editions: Mapping[str, str] | None = None,
) -> str:
    """Return the whole report as one HTML page."""
    scripts = {
        "theme": asset("theme.js"),
        "vega": vega_script(),
        "page": asset("page.js"),
    }
    template = page_environment().get_template("report.html")
    chapters = _chapters(book, progress)
    return template.render(
        book=book,
        editions=editions or {},
        subtitle=_subtitle(book),
        running=_running(book),
        as_at=_as_at(book),
        place=place_words(book.scope),
        statistics=key_statistics(book.figures),
        sentences=summary(book.figures),
        chapters=chapters,
        specs={p.anchor: p.chart.spec for _, ps in chapters for p in ps},
        lacking=lacking(book.unanswered),
        faults=[f for f in book.files if f["faults"] or f["error"]],
        used=sum(bool(f["used"]) for f in book.files),
        publishers=_publishers(book),
        agreeing=sum(test.agrees for test in book.backtests),
        anchors={f.analysis.name: f.anchor for f in book.figures},
        titles={f.analysis.name: f.analysis.title for f in book.figures},
        symbols=SYMBOLS,
        smallest_shown=SMALLEST_SHOWN,
        round_to=ROUND_TO,
        definitions_version=DEFINITIONS_VERSION,
        faces=font_faces(),
        style=style_sheet(),
        scripts=scripts,
        policy=_policy(list(scripts.values())),
    )


def manifest_of(book: Book, page_digest: str) -> dict[str, Any]:
    """Return what the page holds and what it was made from, for machines."""
    return {
        "title": book.title,
        "made_by": f"skillmix {book.version}",
        "definitions_version": DEFINITIONS_VERSION,
        "scope": {**asdict(book.scope), "as_at": book.scope.month},
        "synthetic": book.synthetic,
        "disclosure": book.disclosure,
        "page": {"file": "index.html", "sha256": page_digest},
        "figures": [
            {
                "number": f.number,
                "analysis": f.analysis.name,
                "question": f.analysis.question,
                "rows": len(f.published.rows),
                **described(f.analysis, f.published),
            }
            for f in book.figures
        ],
        "unanswered": [
            {"analysis": e.analysis.name, "missing": list(e.missing)}
            for e in book.unanswered
        ],
        "backtests": [asdict(test) for test in book.backtests],
        "files": list(book.files),
    }


def _chapters(
    book: Book, progress: Progress | None
) -> list[tuple[Chapter, list[Panel]]]:
    found: list[tuple[Chapter, list[Panel]]] = []
    drawn, of = 0, len(book.figures)
    for chapter in book.chapters:
        panels: list[Panel] = []
        for figure in chapter.figures:
            if progress:
                progress(f"drawing {figure.analysis.title}", drawn, of)
            panels.append(figure_panel(book, figure))
            drawn += 1
        found.append((chapter, panels))
    if progress:
        progress("done", drawn, of)
    return found


def _subtitle(book: Book) -> str:
    service = book.scope.service_label
    place = place_words(book.scope)
    return f"{service[0].upper()}{service[1:]}; {place}; {_as_at(book)}"


def _running(book: Book) -> str:
    """Return what the foot of every printed page must say."""
    marks = ["Synthetic data"] if book.synthetic else []
    marks += ["Internal, not for publication"] if book.internal else []
    return ". ".join(marks)


def _as_at(book: Book) -> str:
    if book.scope.month is not None:
        return f"as at {month(book.scope.month)}"
    return "the latest month of each source"


def _publishers(book: Book) -> str:
    found = {str(f["publisher"]) for f in book.files if f["used"] and f["publisher"]}
    return "; ".join(sorted(found)) or "no publisher is stated"


def _policy(scripts: list[str]) -> str:
    """Return the policy that keeps the page from asking anybody for anything."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(digest, scripts))}",
            "style-src 'unsafe-inline'",
            "font-src data:",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
