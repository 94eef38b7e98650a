"""Empty files in the layout a supplied table is read from, with how to fill them.

Written as CSV and as a workbook. The example stands in the data dictionary, not
among the data, so that nobody's figures ever hold an invented row.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from skillmix.errors import OutputError, UnknownNameError
from skillmix.schema.supplied import SUPPLIED_TABLES
from skillmix.schema.table import Column, Table
from skillmix.sources.supplied import SHEET

DICTIONARY = ("column", "meaning", "type", "unit", "needed", "allowed", "example")
_TYPES = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "Decimal": "number",
    "bool": "yes or no",
    "date": "month, as 2020-06",
}


def template_names() -> tuple[str, ...]:
    """Return the names of the tables that have a template."""
    return tuple(table.name for table in SUPPLIED_TABLES)


def template_table(name: str) -> type[Table]:
    """Return the table of a template.

    Raises:
        UnknownNameError: With the nearest names, if there is none such.
    """
    for table in SUPPLIED_TABLES:
        if table.name == name:
            return table
    near = difflib.get_close_matches(name, template_names(), n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise UnknownNameError(
        f"There is no template '{name}'.",
        remedy=f"{hint}The templates are {', '.join(template_names())}.",
    )


def write_template(name: str, out: Path) -> tuple[Path, ...]:
    """Write the template as CSV, its data dictionary and both as a workbook.

    Args:
        name: Name of the table, for example "temporary_hours".
        out: Folder to write to; it is made if it is not there.

    Returns:
        The files written: data, data dictionary, workbook.

    Raises:
        UnknownNameError: If no table of that name has a template.
        OutputError: If a file is there already, or cannot be written.
    """
    table = template_table(name)
    header = tuple(table.columns())
    meanings = dictionary(table)
    paths = (
        out / f"{name}.csv",
        out / f"{name}-dictionary.csv",
        out / f"{name}.xlsx",
    )
    there = [path.name for path in paths if path.exists()]
    if there:
        raise OutputError(
            f"{', '.join(there)} is there already.",
            where=str(out.name),
            remedy="Choose another folder with --out, or move the file away.",
        )
    contents = (
        _csv([header]),
        _csv([DICTIONARY, *meanings]),
        _workbook(table, header, meanings),
    )
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, content in zip(paths, contents, strict=True):
            unfinished = path.with_name(f".{path.name}.part")
            unfinished.write_bytes(content)
            unfinished.replace(path)
    except OSError as fault:
        raise OutputError(
            f"The template could not be written: {fault.strerror}.", where=name
        ) from None
    return paths


def dictionary(table: type[Table]) -> tuple[tuple[str, ...], ...]:
    """Return what each column means, its type and rules, and an example."""
    example = worked_row(table)
    return tuple(
        (
            name,
            column.description,
            _TYPES[column.python_type.__name__],
            column.unit or "",
            "no" if column.nullable else "yes",
            _allowed(column),
            example[name],
        )
        for name, column in table.columns().items()
    )


def worked_row(table: type[Table]) -> dict[str, str]:
    """Return an invented row of the table, as a user would write it."""
    path = files("skillmix.sources").joinpath("worked_rows", f"{table.name}.csv")
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    return dict(next(reader))


def _allowed(column: Column) -> str:
    if column.vocabulary:
        return ", ".join(column.vocabulary)
    ends = (column.minimum, column.maximum)
    if ends != (None, None):
        least, most = (None if end is None else f"{end:g}" for end in ends)
        if least is None or most is None:
            return f"at most {most}" if least is None else f"{least} or more"
        return f"{least} to {most}"
    return f"of the form {column.pattern}" if column.pattern else ""


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    # With a byte-order mark Excel opens it as UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _workbook(
    table: type[Table], header: Sequence[str], meanings: Sequence[Sequence[str]]
) -> bytes:
    """Write data sheet, data dictionary and an example on a sheet of its own."""
    import xlsxwriter

    written = io.BytesIO()
    # Formulas and links stay text: an example must never run anything.
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        data = book.add_worksheet(SHEET)
        data.write_row(0, 0, header, strong)
        data.set_column(0, len(header) - 1, 18)
        data.freeze_panes(1, 0)
        told = book.add_worksheet("Data dictionary")
        told.write(0, 0, (table.__doc__ or "").partition("\n")[0], strong)
        told.write_row(1, 0, DICTIONARY, strong)
        for place, row in enumerate(meanings, 2):
            told.write_row(place, 0, row, plain)
        told.set_column(0, 0, 20)
        told.set_column(1, 1, 48)
        told.set_column(2, 6, 20)
        example = book.add_worksheet("Example")
        example.write(0, 0, "An invented row; write yours on the first sheet.", strong)
        example.write_row(1, 0, header, strong)
        example.write_row(2, 0, list(worked_row(table).values()))
        example.set_column(0, len(header) - 1, 18)
    return written.getvalue()
