"""Measures, caveats and sentences that every analysis of adverts shares."""

from __future__ import annotations

from typing import Any

from skillmix.schema.results import Published
from skillmix.words.numbers import number

PURPOSIVE = (
    "The adverts are those that were collected, not a random sample of all: shares and "
    "their intervals say how such adverts read, not how common anything is in England."
)
NOT_PEOPLE = (
    "An advert is neither a post nor a person: one can be for several posts, and the "
    "same post can be advertised twice."
)
SILENCE = (
    "Where the person specification was not read, an advert that is silent on "
    "qualifications, experience or skills may still ask for them there."
)
BY_RULES = (
    "Codes are given by published rules, each with the words it rests on; the how-to "
    "on coding adverts says how often they are right. Codes that two people have "
    "settled go before the rules."
)
ALWAYS = (PURPOSIVE, NOT_PEOPLE, BY_RULES)


def said(published: Published, measure: str = "share", **keys: Any) -> str:
    """Return a share with its count, for example "12 of 61 (20%)"."""
    row = published.one(measure=measure, **keys)
    if row is None or row.numerator is None or row.denominator is None:
        return "none"
    share = number(row.estimate, "percent", 0)
    return f"{row.numerator:,.0f} of {row.denominator:,.0f} ({share})"


def sectors(published: Published, measure: str = "share", **keys: Any) -> str:
    """Return the share in NHS adverts, and in independent ones where there are any."""
    nhs = published.one(measure=measure, sector="nhs", **keys)
    others = published.one(measure=measure, sector="independent", **keys)
    parts: list[str] = []
    if nhs is not None:
        told = said(published, measure, sector="nhs", **keys)
        parts.append(f"{told} NHS adverts")
    if others is not None:
        told = said(published, measure, sector="independent", **keys)
        parts.append(f"{told} independent ones")
    return " and ".join(parts) or "no advert"
