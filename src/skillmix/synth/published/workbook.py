"""A workbook of one sheet, written plainly so that the bytes never change."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_MOMENT = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def write_workbook(
    target: Path, sheet: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write one sheet: numbers as numbers, everything else as text."""
    temporary = target.with_name(f".{target.name}.part")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _frame(sheet).items():
            archive.writestr(_entry(name), text)
        body = "".join(_row(row) for row in (header, *rows))
        sheet_xml = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>'
        archive.writestr(_entry("xl/worksheets/sheet1.xml"), f"{sheet_xml}</worksheet>")
    temporary.replace(target)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _row(cells: Sequence[object]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def _frame(sheet: str) -> dict[str, str]:
    """Return the parts that every workbook needs around its sheet."""
    office = f"{_LINKS}/officeDocument"
    return {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" '
            f'ContentType="{_TYPE}.sheet.main+xml"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{_TYPE}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": _links({"rId1": (office, "xl/workbook.xml")}),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
            f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _links(
            {"rId1": (f"{_LINKS}/worksheet", "worksheets/sheet1.xml")}
        ),
    }


def _links(links: dict[str, tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, (kind, target) in links.items()
    )
    named = f'xmlns="{_PACKAGE}/relationships"'
    return f"{_HEAD}<Relationships {named}>{inner}</Relationships>"
