"""Documents: PDF, DOCX, plain text, tables of adverts. Macros and scripts stay shut."""

from __future__ import annotations

import csv
import io
import logging
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from skillmix.adverts.advert import Head
from skillmix.adverts.normalise import normalise, unescape
from skillmix.adverts.reading.compose import head_of, labelled, paired_lines
from skillmix.adverts.reading.limits import (
    MOST_PAGES,
    MOST_ROWS,
    UNPACKED_MEMBER,
    too_large,
)
from skillmix.adverts.reading.markup import plain
from skillmix.adverts.reading.part import ADVERT, DESCRIPTION, SPECIFICATION, Part
from skillmix.adverts.reading.pasted import pasted_page
from skillmix.adverts.reading.web import parse_xml
from skillmix.errors import UnreadableFileError
from skillmix.long_cells import cells_up_to

if TYPE_CHECKING:
    from pypdf import PageObject

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_COLUMNS = ("description", "advert", "text", "job description", "body", "details")
_GAP = re.compile(r" {2,}")
_SENTENCE = re.compile(r"[.!?]$|\battach|\bsee\b|\bread\b|\brefer", re.IGNORECASE)
# A first line that says what the document is, or whose, is not the post's title.
_NO_TITLE = re.compile(
    r"^(?:job |new )*(?:advert|vacancy|opportunit|description)|:|\b(?:NHS|trust|board"
    r"|ltd|limited|plc|council|charity|group)\b",
    re.IGNORECASE,
)
LONGEST_TITLE = 80
_COLUMNS = ("Essential", "Desirable")
MOST_HEAD_WORDS = 8
LEAST_PDF_TEXT = 40
LONG_ENOUGH = 30


def kind_of(file: str, text: str) -> str:
    """Tell an advert from a person specification or job description.

    The file's name decides, then the heading on the first lines.
    """
    name = re.sub(r"[_\W]+", " ", file.lower())
    for words in (name, *(t.lower() for t in _titles(text))):
        if re.search(r"person(?:al)? spec|\bps\b|personspec", words):
            both = re.search(r"job desc|\bjd\b|\bjdps\b|jd ps", words)
            return DESCRIPTION if both else SPECIFICATION
        if re.search(r"job description|jobdesc|\bjd\b", words):
            return DESCRIPTION
    return ADVERT


def _titles(text: str) -> list[str]:
    """Return what may be a document's title: short first lines that are no sentence."""
    lines = [line.strip(" •*#") for line in text.split("\n")[:6]]
    return [n for n in lines if 0 < len(n) < LONGEST_TITLE and not _SENTENCE.search(n)]


def plain_text(text: str, file: str) -> list[Part]:
    """Read plain text, with labelled lines at its top if it has them.

    Raises:
        UnreadableFileError: If there is nothing to read.
    """
    tidy = normalise(unescape(text))
    if len(tidy) < LONG_ENOUGH:
        raise UnreadableFileError(
            "The file holds no text to speak of.", remedy="Check the file."
        )
    lines = tidy.split("\n")
    pairs, rest = labelled(lines)
    kind = kind_of(file, tidy)
    if not pairs and (page := pasted_page(lines)):
        head, body = page.head, "\n".join(page.rest)
    elif pairs:
        head, body = head_of(pairs), "\n".join(rest)
    else:
        head, body = head_of(paired_lines(lines[:40])), tidy
    return [_document(file, "plain_text", kind, head, body)]


