"""Which of a person's posts is the main one, where the person is counted.

One rule, in one place, because headcount depends on it: prior work let the alphabet
of staff groups choose, or counted people once for each post.
"""

from __future__ import annotations

from collections.abc import Sequence

from skillmix.schema import values

# The higher first. Very senior managers and posts on other pay (doctors, mostly)
# stand above the bands; a post of unknown band stands below them.
BAND_ORDER = ("unknown", *values.BANDS[:12], "non_afc", "vsm")


def _place(column: str, listed: Sequence[str]) -> str:
    cases = " ".join(f"WHEN '{v}' THEN {n}" for n, v in enumerate(listed))
    return f"CASE {column} {cases} ELSE {len(listed)} END"


_ACTIVE = ", ".join(f"'{s}'" for s in values.ACTIVE_STATUSES)
_BANDS_DOWN = tuple(reversed(BAND_ORDER))

MAIN_POST = f"""row_number() OVER (
    PARTITION BY month, person_id
    ORDER BY
        status NOT IN ({_ACTIVE}),
        starts_with(occupation_code, 'Z'),
        {_place("contract_type", values.CONTRACT_TYPES)},
        fte DESC,
        {_place("band", _BANDS_DOWN)},
        post_id
) = 1"""
"""DuckDB expression: whether a post is its holder's main post in the month.

Active posts come before posts on leave; funded codes before unfunded ones (Z...);
permanent before fixed-term before locum before bank before honorary contracts; then
the larger FTE; then the higher band; then the lower post number, so that the answer
never depends on the order of the rows.
"""
