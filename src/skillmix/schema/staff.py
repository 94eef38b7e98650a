"""Person level: what a staff-record extract holds, month by month."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from skillmix.schema import values
from skillmix.schema.table import Table, column

MONTH_NOTE = "First day of the month the snapshot stands for."


class StaffMonth(Table):
    """One row per post (assignment) in each month of the staff record.

    A person with several posts has several rows; exactly one of them, in a month,
    is the main post (`sources.main_post` states the rule), and people are counted
    there. Extracts shaped like the ESR data warehouse are read into this table.
    """

    name: ClassVar[str] = "staff_month"
    key: ClassVar[tuple[str, ...]] = ("month", "post_id")

    month: dt.date = column(MONTH_NOTE)
    person_id: int = column(
        "Pseudonym of the person: a keyed hash, never the staff number.", personal=True
    )
    post_id: int = column("Pseudonym of the post (assignment).", personal=True)
    main_post: bool = column("Whether this is the person's main post in the month.")
    employer: str = column("ODS code of the employer.", pattern=r"[A-Z0-9]{3,6}")
    occupation_code: str = column(
        "NHS occupation code, three characters.", pattern=r"[0-9A-Z]{3}"
    )
    area_of_work: str = column("Tertiary area of work, as the staff record words it.")
    job_role: str = column("Job role, as the staff record words it.", nullable=True)
    job_title: str = column(
        "Position title, as the employer words it.", nullable=True, personal=True
    )
    band: str = column("Agenda for Change band of the post.", vocabulary=values.BANDS)
    fte: Decimal = column(
        "Contracted full-time equivalent of the post.",
        unit="FTE",
        minimum=0,
        maximum=2,
    )
    contract_type: str = column("Type of contract.", vocabulary=values.CONTRACT_TYPES)
    status: str = column("Assignment status.", vocabulary=values.STATUSES)
    basic_pay: int = column(
        "Basic pay of the month for this post.",
        unit="pence a month",
        minimum=0,
        nullable=True,
        personal=True,
    )
    earnings: int = column(
        "All earnings of the month for this post: basic and other pay.",
        unit="pence a month",
        nullable=True,
        personal=True,
    )
    age: int = column(
        "Age in completed years.",
        unit="years",
        minimum=14,
        maximum=100,
        nullable=True,
        personal=True,
    )
    gender: str = column("Gender.", vocabulary=values.GENDERS, personal=True)
    ethnicity: str = column(
        "Ethnic category (NHS Data Dictionary letter).",
        vocabulary=values.ETHNICITIES,
        personal=True,
    )
    disability: str = column(
        "Declared disability.", vocabulary=values.DISABILITIES, personal=True
    )
    religion: str = column(
        "Declared religion or belief.", vocabulary=values.RELIGIONS, personal=True
    )
    orientation: str = column(
        "Declared sexual orientation.", vocabulary=values.ORIENTATIONS, personal=True
    )


class Absence(Table):
    """Sickness absence of one post in one month, in FTE days, by reason."""

    name: ClassVar[str] = "absence"
    key: ClassVar[tuple[str, ...]] = ("month", "post_id", "reason")

    month: dt.date = column(MONTH_NOTE)
    post_id: int = column("Pseudonym of the post, as in StaffMonth.", personal=True)
    reason: str = column("Sickness reason, S-code.", pattern=r"S\d{2}")
    fte_days_lost: Decimal = column(
        "Days lost to sickness multiplied by the post's FTE.",
        unit="FTE days",
        minimum=0,
        maximum=62,
    )


class Leaver(Table):
    """One row per person who left the staff record, with the reason given."""

    name: ClassVar[str] = "leaver"
    key: ClassVar[tuple[str, ...]] = ("person_id", "month")

    month: dt.date = column("First month in which the person is no longer in post.")
    person_id: int = column("Pseudonym, as in StaffMonth.", personal=True)
    employer: str = column("ODS code of the employer left.", pattern=r"[A-Z0-9]{3,6}")
    occupation_code: str = column("Occupation code of the main post left.")
    area_of_work: str = column("Area of work of the main post left.")
    band: str = column("Band of the main post left.", vocabulary=values.BANDS)
    reason: str = column("Reason for leaving, NWD code.", pattern=r"\d{2}")


class Joiner(Table):
    """One row per person who joined the staff record, with where they came from.

    Optional: without it the record tells only whether somebody stood in it before.
    """

    name: ClassVar[str] = "joiner"
    key: ClassVar[tuple[str, ...]] = ("person_id", "month")

    month: dt.date = column("First month in which the person is in post.")
    person_id: int = column("Pseudonym, as in StaffMonth.", personal=True)
    employer: str = column("ODS code of the employer joined.", pattern=r"[A-Z0-9]{3,6}")
    recruitment_source: str = column(
        "Recruitment source, NWD code; 99 where none is recorded.", pattern=r"\d{2}"
    )


class Bonus(Table):
    """One row per person and month with bonus pay, in the statutory sense.

    Bonus pay is money for productivity, performance or incentive; clinical excellence
    awards and long-service awards of money count, overtime does not. Optional.
    """

    name: ClassVar[str] = "bonus"
    key: ClassVar[tuple[str, ...]] = ("person_id", "month", "employer")

    month: dt.date = column("Month in which it was paid.")
    person_id: int = column("Pseudonym, as in StaffMonth.", personal=True)
    employer: str = column("ODS code of the employer.", pattern=r"[A-Z0-9]{3,6}")
    amount: int = column(
        "Bonus pay of the month.", unit="pence", minimum=1, personal=True
    )


class Competence(Table):
    """One row per person, employer and competence that counts for the Care Certificate.

    A row without a day says that the competence is asked of the person and not
    achieved. Other competences of the record are not read. Optional.
    """

    name: ClassVar[str] = "competence"
    key: ClassVar[tuple[str, ...]] = ("person_id", "employer", "competence")

    person_id: int = column("Pseudonym, as in StaffMonth.", personal=True)
    employer: str = column(
        "ODS code of the employer that records it.", pattern=r"[A-Z0-9]{3,6}"
    )
    competence: str = column(
        "The whole Care Certificate, or one of its standards.",
        vocabulary=values.COMPETENCES,
    )
    achieved_on: dt.date = column(
        "Day on which it was achieved; empty where it is not.",
        nullable=True,
        personal=True,
    )
    started_on: dt.date = column(
        "First day at the employer, where the extract gives it.",
        nullable=True,
        personal=True,
    )
