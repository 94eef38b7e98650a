"""Where a result comes from and what it means, in one documented shape."""

from __future__ import annotations

from typing import Any

from skillmix import __version__
from skillmix.catalogue import Analysis
from skillmix.report.places import place_words
from skillmix.schema.results import Published
from skillmix.schema.scope import DEFINITIONS_VERSION
from skillmix.sources.inputs import Inputs
from skillmix.sources.reading import Reading
from skillmix.words.comparability import comparability


def described(analysis: Analysis, published: Published) -> dict[str, Any]:
    """Return definition, period, disclosure, caveats and sources of a result."""
    return {
        "definition": analysis.definition,
        "definitions_version": DEFINITIONS_VERSION,
        "workforce": published.scope.workforce_label,
        "service": published.scope.service_label,
        "place": place_words(published.scope),
        "period": period(published),
        "disclosure": published.disclosure,
        "notes": [*published.notes, *comparability(published)],
        "tables": published.way,
        "code": code_path(analysis, published),
        "version": __version__,
        "caveats": list(analysis.caveats),
        "sources": [
            {
                "table": s.table,
                "files": list(s.files),
                "publisher": s.publisher,
                "synthetic": s.synthetic,
                "digest": s.digest,
            }
            for s in published.sources
        ],
    }


def code_path(analysis: Analysis, published: Published) -> str:
    """Return the function that counted, as `module:function`."""
    for way in analysis.ways:
        if way.label == published.way:
            return f"{way.expression.__module__}:{way.expression.__qualname__}"
    return ""


def period(published: Published) -> dict[str, str] | None:
    """Return the first and last month of a result, as ISO dates."""
    if published.period is None:
        return None
    first, last = published.period
    return {"from": first.isoformat(), "to": last.isoformat()}


def files_of(inputs: Inputs) -> tuple[dict[str, Any], ...]:
    """Return what was found in each file, as `check --format json` gives it."""
    return tuple(_file(reading) for reading in inputs.readings)


def _file(reading: Reading) -> dict[str, Any]:
    ends = (reading.period_start, reading.period_end)
    span = " to ".join(dict.fromkeys(f"{d:%Y-%m}" for d in ends if d is not None))
    return {
        "file": reading.file,
        "reader": reading.reader,
        "layout": reading.layout,
        "table": reading.table.name if reading.table else None,
        "period": span or None,
        "rows": reading.rows,
        "refused": reading.refused,
        "faults": [
            {"rule": f.rule, "column": f.column, "rows": f.rows, "remedy": f.remedy}
            for f in reading.faults
        ],
        "used": reading.used,
        "error": reading.error,
        "sha256": reading.sha256,
        "publisher": reading.publisher,
        "licence": reading.licence,
        "synthetic": reading.synthetic,
    }
