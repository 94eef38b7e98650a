"""Staff by nationality: the long supplementary table and the two cross-tabs."""

from __future__ import annotations

import re

from skillmix.schema.published import NationalityFte, NationalityHeadcount
from skillmix.sources.fields import (
    formula,
    label,
    month,
    number,
    text,
    whole,
    without_footnote,
)
from skillmix.sources.layout import Layout, Sheet

PUBLISHER = "NHS Digital"
TITLE = re.compile(r"HCHS staff with an? .*nationality.* as at (\d+ \w+ \d{4})")
_HEADER = (
    *("as at", "region", "organisation", "code", "nationality group", "column"),
    "headcount",
)


def untangle(sheet: Sheet) -> tuple[list[str], Sheet] | None:
    """Turn a cross-tab with merged group headings into one row per figure.

    Returns:
        The header and the rows, or nothing if the sheet is no such cross-tab.
    """
    title = next((c for row in sheet[:1] for c in row if c), "")
    as_at = TITLE.search(title)
    head = next((n for n, r in enumerate(sheet[:12]) if "All staff" in r), 0)
    if as_at is None or not head:
        return None
    first = sheet[head].index("All staff")
    groups = _carried(sheet[head - 1])
    rows: Sheet = []
    region = ""
    for row in sheet[head + 1 :]:
        figures = row[first:]
        if not figures or not figures[0]:
            continue
        names = [cell for cell in row[:first] if cell]
        # Only an organisation stands indented under its region, with its code.
        indented = not row[0]
        if not indented:
            region = names[-1]
        rows += [
            [
                *(as_at[1], region),
                *((names[0], names[-1]) if indented else ("", "")),
                *(groups[place], sheet[head][place], row[place]),
            ]
            for place in range(first, len(row))
            if sheet[head][place]
        ]
    return list(_HEADER), rows


def _carried(cells: list[str]) -> list[str]:
    """Fill the cells that a merged heading spans."""
    found: list[str] = []
    for cell in cells:
        found.append(re.sub(r"\d+$", "", cell) or (found[-1] if found else ""))
    return found


LAYOUTS = (
    Layout(
        reader="nationality",
        name="FTE by nationality and organisation, September 2017 and June 2018",
        table=NationalityFte,
        publisher=PUBLISHER,
        header=(
            *("Month", "Organisation code", "Organisation name", "Staff group"),
            *("Nationality", "FTE"),
        ),
        fields={
            "month": month("Month", "%Y-%b"),
            "employer": text("Organisation code"),
            "employer_name": text("Organisation name"),
            "staff_group": label("Staff group", "staff_groups"),
            "nationality": text("Nationality"),
            "fte": number("FTE"),
        },
        suppressed="none is suppressed; not rounded, though the notes say so",
        zero="the row is absent",
        sheet="Data",
    ),
    Layout(
        reader="nationality_cross_tab",
        name="EU and UK nationals by organisation, September 2016 and April 2017",
        table=NationalityHeadcount,
        publisher=PUBLISHER,
        header=_HEADER,
        fields={
            "month": month("as at", "%d %B %Y"),
            "level": formula(
                "CASE WHEN {0} IS NOT NULL THEN 'organisation'"
                " WHEN \"region\" = 'England' THEN 'england' ELSE 'region' END",
                "code",
            ),
            "region": text("region"),
            "employer": text("code"),
            "employer_name": text("organisation"),
            "nationality_group": label("nationality group", "nationality_groups"),
            "staff_group": without_footnote("column"),
            "headcount": whole("headcount", zero=("-",)),
        },
        suppressed="none is suppressed",
        zero="printed as a dash",
        sheet="final",
        tabulate=untangle,
    ),
)
