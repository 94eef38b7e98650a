"""Rules as data: what an advert has to say for a field to take a value.

A rule set is one TOML file in `rules/`. A rule is a regular expression that is
tried on one sentence, with words that cancel it (`unless`), words that must stand
beside it (`needs`), and the sections it may or may not be found in; every rule
carries a sentence it must find and sentences it must not, and the tests hold it to
them. A long pattern is written as a list of its alternatives. Names in angle
brackets stand for lists of words in `rules/words.toml`.

Rejected: one long expression a field, which nobody can review; and a trained model,
which could not say why, would need labels nobody has, and would change its answers
with its version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from skillmix.adverts.rulefiles import toml, toml_names
from skillmix.adverts.sections import CONTACT, Sentence
from skillmix.errors import DefinitionError

_WORD_LIST = re.compile(r"(?<!\?P)(?<!\()<([a-z_]+)>")
_CAPITAL = re.compile(r"\\.|\(\?P|[A-Z]")
_PIECE = re.compile(r"\\.|.")
_OPENING = re.compile(r"(?:\\b)?([a-z][a-z' -]+)")
_GROUP = re.compile(r"(?:\\b)?\(\?:([^()]*)\)(?![?*{])")
SHORTEST_OPENING = 3
_DEFAULT_CONFIDENCE = 0.85
_NO_RULE_SETS = ("qualification_cues", "scheme", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        id: Set and name, for example "training.named-qualification".
        value: What the rule says, in the words of its set.
        match: What the sentence, in lower case, must hold; the match is the evidence.
        unless: What the sentence must not hold; None for nothing.
        needs: What the sentence must hold besides; None for nothing.
        near: How many characters on either side of the match `unless` is sought in;
            None for the whole sentence. One sentence often says two things, and what
            cancels one of them must not cancel the other.
        never: What the sentence must not hold anywhere, where `near` is given.
        words: Pieces of words of which the sentence holds at least one, or the match
            is not tried; empty to try always. For speed alone.
        within: Sections it may be found in; empty for all.
        outside: Sections it may not be found in.
        confidence: Share of its findings expected to be right.
        rank: Which finding leads when several agree; higher first.
        finds: Sentences it must find.
        passes: Sentences it must not find.
    """

    id: str
    value: str
    match: re.Pattern[str]
    unless: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    near: int | None
    never: re.Pattern[str] | None
    words: tuple[str, ...]
    within: frozenset[str]
    outside: frozenset[str]
    confidence: float
    rank: int
    finds: tuple[str, ...]
    passes: tuple[str, ...]

    def find(self, words: str, section: str) -> re.Match[str] | None:
        """Return the match in a sentence in lower case of a section, or None."""
        if self.within and section not in self.within:
            return None
        if section in self.outside:
            return None
        if self.words and not holds(words, self.words):
            return None
        # The match comes first: it fails fastest, and nearly always.
        found = self.match.search(words)
        if found is None:
            return None
        if self.never and self.never.search(words):
            return None
        if self.needs and not self.needs.search(words):
            return None
        while found and self._cancelled(words, found):
            if self.near is None:
                return None
            found = self.match.search(words, max(found.end(), 1))
        return found

    def _cancelled(self, text: str, found: re.Match[str]) -> bool:
        if self.unless is None:
            return False
        if self.near is None:
            return self.unless.search(text) is not None
        # Sliced, so that a look-behind sees no further than the window either.
        window = text[max(found.start() - self.near, 0) : found.end() + self.near]
        return self.unless.search(window) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule that held, and where: offsets count in the reading copy."""

    rule: Rule
    start: int
    end: int
    sentence: Sentence

    @property
    def value(self) -> str:
        """What the rule says."""
        return self.rule.value


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The rules of one field.

    Attributes:
        name: The set's name, which is its file's.
        triggers: Pieces of words of which a sentence holds at least one, or no rule
            is tried on it: this is what makes reading fast.
        rules: The rules, in the order of the file.
    """

    name: str
    triggers: tuple[str, ...]
    rules: tuple[Rule, ...]

    def findings(self, sentences: Sequence[Sentence]) -> list[Finding]:
        """Return every finding, the highest rank first, else in order of the text.

        Where two begin at one word ("guided by a nurse or a therapist"), the shorter
        names what is nearer to it.
        """
        # Most triggers are nowhere in the advert, and need not be sought again.
        whole = "\n".join(s.lower for s in sentences)
        present = tuple(t for t in self.triggers if t in whole)
        found = [
            finding
            for sentence in sentences
            if sentence.section != CONTACT and holds(sentence.lower, present)
            for finding in self.of(sentence)
        ]
        return sorted(found, key=lambda f: (-f.rule.rank, f.start, f.end))

    def touches(self, sentence: Sentence) -> bool:
        """Tell whether a sentence holds one of the triggers."""
        if sentence.section == CONTACT:
            return False
        return holds(sentence.lower, self.triggers)

    def of(self, sentence: Sentence) -> Iterator[Finding]:
        """Yield what the rules find in one sentence."""
        for rule in self.rules:
            if match := rule.find(sentence.lower, sentence.section):
                yield Finding(
                    rule=rule,
                    start=sentence.start + match.start(),
                    end=sentence.start + match.end(),
                    sentence=sentence,
                )


