"""Platforms by name, and a strategy rendered for one or for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skillmix.errors import UnknownNameError
from skillmix.literature.platforms.ebsco import Ebsco
from skillmix.literature.platforms.europe_pmc import EuropePmc
from skillmix.literature.platforms.ovid import Ovid, OvidHmic, OvidPsycinfo
from skillmix.literature.platforms.platform import Platform, Rendered
from skillmix.literature.platforms.proquest import ProQuest
from skillmix.literature.platforms.pubmed import PubMed
from skillmix.literature.platforms.scopus import Scopus
from skillmix.literature.platforms.web_of_science import WebOfScience
from skillmix.literature.strategy.strategy import Strategy

PLATFORMS: Mapping[str, type[Platform]] = {
    platform.name: platform
    for platform in (
        Ovid,
        OvidPsycinfo,
        OvidHmic,
        ProQuest,
        Scopus,
        PubMed,
        Ebsco,
        WebOfScience,
        EuropePmc,
    )
}


def render(
    strategy: Strategy,
    platform: str,
    *,
    forms: Mapping[str, Sequence[str]] | None = None,
) -> Rendered:
    """Return a strategy as a platform wants it, with what changes in meaning.

    Args:
        strategy: The strategy.
        platform: Name of the platform, for example "ovid-medline".
        forms: More words that truncated stems stand for, beside the strategy's own.

    Raises:
        UnknownNameError: If there is no such platform.
    """
    if platform not in PLATFORMS:
        raise UnknownNameError(
            f"There is no platform called '{platform}'.",
            remedy=f"Choose one of: {', '.join(PLATFORMS)}.",
        )
    known = {**(forms or {}), **strategy.forms}
    return PLATFORMS[platform](strategy=strategy, forms=known).render()
