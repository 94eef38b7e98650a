"""Three ideas of a vacancy, in tables of their own so that none stands for another.

An advertised vacancy is a post that was advertised in a month; an establishment gap
is a funded post that nobody holds; an unfilled shift is an hour nobody worked
(`schema.temporary`). Adverts say nothing about the gap: one advert can fill several
posts, and a post can be vacant without one.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from skillmix.schema import values
from skillmix.schema.table import Table, column

ADVERT_SOURCES = ("official_statistics", "jobs_service")
RECRUITMENT_GROUPS = (
    "additional_clinical_services",
    "additional_professional_scientific_technical",
    "administrative_and_clerical",
    "allied_health_professionals",
    "estates_and_ancillary",
    "healthcare_scientists",
    "medical_and_dental",
    "nursing_and_midwifery_registered",
    "students",
)


class AdvertisedVacancy(Table):
    """Full-time equivalents advertised in a month, by staff group."""

    name: ClassVar[str] = "advertised_vacancy"
    key: ClassVar[tuple[str, ...]] = ("month", "advert_source", "region", "staff_group")
    part: ClassVar[tuple[str, ...]] = ("advert_source", "month")

    month: dt.date = column(
        "First day of the month in which the posts were advertised."
    )
    advert_source: str = column(
        "Official vacancy statistics, or figures of the jobs service itself.",
        vocabulary=ADVERT_SOURCES,
    )
    region: str = column("NHS England region code.", vocabulary=values.REGIONS)
    staff_group: str = column(
        "Staff group as advertised.", vocabulary=values.PUBLISHED_STAFF_GROUPS
    )
    fte: Decimal = column("Full-time equivalents advertised.", unit="FTE", minimum=0)
    adverts: int = column("Adverts.", unit="adverts", minimum=0, nullable=True)


class ApplicationCount(Table):
    """Applications and appointments of a year by region and recruitment group.

    Recruitment groups are those of the electronic staff record, not the published
    staff groups: support staff are found in several of them.
    """

    name: ClassVar[str] = "application_count"
    key: ClassVar[tuple[str, ...]] = ("period_start", "area", "recruitment_group")
    part: ClassVar[tuple[str, ...]] = ("period_start",)

    period_start: dt.date = column("First day of the first month.")
    period_end: dt.date = column("First day of the last month.")
    area: str = column(
        "Local education and training area, as printed, for example 'North East'."
    )
    recruitment_group: str = column(
        "Staff group of the electronic staff record.", vocabulary=RECRUITMENT_GROUPS
    )
    applications: int = column("Applications received.", unit="applications", minimum=0)
    shortlisted: int = column(
        "Applicants shortlisted.", unit="applicants", minimum=0, nullable=True
    )
    appointments: int = column("Applicants appointed.", unit="people", minimum=0)


class Establishment(Table):
    """Funded posts and staff in post at the end of a month, by employer and group."""

    name: ClassVar[str] = "establishment"
    key: ClassVar[tuple[str, ...]] = ("month", "employer", "staff_group")
    part: ClassVar[tuple[str, ...]] = ("employer", "month")

    month: dt.date = column("First day of the month.")
    employer: str = column("ODS code of the trust.", pattern=r"[A-Z0-9]{3,6}")
    staff_group: str = column("Staff group.", vocabulary=values.PUBLISHED_STAFF_GROUPS)
    funded: Decimal = column("Funded establishment.", unit="FTE", minimum=0)
    in_post: Decimal = column("Staff in post.", unit="FTE", minimum=0)
