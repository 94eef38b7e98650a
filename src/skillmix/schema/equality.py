"""What the race and disability equality standards ask beyond a staff record."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from skillmix.schema.table import Table, column

ETHNIC_GROUP, DISABILITY = "ethnic_group", "disability"
STANDARDS = (ETHNIC_GROUP, DISABILITY)
GROUPS = ("white", "bme", "not_disabled", "disabled", "not_known")
APPOINTED, TRAINED = "appointed_from_shortlisting", "non_mandatory_training"
DISCIPLINED, CAPABILITY = "formal_disciplinary", "formal_capability"
PROCESSES = (APPOINTED, DISCIPLINED, CAPABILITY, TRAINED)
ENGAGEMENT = "engagement"
QUESTIONS = (
    *("bullying_public", "bullying_staff", "bullying_managers", "bullying_colleagues"),
    *("bullying_reported", "fair_progression", "discrimination_colleagues"),
    *("pressed_to_work_ill", "work_valued", "adjustments_made", ENGAGEMENT),
)
_YEAR = "Year the counts are of, as the standard names it."
_STANDARD = "Whether the row is by ethnic group or by disability."
_GROUP = "White or black and minority ethnic, disabled or not, or not known."


class EqualityProcess(Table):
    """People of each group who could, and did, go through a process of an employer.

    One row a year, employer, process and group: shortlisted and appointed, staff and
    those who entered a formal disciplinary or capability process, staff and those who
    had training that is not mandatory.
    """

    name: ClassVar[str] = "equality_process"
    key: ClassVar[tuple[str, ...]] = (
        *("year", "employer", "process", "characteristic", "equality_group"),
    )
    part: ClassVar[tuple[str, ...]] = ("employer", "year")

    year: int = column(_YEAR, unit="year", minimum=2010, maximum=2100)
    employer: str = column("ODS code of the employer.", pattern=r"[A-Z0-9]{3,6}")
    process: str = column("The process.", vocabulary=PROCESSES)
    characteristic: str = column(_STANDARD, vocabulary=STANDARDS)
    equality_group: str = column(_GROUP, vocabulary=GROUPS)
    people: int = column(
        "People it could happen to: shortlisted, or staff.", unit="people", minimum=0
    )
    cases: int = column("People it happened to.", unit="people", minimum=0)


class EqualityAnswer(Table):
    """Answers of each group to the survey questions that the standards use."""

    name: ClassVar[str] = "equality_answer"
    key: ClassVar[tuple[str, ...]] = (
        *("year", "employer", "characteristic", "equality_group", "question"),
    )
    part: ClassVar[tuple[str, ...]] = ("employer", "year")

    year: int = column("Year of the survey.", unit="year", minimum=2003, maximum=2100)
    employer: str = column("ODS code of the employer.", pattern=r"[A-Z0-9]{3,6}")
    characteristic: str = column(_STANDARD, vocabulary=STANDARDS)
    equality_group: str = column(_GROUP, vocabulary=GROUPS)
    question: str = column("Question slug.", vocabulary=QUESTIONS)
    base: int = column("People who answered.", unit="people", minimum=0)
    percent: Decimal = column(
        "Share who gave the answer the slug names; empty where too few answered, and "
        "for the engagement score.",
        unit="percent",
        minimum=0,
        maximum=100,
        nullable=True,
    )
    score: Decimal = column(
        "The engagement score; empty for every other question.",
        unit="points out of 10",
        minimum=0,
        maximum=10,
        nullable=True,
    )


class BoardSeat(Table):
    """Members of an employer's board, by group and kind of seat."""

    name: ClassVar[str] = "board_seat"
    key: ClassVar[tuple[str, ...]] = (
        *("year", "employer", "characteristic", "equality_group"),
        *("voting", "executive"),
    )
    part: ClassVar[tuple[str, ...]] = ("employer", "year")

    year: int = column(_YEAR, unit="year", minimum=2010, maximum=2100)
    employer: str = column("ODS code of the employer.", pattern=r"[A-Z0-9]{3,6}")
    characteristic: str = column(_STANDARD, vocabulary=STANDARDS)
    equality_group: str = column(_GROUP, vocabulary=GROUPS)
    voting: bool = column("Whether the members have a vote.")
    executive: bool = column("Whether the members are executive directors.")
    members: int = column("Members.", unit="people", minimum=0)
