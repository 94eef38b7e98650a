"""EBSCOhost: CINAHL, MEDLINE, PsycINFO and others.

Quotation marks make a phrase and turn plurals off, so those are written out; `*` may
stand inside a phrase; `?` is exactly one letter and is ignored at the end of a word;
`#` is one letter or none; N3 and W3 count the words between; skipped words such as
"and" stand for any word within a phrase; a field code goes before each bracket.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from skillmix.literature.platforms.platform import Platform, unwrapped
from skillmix.literature.strategy.lint import STOPWORDS
from skillmix.literature.strategy.tree import (
    ABSTRACT,
    KEYWORDS,
    TITLE,
    Near,
    Node,
    Term,
)


class Ebsco(Platform):
    """CINAHL and other databases on EBSCOhost."""

    name: ClassVar[str] = "ebsco"
    label: ClassVar[str] = "EBSCOhost"
    source: ClassVar[str] = (
        "https://connect.ebsco.com/s/article/Searching-with-Wildcards"
    )
    sets: ClassVar[str] = "S{label}"

    def ways(self, term: Term, fields: Sequence[str]) -> list[str]:
        """Write a phrase in quotation marks, its plurals beside it."""
        self.check_stems(term, 1)
        if len(term.words) == 1:
            if not self.strategy.plurals:
                self.doubts.say("plurals-by-platform")
            return [self._word(term.words[0])]
        if STOPWORDS.intersection(term.words):
            self.doubts.say("stopword-any", term=term.text)
        return [f'"{" ".join(form)}"' for form in self.with_plurals(term.words)]

    def near(self, near: Near, fields: Sequence[str]) -> str:
        """Write Nn, or Wn where order matters."""
        operator = "W" if near.ordered else "N"
        left, right = (self._side(n, fields) for n in (near.left, near.right))
        return f"({left} {operator}{near.between} {right})"

    def within(self, text: str, fields: Sequence[str]) -> str:
        """Repeat the text for each field code: `TI (...) OR AB (...)`."""
        codes = {TITLE: "TI", ABSTRACT: "AB", KEYWORDS: "SU"}
        if KEYWORDS in fields:
            self.doubts.say("keywords-differ", fields="SU (subjects and keywords)")
        return self.alternatives([f"{codes[f]} ({unwrapped(text)})" for f in fields])

    def _side(self, node: Node, fields: Sequence[str]) -> str:
        text = self.bare(node, fields)
        return text if isinstance(node, Term | Near) else f"({text})"

    def _word(self, word: str) -> str:
        if word.endswith("?"):
            self.doubts.say("wildcard-dropped", term=word)
            return word.rstrip("?") + "*"
        return word
