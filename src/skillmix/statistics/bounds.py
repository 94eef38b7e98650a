"""What people who did not say could change: bounds that assume nothing of them."""

from __future__ import annotations

from skillmix.statistics.estimators import NOTHING, Interval, wilson


def share_with_unknown(cases: int, known: int, unknown: int) -> Interval:
    """Return a share of all people with bounds for those who did not say.

    The estimate is the share among those who said; the bounds let everyone else be
    all out of the group, or all in it, each widened by its Wilson interval. Manski
    (1989), Journal of Human Resources 24:343-360; the union of the two intervals
    covers whichever share lies between (Horowitz and Manski 2000, JASA 95:77-84).
    """
    everyone = known + unknown
    if known <= 0:
        return NOTHING
    lowest = wilson(cases / everyone, everyone)
    highest = wilson((cases + unknown) / everyone, everyone)
    return Interval(cases / known, lowest.conf_low, highest.conf_high)


def rate_with_unknown(
    cases: int, people: int, unknown_cases: int, unknown_people: int
) -> Interval:
    """Return a group's rate with bounds for people whose group is not known.

    The lowest rate has every unknown person without the event in the group and no
    other; the highest every unknown person with it. Some people in between are
    likelier, but nothing in the record says which.
    """
    if people <= 0:
        return NOTHING
    others = unknown_people - unknown_cases
    lowest = wilson(cases / (people + others), people + others)
    most = people + unknown_cases
    highest = wilson((cases + unknown_cases) / most, most)
    return Interval(cases / people, lowest.conf_low, highest.conf_high)
