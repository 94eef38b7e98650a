"""The same title advertised at different bands."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import at_bands
from skillmix.measures.cells import cells, together
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS
from skillmix.words.counts import counted
from skillmix.words.fractions import listed
from skillmix.words.labels import label

FEWEST = 2


def narrate(published: Published) -> str:
    """Give the bands of the title that is advertised most at several bands."""
    rows = published.where(measure="adverts")
    if not rows:
        return "No title is advertised at more than one band."
    totals: dict[str, float] = {}
    for row in rows:
        title = str(row["advert_title"])
        totals[title] = totals.get(title, 0.0) + (row.numerator or 0.0)
    title = max(sorted(totals), key=lambda name: totals[name])
    parts = listed(
        [
            f"{counted(row.numerator, 'advert')} at "
            f"{label('band', row['band']).lower()}"
            for row in published.where(measure="adverts", advert_title=title)
        ]
    )
    count = len(totals)
    told = "One title is" if count == 1 else f"{count} titles are"
    return f"{told} advertised at more than one band; \u201c{title}\u201d in {parts}."


@analysis(
    title="The same title at different bands",
    keys=("advert_title", "band"),
    measures={
        "share": Measure(
            label="Share of the adverts with the title",
            unit="percent",
            denominator="NHS adverts with the title whose band is 2, 3 or 4",
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
    chart=Chart(kind="stacked", x="advert_title", colour="band", measure="share"),
    narrate=narrate,
    definition=(
        "NHS adverts of the sample whose band is known to be 2, 3 or 4, by title "
        "without bands, places, brackets and signs; titles advertised at two bands or "
        "more."
    ),
    caveats=ALWAYS,
    capabilities=("REQ-11", "ROLE-02"),
)
def advert_title_bands(adverts: CodedAdvert) -> ir.Table:
    """Which titles are advertised at more than one band?"""
    kept = at_bands(adverts).mutate(advert_title=adverts.plain_title)
    counts = kept.group_by("advert_title", "band").agg(saying=lambda t: t.count())
    several = counts.group_by("advert_title").agg(bands=lambda t: t.count())
    spread = counts.semi_join(several.filter(several.bands >= FEWEST), ["advert_title"])
    whole = ibis.window(group_by=["advert_title"])
    keys = ("advert_title", "band")
    return together(
        cells(
            spread,
            keys=keys,
            measure="share",
            numerator=spread.saying,
            denominator=spread.saying.sum().over(whole),
        ),
        cells(spread, keys=keys, measure="adverts", numerator=spread.saying),
    )
