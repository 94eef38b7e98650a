"""Characters nobody sees, which can still break a file or turn a name around."""

from __future__ import annotations

import unicodedata

# Control characters, marks that only steer other letters, and halves of letters.
UNSEEN = ("Cc", "Cf", "Cs")


def seen(text: str) -> str:
    """Return a text without control characters and right-to-left marks.

    Names come from other people's files. A control character is not allowed in XML
    and stops the chart renderer's whole process; a right-to-left override can make
    a file's name read as another one. Line breaks are kept.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c for c in text if c == "\n" or unicodedata.category(c) not in UNSEEN
    )
