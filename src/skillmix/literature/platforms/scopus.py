"""Scopus.

Quotation marks make a loose phrase, whose words also match their plurals, but within
which `*` counts as punctuation: a phrase with a cut word is written with PRE/0; OR
binds before AND, so every group is bracketed; NOT is AND NOT; a proximity takes no
alternatives, so they are written out as pairs; `?` is exactly one letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from skillmix.literature.platforms.platform import SIGN, Platform, unwrapped
from skillmix.literature.strategy.tree import (
    ABSTRACT,
    KEYWORDS,
    TITLE,
    And,
    Near,
    Not,
    Or,
    Term,
)


class Scopus(Platform):
    """Scopus, advanced search."""

    name: ClassVar[str] = "scopus"
    label: ClassVar[str] = "Scopus"
    source: ClassVar[str] = (
        "https://service.elsevier.com/app/answers/detail/a_id/11213/supporthub/scopus/"
    )
    words: ClassVar[Mapping[str, str]] = {"and": "AND", "or": "OR", "not": "AND NOT"}

    def ways(self, term: Term, fields: Sequence[str]) -> list[str]:
        """Write a loose phrase, or words joined by PRE/0 if one is cut."""
        self.check_stems(term, 1)
        if not self.strategy.plurals and not SIGN.search(term.text):
            self.doubts.say("plurals-by-platform")
        if "#" in term.text:
            forms = (term.text.replace("#", ""), term.text.replace("#", "?"))
            self.doubts.say("wildcard-expanded", term=term.text, forms=", ".join(forms))
            return [_phrase(tuple(form.split())) for form in forms]
        return [_phrase(term.words)]

    def near(self, near: Near, fields: Sequence[str]) -> str:
        """Write W/n, or PRE/n where order matters, one for each pair."""
        operator = "PRE" if near.ordered else "W"
        parts: list[str] = []
        for pair in self.distributed(near):
            sides = (pair.left, pair.right)
            if any(isinstance(side, Near | And | Or | Not) for side in sides):
                parts.append(self.as_and(pair, fields))
                continue
            left, right = (self.bare(side, fields) for side in sides)
            parts.append(f"({left} {operator}/{near.between} {right})")
        return self.alternatives(parts)

    def within(self, text: str, fields: Sequence[str]) -> str:
        """Put the field's name before the bracket: `TITLE-ABS-KEY(...)`."""
        if KEYWORDS in fields:
            self.doubts.say("keywords-differ", fields="KEY (author and index keywords)")
        names = {TITLE: "TITLE", ABSTRACT: "ABS", KEYWORDS: "KEY"}
        chosen = [names[f] for f in (TITLE, ABSTRACT, KEYWORDS) if f in fields]
        joined = "-".join(chosen)
        if joined in ("TITLE", "ABS", "KEY", "TITLE-ABS", "TITLE-ABS-KEY"):
            return f"{joined}({unwrapped(text)})"
        return self.alternatives([f"{name}({unwrapped(text)})" for name in chosen])


def _phrase(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    if any(SIGN.search(word) for word in words):
        return f"({' PRE/0 '.join(words)})"
    return f'"{" ".join(words)}"'
