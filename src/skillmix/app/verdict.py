"""How one value stands to another, as a cell of a table says it."""

from __future__ import annotations

from skillmix.schema.results import Row
from skillmix.words.fractions import capital
from skillmix.words.numbers import difference


def verdict_words(first: Row, second: Row) -> str:
    """Return how the first stands to the second: "Higher", "Not shown to differ".

    The heading of the column says what it is set beside.
    """
    told = difference(first, second)
    for linking in (" than", " from", " with"):
        told = told.removesuffix(linking)
    return capital(told)
