"""The positional index finds what a matcher that reads every word finds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmix.literature.index import build_index
from skillmix.literature.match import Searcher
from skillmix.literature.plurals import number_forms
from skillmix.literature.record import Record
from skillmix.literature.strategy.parse import parse
from skillmix.literature.strategy.tree import (
    FIELDS,
    And,
    Near,
    Node,
    Not,
    Or,
    Term,
    Within,
    all_of,
    any_of,
    formula,
)

MANY = settings(deadline=None, max_examples=400)
# Each example asks several queries of all records, word by word.
SOME = settings(deadline=None, max_examples=200)
WORDS = (
    *("support", "worker", "workers", "health", "care", "carer", "mental", "nurse"),
    *("nursing", "child", "children", "study", "studies", "co", "ordinator"),
)
Span = tuple[int, int, int]  # segment, first word, last word
Segments = list[tuple[str, list[str]]]


# A matcher with nothing clever in it: it reads every word of every segment.


def segments_of(record: Record) -> Segments:
    texts = [("title", record.title), ("abstract", record.abstract)]
    texts += [("keywords", k) for k in record.keywords]
    return [(field, text.split()) for field, text in texts if text]


def word_matches(pattern: str, word: str, *, plurals: bool) -> bool:
    if re.search(r"[*?#]", pattern):
        signs = {"*": "[a-z]*", "?": "[a-z]", "#": "[a-z]?"}
        return bool(re.fullmatch("".join(signs.get(c, c) for c in pattern), word))
    return word in number_forms(pattern) if plurals else word == pattern


def spans(
    node: Node, segments: Segments, fields: Sequence[str], *, plurals: bool
) -> set[Span]:
    match node:
        case Term():
            return set(phrase_spans(node, segments, fields, plurals=plurals))
        case Or():
            found = (spans(i, segments, fields, plurals=plurals) for i in node.items)
            return set().union(*found)
        case Near():
            left = spans(node.left, segments, fields, plurals=plurals)
            right = spans(node.right, segments, fields, plurals=plurals)
            return set(near_spans(left, right, node))
        case _:
            raise AssertionError(node)


def phrase_spans(
    term: Term, segments: Segments, fields: Sequence[str], *, plurals: bool
) -> Iterator[Span]:
    for number, (field, words) in enumerate(segments):
        for start in range(len(words) - len(term.words) + 1):
            stretch = words[start : start + len(term.words)]
            pairs = zip(term.words, stretch, strict=True)
            if field in fields and all(
                word_matches(p, w, plurals=plurals) for p, w in pairs
            ):
                yield number, start, start + len(term.words) - 1


def near_spans(left: set[Span], right: set[Span], near: Near) -> Iterator[Span]:
    orders = [(left, right)] if near.ordered else [(left, right), (right, left)]
    for before, after in orders:
        for segment, first, last in before:
            for other, start, end in after:
                gap = start - last - 1
                if other == segment and 0 <= gap <= near.between:
                    yield segment, first, end


def found(
    node: Node, segments: Segments, fields: Sequence[str], *, plurals: bool
) -> bool:
    match node:
        case And():
            parts = (found(i, segments, fields, plurals=plurals) for i in node.items)
            return all(parts)
        case Or():
            parts = (found(i, segments, fields, plurals=plurals) for i in node.items)
            return any(parts)
        case Not():
            keep = found(node.keep, segments, fields, plurals=plurals)
            return keep and not found(node.drop, segments, fields, plurals=plurals)
        case Within():
            return found(node.item, segments, node.fields, plurals=plurals)
        case _:
            return bool(spans(node, segments, fields, plurals=plurals))


# Records and trees to try them on.

texts = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
keyword = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
records = st.lists(
    st.builds(
        Record,
        file=st.just("f"),
        position=st.just(1),
        dialect=st.just("d"),
        title=texts,
        abstract=texts,
        keywords=st.lists(keyword, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=8,
)
cut = st.sampled_from(("nurs*", "wo*", "stud*", "c*", "car?", "worker#", "n*se", "?o"))
words = st.sampled_from(WORDS) | cut
term = st.lists(words, min_size=1, max_size=3).map(lambda w: Term(words=tuple(w)))
placed = term | st.lists(term, min_size=2, max_size=3).map(lambda t: any_of(tuple(t)))
near = st.builds(
    Near,
    left=placed,
    right=placed,
    between=st.integers(0, 6),
    ordered=st.booleans(),
)
nested = st.builds(
    Near, left=near, right=placed, between=st.integers(0, 4), ordered=st.booleans()
)
trees: st.SearchStrategy[Node] = st.recursive(
    term | near | nested,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda i: all_of(tuple(i)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda i: any_of(tuple(i)))
        | st.builds(Not, keep=inner, drop=inner)
        | st.builds(
            Within,
            fields=st.sets(st.sampled_from(FIELDS), min_size=1).map(
                lambda f: tuple(sorted(f))
            ),
            item=inner,
        )
    ),
    max_leaves=6,
)


@given(records, st.lists(trees, min_size=1, max_size=8), st.booleans())
@SOME
def test_the_index_finds_the_records_that_a_naive_matcher_finds(
    some: list[Record], queries: list[Node], plurals: bool
) -> None:
    searcher = Searcher(index=build_index(some), plurals=plurals)
    for query in queries:
        expected = [found(query, segments_of(r), FIELDS, plurals=plurals) for r in some]
        assert searcher.records(query).tolist() == expected, formula(query)


@given(records, st.lists(term | near | nested, min_size=1, max_size=6), st.booleans())
@SOME
def test_every_place_of_a_match_is_the_naive_matchers(
    some: list[Record], queries: list[Node], plurals: bool
) -> None:
    index = build_index(some)
    searcher = Searcher(index=index, plurals=plurals)
    segments = [(n, s) for n, r in enumerate(some) for s in segments_of(r)]
    for query in queries:
        got = searcher.spans(query)
        number = index.segment[got.first]
        first = got.first - index.first_of[number]
        placed_at = zip(number, first, got.last - got.first, strict=True)
        expected = sorted(
            (place, start, end - start)
            for place, (_, segment) in enumerate(segments)
            for _, start, end in spans(query, [segment], FIELDS, plurals=plurals)
        )
        assert sorted((int(n), int(f), int(d)) for n, f, d in placed_at) == expected


@given(trees)
@MANY
def test_a_tree_is_read_back_from_its_formula(tree: Node) -> None:
    parsed = parse(formula(tree))
    assert not [f for f in parsed.faults if f.severity == "error"]
    assert parsed.tree is not None
    assert formula(parsed.tree) == formula(tree)


@given(
    st.text(max_size=80) | st.text(alphabet='ab "()[]{}*?#+.,/1AND ORNEAR', max_size=60)
)
@MANY
def test_any_text_is_parsed_without_failing(text: str) -> None:
    parsed = parse(text)
    assert parsed.tree is not None or parsed.faults


def test_an_index_of_nothing_finds_nothing() -> None:
    searcher = Searcher(index=build_index([]))
    assert searcher.records(Term(words=("care",))).tolist() == []
    assert not np.any(searcher.spans(Term(words=("care",))).first)
