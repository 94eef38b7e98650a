"""What the report's definitions are made of, and where they differ."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.cohorts.counterparts import of_service
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.registers import DefinitionPart
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.numbers import number

KEYS = ("definition", "criterion")


def narrate(published: Published) -> str:
    """Set the two band ranges side by side."""
    told = [
        f"{number(low.estimate, 'count')} to {number(high.estimate, 'count')}"
        for name in ("footnote_6", "appendix")
        if (low := published.one(definition=name, measure="lowest"))
        and (high := published.one(definition=name, measure="highest"))
    ]
    return (
        "The report tells clinical support staff by bands "
        f"{' in footnote 6 and by bands '.join(told)} in its Appendix."
    )


def _measure(label: str) -> Measure:
    return Measure(
        label=label,
        unit="count",
        denominator="",
        estimator=estimators.as_printed,
        decimals=0,
    )


def _printed(value: float, definition: str, criterion: str, measure: str) -> Printed:
    row = {"definition": definition, "criterion": criterion, "measure": measure}
    return Printed(value=value, within=0.5, row=row)


@analysis(
    title="The report's definitions",
    keys=KEYS,
    measures={
        "parts": _measure("Parts of the definition"),
        "lowest": _measure("Lowest band in it"),
        "highest": _measure("Highest band in it"),
    },
    chart=Chart(kind="bar", x="definition", facet="criterion", measure="parts"),
    narrate=narrate,
    definition=(
        "Parts of each definition the report gives: ways to tell the service, kinds "
        "of setting, bands, occupational groups and comparators of the survey, and "
        "snapshots of the staff record."
    ),
    reproduces={
        "survey-definitions-of-mh-used": _printed(
            2, "mental_health", "definition", "parts"
        ),
        "survey-staff-groups": _printed(
            4, "survey_support", "occupational_group", "parts"
        ),
        "survey-comparators": _printed(2, "survey_support", "comparator", "parts"),
        "mh-definition-care-settings": _printed(
            4, "footnote_6", "kind_of_setting", "parts"
        ),
        "demographic-data-time-points": _printed(
            2, "demographic_request", "snapshot", "parts"
        ),
        "support-definition-band-low-fn6": _printed(2, "footnote_6", "band", "lowest"),
        "support-definition-band-high-fn6": _printed(
            4, "footnote_6", "band", "highest"
        ),
        "support-definition-band-low-appendix": _printed(
            1, "appendix", "band", "lowest"
        ),
        "support-definition-band-high-appendix": _printed(
            4, "appendix", "band", "highest"
        ),
    },
    capabilities=("QA-16", "QA-18"),
)
def definitions(parts: DefinitionPart, scope: Scope) -> ir.Table:
    """What are the report's definitions made of?"""
    asked = of_service(ibis.literal("in_mental_health_services"), scope)
    mine = parts.filter(asked)
    sums = mine.group_by(*KEYS).agg(parts=mine.count())
    bands = mine.filter(mine.criterion == "band")
    ends = bands.group_by(*KEYS).agg(
        lowest=bands.element.cast("int64").min(),
        highest=bands.element.cast("int64").max(),
    )
    return together(
        cells(sums, keys=KEYS, measure="parts", numerator=sums.parts),
        cells(ends, keys=KEYS, measure="lowest", numerator=ends.lowest),
        cells(ends, keys=KEYS, measure="highest", numerator=ends.highest),
    )
