"""What a strategy's notation means, one behaviour at a time."""

from __future__ import annotations

import pytest

from skillmix.errors import DefinitionError, UnknownNameError
from skillmix.literature.strategy.lint import lint
from skillmix.literature.strategy.parse import Notation, parse
from skillmix.literature.strategy.strategy import (
    example_names,
    find_strategy,
    strategy_from,
)
from skillmix.literature.strategy.tree import formula

MEANINGS = [
    # Words, phrases and signs
    ("nurse", "nurse"),
    ("support worker", '"support worker"'),
    ('"support worker"', '"support worker"'),
    ("“support worker”", '"support worker"'),
    ("{support worker}", '"support worker"'),
    ("activit* co-ordinator", '"activit* co ordinator"'),
    ("wom?n colo#r", '"wom?n colo#r"'),
    ("nurs$", "nurs*"),
    ("nurs$3 work[*20]", '"nurs* work*"'),
    ("Łódź café", '"łodz cafe"'),
    # Operators
    ("a OR b OR c", "a OR b OR c"),
    ("a AND (b OR c)", "a AND (b OR c)"),
    ("a NOT b", "a NOT b"),
    ("a AND NOT b", "a NOT b"),
    ("speech and language therapy", '"speech and language therapy"'),
    ('("a") and ("b")', "a AND b"),
    ("[a OR b] + [c]", "a OR b OR c"),
    # Proximity: each platform's own counting, as words between
    ("a NEAR/3 b", "a NEAR/3 b"),
    ("a adj3 b", "a NEAR/2 b"),
    ("a adj b", "a PRE/0 b"),
    ("a N3 b", "a NEAR/3 b"),
    ("a W3 b", "a PRE/3 b"),
    ("a W/3 b", "a NEAR/3 b"),
    ("a PRE/2 b", "a PRE/2 b"),
    ("a NEAR b", "a NEAR/15 b"),
    ("(a OR b) NEAR/3 c d", '(a OR b) NEAR/3 "c d"'),
    # Fields, in each platform's way
    ("nurse[ti]", "title: nurse"),
    ("(a OR b).ti,ab.", "title,abstract: (a OR b)"),
    ("work.ti.", "title: work"),
    ("TI=(a OR b)", "title: (a OR b)"),
    ("TS=a", "title,abstract,keywords: a"),
    ("TITLE-ABS-KEY(a)", "title,abstract,keywords: a"),
    ("TI a", "title: a"),
    ("AB (a OR b)", "abstract: (a OR b)"),
    ("ti(a)", "title: a"),
    ("TITLE:a", "title: a"),
    ("TITLE_ABS:(a OR b)", "title,abstract: (a OR b)"),
    ("title,keywords: a", "title,keywords: a"),
    ("exp Nursing Assistants/", 'keywords: "nursing assistants"'),
    ('"Nurses"[Mesh]', "keywords: nurses"),
]


@pytest.mark.parametrize(("text", "meaning"), MEANINGS)
def test_notations_mean_the_same_tree(text, meaning):
    tree = parse(text).tree
    assert tree is not None
    assert formula(tree) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1 AND (2 OR 3)", "1 AND (2 OR 3)"),
        ("#1 AND #2", "1 AND 2"),
        ("S1 and S2 not S3", "(1 AND 2) NOT 3"),
        ("or/1-3", "1 OR 2 OR 3"),
        ("4 and or/1-2", "4 AND (1 OR 2)"),
    ],
)
def test_lines_are_referred_to_as_every_platform_does(text, meaning):
    tree = parse(text, Notation(refers=True)).tree
    assert tree is not None
    assert formula(tree) == meaning


def test_words_side_by_side_may_mean_and():
    tree = parse("support worker", Notation(adjacent="AND")).tree
    assert tree is not None
    assert formula(tree) == "support AND worker"


@pytest.mark.parametrize(
    ("text", "slug", "meaning"),
    [
        ("[OR community]", "dangling-operator", "community"),
        ("a AND", "dangling-operator", "a"),
        ("a OR (b", "unbalanced-bracket", "a OR b"),
        ("a) OR b", "unbalanced-bracket", "a OR b"),
        ("(a OR b]", "unlike-brackets", "a OR b"),
        ('a OR "b c', "unbalanced-quote", 'a OR "b c"'),
        ("a OR () OR b", "empty-group", "a OR b"),
        ("a AND b OR c", "mixed-operators", "(a AND b) OR c"),
        ("a or b", "lower-case-operator", "a OR b"),
        ("[a] + [b]", "plus-between-groups", "a OR b"),
        ('"a" "b"', "missing-operator", "a OR b"),
        ("--- OR b", "no-word", "b"),
        ("exp Nursing/", "subject-heading", "keywords: nursing"),
    ],
)
def test_what_is_odd_is_told_and_what_can_be_searched_is_kept(text, slug, meaning):
    parsed = parse(text)
    assert slug in [f.slug for f in parsed.faults]
    assert parsed.tree is not None
    assert formula(parsed.tree) == meaning


