"""Web of Science.

Single words are reduced to their stem unless quoted or cut, phrases are not, so their
plurals are written out; at least three letters go before `*`; `?` is exactly one
letter, `$` one or none and not inside quotation marks; NEAR/n counts the words
between, and there is no ordered proximity; a search holds at most 49 operators.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from skillmix.literature.platforms.platform import SIGN, Platform, unwrapped
from skillmix.literature.strategy.tree import (
    ABSTRACT,
    KEYWORDS,
    TITLE,
    Near,
    Node,
    Term,
    formula,
)

SHORTEST = 3
# Operators that one search may hold.
MOST_OPERATORS = 49
_OPERATOR = re.compile(r"(?<!\S)(?:AND|OR|NOT|NEAR/\d+)(?!\S)")


class WebOfScience(Platform):
    """Web of Science Core Collection, advanced search."""

    name: ClassVar[str] = "web-of-science"
    label: ClassVar[str] = "Web of Science"
    source: ClassVar[str] = (
        "https://webofscience.help.clarivate.com/Content/search-rules.htm"
    )

    def ways(self, term: Term, fields: Sequence[str]) -> list[str]:
        """Write a quoted phrase with its plurals, or a word with its inflections."""
        self.check_stems(term, SHORTEST)
        if len(term.words) == 1:
            word = term.words[0]
            if not SIGN.search(word):
                self.doubts.say("inflected")
            return [word.replace("#", "$")]
        written: list[str] = []
        for words in self.with_plurals(term.words):
            text = " ".join(words)
            forms = [text]
            if "#" in text:
                forms = [text.replace("#", ""), text.replace("#", "?")]
                self.doubts.say("wildcard-expanded", term=text, forms=", ".join(forms))
            written.extend(f'"{form}"' for form in forms)
        return written

    def near(self, near: Near, fields: Sequence[str]) -> str:
        """Write NEAR/n."""
        if near.ordered:
            self.doubts.say("near-unordered", term=formula(near))
        left, right = (self._side(n, fields) for n in (near.left, near.right))
        return f"({left} NEAR/{near.between} {right})"

    def within(self, text: str, fields: Sequence[str]) -> str:
        """Put the field's tag before the bracket: `TS=(...)` is all three fields."""
        if (count := len(_OPERATOR.findall(text))) > MOST_OPERATORS:
            self.doubts.say("too-many-operators", count=count, most=MOST_OPERATORS)
        if KEYWORDS in fields:
            self.doubts.say("keywords-differ", fields="author keywords, Keywords Plus")
        if set(fields) >= {TITLE, ABSTRACT, KEYWORDS}:
            return f"TS=({unwrapped(text)})"
        tags = {TITLE: ("TI",), ABSTRACT: ("AB",), KEYWORDS: ("AK", "KP")}
        return self.alternatives(
            [f"{tag}=({unwrapped(text)})" for f in fields for tag in tags[f]]
        )

    def _side(self, node: Node, fields: Sequence[str]) -> str:
        text = self.bare(node, fields)
        return text if isinstance(node, Term | Near) else f"({text})"
