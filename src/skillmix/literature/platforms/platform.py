"""What every platform has in common: how a tree is walked and doubts are gathered.

A platform is a class with a handful of rules to fill in. Wherever what it writes does
not mean what the strategy says, it gives a warning; nothing is changed silently.
search-query was looked at and not used: it has no Ovid, ProQuest or Scopus, and it
does not say when meaning changes.
"""

from __future__ import annotations

import csv
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import ClassVar

from skillmix.literature.plurals import written_forms
from skillmix.literature.strategy.strategy import Strategy
from skillmix.literature.strategy.tree import (
    And,
    LineRef,
    Near,
    Node,
    Not,
    Or,
    Term,
    Within,
    formula,
    walk,
)

SIGN = re.compile(r"[*?#]")
_Write = Callable[[Node, Sequence[str]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something a librarian must know about a rendered search."""

    slug: str
    what: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A strategy as one platform wants it.

    Attributes:
        platform: Name of the platform.
        label: What it is called.
        lines: Label and text of each line.
        combination: How the numbered lines are combined; empty if it has no sets.
        whole: The whole strategy as one search.
        warnings: Where meaning changes.
        source: Where the platform documents its rules.
    """

    platform: str
    label: str
    lines: tuple[tuple[str, str], ...]
    combination: str
    whole: str
    warnings: tuple[Warned, ...]
    source: str


@dataclass(slots=True)
class Doubts:
    """The warnings of one rendering, each given once with its count."""

    found: dict[tuple[str, str], int] = field(
        default_factory=dict[tuple[str, str], int]
    )

    def say(self, slug: str, **words: object) -> None:
        """Give a warning."""
        what = _words()[slug].format(**words)
        self.found[slug, what] = self.found.get((slug, what), 0) + 1

    def told(self) -> tuple[Warned, ...]:
        """Return the warnings in the order first given."""
        return tuple(
            Warned(slug=slug, what=what, count=count)
            for (slug, what), count in self.found.items()
        )


@dataclass(slots=True, kw_only=True)
class Platform(ABC):
    """One platform's way of writing a strategy.

    Attributes:
        sets: How a numbered line is referred to.
        tags_terms: Whether the field goes with each term, not around a group.
        strategy: The strategy to write.
        forms: Words a truncated stem stands for, where they must be written out.
        doubts: Collects the warnings.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    source: ClassVar[str]
    words: ClassVar[Mapping[str, str]] = {"and": "AND", "or": "OR", "not": "NOT"}
    sets: ClassVar[str] = "#{label}"
    tags_terms: ClassVar[bool] = False

    strategy: Strategy
    forms: Mapping[str, Sequence[str]]
    doubts: Doubts = field(default_factory=Doubts)

    @abstractmethod
    def ways(self, term: Term, fields: Sequence[str]) -> list[str]:
        """Write a term in every way that finds it, any one of which will do."""

    @abstractmethod
    def near(self, near: Near, fields: Sequence[str]) -> str:
        """Write a proximity."""

    @abstractmethod
    def within(self, text: str, fields: Sequence[str]) -> str:
        """Say in which fields a text is looked for."""

    def render(self) -> Rendered:
        """Write the strategy."""
        lines = tuple(
            (line.label, unwrapped(self.node(line.parsed.tree, self.strategy.fields)))
            for line in self.strategy.lines
            if line.parsed.tree is not None
        )
        # The same terms once more must not be warned of twice.
        again = replace(self, doubts=Doubts())
        whole = self.strategy.whole()
        return Rendered(
            platform=self.name,
            label=self.label,
            lines=lines,
            combination=self._combined(self.strategy.combination) if self.sets else "",
            whole=again.node(whole, self.strategy.fields) if whole else "",
            warnings=self.doubts.told(),
            source=self.source,
        )

    def node(self, node: Node, fields: Sequence[str]) -> str:
        """Write a tree, its field around the largest part it holds for."""
        if not any(isinstance(n, Within | LineRef) for n in walk(node)):
            if isinstance(node, And | Not):
                # One field around each side reads better than one around all.
                return self._joined(node, fields, self.node)
            return self.within(self.bare(node, fields), fields)
        if isinstance(node, Within):
            return self.node(node.item, node.fields)
        if isinstance(node, LineRef):
            line = self.strategy.resolved(node)
            return self.node(line, fields) if line is not None else ""
        return self._joined(node, fields, self.node)

    def bare(self, node: Node, fields: Sequence[str]) -> str:
        """Write a tree that has one field, without the field."""
        match node:
            case Term():
                return self.alternatives(list(dict.fromkeys(self.ways(node, fields))))
            case Near():
                return self.near(node, fields)
            case _:
                return self._joined(node, fields, self.bare)

    def _joined(self, node: Node, fields: Sequence[str], write: _Write) -> str:
        match node:
            case And():
                return f" {self.words['and']} ".join(
                    self._held(i, fields, write) for i in node.items
                )
            case Or():
                ways = [w for i in node.items for w in self._each(i, fields, write)]
                return f" {self.words['or']} ".join(dict.fromkeys(ways))
            case Not():
                keep = self._held(node.keep, fields, write)
                drop = self._held(node.drop, fields, write)
                return f"{keep} {self.words['not']} {drop}"
            case _:
                return write(node, fields)

    def _each(self, node: Node, fields: Sequence[str], write: _Write) -> Sequence[str]:
        """Give an alternative's own alternatives, which need no bracket within it."""
        if isinstance(node, Term) and write == self.bare:
            return self.ways(node, fields)
        return (self._held(node, fields, write),)

    def _held(self, node: Node, fields: Sequence[str], write: _Write) -> str:
        text = write(node, fields)
        inside = node
        while self.tags_terms and isinstance(inside, Within):
            inside = inside.item
        return f"({text})" if isinstance(inside, And | Or | Not) else text

    def _combined(self, node: Node) -> str:
        match node:
            case LineRef():
                return self.sets.format(label=node.label)
            case And() | Or():
                word = self.words["and" if isinstance(node, And) else "or"]
                parts = (self._held_set(i) for i in node.items)
                return f" {word} ".join(parts)
            case Not():
                keep, drop = self._held_set(node.keep), self._held_set(node.drop)
                return f"{keep} {self.words['not']} {drop}"
            case _:
                return self.node(node, self.strategy.fields)

    def _held_set(self, node: Node) -> str:
        text = self._combined(node)
        return f"({text})" if isinstance(node, And | Or | Not) else text

    # What several platforms share, each for its own reasons.

    def alternatives(self, texts: Sequence[str]) -> str:
        """Join ways to write one term; in brackets unless there is only one."""
        joined = f" {self.words['or']} ".join(texts)
        return joined if len(texts) == 1 else f"({joined})"

    def with_plurals(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """Return words with the plural or singular of the last one beside them."""
        *before, last = words
        if not self.strategy.plurals or SIGN.search(last):
            return [tuple(words)]
        found = written_forms(last)
        if len(found) > 1:
            self.doubts.say("plural-written-out")
        return [(*before, form) for form in found]

    def expanded(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """Write out every cut word; nothing if the forms of one are not known."""
        ways: list[tuple[str, ...]] = [()]
        for word in words:
            forms = self.forms_of(word) if SIGN.search(word) else (word,)
            ways = [(*way, form) for way in ways for form in forms]
        return ways

    def forms_of(self, word: str) -> tuple[str, ...]:
        """Return the words a cut word stands for, as listed in the strategy."""
        return tuple(self.forms.get(word.rstrip("*"), self.forms.get(word, ())))

    def distributed(self, near: Near) -> list[Near]:
        """Return a proximity of alternatives as one proximity for each pair."""
        lefts = near.left.items if isinstance(near.left, Or) else (near.left,)
        rights = near.right.items if isinstance(near.right, Or) else (near.right,)
        pairs = [
            Near(
                left=one,
                right=two,
                between=near.between,
                ordered=near.ordered,
                at=near.at,
            )
            for one in lefts
            for two in rights
        ]
        if len(pairs) > 1:
            self.doubts.say("near-parted", term=formula(near), count=len(pairs))
        return pairs

    def as_and(self, near: Near, fields: Sequence[str]) -> str:
        """Write a proximity the platform lacks as AND, and say so."""
        nested = any(isinstance(n, Near) for n in (near.left, near.right))
        self.doubts.say("near-nested" if nested else "near-as-and", term=formula(near))
        node = And(items=(near.left, near.right))
        return f"({self._joined(node, fields, self.bare)})"

    def check_stems(self, term: Term, least: int) -> None:
        """Warn of stems shorter than the platform takes, and of cut beginnings."""
        for word in term.words:
            stem = SIGN.split(word, maxsplit=1)[0]
            if stem == word:
                continue
            if not stem:
                self.doubts.say("left-truncation", term=term.text)
            elif len(stem) < least:
                self.doubts.say("short-stem", term=term.text, least=least)


def unwrapped(text: str) -> str:
    """Return a text without the bracket around all of it, if there is one."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            whole = char == ")" and place == len(text) - 1
            return text[1:-1] if whole else text
    return text


@cache
def _words() -> Mapping[str, str]:
    path = files("skillmix.literature.platforms").joinpath("warnings.csv")
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return {row["slug"]: row["what"] for row in rows}
