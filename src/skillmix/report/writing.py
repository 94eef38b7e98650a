"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from skillmix.errors import OutputError


def write_whole(contents: Mapping[Path, bytes]) -> None:
    """Write every file under another name, then give all of them their own.

    Raises:
        OutputError: If a folder cannot be written; nothing half-written is left.
    """
    parts: dict[Path, Path] = {}
    path = next(iter(contents))
    try:
        for path in contents:
            # Before anything changes: a spreadsheet may hold one of them open.
            if path.is_file():
                path.open("r+b").close()
        for path, data in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
            parts[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            # A temporary file is private to its writer; a report is for readers.
            parts[path].chmod(0o644)
        for path, part in parts.items():
            part.replace(path)
    except OSError as fault:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        raise OutputError(
            f"The report could not be written: {fault.strerror or fault}.",
            where=f"{path.parent.name}/{path.name}",
        ) from None
