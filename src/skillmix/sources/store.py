"""Where editions are kept: Parquet with a manifest, found again by content.

An edition is made in a folder of its own and moved into place whole, so a run that
fails, or runs beside another, never leaves half an edition behind.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import platformdirs

from skillmix.errors import OutputError
from skillmix.writing import write_whole

EDITION = "edition.parquet"
MANIFEST = "manifest.json"
CHUNK = 4 * 1024**2
# Parquet files larger than this are known by footer and size: reading 2 GB to know
# whether it was read before would cost more than reading what is needed of it.
HASHED_WHOLE = 200 * 1024**2
# Seconds after which an unfinished edition belongs to a run that was killed.
LEFT_BEHIND = 24 * 3600


class Store:
    """A folder of editions.

    Args:
        folder: Where; the user's cache folder if not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        place = folder or Path(platformdirs.user_cache_dir("skillmix")) / "editions"
        self.folder = place.absolute()
        self._index: dict[str, Any] | None = None
        self._seen: dict[str, Any] = {}
        with _writing():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._sweep()

    def _sweep(self) -> None:
        """Remove what runs that were killed have left."""
        before = time.time() - LEFT_BEHIND
        for left in self.folder.glob(".*-*"):
            with suppress(OSError):
                if left.is_dir() and left.stat().st_mtime < before:
                    shutil.rmtree(left)

    def digest(self, path: Path) -> str:
        """Return a file's digest, from the index if it has not changed since."""
        stat = path.stat()
        stamp = [stat.st_size, stat.st_mtime_ns, stat.st_ino]
        known = self._quick().get(str(path))
        if not known or known["stamp"] != stamp:
            known = {"stamp": stamp, "sha256": digest(path)}
        self._seen[str(path)] = known
        return str(known["sha256"])

    def content(self, edition: Path) -> str:
        """Return what tells the content of an edition, without reading those kept."""
        # Those of the store are named by what they were made from.
        inside = edition.parent.parent == self.folder
        return edition.parent.name if inside else self.digest(edition)

    def _quick(self) -> dict[str, Any]:
        if self._index is None:
            try:
                text = (self.folder / "index.json").read_text("utf-8")
                self._index = cast("dict[str, Any]", json.loads(text))
            except (OSError, ValueError):
                self._index = {}
        return self._index

    def remember(self) -> None:
        """Write the index of files seen, for the next run."""
        quick = self._quick()
        if all(quick.get(path) == known for path, known in self._seen.items()):
            return
        with _writing():
            write_whole(
                self.folder / "index.json", json.dumps(quick | self._seen).encode()
            )

    def find(self, key: str) -> Mapping[str, Any] | None:
        """Return the manifest of an edition, if it is kept and whole."""
        try:
            manifest = json.loads((self.folder / key / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        if manifest.get("edition") and not self.edition(key).is_file():
            return None
        return cast("Mapping[str, Any]", manifest)

    def edition(self, key: str) -> Path:
        """Return where an edition's Parquet is, or would be."""
        return self.folder / key / EDITION

    @contextmanager
    def making(self, key: str, *, anew: bool = False) -> Generator[Path, None, None]:
        """Yield a folder to write an edition in; it is kept only if all goes well.

        Args:
            key: Name of the edition.
            anew: Whether it takes the place of one that is kept.

        Raises:
            OutputError: If the disk is full or may not be written to.
        """
        with _writing():
            temporary = Path(tempfile.mkdtemp(prefix=".making-", dir=self.folder))
        try:
            with _writing():
                yield temporary
                if anew:
                    shutil.rmtree(self.folder / key, ignore_errors=True)
                _settle(temporary, self.folder / key)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _settle(made: Path, place: Path) -> None:
    """Move a finished folder into place; another run may have been first."""
    try:
        os.replace(made, place)
    except OSError as fault:
        if fault.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.EACCES):
            raise
        if not (place / MANIFEST).is_file():
            shutil.rmtree(place, ignore_errors=True)
            os.replace(made, place)


@contextmanager
def _writing() -> Generator[None, None, None]:
    """Turn failures to write into the error users know."""
    try:
        yield
    except OSError as fault:
        if isinstance(fault, FileNotFoundError) and not fault.filename:
            raise
        raise OutputError(
            f"The edition store cannot be written: {fault.strerror or 'disk error'}.",
            where="edition store",
            remedy="Free space, or choose another folder for the store; "
            "nothing half-written was left.",
        ) from None


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of footer and size of a large Parquet file."""
    size = path.stat().st_size
    summed = hashlib.sha256()
    with path.open("rb") as file:
        head = file.read(4)
        if head == b"PAR1" and size > HASHED_WHOLE:
            file.seek(size - 8)
            footer = int.from_bytes(file.read(4), "little")
            file.seek(max(0, size - 8 - footer))
            summed.update(str(size).encode() + file.read())
            return summed.hexdigest()
        summed.update(head)
        while chunk := file.read(CHUNK):
            summed.update(chunk)
    return summed.hexdigest()


@cache
def reader_version() -> str:
    """Return a digest of what decides how files are read: code, labels, tables."""
    sources, schema = files("skillmix.sources"), files("skillmix.schema")
    parts = [*sources.iterdir(), *sources.joinpath("labels").iterdir()]
    parts += [*schema.iterdir(), *schema.joinpath("codelists").iterdir()]
    summed = hashlib.sha256()
    for part in sorted(parts, key=lambda p: p.name):
        if part.name.endswith((".py", ".csv")):
            summed.update(part.name.encode() + part.read_bytes())
    return summed.hexdigest()[:12]
