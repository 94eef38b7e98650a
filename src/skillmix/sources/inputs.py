"""The door of the readers: files and folders in, editions by table out."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa

from skillmix.errors import OutputError, SkillmixError, UnreadableFileError
from skillmix.schema.table import Table
from skillmix.sources import manifest
from skillmix.sources.layout import Layout
from skillmix.sources.mapping import MAPPING_FILE, StaffMapping, read_mapping
from skillmix.sources.months import holds_month
from skillmix.sources.overlap import settle
from skillmix.sources.pseudonym import pseudonym_key, set_key
from skillmix.sources.readers import LAYOUTS
from skillmix.sources.reading import Fault, Reading
from skillmix.sources.route import Route, route
from skillmix.sources.store import HASHED_WHOLE, Store, digest, reader_version
from skillmix.sources.walk import Found, files_of, is_synthetic, lying_among

Progress = Callable[[str, int, int], None]
__all__ = ["Fault", "Inputs", "Reading", "holds_month", "layouts", "open_inputs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What the files given amount to.

    Attributes:
        readings: What came of every file, used or not.
        editions: For each table, the Parquet files that together hold it.
    """

    readings: tuple[Reading, ...]
    editions: Mapping[type[Table], tuple[Path, ...]]


def layouts() -> list[Layout]:
    """Return every documented layout of published files, in order of reader."""
    return list(LAYOUTS)


def open_inputs(
    paths: Sequence[Path],
    *,
    store: Path | None = None,
    mapping: Path | None = None,
    progress: Progress | None = None,
    thorough: bool = False,
) -> Inputs:
    """Recognise and read every file of the inputs, each for what it holds.

    A file that cannot be used becomes a reading with an error beside the good ones.

    Args:
        paths: Files and folders.
        store: Where editions are kept; the user's cache folder if not given.
        mapping: A mapping file for staff-record extracts with other column names;
            `mapping.toml` in a folder of the inputs if not given.
        progress: Called with the file's name, how many are done, and how many there
            are.
        thorough: Whether to check every value of large Parquet files too.

    Raises:
        InputNotFoundError: If an input does not exist, or a folder is empty.
        LayoutError: If the mapping file is wrong.
        OutputError: If the store cannot be written.
    """
    paths = [Path(path) for path in paths]
    found = files_of(paths)
    mapping = mapping or lying_among(paths, MAPPING_FILE, "--mapping")
    columns = read_mapping(mapping)
    with _Room(store, columns, mapping, thorough) as room:
        readings: list[Reading] = []
        for done, one in enumerate(found):
            if progress:
                progress(one.file, done, len(found))
            readings.append(_read(one, room))
        if progress:
            progress("done", len(found), len(found))
        settled, editions = settle(readings, room.store, lambda: room.database)
        room.store.remember()
    return Inputs(readings=settled, editions=editions)


class _Room:
    """What reading needs, each made when first asked for: store, engine, key."""

    def __init__(
        self,
        folder: Path | None,
        mapping: StaffMapping,
        file: Path | None,
        thorough: bool,
    ) -> None:
        self.store = Store(folder)
        self.mapping = mapping
        self.thorough = thorough
        self._key = pseudonym_key(self.store.folder)
        told = [reader_version(), hashlib.sha256(self._key).hexdigest()]
        told += [digest(file)] if file else []
        self.version = hashlib.sha256("".join(told).encode()).hexdigest()[:16]
        self._database: duckdb.DuckDBPyConnection | None = None
        # A folder of its own: two runs at once must not share their spilled files.
        self._spill = self.store.folder / f".spill-{os.getpid()}-{id(self)}"

    def __enter__(self) -> _Room:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._database is not None:
            self._database.close()
            shutil.rmtree(self._spill, ignore_errors=True)

    @property
    def database(self) -> duckdb.DuckDBPyConnection:
        """An engine in memory; what is too large spills into the store's folder."""
        if self._database is None:
            self._database = duckdb.connect(":memory:")
            spill = str(self._spill).replace("'", "''")
            self._database.execute(f"SET temp_directory = '{spill}'")
            set_key(self._database, self._key)
        return self._database


def _read(found: Found, room: _Room) -> Reading:
    """Read one file, from the store if it was read before."""
    blank = Reading(file=found.file, path=found.path, error=found.reason)
    if found.reason:
        return blank
    try:
        sha256 = room.store.digest(found.path)
    except OSError as fault:
        return _failed(
            blank,
            UnreadableFileError(
                f"The file cannot be opened: {fault.strerror}.",
                remedy="Check that you may read it.",
            ),
        )
    blank = replace(blank, sha256=sha256, synthetic=is_synthetic(found.path))
    month = room.mapping.of_file(found.path.name).always.get("month", "")
    key = f"{sha256[:32]}-{room.version}{month and f'-{month}'}"
    try:
        kept = room.store.find(key)
        if kept is None or kept.get("thorough", True) < room.thorough:
            kept = _read_anew(found, key, sha256, room, anew=kept is not None)
        return manifest.reading(blank, kept, room.store.edition(key))
    except OutputError:
        raise
    except SkillmixError as fault:
        return _failed(blank, fault)
    except duckdb.Error as fault:
        return _failed(blank, _engine_error(fault))
    except (OSError, ValueError, csv.Error, pa.ArrowException):
        # Whatever a damaged file provokes, the good files beside it are still read.
        return _failed(blank, UnreadableFileError("The file cannot be read."))


def _read_anew(
    found: Found, key: str, sha256: str, room: _Room, *, anew: bool
) -> Mapping[str, object]:
    before = found.path.stat()
    made: Route = route(found.path, room)
    after = found.path.stat()
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if same and after.st_size < HASHED_WHOLE:
        same = digest(found.path) == sha256
    if not same:
        raise UnreadableFileError(
            "The file changed while it was read.",
            remedy="Wait until it is written, or copy it elsewhere, and run again.",
        )
    return manifest.keep(made, key, found.file, sha256, room, anew=anew)


def _failed(blank: Reading, fault: SkillmixError) -> Reading:
    return replace(blank, error=f"{fault.what} {fault.remedy}", used=False)


def _engine_error(fault: duckdb.Error) -> SkillmixError:
    if isinstance(fault, duckdb.OutOfMemoryException):
        return UnreadableFileError(
            "There is not enough memory or disk to read the file.",
            remedy="Close other programs, or read fewer months at once.",
        )
    return UnreadableFileError(
        "The file could not be read by the query engine.",
        remedy="Open the file to see whether it is complete, then save it again.",
    )
