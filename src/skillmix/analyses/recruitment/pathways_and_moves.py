"""Careers that adverts promise, beside the moves that staff make."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import at_bands
from skillmix.measures.cells import cells, together
from skillmix.measures.progression import climbers, moved_up
from skillmix.schema.derived import YearPair
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, said
from skillmix.words.caveats import EXPERIMENTAL, SERVICE_DEFINITION, STAYERS_ONLY
from skillmix.words.contrast import stated
from skillmix.words.fractions import capital


def narrate(published: Published) -> str:
    """Set promises and moves at band 2 and band 3 side by side."""
    parts = [
        f"at band {band}, a career was spoken of in "
        f"{said(published, 'promised', band=band)}, and "
        f"{stated(published, 'moved_up', 'percent', 0, band=band)} of staff moved up "
        "within a year"
        for band in ("2", "3")
    ]
    return f"{capital('; '.join(parts))}."


@analysis(
    title="Careers promised and moves made",
    keys=("band",),
    measures={
        "promised": Measure(
            label="Adverts that speak of a career",
            unit="percent",
            denominator="NHS adverts of the band in the sample",
            estimator=estimators.proportion,
            decimals=0,
        ),
        "named": Measure(
            label="Adverts that name an outcome",
            unit="percent",
            denominator="NHS adverts of the band in the sample",
            estimator=estimators.proportion,
            decimals=0,
        ),
        "moved_up": Measure(
            label="Staff at a higher band a year later",
            unit="percent",
            denominator="people in the service at that band a year before and still "
            "in post",
            estimator=estimators.proportion,
        ),
    },
    chart=Chart(kind="dots", x="band", colour="measure", measure="promised"),
    narrate=narrate,
    definition=(
        "Adverts of a band that speak of a career at all, and those that name a band, "
        "role, qualification or secondment, beside the people of the service at that "
        "band who are at a higher one a year later. The adverts and the staff need not "
        "be of the same employers."
    ),
    caveats=(*ALWAYS, STAYERS_ONLY, EXPERIMENTAL, SERVICE_DEFINITION),
    capabilities=("PROG-12", "REQ-07"),
)
def pathways_and_moves(adverts: CodedAdvert, pairs: YearPair) -> ir.Table:
    """Do staff move up at the bands where adverts promise careers?"""
    kept = at_bands(adverts)
    said_so = kept.group_by("band").agg(
        of=lambda t: t.count(),
        promised=(kept.career != "none").cast("int64").sum(),
        named=(kept.career == "specific_outcome").cast("int64").sum(),
    )
    people = climbers(pairs).filter(lambda t: t.in_service)
    moved = (
        people.mutate(up=moved_up(people))
        .group_by("band")
        .agg(up=lambda t: t.up.cast("int64").sum(), people=lambda t: t.count())
    )
    return together(
        *(
            cells(
                said_so,
                keys=("band",),
                measure=name,
                numerator=said_so[name],
                denominator=said_so.of,
            )
            for name in ("promised", "named")
        ),
        cells(
            moved,
            keys=("band",),
            measure="moved_up",
            numerator=moved.up,
            denominator=moved.people,
            cases=moved.up,
            people=moved.people,
        ),
    )
