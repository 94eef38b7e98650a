"""Posts of the staff record with what their codes, areas and employers say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.cohorts.definitions import in_service, of_interest
from skillmix.schema import values
from skillmix.schema.scope import Scope
from skillmix.schema.table import Table


def year_before(month: dt.date) -> dt.date:
    """Return the same month of the year before."""
    return month.replace(year=month.year - 1)


def as_at_month(scope: Scope) -> dt.date:
    """Return the as-at month; unbound checks, which have none, take any."""
    return scope.month or dt.date(2020, 6, 1)


def in_post(staff: ir.Table) -> ir.Table:
    """Keep staff in post: active, on a contract that counts, with a funded code."""
    return staff.filter(is_in_post(staff))


def is_in_post(staff: ir.Table) -> ir.BooleanValue:
    """Tell staff in post from people on leave, on bank contracts or unfunded codes."""
    told = ~staff.occupation_code.startswith("Z")
    # What staff in post are not, one by one: DuckDB applies such tests as it reads a
    # file, and a list of what they are only afterwards, which takes thrice as long.
    for status in values.OTHER_STATUSES:
        told &= staff.status != status
    for contract in values.OTHER_CONTRACTS:
        told &= staff.contract_type != contract
    return told


OCCUPATION_SAYS = {
    "staff_group": "unknown_classification",
    "main_staff_group": "unknown",
    "care_setting": "unknown",
    "registered": False,
    "training": False,
    "hands_on": False,
    "mental_health_code": False,
    "footnote_6_setting": False,
    "maternity_code": False,
}
AREA_SAYS = {"mental_health_area": False, "maternity_area": False}
EMPLOYER_SAYS = {"employer_type": "unknown", "region": "QZZ", "icb": "QZZ"}


def with_flags(
    posts: ir.Table,
    occupations: ir.Table,
    areas: ir.Table,
    employers: ir.Table,
    scope: Scope,
) -> ir.Table:
    """Look up codes, area and employer; tell service, workforce and place."""
    posts = in_place(posts, employers, scope)
    posts = look_up(posts, occupations, "occupation_code", **OCCUPATION_SAYS)
    posts = look_up(posts, areas, "area_of_work", **AREA_SAYS)
    posts = look_up(posts, employers, "employer", **EMPLOYER_SAYS)
    return posts.mutate(
        in_service=in_service(posts, scope),
        of_interest=of_interest(posts, scope),
        by_occupation_code=posts.mental_health_code,
        by_area_of_work=posts.mental_health_area,
    )


def look_up(posts: ir.Table, codes: ir.Table, key: str, **otherwise: Any) -> ir.Table:
    """Join a code list by its key; a code it lacks takes the value given."""
    looked = codes.select(
        **{f"{key}__code": codes[key]}, **{n: codes[n] for n in otherwise}
    )
    both = posts.left_join(looked, posts[key] == looked[f"{key}__code"])
    filled = {n: both[n].fill_null(ibis.literal(v)) for n, v in otherwise.items()}
    # One step, not three: wording a query takes longer with every step of it.
    return both.select(*(n for n in posts.columns if n not in otherwise), **filled)


def in_place(posts: ir.Table, employers: ir.Table, scope: Scope) -> ir.Table:
    """Keep the posts of the scope's place.

    By their employer, before any list is looked up: a region is a tenth of a record.
    """
    if scope.employer is not None:
        posts = posts.filter(posts.employer == scope.employer)
    for says, code in (("region", scope.region), ("icb", scope.icb)):
        if code is not None and code == EMPLOYER_SAYS[says]:
            # Bodies without one, and employers the list does not know.
            elsewhere = employers.filter(employers[says] != code)
            posts = posts.anti_join(elsewhere, "employer")
        elif code is not None:
            inside = employers.filter(employers[says] == code)
            posts = posts.semi_join(inside, "employer")
    return posts


def with_like_codes(
    posts: ir.Table, occupations: ir.Table, areas: ir.Table, employers: ir.Table
) -> ir.Table:
    """Put one code in the place of all that say the same, for sums by what they say.

    Summed by such codes, 25 million posts are some 50,000 cells, and the lists are
    looked up for those alone. An employer's own figures need its own code.
    """
    lists = {
        "occupation_code": (occupations, OCCUPATION_SAYS),
        "area_of_work": (areas, AREA_SAYS),
        "employer": (employers, EMPLOYER_SAYS),
    }
    for key, (codes, says) in lists.items():
        alike = codes.select(
            code=codes[key],
            like=codes[key].min().over(group_by=[codes[n] for n in says]),
        )
        both = posts.left_join(alike, posts[key] == alike.code)
        posts = both.mutate(**{key: both.like}).drop("code", "like")
    return posts


def squares(fte: ir.Column) -> ir.Column:
    """Square FTE in whole hundredths, so that sums are exact integers."""
    hundredths = (fte.cast("float64") * 100).round().cast("int64")
    return hundredths * hundredths


def typed(table: ir.Table, target: type[Table], *, sums: bool = True) -> ir.Table:
    """Select the target's columns in its types.

    Args:
        table: What has the columns.
        target: The table whose columns and types are wanted.
        sums: Whether rows can be sums, which outgrow the decimals of a single post. A
            table of posts or persons is kept, and summed, much faster without.
    """
    wide = _WIDE if sums else {}
    return table.select(
        **{
            name: table[name].cast(wide.get(str(kind), kind))
            for name, kind in target.schema().items()
        }
    )


_WIDE = {
    "!decimal(12, 5)": "decimal(38, 5)",
    "decimal(12, 5)": "decimal(38, 5)",
}
