"""Known items: does the strategy find the works a review already knows?

The strategy is run on each known work's title alone, or on its full record where the
exports hold it. Where a line misses, the words of the missed titles are tried as terms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz, process

from skillmix.literature.index import build_index, tokenised
from skillmix.literature.match import Findings, run
from skillmix.literature.plurals import number_forms
from skillmix.literature.record import Record
from skillmix.literature.strategy.lint import STOPWORDS
from skillmix.literature.strategy.strategy import Strategy
from skillmix.literature.strategy.tree import (
    And,
    Node,
    Not,
    Or,
    Term,
    line_labels,
    terms,
)

ALIKE = 90
MOST_SUGGESTED = 4
# Words that say of a paper what it is, and nothing of its subject.
EMPTY = frozenset(
    {
        *("study", "review", "analysis", "evaluation", "report", "annual", "data"),
        *("research", "survey", "findings", "exploring", "understanding", "using"),
        *("recommendations", "nhs", "england", "english", "national", "based"),
        *("qualitative", "quantitative", "between", "among", "across", "into", "how"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """A known work, and what the strategy makes of it.

    Attributes:
        item: The work.
        exported: Id of the record in the exports that is this work; empty if none.
        found: Whether the strategy finds it.
        lines: For each line, whether it finds it.
        missing: Lines that would have to find it and do not.
    """

    item: Record
    exported: str
    found: bool
    lines: Mapping[str, bool]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A term that would make a line find more known works.

    Attributes:
        line: The line.
        term: The term.
        gains: How many more known works the line would find.
        finds: How many the whole strategy would then find that it misses now.
        cost: How many more records of the exports the whole strategy would find; None
            without exports.
    """

    line: str
    term: str
    gains: int
    finds: int
    cost: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItems:
    """All known works, and the terms that would find those missed."""

    items: tuple[KnownItem, ...]
    suggestions: tuple[Suggested, ...]

    @property
    def found(self) -> int:
        """How many of the known works the strategy finds."""
        return sum(1 for i in self.items if i.found)

    def as_dict(self) -> dict[str, Any]:
        """Return the check as documented in `literature-json.md`."""
        return {
            "items": len(self.items),
            "found": self.found,
            "works": [
                {
                    "title": i.item.title,
                    "year": i.item.year,
                    "exported": i.exported,
                    "found": i.found,
                    "lines": dict(i.lines),
                    "missing": list(i.missing),
                }
                for i in self.items
            ],
            "suggestions": [
                {
                    "line": s.line,
                    "term": s.term,
                    "gains": s.gains,
                    "finds": s.finds,
                    "cost": s.cost,
                }
                for s in self.suggestions
            ],
        }


def check_known(
    strategy: Strategy, items: Sequence[Record], exports: Sequence[Record] = ()
) -> KnownItems:
    """Say which known works a strategy finds, and which term would find the others.

    Args:
        strategy: The strategy.
        items: The known works; a title is enough.
        exports: Records of an export; where one is a known work, its abstract and
            keywords are searched too, and suggestions say what they would cost.
    """
    matched = [_exported(item, exports) for item in items]
    whole = [record or item for item, record in zip(items, matched, strict=True)]
    findings = run(strategy, build_index(whole))
    background = run(strategy, build_index(exports)) if exports else None
    needed = _required(strategy)
    checked = tuple(
        KnownItem(
            item=item,
            exported=record.record_id if record else "",
            found=bool(findings.found[place]),
            lines={n: bool(mask[place]) for n, mask in findings.by_line.items()},
            missing=tuple(_missing(findings, needed, place)),
        )
        for place, (item, record) in enumerate(zip(items, matched, strict=True))
    )
    suggestions = tuple(_suggestions(findings, checked, whole, background))
    return KnownItems(items=checked, suggestions=suggestions)