def test_a_fault_says_where_it_is():
    (fault,) = parse("nurse OR (carer", line="3").faults
    assert fault.line == "3"
    assert fault.at == (9, 10)
    assert fault.remedy


def one_line(terms: str, **more: str) -> str:
    extra = "".join(f"{k} = {v}\n" for k, v in more.items())
    return f"name = 'x'\ntitle = 'y'\n{extra}[[line]]\nterms = '''{terms}'''\n"


@pytest.mark.parametrize(
    ("terms", "slug"),
    [
        ("work*", None),
        ("psy*", "short-stem"),
        ("*ology", "leading-wildcard"),
        ("the OR nurse", "never-matches"),
        ("carer NOT care*", "never-matches"),
        ("support worker OR healthcare support worker", "redundant-term"),
        ("therap* OR therapy", "redundant-term"),
        ("nurse OR carer OR nurse", "repeated-term"),
        ("activit* worker", "truncation-inside-phrase"),
        ("speech and language", "operator-word-in-phrase"),
        ("(x AND y) NEAR/3 z", "and-within-proximity"),
    ],
)
def test_the_lint_asks_what_a_librarian_would(terms, slug):
    found = {f.slug for f in lint(strategy_from(one_line(terms)))}
    assert found == ({slug} if slug else set())


def test_lines_that_combine_wrongly_are_told():
    text = (
        "name = 'x'\ntitle = 'y'\ncombine = '1 AND 4'\n"
        "[[line]]\nterms = 'a'\n[[line]]\nterms = 'b'\n"
        "[[line]]\nterms = '#3 OR c'\n"
    )
    told = {(f.slug, f.line) for f in lint(strategy_from(text))}
    assert ("unknown-line", "combine") in told
    assert ("unused-line", "2") in told
    assert ("circular-lines", "3") in told


def test_lines_that_nothing_combines_are_all_required_and_told():
    text = "name = 'x'\ntitle = 'y'\n[[line]]\nterms = 'x'\n[[line]]\nterms = 'y'\n"
    strategy = strategy_from(text)
    assert formula(strategy.combination) == "1 AND 2"
    assert [f.slug for f in lint(strategy)] == ["no-combination"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = 'x'", "lacks title, line"),
        ("name = [", "not valid TOML"),
        (one_line("a", colour="'blue'"), "unknown entries colour"),
        (one_line("a", plus="'XOR'"), "`plus` must be OR or AND"),
        (one_line("a", fields="['body']"), "`fields` may hold"),
        (one_line(""), "has no terms"),
    ],
)
def test_a_file_that_is_no_strategy_says_what_is_wrong(text, message):
    with pytest.raises(DefinitionError, match=message):
        strategy_from(text)


def test_a_name_that_does_not_exist_brings_those_that_do():
    with pytest.raises(UnknownNameError, match="nuffield-2020"):
        find_strategy("nuffield-2021")


def test_every_example_parses_without_errors():
    for name in example_names():
        strategy = find_strategy(name)
        assert strategy.name == name
        assert not [f for f in lint(strategy) if f.severity == "error"]


def test_the_reports_strategy_says_what_is_odd_about_it():
    strategy = find_strategy("nuffield-2020")
    told = {(f.slug, f.line) for f in lint(strategy)}
    assert ("dangling-operator", "3") in told
    assert ("plus-between-groups", "1") in told
    assert [line.label for line in strategy.lines] == ["1", "2", "3", "4", "5"]
    assert formula(strategy.combination) == "1 AND (2 OR 3) AND (4 OR 5)"


def test_the_reports_strategy_holds_the_terms_it_prints(shared):
    """Terms are facts: all of them, and no other, line by line."""
    printed = (shared / "data/bibliography/strategy.txt").read_text("utf-8")
    strategy = find_strategy("nuffield-2020")
    lines = [row.split(" ", 1) for row in printed.splitlines() if row.strip()]
    assert [label for label, _ in lines] == [n.label for n in strategy.lines]
    for label, text in lines:
        theirs, ours = parse(text).tree, strategy.line(label)
        assert theirs is not None
        assert ours is not None
        assert ours.parsed.tree is not None
        assert formula(ours.parsed.tree) == formula(theirs)


def test_a_strategy_as_printed_is_read_line_by_line(tmp_path):
    path = tmp_path / "printed.txt"
    path.write_text("1 [a OR nurse]\n2. carer*\n3 psych*\n4 1 and (2 or 3)\n", "utf-8")
    strategy = find_strategy(str(path))
    assert [line.label for line in strategy.lines] == ["1", "2", "3"]
    assert formula(strategy.combination) == "1 AND (2 OR 3)"


def test_the_report_as_printed_does_not_say_how_its_lines_combine(shared):
    strategy = find_strategy(str(shared / "data/bibliography/strategy.txt"))
    told = {f.slug for f in lint(strategy)}
    assert {"no-combination", "dangling-operator", "plus-between-groups"} <= told
