"""Care hours per patient day, as trusts return them for safe staffing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from skillmix.schema.table import Table, column


class CareHours(Table):
    """Hours of care on a trust's wards in a month, by registration.

    Care hours per patient day are the hours over the patients counted at each
    midnight of the month.
    """

    name: ClassVar[str] = "care_hours"
    key: ClassVar[tuple[str, ...]] = ("month", "employer")
    part: ClassVar[tuple[str, ...]] = ("employer", "month")

    month: dt.date = column("First day of the month.")
    employer: str = column("ODS code of the trust.", pattern=r"[A-Z0-9]{3,6}")
    registered_hours: Decimal = column(
        "Hours worked by registered nurses and midwives.", unit="hours", minimum=0
    )
    support_hours: Decimal = column(
        "Hours worked by support workers.", unit="hours", minimum=0
    )
    patient_days: int = column(
        "Patients at midnight, summed over the month.", unit="patient days", minimum=0
    )
