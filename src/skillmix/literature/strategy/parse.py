"""A line of a strategy as a tree, with everything odd about it.

Errors never stop the parser: a librarian wants all faults of a strategy at once, and
what can be searched is searched, with the doubt said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from skillmix.literature.strategy.faults import Fault, fault
from skillmix.literature.strategy.tokens import Token, tokens, words_of
from skillmix.literature.strategy.tree import (
    KEYWORDS,
    LineRef,
    Near,
    Node,
    Not,
    Term,
    Within,
    all_of,
    any_of,
)

DEEPEST = 60
LONGEST = 100_000
MOST_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A line's tree, if anything of it can be searched, and its faults."""

    tree: Node | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """How a text is meant.

    Attributes:
        plus: What `+` between two groups means: "OR" or "AND".
        adjacent: What words side by side without quotes mean: "phrase" or "AND".
        refers: Whether bare numbers are lines, as in a combination.
    """

    plus: str = "OR"
    adjacent: str = "phrase"
    refers: bool = False


def parse(text: str, notation: Notation | None = None, *, line: str = "") -> Parsed:
    """Parse a line of a strategy, or the combination of its lines.

    Args:
        text: What the searcher wrote.
        notation: How it is meant; the usual Boolean notation if not given.
        line: Its label, for the messages.
    """
    how = notation or Notation()
    reader = _Reader(
        tokens=list(islice(tokens(text, refers=how.refers), LONGEST + 1)),
        how=how,
        line=line,
    )
    if len(reader.tokens) > LONGEST:
        reader.say("too-long", reader.tokens[LONGEST], most=LONGEST)
        del reader.tokens[LONGEST:]
    parts: list[Node] = []
    while reader.peek() is not None:
        tree = reader.any(depth=0)
        if tree is not None:
            parts.append(tree)
        if reader.peek() is not None:
            odd = reader.take()
            if odd.kind == "close":
                reader.say("unbalanced-bracket", odd, what="closed that was not opened")
    if not parts and not reader.faults:
        reader.faults.append(fault("empty-line", line))
    join = all_of if how.adjacent == "AND" else any_of
    return Parsed(
        tree=join(tuple(parts)) if parts else None, faults=tuple(reader.faults)
    )


