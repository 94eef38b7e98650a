"""Files and folders as records: what each file is, is told by its content."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from skillmix.errors import InputNotFoundError, SkillmixError, UnreadableFileError
from skillmix.literature.reading.assemble import assemble
from skillmix.literature.reading.bibtex import MARKER as BIBTEX_MARKER
from skillmix.literature.reading.bibtex import read_bibtex
from skillmix.literature.reading.europe_pmc import read_europe_pmc
from skillmix.literature.reading.maps import database_patterns, tag_map
from skillmix.literature.reading.markup import read_xml
from skillmix.literature.reading.sheet import (
    Sheet,
    count_rows,
    csv_rows,
    read_table,
    workbook_rows,
)
from skillmix.literature.reading.tagged import (
    ERIC,
    MEDLINE,
    OVID,
    RIS,
    WEB_OF_SCIENCE,
    Grammar,
    entries,
)
from skillmix.literature.reading.text import LARGEST_FILE, decode
from skillmix.literature.record import FileReading, Note, Record, identified

Progress = Callable[[str, int, int], None]

DIALECTS = {
    "ris": "RIS",
    "medline": "PubMed text",
    "wos": "Web of Science text",
    "ovid": "Ovid text",
}
NO_EXPORT = "It holds no bibliographic records: no export known here looks so."


def read_exports(
    paths: Sequence[Path], *, progress: Progress = lambda *_: None
) -> tuple[FileReading, ...]:
    """Read every export among files and folders, and say what each file was.

    Records get their ids over all files together, in the order of file names.

    Args:
        paths: Files or folders; folders are read with all below them.
        progress: Told file, number done and number in all.

    Raises:
        InputNotFoundError: If a path does not exist or nothing is a file.
    """
    files = list(_files(paths))
    if not files:
        raise InputNotFoundError(
            "No file was found.",
            where=", ".join(str(p) for p in paths),
            remedy="Point to the exports, or to the folder that holds them.",
        )
    readings: list[FileReading] = []
    seen: dict[str, str] = {}
    for done, (shown, path) in enumerate(files):
        progress(shown, done, len(files))
        readings.append(_read(shown, path, seen))
    progress("", len(files), len(files))
    return _with_ids(readings)


def read_export(raw: bytes, *, file: str) -> FileReading:
    """Read the bytes of one export.

    Raises:
        UnreadableFileError: If they are damaged, or no text at all.
    """
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        return _workbook(raw, file)
    decoded = decode(raw)
    sheet = _tagged(decoded.text, file) or _marked(decoded.text, file)
    if sheet is None:
        return FileReading(file=file, status="no records", why=NO_EXPORT)
    return FileReading(
        file=file,
        status="read",
        dialect=sheet.dialect,
        encoding=decoded.encoding,
        markers=sheet.markers,
        records=sheet.records,
        notes=(*decoded.notes, *sheet.notes, *_missing(sheet.records)),
    )


def _files(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if not p.is_dir())
            for file in inside:
                shown = file.relative_to(path)
                if not any(part.startswith((".", "~$")) for part in shown.parts):
                    yield shown.as_posix(), file
        elif path.exists():
            yield path.name, path
        else:
            raise InputNotFoundError("There is no such file.", where=str(path))


def _read(shown: str, path: Path, seen: dict[str, str]) -> FileReading:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            # Reading a pipe would wait for somebody to write to it.
            raise UnreadableFileError(
                "It is no ordinary file (a pipe, socket or device).",
                remedy="Copy what it gives into a file.",
            )
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFileError(
                "The file is larger than 1 GB, which no export is.",
                remedy="Split it, or export fewer records at once.",
            )
        raw = path.read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        if raw and digest in seen:
            why = f"Its content is that of {seen[digest]}, which was read."
            return FileReading(file=shown, status="copy", why=why)
        seen[digest] = shown
        return read_export(raw, file=shown)
    except SkillmixError as fault:
        why = f"{fault.what} {fault.remedy}"
    except OSError as fault:
        why = f"It cannot be opened: {fault.strerror}."
    return FileReading(file=shown, status="unreadable", why=why)


def _with_ids(readings: Sequence[FileReading]) -> tuple[FileReading, ...]:
    known = iter(identified(r for reading in readings for r in reading.records))
    return tuple(
        replace(reading, records=tuple(next(known) for _ in reading.records))
        for reading in readings
    )


def _tagged(text: str, file: str) -> Sheet | None:
    """Read tagged lines in the grammar with most markers, if any has one."""
    counts = {g: len(g.marker.findall(text)) for g in (RIS, MEDLINE, OVID)}
    if re.search(r"(?m)^ER *$", text):
        counts[WEB_OF_SCIENCE] = len(WEB_OF_SCIENCE.marker.findall(text))
    if not counts[MEDLINE]:
        counts[ERIC] = len(ERIC.marker.findall(text))
    grammar = max(counts, key=lambda g: counts[g])
    if not counts[grammar]:
        return None
    found = entries(text, grammar)
    records: list[Record] = []
    context = ""
    for place, pairs in enumerate(found.pairs):
        context = found.preamble.get(place, context)
        records.append(
            assemble(
                [p for p in pairs if not p[0].startswith("<")],
                tag_map(grammar.family),
                file=file,
                position=place + 1,
                dialect=DIALECTS[grammar.family],
                split=_lines if grammar is WEB_OF_SCIENCE else _keyword_lines,
                database=_default_database(grammar, context),
            )
        )
    return Sheet(
        dialect=DIALECTS[grammar.family],
        markers=counts[grammar],
        records=tuple(records),
        notes=tuple(found.notes),
    )


def _default_database(grammar: Grammar, context: str) -> str:
    if grammar is WEB_OF_SCIENCE:
        return "Web of Science"
    for where, pattern, name in database_patterns():
        if where == "value" and context and pattern.search(context):
            return name
    return ""


def _keyword_lines(field: str, value: str) -> list[str]:
    # EndNote writes one keyword a line under a single tag.
    return value.split("\n") if field == "keywords" else [value]


def _lines(field: str, value: str) -> list[str]:
    if field == "keywords":
        return " ".join(value.split("\n")).split(";")
    return value.split("\n")


def _marked(text: str, file: str) -> Sheet | None:
    """Read BibTeX, XML, JSON or a table."""
    if text.lstrip().startswith("{"):
        return read_europe_pmc(text, file=file)
    if text.lstrip().startswith("<"):
        return read_xml(text, file=file)
    if BIBTEX_MARKER.search(text) and "=" in text:
        return read_bibtex(text, file=file)
    rows, closed = csv_rows(text)
    sheet = read_table(rows, file=file, markers=count_rows(text))
    if sheet is None or closed:
        return sheet
    note = Note(
        rule="a quote that is never closed",
        count=1,
        remedy="The last record may hold those after it; export the file again.",
    )
    return replace(sheet, notes=(*sheet.notes, note))


def _workbook(raw: bytes, file: str) -> FileReading:
    sheets = [
        sheet
        for rows in workbook_rows(raw)
        if (sheet := read_table(rows, file=file, markers=_filled(rows)))
    ]
    records = tuple(
        replace(record, position=n)
        for n, record in enumerate((r for s in sheets for r in s.records), 1)
    )
    if not sheets:
        return FileReading(file=file, status="no records", why=NO_EXPORT)
    return FileReading(
        file=file,
        status="read",
        dialect=sheets[0].dialect.replace("CSV", "workbook"),
        encoding="workbook",
        markers=sum(s.markers for s in sheets),
        records=records,
        notes=(*(n for s in sheets for n in s.notes), *_missing(records)),
    )


def _filled(rows: Sequence[Sequence[str]]) -> int:
    return len([1 for row in rows if "".join(row).strip()])


def _missing(records: Sequence[Record]) -> Iterator[Note]:
    untitled = sum(1 for r in records if not r.title)
    if untitled:
        yield Note(
            rule="records without a title in the export",
            count=untitled,
            remedy="They are searched by abstract and keywords only.",
        )
    undated = sum(1 for r in records if r.year is None)
    if undated:
        yield Note(rule="records without a year that can be read", count=undated)