def holds(text: str, pieces: Sequence[str]) -> bool:
    """Tell whether a text holds one of some pieces of words."""
    for piece in pieces:  # noqa: SIM110 - a generator takes three times as long
        if piece in text:
            return True
    return False


@cache
def rule_set(name: str) -> RuleSet:
    """Return a rule set by the name of its file.

    Raises:
        DefinitionError: If the file has a rule that cannot be used.
    """
    given = toml(name)
    rules = tuple(_rule(name, row) for row in given["rule"])
    ids = [rule.id for rule in rules]
    if len(ids) != len(set(ids)):
        raise DefinitionError("Two rules share an id.", where=f"{name}.toml")
    return RuleSet(name=name, triggers=tuple(given["triggers"]), rules=rules)


def rule_sets() -> tuple[RuleSet, ...]:
    """Return every rule set, in alphabetical order."""
    return tuple(rule_set(n) for n in toml_names() if n not in _NO_RULE_SETS)


def lowered(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for text in lower case; classes in it stay as they are.

    Twice as fast as ignoring case.
    """
    plain = _CAPITAL.sub(lambda m: m[0].lower() if m[0].isalpha() else m[0], pattern)
    return re.compile(plain)


def openings(pattern: str) -> tuple[str, ...]:
    """Return words that every match of a plain list of alternatives begins with.

    One of them stands in any text that the pattern matches, and a word is sought far
    faster than a pattern. Empty where an alternative does not begin with a word.
    """
    words = tuple(_opening(part) for part in _alternatives(pattern))
    return tuple(w for some in words for w in some) if all(words) else ()


def matches(
    pattern: re.Pattern[str], opens: tuple[str, ...], text: str
) -> Iterator[re.Match[str]]:
    """Yield what `finditer` would, trying only where a match can begin."""
    if not opens:
        yield from pattern.finditer(text)
        return
    done = 0
    for at in sorted({at for word in opens for at in _places(word, text)}):
        if at >= done and (found := pattern.match(text, at)):
            yield found
            done = found.end()


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _alternatives(pattern: str) -> list[str]:
    depth, parts = 0, [""]
    for piece in _PIECE.findall(pattern.lower()):
        depth += (piece in ("(", "[")) - (piece in (")", "]"))
        if piece == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _opening(part: str) -> tuple[str, ...]:
    if group := _GROUP.match(part):
        return openings(group[1])
    found = _OPENING.match(part)
    if found is None:
        return ()
    # A last letter that may be left out is no part of the opening.
    optional = part[found.end() : found.end() + 1] in tuple("?*{")
    word = found[1][:-1] if optional else found[1]
    return (word,) if len(word) >= SHORTEST_OPENING else ()


def expand(pattern: str) -> str:
    """Return a pattern with its word lists put in.

    Raises:
        DefinitionError: If a word list has no entry in `words.toml`.
    """

    def put(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in _words():
            raise DefinitionError(f"There is no word list '{name}'.", where=pattern)
        return f"(?:{_words()[name]})"

    while (longer := _WORD_LIST.sub(put, pattern)) != pattern:
        pattern = longer
    return pattern


def _rule(name: str, row: Mapping[str, Any]) -> Rule:
    return Rule(
        id=f"{name}.{row['id']}",
        value=row["value"],
        match=_pattern(row["match"]),
        unless=_pattern(row["unless"]) if "unless" in row else None,
        needs=_pattern(row["needs"]) if "needs" in row else None,
        near=row.get("near"),
        never=_pattern(row["never"]) if "never" in row else None,
        words=tuple(row.get("words", ())),
        within=frozenset(row.get("within", ())),
        outside=frozenset(row.get("outside", ())),
        confidence=row.get("confidence", _DEFAULT_CONFIDENCE),
        rank=row.get("rank", 0),
        finds=tuple(row["finds"]),
        passes=tuple(row.get("passes", ())),
    )


def _pattern(given: str | Sequence[str]) -> re.Pattern[str]:
    """Compile a pattern, or a list of patterns of which any may hold."""
    text = given if isinstance(given, str) else "|".join(given)
    try:
        return lowered(expand(text))
    except re.error as fault:
        raise DefinitionError(f"A rule's pattern is wrong: {fault}.", where=text) from (
            None
        )


@cache
def _words() -> Mapping[str, str]:
    return {name: "|".join(words) for name, words in toml("words").items()}
