"""A file's bytes as text: encodings mended line by line, control characters out.

Exports are often several downloads pasted together, so one file may hold UTF-8
and Windows-1252; rejected: one encoding a file, which garbles or loses the rest.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from skillmix.errors import UnreadableFileError
from skillmix.literature.record import Note

LARGEST_FILE = 1024**3
LONGEST_FIELD = 1_000_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BREAK = re.compile("\r\n|\r")
# Controls other than tab and line ends, marks that turn the direction of text,
# and characters without width: none of them says anything in a record.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text with line feeds only, and what was done to it."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(raw: bytes) -> Decoded:
    """Return a file's text.

    Raises:
        UnreadableFileError: If it is not text.
    """
    notes: list[Note] = []
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    if encoding in ("utf-8", "utf-8-sig") and raw.count(b"\0") > max(
        8, len(raw) // 1000
    ):
        raise UnreadableFileError(
            "It holds binary data, not text.",
            remedy="Export the records again as RIS, CSV or plain text.",
        )
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        if encoding in ("utf-16", "utf-32"):
            return _cut_short(raw, encoding)
        text, lines = _mended(raw)
        encoding = "utf-8 and windows-1252"
        notes.append(
            Note(
                rule="lines not in UTF-8, read as Windows-1252",
                count=lines,
                remedy="Check names with accents, or export as UTF-8.",
            )
        )
    return _plain(text, encoding.removesuffix("-sig"), notes)


def _cut_short(raw: bytes, encoding: str) -> Decoded:
    """Return what can be read of text whose characters take several bytes each."""
    text = raw.decode(encoding, errors="replace")
    note = Note(
        rule="characters that cannot be read",
        count=text.count("\ufffd"),
        remedy="The file may be cut short; export the records again.",
    )
    return _plain(text, encoding, [note])


def _plain(text: str, encoding: str, notes: list[Note]) -> Decoded:
    """Return text with line feeds only and nothing unseen in it."""
    text = _BREAK.sub("\n", text).replace("\x85", " ")
    text, unseen = _UNSEEN.subn("", text)
    if unseen:
        notes.append(Note(rule="control characters left out", count=unseen))
    return Decoded(text=text, encoding=encoding, notes=tuple(notes))


def _mended(raw: bytes) -> tuple[str, int]:
    lines: list[str] = []
    odd = 0
    for line in raw.removeprefix(codecs.BOM_UTF8).split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            odd += 1
            lines.append(line.decode("cp1252", errors="replace"))
    return "\n".join(lines), odd


def squeezed(text: str) -> str:
    """Return text on one line, with single spaces."""
    return " ".join(text.split())
