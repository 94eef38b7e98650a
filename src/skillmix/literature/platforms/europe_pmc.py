"""Europe PMC.

`*` may end a single word, and no word of a phrase; there are no other wildcards, no
proximity and no numbered sets; a field's name goes before each bracket; synonyms are
added unless turned off, which the live search does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from skillmix.literature.platforms.platform import Rendered, unwrapped
from skillmix.literature.platforms.pubmed import PubMed
from skillmix.literature.strategy.tree import ABSTRACT, KEYWORDS, TITLE, Near, Term


class EuropePmc(PubMed):
    """Europe PMC, which writes phrases out as PubMed does."""

    name: ClassVar[str] = "europe-pmc"
    label: ClassVar[str] = "Europe PMC"
    source: ClassVar[str] = "https://europepmc.org/searchsyntax"
    sets: ClassVar[str] = ""
    tags_terms: ClassVar[bool] = False

    def ways(self, term: Term, fields: Sequence[str]) -> list[str]:
        """Write a word, or a phrase in every form it stands for."""
        self.check_stems(term, 1)
        forms = self.written_out(term, may_end_cut=False)
        if not forms:
            return [self.parted(term, fields)]
        plural = [way for form in forms for way in self.with_plurals(form)]
        return [t for way in dict.fromkeys(plural) for t in self.tagged(way, fields)]

    def render(self) -> Rendered:
        """Write the strategy as one search."""
        self.doubts.say("no-sets")
        return PubMed.render(self)

    def near(self, near: Near, fields: Sequence[str]) -> str:
        """Write AND: there is no proximity."""
        return self.as_and(near, fields)

    def within(self, text: str, fields: Sequence[str]) -> str:
        """Repeat the text for each field's name."""
        if KEYWORDS in fields:
            self.doubts.say("keywords-differ", fields="KW (keywords and MeSH)")
        if TITLE in fields and ABSTRACT in fields:
            names = ["TITLE_ABS", *(["KW"] if KEYWORDS in fields else [])]
        else:
            known = {TITLE: "TITLE", ABSTRACT: "ABSTRACT", KEYWORDS: "KW"}
            names = [known[f] for f in fields]
        return self.alternatives([f"{name}:({unwrapped(text)})" for name in names])

    def tagged(self, words: Sequence[str], fields: Sequence[str]) -> list[str]:
        """Write one form; its field goes before the bracket."""
        return [f'"{" ".join(words)}"' if len(words) > 1 else words[0]]
