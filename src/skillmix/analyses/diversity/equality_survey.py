"""Survey indicators of the equality standards (WRES 5 to 8, WDES 4 to 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.analyses.equality import SIGN_RULE, in_scope, pair_of
from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart, Reference
from skillmix.measures.cells import EXACT, cells, together
from skillmix.measures.equality import answered, fit_answers
from skillmix.schema.equality import ENGAGEMENT, EqualityAnswer
from skillmix.schema.lookups import Employer
from skillmix.schema.results import Fitted, Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import STANDARDS_AS_UNDERSTOOD, SURVEY_BASES

BY = ("year", "question", "characteristic", "equality_group")


def fit(rows: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Give shares and differences, and mean engagement scores as they are."""
    scores = [row for row in rows if row["measure"] == "score"]
    return fit_answers([row for row in rows if row["measure"] == "share"]) + [
        Fitted(
            keys={key: row[key] for key in BY},
            measure="score",
            estimate=row["numerator"] / row["denominator"],
            people=int(row["people"]),
            rests_on=(int(row["people"]),),
        )
        for row in scores
        if row["denominator"]
    ]


def narrate(published: Published) -> str:
    """Give fair chances by ethnic group and by disability."""
    last = max((row["year"] for row in published.rows), default=0)
    fair = [
        pair_of(
            published,
            standard,
            said,
            measure="share",
            year=last,
            question="fair_progression",
        )
        for standard, said in (
            (
                "ethnic_group",
                "believed that their employer gives equal chances of progression",
            ),
            ("disability", "did"),
        )
    ]
    return f"In the survey of {last}, {fair[0]}; {fair[1]}."


@analysis(
    title="Survey answers by ethnic group and disability (WRES 5 to 8, WDES 4 to 9)",
    keys=BY,
    measures={
        "difference": Measure(
            label="Difference to the group's disadvantage",
            unit="points",
            denominator="people who answered",
            method="Miettinen-Nurminen score interval",
        ),
        "share": Measure(
            label="Share who gave the answer",
            unit="percent",
            denominator="people who answered",
            method="Wilson score interval",
        ),
        "score": Measure(
            label="Engagement score, out of 10",
            unit="number",
            denominator="people who answered",
            method="mean of the published scores, by people who answered; no interval",
        ),
    },
    chart=Chart(
        kind="dots",
        x="question",
        colour="characteristic",
        measure="difference",
        only={"measure": "difference"},
        order="list",
        references=(
            Reference(value=0.0, label="no difference", source="no difference"),
        ),
    ),
    narrate=narrate,
    definition=(
        "Answers to the staff survey as published for the standards, those of the "
        "employers of the scope added up by the people who answered. "
        "Differences are signed so that more of what is feared, or less of what is "
        f"wished for, counts up. {SIGN_RULE} WDES 9b, on hearing disabled staff, is "
        "told in words and has no figure."
    ),
    caveats=(SURVEY_BASES, STANDARDS_AS_UNDERSTOOD),
    capabilities=("PROG-14",),
    model=Model(by=BY, fit=fit),
)
def equality_survey(
    answers: EqualityAnswer, employers: Employer, scope: Scope
) -> ir.Table:
    """How do the answers of ethnic groups and of disabled staff differ?"""
    mine = in_scope(answers, employers, scope)
    given = (
        answered(mine)
        .group_by(list(BY))
        .agg(cases=lambda t: t.cases.sum(), people=lambda t: t.people.sum())
    )
    scored = mine.filter((mine.question == ENGAGEMENT) & mine.score.notnull())
    weighted = scored.mutate(weighed=scored.score.cast(EXACT) * scored.base)
    scores = weighted.group_by(list(BY)).agg(
        weighed=lambda t: t.weighed.sum(), people=lambda t: t.base.sum()
    )
    return together(
        cells(
            given,
            keys=BY,
            measure="share",
            numerator=given.cases,
            denominator=given.people,
            cases=given.cases,
            people=given.people,
        ),
        cells(
            scores,
            keys=BY,
            measure="score",
            numerator=scores.weighed.cast("float64"),
            denominator=scores.people.cast("float64"),
            cases=ibis.null("int64"),
            people=scores.people,
        ),
    )
