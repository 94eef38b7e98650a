"""The workbook as an OpenDocument spreadsheet, with the same sheets and tables.

Written here rather than by a library: the file is four small XML parts, must be
the same bytes for the same plan, and must name its headings, tables and language,
which the libraries that could write it leave to the caller or leave out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from skillmix.report.workbook.model import (
    LANGUAGE,
    Sheet,
    SheetCell,
    SheetColumn,
    Workbook,
)

MIME = "application/vnd.oasis.opendocument.spreadsheet"
DECIMALS = 5
LETTER_INCHES = 0.088
LINES_WIDTH = 100
STAMP = (1980, 1, 1, 0, 0, 0)
_SPACES = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
) + " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("number", "datastyle"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def ods_bytes(plan: Workbook) -> bytes:
    """Return the workbook as the bytes of an ODS file, the same for the same plan."""
    parts = {
        "content.xml": _content(plan),
        "styles.xml": _styles(),
        "meta.xml": _meta(plan),
        "META-INF/manifest.xml": _manifest(),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        # The type comes first and uncompressed, so that it can be read as magic.
        archive.writestr(zipfile.ZipInfo("mimetype", STAMP), MIME, zipfile.ZIP_STORED)
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, STAMP)
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _content(plan: Workbook) -> str:
    widths = sorted({c.width for s in plan.sheets if s.table for c in s.table.columns})
    columns = "".join(map(_column_style, (*widths, LINES_WIDTH)))
    tables = "".join(_sheet(sheet) for sheet in plan.sheets)
    ranges = "".join(_range(sheet) for sheet in plan.sheets if sheet.table)
    return (
        f'{_HEAD}<office:document-content office:version="1.3" {_SPACES}>'
        f"<office:automatic-styles>{columns}{_OPTIMAL}{_PAGED}"
        "</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}"
        f"<table:database-ranges>{ranges}</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _column_style(width: int) -> str:
    inches = width * LETTER_INCHES
    return (
        f'<style:style style:name="w{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{inches:.3f}in"/>'
        "</style:style>"
    )


def _sheet(sheet: Sheet) -> str:
    rows = [_row([_text(sheet.title, "Heading_20_1")])]
    line = "Line" if sheet.table else "Wrapped"
    rows += [_row([_text(words, line)]) for words in sheet.lines]
    columns = [f'<table:table-column table:style-name="w{LINES_WIDTH}"/>']
    if sheet.table:
        columns = [
            f'<table:table-column table:style-name="w{c.width}"/>'
            for c in sheet.table.columns
        ]
        heads = [
            _text(c.heading, "NumberHead" if c.numeric else "Head")
            for c in sheet.table.columns
        ]
        rows.append(f"<table:table-header-rows>{_row(heads)}</table:table-header-rows>")
        rows += [
            _row(list(_cells(row, sheet.table.columns))) for row in sheet.table.rows
        ]
    name = quoteattr(sheet.name)
    inner = "".join((*columns, *rows))
    return (
        f'<table:table table:name={name} table:style-name="paged">{inner}</table:table>'
    )


def _row(cells: list[str]) -> str:
    return f'<table:table-row table:style-name="ro">{"".join(cells)}</table:table-row>'


def _cells(
    row: tuple[SheetCell, ...], columns: tuple[SheetColumn, ...]
) -> Iterator[str]:
    for cell, column in zip(row, columns, strict=True):
        if not isinstance(cell.value, str):
            yield (
                f'<table:table-cell table:style-name="Number{cell.decimals}" '
                f'office:value-type="float" office:value="{cell.value!r}">'
                f"<text:p>{cell.value:,.{cell.decimals}f}</text:p></table:table-cell>"
            )
        elif cell.link:
            yield _text(cell.value, "Link", href=f"#'{cell.link}'.A1")
        else:
            yield _text(cell.value, "Symbol" if column.numeric else "Wrapped")


def _text(words: str, style: str, href: str = "") -> str:
    shown = escape(words)
    if href:
        shown = (
            f'<text:a xlink:type="simple" xlink:href={quoteattr(href)}>{shown}</text:a>'
        )
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _range(sheet: Sheet) -> str:
    """Mark the sheet's table as a table, with its headings, and no filter buttons."""
    if sheet.table is None:
        return ""
    top = len(sheet.lines) + 2
    foot = top + len(sheet.table.rows)
    last = _letters(len(sheet.table.columns))
    where = f"'{sheet.name}'.A{top}:'{sheet.name}'.{last}{foot}"
    return (
        f"<table:database-range table:name={quoteattr(sheet.table.name)} "
        f"table:target-range-address={quoteattr(where)} "
        'table:contains-header="true" table:display-filter-buttons="false"/>'
    )


