"""Second posts: a few people hold a small post more, or bank shifts."""

from __future__ import annotations

from skillmix.synth.chance import Chance
from skillmix.synth.people import NO_SECOND, SECOND_BANK, SECOND_POST, People
from skillmix.synth.recruits import Numbers
from skillmix.synth.tables import Array

# Share of people in post with each kind.
BANK_SHARE = 0.025
POST_SHARE = 0.0075
# Months that a second post lasts, on average.
LASTS = 18.0
_PART_TIME = 80
# Hours of a second post, in hundredths: less than any main post of those who have one.
_HOURS = (10, 20, 30)


def beginning(people: People, numbers: Numbers, chance: Chance) -> None:
    """Give second posts to the people of the first month."""
    _give(people, 1.0, numbers, chance)


def pass_month(people: People, numbers: Numbers, chance: Chance) -> None:
    """End some second posts and begin others."""
    drawn = chance.rng.random(len(people))
    ends = (people.second != NO_SECOND) & (drawn < 1.0 / LASTS)
    # A second post must stay the smaller one, whatever the main post's hours do.
    ends |= (people.second == SECOND_POST) & (people.second_fte >= people.fte)
    ends |= (people.second != NO_SECOND) & ~people.in_post()
    people.second[ends] = NO_SECOND
    _give(people, 1.0 / LASTS, numbers, chance)
    none = people.second == NO_SECOND
    people.second_post[none] = 0
    people.second_fte[none] = 0


def _give(people: People, share: float, numbers: Numbers, chance: Chance) -> None:
    able = people.in_post() & (people.second == NO_SECOND)
    part_time = able & (people.fte <= _PART_TIME) & (people.fte > max(_HOURS))
    drawn = chance.rng.random(len(people))
    rate = POST_SHARE * able.sum() / max(int(part_time.sum()), 1)
    posts = part_time & (drawn < rate * share)
    bank = able & ~posts & (drawn > 1.0 - BANK_SHARE * share)
    people.second[posts] = SECOND_POST
    people.second[bank] = SECOND_BANK
    people.second_fte[posts] = chance.rng.choice(_HOURS, int(posts.sum()))
    new: Array = posts | bank
    people.second_post[new] = numbers.posts(int(new.sum()))
