"""What a librarian would ask about a strategy, before it is run anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillmix.literature.strategy.faults import ERROR, INFO, WARNING, Fault, fault
from skillmix.literature.strategy.strategy import Line, Strategy
from skillmix.literature.strategy.tree import (
    And,
    Near,
    Node,
    Not,
    Or,
    Term,
    line_labels,
    terms,
    walk,
)

# Words that platforms skip.
STOPWORDS = frozenset(
    {
        *("a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "in"),
        *("is", "it", "not", "of", "on", "or", "that", "the", "to", "was", "were"),
        *("with",),
    }
)
SHORTEST_STEM = 4
_SIGN = re.compile(r"[*?#]")


def lint(strategy: Strategy) -> tuple[Fault, ...]:
    """Return everything odd about a strategy: errors first, then in reading order."""
    faults: list[Fault] = []
    for line in strategy.lines:
        faults.extend(line.parsed.faults)
        if line.parsed.tree is not None:
            faults.extend(_line(line, line.parsed.tree))
    faults.extend(strategy.combine_faults)
    faults.extend(_combination(strategy))
    order = {ERROR: 0, WARNING: 1, INFO: 2}
    return tuple(sorted(faults, key=lambda f: order[f.severity]))


def covers(wide: Term, narrow: Term) -> bool:
    """Whether every text that holds the narrow term also holds the wide one."""
    length = len(wide.words)
    return any(
        all(
            _word_covers(w, n)
            for w, n in zip(wide.words, narrow.words[start:], strict=False)
        )
        for start in range(len(narrow.words) - length + 1)
    )


def _line(line: Line, tree: Node) -> Iterator[Fault]:
    for term in terms(tree):
        yield from _term(line.label, term)
    for node in walk(tree):
        match node:
            case Or():
                yield from _redundant(line.label, node)
            case Near():
                parts = (*walk(node.left), *walk(node.right))
                if any(isinstance(part, And | Not) for part in parts):
                    yield fault("and-within-proximity", line.label, node.at)
            case Not():
                yield from _contradicted(line.label, node)
            case _:
                pass


def _term(label: str, term: Term) -> Iterator[Fault]:
    for word in term.words:
        stem = _SIGN.split(word, maxsplit=1)[0]
        if not stem:
            yield fault("leading-wildcard", label, term.at, term=term.text)
        elif word.endswith("*") and len(stem) < SHORTEST_STEM:
            yield fault("short-stem", label, term.at, term=word, letters=len(stem))
    if set(term.words) <= STOPWORDS:
        why = "holds only words that platforms do not search"
        yield fault("never-matches", label, term.at, term=term.text, why=why)
    if any(_SIGN.search(word) for word in term.words[:-1]):
        yield fault("truncation-inside-phrase", label, term.at, term=term.text)
    if "and" in term.words and not term.quoted:
        yield fault("operator-word-in-phrase", label, term.at, term=term.text)


def _redundant(label: str, node: Or) -> Iterator[Fault]:
    listed = [n for n in node.items if isinstance(n, Term)]
    for place, term in enumerate(listed):
        if any(other.words == term.words for other in listed[:place]):
            yield fault("repeated-term", label, term.at, term=term.text)
            continue
        wider = (o for o in listed if o.words != term.words and covers(o, term))
        if (other := next(wider, None)) is not None:
            yield fault(
                "redundant-term", label, term.at, term=term.text, wider=other.text
            )


def _word_covers(wide: str, narrow: str) -> bool:
    if wide == narrow:
        return True
    stem = wide.rstrip("*")
    whole = narrow[: len(stem)]
    return wide != stem and not _SIGN.search(stem + whole) and whole == stem


def _contradicted(label: str, node: Not) -> Iterator[Fault]:
    for kept in terms(node.keep):
        if any(covers(dropped, kept) for dropped in terms(node.drop)):
            why = "is sought and excluded at once"
            yield fault("never-matches", label, kept.at, term=kept.text, why=why)


def _combination(strategy: Strategy) -> Iterator[Fault]:
    labels = [line.label for line in strategy.lines]
    if not strategy.combine and len(labels) > 1:
        yield fault("no-combination", "combine")
    refers = {
        line.label: set(line_labels(line.parsed.tree))
        for line in strategy.lines
        if line.parsed.tree is not None
    }
    used = set(line_labels(strategy.combination)).union(*refers.values())
    for label in sorted(used - set(labels)):
        yield fault("unknown-line", "combine", term=label, lines=", ".join(labels))
    for label in labels:
        if label not in used:
            yield fault("unused-line", label, term=label)
        if label in _reached(label, refers):
            yield fault("circular-lines", label, term=label)


def _reached(label: str, refers: dict[str, set[str]]) -> set[str]:
    """Return the lines a line leads to, by any number of steps."""
    found: set[str] = set()
    todo = list(refers.get(label, ()))
    while todo:
        following = todo.pop()
        if following not in found:
            found.add(following)
            todo.extend(refers.get(following, ()))
    return found
