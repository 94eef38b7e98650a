"""Tables made from tables, once per run (see `skillmix.derive`)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from skillmix.schema import values
from skillmix.schema.table import Table, column

MONTH_NOTE = "First day of the month."


class Post(Table):
    """Posts in the as-at month and a year before, with what their codes say.

    Staff in post are those with an active status on a permanent, fixed-term or
    locum contract; bank and honorary posts and unfunded codes are left out.
    """

    name: ClassVar[str] = "post"
    key: ClassVar[tuple[str, ...]] = ("month", "post_id")

    month: dt.date = column(MONTH_NOTE)
    person_id: int = column("Pseudonym of the person.", personal=True)
    post_id: int = column("Pseudonym of the post.", personal=True)
    main_post: bool = column("Whether people are counted here.")
    employer: str = column("ODS code of the employer.")
    employer_type: str = column("Type.", vocabulary=values.EMPLOYER_TYPES)
    region: str = column("NHS England region code.", vocabulary=values.REGIONS)
    staff_group: str = column("Staff group.", vocabulary=values.STAFF_GROUPS)
    main_staff_group: str = column("Main group.", vocabulary=values.MAIN_STAFF_GROUPS)
    care_setting: str = column("Care setting slug, from the occupation code.")
    registered: bool = column("Whether the code is of a registered profession.")
    training: bool = column("Whether the code or role is a training post.")
    job_role: str = column("Job role.", nullable=True)
    job_title: str = column("Position title.", nullable=True, personal=True)
    role_category: str = column("Role category of the job role.")
    band: str = column("Band.", vocabulary=values.BANDS)
    by_occupation_code: bool = column("In mental health services by code.")
    by_area_of_work: bool = column("In mental health services by area of work.")
    in_mental_health_services: bool = column("By code or by area of work.")
    in_mental_health_trusts: bool = column("Employed by a mental health trust.")
    in_footnote_6_settings: bool = column("Occupation code of a footnote 6 setting.")
    in_service: bool = column("In the service of the run's scope.")
    of_interest: bool = column("In the workforce of the run's scope.")
    headcount: int = column("1 at the main post, else 0.", unit="people", minimum=0)
    fte: Decimal = column("Contracted FTE.", unit="FTE", minimum=0)
    fte_squares: Decimal = column("Squared FTE.", unit="FTE squared", minimum=0)
    basic_pay: int = column("Basic pay.", unit="pence a month", nullable=True)
    earnings: int = column("All earnings.", unit="pence a month", nullable=True)
    age: int = column("Age.", unit="years", nullable=True)
    gender: str = column("Gender.", vocabulary=values.GENDERS)
    ethnic_group: str = column("Ethnic group (six NHS groups) or not_stated.")
    disability: str = column("Disability.", vocabulary=values.DISABILITIES)
    religion: str = column("Religion.", vocabulary=values.RELIGIONS)
    orientation: str = column("Orientation.", vocabulary=values.ORIENTATIONS)


class WorkforceCount(Table):
    """The monthly cube: posts, people and FTE by every shared dimension.

    People are counted at their main post only, so headcounts add up; FTE is of
    all posts.
    """

    name: ClassVar[str] = "workforce_count"
    key: ClassVar[tuple[str, ...]] = (
        *("month", "region", "employer_type", "staff_group", "care_setting", "band"),
        *("registered", "by_occupation_code", "by_area_of_work"),
        *("in_service", "of_interest"),
    )

    month: dt.date = column(MONTH_NOTE)
    region: str = column("NHS England region code.", vocabulary=values.REGIONS)
    employer_type: str = column("Type.", vocabulary=values.EMPLOYER_TYPES)
    staff_group: str = column("Staff group.", vocabulary=values.STAFF_GROUPS)
    main_staff_group: str = column("Main group.", vocabulary=values.MAIN_STAFF_GROUPS)
    care_setting: str = column("Care setting slug.")
    registered: bool = column("Registered profession.")
    band: str = column("Band.", vocabulary=values.BANDS)
    by_occupation_code: bool = column("In mental health services by code.")
    by_area_of_work: bool = column("In mental health services by area of work.")
    in_mental_health_services: bool = column("By code or by area of work.")
    in_mental_health_trusts: bool = column("Employed by a mental health trust.")
    in_service: bool = column("In the service of the run's scope.")
    of_interest: bool = column("In the workforce of the run's scope.")
    posts: int = column("Posts.", unit="posts", minimum=0)
    headcount: int = column("People by main post.", unit="people", minimum=0)
    fte: Decimal = column("FTE of all posts.", unit="FTE", minimum=0)
    fte_squares: Decimal = column(
        "Sum of squared FTE, for intervals.", unit="FTE squared", minimum=0
    )
    paid_fte: Decimal = column(
        "FTE of the posts whose earnings are known.", unit="FTE", minimum=0
    )
    paid_fte_squares: Decimal = column(
        "Sum of squared FTE of those posts.", unit="FTE squared", minimum=0
    )
    earnings: int = column("Sum of the earnings known.", unit="pence a month")
    earnings_squares: int = column(
        "Sum of squared earnings over FTE, for intervals.", unit="GBP squared per FTE"
    )


class YearPair(Table):
    """People of the workforce, or of the service, a year before; where they are now."""

    name: ClassVar[str] = "year_pair"
    key: ClassVar[tuple[str, ...]] = ("person_id",)

    person_id: int = column("Pseudonym of the person.", personal=True)
    stayed: bool = column("Whether the person is in post anywhere a year later.")
    employer: str = column("Employer at the start.")
    employer_type: str = column("Employer type at the start.")
    region: str = column("Region at the start.")
    staff_group: str = column("Staff group at the start.")
    in_service: bool = column("In the service at the start.")
    of_interest: bool = column("In the workforce at the start.")
    care_setting: str = column("Care setting slug at the start.")
    registered: bool = column("In a registered profession at the start.")
    training: bool = column("In a training post at the start.")
    band: str = column("Band at the start.", vocabulary=values.BANDS)
    job_role: str = column("Job role at the start.", nullable=True)
    role_category: str = column("Role category at the start.")
    age: int = column("Age at the start.", unit="years", nullable=True)
    gender: str = column("Gender.")
    ethnic_group: str = column("Ethnic group.")
    disability: str = column("Disability at the start.")
    religion: str = column("Religion at the start.")
    orientation: str = column("Orientation at the start.")
    end_employer: str = column("Employer a year later.", nullable=True)
    end_staff_group: str = column("Staff group a year later.", nullable=True)
    end_band: str = column("Band a year later.", nullable=True)
    end_job_role: str = column("Job role a year later.", nullable=True)
    end_role_category: str = column("Role category a year later.", nullable=True)
    end_registered: bool = column("Registered a year later.", nullable=True)
    end_training: bool = column("In training a year later.", nullable=True)
    end_in_service: bool = column("In the service a year later.", nullable=True)
    end_of_interest: bool = column("In the workforce a year later.", nullable=True)


class Joined(Table):
    """People in post in the as-at month, and whether they were a year before."""

    name: ClassVar[str] = "joined"
    key: ClassVar[tuple[str, ...]] = ("person_id",)

    person_id: int = column("Pseudonym of the person.", personal=True)
    was_in_post: bool = column("Whether the person was in post a year before.")
    employer_type: str = column("Employer type now.")
    region: str = column("Region now.")
    staff_group: str = column("Staff group now.")
    in_service: bool = column("In the service now.")
    of_interest: bool = column("In the workforce now.")


class SicknessCount(Table):
    """FTE days lost and available by month and group, from the staff record."""

    name: ClassVar[str] = "sickness_count"
    key: ClassVar[tuple[str, ...]] = (
        *("month", "staff_group", "in_service", "of_interest", "region"),
    )

    month: dt.date = column(MONTH_NOTE)
    region: str = column("Region.")
    employer_type: str = column("Employer type.")
    staff_group: str = column("Staff group.")
    in_service: bool = column("In the service.")
    of_interest: bool = column("In the workforce.")
    headcount: int = column("People by main post.", unit="people")
    fte_days_lost: Decimal = column("FTE days lost.", unit="FTE days")
    fte_days_available: Decimal = column("FTE days available.", unit="FTE days")


class LeaverCount(Table):
    """People who left in the year to the as-at month, by reason."""

    name: ClassVar[str] = "leaver_count"
    key: ClassVar[tuple[str, ...]] = (
        *("reason", "reason_group", "resignation_group", "staff_group"),
        *("in_service", "of_interest", "employer_type", "region"),
    )

    reason: str = column("Reason recorded, NWD code.")
    reason_group: str = column("Headline group of the reason.")
    resignation_group: str = column("Group within voluntary resignation.")
    staff_group: str = column("Staff group of the main post left.")
    employer_type: str = column("Employer type.", vocabulary=values.EMPLOYER_TYPES)
    region: str = column("NHS England region code.", vocabulary=values.REGIONS)
    in_service: bool = column("In the service of the run's scope.")
    of_interest: bool = column("In the workforce of the run's scope.")
    headcount: int = column("Leavers.", unit="people", minimum=0)


DERIVED_TABLES: tuple[type[Table], ...] = (
    *(Post, WorkforceCount, YearPair, Joined, SicknessCount, LeaverCount),
)
