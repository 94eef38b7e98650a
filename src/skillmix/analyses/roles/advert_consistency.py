"""How far adverts of one band ask for the same thing."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import at_bands
from skillmix.measures.cells import cells, together, united
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, said
from skillmix.words.numbers import number

FIELDS = (
    ("qualification", "qualification"),
    ("experience", "experience"),
    ("training", "training"),
    ("flexibility", "flexibility"),
    ("supervision", "supervised_by"),
)


def narrate(published: Published) -> str:
    """Say how likely two adverts of band 3 are to ask for different qualifications."""
    row = published.one(measure="two_differ", band="3", asked_about="qualification")
    same = said(published, "commonest", band="3", asked_about="qualification")
    if row is None:
        return "No band has two adverts to compare."
    apart = number(row.estimate, "percent", 0)
    return (
        f"Of two band 3 adverts, {apart} ask for different qualifications; the "
        f"commonest demand stands in {same}."
    )


@analysis(
    title="How consistent requirements are within a band",
    keys=("band", "asked_about"),
    measures={
        "two_differ": Measure(
            label="Chance that two adverts of the band differ",
            unit="percent",
            denominator="all pairs of NHS adverts of the band in the sample",
            estimator=estimators.as_printed,
            decimals=0,
        ),
        "commonest": Measure(
            label="Share of adverts with the commonest code",
            unit="percent",
            denominator="NHS adverts of the band in the sample",
            estimator=estimators.proportion,
            decimals=0,
        ),
    },
    chart=Chart(kind="dots", x="asked_about", colour="band", measure="two_differ"),
    narrate=narrate,
    definition=(
        "The share of pairs of adverts of one band whose codes differ: nought if all "
        "ask for the same, and the nearer to one the less the band says of what is "
        "asked. An advert that states nothing counts as a code of its own."
    ),
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-11",),
)
def advert_consistency(adverts: CodedAdvert) -> ir.Table:
    """How consistent are the requirements of adverts within one band?"""
    kept = at_bands(adverts)
    each = [
        kept.select("band", asked_about=ibis.literal(name), code=kept[column])
        for name, column in FIELDS
    ]
    rows = united(*each)
    counts = rows.group_by("band", "asked_about", "code").agg(n=lambda t: t.count())
    sums = counts.group_by("band", "asked_about").agg(
        of=counts.n.sum(), alike=(counts.n * (counts.n - 1)).sum(), most=counts.n.max()
    )
    pairs = sums.filter(sums.of > 1)
    keys = ("band", "asked_about")
    return together(
        cells(
            pairs,
            keys=keys,
            measure="two_differ",
            numerator=1 - pairs.alike / (pairs.of * (pairs.of - 1)),
        ),
        cells(
            sums,
            keys=keys,
            measure="commonest",
            numerator=sums.most,
            denominator=sums.of,
        ),
    )
