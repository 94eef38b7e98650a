"""Whether two records are the same publication, and the reasons either way.

A list of rules rather than a trained score: a reviewer can read why two records were
joined, and undo it. A conference abstract and the paper that grew out of it are two
publications, however alike their titles.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from skillmix.literature.dedupe.traits import Traits, same_journal

SAME, POSSIBLE, DIFFERENT = "same", "possible", "different"

ALIKE = 92.0
NEARLY = 80.0
RELATED = 60.0
ABSTRACT_ALIKE = 85.0
ABSTRACT_UNLIKE = 60.0
LONG_ABSTRACT = 200
YEARS_APART = 1
# Words less alike than this are two words, not one misspelt.
ANOTHER_WORD = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is thought of a pair of records, and why.

    Attributes:
        decision: "same", "possible" (a person should look) or "different".
        rule: Name of the rule that decided.
        agree: What speaks for one publication.
        differ: What speaks against it.
        title: How alike the titles are, from 0 to 100.
    """

    decision: str
    rule: str
    agree: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    title: float = 0.0


@dataclass(slots=True)
class _Weighed:
    agree: list[str] = field(default_factory=list[str])
    differ: list[str] = field(default_factory=list[str])

    def put(self, name: str, *, same: bool | None) -> None:
        if same is not None:
            (self.agree if same else self.differ).append(name)


def judge(one: Traits, two: Traits) -> Verdict:
    """Judge whether two records are one publication."""
    title = _title(one, two)
    seen = _weigh(one, two)
    rule, decision = _decide(title, set(seen.agree), set(seen.differ))
    return Verdict(
        decision=decision,
        rule=rule,
        agree=tuple(seen.agree),
        differ=tuple(seen.differ),
        title=round(title, 1),
    )


def _title(one: Traits, two: Traits) -> float:
    if not one.title or not two.title:
        return 0.0
    whole = ratio(one.title, two.title)
    short, long = sorted((one.title, two.title), key=len)
    # A subtitle or a translated title beside the title that only one database gives.
    if whole < ALIKE and len(short) >= 40 and long.startswith(short):
        return ALIKE
    return whole


def _weigh(one: Traits, two: Traits) -> _Weighed:
    seen = _Weighed()
    seen.put("doi", same=_equal(one.doi, two.doi))
    seen.put("pmid", same=_equal(one.pmid, two.pmid))
    seen.put("journal", same=same_journal(one.journal, two.journal))
    seen.put("volume", same=_equal(one.volume, two.volume))
    seen.put("page", same=_equal(one.page, two.page))
    seen.put("year", same=_years(one, two))
    if one.year is not None and one.year == two.year:
        seen.agree.append("same year")
    seen.put("author", same=_authors(one, two))
    seen.put("abstract", same=_abstracts(one, two))
    if one.numbers != two.numbers:
        seen.differ.append("numbers in title")
    if one.notice != two.notice:
        seen.differ.append("kind of notice")
    if _words_differ(one.title, two.title):
        seen.differ.append("words in title")
    return seen


def _decide(title: float, agree: set[str], differ: set[str]) -> tuple[str, str]:
    """Return the rule that decides and its decision."""
    if "kind of notice" in differ:
        return "a notice and what it is about", DIFFERENT
    if "pmid" in agree and title >= RELATED:
        return "same PubMed id", SAME
    if "pmid" in differ:
        return "different PubMed ids", DIFFERENT
    place = {"volume", "page"} <= agree
    if "doi" in agree:
        return _same_doi(title, agree, differ, place=place)
    if title >= ALIKE:
        return _same_title(agree, differ, place=place)
    if "doi" in differ:
        return "different DOIs and titles", DIFFERENT
    if place and "year" in agree and "author" in agree and title >= RELATED:
        return "same place of publication, titles related", SAME
    if "abstract" in agree and title >= RELATED and "author" in agree:
        sure = "page" in agree and "journal" not in differ
        return "same abstract and author, titles related", SAME if sure else POSSIBLE
    if title >= NEARLY and "author" in agree and "page" in agree:
        return "titles nearly alike", POSSIBLE
    return "titles differ", DIFFERENT


def _same_doi(
    title: float, agree: set[str], differ: set[str], *, place: bool
) -> tuple[str, str]:
    apart = "page" in differ and "abstract" not in agree
    if title >= NEARLY and "numbers in title" not in differ and not apart:
        return "same DOI", SAME
    if title >= RELATED and (place or ("abstract" in agree and "author" in agree)):
        return "same DOI", SAME
    # Proceedings give all their abstracts one DOI.
    return "same DOI, titles differ", POSSIBLE if title >= RELATED else DIFFERENT


def _same_title(agree: set[str], differ: set[str], *, place: bool) -> tuple[str, str]:
    apart = differ & {"journal", "page", "volume", "year"}
    if "numbers in title" in differ and not ("page" in agree and "author" in agree):
        return "numbers in the titles differ", DIFFERENT
    if "doi" in differ:
        if place and "year" in agree and "journal" not in differ:
            return "same title and place, DOIs differ", SAME
        return "same title, DOIs differ", POSSIBLE if not apart else DIFFERENT
    if place and "year" in agree:
        return "same title, volume and page", SAME
    if "page" in agree and "year" in agree and "author" not in differ:
        return "same title, page and year", SAME
    if "year" in differ:
        sure = place and "author" in agree
        return "same title, years apart", SAME if sure else DIFFERENT
    if "journal" in differ or {"page", "volume"} <= differ:
        return "same title, published in two places", DIFFERENT
    if "volume" in differ and "same year" not in agree and "page" not in agree:
        return "same title, published in two years", POSSIBLE
    support = agree & {"journal", "volume", "author", "abstract", "year"}
    if len(support) >= 3 and not differ & {"author", "abstract"}:
        if "page" in differ and "abstract" not in agree:
            return "same title, pages differ", POSSIBLE
        return "same title and three more", SAME
    if "author" in agree and "year" in agree and not apart:
        # Studies of one design name what they are about with a word: older, younger.
        sure = "words in title" not in differ
        return "same title, author and year", SAME if sure else POSSIBLE
    return "same title, little else to compare", POSSIBLE


def _words_differ(one: str, two: str) -> bool:
    """Whether each title has a word that no word only in the other is like."""
    here, there = set(one.split()), set(two.split())
    only_here, only_there = here - there, there - here
    return _strange(only_here, only_there) and _strange(only_there, only_here)


def _strange(words: set[str], others: set[str]) -> bool:
    return any(
        all(ratio(word, other) < ANOTHER_WORD for other in others) for word in words
    )


def _equal(one: str, two: str) -> bool | None:
    return one == two if one and two else None


def _years(one: Traits, two: Traits) -> bool | None:
    if one.year is None or two.year is None:
        return None
    return abs(one.year - two.year) <= YEARS_APART


def _authors(one: Traits, two: Traits) -> bool | None:
    if not one.authors or not two.authors:
        return None
    if one.surname == two.surname or ratio(one.authors, two.authors) >= NEARLY:
        return True
    short, long = sorted((one.authors, two.authors), key=len)
    return short.startswith(long[:6]) or one.surname in two.authors.split()


def _abstracts(one: Traits, two: Traits) -> bool | None:
    if min(len(one.abstract), len(two.abstract)) < LONG_ABSTRACT:
        return None
    length = min(len(one.abstract), len(two.abstract))
    alike = ratio(one.abstract[:length], two.abstract[:length])
    if alike >= ABSTRACT_ALIKE:
        return True
    return False if alike < ABSTRACT_UNLIKE else None
