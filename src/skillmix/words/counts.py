"""Counts with their nouns, one or many: "1 employer", "3 categories"."""

from __future__ import annotations

from skillmix.words.numbers import number


def counted(count: float | None, noun: str) -> str:
    """Return a count and what is counted, for example "1 age" or "4 staff groups".

    Args:
        count: A whole number.
        noun: The singular; of "reason for leaving" the first word takes the plural.
    """
    return f"{number(count, 'count')} {noun if count == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Return the plural of a noun, for example "reasons for leaving"."""
    for joint in (" for ", " of ", " a "):
        head, found, rest = noun.partition(joint)
        if found:
            return f"{plural(head)}{joint}{rest}"
    if noun.endswith("y") and noun[-2:-1] not in "aeou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"
