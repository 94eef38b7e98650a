"""Apprenticeships and spending on continuing professional development."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from skillmix.schema import values
from skillmix.schema.table import Table, column

APPRENTICE_MEASURES = ("starts", "achievements")
CHARACTERISTICS = (
    *("all", "age", "gender", "ethnicity", "disability", "religion", "orientation"),
)


class ApprenticeCount(Table):
    """People who started or finished an apprenticeship in a year, by standard."""

    name: ClassVar[str] = "apprentice_count"
    key: ClassVar[tuple[str, ...]] = (
        *("period_start", "standard", "progress", "characteristic", "category"),
    )
    part: ClassVar[tuple[str, ...]] = ("period_start",)

    period_start: dt.date = column("First day of the academic year's first month.")
    period_end: dt.date = column("First day of its last month.")
    standard: str = column(
        "Apprenticeship standard as a slug, for example healthcare_support_worker.",
        pattern=r"[a-z0-9_]+",
    )
    level: int = column("Level of the standard.", unit="level", minimum=1, maximum=8)
    progress: str = column("Starts or achievements.", vocabulary=APPRENTICE_MEASURES)
    characteristic: str = column(
        "Characteristic the row is split by; `all` for everybody.",
        vocabulary=CHARACTERISTICS,
    )
    category: str = column(
        "Category within the characteristic, for example minority_ethnic; `all`.",
        pattern=r"[a-z0-9_]+",
    )
    levy_paying: bool = column("Whether only levy-paying employers are counted.")
    learners: int = column(
        "Learners, as published (rounded to 10).", unit="people", minimum=0
    )


class CpdSpend(Table):
    """What an employer spent on continuing professional development in a year.

    An employer that has not answered has a row with `returned` false and no spend:
    a missing answer is not a spend of nothing.
    """

    name: ClassVar[str] = "cpd_spend"
    key: ClassVar[tuple[str, ...]] = (
        *("period_start", "employer", "care_setting", "staff_group", "job_role"),
    )
    part: ClassVar[tuple[str, ...]] = ("employer", "period_start")

    period_start: dt.date = column("First day of the year's first month.")
    period_end: dt.date = column("First day of the year's last month.")
    employer: str = column("ODS code of the employer.", pattern=r"[A-Z0-9]{3,6}")
    care_setting: str = column("Setting, for example mental_health.")
    staff_group: str = column("Staff group.", vocabulary=values.PUBLISHED_STAFF_GROUPS)
    job_role: str = column("Job role, or `all_roles`.")
    returned: bool = column("Whether the employer gave a figure.")
    spend: Decimal = column(
        "Spend of the year; empty where no figure was given.",
        unit="GBP",
        minimum=0,
        nullable=True,
    )
    people: int = column(
        "Staff the spend was for.", unit="people", minimum=0, nullable=True
    )
