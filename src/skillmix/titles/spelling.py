"""Spelling put right: abbreviations spelt out, typing errors mended, words parted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from skillmix.titles.lexicon import (
    Spelling,
    head_words,
    known_words,
    noise,
    role_words,
    spellings,
)
from skillmix.titles.words import BREAK, COMMA, SLASH, Word, renamed

_BETWEEN = (COMMA, SLASH, "and")
# Short words are too near to one another, and to the names of places, to be mended.
_ONE_ERROR_FROM = 6
_TWO_ERRORS_FROM = 8
_SHORTEST_PIECE = 4
_CACHED = 50_000
# The commonest words of titles that are one letter longer than what is left alone.
_SIX_LETTERS = ("health", "mental", "senior", "worker")
_GRADES = ("senior", "trainee")
_GLUE = ("and", "of", "in", "for", "the")


def put_right(words: Sequence[Word]) -> list[Word]:
    """Return the words in the spelling that the rules speak of."""
    mended = [piece for word in words for piece in _mended(word)]
    return _spelt_out(mended)


def _mended(word: Word) -> list[Word]:
    """Return a word in the singular, corrected, or parted if it is several."""
    if word.text in (BREAK, COMMA, SLASH) or word.text in spellings():
        return [word]
    right = _right_form(word.text)
    if right is not None:
        same = right == word.text
        return [word if same else _as(word, right)]
    pieces = _parted(word.text)
    return [renamed(word, piece) for piece in pieces] if pieces else [word]


def _as(word: Word, text: str) -> Word:
    """Return the word in its right form; a mere plural is no correction."""
    if word.text.startswith(text[:-1]) and len(word.text) - len(text) <= 2:
        plural = word.text in (f"{text}s", f"{text}es", f"{text[:-1]}ies")
        if plural:
            return Word(
                text=text, start=word.start, end=word.end, capitals=word.capitals
            )
    return renamed(word, text)


@lru_cache(maxsize=_CACHED)
def _right_form(word: str) -> str | None:
    """Return the known word this one is, is the plural of, or is an error for."""
    if word in role_words() or word.isdigit():
        return word
    for form in _singulars(word):
        if form in role_words() or form in spellings():
            return form
    known = known_words()
    for form in (word, *_singulars(word)):
        if form in known:
            return form
    if len(word) < _ONE_ERROR_FROM:
        return _with_a_letter_lost(word)
    return _nearest(word)


def _with_a_letter_lost(word: str) -> str | None:
    """Return the common word of six letters that this is, but for one letter lost."""
    if len(word) != _ONE_ERROR_FROM - 1:
        return None
    for whole in _SIX_LETTERS:
        if any(whole[:i] + whole[i + 1 :] == word for i in range(len(whole))):
            return whole
    return None


def _nearest(word: str) -> str | None:
    """Return the role word that one typing error, or two in a long word, made this."""
    allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
    near = process.extract(
        word, _targets(), scorer=OSA.distance, score_cutoff=allowed, limit=8
    )
    likely = [n for n in near if _likely(word, n[0], int(n[1]))]
    if not likely:
        return None
    # Among words that are as near, one that names a role by itself goes first.
    target, _, _ = min(
        likely, key=lambda n: (n[1], _singular(n[0]) not in head_words(), n[0])
    )
    return _singular(target)


def _likely(word: str, target: str, errors: int) -> bool:
    """Tell whether a typing error explains the difference: "cooking" is no "booking".

    The first letter may be lost, doubled or change places, but is hardly ever another;
    a long word with one error is the same word wherever the error stands.
    """
    if word[0] == target[0] or (errors == 1 and len(word) > _TWO_ERRORS_FROM):
        return True
    if errors > 1:
        return False
    lost = word == target[1:]
    added = word[1:] == target
    return lost or added or word[:2] == target[1::-1]


@cache
def _targets() -> tuple[str, ...]:
    """Return the words that errors are mended towards, always in the same order."""
    ways = {
        w for w, found in spellings().items() if any(not s.words[1:] for s in found)
    }
    long = {w for w in role_words() | ways if len(w) >= _ONE_ERROR_FROM and w.isalpha()}
    return tuple(sorted(long | {_plural(w) for w in long}))


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _singular(word: str) -> str:
    """Return the role word, or way of writing one, that this is the plural of."""
    for form in (word, *_singulars(word)):
        if form in role_words() or form in spellings():
            return form
    return word


def _singulars(word: str) -> tuple[str, ...]:
    if word.endswith("ies"):
        return (word[:-3] + "y", word[:-1])
    if word.endswith("es"):
        return (word[:-1], word[:-2])
    return (word[:-1],) if word.endswith("s") else ()


@lru_cache(maxsize=_CACHED)
def _parted(word: str) -> tuple[str, ...]:
    """Return the known words that run together here, the fewest that do."""
    if len(word) < 2 * _SHORTEST_PIECE or not word.isalpha():
        return ()
    best: list[tuple[str, ...] | None] = [None] * (len(word) + 1)
    best[0] = ()
    for end in range(1, len(word) + 1):
        for start in range(end):
            before = best[start]
            piece = _piece(word[start:end])
            if before is None or piece is None:
                continue
            here = best[end]
            if here is None or len(before) + 1 < len(here):
                best[end] = (*before, piece)
    found = best[-1]
    return found if found and len(found) > 1 else _parted_with_an_error(word)


def _parted_with_an_error(word: str) -> tuple[str, ...]:
    """Return two words run together of which the second holds a typing error."""
    for end in range(len(word) - _ONE_ERROR_FROM, _ONE_ERROR_FROM - 1, -1):
        first, second = _piece(word[:end]), _nearest(word[end:])
        if first and second in role_words():
            return (first, second)
    return ()


@lru_cache(maxsize=_CACHED)
def _piece(text: str) -> str | None:
    if text in _GLUE:
        return text
    if len(text) < _SHORTEST_PIECE:
        return None
    for form in (text, *_singulars(text)):
        if form in role_words():
            return form
    return None


def _spelt_out(words: list[Word]) -> list[Word]:
    """Return the words with abbreviations and other ways of writing replaced."""
    found: list[Word] = []
    i = 0
    while i < len(words):
        for spelling in spellings().get(words[i].text, ()):
            width = _width(words, i, spelling)
            if width and _allowed(words, i, spelling):
                start, end = words[i].start, words[i + width - 1].end
                for text in spelling.means:
                    found.append(Word(text=text, start=start, end=end))
                i += width
                break
        else:
            found.append(words[i])
            i += 1
    return found


def _width(words: Sequence[Word], i: int, spelling: Spelling) -> int:
    """Return how many words from here spell the phrase, or 0 if they do not."""
    j = i
    for place, wanted in enumerate(spelling.words):
        if place:
            while j < len(words) and words[j].text in _BETWEEN:
                j += 1
        if j >= len(words) or words[j].text != wanted:
            return 0
        j += 1
    return j - i


def _allowed(words: Sequence[Word], i: int, spelling: Spelling) -> bool:
    if spelling.only == "capitals":
        return words[i].capitals
    if spelling.only == "alone":
        return _alone(words, i)
    return True


def _alone(words: Sequence[Word], i: int) -> bool:
    """Tell whether no other word that matters stands in this part of the title."""
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(words) and words[j].text not in (BREAK, COMMA):
            text = words[j].text
            if text not in _GRADES and (text,) not in noise().get(text, ()):
                return False
            j += step
    return True
