"""Ovid: MEDLINE, PsycINFO, HMIC and Embase.

Words side by side are a phrase; `*` is any ending, `?` one letter or none, `#`
exactly one; `adj3` allows two words between, in either order, and plain `adj` none, in
that order; nothing adds plurals; operator words within a phrase must be quoted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from skillmix.literature.platforms.platform import Platform, unwrapped
from skillmix.literature.strategy.tree import (
    ABSTRACT,
    KEYWORDS,
    TITLE,
    Near,
    Node,
    Term,
    formula,
)

_OPERATORS = frozenset({"and", "or", "not", "adj", "near", "freq", "use", "with"})


class Ovid(Platform):
    """MEDLINE on Ovid."""

    name: ClassVar[str] = "ovid-medline"
    label: ClassVar[str] = "MEDLINE (Ovid)"
    source: ClassVar[str] = "https://ospguides.ovid.com/OSPguides/medline.htm"
    words: ClassVar[Mapping[str, str]] = {"and": "and", "or": "or", "not": "not"}
    sets: ClassVar[str] = "{label}"
    tags: ClassVar[Mapping[str, str]] = {TITLE: "ti", ABSTRACT: "ab", KEYWORDS: "kf,hw"}

    def ways(self, term: Term, fields: Sequence[str]) -> list[str]:
        """Write a phrase as words side by side, plurals written out."""
        self.check_stems(term, 1)
        forms = self.with_plurals(term.words)
        if len(forms) > 1 and forms[1][-1] == forms[0][-1] + "s":
            # "worker?" is worker and workers; other plurals differ by more.
            forms = [(*term.words[:-1], term.words[-1] + "#")]
        return [self._phrase(form) for form in forms]

    def near(self, near: Near, fields: Sequence[str]) -> str:
        """Write adjN, which counts one more than the words between."""
        left, right = (self._side(n, fields) for n in (near.left, near.right))
        if near.ordered and near.between:
            self.doubts.say("near-unordered", term=formula(near))
        operator = "adj" if near.ordered and not near.between else ""
        return f"({left} {operator or f'adj{near.between + 1}'} {right})"

    def within(self, text: str, fields: Sequence[str]) -> str:
        """Put the field codes after the bracket: `(...).ti,ab,kf.`."""
        if KEYWORDS in fields:
            self.doubts.say("keywords-differ", fields=self.tags[KEYWORDS])
        codes = ",".join(
            self.tags[f] for f in (TITLE, ABSTRACT, KEYWORDS) if f in fields
        )
        return f"({unwrapped(text)}).{codes}."

    def _side(self, node: Node, fields: Sequence[str]) -> str:
        text = self.bare(node, fields)
        return text if isinstance(node, Term | Near) else f"({text})"

    def _phrase(self, words: Sequence[str]) -> str:
        text = " ".join(word.translate(_SIGNS) for word in words)
        return f'"{text}"' if _OPERATORS.intersection(words) else text


class OvidPsycinfo(Ovid):
    """PsycINFO on Ovid: key concepts in place of keywords."""

    name: ClassVar[str] = "ovid-psycinfo"
    label: ClassVar[str] = "APA PsycINFO (Ovid)"
    source: ClassVar[str] = "https://ospguides.ovid.com/OSPguides/psycdb.htm"
    tags: ClassVar[Mapping[str, str]] = {TITLE: "ti", ABSTRACT: "ab", KEYWORDS: "id,hw"}


class OvidHmic(Ovid):
    """HMIC on Ovid: heading words only."""

    name: ClassVar[str] = "ovid-hmic"
    label: ClassVar[str] = "HMIC (Ovid)"
    source: ClassVar[str] = "https://ospguides.ovid.com/OSPguides/hmicdb.htm"
    tags: ClassVar[Mapping[str, str]] = {TITLE: "ti", ABSTRACT: "ab", KEYWORDS: "hw"}


# Our signs for one letter, and one or none, are the other way round on Ovid.
_SIGNS = str.maketrans({"?": "#", "#": "?"})
