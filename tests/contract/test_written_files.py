"""Files have the same bytes whatever system writes them."""

from __future__ import annotations

import ast
from pathlib import Path

import skillmix

SOURCE = Path(skillmix.__file__).parent
# Windows would otherwise turn each line's end into two characters, and three in CSV.
PROMISED = {"encoding", "newline"}
WRITES = {"w", "x", "a", "wt"}


def writings(text: str) -> list[tuple[int, set[str]]]:
    """Return the line and the named arguments of every call that writes text."""
    found: list[tuple[int, set[str]]] = []
    for call in ast.walk(ast.parse(text)):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        method = isinstance(call.func, ast.Attribute)
        modes = {a.value for a in call.args if isinstance(a, ast.Constant)}
        opens = name in ("open", "fdopen") and modes & WRITES
        if opens or (name == "write_text" and method):
            found.append((call.lineno, {k.arg or "" for k in call.keywords}))
    return found


def test_text_is_written_with_its_encoding_and_line_ends_named() -> None:
    unnamed = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in sorted(SOURCE.rglob("*.py"))
        for line, named in writings(path.read_text(encoding="utf-8"))
        if not named >= PROMISED
    ]
    assert unnamed == []


def test_a_writing_without_them_is_found() -> None:
    assert writings("path.write_text('a', encoding='utf-8')") == [(1, {"encoding"})]
    assert writings("open(path, 'w')") == [(1, set())]
    assert writings("open(path, 'rb')") == []
