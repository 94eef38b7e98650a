"""The words, operators and field tags of a line, in the order written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from skillmix.literature.strategy.fields import FIELD_TAGS
from skillmix.literature.strategy.tree import Span

QUOTES = '"“”„«»'


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of a line.

    Attributes:
        kind: open, close, and, or, not, plus, near, quoted, word, before (a field
            tag that applies to what follows), after (to what precedes), line.
        text: As written; for a quoted phrase, without its marks.
        at: Where.
        number: For near: most words between.
        ordered: For near: whether order matters.
        fields: For field tags: the fields.
        closed: For quoted: whether the closing mark is there.
        lower: For operators: whether they were written in lower case.
    """

    kind: str
    text: str
    at: Span
    number: int = 0
    ordered: bool = False
    fields: tuple[str, ...] = ()
    closed: bool = True
    lower: bool = False


_SPACE = re.compile(r"\s+")
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)(["“”„«»]?)')
_EXACT = re.compile(r"\{([^{}]*)\}")
_AFTER = re.compile(r"\s*\[([A-Za-z][A-Za-z/ :-]*)\]")
_SUFFIX = re.compile(r"\.([a-z]{2}(?:,[a-z]{2})*)\.?(?=\s|[)\]]|$)", re.IGNORECASE)
_BEFORE = re.compile(
    r"([A-Za-z][A-Za-z_-]*(?:,[A-Za-z]{2,})*)(?:\s*[=:]\s*|\s*(?=\()|\s+(?=[\"“(])"
    r"|(?<=\b(?:TI|AB|SU|TX))\s+(?=\w))"
)
_NEAR = re.compile(
    r"(?P<name>ADJ|NEAR|N|W|WITHIN|PRE|P|SAME)(?:/?(?P<number>\d+))?(?![\w*?#$-])",
    re.IGNORECASE,
)
_LINE = re.compile(r"(?:#|S)?(\d+[a-z]?)(?![\w*?#$-])", re.IGNORECASE)
_RANGE = re.compile(r"(or|and)/(\d+)-(\d+)", re.IGNORECASE)
# ProQuest's "[*20]" and Ovid's "$3" cut a word like "*", with a limit we do not keep.
_WORD = re.compile(r"(?:[^\s()\[\]{}\"“”„«»]|\[\*\d+\])+")
_LIMITED = re.compile(r"\[\*\d+\]|\$\d*|!")
_OVID = re.compile(r"[)/]\.[a-z]{2}(?:,[a-z]{2})*\.|\badj\d*\b", re.IGNORECASE)
_OPERATORS = {"AND": "and", "OR": "or", "NOT": "not", "+": "plus", "&": "and"}
# Ovid's ADJ3 allows two words between; the others' 3 allows three.
_ORDERED = ("W", "PRE", "P", "WITHIN")
DEFAULT_BETWEEN = 15


def tokens(text: str, *, refers: bool = False) -> Iterator[Token]:
    """Give the tokens of a line.

    Args:
        text: The line.
        refers: Whether bare numbers are references to lines, as they are where
            lines are combined.
    """
    found: list[Token] = []
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        after_operand = bool(found) and found[-1].kind in _ENDS
        token = _next(text, at, refers=refers, after_operand=after_operand)
        at = token.at[1]
        found.append(token)
    # On Ovid small letters are operators too, and phrases that hold them are quoted.
    ovid = _OVID.search(text) is not None
    for place, token in enumerate(found):
        before = found[place - 1] if place else None
        after = found[place + 1] if place + 1 < len(found) else None
        if token.kind == "not" and before is not None and before.kind == "and":
            continue
        if token.kind == "and" and after is not None and after.kind == "not":
            # Scopus writes AND NOT for what the others call NOT.
            yield replace(after, at=(token.at[0], after.at[1]))
        elif (
            token.kind == "word"
            and token.text in ("or", "and", "not")
            and (ovid or _joins(token, before, after))
        ):
            yield replace(token, kind=token.text, lower=not ovid)
        else:
            yield token


_ENDS = ("word", "quoted", "close", "after", "line", "range")
_PARTS = ("quoted", "close", "after", "open", "before")


def _joins(token: Token, before: Token | None, after: Token | None) -> bool:
    """Whether a lower-case word is meant as an operator.

    "speech and language" is one phrase; "(speech) and (language)" is not; "or"
    hardly ever stands within a phrase.
    """
    beside = [t for t in (before, after) if t is not None]
    return token.text == "or" or any(t.kind in _PARTS for t in beside)


def _next(text: str, at: int, *, refers: bool, after_operand: bool) -> Token:
    char = text[at]
    if char in QUOTES:
        match = _QUOTED.match(text, at)
        if match is not None:
            closed = bool(match[2])
            return Token(
                kind="quoted", text=match[1], at=(at, match.end()), closed=closed
            )
    if char == "{" and (match := _EXACT.match(text, at)):
        return Token(kind="quoted", text=match[1], at=(at, match.end()))
    if after_operand and (tag := _after_tag(text, at)):
        return tag
    if char in "([{":
        return Token(kind="open", text=char, at=(at, at + 1))
    if char in ")]}":
        return Token(kind="close", text=char, at=(at, at + 1))
    if char == ",":
        return Token(kind="comma", text=char, at=(at, at + 1))
    return _wordlike(text, at, refers=refers)


def _after_tag(text: str, at: int) -> Token | None:
    if match := _AFTER.match(text, at):
        fields = FIELD_TAGS.get(match[1].strip().lower())
        if fields is not None:
            span = (at, match.end())
            return Token(kind="after", text=match[1], at=span, fields=fields)
    if (match := _SUFFIX.match(text, at)) and (fields := _suffix_fields(match[1])):
        return Token(kind="after", text=match[0], at=(at, match.end()), fields=fields)
    return None


def _suffix_fields(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for name in text.lower().split(","):
        found.extend(FIELD_TAGS.get(name, ()))
    return tuple(dict.fromkeys(found))


def _wordlike(text: str, at: int, *, refers: bool) -> Token:
    if refers and (match := _RANGE.match(text, at)):
        return Token(kind="range", text=match[0], at=(at, match.end()))
    if (refers or text[at] in "#") and (match := _LINE.match(text, at)):
        return Token(kind="line", text=match[1].lower(), at=(at, match.end()))
    if (match := _BEFORE.match(text, at)) and match[1] not in _OPERATORS:
        fields = _suffix_fields(match[1]) or FIELD_TAGS.get(match[1].lower(), ())
        written = match[0].rstrip()
        opens = written == match[0] and text[match.end() : match.end() + 1] == "("
        certain = written.endswith(("=", ":")) or match[1].isupper() or "," in match[1]
        if fields and (certain or opens):
            span = (at, match.end())
            return Token(kind="before", text=match[1], at=span, fields=fields)
    match = _WORD.match(text, at)
    word = match[0] if match else text[at]
    if word in _OPERATORS or (refers and word.upper() in _OPERATORS):
        kind = _OPERATORS[word.upper()]
        return Token(kind=kind, text=word, at=(at, at + len(word)))
    if near := _near(text, at):
        return near
    return _plain_word(word, at)


def _plain_word(word: str, at: int) -> Token:
    """A word, cut before an Ovid field suffix such as `.ti,ab.`."""
    if (dot := word.find(".")) > 0 and _suffix_fields(word[dot + 1 :].rstrip(".")):
        word = word[:dot]
    elif word.endswith((",", ";", ".")) and len(word) > 1:
        word = word.rstrip(",;.") or word
    return Token(kind="word", text=word, at=(at, at + len(word)))


def _near(text: str, at: int) -> Token | None:
    match = _NEAR.match(text, at)
    if match is None:
        return None
    name, number = match["name"], match["number"]
    upper = name.upper()
    bare = upper == "ADJ" or (upper in ("NEAR", "PRE", "SAME") and name.isupper())
    lettered = upper in ("N", "W", "P") and name.isupper()
    spelt = upper not in ("N", "W", "P", "SAME", "WITHIN")
    slashed = "/" in match[0]
    if not (bare or (number and (lettered or spelt or slashed))):
        return None
    between = int(number) if number else DEFAULT_BETWEEN
    if upper == "ADJ":
        between = int(number) - 1 if number else 0
    ordered = upper in ("PRE", "P") or (upper == "W" and not slashed)
    ordered = ordered or (upper == "ADJ" and not number)
    return Token(
        kind="near",
        text=match[0],
        at=(at, match.end()),
        number=between,
        ordered=ordered,
    )


def folded(text: str) -> str:
    """Return text as it is compared: lower case, accents gone."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


_PIECES = re.compile(r"[^\W_*?#]*(?:[*?#]+[^\W_*?#]*)+|[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a phrase, with their truncation and wildcards."""
    plain = _LIMITED.sub("*", folded(text))
    found = (re.sub(r"\*+", "*", w) for w in _PIECES.findall(plain))
    return tuple(w for w in found if w)
