"""A strategy run over the index: which record, by which term of which line, where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from skillmix.literature.index import Index, Mask, Places, build_index
from skillmix.literature.plurals import number_forms
from skillmix.literature.strategy.strategy import Strategy
from skillmix.literature.strategy.tree import (
    FIELDS,
    And,
    LineRef,
    Near,
    Node,
    Not,
    Or,
    Term,
    Within,
    formula,
)

# A span of places is kept as one number, so that spans sort and join as arrays do.
_LENGTH_BITS = 20
_LENGTH_MASK = (1 << _LENGTH_BITS) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Stretches of places that match, first and last place of each, in order."""

    first: Places
    last: Places

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One place where a term matches.

    Attributes:
        line: Label of the line.
        term: The term as the strategy has it.
        field: "title", "abstract" or "keywords".
        matched: The words of the record.
        word: Which word of the field it starts with, from 1.
        plural: Whether only a plural or singular form of the term's words matched.
    """

    line: str
    term: str
    field: str
    matched: str
    word: int
    plural: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Searcher:
    """Searches an index in some fields, with or without plural forms."""

    index: Index
    plurals: bool = True
    fields: tuple[str, ...] = FIELDS

    def records(self, node: Node | None, *, fields: Sequence[str] = ()) -> Mask:
        """Return which records match a tree without line references."""
        count = len(self.index.records)
        where = tuple(fields) or self.fields
        match node:
            case None | LineRef():
                return np.zeros(count, dtype=bool)
            case And():
                found = [self.records(i, fields=where) for i in node.items]
                return np.logical_and.reduce(found)
            case Or():
                found = [self.records(i, fields=where) for i in node.items]
                return np.logical_or.reduce(found)
            case Not():
                keep = self.records(node.keep, fields=where)
                return keep & ~self.records(node.drop, fields=where)
            case Within():
                return self.records(node.item, fields=node.fields)
            case Term() | Near():
                return self._holding(self.spans(node, fields=where))

    def spans(self, node: Node, *, fields: Sequence[str] = ()) -> Spans:
        """Return where a term, alternatives or a proximity match.

        A conjunction has no place of its own; within a proximity it matches
        wherever one of its parts does, and the lint says so.
        """
        where = tuple(fields) or self.fields
        match node:
            case Term():
                return self._in_fields(self._phrase(node), where)
            case Or() | And():
                return _joined([self.spans(i, fields=where) for i in node.items])
            case Near():
                left = self.spans(node.left, fields=where)
                right = self.spans(node.right, fields=where)
                return self._near(left, right, node)
            case Within():
                return self.spans(node.item, fields=node.fields)
            case Not():
                return self.spans(node.keep, fields=where)
            case LineRef():
                return _joined([])

    def _phrase(self, term: Term) -> Spans:
        choices = [self.numbers(word) for word in term.words]
        if not choices or not all(len(c) for c in choices):
            return _joined([])
        starts = self.index.starts
        amounts = [int((starts[c + 1] - starts[c]).sum()) for c in choices]
        rarest = int(np.argmin(amounts))
        at = np.concatenate(
            [self.index.numbers(int(n), int(n) + 1) for n in choices[rarest]]
        )
        at = np.sort(at) - rarest
        length = len(choices)
        at = at[(at >= 0) & (at + length <= len(self.index.words))]
        for place, numbers in enumerate(choices):
            if place == rarest or not len(at):
                continue
            allowed = np.zeros(len(self.index.vocabulary), dtype=bool)
            allowed[numbers] = True
            at = at[allowed[self.index.words[at + place]]]
        segment = self.index.segment
        if len(at):
            at = at[segment[at] == segment[at + length - 1]]
        return Spans(first=at, last=at + length - 1)

    def numbers(self, word: str) -> Places:
        """Return the numbers of the words that a word of a term stands for."""
        stem = re.split(r"[*?#]", word, maxsplit=1)[0]
        if stem == word:
            forms = number_forms(word) if self.plurals else (word,)
            found = [n for f in forms if (n := self.index.number(f)) is not None]
            return np.array(sorted(found), dtype=np.int64)
        first, last = self.index.starting_with(stem)
        if word != stem + "*":
            pattern = wildcard(word)
            numbers = (
                n
                for n in range(first, last)
                if pattern.fullmatch(self.index.vocabulary[n])
            )
            return np.fromiter(numbers, dtype=np.int64)
        return np.arange(first, last, dtype=np.int64)

    def _in_fields(self, spans: Spans, fields: Sequence[str]) -> Spans:
        if set(fields) >= set(FIELDS) or not len(spans):
            return spans
        wanted = np.array([f in fields for f in FIELDS])
        segment = self.index.segment[spans.first]
        keep = wanted[self.index.field_of[segment]]
        return Spans(first=spans.first[keep], last=spans.last[keep])

    def _near(self, left: Spans, right: Spans, node: Near) -> Spans:
        found = [self._followed(left, right, node.between)]
        if not node.ordered:
            found.append(self._followed(right, left, node.between))
        return _joined(found)

    def _followed(self, before: Spans, after: Spans, between: int) -> Spans:
        """Spans from one to another that starts within so many words after it."""
        low = np.searchsorted(after.first, before.last + 1, side="left")
        high = np.searchsorted(after.first, before.last + 2 + between, side="left")
        each = high - low
        which = np.repeat(np.arange(len(before)), each)
        offset = np.arange(int(each.sum())) - np.repeat(np.cumsum(each) - each, each)
        other = np.repeat(low, each) + offset
        first, last = before.first[which], after.last[other]
        segment = self.index.segment
        same = segment[first] == segment[last] if len(first) else np.zeros(0, bool)
        return Spans(first=first[same], last=last[same])

    def _holding(self, spans: Spans) -> Mask:
        found = np.zeros(len(self.index.records), dtype=bool)
        if len(spans):
            found[self.index.record_of[self.index.segment[spans.first]]] = True
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a strategy finds among records.

    Attributes:
        strategy: The strategy run.
        index: What it was run over.
        by_line: For each line's label, which records it finds.
        found: Which records the whole strategy finds.
    """

    strategy: Strategy
    index: Index
    searcher: Searcher
    by_line: Mapping[str, Mask]
    found: Mask

    def occurrences(self, place: int) -> tuple[Occurrence, ...]:
        """Return where each term of each line stands in one record."""
        return tuple(_occurrences(self, place))


