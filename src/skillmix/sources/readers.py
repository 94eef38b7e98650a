"""Every documented layout, and the files that are known but not read yet."""

from __future__ import annotations

from dataclasses import dataclass

from skillmix.sources import (
    core_pack,
    earnings,
    ethnicity,
    nationality,
    organisations,
    sickness,
    staff_survey,
    supplied,
    turnover,
    ward,
)
from skillmix.sources.layout import Layout, Sheet, plain

LAYOUTS: tuple[Layout, ...] = (
    *sickness.LAYOUTS,
    *turnover.LAYOUTS,
    *core_pack.LAYOUTS,
    *earnings.LAYOUTS,
    *ethnicity.LAYOUTS,
    *nationality.LAYOUTS,
    *ward.LAYOUTS,
    *organisations.LAYOUTS,
    *staff_survey.LAYOUTS,
    *supplied.LAYOUTS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A file that is recognised, and why it is not read.

    Attributes:
        what: What the file is.
        columns: Columns that tell it.
        sheets: Worksheets that tell it; all must be there.
        begins: Text its first lines hold.
    """

    what: str
    columns: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    begins: str = ""


_EXPORT = "bibliographic records, which `skillmix literature` reads"
KNOWN = (
    Known(what=_EXPORT, begins="TY  - "),
    Known(what=_EXPORT, begins="PMID- "),
    Known(what=_EXPORT, begins="VN  - Ovid"),
    Known(what=_EXPORT, columns=("Source title", "EID", "DOI")),
    Known(
        what=(
            "sickness absence by reason (its days repeat on every reason's row; "
            "the layout is known from code alone)"
        ),
        columns=("REASON", "FTE_DAYS_LOST", "FTE_DAYS_AVAILABLE"),
    ),
    Known(
        what="sickness absence in the layout before 2021 (no staff group)",
        columns=("FTE Days Sick", "FTE Days Available", "SA Rate (%)"),
    ),
    Known(
        what=(
            "staff group and organisation, long layout (totals and parts are mixed "
            "in it); use the Core files of the monthly pack"
        ),
        columns=("Org Code", "Staff Group Sort Order", "Data Type", "Total"),
    ),
    Known(
        what="a template of the earnings tables, which holds no figures",
        sheets=("Table 1 Raw 1", "Title sheet", "Notes"),
    ),
    Known(
        what="NHS Staff Survey, a sheet without the questions that are read",
        begins="National NHS Staff Survey",
    ),
    Known(
        what="NHS Staff Survey by organisation, without the questions that are read",
        columns=("ODS code", "Year", "Benchmarking group", "Weighting"),
    ),
    Known(
        what=(
            "share of each trust's activity by integrated care system, a look-up; "
            "boards are taken from the other files"
        ),
        sheets=("Trust_ICS_weights_suppressed",),
    ),
    Known(
        what="paths of organisation mergers from 2000 to 2018, a look-up",
        columns=("old_code", "final_code", "experiences_split"),
    ),
    Known(
        what="old and new names of trusts, a look-up",
        columns=("Name_scraped", "Name_bed_occupancy"),
    ),
    Known(
        what="organisation attributes, a look-up made by a third party",
        columns=("OrganisationCode", "CanonicalOrganisationName", "ReportingCohort"),
    ),
)


def known_text(header: tuple[str, ...], start: str) -> str:
    """Say what a text file is, if it is known and not read; empty if it is not."""
    present = {plain(name) for name in header}
    for known in KNOWN:
        wanted = {plain(name) for name in known.columns}
        if wanted and wanted <= present:
            return known.what
        if known.begins and known.begins in start[:2000]:
            return known.what
    if start.lstrip()[:1] in ("{", "["):
        return "structured settings or metadata (JSON)"
    return ""


def is_prose(header: tuple[str, ...], start: str) -> bool:
    """Tell whether a text is no table at all, to judge by its first line."""
    wordy = len(header) < 2 or any(len(cell.split()) > 8 for cell in header)
    return bool(start.strip()) and wordy


def known_workbook(names: tuple[str, ...], first: Sheet) -> str:
    """Say what a workbook is, if it is known and not read."""
    text = " ".join(cell for row in first[:3] for cell in row)
    for known in KNOWN:
        if known.sheets and set(known.sheets) <= set(names):
            return known.what
        if known.begins and known.begins in text:
            return known.what
    return ""
