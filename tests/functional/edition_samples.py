"""A small report of invented results, with the inputs a hostile hand would give."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from contract.figure_samples import SAMPLES, Sample, measure, published, row
from skillmix.catalogue import Analysis, catalogue
from skillmix.figures.chart import Chart
from skillmix.report.book import Backtest, Book, Entry
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import COVID, SERVICE_DEFINITION

FORMULA = '=HYPERLINK("http://example.invalid","click")'
HOSTILE = (FORMULA, "+1+1", "-2", "@SUM(A1)", "<script>alert(1)</script>", "#import")
ELSEWHERE = "中文 \u202egnp.exe\u0007"


def analysis_of(name: str, sample: Sample, title: str) -> Analysis:
    """One of the catalogue's analyses, with a sample's chart and measures."""
    chart, measures, result = sample
    keys = tuple(result.rows[0].keys)
    model = catalogue()["workforce.change"]
    return replace(
        model,
        name=name,
        title=title,
        keys=keys,
        measures=measures,
        chart=chart,
        narrate=lambda _: f"An answer about {title.lower()}.",
        definition="A definition. It has two sentences.",
        caveats=(COVID, SERVICE_DEFINITION),
        reproduces={},
    )


def hostile() -> Sample:
    """Job titles that a spreadsheet, a page or a typesetter might run."""
    titles = (*HOSTILE, ELSEWHERE)
    rows = [
        row(60.0 + n, 100.0 * (n + 1), {"job_title": title})
        for n, title in enumerate(titles)
    ]
    rows.append(row(0.004, 1_000.0, {"job_title": "Rare"}))
    rows.append(row(None, None, {"job_title": "Few"}, status="suppressed"))
    rows.append(row(None, None, {"job_title": "Unasked"}, status="unavailable"))
    chart = Chart(kind="bar", x="job_title")
    return chart, measure("Share of people"), published(rows)


def book() -> Book:
    """A report of three questions, one of them without an answer."""
    given: dict[str, tuple[Sample, str]] = {
        "workforce.sample": (SAMPLES["bar of changes"], "Change"),
        "roles.hostile": (hostile(), "Job titles"),
        "progression.sample": (SAMPLES["dots in panels"], "Moving up, by age"),
    }
    entries = [
        Entry(analysis=analysis_of(name, sample, title), published=sample[2])
        for name, (sample, title) in given.items()
    ]
    lacking = analysis_of("pay.sample", SAMPLES["dots"], "Pay")
    entries.append(Entry(analysis=lacking, published=None, missing=("earnings",)))
    return Book(
        title="Clinical support staff",
        scope=Scope(month=dt.date(2020, 6, 1)),
        entries=tuple(entries),
        files=(
            {
                "file": f"{ELSEWHERE}.csv",
                "publisher": "A trust",
                "layout": "staff record",
                "period": "2020-06",
                "rows": 1200,
                "refused": 3,
                "used": True,
                "error": None,
                "faults": [],
                "sha256": "0" * 64,
            },
        ),
        synthetic=True,
        disclosure="protected",
        version="0.0.0",
        backtests=(
            Backtest(
                finding_id="a-printed-number",
                analysis="workforce.sample",
                printed="+11%",
                value="+11.0%",
                agrees=True,
                note="within 0.5%",
            ),
        ),
    )


def without_rows() -> Published:
    """An answer without a single row, which has no table."""
    return published([])