def run(strategy: Strategy, index: Index) -> Findings:
    """Run a strategy over indexed records."""
    searcher = Searcher(index=index, plurals=strategy.plurals, fields=strategy.fields)
    by_line = {
        line.label: searcher.records(strategy.resolved(line.parsed.tree))
        for line in strategy.lines
    }
    return Findings(
        strategy=strategy,
        index=index,
        searcher=searcher,
        by_line=by_line,
        found=searcher.records(strategy.whole()),
    )


def wildcard(word: str) -> re.Pattern[str]:
    """Return a word with truncation and wildcards as a pattern."""
    signs = {"*": r"\w*", "?": r"\w", "#": r"\w?"}
    return re.compile("".join(signs.get(c, re.escape(c)) for c in word))


def _joined(parts: Sequence[Spans]) -> Spans:
    """Sort spans of several parts and drop those that occur twice."""
    if not parts:
        none = np.empty(0, dtype=np.int64)
        return Spans(first=none, last=none)
    first = np.concatenate([p.first for p in parts])
    last = np.concatenate([p.last for p in parts])
    keys = np.unique((first << _LENGTH_BITS) | np.minimum(last - first, _LENGTH_MASK))
    first = keys >> _LENGTH_BITS
    return Spans(first=first, last=first + (keys & _LENGTH_MASK))


def _occurrences(findings: Findings, place: int) -> Iterator[Occurrence]:
    one = _single(findings, place)
    for line in findings.strategy.lines:
        if not findings.by_line[line.label][place]:
            continue
        for fields, term in _placed(
            findings.strategy.resolved(line.parsed.tree), findings.strategy.fields
        ):
            spans = one.spans(term, fields=fields)
            for first, last in zip(spans.first, spans.last, strict=True):
                yield _occurrence(one, line.label, term, int(first), int(last))


def _single(findings: Findings, place: int) -> Searcher:
    return Searcher(
        index=build_index([findings.index.records[place]]),
        plurals=findings.strategy.plurals,
        fields=findings.strategy.fields,
    )


def _placed(
    node: Node | None, fields: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Give the terms and proximities of a tree with the fields they are sought in."""
    match node:
        case None | LineRef():
            return
        case Term() | Near():
            yield fields, node
        case Within():
            yield from _placed(node.item, node.fields)
        case Not():
            yield from _placed(node.keep, fields)
        case And() | Or():
            for item in node.items:
                yield from _placed(item, fields)


def _occurrence(
    one: Searcher, line: str, term: Node, first: int, last: int
) -> Occurrence:
    index = one.index
    words = [index.vocabulary[n] for n in index.words[first : last + 1]]
    segment = int(index.segment[first])
    field = FIELDS[int(index.field_of[segment])]
    literal = isinstance(term, Term) and all(
        wildcard(w).fullmatch(m) for w, m in zip(term.words, words, strict=True)
    )
    return Occurrence(
        line=line,
        term=term.text if isinstance(term, Term) else formula(term),
        field=field,
        matched=" ".join(words),
        word=first - int(index.first_of[segment]) + 1,
        plural=isinstance(term, Term) and not literal,
    )
