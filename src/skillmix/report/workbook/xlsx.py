"""The workbook as XLSX: marked tables, heading styles, words never run as formulas."""

from __future__ import annotations

import datetime as dt
import io
import re
import textwrap
import zipfile
from collections.abc import Iterable
from typing import Any

from skillmix.report.workbook.model import LANGUAGE, Sheet, SheetCell, Workbook

FONT, SIZE, TITLE = "Arial", 12, 16
LINK_INK = "#0B5394"
LINES_WIDTH = 100
LINE_POINTS = 15.5
A4 = 9
# Written strings stay strings: no formula, number or address is made of one.
AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def xlsx_bytes(plan: Workbook) -> bytes:
    """Return the workbook as the bytes of an XLSX file, the same for the same plan."""
    import xlsxwriter

    written = io.BytesIO()
    with xlsxwriter.Workbook(written, AS_WRITTEN) as book:
        _set_properties(book, plan)
        styles = _Styles(book)
        for sheet in plan.sheets:
            _write_sheet(book, styles, sheet)
    return _with_heading_style(written.getvalue())


class _Styles:
    """The few formats a workbook has, each made once."""

    def __init__(self, book: Any) -> None:
        plain = {"font_name": FONT, "font_size": SIZE, "valign": "top"}
        book.formats[0].set_font_name(FONT)
        book.formats[0].set_font_size(SIZE)
        self.title = book.add_format({**plain, "bold": True, "font_size": TITLE})
        self.line = book.add_format(plain)
        self.wrapped = book.add_format({**plain, "text_wrap": True})
        bold = {**plain, "bold": True, "text_wrap": True}
        self.head = book.add_format(bold)
        self.number_head = book.add_format({**bold, "align": "right"})
        self.symbol = book.add_format({**plain, "align": "right"})
        linked = {"font_color": LINK_INK, "underline": 1, "text_wrap": True}
        self.link = book.add_format({**plain, **linked})
        self._book, self._plain = book, plain
        self._numbers: dict[int, Any] = {}

    def number(self, decimals: int) -> Any:
        """Return the format of numbers with so many decimals."""
        if decimals not in self._numbers:
            shown = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals] = self._book.add_format(
                {**self._plain, "num_format": shown, "align": "right"}
            )
        return self._numbers[decimals]


def _set_properties(book: Any, plan: Workbook) -> None:
    made = dt.datetime.combine(plan.created, dt.time())
    book.set_properties(
        {
            "title": plan.title,
            "subject": plan.subject,
            "author": plan.author,
            "created": made,
        }
    )
    book.set_custom_property("Language", LANGUAGE, "text")


def _write_sheet(book: Any, styles: _Styles, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, sheet.title, styles.title)
    # Programs that do not work out heights would cut the title.
    page.set_row(0, TITLE * 1.6)
    style = styles.line if sheet.table else styles.wrapped
    for n, line in enumerate(sheet.lines, start=1):
        page.write_string(n, 0, line, style)
        if sheet.table is None:
            page.set_row(n, _height([(line, LINES_WIDTH)]))
    table = sheet.table
    if table is None:
        page.set_column(0, 0, LINES_WIDTH)
        return
    top = len(sheet.lines) + 1
    page.add_table(
        top,
        0,
        top + len(table.rows),
        len(table.columns) - 1,
        {
            "name": table.name,
            "style": None,
            "autofilter": False,
            "columns": [
                {
                    "header": column.heading,
                    "header_format": styles.number_head
                    if column.numeric
                    else styles.head,
                }
                for column in table.columns
            ],
        },
    )
    for n, column in enumerate(table.columns):
        page.set_column(n, n, column.width)
    widths = [column.width for column in table.columns]
    heads = [column.heading for column in table.columns]
    page.set_row(top, _height(zip(heads, widths, strict=True)))
    for down, row in enumerate(table.rows, start=top + 1):
        words = [cell.value if isinstance(cell.value, str) else "" for cell in row]
        page.set_row(down, _height(zip(words, widths, strict=True)))
        for across, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _write_cell(page, styles, down, across, cell, numeric=column.numeric)


def _write_cell(
    page: Any,
    styles: _Styles,
    down: int,
    across: int,
    cell: SheetCell,
    *,
    numeric: bool,
) -> None:
    if not isinstance(cell.value, str):
        page.write_number(down, across, cell.value, styles.number(cell.decimals))
    elif cell.link:
        target = f"internal:'{cell.link}'!A1"
        page.write_url(down, across, target, styles.link, cell.value)
    else:
        style = styles.symbol if numeric else styles.wrapped
        page.write_string(down, across, cell.value, style)


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """Return the height a row needs for its wrapped words, in points.

    Not every program works it out when the file is opened.
    """
    most = max(_lines(words, max(width - 2, 4)) for words, width in cells)
    return LINE_POINTS * max(most, 1) + 2


def _lines(words: str, width: int) -> int:
    # Nearly all cells hold a number or a word, and breaking lines takes its time.
    return 1 if len(words) <= width else len(textwrap.wrap(words, width))


def _with_heading_style(data: bytes) -> bytes:
    """Return the file with its titles in Excel's own "Heading 1" style.

    XlsxWriter writes formats but no named styles, and it is the name that a screen
    reader announces; so the style is added to the file's style sheet afterwards.
    """
    source = zipfile.ZipFile(io.BytesIO(data))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "xl/styles.xml":
                content = _titled(content.decode()).encode()
            target.writestr(item, content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _titled(styles: str) -> str:
    fonts = re.findall(r"<font>.*?</font>", styles)
    font = next(n for n, text in enumerate(fonts) if f'<sz val="{TITLE}"/>' in text)
    styles, place = _append(
        styles,
        "cellStyleXfs",
        f'<xf numFmtId="0" fontId="{font}" fillId="0" borderId="0"/>',
    )
    named = f'<cellStyle name="Heading 1" xfId="{place}" builtinId="16"/>'
    styles, _ = _append(styles, "cellStyles", named)
    head, cells, rest = re.split(r"(<cellXfs.*?</cellXfs>)", styles, flags=re.DOTALL)
    marked = re.sub(
        rf'(fontId="{font}" fillId="0" borderId="0" xfId=)"0"', rf'\1"{place}"', cells
    )
    return f"{head}{marked}{rest}"


def _append(styles: str, group: str, entry: str) -> tuple[str, int]:
    """Add an entry to a counted group of the style sheet; return its place too."""
    found = re.search(rf'<{group} count="(\d+)">', styles)
    count = int(found[1]) if found else 0
    styles = styles.replace(
        f'<{group} count="{count}">', f'<{group} count="{count + 1}">', 1
    )
    return styles.replace(f"</{group}>", f"{entry}</{group}>", 1), count
