"""Answers to the NHS Staff Survey, by trust type and occupational group."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from skillmix.schema import values
from skillmix.schema.table import Table, column

OCCUPATIONS = (
    "all_staff",
    "nursing_and_healthcare_assistants",
    "allied_health_support",
    "healthcare_science_support",
    "arts_therapists",
    "registered_nurses_midwives",
    "medical_and_dental",
    "allied_health_professionals",
    "other_registered",
    "administration_and_management",
    "general_support",
    "other",
)


class SurveyAnswer(Table):
    """How many of those who answered a question gave a certain answer.

    Questions carry one slug in every year, whatever their number was then
    (`codelists/survey_questions.csv`); the published percentages are unweighted
    unless the source says otherwise.
    """

    name: ClassVar[str] = "survey_answer"
    key: ClassVar[tuple[str, ...]] = (
        *("year", "employer", "employer_type", "occupation", "question"),
    )
    part: ClassVar[tuple[str, ...]] = ("survey", "year", "question")

    survey: str = column("Name of the survey file's kind, for example detailed.")
    year: int = column("Year of the survey.", unit="year", minimum=2003, maximum=2100)
    employer: str = column(
        "ODS code of the organisation, several set apart by slashes where they "
        "answered together; `all` for all of the type.",
        pattern=r"all|[A-Z0-9]{3,6}(/[A-Z0-9]{3,6})*",
    )
    employer_type: str = column(
        "Type of trust, or `all`.", vocabulary=(*values.EMPLOYER_TYPES, "all")
    )
    occupation: str = column("Occupational group.", vocabulary=OCCUPATIONS)
    question: str = column("Question slug.", pattern=r"[a-z0-9_]+")
    base: int = column(
        "People who answered; empty where the source gives none.",
        unit="people",
        minimum=0,
        nullable=True,
    )
    percent: Decimal = column(
        "Share who gave the answer the slug names; empty where too few answered.",
        unit="percent",
        minimum=0,
        maximum=100,
        nullable=True,
    )
