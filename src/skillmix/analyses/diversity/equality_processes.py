"""Appointment, formal processes and training by group (WRES 2 to 4, WDES 2 and 3)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.equality import SIGN_RULE, in_scope, pair_of
from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart, Reference
from skillmix.measures.careers import counted_share
from skillmix.measures.equality import fit_processes
from skillmix.schema.equality import EqualityProcess
from skillmix.schema.lookups import Employer
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import STANDARDS_AS_UNDERSTOOD
from skillmix.words.contrast import told

BY = ("year", "process", "characteristic", "equality_group")


def narrate(published: Published) -> str:
    """Give appointment by ethnic group, and the two relative likelihoods."""
    last = max((row["year"] for row in published.rows), default=0)
    appointed = pair_of(
        published,
        "ethnic_group",
        "were appointed",
        measure="rate",
        year=last,
        process="appointed_from_shortlisting",
    )
    ratio, formal = (
        told(
            published,
            said,
            unless,
            measure="likelihood",
            unit="likelihood_ratio",
            decimals=2,
            year=last,
            process=process,
            characteristic="ethnic_group",
            equality_group="bme",
        )
        for process, said, unless in (
            (
                "appointed_from_shortlisting",
                ": white people were {} as likely",
                "",
            ),
            (
                "formal_disciplinary",
                "Black and minority ethnic staff were {} as likely as white staff to "
                "enter a formal disciplinary process.",
                "Too few people entered a formal disciplinary process to compare.",
            ),
        )
    )
    return f"In {last}, of those shortlisted, {appointed}{ratio}. {formal}"


@analysis(
    title="Appointment, formal processes and training (WRES 2 to 4, WDES 2 and 3)",
    keys=BY,
    measures={
        "likelihood": Measure(
            label="Relative likelihood",
            unit="likelihood_ratio",
            denominator="the other group of the standard",
            method="Koopman score interval",
            decimals=2,
        ),
        "rate": Measure(
            label="Share to whom it happened",
            unit="percent",
            denominator="people shortlisted, or staff",
            method="Wilson score interval",
        ),
    },
    chart=Chart(
        kind="dots",
        x="process",
        colour="characteristic",
        measure="likelihood",
        order="list",
        references=(Reference(value=1.0, label="as likely", source="no difference"),),
    ),
    narrate=narrate,
    definition=(
        "Counts that employers return for the standards, those of the employers of the "
        "scope added up: appointed of those shortlisted; staff who entered a formal "
        "disciplinary process, or a formal capability process (ill health left out); "
        "staff who had training that is not mandatory. Appointment and training set "
        "white over black and minority ethnic, and not disabled over disabled; formal "
        f"processes the other way round. {SIGN_RULE}"
    ),
    caveats=(STANDARDS_AS_UNDERSTOOD,),
    capabilities=("PROG-14",),
    model=Model(by=BY, fit=fit_processes),
)
def equality_processes(
    processes: EqualityProcess, employers: Employer, scope: Scope
) -> ir.Table:
    """Are people of each group as likely to be appointed, disciplined or trained?"""
    mine = in_scope(processes, employers, scope)
    counted = mine.group_by(list(BY)).agg(
        cases=lambda t: t.cases.sum(), people=lambda t: t.people.sum()
    )
    return counted_share(
        counted,
        keys=BY,
        measure="rate",
        cases=counted.cases,
        people=counted.people,
    )
