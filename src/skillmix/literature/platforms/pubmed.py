"""PubMed.

A field tag goes with each term; a phrase is quoted and may be cut only at its end,
after at least four letters; there are no other wildcards; proximity takes whole words
in one field, in any order; nothing adds plurals to a quoted phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from skillmix.literature.platforms.platform import SIGN, Platform
from skillmix.literature.strategy.tree import (
    ABSTRACT,
    KEYWORDS,
    TITLE,
    And,
    Near,
    Term,
    formula,
)

SHORTEST = 4


class PubMed(Platform):
    """PubMed, including its E-utilities."""

    name: ClassVar[str] = "pubmed"
    label: ClassVar[str] = "PubMed"
    source: ClassVar[str] = "https://pubmed.ncbi.nlm.nih.gov/help/"
    tags_terms: ClassVar[bool] = True

    def ways(self, term: Term, fields: Sequence[str]) -> list[str]:
        """Write a term with its field tags, in every form it stands for."""
        self.check_stems(term, SHORTEST)
        forms = self.written_out(term, may_end_cut=True)
        if not forms:
            return [self.parted(term, fields)]
        plural = [way for form in forms for way in self.with_plurals(form)]
        tagged = [t for way in dict.fromkeys(plural) for t in self.tagged(way, fields)]
        return list(dict.fromkeys(tagged))

    def near(self, near: Near, fields: Sequence[str]) -> str:
        """Write `"a b"[tiab:~3]` where it can be said, AND where it cannot."""
        parts: list[str] = []
        for pair in self.distributed(near):
            if not _simple(pair):
                parts.append(self.as_and(pair, fields))
                continue
            if pair.ordered:
                self.doubts.say("near-unordered", term=formula(pair))
            words = f"{formula(pair.left)} {formula(pair.right)}"
            # Proximity is offered in title and title/abstract only.
            tag = "ti" if tuple(fields) == (TITLE,) else "tiab"
            parts.append(f'"{words}"[{tag}:~{pair.between}]')
        return self.alternatives(parts)

    def within(self, text: str, fields: Sequence[str]) -> str:
        """Return the text as it is: its terms have their tags."""
        if KEYWORDS in fields:
            alone = tuple(fields) == (KEYWORDS,)
            told = "author keywords and MeSH" if alone else "author keywords, not MeSH"
            self.doubts.say("keywords-differ", fields=told)
        return text

    def written_out(self, term: Term, *, may_end_cut: bool) -> list[tuple[str, ...]]:
        """Return the forms of a phrase that is cut where it must not be.

        Nothing is returned if the forms are not known.
        """
        *before, last = term.words
        if SIGN.search(last) and not _cut_at_end(last):
            # One letter, or one or none: the platform has no such sign.
            forms = self.forms_of(last)
            slug = "wildcard-expanded" if forms else "wildcard-dropped"
            self.doubts.say(slug, term=last, forms=", ".join(forms))
            lasts = forms or (SIGN.split(last, maxsplit=1)[0] + "*",)
            return [way for one in lasts for way in self._inner(term, before, one)]
        if before and SIGN.search(last) and not may_end_cut:
            return self._told(term, self.expanded(term.words))
        return self._inner(term, before, last)

    def parted(self, term: Term, fields: Sequence[str]) -> str:
        """Join the words of a phrase by AND, where nothing better can be said."""
        self.doubts.say("inner-truncation-parted", term=term.text)
        single = tuple(Term(words=(word,), at=term.at) for word in term.words)
        return f"({self._joined(And(items=single), fields, self.bare)})"

    def tagged(self, words: Sequence[str], fields: Sequence[str]) -> list[str]:
        """Write one form with each of its field tags."""
        text = " ".join(words)
        quoted = f'"{text}"' if len(words) > 1 else text
        return [f"{quoted}[{tag}]" for tag in _tags(fields)]

    def _inner(
        self, term: Term, before: Sequence[str], last: str
    ) -> list[tuple[str, ...]]:
        if not any(SIGN.search(word) for word in before):
            return [(*before, last)]
        return self._told(term, [(*way, last) for way in self.expanded(before)])

    def _told(self, term: Term, ways: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        if ways:
            told = ", ".join(" ".join(way) for way in ways)
            self.doubts.say("inner-truncation-expanded", term=term.text, forms=told)
        return ways


def _tags(fields: Sequence[str]) -> list[str]:
    """Return the tags for fields; tiab covers title, abstract and author keywords."""
    if TITLE in fields and ABSTRACT in fields:
        return ["tiab"]
    known = {TITLE: ["ti"], ABSTRACT: ["ab"], KEYWORDS: ["ot", "mh"]}
    return [tag for field in fields for tag in known[field]]


def _cut_at_end(word: str) -> bool:
    return word.endswith("*") and not SIGN.search(word[:-1])


def _simple(near: Near) -> bool:
    """Whether both sides are whole words, which is all PubMed's proximity takes."""
    return all(
        isinstance(n, Term) and len(n.words) == 1 and not SIGN.search(n.text)
        for n in (near.left, near.right)
    )
