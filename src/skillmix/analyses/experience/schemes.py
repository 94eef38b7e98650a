"""Which schemes develop support workers, and for which service."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.cohorts.counterparts import of_service
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.registers import Scheme
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import QUOTED
from skillmix.words.counts import counted

KEYS = ("scheme", "title", "organisation", "nation", "focus", "for_service")


def narrate(published: Published) -> str:
    """Say how many schemes there are and how many are for the service."""
    rows = published.where(measure="since")
    mine = [r for r in rows if r["for_service"]]
    return (
        f"The register holds {counted(len(rows), 'scheme')}, {len(mine)} of them with "
        f"a strand for {published.scope.service_short}."
    )


def _measure(label: str, unit: str) -> Measure:
    return Measure(
        label=label,
        unit=unit,
        denominator="",
        estimator=estimators.as_printed,
        decimals=0,
    )


def _printed(value: float, scheme: str, measure: str) -> Printed:
    row = {"scheme": scheme, "measure": measure}
    return Printed(value=value, within=0.5, row=row)


@analysis(
    title="Schemes that develop support workers",
    keys=KEYS,
    measures={
        "since": _measure("Year it is described in", "year"),
        "weeks": _measure("Weeks it lasts", "count"),
        "years": _measure("Years of what it leads to", "count"),
        "level": _measure("Apprenticeship level it leads to", "count"),
    },
    chart=Chart(kind="cards", x="title", colour="focus", measure="since"),
    narrate=narrate,
    definition=(
        "A register of schemes with who runs them, what they offer and where they are "
        "described; whether a scheme has a strand for the service is marked. Schemes "
        "of other services are left out."
    ),
    reproduces={
        "leeds-traineeship-weeks": _printed(6, "leeds_traineeship", "weeks"),
        "leeds-traineeship-apprentice-level": _printed(1, "leeds_traineeship", "level"),
        "weston-shortened-degree-years": _printed(
            2, "weston_foundation_degree", "years"
        ),
    },
    caveats=(QUOTED,),
    capabilities=("TRN-10", "TRN-11", "REC-08"),
)
def schemes(register: Scheme, scope: Scope) -> ir.Table:
    """Which schemes develop support workers, and which are for the service?"""
    service = of_service(ibis.literal("in_mental_health_services"), scope)
    mine = register.filter(service | ~register.for_service)
    return together(*(_given(mine, n) for n in ("since", "weeks", "years", "level")))


def _given(register: ir.Table, name: str) -> ir.Table:
    some = register.filter(register[name].notnull())
    return cells(some, keys=KEYS, measure=name, numerator=some[name])
