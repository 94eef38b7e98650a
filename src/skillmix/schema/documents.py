"""Job adverts as coded: one row an advert, by the extraction scheme's fields.

The words that support each code are kept beside the coding and never here: this
table holds codes alone, and no text of an advert but its title and employer.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from skillmix.schema import values
from skillmix.schema.reviews import REVIEW_TABLES
from skillmix.schema.table import Table, column

SECTORS = ("nhs", "independent", "other")
NATIONS = (
    *("england", "wales", "scotland", "northern_ireland"),
    *("channel_islands", "isle_of_man"),
)
EXCLUSIONS = (
    *("not_support", "not_mental_health", "nation"),
    *("band", "training", "registered", "duplicate"),
)
ADVERT_BANDS = (*values.BANDS, "several")
BAND_BASES = ("stated", "salary", "both", "none")
STATES = ("stated", "silent", "attachment_not_read")
EXPERIENCES = ("none", "desire_only", "some", "substantial")
LIVED = ("none", "desirable", "required")
CONTRACTS = ("not_stated", "permanent", "fixed", "bank")
TRAINING = ("none", "generic_mandatory", "specific")
CAREERS = ("none", "generic", "specific_outcome")
FLEXIBILITY = ("none", "demanded", "offered", "both")
DEMANDS = ("none", "hours", "attribute")
OFFERS = ("none", "specific", "generic")
PAYERS = ("not_stated", "employer", "applicant")
# The rung is that of the highest qualification asked for, on the UK ladder.
RUNGS = (
    *("none_stated", "none_required", "basic", "level_2", "level_3"),
    *("level_4_or_above", "registration", "other"),
)
SUPERVISORS = (
    *("not_stated", "unspecified", "registered_nurse", "occupational_therapist"),
    *("psychologist", "senior_pwp_team_leader", "registered_practitioner"),
    *("qualified_staff", "senior_practitioner", "therapy_staff", "line_manager"),
    "mentor",
)
STATE_NOTE = "Whether the advert states it, is silent, or leaves it to a document."
LISTED = "Codes, parted by semicolons; empty if none."


class JobAdvert(Table):
    """Adverts read, with why the sample keeps or leaves out each of them."""

    name: ClassVar[str] = "job_advert"
    key: ClassVar[tuple[str, ...]] = ("advert", "file")

    advert: str = column("Id of the advert: the site's number, or made of its text.")
    file: str = column("Name of the file it was read from.")
    source: str = column("What the file is, for example job_posting.")
    reference: str = column("The employer's reference.", nullable=True)
    month: dt.date = column("Month it was advertised, its first day.", nullable=True)
    posted_on: dt.date = column("Day it was advertised.", nullable=True)
    closes_on: dt.date = column("Last day to apply.", nullable=True)
    title: str = column("Title as advertised.", nullable=True)
    employer_name: str = column("Employer as printed.", nullable=True)
    sector: str = column("Sector of the employer.", vocabulary=SECTORS)
    nation: str = column("Nation of the employer.", vocabulary=NATIONS)
    attachments_read: str = column("Documents read with it, parted by semicolons.")
    text_sha256: str = column("SHA-256 of its text.", pattern="[0-9a-f]{64}")
    characters: int = column("Length of its text.", unit="characters", minimum=0)
    in_sample: bool = column("Whether the sample keeps it.")
    exclusion: str = column(
        "Why the sample leaves it out.", vocabulary=EXCLUSIONS, nullable=True
    )
    duplicate_of: str = column("Id of the advert it repeats.", nullable=True)


class CodedAdvert(JobAdvert):
    """Job adverts with the codes of the extraction scheme, one row an advert."""

    name: ClassVar[str] = "coded_advert"

    scheme_version: str = column("Version of the scheme it was coded by.")
    reviewed: bool = column("Whether two coders have settled its codes.")
    plain_title: str = column("Title without bands, places, signs and case.")
    role: str = column(
        "Canonical role of the title; empty where titles were not brought to roles.",
        nullable=True,
    )
    setting: str = column("Setting of the post.", nullable=True)
    band: str = column(
        "Band of the post, `several` if it is offered at more than one.",
        vocabulary=ADVERT_BANDS,
    )
    band_basis: str = column("What tells the band.", vocabulary=BAND_BASES)
    salary_minimum: Decimal = column(
        "Lowest pay named.", unit="GBP", minimum=0, nullable=True
    )
    salary_maximum: Decimal = column(
        "Highest pay named.", unit="GBP", minimum=0, nullable=True
    )
    pay_period: str = column(
        "Pay by the year or the hour.", vocabulary=("year", "hour"), nullable=True
    )
    high_cost_area: bool = column("Whether a London supplement is paid.")
    contract: str = column("Kind of contract.", vocabulary=CONTRACTS)
    hours_per_week: Decimal = column(
        "Hours a week, the most offered.", unit="hours", minimum=0, nullable=True
    )
    qualification: str = column(
        "Rung of the highest essential qualification.", vocabulary=RUNGS
    )
    qualification_state: str = column(STATE_NOTE, vocabulary=STATES)
    qualifications: str = column(f"Essential qualifications. {LISTED}")
    qualification_waivable: bool = column("Whether it can be waived.")
    desirable_qualification: str = column(
        "Rung of the highest desirable qualification.", vocabulary=RUNGS
    )
    desirable_qualifications: str = column(f"Desirable qualifications. {LISTED}")
    experience: str = column("Experience required.", vocabulary=EXPERIENCES)
    experience_state: str = column(STATE_NOTE, vocabulary=STATES)
    experience_months: int = column(
        "Length asked for.", unit="months", minimum=0, nullable=True
    )
    experience_desirable: bool = column("Whether experience is desirable.")
    lived_experience: str = column("Lived experience.", vocabulary=LIVED)
    knowledge: str = column(f"Knowledge asked for. {LISTED}")
    skills: str = column(f"Skills asked for. {LISTED}")
    attributes: str = column(f"Personal attributes asked for. {LISTED}")
    responsibilities: str = column(f"Families of responsibility. {LISTED}")
    supervises_others: bool = column("Whether the post holder supervises others.")
    supervised_by: str = column("Who supervises.", vocabulary=SUPERVISORS)
    supervision_state: str = column(STATE_NOTE, vocabulary=STATES)
    training: str = column("Training commitment.", vocabulary=TRAINING)
    training_payer: str = column("Who pays for training.", vocabulary=PAYERS)
    career: str = column("Statement on careers.", vocabulary=CAREERS)
    cost_to_applicant: bool = column("Whether the applicant bears a cost.")
    care_certificate: bool = column("Whether the Care Certificate is named.")
    physical_intervention: bool = column("Whether restraint training is named.")
    second_language: bool = column("Whether a second language is named.")
    driving_required: bool = column("Whether the post holder must drive.")
    travel_required: bool = column("Whether the post holder must travel.")
    flexibility: str = column("Flexibility.", vocabulary=FLEXIBILITY)
    flexibility_demand: str = column(
        "Kind of flexibility demanded.", vocabulary=DEMANDS
    )
    flexibility_offer: str = column("Kind of flexibility offered.", vocabulary=OFFERS)
    shift_or_unsocial: bool = column("Whether shifts or unsocial hours are worked.")
    benefits: str = column(f"Benefits named. {LISTED}")
    leave_days: int = column(
        "Days of annual leave at the start.", unit="days", minimum=0, nullable=True
    )


DOCUMENT_TABLES: tuple[type[Table], ...] = (CodedAdvert, *REVIEW_TABLES)
