"""The known titles that a title is most alike, and titles that are alike together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from skillmix.titles.lexicon import roles, rules

LIKE_ENOUGH = 55.0
TOGETHER_FROM = 82.0
_ASKED = 12
_CACHED = 50_000


@cache
def _examples() -> Mapping[str, str]:
    """Return known titles of our own by their plain words, with their roles."""
    found = {r.label.replace(",", ""): r.slug for r in roles().values() if r.in_scope}
    for rule in rules():
        if roles()[rule.role].in_scope:
            found.setdefault(rule.example.casefold(), rule.role)
    return found


@lru_cache(maxsize=_CACHED)
def nearest(normal: str) -> tuple[tuple[str, float], ...]:
    """Return roles whose known titles are alike, with a likeness between 0 and 1."""
    if not normal:
        return ()
    known = _examples()
    near = process.extract(
        normal,
        list(known),
        scorer=fuzz.token_sort_ratio,
        score_cutoff=LIKE_ENOUGH,
        limit=_ASKED,
    )
    found: dict[str, float] = {}
    for title, score, _ in sorted(near, key=lambda n: (-n[1], n[0])):
        found.setdefault(known[title], score / 100)
    return tuple(found.items())[:3]


def cluster(titles: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Return groups of titles that seem to be one, each led by the commonest.

    Args:
        titles: Plain words of each title, with the number of people.
    """
    ordered = sorted(titles, key=lambda t: (-titles[t], t))
    groups: dict[str, list[str]] = {}
    leaders: list[str] = []
    for title in ordered:
        near = process.extractOne(
            title, leaders, scorer=fuzz.token_sort_ratio, score_cutoff=TOGETHER_FROM
        )
        if near is None:
            leaders.append(title)
            groups[title] = [title]
        else:
            groups[near[0]].append(title)
    return [tuple(groups[leader]) for leader in leaders]
