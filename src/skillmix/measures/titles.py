"""Which titles stand for posts of several kinds, with the people of each."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.measures.cells import share

MOST = 15
# Rounded counts of fewer people would not add up to the whole of a bar.
FEWEST = 30


def shares_of_titles(
    posts: ir.Table, titles: ir.Table, part: str, *, smallest: int
) -> ir.Table:
    """Give how the people of each title part by a column, for titles spread over it.

    A title of fewer than 30 people is never named; two parts or more must be left.

    Args:
        posts: Main posts of the people looked at.
        titles: Rows of `TitleRole`.
        part: The column, for example "band".
        smallest: A part of fewer people is left out.
    """
    read = posts.inner_join(titles, "job_title").filter(lambda t: t.title_scope == "in")
    return share(
        _spread_over(read, part, smallest),
        by=("title_words", part),
        within=("title_words",),
        measure="share",
        of="headcount",
    )


def _spread_over(read: ir.Table, part: str, smallest: int) -> ir.Table:
    parts = read.group_by("title_words", part).agg(held=lambda t: t.headcount.sum())
    enough = parts.filter(parts.held >= smallest)
    titles = enough.group_by("title_words").agg(
        parts=lambda t: t.count(), people=lambda t: t.held.sum()
    )
    several = (
        titles.filter(titles.parts > 1, titles.people >= FEWEST)
        .order_by(ibis.desc("people"), "title_words")
        .limit(MOST)
    )
    kept = enough.semi_join(several, "title_words")
    return read.semi_join(kept, ["title_words", part])