def word_document(data: bytes, file: str) -> list[Part]:
    """Read a DOCX file's paragraphs and tables; macros and objects are not opened.

    Raises:
        UnreadableFileError: If it is damaged or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            info = archive.getinfo("word/document.xml")
            if info.file_size > UNPACKED_MEMBER:
                raise too_large("A document", info.file_size, UNPACKED_MEMBER)
            with archive.open(info) as member:
                xml = member.read(UNPACKED_MEMBER + 1)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, OSError):
        raise UnreadableFileError(
            "The Word document is damaged or protected by a password.",
            remedy="Open it and save it anew as DOCX, without a password.",
        ) from None
    if len(xml) > UNPACKED_MEMBER:
        raise too_large("A document", len(xml), UNPACKED_MEMBER)
    body = parse_xml(xml).find(f"{_WORD}body")
    lines = list(_blocks(body)) if body is not None else []
    macros = any("vbaproject" in name.lower() for name in names)
    notes = ("It holds macros, which were not run.",) if macros else ()
    return _from_lines(lines, file, "word_document", notes)


def pdf_document(data: bytes, file: str) -> list[Part]:
    """Read a PDF file's text; scripts and attachments in it are not opened.

    Raises:
        UnreadableFileError: If it is damaged, locked, or a scan without text.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFileError(
                "The PDF is locked by a password.", remedy="Save it unlocked."
            )
        pages = [_page(page) for page in islice(reader.pages, MOST_PAGES)]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise _damaged_pdf() from fault
    except (IndexError, RecursionError, OverflowError, OSError, MemoryError) as fault:
        raise _damaged_pdf() from fault
    text = "\n".join(pages)
    if len("".join(text.split())) < LEAST_PDF_TEXT:
        raise UnreadableFileError(
            "The PDF is a scan without text, and was not read.",
            remedy="Run text recognition on it, or save the advert as HTML or DOCX.",
        )
    scripts = b"/JavaScript" in data or b"/JS" in data
    notes = ("It holds scripts, which were not run.",) if scripts else ()
    return _from_lines(_columns_apart(text.split("\n")), file, "pdf_document", notes)


def table_of_adverts(text: str, file: str) -> list[Part]:
    """Read a CSV file with one advert a row.

    Raises:
        UnreadableFileError: If no column holds the adverts' text.
    """
    sample = text[:20_000]
    delimiter = max(",", ";", "\t", key=sample.partition("\n")[0].count)
    try:
        with cells_up_to(UNPACKED_MEMBER):
            rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
            names = {str(n).strip().lower(): n for n in rows.fieldnames or ()}
            columns = [names[n] for n in _TEXT_COLUMNS if n in names]
            if not columns:
                raise UnreadableFileError(
                    "No column of the table holds adverts.",
                    remedy=f"Name it one of {', '.join(_TEXT_COLUMNS)}.",
                )
            return [
                _row(row, columns, f"{file}:{number}")
                for number, row in enumerate(islice(rows, MOST_ROWS), start=2)
                if any((row.get(c) or "").strip() for c in columns)
            ]
    except csv.Error:
        raise UnreadableFileError(
            "The table is damaged.", remedy="Save it again as CSV UTF-8."
        ) from None


def _row(row: Mapping[str, str | None], columns: Sequence[str], file: str) -> Part:
    pairs = [(str(k), v or "") for k, v in row.items() if k and isinstance(v, str)]
    body = "\n".join(plain(unescape(row.get(c) or "")) for c in columns)
    return Part(file=file, source="table", head=head_of(pairs), body=body)


def _from_lines(
    lines: Sequence[str], file: str, source: str, notes: tuple[str, ...]
) -> list[Part]:
    text = "\n".join(lines)
    if len(text.strip()) < LONG_ENOUGH:
        raise UnreadableFileError(
            "The document holds no text to speak of.", remedy="Check the file."
        )
    kind = kind_of(file, text)
    if page := pasted_page(lines):
        head, text = page.head, "\n".join(page.rest)
    else:
        head = head_of(paired_lines([line for line in lines if line.strip()][:80]))
    return [replace(_document(file, source, kind, head, text), notes=notes)]


def _document(file: str, source: str, kind: str, head: Head, body: str) -> Part:
    lines = {line.strip(" •:*").lower() for line in body.split("\n")}
    listed = bool(lines & {"essential", "essential criteria", "essential requirements"})
    specified = "person specification" in body.lower() and listed
    if kind == ADVERT and not head.title:
        title = next((t for t in _titles(body) if not _NO_TITLE.search(t)), "")
        head = replace(head, title=title)
    holds = (SPECIFICATION,) if specified or kind == SPECIFICATION else ()
    return Part(file=file, source=source, kind=kind, head=head, body=body, holds=holds)


def _blocks(body: Element) -> Iterator[str]:
    """Yield the lines of a document in order, tables as headed lists."""
    tables = list(body.iter(f"{_WORD}tbl"))
    inside = {id(node) for table in tables for node in table.iter() if node != table}
    for block in body.iter():
        if id(block) in inside:
            continue
        if block.tag == f"{_WORD}p" and (text := _paragraph(block)):
            yield text
        elif block.tag == f"{_WORD}tbl":
            rows = block.findall(f"{_WORD}tr")
            yield from _table(
                [[_cell(cell) for cell in row.findall(f"{_WORD}tc")] for row in rows]
            )


