"""What a platform is given finds what the strategy finds, read back and run here."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from property.test_literature_index import records
from skillmix.literature.index import build_index
from skillmix.literature.match import Searcher
from skillmix.literature.platforms.render import PLATFORMS, render
from skillmix.literature.record import Record
from skillmix.literature.strategy.parse import parse
from skillmix.literature.strategy.strategy import Line, Strategy
from skillmix.literature.strategy.tree import (
    LineRef,
    Near,
    Node,
    Not,
    Term,
    all_of,
    any_of,
    formula,
)

SOME = settings(deadline=None, max_examples=60)
# Of these no platform refuses any, so nothing may change in meaning.
PLAIN = ("support", "worker", "health", "care", "mental", "nursing", "child", "study")
CUT = ("support*", "work*", "nurs*", "stud*")
NO_PROXIMITY = ("pubmed", "europe-pmc")
NO_CUT_PHRASE = ("europe-pmc",)


def terms(*, phrase_cut: bool) -> st.SearchStrategy[Node]:
    single = st.sampled_from(PLAIN + CUT).map(lambda w: Term(words=(w,)))
    last = st.sampled_from(PLAIN + CUT if phrase_cut else PLAIN)
    first = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=2)
    phrase = st.tuples(first, last).map(lambda p: Term(words=(*p[0], p[1])))
    return single | phrase


def trees(platform: str) -> st.SearchStrategy[Node]:
    term = terms(phrase_cut=platform not in NO_CUT_PHRASE)
    leaf: st.SearchStrategy[Node] = term
    if platform not in NO_PROXIMITY:
        near = st.builds(Near, left=term, right=term, between=st.integers(0, 5))
        leaf = term | near
    return st.recursive(
        leaf,
        lambda inner: (
            st.lists(inner, min_size=2, max_size=3).map(lambda i: all_of(tuple(i)))
            | st.lists(inner, min_size=2, max_size=3).map(lambda i: any_of(tuple(i)))
            | st.builds(Not, keep=inner, drop=inner)
        ),
        max_leaves=5,
    )


def strategy_of(tree: Node, *, plurals: bool) -> Strategy:
    parsed = parse(formula(tree))
    return Strategy(
        name="x",
        title="y",
        lines=(Line(label="1", text=formula(tree), parsed=parsed),),
        combination=LineRef(label="1"),
        plurals=plurals,
    )


@pytest.mark.parametrize("platform", PLATFORMS)
@given(data=st.data(), some=records)
@SOME
def test_what_is_written_finds_what_the_strategy_finds(
    platform: str, data: st.DataObject, some: list[Record]
) -> None:
    tree = data.draw(trees(platform))
    strategy = strategy_of(tree, plurals=False)
    text = render(strategy, platform).whole
    searcher = Searcher(index=build_index(some), plurals=False)
    back = parse(text).tree
    assert back is not None
    theirs = searcher.records(back).tolist()
    assert theirs == searcher.records(strategy.whole()).tolist(), text


@pytest.mark.parametrize("platform", ["pubmed"])
@given(data=st.data(), some=records)
@SOME
def test_plurals_written_out_find_nothing_that_the_strategy_does_not(
    platform: str, data: st.DataObject, some: list[Record]
) -> None:
    words = data.draw(st.lists(terms(phrase_cut=True), min_size=1, max_size=4))
    strategy = strategy_of(any_of(tuple(words)), plurals=True)
    back = parse(render(strategy, platform).whole).tree
    index = build_index(some)
    theirs = Searcher(index=index, plurals=False).records(back)
    ours = Searcher(index=index, plurals=True).records(strategy.whole())
    assert not (theirs & ~ours).any()
