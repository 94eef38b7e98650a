r"""BibTeX and BibLaTeX, read with braces counted rather than guessed.

Written here because the maintained parsers drop what they cannot parse and stop at
an unbalanced entry; here such an entry is kept up to where the next one starts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from skillmix.literature.reading.assemble import assemble
from skillmix.literature.reading.maps import Place
from skillmix.literature.reading.sheet import Sheet
from skillmix.literature.reading.text import LONGEST_FIELD
from skillmix.literature.record import Note

MARKER = re.compile(r"(?m)^[ \t]*@(?!comment|string|preamble)[a-z]+\s*[{(]", re.I)
_START = re.compile(r"(?m)^[ \t]*@([A-Za-z]+)\s*[{(]")
_NAME = re.compile(r"\s*,?\s*([A-Za-z][\w.:+-]*)\s*=\s*")
_LINE = re.compile(r"(?m)^\s*([A-Za-z][\w.:+-]*)\s*=\s*(?=[{\"\d])")
_BARE = re.compile(r"[^\s,{}\"#]+")
_JOIN = re.compile(r"\s*#\s*")
_ACCENT = re.compile(
    r"\{?\\([`'^\"~=.uvHckrbd])\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))\}?"
)
_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303",
    "=": "\u0304", ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b",
    "c": "\u0327", "k": "\u0328", "r": "\u030a", "b": "\u0331", "d": "\u0323",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "i", "j": "j", "textendash": "–",
    "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘",
    "textquotedblleft": "“", "textquotedblright": "”", "textasciitilde": "~",
}  # fmt: skip
_LETTER = re.compile(r"\\(" + "|".join(sorted(_LETTERS, key=len)[::-1]) + r")\b\s?")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_COMMAND = re.compile(r"\\(?:emph|textit|textbf|textsc|mbox|url|textrm)\b")

PLACES: Mapping[str, Place] = {
    tag: Place(field=field, rank=rank)
    for tag, field, rank in (
        ("entrytype", "kind", 2), ("type", "kind", 1), ("title", "title", 1),
        ("journal", "journal", 1), ("journaltitle", "journal", 1),
        ("booktitle", "journal", 2), ("series", "journal", 3),
        ("abstract", "abstract", 1), ("author", "authors", 1),
        ("editor", "authors", 3), ("year", "year", 1), ("date", "year", 2),
        ("volume", "volume", 1), ("number", "issue", 1), ("issue", "issue", 2),
        ("pages", "pages", 1), ("doi", "doi", 1), ("pmid", "pmid", 1),
        ("issn", "issn", 1), ("isbn", "issn", 2), ("language", "language", 1),
        ("publisher", "publisher", 1), ("institution", "publisher", 2),
        ("school", "publisher", 3), ("address", "country", 1),
        ("keywords", "keywords", 1), ("author_keywords", "keywords", 1),
        ("url", "url", 1), ("link", "url", 2), ("note", "notes", 1),
        ("source", "database", 2), ("database", "database", 1),
        ("key", "accession", 3), ("unique-id", "accession", 1),
    )
}  # fmt: skip


def read_bibtex(text: str, *, file: str) -> Sheet:
    """Read the entries of a BibTeX file."""
    macros: dict[str, str] = {}
    broken = 0
    kept: list[Sequence[tuple[str, str]]] = []
    starts = list(_START.finditer(text))
    for place, start in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        kind = start[1].lower()
        if kind in ("comment", "preamble"):
            continue
        pairs, whole = _entry(text[start.end() : end], macros)
        if kind == "string":
            macros.update((n.lower(), v) for n, v in pairs if n != "key")
            continue
        broken += not whole
        kept.append((("entrytype", kind), *pairs))
    records = tuple(
        assemble(pairs, PLACES, file=file, position=n, dialect="BibTeX", split=_split)
        for n, pairs in enumerate(kept, 1)
    )
    notes = (
        (
            Note(
                rule="entries whose braces do not match, read as far as they go",
                count=broken,
                remedy="Compare these entries with the source.",
            ),
        )
        if broken
        else ()
    )
    return Sheet(
        dialect="BibTeX",
        markers=len(MARKER.findall(text)),
        records=records,
        notes=notes,
    )


def _entry(body: str, macros: Mapping[str, str]) -> tuple[list[tuple[str, str]], bool]:
    """Return an entry's fields, and whether it was read to its closing brace."""
    pairs: list[tuple[str, str]] = []
    key = re.match(r"\s*([^,={}\"]+?)\s*(?=,|\}|\))", body)
    at = key.end() if key else 0
    if key:
        pairs.append(("key", key[1]))
    sound = True
    while name := _NAME.match(body, at) or _LINE.search(body, at):
        skipped = plain_text(body[at : name.start()]).strip(" ,\n")
        if skipped:
            # A stray brace closed the value too soon: the rest of it comes here.
            pairs[-1:] = [(pairs[-1][0], pairs[-1][1] + skipped)]
        value, at, whole = _value(body, name.end(), macros)
        pairs.append((name[1].lower(), value))
        sound = sound and whole and not skipped
    ended = re.match(r"\s*,?\s*[})]", body[at : at + 100]) is not None
    return pairs, sound and ended


def _value(body: str, at: int, macros: Mapping[str, str]) -> tuple[str, int, bool]:
    """Return a value, where it ends and whether it was closed."""
    parts: list[str] = []
    while True:
        if body[at : at + 1] in ("{", '"'):
            end = _closing(body, at)
            if end < 0:
                parts.append(body[at + 1 :][:LONGEST_FIELD])
                return plain_text("".join(parts)), len(body), False
            parts.append(body[at + 1 : end])
            at = end + 1
        elif bare := _BARE.match(body, at):
            parts.append(macros.get(bare[0].lower(), bare[0]))
            at = bare.end()
        joined = _JOIN.match(body, at)
        if joined is None:
            return plain_text("".join(parts)[:LONGEST_FIELD]), at, True
        at = joined.end()


def _closing(body: str, at: int) -> int:
    """Return where the brace or quote opened at a place is closed; -1 if nowhere."""
    quoted = body[at] == '"'
    depth = 0
    for mark in re.finditer(r'\\.|[{}"]', body[at + 1 :]):
        char = mark[0]
        if char == "{":
            depth += 1
        elif char == "}":
            if depth == 0 and not quoted:
                return at + 1 + mark.start()
            depth -= 1
        elif char == '"' and quoted and depth == 0:
            return at + 1 + mark.start()
    return -1


def plain_text(value: str) -> str:
    """Return a value without TeX: accents as letters, braces gone."""
    if "\\" in value:
        value = _ACCENT.sub(_accented, value)
        value = _LETTER.sub(lambda m: _LETTERS[m[1]], value)
        value = _COMMAND.sub("", value)
        value = re.sub(r"(?<!\\)[{}]", "", value)
        return _ESCAPED.sub(r"\1", value)
    return value.replace("{", "").replace("}", "")


def _accented(match: re.Match[str]) -> str:
    letter = match[2] or match[3]
    return unicodedata.normalize("NFC", letter + _MARKS[match[1]])


def _split(field: str, value: str) -> list[str]:
    if field == "authors":
        return re.split(r"\s+and\s+", value)
    return re.split(r"[;,]", value)
