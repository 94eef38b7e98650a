"""Staff-in-post files of the monthly workforce pack: Core 1, Core 5 and Core 14."""

from __future__ import annotations

from skillmix.schema.published import GradeCount, MentalHealthFte, MonthlyFte
from skillmix.sources.fields import (
    NOTHING_TO_DO,
    Check,
    Field,
    formula,
    label,
    month,
    number,
    text,
    whole,
    without_prefix,
)
from skillmix.sources.layout import Layout
from skillmix.sources.turnover import ABSENT, NO_ROW

_PLACE = (
    *("DATA_MONTH", "DATA_LEVEL", "NHSE_REGION_CODE", "NHSE_REGION_NAME"),
    *("ICS_CODE", "ICS_NAME", "ORG_CODE", "ORG_NAME"),
)
_MONTH = month("DATA_MONTH", "%Y-%m-%d", "%d/%m/%Y")
# A level above the organisation has its own name, or "All ...", in the columns below.
_TOTALS = ("All", "All NHSE regions", "All ICS areas", "All organisations")
_GROUP_OR_MAIN = Field(
    source="STAFF_GROUP_1",
    labels="staff_groups",
    otherwise="MAIN_STAFF_GROUP",
    when="All staff groups",
)

LAYOUTS = (
    Layout(
        reader="core_1",
        name="Core 1: staff group by level, from October 2025",
        table=MonthlyFte,
        publisher="NHS England",
        header=(*_PLACE, "MAIN_STAFF_GROUP", "STAFF_GROUP_1", "FTE"),
        fields={
            "month": _MONTH,
            "level": label("DATA_LEVEL", "levels"),
            "place": formula(
                "CASE lower(trim(\"DATA_LEVEL\")) WHEN 'organisation' THEN {0}"
                " WHEN 'ics area' THEN \"ICS_CODE\""
                " WHEN 'nhs england region' THEN \"NHSE_REGION_CODE\""
                " ELSE 'england' END",
                "ORG_CODE",
            ),
            "staff_group": _GROUP_OR_MAIN,
            "fte": number("FTE"),
        },
        suppressed=ABSENT,
        zero=NO_ROW,
        certainty="inferred",
    ),
    Layout(
        reader="core_5",
        name="Core 5: care setting, level and grade, from October 2025",
        table=GradeCount,
        publisher="NHS England",
        header=(
            *(*_PLACE, "MAIN_STAFF_GROUP", "STAFF_GROUP_1", "STAFF_GROUP_2"),
            *("CARE_SETTING", "LEVEL", "GRADE", "FTE", "HEADCOUNT"),
        ),
        fields={
            "month": _MONTH,
            "region": label("NHSE_REGION_CODE", "regions"),
            "icb": text("ICS_CODE"),
            "employer": text("ORG_CODE"),
            "employer_name": text("ORG_NAME"),
            "staff_group": Field(
                source="STAFF_GROUP_1",
                value=without_prefix("").value,
                labels="staff_groups",
            ),
            "detailed_group": without_prefix("STAFF_GROUP_2"),
            "care_setting": without_prefix("CARE_SETTING"),
            "job_level": without_prefix("LEVEL"),
            "band": label("GRADE", "bands"),
            "fte": number("FTE"),
            "headcount": whole("HEADCOUNT"),
        },
        suppressed=ABSENT,
        zero=NO_ROW,
        certainty="excerpt",
        checks=(
            Check(
                rule="not at organisation level: a total of rows given elsewhere",
                column="DATA_LEVEL",
                broken="file_DATA_LEVEL <> 'Organisation'",
                remedy=NOTHING_TO_DO,
                intended=True,
            ),
        ),
    ),
    Layout(
        reader="core_14",
        name="Core 14: mental health workforce, from October 2025",
        table=MentalHealthFte,
        publisher="NHS England",
        header=(
            *(*_PLACE, "MAIN_STAFF_GROUP", "STAFF_GROUP_1"),
            *("CARE_SETTING_OR_SPECIALTY", "PRIMARY_AREA_OF_WORK"),
            *("SECONDARY_AREA_OF_WORK", "TERTIARY_AREA_OF_WORK"),
            *("MENTAL_HEALTH_CLASSIFICATION", "FTE"),
        ),
        fields={
            "month": _MONTH,
            "level": label("DATA_LEVEL", "levels"),
            "region": label("NHSE_REGION_CODE", "regions", missing=_TOTALS),
            "icb": text("ICS_CODE", missing=_TOTALS),
            "employer": text("ORG_CODE", missing=_TOTALS),
            "employer_name": text("ORG_NAME", missing=_TOTALS),
            "staff_group": _GROUP_OR_MAIN,
            "care_setting": text("CARE_SETTING_OR_SPECIALTY"),
            "primary_area": text("PRIMARY_AREA_OF_WORK"),
            "secondary_area": text("SECONDARY_AREA_OF_WORK"),
            "area_of_work": text("TERTIARY_AREA_OF_WORK"),
            "classification": label(
                "MENTAL_HEALTH_CLASSIFICATION", "mental_health_classifications"
            ),
            "fte": number("FTE"),
        },
        suppressed=ABSENT,
        zero=NO_ROW,
        certainty="excerpt",
    ),
)
