"""Answers to the staff survey by the groups the report compares."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from skillmix.measures.cells import cells, united
from skillmix.schema.scope import Scope

SERVICE_TRUSTS = {
    "in_mental_health_services": "mental_health_learning_disability",
    "in_mental_health_trusts": "mental_health_learning_disability",
    "in_footnote_6_settings": "mental_health_learning_disability",
}
COHORTS = (
    "support_service_trusts",
    "support_other_trusts",
    "support_all_trusts",
    "all_staff_service_trusts",
)

# Support staff of the service, and the two groups they are set beside.
COMPARED = (
    "support_service_trusts",
    "support_other_trusts",
    "all_staff_service_trusts",
)


def cohort_answers(answers: ir.Table, occupations: ir.Table, scope: Scope) -> ir.Table:
    """Return how many of each group answered, and how many said so.

    Groups of published means are put together by the people who answered, because
    the publisher's own summary rows are means of trusts' means.

    Args:
        answers: Rows of `SurveyAnswer`.
        occupations: Rows of `SurveyOccupation`.
        scope: The service decides which trusts are its own; a service that the
            survey cannot tell by type of trust has none.

    Returns:
        `year`, `question`, `cohort` (see `COHORTS`), `therapists` ("included", or
        "left_out" for the support groups without arts therapists), `yes` and `base`.
    """
    known = _once(answers.filter(answers.percent.notnull() & answers.base.notnull()))
    groups = occupations.select(
        told="occupation", support="support", registered="registered"
    )
    both = known.left_join(groups, known.occupation == groups.told)
    counted = both.mutate(
        yes=(both.base * both.percent.cast("float64") / 100).round(),
        service=both.employer_type == SERVICE_TRUSTS.get(scope.service, ""),
    )
    support = counted.filter(counted.support)
    plain = support.filter(~support.registered)
    everyone = counted.filter((counted.occupation == "all_staff") & counted.service)
    parts = [
        _named(table.filter(which), cohort, therapists)
        for table, therapists in ((support, "included"), (plain, "left_out"))
        for cohort, which in (
            ("support_service_trusts", table.service),
            ("support_other_trusts", ~table.service),
            ("support_all_trusts", ibis.literal(value=True)),
        )
    ]
    whole = _named(everyone, "all_staff_service_trusts", "included")
    named = united(*parts, whole)
    by = ("year", "question", "cohort", "therapists")
    return named.group_by(*by).agg(yes=named.yes.sum(), base=named.base.sum())


def beside_others(
    answers: ir.Table,
    occupations: ir.Table,
    scope: Scope,
    questions: Sequence[str],
) -> ir.Table:
    """Give the share who said so: support staff of the service beside both others.

    Args:
        answers: Rows of `SurveyAnswer`.
        occupations: Rows of `SurveyOccupation`.
        scope: See `cohort_answers`.
        questions: The questions wanted.

    Returns:
        Cells of "share" by year, question and cohort (see `COMPARED`).
    """
    counted = cohort_answers(answers, occupations, scope)
    chosen = counted.filter(
        counted.question.isin(questions),
        counted.cohort.isin(COMPARED),
        counted.therapists == "included",
    )
    return cells(
        chosen,
        keys=("year", "question", "cohort"),
        measure="share",
        numerator=chosen.yes,
        denominator=chosen.base,
        people=chosen.base,
    )


def _once(answers: ir.Table) -> ir.Table:
    """Take a type's own row where there is one, else its organisations' rows."""
    typed = answers.filter(answers.employer_type != "all")
    whole = typed.filter(typed.employer == "all")
    keys = ["year", "question", "occupation", "employer_type"]
    rest = typed.filter(typed.employer != "all").anti_join(whole, keys)
    return united(whole, rest)


def _named(table: ir.Table, cohort: str, therapists: str) -> ir.Table:
    return table.select(
        "year",
        "question",
        cohort=ibis.literal(cohort),
        therapists=ibis.literal(therapists),
        yes=table.yes,
        base=table.base,
    )
