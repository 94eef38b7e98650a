"""The gallery: every picture is there, has words, and all of them weigh little."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
SHOWN = re.compile(r"!\[([^\]]+)\]\(gallery/([a-z-]+\.webp)\)")


def test_every_picture_is_shown_once_with_words_and_is_small() -> None:
    shown = SHOWN.findall((DOCS / "gallery.md").read_text(encoding="utf-8"))
    pictures = sorted((DOCS / "gallery").iterdir())
    assert sorted(name for _, name in shown) == [p.name for p in pictures]
    assert all(len(words) > 10 for words, _ in shown)
    assert all(p.read_bytes()[8:12] == b"WEBP" for p in pictures)
    assert sum(p.stat().st_size for p in pictures) < 1_500_000
