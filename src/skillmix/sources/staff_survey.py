"""The NHS Staff Survey: the detailed spreadsheets, and results by organisation.

Question numbers change from year to year; `registers/survey_questions.csv` brings
them to one slug each and says which answers count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skillmix.schema.registers import register
from skillmix.schema.survey import SurveyAnswer
from skillmix.sources.fields import label, number, text, whole
from skillmix.sources.labels import folded, label_map
from skillmix.sources.layout import Layout, Sheet

_TITLE = re.compile(r"National NHS Staff Survey (\d{4})")
_FEWEST = 11
_HEADER = tuple(SurveyAnswer.columns())
_BASE = "base (number of respondents)"
_FIELDS = {
    "survey": text("survey"),
    "year": whole("year"),
    "employer": text("employer"),
    "employer_type": label("employer_type", "survey_trust_types"),
    "occupation": label("occupation", "survey_occupations"),
    "question": text("question"),
    "base": whole("base", missing=("NA", "<NA>", "-")),
    "percent": number("percent", missing=("NA", "<NA>", "-")),
}
_MISSING = ("", "NA", "<NA>", "-")


def detailed(sheet: Sheet) -> tuple[list[str], Sheet] | None:
    """Turn a detailed spreadsheet into one row for each group and question.

    Rows of religions and other groups that the table has no place for are left to
    the label maps, which pass them over.

    Returns:
        The header and the rows, or nothing if the sheet is no such spreadsheet.
    """
    top = " ".join(cell for row in sheet[:3] for cell in row[:2])
    year = _TITLE.search(top)
    if year is None or len(sheet) < 6:
        return None
    found = list(_questions(sheet[:5], int(year[1])))
    if not found:
        return None
    rows = [
        ["detailed", year[1], "all", *_group(row), slug, *answer]
        for row in sheet[5:]
        if any(row)
        for slug, counted, base in found
        if (answer := _answer(row, counted, base))
    ]
    return list(_HEADER), rows


def by_organisation(sheet: Sheet) -> tuple[list[str], Sheet] | None:
    """Turn one row for each organisation and year into one for each question."""
    header, *body = sheet
    place = {name: n for n, name in enumerate(header)}
    questions = [
        (r["question"], place[f"{r['derived']}_base"], place[f"{r['derived']}_rate"])
        for r in register("survey_questions")
        if r["derived"] and f"{r['derived']}_rate" in place
    ]
    code, year = place["ODS code"], place["Year"]
    kind = place["Benchmarking group"]
    rows = [
        [
            *("by_organisation", row[year], row[code], row[kind], "ALL STAFF"),
            *(slug, row[base], row[rate]),
        ]
        for row in body
        if len(row) == len(header)
        for slug, base, rate in questions
        if row[rate] not in _MISSING
    ]
    return list(_HEADER), rows


def _questions(
    heads: Sheet, year: int
) -> Iterator[tuple[str, tuple[int, ...], int | None]]:
    """Yield each known question with the columns it counts and that of its base."""
    width = max(map(len, heads))
    numbers = _carried(heads[0], width)
    items = _carried(heads[2], width)
    options = [*heads[3], *([""] * (width - len(heads[3])))]
    at: dict[str, list[int]] = {}
    for column in range(width):
        letter = re.match(r"([a-z])\)", items[column])
        name = f"{numbers[column]}{letter[1] if letter else ''}"
        at.setdefault(folded(name), []).append(column)
    for row in register("survey_questions"):
        columns = at.get(folded(row["id_2021" if year >= 2021 else "id_2018"]), [])
        wanted = {folded(answer) for answer in row["counted"].split("|")}
        counted = tuple(c for c in columns if folded(options[c]) in wanted)
        base = next((c for c in columns if folded(options[c]) == _BASE), None)
        if counted:
            yield row["question"], counted, base


def _carried(cells: Sequence[str], width: int) -> list[str]:
    """Fill the cells that a merged heading spans."""
    found: list[str] = []
    for column in range(width):
        cell = cells[column].strip() if column < len(cells) else ""
        is_number = re.match(r"Q\d+", cell) or column > 1
        found.append(cell if cell and is_number else (found[-1] if found else ""))
    return found


def _group(row: Sequence[str]) -> tuple[str, str]:
    """Return trust type and occupational group of a row, as printed."""
    name = next((cell.strip() for cell in row[:2] if cell.strip()), "")
    if folded(name) in label_map("survey_trust_types"):
        return name, "ALL STAFF"
    return "ALL TRUSTS", name


def _answer(
    row: Sequence[str], counted: Sequence[int], base: int | None
) -> tuple[str, str] | None:
    """Return base and per cent, or nothing where too few answered to be shown."""
    cells = [row[c] for c in counted if c < len(row)]
    if not cells or any(cell in _MISSING for cell in cells):
        return None
    people = row[base] if base is not None and base < len(row) else ""
    if people and float(people) < _FEWEST:
        return None
    return people, f"{sum(map(float, cells)):.5f}"


LAYOUTS = (
    Layout(
        reader="staff_survey_detailed",
        name="detailed spreadsheet of the NHS Staff Survey, 2018",
        table=SurveyAnswer,
        publisher="NHS Staff Survey Coordination Centre",
        header=_HEADER,
        fields=_FIELDS,
        suppressed="an empty cell where fewer than 11 answered",
        zero="printed as 0",
        tabulate=detailed,
        preference=2,
    ),
    Layout(
        reader="staff_survey_by_organisation",
        name="NHS Staff Survey by organisation, 2021 to 2024, derived",
        table=SurveyAnswer,
        publisher="a third party, from the NHS Staff Survey",
        licence="GPL-3",
        header=_HEADER,
        fields=_FIELDS,
        suppressed="NA, <NA> or a dash",
        zero="printed as 0",
        tabulate=by_organisation,
        told_by=(
            *("ODS code", "Year", "Benchmarking group", "Weighting"),
            *("Discrimination_public_rate",),
        ),
        preference=1,
    ),
)