def _exported(item: Record, exports: Sequence[Record]) -> Record | None:
    if not exports or not item.title:
        return None
    if item.doi and (same := next((r for r in exports if r.doi == item.doi), None)):
        return same
    best = process.extractOne(
        item.title.lower(),
        [r.title.lower() for r in exports],
        scorer=fuzz.ratio,
        score_cutoff=ALIKE,
    )
    return exports[best[2]] if best else None


def _required(strategy: Strategy) -> list[tuple[str, ...]]:
    """Return the groups of lines of which each must have one that finds a record."""
    node = strategy.combination
    parts = node.items if isinstance(node, And) else (node,)
    return [line_labels(part.keep if isinstance(part, Not) else part) for part in parts]


def _missing(
    findings: Findings, needed: Sequence[tuple[str, ...]], place: int
) -> Iterator[str]:
    for group in needed:
        if not any(findings.by_line[n][place] for n in group if n in findings.by_line):
            yield from group


def _suggestions(
    findings: Findings,
    items: Sequence[KnownItem],
    whole: Sequence[Record],
    background: Findings | None,
) -> Iterator[Suggested]:
    strategy = findings.strategy
    spoken = {line.label: _vocabulary(strategy, line.label) for line in strategy.lines}
    candidates: Counter[tuple[str, str]] = Counter()
    for item, record in zip(items, whole, strict=True):
        for line in item.missing:
            for term in set(_grams(record.title)):
                # What another line is about is no term for this one.
                if not set(term.split()) <= spoken[line]:
                    candidates[line, term] += 1
    tried: list[Suggested] = []
    for (line, term), gains in candidates.most_common(400):
        wider = _with_term(strategy, line, term)
        finds = int((run(wider, findings.index).found & ~findings.found).sum())
        tried.append(
            Suggested(line=line, term=term, gains=gains, finds=finds, cost=None)
        )
    tried.sort(key=lambda s: (-s.finds, -s.gains, -len(s.term.split()), s.term))
    given: Counter[str] = Counter()
    for one in _without_parts(tried):
        given[one.line] += 1
        if given[one.line] > MOST_SUGGESTED:
            continue
        cost = None
        if background is not None:
            wider = _with_term(strategy, one.line, one.term)
            found = run(wider, background.index).found
            cost = int((found & ~background.found).sum())
        yield Suggested(
            line=one.line, term=one.term, gains=one.gains, finds=one.finds, cost=cost
        )


def _vocabulary(strategy: Strategy, label: str) -> set[str]:
    """Return the words of all lines but one, in both numbers."""
    trees = (n.parsed.tree for n in strategy.lines if n.label != label)
    words = (w for t in trees if t is not None for term in terms(t) for w in term.words)
    return {form for word in words for form in number_forms(word.rstrip("*"))}


def _without_parts(tried: Sequence[Suggested]) -> list[Suggested]:
    """Drop a term that finds no more than a longer one it is part of."""
    kept: list[Suggested] = []
    for one in tried:
        covered = any(
            other.line == one.line
            and (other.finds, other.gains) == (one.finds, one.gains)
            and (one.term in other.term or other.term in one.term)
            for other in kept
        )
        if not covered and (one.finds or one.gains > 1):
            kept.append(one)
    return kept


def _grams(title: str) -> Iterator[str]:
    words = tokenised(title)
    for length in (1, 2, 3):
        for start in range(len(words) - length + 1):
            part = words[start : start + length]
            # "people's" is two words to the index, the second of them no word.
            if min(map(len, part)) < 2:
                continue
            ends = {part[0], part[-1]}
            if not ends & (STOPWORDS | EMPTY) and all(len(w) > 2 for w in ends):
                yield " ".join(part)


def _with_term(strategy: Strategy, label: str, term: str) -> Strategy:
    """Return a strategy one of whose lines has one more term."""
    added = Term(words=tuple(term.split()))
    lines = tuple(
        replace(line, parsed=replace(line.parsed, tree=_or(line.parsed.tree, added)))
        if line.label == label
        else line
        for line in strategy.lines
    )
    return replace(strategy, lines=lines)


def _or(tree: Node | None, term: Term) -> Node:
    return Or(items=(tree, term)) if tree is not None else term
