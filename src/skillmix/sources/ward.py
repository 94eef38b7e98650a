"""Planned and actual care hours by ward and month, as a trust returns them."""

from __future__ import annotations

from skillmix.schema.published import WardHours
from skillmix.sources.fields import (
    NOTHING_TO_DO,
    Check,
    Field,
    half_even,
    month,
    quoted,
    text,
    whole,
)
from skillmix.sources.layout import Layout

_MISSING = ("-",)


def _hours(registered: str, measure: str) -> Field:
    """Add the day's and the night's hours; missing if both are."""

    def shift(part: str) -> str:
        column = quoted(f"{part} {registered} {measure} Hrs")
        return "(" + half_even(f"nullif(replace({column}, ',', ''), '-')") + ")"

    day, night = shift("Day"), shift("Night")
    both = f"coalesce({day}, 0) + coalesce({night}, 0)"
    value = f"CASE WHEN {day} IS NOT NULL OR {night} IS NOT NULL THEN {both} END"
    return Field(
        source=f"Day {registered} {measure} Hrs",
        value=f"TRY_CAST({value} AS DECIMAL(12, 5))",
    )


LAYOUTS = (
    Layout(
        reader="ward_staffing",
        name="safe staffing return by ward, from April 2020",
        table=WardHours,
        publisher="the trust that returned it",
        licence="none stated",
        header=(
            *("Name", "Site Name", "Speciality 1", "Speciality 2"),
            *("Day Reg Planned Hrs", "Day Reg Actual Hrs"),
            *("Day Unreg Planned Hrs", "Day Unreg Actual Hrs"),
            *("Night Reg Planned Hrs", "Night Reg Actual Hrs"),
            *("Night Unreg Planned Hrs", "Night Unreg Actual Hrs"),
            *("Patient Count At Midnight", "Missing Census Count"),
            *("Division", "Month"),
        ),
        fields={
            "month": month("Month", "%d/%m/%Y"),
            "site": text("Site Name"),
            "ward": text("Name"),
            "specialty": text("Speciality 1", missing=_MISSING),
            "registered_planned": _hours("Reg", "Planned"),
            "registered_actual": _hours("Reg", "Actual"),
            "unregistered_planned": _hours("Unreg", "Planned"),
            "unregistered_actual": _hours("Unreg", "Actual"),
            "patient_days": whole(
                "Patient Count At Midnight", missing=_MISSING, commas=True
            ),
        },
        suppressed="none is suppressed",
        zero="printed as 0; a dash is a missing value",
        checks=(
            Check(
                rule="no patient at midnight all month: not a ward with beds",
                column="Patient Count At Midnight",
                broken="patient_days = 0",
                remedy=NOTHING_TO_DO,
                intended=True,
            ),
        ),
    ),
)
