"""The tree every notation is parsed to, whatever platform it was written for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]
NOWHERE: Span = (0, 0)

TITLE, ABSTRACT, KEYWORDS = "title", "abstract", "keywords"
FIELDS = (TITLE, ABSTRACT, KEYWORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word, or words that must stand side by side.

    Attributes:
        words: Words in lower case; `*` stands for any letters, `?` for exactly one,
            `#` for one or none.
        quoted: Whether it was written in quotation marks.
        at: Where it stands in the text of its line.
    """

    words: tuple[str, ...]
    quoted: bool = False
    at: Span = NOWHERE

    @property
    def text(self) -> str:
        """The term as one reads it."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Two things with few words between them.

    Attributes:
        left: A term, or alternatives.
        right: A term, or alternatives.
        between: Most words there may be between them.
        ordered: Whether the left one must come first.
        at: Where the operator stands.
    """

    left: Node
    right: Node
    between: int
    ordered: bool = False
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """All of these."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Any of these."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """What has the first and lacks the second."""

    keep: Node
    drop: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A part that is looked for in some fields only."""

    fields: tuple[str, ...]
    item: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRef:
    """Another line of the strategy, by its label."""

    label: str
    at: Span = NOWHERE


Node = Term | Near | And | Or | Not | Within | LineRef


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below one."""
    match node:
        case And() | Or():
            return node.items
        case Near():
            return (node.left, node.right)
        case Not():
            return (node.keep, node.drop)
        case Within():
            return (node.item,)
        case Term() | LineRef():
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Give a node and all below it, in reading order."""
    yield node
    for child in children(node):
        yield from walk(child)


def terms(node: Node) -> tuple[Term, ...]:
    """Return the terms of a tree, in reading order."""
    return tuple(n for n in walk(node) if isinstance(n, Term))


def line_labels(node: Node) -> tuple[str, ...]:
    """Return the labels of the lines a tree refers to."""
    return tuple(n.label for n in walk(node) if isinstance(n, LineRef))


def any_of(items: tuple[Node, ...]) -> Node:
    """Return alternatives, without nesting them needlessly."""
    flat: list[Node] = []
    for item in items:
        flat.extend(item.items if isinstance(item, Or) else (item,))
    return flat[0] if len(flat) == 1 else Or(items=tuple(flat))


def all_of(items: tuple[Node, ...]) -> Node:
    """Return a conjunction, without nesting it needlessly."""
    flat: list[Node] = []
    for item in items:
        flat.extend(item.items if isinstance(item, And) else (item,))
    return flat[0] if len(flat) == 1 else And(items=tuple(flat))


def formula(node: Node) -> str:
    """Return a tree as one reads it, with every bracket that matters."""
    match node:
        case Term():
            return f'"{node.text}"' if len(node.words) > 1 else node.text
        case LineRef():
            return node.label
        case Near():
            name = "PRE" if node.ordered else "NEAR"
            return f"{_inner(node.left)} {name}/{node.between} {_inner(node.right)}"
        case And():
            return " AND ".join(_inner(i) for i in node.items)
        case Or():
            return " OR ".join(_inner(i) for i in node.items)
        case Not():
            return f"{_inner(node.keep)} NOT {_inner(node.drop)}"
        case Within():
            return f"{','.join(node.fields)}: {_inner(node.item)}"


def _inner(node: Node) -> str:
    text = formula(node)
    return text if isinstance(node, Term | LineRef) else f"({text})"
