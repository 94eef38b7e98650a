"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a small file so that readers see the old one or the new one, whole.

    Args:
        path: Where; its folder must exist.
        content: All of it.
        mode: Who may read it, as the file system writes it.

    Raises:
        OSError: If it cannot be written; nothing half-written is left.
    """
    # To a name of its own first: two runs at once must not read each other's half.
    handle, name = tempfile.mkstemp(prefix=".making-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
