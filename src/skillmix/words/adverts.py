"""Measures, caveats and sentences that every analysis of adverts shares."""

from __future__ import annotations

from typing import Any

from skillmix.schema.results import Published
from skillmix.words.counts import counted
from skillmix.words.fractions import listed
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


def said(
    published: Published, measure: str = "share", *, of: str = "advert", **keys: Any
) -> str:
    """Return a share with its count, for example "12 of 61 adverts (20%)".

    Args:
        published: The result.
        measure: A share of adverts, or of what `of` names.
        of: What is counted, in the singular; where there is no row, "no advert".
        keys: What tells the row.
    """
    row = published.one(measure=measure, **keys)
    if row is None or row.numerator is None or row.denominator is None:
        return f"no {of}"
    share = number(row.estimate, "percent", 0)
    return f"{row.numerator:,.0f} of {counted(row.denominator, of)} ({share})"


def by_bands(published: Published, **keys: Any) -> str:
    """Return the shares at bands 2, 3 and 4, those without adverts left out."""
    found = [
        f"{said(published, band=band, **keys)} at band {band}"
        for band in ("2", "3", "4")
        if published.one(measure="share", band=band, **keys)
    ]
    return listed(found) or "no advert"


def sectors(published: Published, measure: str = "share", **keys: Any) -> str:
    """Return the share in NHS adverts, and in independent ones where there are any."""
    found = [
        said(published, measure, sector=sector, of=noun, **keys)
        for sector, noun in (("nhs", "NHS advert"), ("independent", "independent one"))
        if published.one(measure=measure, sector=sector, **keys)
    ]
    return " and ".join(found) or "no advert"
