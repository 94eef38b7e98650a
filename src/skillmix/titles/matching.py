"""Rules tried on the parts of a title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from skillmix.titles.lexicon import Rule, head_words, noise, roles, rules
from skillmix.titles.words import Part, Word, joined

LOW_BANDS = frozenset("1234")
REGISTERED = (
    *("registered_nurse", "allied_health_professional", "social_worker", "doctor"),
    "psychological_professional",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule that reads a part of a title, with the words it stands on."""

    rule: Rule
    words: tuple[Word, ...]
    part: int


def matches_of(pieces: Sequence[Part], bands: tuple[str, ...]) -> list[Match]:
    """Return every rule that reads a part of the title, parts first, then rules."""
    headless = [w for p in pieces if not _headed(p.words) for w in p.words]
    loose = joined(headless)
    found: list[Match] = []
    for number, part in enumerate(pieces):
        text = joined(part.words)
        context = text + loose if _headed(part.words) else loose
        whole = joined(without_noise(part.words))
        found += [
            Match(
                rule=rule,
                words=_quoted(rule, part.words, text),
                part=number,
            )
            for rule in _candidates(part.words)
            if _holds(rule, text, context, whole, bands)
        ]
    return found


def choose(matches: Sequence[Match], pieces: Sequence[Part]) -> Match | None:
    """Take the first strong rule of the earliest part, else the first weak one.

    "Research Assistant/Assistant Psychologist" offers a support role after a slash:
    the support role is taken, unless a registered profession stands before it.
    """
    strong = [m for m in matches if m.rule.strong]
    first = next(iter(strong or matches), None)
    if first is None or _in_scope(first) or first.rule.role in REGISTERED:
        return first
    other = (m for m in strong if _in_scope(m) and pieces[m.part].slashed)
    return next(other, first)


def registered_too(
    chosen: Match, matches: Sequence[Match], pieces: Sequence[Part]
) -> bool:
    """Tell whether a slash offers the same post to a registered profession."""
    return _in_scope(chosen) and any(
        m.rule.role in REGISTERED
        and m.part != chosen.part
        and (pieces[m.part].slashed or pieces[chosen.part].slashed)
        for m in matches
    )


def _in_scope(match: Match) -> bool:
    return roles()[match.rule.role].in_scope


def without_noise(words: Sequence[Word]) -> list[Word]:
    """Return the words without contract, hours, pay and the like."""
    found: list[Word] = []
    i = 0
    while i < len(words):
        text = words[i].text
        width = next(
            (
                len(p)
                for p in noise().get(text, ())
                if tuple(w.text for w in words[i : i + len(p)]) == p
            ),
            0,
        )
        if width:
            i += width
        elif text.isdigit() or len(text) == 1:
            i += 1
        else:
            found.append(words[i])
            i += 1
    return found


def _headed(piece: Sequence[Word]) -> bool:
    return any(w.text in head_words() for w in piece)


@cache
def _index() -> Mapping[str, tuple[int, ...]]:
    """Return, by word, the rules of which a first phrase holds that word.

    A phrase is filed under its rarest word, so that few rules are tried in vain.
    """
    filed: dict[str, dict[int, None]] = {}
    count = Counter(
        w for rule in rules() for phrase in rule.needs[0] for w in phrase.split()
    )
    for number, rule in enumerate(rules()):
        for phrase in rule.needs[0]:
            words = phrase.split()[1:] if phrase[0] == "#" else phrase.split()
            rarest = min(words, key=lambda w: (count[w], w))
            filed.setdefault(rarest, {})[number] = None
    return {word: tuple(numbers) for word, numbers in filed.items()}


def _candidates(piece: Sequence[Word]) -> list[Rule]:
    index = _index()
    numbers = {n for word in piece for n in index.get(word.text, ())}
    return [rules()[n] for n in sorted(numbers)]


def _holds(
    rule: Rule, text: str, context: str, whole: str, bands: tuple[str, ...]
) -> bool:
    # Plain loops: this runs for every rule that could hold, of every title.
    for need in rule.needs:
        for phrase in need:
            if phrase in text if phrase[0] == " " else _is(phrase, whole, bands):
                break
        else:
            return False
    for phrase in rule.unless:
        if phrase in text:
            return False
    return all(
        any(p in context if p[0] == " " else _is(p, whole, bands) for p in choice)
        for choice in rule.context
    )


def _is(phrase: str, whole: str, bands: tuple[str, ...]) -> bool:
    """Tell whether a condition of another kind than a phrase holds."""
    if phrase == "#low-band":
        return bool(LOW_BANDS & set(bands))
    return whole == f" {phrase.removeprefix('#whole ')} "


def _quoted(rule: Rule, piece: Sequence[Word], text: str) -> tuple[Word, ...]:
    """Return the words of the part that the rule's first phrases stand on."""
    found: list[Word] = []
    for need in rule.needs:
        phrase = next((p for p in need if p in text), None)
        found += _words_of(phrase, piece, text) if phrase else piece
    return tuple(found)


def _words_of(phrase: str, piece: Sequence[Word], text: str) -> Sequence[Word]:
    first = text[: text.index(phrase)].count(" ")
    return piece[first : first + len(phrase.split())]
