"""Sickness absence files of NHS England: FTE days lost and available by month."""

from __future__ import annotations

from skillmix.schema.published import SicknessDays
from skillmix.sources.fields import Check, fixed, formula, label, month, number, text
from skillmix.sources.layout import Layout

_PLACE = ("NHSE_REGION_CODE", "NHSE_REGION_NAME", "ICS_CODE", "ICS_NAME")
_FIGURES = ("FTE_DAYS_LOST", "FTE_DAYS_AVAILABLE", "SICKNESS_ABSENCE_RATE_PERCENT")

_DAYS = {
    "month": month("DATE", "%d/%m/%Y"),
    "employer": text("ORG_CODE"),
    "employer_name": text("ORG_NAME"),
    "region": label("NHSE_REGION_CODE", "regions"),
    "icb": text("ICS_CODE"),
    "fte_days_lost": number("FTE_DAYS_LOST"),
    "fte_days_available": number("FTE_DAYS_AVAILABLE"),
    "published_rate": number("SICKNESS_ABSENCE_RATE_PERCENT"),
}
_CHECKS = (
    Check(
        rule="some, not all, of days lost, days available and rate are empty",
        column="FTE_DAYS_LOST",
        broken=(
            "(fte_days_lost IS NULL)::INT + (fte_days_available IS NULL)::INT"
            " + (published_rate IS NULL)::INT NOT IN (0, 3)"
        ),
        remedy="A suppressed cell has all three empty; download the file again.",
    ),
    Check(
        rule="the printed rate is not 100 x days lost / days available",
        column="SICKNESS_ABSENCE_RATE_PERCENT",
        broken=(
            "abs(published_rate - 100 * fte_days_lost::DOUBLE"
            " / nullif(fte_days_available::DOUBLE, 0)) > 0.00501"
        ),
        remedy="Download the file again; a figure was changed or cut short.",
    ),
)

LAYOUTS = (
    Layout(
        reader="sickness_benchmarking",
        name="sickness absence by organisation and staff group, from January 2023",
        table=SicknessDays,
        publisher="NHS England",
        header=(
            *("DATE", *_PLACE, "ORG_CODE", "ORG_NAME", "CLUSTER_GROUP"),
            *("BENCHMARK_GROUP", "STAFF_GROUP", *_FIGURES),
        ),
        fields=_DAYS
        | {
            "employer_type": label("BENCHMARK_GROUP", "employer_types"),
            "benchmark_group": text("BENCHMARK_GROUP"),
            "staff_group": label("STAFF_GROUP", "staff_groups"),
            "cell_status": formula(
                "CASE WHEN {0} IS NULL THEN 'suppressed' ELSE 'published' END",
                "FTE_DAYS_LOST",
            ),
        },
        suppressed="days lost, days available and rate are all three empty",
        zero="printed as 0",
        checks=_CHECKS,
        preference=2,
    ),
    Layout(
        reader="sickness_by_organisation",
        name="sickness absence by organisation, from April 2024",
        table=SicknessDays,
        publisher="NHS England",
        header=("DATE", *_PLACE, "ORG_CODE", "ORG_NAME", "ORG_TYPE", *_FIGURES),
        fields=_DAYS
        | {
            "employer_type": label("ORG_TYPE", "employer_types"),
            "benchmark_group": text("ORG_TYPE"),
            "staff_group": fixed("all_staff"),
            "cell_status": fixed("published"),
        },
        suppressed="none is suppressed",
        zero="printed as 0",
        checks=_CHECKS,
        preference=1,
    ),
)
