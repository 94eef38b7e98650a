"""Temporary staffing: hours asked for, how they were filled and what they cost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from skillmix.schema.table import Table, column

STAFF_CATEGORIES = (
    "unqualified_nursing_midwifery",
    "qualified_nursing_midwifery",
    "doctors",
    "allied_health_professionals",
    "other",
)


class TemporaryHours(Table):
    """Hours of temporary work that trusts asked for in a month, and who filled them.

    Requested hours are those filled by the trust's own bank, by an agency, or by
    nobody. "Unqualified nursing and midwifery" is the booking system's category for
    most clinical support; some of its posts are above band 4.
    """

    name: ClassVar[str] = "temporary_hours"
    key: ClassVar[tuple[str, ...]] = ("month", "employer", "staff_category")
    part: ClassVar[tuple[str, ...]] = ("employer", "month")

    month: dt.date = column("First day of the month worked.")
    employer: str = column("ODS code of the trust.", pattern=r"[A-Z0-9]{3,6}")
    staff_category: str = column(
        "Category of staff asked for.", vocabulary=STAFF_CATEGORIES
    )
    hours_requested: Decimal = column("Hours asked for.", unit="hours", minimum=0)
    hours_bank: Decimal = column(
        "Hours filled by the trust's own bank.", unit="hours", minimum=0
    )
    hours_agency: Decimal = column(
        "Hours filled by an agency.", unit="hours", minimum=0
    )
    hours_unfilled: Decimal = column("Hours nobody filled.", unit="hours", minimum=0)
    cost_bank: Decimal = column(
        "Cost of the hours the bank filled.", unit="GBP", minimum=0, nullable=True
    )
    cost_agency: Decimal = column(
        "Cost of the hours an agency filled.", unit="GBP", minimum=0, nullable=True
    )
