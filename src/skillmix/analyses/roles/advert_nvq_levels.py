"""The levels of NVQ adverts name at each band, as essential and as desirable."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_span, at_bands, lists
from skillmix.measures.cells import cells, together, united
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE
from skillmix.words.fractions import listed
from skillmix.words.numbers import number

LEVELS = (4, 3, 2, 1)
KEYS = ("band", "asked_as")
ASKED = {"essential": "qualifications", "desirable": "desirable_qualifications"}
ENDS = ("lowest", "highest")


def narrate(published: Published) -> str:
    """Say which levels are essential at each band that names any."""
    told: list[str] = []
    for band in ("2", "3", "4"):
        low, high = (
            published.one(band=band, asked_as="essential", measure=end) for end in ENDS
        )
        if low is None or high is None:
            continue
        levels = dict.fromkeys(number(r.estimate, "level") for r in (low, high))
        told.append(f"{' to '.join(levels)} at band {band}")
    if not told:
        return "No advert names a level of NVQ as essential."
    return f"The level of NVQ that adverts call essential is {listed(told)}."


def _level(label: str) -> Measure:
    return Measure(
        label=label,
        unit="level",
        denominator="",
        estimator=estimators.as_printed,
        decimals=0,
    )


def _printed(value: int, band: str, measure: str, asked: str = "essential") -> Printed:
    row = {"band": band, "asked_as": asked, "measure": measure}
    return Printed(value=value, within=0.5, row=row)


@analysis(
    title="Levels of NVQ asked for by band",
    keys=KEYS,
    measures={
        "lowest": _level("Lowest level"),
        "commonest": _level("Commonest level"),
        "highest": _level("Highest level"),
        "adverts": Measure(
            label="Adverts that name a level",
            unit="adverts",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(
        kind="dots",
        x="band",
        colour="measure",
        measure="lowest",
        only={"asked_as": "essential", "measure": ("lowest", "commonest", "highest")},
    ),
    narrate=narrate,
    definition=(
        "NHS adverts whose band is known to be 2, 3 or 4, that name an NVQ or an "
        "equivalent of a level; of each advert the highest. Alternatives to it, such "
        "as experience, do not change the level. Of levels named equally often, the "
        "lower is given as the commonest."
    ),
    reproduces={
        "advert-essential-nvq-max": Printed(
            value=3,
            within=0.5,
            row={"asked_as": "essential", "measure": "highest"},
            take="highest",
        ),
        "advert-band2-nvq-desirable": _printed(2, "2", "commonest", "desirable"),
        "advert-band3-nvq-low": _printed(2, "3", "lowest"),
        "advert-band3-nvq-high": _printed(3, "3", "highest"),
        "advert-band4-nvq-level": _printed(3, "4", "commonest"),
    },
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-01", "QUAL-06"),
)
def advert_nvq_levels(adverts: CodedAdvert) -> ir.Table:
    """Which levels of NVQ do adverts call essential or desirable at each band?"""
    kept = at_bands(adverts)
    named = united(
        *(
            kept.select("band", asked_as=ibis.literal(asked), level=_named(kept[name]))
            for asked, name in ASKED.items()
        )
    )
    return together(
        advert_span(named, of="level", by=KEYS, ends=ENDS), _commonest(named)
    )


def _named(listed: ir.StringColumn) -> ir.IntegerValue:
    """Return the highest level that a list of codes names, empty where none."""
    found = [(lists(listed, f"NVQ{level}"), level) for level in LEVELS]
    return ibis.cases(*found, else_=ibis.null("int8"))


def _commonest(named: ir.Table) -> ir.Table:
    told = named.filter(named.level.notnull())
    counted = told.group_by([*KEYS, "level"]).agg(saying=told.count())
    whole = ibis.window(group_by=list(KEYS))
    most = counted.mutate(most=counted.saying.max().over(whole))
    first = most.filter(most.saying == most.most)
    level = first.group_by(list(KEYS)).agg(level=first.level.min())
    return cells(level, keys=KEYS, measure="commonest", numerator=level.level)
