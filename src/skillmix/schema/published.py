"""Aggregates: what official files hold, one table a dataset.

Datasets that overlap (two files with the same staff, cut differently) stay in
tables of their own, so nothing is ever counted twice; rejected: one wide table
with empty dimensions, where a sum over the wrong source goes unnoticed.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from skillmix.schema import values
from skillmix.schema.table import Table, column

MONTH_NOTE = "First day of the month described."
EMPLOYER_NOTE = "ODS code of the organisation; empty above organisation level."


class SicknessDays(Table):
    """NHS sickness absence: FTE days lost and available by organisation and group."""

    name: ClassVar[str] = "sickness_days"
    key: ClassVar[tuple[str, ...]] = ("month", "employer", "staff_group")

    month: dt.date = column(MONTH_NOTE)
    employer: str = column(EMPLOYER_NOTE)
    employer_name: str = column("Name of the organisation in that month.")
    employer_type: str = column("Type.", vocabulary=values.EMPLOYER_TYPES)
    benchmark_group: str = column("Benchmark group as printed.")
    region: str = column("NHS England region code.", vocabulary=values.REGIONS)
    icb: str = column("Integrated care board code.", nullable=True)
    staff_group: str = column("Staff group.", vocabulary=values.PUBLISHED_STAFF_GROUPS)
    fte_days_lost: Decimal = column(
        "FTE days lost; empty where the publisher suppressed the cell.",
        unit="FTE days",
        minimum=0,
        nullable=True,
    )
    fte_days_available: Decimal = column(
        "FTE days available; empty where suppressed.",
        unit="FTE days",
        minimum=0,
        nullable=True,
    )
    published_rate: Decimal = column(
        "Rate as printed.", unit="percent", minimum=0, nullable=True
    )
    cell_status: str = column(
        "Whether the publisher gave the cell.", vocabulary=values.CELL_STATUSES
    )


class TurnoverCount(Table):
    """Joiners, leavers and the two denominators of a period (turnover files)."""

    name: ClassVar[str] = "turnover_count"
    key: ClassVar[tuple[str, ...]] = (
        *("period_start", "period_end", "measure", "level", "region", "employer"),
        *("staff_group", "band", "age_band"),
    )

    period_start: dt.date = column("First day of the month the period starts from.")
    period_end: dt.date = column("First day of the month the period ends with.")
    measure: str = column(
        "What is counted.",
        vocabulary=("joiners", "leavers", "start", "end"),
    )
    level: str = column("Level of the row.", vocabulary=values.LEVELS)
    region: str = column("NHS England region code.", nullable=True)
    icb: str = column("Integrated care board code.", nullable=True)
    employer: str = column(EMPLOYER_NOTE, nullable=True)
    employer_name: str = column("Name of the organisation.", nullable=True)
    employer_type: str = column(
        "Type.", vocabulary=values.EMPLOYER_TYPES, nullable=True
    )
    staff_group: str = column(
        "Staff group; `all_staff` here leaves out resident doctors in the "
        "organisation file.",
        vocabulary=values.PUBLISHED_STAFF_GROUPS,
    )
    band: str = column("Band, or all_bands.", vocabulary=values.PUBLISHED_BANDS)
    age_band: str = column("Age band as printed, or `all`.")
    headcount: int = column("People.", unit="people", minimum=0)
    fte: Decimal = column("Full-time equivalents.", unit="FTE", minimum=0)


class MonthlyFte(Table):
    """Monthly FTE by staff group and level (the Core 1 file of the monthly pack)."""

    name: ClassVar[str] = "monthly_fte"
    key: ClassVar[tuple[str, ...]] = ("month", "level", "place", "staff_group")

    month: dt.date = column(MONTH_NOTE)
    level: str = column("Level of the row.", vocabulary=values.LEVELS)
    place: str = column("Code of the region, board or organisation; `england`.")
    staff_group: str = column("Staff group.", vocabulary=values.PUBLISHED_STAFF_GROUPS)
    fte: Decimal = column("Full-time equivalents.", unit="FTE", minimum=0)


class GradeCount(Table):
    """Staff by care setting, level and grade (the Core 5 file of the monthly pack)."""

    name: ClassVar[str] = "grade_count"
    key: ClassVar[tuple[str, ...]] = (
        *("month", "employer", "staff_group", "detailed_group"),
        *("care_setting", "job_level", "band"),
    )

    month: dt.date = column(MONTH_NOTE)
    region: str = column("NHS England region code.", vocabulary=values.REGIONS)
    icb: str = column("Integrated care board code.", nullable=True)
    employer: str = column(EMPLOYER_NOTE)
    employer_name: str = column("Name of the organisation.")
    staff_group: str = column("Staff group.", vocabulary=values.PUBLISHED_STAFF_GROUPS)
    detailed_group: str = column("Staff Group 2 as printed, without sort prefix.")
    care_setting: str = column("Care setting as printed, without sort prefix.")
    job_level: str = column("Level as printed, without sort prefix.")
    band: str = column("Band.", vocabulary=values.PUBLISHED_BANDS)
    fte: Decimal = column("Full-time equivalents.", unit="FTE", minimum=0)
    headcount: int = column("People.", unit="people", minimum=0)


class MentalHealthFte(Table):
    """Staff in mental health services by the official rule (the Core 14 file)."""

    name: ClassVar[str] = "mental_health_fte"
    key: ClassVar[tuple[str, ...]] = (
        *("month", "level", "employer", "staff_group", "care_setting"),
        *("area_of_work", "secondary_area", "primary_area", "classification"),
    )

    month: dt.date = column(MONTH_NOTE)
    level: str = column("Level of the row.", vocabulary=values.LEVELS)
    region: str = column("NHS England region code.", nullable=True)
    icb: str = column("Integrated care board code.", nullable=True)
    employer: str = column(EMPLOYER_NOTE, nullable=True)
    employer_name: str = column("Name of the organisation.", nullable=True)
    staff_group: str = column("Staff group.", vocabulary=values.PUBLISHED_STAFF_GROUPS)
    care_setting: str = column("Care setting or specialty, as printed.")
    primary_area: str = column("Primary area of work, as printed.")
    secondary_area: str = column("Secondary area of work, as printed.")
    area_of_work: str = column("Tertiary area of work, as printed.")
    classification: str = column(
        "Which rule admitted the cell.",
        vocabulary=("area_of_work", "occupation_code", "both"),
    )
    fte: Decimal = column("Full-time equivalents.", unit="FTE", minimum=0)


class NationalityFte(Table):
    """FTE by organisation, staff group and nationality (supplementary tables)."""

    name: ClassVar[str] = "nationality_fte"
    key: ClassVar[tuple[str, ...]] = ("month", "employer", "staff_group", "nationality")

    month: dt.date = column(MONTH_NOTE)
    employer: str = column(EMPLOYER_NOTE)
    employer_name: str = column("Name of the organisation.")
    staff_group: str = column("Staff group.", vocabulary=values.PUBLISHED_STAFF_GROUPS)
    nationality: str = column("Nationality as printed.")
    fte: Decimal = column("Full-time equivalents.", unit="FTE", minimum=0)


class NationalityHeadcount(Table):
    """Headcount of EU and UK nationals by organisation and group (cross-tabs)."""

    name: ClassVar[str] = "nationality_headcount"
    key: ClassVar[tuple[str, ...]] = (
        *("month", "level", "region", "employer"),
        *("nationality_group", "staff_group"),
    )

    month: dt.date = column(MONTH_NOTE)
    level: str = column("Level of the row.", vocabulary=values.LEVELS)
    region: str = column("Region as printed; `England` for the total.")
    employer: str = column(EMPLOYER_NOTE, nullable=True)
    employer_name: str = column("Name of the organisation.", nullable=True)
    nationality_group: str = column("EU or UK.", vocabulary=("EU", "UK"))
    staff_group: str = column("Column heading as printed, footnote digits removed.")
    headcount: int = column("People; a printed dash is zero.", unit="people", minimum=0)


class EthnicityCount(Table):
    """Headcount by ethnic group, staff group and grade (Ethnicity facts)."""

    name: ClassVar[str] = "ethnicity_count"
    key: ClassVar[tuple[str, ...]] = ("month", "ethnicity", "staff_group", "band")

    month: dt.date = column(MONTH_NOTE)
    ethnicity: str = column(
        "Ethnic group (six NHS groups), or a printed total.",
        vocabulary=values.PUBLISHED_ETHNIC_GROUPS,
    )
    staff_group: str = column("Staff group.", vocabulary=values.PUBLISHED_STAFF_GROUPS)
    band: str = column("Grade.", vocabulary=values.PUBLISHED_BANDS)
    grade: str = column("Grade as printed.")
    headcount: int = column("People.", unit="people", minimum=0)


class Earnings(Table):
    """Mean monthly pay by staff group and payment type (Staff Earnings Estimates)."""

    name: ClassVar[str] = "earnings"
    key: ClassVar[tuple[str, ...]] = (
        *("month", "staff_group", "group_label", "payment_type", "band", "grade_step"),
    )

    month: dt.date = column(MONTH_NOTE)
    staff_group: str = column("Staff group.", vocabulary=values.PUBLISHED_STAFF_GROUPS)
    group_label: str = column("Staff group as printed.")
    payment_type: str = column("Payment type slug, for example basic_pay_per_fte.")
    band: str = column("Band, or all_bands.", vocabulary=values.PUBLISHED_BANDS)
    grade_step: str = column("Grade step as printed, or all.")
    amount: Decimal = column("Mean amount of the month.", unit="GBP a month")
    sample_size: int = column("People in the mean.", unit="people", minimum=0)


class WardHours(Table):
    """Planned and actual care hours of a ward in a month, by registration."""

    name: ClassVar[str] = "ward_hours"
    key: ClassVar[tuple[str, ...]] = ("month", "site", "ward", "specialty")

    month: dt.date = column(MONTH_NOTE)
    site: str = column("Site name as printed.")
    ward: str = column("Ward name as printed.")
    specialty: str = column("First specialty as printed.", nullable=True)
    registered_planned: Decimal = column("Hours.", unit="hours", nullable=True)
    registered_actual: Decimal = column("Hours.", unit="hours", nullable=True)
    unregistered_planned: Decimal = column("Hours.", unit="hours", nullable=True)
    unregistered_actual: Decimal = column("Hours.", unit="hours", nullable=True)
    patient_days: int = column(
        "Patients at midnight, summed over the month.", unit="patient days", minimum=0
    )


class Organisation(Table):
    """NHS trusts: name, region, board, opening and closing (ODS `etr`)."""

    name: ClassVar[str] = "organisation"
    key: ClassVar[tuple[str, ...]] = ("vintage", "code")

    vintage: dt.date = column("Month the list was issued, from its newest date.")
    code: str = column("ODS code.", pattern=r"[A-Z0-9]{3,6}")
    organisation_name: str = column("Name.")
    region: str = column("NHS England region code, or as printed.", nullable=True)
    icb: str = column("Integrated care board code.", nullable=True)
    postcode: str = column("Postcode of the head office.", nullable=True)
    opened: dt.date = column("Date opened.", nullable=True)
    closed: dt.date = column("Date closed.", nullable=True)


PUBLISHED_TABLES: tuple[type[Table], ...] = (
    SicknessDays,
    TurnoverCount,
    MonthlyFte,
    GradeCount,
    MentalHealthFte,
    NationalityFte,
    NationalityHeadcount,
    EthnicityCount,
    Earnings,
    WardHours,
    Organisation,
)