def _letters(count: int) -> str:
    letters = ""
    while count:
        count, place = divmod(count - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _styles() -> str:
    language, country = LANGUAGE.split("-")
    numbers = "".join(map(_number_style, range(DECIMALS + 1)))
    plain = "".join(
        f'<style:style style:name="{name}" style:family="table-cell" '
        f'style:parent-style-name="Default">{cell}{text}</style:style>'
        for name, cell, text in (
            ("Heading_20_1", "", _letters_of("16pt", bold=True)),
            ("Line", "", ""),
            ("Wrapped", _WRAP, ""),
            ("Head", _WRAP, _letters_of("12pt", bold=True)),
            ("NumberHead", _WRAP + _RIGHT, _letters_of("12pt", bold=True)),
            ("Symbol", _RIGHT, ""),
            ("Link", _WRAP, _LINKED),
        )
    )
    return (
        f'{_HEAD}<office:document-styles office:version="1.3" {_SPACES}>'
        '<office:styles><style:default-style style:family="table-cell">'
        '<style:text-properties fo:font-size="12pt" '
        f'fo:font-family="Arial" fo:language="{language}" fo:country="{country}"/>'
        '</style:default-style><style:style style:name="Default" '
        'style:family="table-cell"><style:table-cell-properties '
        'style:vertical-align="top"/><style:text-properties '
        'fo:font-family="Arial" fo:font-size="12pt"/></style:style>'
        f"{plain}{numbers}</office:styles>{_PAGE}</office:document-styles>"
    )


_OPTIMAL = (
    '<style:style style:name="ro" style:family="table-row">'
    '<style:table-row-properties style:use-optimal-row-height="true"/></style:style>'
)
_PAGED = (
    '<style:style style:name="paged" style:family="table" '
    'style:master-page-name="Wide"/>'
)
# One page wide when printed, with no header or footer.
_PAGE = (
    '<office:automatic-styles><style:page-layout style:name="wide">'
    '<style:page-layout-properties fo:page-width="11.69in" fo:page-height="8.27in" '
    'style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0"/>'
    "<style:header-style/><style:footer-style/></style:page-layout>"
    "</office:automatic-styles><office:master-styles><style:master-page "
    'style:name="Wide" style:page-layout-name="wide"><style:header '
    'style:display="false"/><style:footer style:display="false"/></style:master-page>'
    "</office:master-styles>"
)
_WRAP = '<style:table-cell-properties fo:wrap-option="wrap"/>'
_RIGHT = '<style:paragraph-properties fo:text-align="end"/>'
_LINKED = (
    '<style:text-properties fo:color="#0B5394" style:text-underline-style="solid"/>'
)


def _letters_of(size: str, *, bold: bool) -> str:
    weight = "bold" if bold else "normal"
    return (
        f'<style:text-properties fo:font-weight="{weight}" fo:font-size="{size}" '
        'fo:font-family="Arial"/>'
    )


def _number_style(decimals: int) -> str:
    return (
        f'<number:number-style style:name="n{decimals}"><number:number '
        f'number:decimal-places="{decimals}" number:min-decimal-places="{decimals}" '
        'number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
        f'<style:style style:name="Number{decimals}" style:family="table-cell" '
        f'style:parent-style-name="Default" style:data-style-name="n{decimals}">'
        f"{_RIGHT}</style:style>"
    )


def _meta(plan: Workbook) -> str:
    made = f"{plan.created.isoformat()}T00:00:00"
    return (
        f'{_HEAD}<office:document-meta office:version="1.3" {_SPACES}><office:meta>'
        f"<dc:title>{escape(plan.title)}</dc:title>"
        f"<dc:subject>{escape(plan.subject)}</dc:subject>"
        f"<meta:initial-creator>{escape(plan.author)}</meta:initial-creator>"
        f"<dc:creator>{escape(plan.author)}</dc:creator>"
        f"<meta:creation-date>{made}</meta:creation-date><dc:date>{made}</dc:date>"
        f"<dc:language>{LANGUAGE}</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" '
        f'manifest:media-type="{kind}"/>'
        for path, kind in (
            ("/", MIME),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
            ("meta.xml", "text/xml"),
        )
    )
    return (
        f'{_HEAD}<manifest:manifest manifest:version="1.3" {_SPACES}>'
        f"{entries}</manifest:manifest>"
    )
