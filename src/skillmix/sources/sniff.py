"""What kind of file this is, told from its first bytes and never from its name."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from skillmix.errors import UnreadableFileError

SNIFFED = 64 * 1024
# A heading that stands below more lines than these is not looked for.
HEADING_LINES = 10
LONGEST_LINE = 1024 * 1024
UNZIPPED_CAP = 2 * 1024**3
RATIO_CAP = 200
# Small parts of a workbook may be very repetitive without being a bomb.
RATIO_FROM = 16 * 1024**2
WORKBOOK_CAP = 512 * 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """The first look at a file.

    Attributes:
        kind: "parquet", "workbook", "text", "empty" or "other".
        what: For "other": what it is, in words.
        encoding: For text: "utf-8", "utf-16" or "cp1252".
        first: For text: the first line's cells.
        start: For text: its beginning.
        delimiter: For text: what parts the cells.
        skip: For text: lines of titles above `first`.
    """

    kind: str
    what: str = ""
    encoding: str = "utf-8"
    first: tuple[str, ...] = ()
    start: str = ""
    delimiter: str = ","
    skip: int = 0

    def below(self) -> Iterator[Sniffed]:
        """Yield this look again for each of the next lines, as if titles stood above.

        What a spreadsheet makes of a report begins with the report's name and date.
        """
        lines = self.start.splitlines()[1:HEADING_LINES]
        for place, line in enumerate(lines, 1):
            delimiter, cells = _cells(line)
            yield replace(self, first=cells, delimiter=delimiter, skip=place)


_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive: unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive: unpack it first"),
)


def sniff(path: Path) -> Sniffed:
    """Tell what a file is from at most 64 KB of it (1 MB if its first line is long).

    Raises:
        UnreadableFileError: If it cannot be opened, or its first line never ends.
    """
    try:
        with path.open("rb") as file:
            start = file.read(SNIFFED)
            if not start:
                return Sniffed(kind="empty")
            if start[:4] == b"PAR1":
                return Sniffed(kind="parquet")
            if start[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
                return Sniffed(kind="workbook")
            if start[:4] == b"PK\x03\x04":
                return _zipped(path)
            for magic, what in _MAGIC:
                if start.startswith(magic):
                    return Sniffed(kind="other", what=what)
            return _text(start, file)
    except OSError as fault:
        raise UnreadableFileError(
            f"The file cannot be opened: {fault.strerror}.",
            remedy="Check that it exists and that you may read it.",
        ) from None


def _text(start: bytes, file: BinaryIO) -> Sniffed:
    if b"\n" not in start and b"\r" not in start:
        start += file.read(LONGEST_LINE - len(start))
        if b"\n" not in start and len(start) >= LONGEST_LINE:
            raise UnreadableFileError(
                "The first line is longer than 1 MB, which no table of this kind has.",
                remedy="Save the data as CSV, one row a line.",
            )
    encoding, text = _decoded(start)
    if "\0" in text:
        return Sniffed(kind="other", what="binary data of no kind known here")
    delimiter, cells = _cells(text.splitlines()[0] if text.strip() else "")
    return Sniffed(
        kind="text", encoding=encoding, first=cells, start=text, delimiter=delimiter
    )


def _cells(line: str) -> tuple[str, tuple[str, ...]]:
    """Part a line into cells by the mark that parts it most, and tell the mark."""
    delimiter = max(",", ";", "\t", "|", key=line.count)
    try:
        cells = next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
    except csv.Error:
        # A cell of more than 131,072 characters: whatever it is, no heading.
        cells = []
    return delimiter if len(cells) > 1 else ",", tuple(c.strip() for c in cells)


def _decoded(start: bytes) -> tuple[str, str]:
    """Decode as UTF-16 if it says so, as UTF-8, else as Windows-1252."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # What "Unicode Text" of spreadsheets and reporting tools is.
        whole = start[: len(start) // 2 * 2]
        return "utf-16", whole.decode("utf-16", errors="replace")
    try:
        return "utf-8", start.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        # A character cut by the end of the sample is not a fault of the file.
        if fault.start >= len(start) - 3:
            return "utf-8", start[: fault.start].decode("utf-8-sig")
        return "cp1252", start.decode("cp1252", errors="replace")


def _zipped(path: Path) -> Sniffed:
    """Tell a workbook from other archives, and refuse one that would not fit."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if not any(n in names for n in ("xl/workbook.xml", "xl/workbook.bin")):
                if "content.xml" in names and "mimetype" in names:
                    _guard(archive, path)
                    return Sniffed(kind="workbook")
                what = "an archive or document: unpack it, or save the data as CSV"
                return Sniffed(kind="other", what=what)
            _guard(archive, path)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
        raise UnreadableFileError(
            "The workbook is damaged or cut short.",
            remedy="Download it again, or open it and save it anew.",
        ) from None
    return Sniffed(kind="workbook")


def _guard(archive: zipfile.ZipFile, path: Path) -> None:
    """Unpack every part without keeping it, because sizes in the list can lie."""
    total = 0
    packed = path.stat().st_size
    told = sum(part.file_size for part in archive.infolist())
    if told > UNZIPPED_CAP or (told > RATIO_FROM and told > RATIO_CAP * packed):
        raise _bomb()
    for part in archive.infolist():
        # Without this, reading stops at the size that the list claims.
        part.file_size = UNZIPPED_CAP + 1
        with archive.open(part) as stream:
            while chunk := stream.read(LONGEST_LINE):
                total += len(chunk)
                big = total > RATIO_FROM and total > RATIO_CAP * packed
                if total > UNZIPPED_CAP or big:
                    raise _bomb()


def _bomb() -> UnreadableFileError:
    return UnreadableFileError(
        "The workbook would unpack to far more than its size allows (a zip bomb).",
        remedy="Do not open it; ask its sender for the data as CSV.",
    )
