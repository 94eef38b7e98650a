"""The answer to a question in plain words, whatever place was asked about."""

from __future__ import annotations

from skillmix.catalogue import Analysis
from skillmix.schema.results import Published

NO_SENTENCE = "The figures for this place allow no short answer; the table holds them."
NONE_SHOWN = "There are too few people here for any figure to be shown."
UNTOLD = (NO_SENTENCE, NONE_SHOWN)


def answer(analysis: Analysis, published: Published) -> str:
    """Return the answer in a sentence or two, bound to the result's own rows.

    A small trust can lack every row a sentence speaks of: then the sentence cannot
    be made, and says so, while chart and table still stand. Where every figure is
    hidden one plain sentence stands for all the clauses that would each say it.
    """
    rows = published.rows
    if rows and all(row.status == "suppressed" for row in rows):
        return NONE_SHOWN
    try:
        return analysis.narrate(published)
    except (LookupError, TypeError, ValueError):
        return NO_SENTENCE
