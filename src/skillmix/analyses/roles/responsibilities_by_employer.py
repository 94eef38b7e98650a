"""How far employers differ in what they ask of the same title and band."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.analyses.roles.advert_responsibilities import FAMILIES
from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import at_bands, lists
from skillmix.measures.cells import cells, united
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, said
from skillmix.words.labels import label

KEYS = ("advert_title", "band", "responsibility")
# Below two employers there is nothing to compare.
FEWEST = 2


def narrate(published: Published) -> str:
    """Give the responsibility on which employers of one title and band differ most."""
    rows = published.where(measure="share")
    if not rows:
        return "No title is advertised at the same band by two employers."
    # Half of the employers is as far apart as they can be; of many, further still.
    most = min(
        rows,
        key=lambda r: (abs((r.estimate or 0.0) - 0.5), -(r.denominator or 0.0)),
    )
    keys = {key: most[key] for key in KEYS}
    name = label("responsibility", keys["responsibility"]).lower()
    band = label("band", keys["band"]).lower()
    return (
        f"Employers differ most for \u201c{keys['advert_title']}\u201d at {band}: "
        f"{name} is named by {said(published, of='employer', **keys)}."
    )


@analysis(
    title="Responsibilities of the same title and band, by employer",
    keys=KEYS,
    measures={
        "share": Measure(
            label="Share of employers",
            unit="percent",
            denominator="NHS employers that advertise the title at the band",
            estimator=estimators.proportion,
            decimals=0,
        ),
    },
    chart=Chart(
        kind="heatmap",
        x="responsibility",
        y="advert_title",
        facet="band",
        measure="share",
    ),
    narrate=narrate,
    definition=(
        "NHS adverts of the sample whose band is known to be 2, 3 or 4, by title "
        "without bands, places, brackets and signs; titles that two employers or more "
        "advertise at the band. An employer counts as naming a family if one of its "
        "adverts for the title does. All, or none, means that employers are at one."
    ),
    caveats=(*ALWAYS, SILENCE),
    capabilities=("ROLE-06", "QUAL-06"),
)
def responsibilities_by_employer(adverts: CodedAdvert) -> ir.Table:
    """How far do employers differ in what they ask of the same title and band?"""
    kept = at_bands(adverts)
    named = kept.filter(kept.employer_name.notnull())
    told = {family: lists(named.responsibilities, family) for family in FAMILIES}
    told["supervises_others"] = named.supervises_others
    each = united(*(_of_employers(named, name, when) for name, when in told.items()))
    counted = each.group_by(list(KEYS)).agg(saying=each.saying.sum(), of=each.count())
    several = counted.filter(counted.of >= FEWEST)
    return cells(
        several,
        keys=KEYS,
        measure="share",
        numerator=several.saying,
        denominator=several.of,
    )


def _of_employers(adverts: ir.Table, name: str, when: ir.BooleanValue) -> ir.Table:
    """Give a row an employer: whether an advert of it names the family."""
    by = ["plain_title", "band", "employer_name"]
    found = adverts.group_by(by).agg(saying=when.cast("int64").max())
    return found.select(
        "band",
        "saying",
        advert_title=found.plain_title,
        responsibility=ibis.literal(name, "string"),
    )
