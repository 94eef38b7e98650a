"""Which standards hold for support workers, in each nation of the UK."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.registers import Standard
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import QUOTED

KEYS = ("nation", "kind", "standard", "title")


def narrate(published: Published) -> str:
    """Name the standards that are mandatory."""
    rows = published.where(measure="mandatory_from")
    told = "; ".join(
        f"{r['title']} ({r['nation']}, from {r.estimate:.0f})"
        for r in rows
        if r.estimate is not None
    )
    return f"Standards with a year from which they bind: {told or 'none'}."


def _measure(label: str, unit: str) -> Measure:
    return Measure(
        label=label,
        unit=unit,
        denominator="",
        estimator=estimators.as_printed,
        decimals=0,
    )


def _printed(value: float, standard: str, measure: str) -> Printed:
    row = {"standard": standard, "measure": measure}
    return Printed(value=value, within=0.5, row=row)


@analysis(
    title="Standards for support workers by nation",
    keys=KEYS,
    measures={
        "introduced": _measure("Year it came in", "year"),
        "mandatory_from": _measure("Year from which it binds", "year"),
        "parts": _measure("Standards or statements it has", "count"),
        "weeks": _measure("Weeks within which it should be met", "count"),
        "held": _measure("In the register", "count"),
    },
    chart=Chart(kind="cards", x="title", colour="nation", measure="held"),
    narrate=narrate,
    definition=(
        "A register of codes of conduct, induction standards, employers' codes and "
        "career frameworks for support workers in the four nations, with sources. An "
        "empty year is one that the sources do not give."
    ),
    reproduces={
        "care-certificate-weeks": _printed(12, "care_certificate", "weeks"),
        "care-certificate-standards": _printed(15, "care_certificate", "parts"),
        "care-certificate-start": _printed(2015, "care_certificate", "introduced"),
        "code-of-conduct-statements": _printed(7, "code_of_conduct", "parts"),
        "code-of-conduct-introduced": _printed(2015, "code_of_conduct", "introduced"),
        "wales-framework-introduced": _printed(2016, "welsh_framework", "introduced"),
        "wales-framework-mandatory": _printed(
            2018, "welsh_framework", "mandatory_from"
        ),
        "talent-for-care-introduced": _printed(2014, "talent_for_care", "introduced"),
    },
    caveats=(QUOTED,),
    capabilities=("ROLE-11", "PROG-13"),
)
def standards(register: Standard) -> ir.Table:
    """Which standards hold for support workers in each nation of the UK?"""
    told = [
        _given(register, name)
        for name in ("introduced", "mandatory_from", "parts", "weeks")
    ]
    held = cells(register, keys=KEYS, measure="held", numerator=ibis.literal(1))
    return together(*told, held)


def _given(register: ir.Table, name: str) -> ir.Table:
    some = register.filter(register[name].notnull())
    return cells(some, keys=KEYS, measure=name, numerator=some[name])
