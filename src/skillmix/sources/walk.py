"""Which files an input holds, and which are passed over and why."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from skillmix.errors import DefinitionError, InputNotFoundError
from skillmix.schema.scope import SCOPE_FILE
from skillmix.sources.mapping import MAPPING_FILE

IGNORE_MARK = ".skillmix-ignore"
SYNTHETIC_MARK = "SYNTHETIC.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file of the inputs.

    Attributes:
        path: Absolute path.
        file: Path relative to the input given.
        reason: Why it is passed over; empty if it is to be read.
    """

    path: Path
    file: str
    reason: str = ""


def files_of(paths: Sequence[Path]) -> tuple[Found, ...]:
    """Return every file of the inputs once, in order of name.

    Raises:
        InputNotFoundError: If an input does not exist, or a folder holds nothing.
    """
    found: dict[Path, Found] = {}
    for path in paths:
        for one in _of(path):
            # The same file by two ways is one file; the first way names it.
            found.setdefault(one.path, one)
    return tuple(found.values())


def lying_among(paths: Sequence[Path], name: str, option: str) -> Path | None:
    """Return the settings file of this name in a folder of the inputs, if there is one.

    Args:
        paths: Files and folders.
        name: "scope.toml" or "mapping.toml".
        option: What names another file instead.

    Raises:
        DefinitionError: If more than one folder has one: a run has one of each.
    """
    found = [path / name for path in paths if (path / name).is_file()]
    if len(found) > 1:
        raise DefinitionError(
            f"{len(found)} of the folders hold a {name}.",
            where=name,
            remedy=f"Keep one of them, or name the one to use with {option}.",
        )
    return found[0] if found else None


def is_synthetic(path: Path) -> bool:
    """Tell whether the file lies under a folder marked as holding invented figures."""
    return any((folder / SYNTHETIC_MARK).is_file() for folder in path.parents)


def _of(path: Path) -> list[Found]:
    try:
        kind = path.stat().st_mode
    except OSError:
        raise InputNotFoundError(
            f"There is no file or folder '{path.name or path}'.",
            where=path.name,
            remedy="Check the spelling; a link must not lead back to itself.",
        ) from None
    if not stat.S_ISDIR(kind):
        return [Found(path=path.absolute(), file=path.name, reason=_reason(path))]
    listed = sorted(_walk(path.absolute()), key=lambda f: f.file)
    if not listed:
        raise InputNotFoundError(
            f"The folder '{path.name or path}' holds no file.", where=path.name
        )
    return listed


def _walk(root: Path) -> Iterator[Found]:
    """Walk a folder without following links to folders, so that no loop traps it."""
    for folder, names, files in os.walk(root, followlinks=False):
        here = Path(folder)
        if IGNORE_MARK in files:
            names.clear()
            yield Found(
                path=here / IGNORE_MARK,
                file=(here / IGNORE_MARK).relative_to(root).as_posix(),
                reason="The folder asks to be passed over.",
            )
            continue
        for name in [n for n in names if n.startswith(".")]:
            names.remove(name)
        for name in [n for n in names if (here / n).is_symlink()]:
            names.remove(name)
            yield Found(
                path=here / name,
                file=(here / name).relative_to(root).as_posix(),
                reason="A link to a folder is not followed; give the folder itself.",
            )
        for name in files:
            path = here / name
            yield Found(
                path=path,
                file=path.relative_to(root).as_posix(),
                reason=_reason(path),
            )


def _reason(path: Path) -> str:
    """Say why a file is passed over, if it is."""
    if path.name.startswith("~$"):
        return "It is the lock file of a workbook that is open; close the workbook."
    if path.name.startswith("."):
        return "It is a hidden file; rename it if it is meant to be read."
    if path.name == MAPPING_FILE:
        return "It maps the columns of extracts; it holds no figures."
    if path.name == SCOPE_FILE:
        return "It says what to ask about; it holds no figures."
    if path.name == SCOPE_FILE:
        return "It says what to ask about; it holds no figures."
    if path.name == SYNTHETIC_MARK:
        return "It marks the folder as synthetic; it holds no figures."
    try:
        kind = path.stat().st_mode
    except OSError:
        return (
            "It is a link that leads nowhere, or back to itself; "
            "remove it or give the file it should lead to."
        )
    if not stat.S_ISREG(kind):
        return "It is no ordinary file (a pipe, socket or device); remove it."
    return ""
