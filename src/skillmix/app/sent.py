"""Files that a reader sends: kept in a folder of their own, up to a limit."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fastapi import UploadFile

from skillmix.errors import UnreadableFileError

PIECE = 1024 * 1024
LONGEST_NAME = 120


def keep_files(files: Iterable[UploadFile], *, command: str, most: int) -> Path:
    """Write what was sent to a new folder, which the caller removes.

    Args:
        files: What was sent; parts without a name or content are passed over.
        command: The command that takes more, for the remedy.
        most: Largest number of bytes taken together.

    Raises:
        UnreadableFileError: If too much was sent, or nothing.
    """
    folder = Path(tempfile.mkdtemp(prefix="skillmix-sent-"))
    left = most
    try:
        for sent in files:
            if not sent.filename:
                continue
            left = _save(sent, _free(folder, safe_name(sent.filename)), left)
            if left < 0:
                raise UnreadableFileError(
                    f"The files are larger than {most // PIECE} MB together.",
                    remedy=f"Use `skillmix {command}` on the command line.",
                )
        if left == most:
            raise UnreadableFileError(
                "No file was chosen, or all are empty.", remedy="Choose files and send."
            )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def keep_text(text: str) -> Path:
    """Write what was pasted to a new folder, which the caller removes.

    Raises:
        UnreadableFileError: If nothing was pasted.
    """
    if not text.strip():
        raise UnreadableFileError("Nothing was pasted.", remedy="Paste the text.")
    folder = Path(tempfile.mkdtemp(prefix="skillmix-sent-"))
    (folder / "pasted.txt").write_text(text, encoding="utf-8", newline="\n")
    return folder


def safe_name(given: str) -> str:
    """Return a file's own name without folders, marks and control characters."""
    name = re.split(r"[/\\]", given)[-1]
    name = re.sub(r"[^\w .()+-]", "_", name, flags=re.ASCII).strip(". ")
    return name[-LONGEST_NAME:] or "file"


def _free(folder: Path, name: str) -> Path:
    """Return a path of that name, or of one with a number, that nothing has."""
    number = 1
    path = folder / name
    while path.exists():
        number += 1
        path = folder / f"{number} {name}"
    return path


def _save(sent: UploadFile, path: Path, left: int) -> int:
    """Write one file; return how many bytes may follow, below 0 if too many came."""
    with path.open("xb") as out:
        while left >= 0 and (piece := sent.file.read(PIECE)):
            left -= len(piece)
            out.write(piece)
    return left