@dataclass(slots=True)
class _Reader:
    """Reads tokens by precedence: proximity, then AND and NOT, then OR."""

    tokens: list[Token]
    how: Notation
    line: str
    place: int = 0
    faults: list[Fault] = field(default_factory=list[Fault])

    def peek(self) -> Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def say(self, slug: str, token: Token, **words: object) -> None:
        self.faults.append(fault(slug, self.line, token.at, **words))

    def any(self, *, depth: int) -> Node | None:
        """Read alternatives: `a OR b`, and groups joined by `+`."""
        items: list[Node] = []
        ands: list[Token] = []
        ors = 0
        while True:
            item = self.all(depth, ands)
            if item is not None:
                items.append(item)
            token = self.peek()
            if token is None or self._kind(token) != "or":
                break
            self._check(token, item)
            ors += 1
            self.take()
        if ors and ands:
            self.say("mixed-operators", ands[0])
        return any_of(tuple(items)) if items else None

    def all(self, depth: int, ands: list[Token]) -> Node | None:
        """Read conjunctions: `a AND b NOT c`, and words side by side."""
        first = self.near(depth)
        items: list[Node] = [first] if first is not None else []
        while (token := self.peek()) is not None:
            kind = self._kind(token)
            if kind in ("and", "not"):
                self._check(token, items[-1] if items else None)
                ands.append(self.take())
                right = self.near(depth)
                if right is not None and kind == "not":
                    # Nothing minus something is nothing to search for.
                    items = (
                        [Not(keep=all_of(tuple(items)), drop=right)] if items else []
                    )
                elif right is not None:
                    items.append(right)
            elif kind in OPERANDS:
                items = self._beside(token, items, depth)
            elif kind == "comma":
                self.take()
            else:
                break
        return all_of(tuple(items)) if items else None

    def near(self, depth: int) -> Node | None:
        """Read proximity: `a NEAR/3 b`."""
        node = self.operand(depth)
        while (token := self.peek()) is not None and token.kind == "near":
            self._check(token, node)
            self.take()
            right = self.operand(depth)
            if node is None or right is None:
                return node or right
            node = Near(
                left=node,
                right=right,
                between=token.number,
                ordered=token.ordered,
                at=token.at,
            )
        return node

    def operand(self, depth: int) -> Node | None:
        """Read a term, a group, a line reference or a field with what follows."""
        token = self.peek()
        if token is None or token.kind not in OPERANDS:
            return None
        if token.kind == "open":
            node = self._group(depth)
        elif token.kind == "before":
            self.take()
            inside = self.operand(depth)
            node = Within(fields=token.fields, item=inside) if inside else None
        elif token.kind in ("line", "range"):
            node = _lines(self.take())
        else:
            node = self._term()
        while (after := self.peek()) is not None and after.kind == "after":
            self.take()
            node = Within(fields=after.fields, item=node) if node else None
        return node

    def _kind(self, token: Token) -> str:
        return self.how.plus.lower() if token.kind == "plus" else token.kind

    def _term(self) -> Node | None:
        token = self.take()
        if token.kind == "quoted" and not token.closed:
            self.say("unbalanced-quote", token)
        texts, end = [token.text], token.at[1]
        while token.kind == "word" and self.how.adjacent == "phrase":
            follower = self.peek()
            if follower is None or follower.kind != "word" or texts[-1].endswith("/"):
                break
            texts.append(follower.text)
            end = self.take().at[1]
        text = " ".join(texts)
        at = (token.at[0], end)
        words = words_of(text)
        if not words:
            self.say("no-word", token, term=text)
            return None
        if text.endswith("/") and token.kind == "word":
            heading = " ".join(words[words[0] == "exp" :])
            self.say("subject-heading", token, term=heading)
            item = Term(words=words_of(heading) or words, at=at)
            return Within(fields=(KEYWORDS,), item=item)
        return Term(words=words, quoted=token.kind == "quoted", at=at)

    def _group(self, depth: int) -> Node | None:
        opened = self.take()
        if depth >= DEEPEST:
            self.say("too-deep", opened, most=DEEPEST)
            self.place = len(self.tokens)
            return None
        inside = self.any(depth=depth + 1)
        closing = self.peek()
        if closing is None or closing.kind != "close":
            self.say("unbalanced-bracket", opened, what="not closed")
        else:
            self.take()
            if _PAIRS[opened.text] != closing.text:
                self.say(
                    "unlike-brackets", closing, opened=opened.text, closed=closing.text
                )
        if inside is None:
            self.say("empty-group", opened)
        return inside

    def _beside(self, token: Token, items: list[Node], depth: int) -> list[Node]:
        """Read a part that stands beside another without an operator."""
        part = self.near(depth)
        if part is None:
            return items
        if self.how.adjacent == "AND":
            return [*items, part]
        self.say("missing-operator", token)
        return [*items[:-1], any_of((*items[-1:], part))]

    def _check(self, token: Token, left: Node | None) -> None:
        """Say what is odd about an operator: its case, `+`, or a missing side."""
        if token.lower:
            self.say(
                "lower-case-operator",
                token,
                term=token.text,
                taken=token.text.upper(),
            )
        if token.kind == "plus":
            self.say("plus-between-groups", token, taken=self.how.plus)
        after = self.place + 1
        ends = after >= len(self.tokens) or self.tokens[after].kind not in OPERANDS
        if left is None:
            self.say("dangling-operator", token, term=token.text, side="before")
        if ends:
            self.say("dangling-operator", token, term=token.text, side="after")


OPERANDS = frozenset({"word", "quoted", "open", "before", "line", "range"})
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def _lines(token: Token) -> Node:
    """Return the lines that `3` or Ovid's `or/1-3` refers to."""
    if token.kind == "line":
        return LineRef(label=token.text, at=token.at)
    name, _, numbers = token.text.partition("/")
    first, last = (int(n) for n in numbers.split("-"))
    last = min(last, first + MOST_LINES)
    refs = tuple(LineRef(label=str(n), at=token.at) for n in range(first, last + 1))
    refs = refs or (LineRef(label=str(first), at=token.at),)
    return any_of(refs) if name.lower() == "or" else all_of(refs)
