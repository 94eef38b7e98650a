"""Titles of a staff record: what is asked of the engine, and the lookup made of it."""

# Two functions here write Ibis expressions, whose tables carry columns as attributes.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from skillmix.schema.derived import Post
from skillmix.schema.lookups import NOT_PLACED, NOT_SUPPORT, TitleRole
from skillmix.schema.scope import Scope
from skillmix.schema.way import Computed, way
from skillmix.titles.reading import Reading, read_title
from skillmix.titles.uses import Line, key_of


def title_lines(posts: Post, scope: Scope) -> ir.Table:
    """Count people by title, employer, band and job role, main posts of the month.

    Only people of the scope's workforce and service are counted.
    """
    mine = posts.filter(
        posts.month == ibis.literal(scope.month),
        posts.of_interest,
        posts.in_service,
        posts.main_post,
        posts.job_title.notnull(),
    )
    by = ["job_title", "employer", "band", "job_role"]
    return mine.group_by(by).agg(people=lambda t: t.headcount.sum()).order_by(by)


def lines_of(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Return the counted rows as lines of a list of titles."""
    return [
        Line(
            title=row["job_title"],
            people=row["people"],
            employer=row["employer"],
            band=row["band"],
            job_role=row["job_role"] or "",
        )
        for row in rows
    ]


def distinct_titles(posts: Post) -> ir.Table:
    """Give each title of the record once."""
    named = posts.filter(posts.job_title.notnull())
    return named.select("job_title").distinct().order_by("job_title")


def title_roles(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Read each title of the record once, for joining to the posts that carry it."""
    found = [_row(row["job_title"], read_title(row["job_title"])) for row in rows]
    return pa.Table.from_pylist(found, schema=TitleRole.arrow_schema())


def _row(title: str, reading: Reading) -> dict[str, Any]:
    role = reading.known_role
    standard = reading.standard_title if role else reading.title
    return {
        "job_title": title,
        "title_key": key_of(title),
        "title_words": reading.normal or key_of(title),
        "title_scope": reading.scope,
        "title_role": _role(reading),
        "title_category": reading.category or "out of scope",
        "tells_role": reading.tells_role,
        "standard_title": standard,
        "would_change": role is not None and key_of(standard) != key_of(title),
    }


def _role(reading: Reading) -> str:
    """Return the role in words, as charts and tables show it."""
    if reading.known_role:
        label = reading.known_role.label
        return label[:1].upper() + label[1:]
    return NOT_SUPPORT if reading.scope == "out" else NOT_PLACED


TITLE_ROLES = Computed(way=way(distinct_titles), compute=title_roles)
TITLE_LINES = way(title_lines)
