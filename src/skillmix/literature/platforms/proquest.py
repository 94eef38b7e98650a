"""ProQuest: ABI/INFORM and others.

Quotation marks make a phrase and turn off the platform's own plurals, so those are
written out; a plain `*` stands for at most five letters, `[*20]` for twenty; `?` is
exactly one letter; NEAR/n and PRE/n count the words between.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from skillmix.literature.platforms.platform import Platform, unwrapped
from skillmix.literature.strategy.tree import (
    ABSTRACT,
    KEYWORDS,
    TITLE,
    Near,
    Node,
    Term,
)


class ProQuest(Platform):
    """ABI/INFORM on ProQuest."""

    name: ClassVar[str] = "proquest"
    label: ClassVar[str] = "ABI/INFORM (ProQuest)"
    source: ClassVar[str] = "https://proquest.libguides.com/proquestplatform/tips"
    sets: ClassVar[str] = "[S{label}]"

    def ways(self, term: Term, fields: Sequence[str]) -> list[str]:
        """Write a phrase in quotation marks, its plurals beside it."""
        self.check_stems(term, 1)
        if any("*" in word for word in term.words):
            self.doubts.say("stem-limited")
        if len(term.words) == 1:
            if not self.strategy.plurals:
                self.doubts.say("plurals-by-platform")
            return self._optional(term.words)
        forms = self.with_plurals(term.words)
        return [way for form in forms for way in self._optional(form)]

    def near(self, near: Near, fields: Sequence[str]) -> str:
        """Write NEAR/n, or PRE/n where order matters."""
        operator = "PRE" if near.ordered else "NEAR"
        left, right = (self._side(n, fields) for n in (near.left, near.right))
        return f"({left} {operator}/{near.between} {right})"

    def within(self, text: str, fields: Sequence[str]) -> str:
        """Put the field codes before the bracket: `TI,AB,SU(...)`."""
        codes = {TITLE: "TI", ABSTRACT: "AB", KEYWORDS: "SU,IF"}
        if KEYWORDS in fields:
            self.doubts.say("keywords-differ", fields="SU (subjects), IF (keywords)")
        return f"{','.join(codes[f] for f in fields)}({unwrapped(text)})"

    def _side(self, node: Node, fields: Sequence[str]) -> str:
        text = self.bare(node, fields)
        return text if isinstance(node, Term | Near) else f"({text})"

    def _optional(self, words: Sequence[str]) -> list[str]:
        """Write a phrase; a letter that may lack is written both ways."""
        text = " ".join(words)
        if "#" in text:
            forms = (text.replace("#", ""), text.replace("#", "?"))
            self.doubts.say("wildcard-expanded", term=text, forms=", ".join(forms))
            return [_quoted(form) for form in forms]
        return [_quoted(text)]


def _quoted(text: str) -> str:
    cut = text.replace("*", "[*20]")
    return f'"{cut}"' if " " in text else cut
