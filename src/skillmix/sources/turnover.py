"""Turnover files of NHS England: joiners, leavers and their denominators."""

from __future__ import annotations

from skillmix.schema.published import TurnoverCount
from skillmix.sources.fields import (
    Field,
    absent,
    fixed,
    formula,
    label,
    number,
    text,
    whole,
)
from skillmix.sources.layout import Layout

ABSENT = "none is suppressed"
NO_ROW = "the row is absent"


def _period(part: int) -> Field:
    """Take one end of a period printed `202509 to 202510`."""
    return formula(
        f"CAST(TRY_STRPTIME(split_part({{0}}, ' to ', {part}), '%Y%m') AS DATE)",
        "PERIOD",
    )


_COUNTS = {
    "period_start": _period(1),
    "period_end": _period(2),
    "measure": label("TYPE", "turnover_measures"),
    "headcount": whole("HC"),
    "fte": number("FTE"),
}
# "All staff groups" within a main group is that main group's total.
_GROUP_OR_MAIN = Field(
    source="STAFF_GROUP",
    labels="staff_groups",
    otherwise="MAIN_STAFF_GROUP",
    when="All staff groups",
)

LAYOUTS = (
    Layout(
        reader="turnover_benchmarking",
        name="turnover by organisation and staff group, from October 2025",
        table=TurnoverCount,
        publisher="NHS England",
        header=(
            *("PERIOD", "TYPE", "NHSE_REGION_CODE", "NHSE_REGION_NAME", "ICS_CODE"),
            *("ICS_NAME", "REPORTING_ORG_NAME", "REPORTING_ORG_CODE"),
            *("CLUSTER_GROUP", "BENCHMARK_GROUP", "STAFF_GROUP_1_NAME", "HC", "FTE"),
        ),
        fields=_COUNTS
        | {
            "level": fixed("organisation"),
            "region": label("NHSE_REGION_CODE", "regions"),
            "icb": text("ICS_CODE"),
            "employer": text("REPORTING_ORG_CODE"),
            "employer_name": text("REPORTING_ORG_NAME"),
            "employer_type": label("BENCHMARK_GROUP", "employer_types"),
            "staff_group": label("STAFF_GROUP_1_NAME", "staff_groups"),
            "band": fixed("all_bands"),
            "age_band": fixed("all"),
        },
        suppressed=ABSENT,
        zero=NO_ROW,
    ),
    Layout(
        reader="turnover_1",
        name="Turnover 1: region and staff group, annual, from October 2025",
        table=TurnoverCount,
        publisher="NHS England",
        header=(
            *("PERIOD", "TYPE", "NHSE_REGION_CODE", "NHSE_REGION_NAME"),
            *("MAIN_STAFF_GROUP", "STAFF_GROUP", "HC", "FTE"),
        ),
        fields=_COUNTS
        | {
            "level": formula(
                "CASE WHEN {0} = 'All NHSE regions' THEN 'england' ELSE 'region' END",
                "NHSE_REGION_CODE",
            ),
            "region": label(
                "NHSE_REGION_CODE", "regions", missing=("All NHSE regions",)
            ),
            "icb": absent(),
            "employer": absent(),
            "employer_name": absent(),
            "employer_type": absent(),
            "staff_group": _GROUP_OR_MAIN,
            "band": fixed("all_bands"),
            "age_band": fixed("all"),
        },
        suppressed=ABSENT,
        zero=NO_ROW,
        certainty="excerpt",
        preference=2,
    ),
    Layout(
        reader="turnover_2",
        name="Turnover 2: staff group, grade and age, annual, from October 2025",
        table=TurnoverCount,
        publisher="NHS England",
        header=(
            *("PERIOD", "TYPE", "MAIN_STAFF_GROUP", "STAFF_GROUP", "GRADE"),
            *("AGE_BAND", "HC", "FTE"),
        ),
        fields=_COUNTS
        | {
            "level": fixed("england"),
            "region": absent(),
            "icb": absent(),
            "employer": absent(),
            "employer_name": absent(),
            "employer_type": absent(),
            "staff_group": _GROUP_OR_MAIN,
            "band": label("GRADE", "bands"),
            "age_band": formula(
                "CASE WHEN {0} = 'All age bands' THEN 'all' ELSE {0} END", "AGE_BAND"
            ),
        },
        suppressed=ABSENT,
        zero=NO_ROW,
        certainty="excerpt",
        preference=1,
    ),
)
