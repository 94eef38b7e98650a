"""What the questions on characteristics that people declare for themselves share."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure
from skillmix.measures.cells import cells, share, together
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.statistics.bounds import share_with_unknown
from skillmix.statistics.estimators import NOTHING, Cell, Interval
from skillmix.words.contrast import contrasted, verdict
from skillmix.words.when import in_month

SILENT = ("not_disclosed", "unspecified")
DEFINITION = (
    "Headcount by main post in the as-at month, as recorded. Of those who said leaves "
    "out people who did not disclose it or whose record says nothing; its ends let all "
    "of these be outside the group, or all in it, and are no 95% interval of chance."
)


def of_people() -> Measure:
    """Return the share of all people, those who say nothing among them."""
    return Measure(
        label="Share of people",
        unit="percent",
        denominator="all people of the workforce in that setting, by main post, "
        "undisclosed among them",
        estimator=estimators.proportion,
    )


def measures() -> Mapping[str, Measure]:
    """Return the share of all people, and that of those who said."""
    return {
        "share": of_people(),
        "share_of_known": Measure(
            label="Share of those who said, bounded for those who did not",
            unit="percent",
            denominator="people of the workforce in that setting, by main post, who "
            "said",
            estimator=of_those_who_said,
        ),
    }


def of_those_who_said(cell: Cell) -> Interval:
    """Give the share of those who said, with worst-case bounds for those who did not.

    `denominator_squares` holds everybody, those who did not say among them.
    """
    if cell.numerator is None or not cell.denominator or not cell.denominator_squares:
        return NOTHING
    silent = max(cell.denominator_squares - cell.denominator, 0.0)
    return share_with_unknown(int(cell.numerator), int(cell.denominator), int(silent))


def declared(posts: ir.Table, name: str, scope: Scope) -> ir.Table:
    """Give people by what they declare, in the service and elsewhere.

    Args:
        posts: Rows of `Post`.
        name: The characteristic's column.
        scope: Its month dates the answer.
    """
    mine = posts.filter(posts.month == ibis.literal(scope.month), posts.of_interest)
    by = (name, "in_service")
    counted = mine.group_by(*by).agg(people=mine.headcount.sum())
    said = ~counted[name].isin(SILENT)
    setting = ibis.window(group_by="in_service")
    told = counted.mutate(
        known=counted.people.sum(where=said).over(setting),
        everyone=counted.people.sum().over(setting),
    ).filter(said)
    return together(
        share(mine, by=by, within=("in_service",), measure="share", of="headcount"),
        cells(
            told,
            keys=by,
            measure="share_of_known",
            numerator=told.people,
            denominator=told.known,
            cases=told.people,
            people=told.known,
            denominator_squares=told.everyone,
        ),
    )


def narrated(published: Published, said: str, **keys: str) -> str:
    """Set the service's share beside the share elsewhere.

    Args:
        published: The result.
        said: What the people of the group are, for example "were men".
        keys: What tells the group.
    """
    both = contrasted(published, "share", 1, **keys)
    return (
        f"{in_month(published)}, of {published.scope.workforce_label}, {both} {said}. "
        f"{verdict(published, 'share', **keys)}"
    )
