"""Adverts below band 4 that expect the post holder to supervise others."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import at_bands
from skillmix.measures.cells import cells, together
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, said
from skillmix.words.labels import label

KEYS = ("band", "advert_title")
BELOW = ("2", "3")


def narrate(published: Published) -> str:
    """Name the titles below band 4 whose adverts expect supervising most often."""
    rows = published.where(measure="share")
    if not rows:
        return "No advert below band 4 expects the post holder to supervise others."
    most = max(rows, key=lambda r: r.numerator or 0.0)
    keys = {key: most[key] for key in KEYS}
    band = label("band", keys["band"]).lower()
    return (
        "Supervising others is expected below band 4 most often of "
        f"\u201c{keys['advert_title']}\u201d at {band}: in {said(published, **keys)}."
    )


@analysis(
    title="Supervising others below band 4",
    keys=KEYS,
    measures={
        "share": Measure(
            label="Share of the adverts with the title",
            unit="percent",
            denominator="NHS adverts with the title at the band",
            estimator=estimators.proportion,
            decimals=0,
        ),
        "adverts": Measure(
            label="Adverts",
            unit="adverts",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(kind="dots", x="advert_title", colour="band", measure="share"),
    narrate=narrate,
    definition=(
        "NHS adverts of the sample at band 2 or 3 that expect the post holder to "
        "supervise, mentor or appraise staff or students, by title without bands, "
        "places, brackets and signs. National job profiles expect it from band 4. The "
        "adverts themselves are those of `skillmix adverts` with supervises_others."
    ),
    caveats=(*ALWAYS, SILENCE),
    capabilities=("ROLE-08", "REQ-11", "QUAL-06"),
)
def supervising_below_band_4(adverts: CodedAdvert) -> ir.Table:
    """Which adverts below band 4 expect the post holder to supervise others?"""
    kept = at_bands(adverts)
    below = kept.filter(kept.band.isin(BELOW)).mutate(advert_title=kept.plain_title)
    counted = below.group_by(list(KEYS)).agg(
        saying=below.supervises_others.cast("int64").sum(), of=below.count()
    )
    some = counted.filter(counted.saying > 0)
    return together(
        cells(
            some, keys=KEYS, measure="share", numerator=some.saying, denominator=some.of
        ),
        cells(some, keys=KEYS, measure="adverts", numerator=some.saying),
    )