def _paragraph(block: Element) -> str:
    pieces: list[str] = []
    for node in block.iter():
        if node.tag == f"{_WORD}t":
            pieces.append(node.text or "")
        elif node.tag in (f"{_WORD}tab", f"{_WORD}br"):
            pieces.append(" ")
    listed = block.find(f"{_WORD}pPr/{_WORD}numPr") is not None
    text = "".join(pieces).strip()
    return f"• {text}" if listed and text else text


def _cell(cell: Element) -> str:
    texts = (_paragraph(p) for p in cell.iter(f"{_WORD}p"))
    return "\n".join(t for t in texts if t)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table as lines: a person specification by its columns, others by row."""
    places: dict[str, int] = {}
    for cells in rows:
        lowered = [c.strip().lower() for c in cells]
        heads = {
            kind: n
            for n, cell in enumerate(lowered)
            for kind in ("essential", "desirable")
            if cell.startswith(kind) and len(cell) < LONG_ENOUGH
        }
        if len(heads) > 1 or (heads and not places):
            places = heads
            continue
        if not places:
            yield from _plain_row(cells)
            continue
        label = next((c for n, c in enumerate(cells) if n not in places.values()), "")
        if label.strip():
            yield label.replace("\n", " ")
        for kind, place in places.items():
            items = cells[place].split("\n") if place < len(cells) else []
            if any(i.strip() for i in items):
                yield kind.title()
                yield from (f"• {i.strip(' •-')}" for i in items if i.strip())


def _plain_row(cells: Sequence[str]) -> Iterator[str]:
    told = [c.strip() for c in cells if c.strip()]
    if len(told) == 2 and len(told[0]) < LONG_ENOUGH and "\n" not in told[0]:
        yield f"{told[0].rstrip(':')}: {told[1]}"
    else:
        yield from (line for cell in told for line in cell.split("\n"))


def _page(page: PageObject) -> str:
    """Return a page's text as laid out, or in the order of the file if that fails."""
    try:
        return page.extract_text(extraction_mode="layout")
    except Exception:
        return page.extract_text()


def _columns_apart(lines: Sequence[str]) -> list[str]:
    """Part the columns of a person specification that were laid out side by side."""
    made: list[str] = []
    starts: tuple[int, int] | None = None
    held: dict[str, list[str]] = {}
    for line in [*lines, ""]:
        if found := _column_heads(line):
            made += _released(held)
            starts, held = found, {k: [] for k in _COLUMNS}
        elif starts is None:
            made.append(_GAP.sub(" ", line))
        elif _runs_across(line):
            made += [*_released(held), line.strip()]
            starts, held = None, {}
        else:
            label, *cells = _cut(line, starts)
            if label:
                made += [*_released(held), label]
                held = {k: [] for k in _COLUMNS}
            for kind, text in zip(_COLUMNS, cells, strict=True):
                if text:
                    _continue(held[kind], text)
    return [line for line in made + _released(held) if line.strip()]


def _column_heads(line: str) -> tuple[int, int] | None:
    """Return where a person specification's columns start, on the line of heads."""
    first, second = (line.lower().find(kind.lower()) for kind in _COLUMNS)
    heads = first >= 0 and second > first and len(line.split()) < MOST_HEAD_WORDS
    return (first, second) if heads else None


def _runs_across(line: str) -> bool:
    """Tell a line across all columns, which ends the table."""
    text = line.strip()
    long = len(text) > LONG_ENOUGH and not _GAP.search(text)
    return long and bool(line[:1].strip())


def _cut(line: str, starts: tuple[int, int]) -> tuple[str, str, str]:
    # Text may begin a little left of its heading.
    first, second = (max(start - 2, 0) for start in starts)
    return line[:first].strip(), line[first:second].strip(), line[second:].strip()


def _continue(items: list[str], text: str) -> None:
    """Add a line to a column: a new item, or the rest of the one above it."""
    opens = text[:1] in "•-" or text[:1].isupper() or not items
    if opens:
        items.append(text)
    else:
        items[-1] += f" {text}"


def _released(held: Mapping[str, list[str]]) -> list[str]:
    lines: list[str] = []
    for kind, items in held.items():
        if items:
            lines += [kind, *(f"• {i.strip(' •-')}" for i in items)]
    return lines


def _damaged_pdf() -> UnreadableFileError:
    return UnreadableFileError(
        "The PDF is damaged or cut short.",
        remedy="Download it again, or print it to a new PDF.",
    )
