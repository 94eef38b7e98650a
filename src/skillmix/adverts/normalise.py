"""The text that rules read and offsets count in: plain, bounded, no contacts.

Two copies are kept. The normalised text is what an advert says, with white space
and invisible characters put right: quotes are cut from it. The reading copy has
typographic marks made plain and glued words parted ("toflexible"), for the rules;
a map leads from its offsets back to the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from skillmix.adverts.rulefiles import rows

LONGEST_TEXT = 200_000
REACH = 80
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad"
    "\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd]"
)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_LIGATURE = re.compile("[ﬀ-ﬄ]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_ESCAPED = re.compile(r"&(?:lt|gt|amp|nbsp|#\d{2,5}|rsquo|pound);", re.IGNORECASE)
_MARKS = {
    **dict.fromkeys("‘’ʼ´`′", "'"),
    **dict.fromkeys("“”„″", '"'),
    **dict.fromkeys("–—‒―−‐‑", "-"),
    **dict.fromkeys("·•▪◦●○■□*", "•"),
}
_MARK = re.compile(f"[{re.escape(''.join(_MARKS))}]")
_CONTACT = re.compile(
    r"[\w.+'-]+@[\w-]+\.[\w.-]+"
    r"|\[(?:name|email|phone)\]"
    r"|(?<![\d£,.])(?:\+?44[\s(]?|0)\d(?:[\s()-]?\d){8,10}(?!\d)"
)
# Every contact holds one of these, and most words hold none.
_MARKS_OF_CONTACTS = ("@", "[", "0", "44")
# A lower-case word run into a capital: "experiencedHealth", "roleThe".
_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
_KEPT_WHOLE = re.compile(r"\b(?:LinkedIn|YouTube|PowerPoint|JavaScript|eRostering)\b")


def unescape(text: str) -> str:
    """Undo HTML escapes, as often as they were made, at most three times."""
    for _ in range(3):
        if not _ESCAPED.search(text):
            break
        text = html.unescape(text)
    return text


def normalise(text: str) -> str:
    """Return text with line ends, spaces and invisible characters put right."""
    text = text[: 2 * LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    text = _LIGATURE.sub(lambda m: _LIGATURES[m.group()], text)
    text = unicodedata.normalize("NFC", text)
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text).replace("\u2028", "\n"))
    return _LINES.sub("\n", text).strip()[:LONGEST_TEXT]


def without_contacts(quote: str) -> str:
    """Blank e-mail addresses, telephone numbers and redaction marks."""
    return _CONTACT.sub("[...]", quote) if _may_hold_contact(quote) else quote


def clear_of_contacts(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the ends of a span off a contact they would cut in two."""
    if not _may_hold_contact(text[max(start - REACH, 0) : end + REACH]):
        return start, max(start, end)
    for found in _CONTACT.finditer(text, max(start - REACH, 0), end + REACH):
        if found.start() < end < found.end():
            end = found.start()
        if found.start() < start < found.end():
            start = found.end()
    return start, max(start, end)


def _may_hold_contact(text: str) -> bool:
    return any(mark in text for mark in _MARKS_OF_CONTACTS)


def has_contact(text: str) -> bool:
    """Tell whether the text holds an e-mail address or telephone number."""
    return _CONTACT.search(text) is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """The copy that rules read, with the way back to the normalised text."""

    text: str
    breaks: tuple[int, ...]

    def at(self, offset: int) -> int:
        """Return the offset in the normalised text of an offset in this copy.

        `breaks` holds the offsets, in this copy, of the spaces put in.
        """
        return offset - bisect_right(self.breaks, offset - 1)


def reading_copy(text: str) -> Reading:
    """Make the copy that rules read."""
    plain = _MARK.sub(lambda m: _MARKS[m.group()], text)
    kept = [m.span() for m in _KEPT_WHOLE.finditer(plain)]
    cuts = {m.start() for m in _CAMEL.finditer(plain)}
    cuts |= {m.start(1) for m in _glued().finditer(plain)}
    cuts = {c for c in cuts if not any(a < c < b for a, b in kept)}
    parts: list[str] = []
    breaks: list[int] = []
    last = 0
    for number, cut in enumerate(sorted(cuts)):
        parts.append(plain[last:cut])
        breaks.append(cut + number)
        last = cut
    parts.append(plain[last:])
    return Reading(" ".join(parts), tuple(breaks))


@cache
def _glued() -> re.Pattern[str]:
    """A small word run into one that rules look for: "toflexible", "arota"."""
    small, large = (
        "|".join(r["word"] for r in rows("glued") if r["kind"] == kind)
        for kind in ("small", "large")
    )
    return re.compile(rf"\b(?:{small})((?:{large}))")
