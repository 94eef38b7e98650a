"""The letters the shipped font has, and what stands for those it has not.

A tagged PDF may not hold a letter that cannot be shown, so a file name in another
alphabet would cost the reader the whole report.
"""

from __future__ import annotations

import re
import unicodedata

from skillmix.words.unseen import seen

# What `fonts/*.otf` were cut down to: Latin letters, and a report's signs.
COVERED = re.compile(
    "[\u0020-\u007e\u00a0-\u0148\u014a-\u017f\u2010-\u2015\u2018-\u201e\u2020-\u2022"
    "\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u20ac\u2122\u2190-\u2193"
    "\u2212\u2248\u2260\u2264\u2265\u25a0\u25a1\u25b2\u25b6\u25bc\u25c6"
    "\u25cb\u25cf\u2713\u2717\\n]"
)
MISSING = "\u25a1"


def shown(text: str) -> str:
    """Return a text in letters the font has; others become an empty square.

    Characters nobody sees are left out (see `words.unseen`).
    """
    if all(map(COVERED.match, text)):
        return text
    composed = unicodedata.normalize("NFC", seen(text))
    return "".join(map(_letter, composed))


def _letter(letter: str) -> str:
    if COVERED.match(letter):
        return letter
    return "" if unicodedata.combining(letter) else MISSING
