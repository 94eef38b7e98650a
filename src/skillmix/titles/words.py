"""A title taken apart: words with their places, breaks between parts, and bands."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from skillmix.titles.lexicon import head_words

BREAK = "|"
COMMA = ","
SLASH = "/"
LONGEST = 300
_PIECE = re.compile(
    r"(?P<money>£\s?[\d,.]+k?)"
    r"|(?P<initials>(?<!\w)(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w))"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|\d+(?:\.\d+)?)"
    r"|(?P<slash>\s*[/\\]\s*)"
    r"|(?P<joint>(?<=\w)[-‐‑&+,.](?=\w)|\s*&\s*)"
    r"|(?P<break>\s[-‐‑–—]+\s?|[-‐‑–—]+\s|[–—]|[,:;|()\[\]{}+•·*!?\"“”])"
)
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_BAND_WORDS = ("band", "bnd", "bands", "bd", "grade", "afc", "b")
_PLACES = ("ward", "bay", "block", "level", "floor", "unit", "wing")
_BAND = re.compile(r"[1-9]")
_BETWEEN = ("or", "to", "and", SLASH, BREAK)
_DROPPED = frozenset({"and", "the", "a", "an"})
# Prepositions that end the part of a title that names the role.
_PARTING = frozenset({"in", "at", "for", "with", "within", "to", "based", "including"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a title as it is read.

    Attributes:
        text: The word in the form that rules use; `BREAK` and `SLASH` part words.
        start: Where it begins in the title.
        end: Where it ends in the title.
        capitals: Whether it is written in capitals only.
        corrected: Whether a spelling was corrected or words were parted.
    """

    text: str
    start: int
    end: int
    capitals: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Words between two breaks of a title, and whether a slash leads to them."""

    words: tuple[Word, ...]
    slashed: bool = False


def clean(title: str) -> str:
    """Return a title as one line of harmless text, its words unchanged.

    Entities are resolved, control and direction marks dropped, spaces made single.
    """
    if title.isascii() and title.isprintable() and "&" not in title:
        return " ".join(title.split())[:LONGEST].rstrip()
    text = html.unescape(title[: LONGEST * 4])
    text = unicodedata.normalize("NFKC", text)
    kept = (
        " " if c.isspace() else c
        for c in text
        if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )
    return " ".join("".join(kept).split())[:LONGEST].rstrip()


def take_apart(title: str) -> list[Word]:
    """Return the words and breaks of a cleaned title, in order."""
    found: list[Word] = []
    for match in _PIECE.finditer(title):
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind == "word":
            found += _words(match.group(), start)
        elif kind == "initials":
            letters = _plain(match.group().replace(".", ""))
            found.append(Word(text=letters, start=start, end=end, capitals=True))
        elif kind == "slash":
            found.append(Word(text=SLASH, start=start, end=end))
        elif kind in ("break", "money"):
            text = COMMA if match.group() == COMMA else BREAK
            found.append(Word(text=text, start=start, end=end))
    return found


def _words(text: str, start: int) -> list[Word]:
    """Return a word, or the words that its capitals show it to be made of."""
    if text.isdigit() or "." in text:
        return [Word(text=text, start=start, end=start + len(text))]
    pieces: list[Word] = []
    place = 0
    for part in _CAMEL.split(text):
        plain = _plain(part)
        if plain:
            pieces.append(
                Word(
                    text=plain,
                    start=start + place,
                    end=start + place + len(part),
                    capitals=part.isupper(),
                )
            )
        place += len(part)
    return pieces


def _plain(text: str) -> str:
    """Return a word in lower case without accents or a possessive ending."""
    text = text.replace("’", "'").casefold()
    if not text.isascii():
        marks = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in marks if not unicodedata.combining(c))
    text = text.removesuffix("'s")
    return text.rstrip("'").replace("'", "")


def take_bands(words: Sequence[Word]) -> tuple[list[Word], tuple[str, ...], list[Word]]:
    """Return the words without those that state a band, the bands, and their words.

    "Band 2", "B3", "Bnd 2/3", "band 2 or 3" and "AfC 8a" are all read.
    """
    kept: list[Word] = []
    bands: list[str] = []
    spent: list[Word] = []
    i = 0
    while i < len(words):
        width, found = _band_at(words, i)
        if width:
            bands += found
            spent += words[i : i + width]
            kept.append(
                Word(text=BREAK, start=words[i].start, end=words[i + width - 1].end)
            )
            i += width
        else:
            kept.append(words[i])
            i += 1
    return kept, tuple(dict.fromkeys(bands)), spent


def _band_at(words: Sequence[Word], i: int) -> tuple[int, list[str]]:
    """Return how many words from here state bands, and which bands."""
    word = words[i].text
    # "Ward B3" is a place.
    placed = i > 0 and words[i - 1].text in _PLACES
    if word in _BAND_WORDS and not placed:
        j = i + 1
        while j < len(words) and words[j].text in ("band", "pay", "bands"):
            j += 1
        width, bands = _numbers(words, j)
        return (j - i + width, bands) if bands else (0, [])
    return 0, []


def _numbers(words: Sequence[Word], i: int) -> tuple[int, list[str]]:
    """Return how many words make a list of band numbers, and the bands."""
    bands: list[str] = []
    width = 0
    while i + width < len(words):
        text = words[i + width].text
        if _BAND.fullmatch(text):
            letter = words[i + width + 1].text if i + width + 1 < len(words) else ""
            near = (
                letter in ("a", "b", "c", "d")
                and words[i + width + 1].start <= words[i + width].end + 1
            )
            bands.append(text + letter if near and text == "8" else text)
            width += 2 if near and text == "8" else 1
        elif bands and text in _BETWEEN and _number_after(words, i, width):
            width += 1
        else:
            break
    return width, bands


def _number_after(words: Sequence[Word], i: int, width: int) -> bool:
    after = i + width + 1
    if after >= len(words) or not _BAND.fullmatch(words[after].text):
        return False
    # "Band 3, 4 posts" is one band and a number of posts.
    return words[i + width].text not in (BREAK, COMMA)


def joined(words: Sequence[Word]) -> str:
    """Return the words as one string, a space on either side of each."""
    return " " + " ".join(w.text for w in words) + " "


def parts(words: Sequence[Word]) -> list[Part]:
    """Return the parts of a title between breaks and parting prepositions.

    A slash parts words only where a role stands before it: "Physio/OT Assistant" is
    one role of two professions, "Support Worker/Driver" names two.
    """
    found: list[Part] = []
    held: list[Word] = []
    slashed = False
    for i, word in enumerate(words):
        slash = word.text == SLASH
        if slash and not any(w.text in head_words() for w in held):
            continue
        preposition = word.text in _PARTING and not _in_training(words, i)
        if slash or preposition or word.text in (BREAK, COMMA):
            if held:
                found.append(Part(words=tuple(held), slashed=slashed))
                held = []
                slashed = False
            slashed = slashed or slash
        elif word.text not in _DROPPED:
            held.append(word)
    return [*found, Part(words=tuple(held), slashed=slashed)] if held else found


def _in_training(words: Sequence[Word], i: int) -> bool:
    after = words[i + 1].text if i + 1 < len(words) else ""
    return words[i].text == "in" and after == "training"


def renamed(word: Word, text: str) -> Word:
    """Return the word with a corrected text."""
    return replace(word, text=text, corrected=True)
