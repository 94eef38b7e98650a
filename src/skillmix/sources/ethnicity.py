"""Headcount by ethnic group, staff group and grade (Ethnicity facts and figures)."""

from __future__ import annotations

from skillmix.schema.published import EthnicityCount
from skillmix.sources.fields import Check, Field, label, month, text, whole
from skillmix.sources.layout import Layout

LAYOUTS = (
    Layout(
        reader="ethnicity_by_grade",
        name="NHS workforce by ethnicity, September 2009 to June 2022",
        table=EthnicityCount,
        publisher="NHS Digital, for Ethnicity facts and figures",
        header=(
            *("Time", "Ethnicity", "Ethnicity_type", "Staff_Group", "Role_Group"),
            *("Grade", "Value"),
        ),
        fields={
            "month": month("Time", "%Y-%m-%d", "%d/%m/%Y", "excel serial"),
            "ethnicity": label("Ethnicity", "ethnic_groups"),
            "staff_group": Field(source="Role_Group", labels="staff_groups"),
            "band": label("Grade", "bands"),
            "grade": text("Grade"),
            "headcount": whole("Value"),
        },
        suppressed="none is suppressed",
        zero="the row is absent",
        checks=(
            Check(
                rule="the total with unknown is printed for a group of one type",
                column="Ethnicity_type",
                broken=(
                    "ethnicity IN ('all_known', 'all_including_unknown')"
                    " AND file_Ethnicity_type <> 'All'"
                ),
                remedy="`All` has two meanings here; download the file again.",
            ),
        ),
        sheet="nhs-workforce-data-june-2022",
    ),
)
