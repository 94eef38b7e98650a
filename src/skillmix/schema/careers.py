"""Tables of careers: people followed from snapshot to snapshot, and their cells.

Only `CareerMonth`, `Cohort`, `CareerMove` and `FlowLine` hold rows of people, and
they never leave the engine; the others are counts. A step is one month; step 0 is a
year before the as-at month and step 12 is the as-at month.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from skillmix.schema import values
from skillmix.schema.table import Table, column

STEP_NOTE = "Months since the opening month, a year before the as-at month."
PERSON_NOTE = "Pseudonym of the person."
FLOWS = ("joined", "moved_in", "hours", "moved_out", "left")
EVENTS = ("promoted", "rebanded", "retired", "left", "none")
LEFT = "left"
AWAY = "away"


class CareerMonth(Table):
    """Everyone who was in the workforce in a month of the year, in all its months."""

    name: ClassVar[str] = "career_month"
    key: ClassVar[tuple[str, ...]] = ("step", "person_id")

    step: int = column(STEP_NOTE, unit="months", minimum=0, maximum=12)
    person_id: int = column(PERSON_NOTE, personal=True)
    counted: bool = column("In post, in the workforce and in the place of the scope.")
    in_post: bool = column("In post: neither on leave nor only on a bank contract.")
    in_service: bool = column("In the service of the run's scope.")
    band: str = column("Band of the main post.", vocabulary=values.BANDS)
    rank: int = column("Place of the band; empty off the bands.", nullable=True)
    registered: bool = column("Whether the code is of a registered profession.")
    training: bool = column("Whether the code or role is a training post.")
    role_category: str = column("Role category of the job role.")
    job_role: str = column("Job role.", nullable=True)
    employer: str = column("ODS code of the employer.")
    age: int = column("Age.", unit="years", nullable=True)
    gender: str = column("Gender.", vocabulary=values.GENDERS)
    ethnic_group: str = column("Ethnic group (six NHS groups) or not_stated.")
    disability: str = column("Disability.", vocabulary=values.DISABILITIES)


class CareerMove(Table):
    """Changes of band or role of people of the workforce, month by month."""

    name: ClassVar[str] = "career_move"
    key: ClassVar[tuple[str, ...]] = ("step", "person_id")

    step: int = column("Month of the change: the first at the new post.", minimum=1)
    person_id: int = column(PERSON_NOTE, personal=True)
    employer: str = column("Employer before.")
    job_role: str = column("Job role before.", nullable=True)
    band: str = column("Band before.")
    in_service: bool = column("In the service before.")
    end_employer: str = column("Employer after.")
    end_job_role: str = column("Job role after.", nullable=True)
    end_band: str = column("Band after.")
    moved_up: bool = column("Whether the band after is higher.")


class BandRaise(Table):
    """Moves up within one employer and role in one month, set beside their number.

    A mass re-banding is told by size: `mass` where at least ten people, and at least
    a third of the band's holders there, moved to the same band in the same month.
    """

    name: ClassVar[str] = "band_raise"
    key: ClassVar[tuple[str, ...]] = (
        *("employer", "job_role", "band", "end_band", "step"),
    )

    employer: str = column("ODS code of the employer.")
    job_role: str = column("Job role, the same before and after.", nullable=True)
    band: str = column("Band before.")
    end_band: str = column("Band after.")
    step: int = column("Month of the change: the first at the new band.")
    holders: int = column("People in that post before and in post after.", minimum=0)
    moved: int = column("Those who moved to the band.", unit="people", minimum=0)
    mass: bool = column("Whether this was a mass re-banding.")


class CareerStep(Table):
    """Steps from month to month of people of the workforce, counted."""

    name: ClassVar[str] = "career_step"
    key: ClassVar[tuple[str, ...]] = (
        *("in_service", "band", "training", "registered", "age", "gender"),
        *("ethnic_group", "disability", "end_band", "end_training", "end_registered"),
    )

    in_service: bool = column("In the service at the start of the step.")
    band: str = column("Band at the start.", vocabulary=values.BANDS)
    training: bool = column("In a training post at the start.")
    registered: bool = column("In a registered profession at the start.")
    age: int = column("Age at the start.", unit="years", nullable=True)
    gender: str = column("Gender.", vocabulary=values.GENDERS)
    ethnic_group: str = column("Ethnic group.")
    disability: str = column("Disability.")
    end_band: str = column("Band a month later; `away` on leave, `left` not there.")
    end_training: bool = column("In a training post a month later.")
    end_registered: bool = column("In a registered profession a month later.")
    people: int = column("Steps of people.", unit="person-months", minimum=0)


class Cohort(Table):
    """People of the workforce in the opening month, and what became of them."""

    name: ClassVar[str] = "cohort"
    key: ClassVar[tuple[str, ...]] = ("person_id",)

    person_id: int = column(PERSON_NOTE, personal=True)
    in_service: bool = column("In the service at the start.")
    band: str = column("Band at the start.", vocabulary=values.BANDS)
    training: bool = column("In a training post at the start.")
    role_category: str = column("Role category at the start.")
    age: int = column("Age at the start.", unit="years", nullable=True)
    gender: str = column("Gender.", vocabulary=values.GENDERS)
    ethnic_group: str = column("Ethnic group.")
    disability: str = column("Disability.")
    up_step: int = column(
        "First month at a higher band than at the start; empty if there was none.",
        minimum=1,
        nullable=True,
    )
    mass: bool = column("Whether that first move up was a mass re-banding.")
    gone_step: int = column(
        "Month from which the record holds the person no more; empty for those in it.",
        nullable=True,
    )
    middle_band: str = column("Band after six months, `away` or `left`.")
    final_band: str = column("Band after twelve months, `away` or `left`.")


class CohortMonth(Table):
    """Where the people of the opening month are in each month after, counted."""

    name: ClassVar[str] = "cohort_month"
    key: ClassVar[tuple[str, ...]] = (
        *("step", "in_service", "band", "training", "outcome"),
    )

    step: int = column(STEP_NOTE, minimum=1)
    in_service: bool = column("In the service at the start.")
    band: str = column("Band at the start.", vocabulary=values.BANDS)
    training: bool = column("In a training post at the start.")
    outcome: str = column("`higher`, `same` or `lower` band, or `away`.")
    people: int = column("People.", unit="people", minimum=0)


class FirstEvent(Table):
    """The first thing that happened to the people of the opening month, counted."""

    name: ClassVar[str] = "first_event"
    key: ClassVar[tuple[str, ...]] = (
        *("in_service", "band", "training", "age", "gender", "ethnic_group"),
        *("disability", "step", "event"),
    )

    in_service: bool = column("In the service at the start.")
    band: str = column("Band at the start.", vocabulary=values.BANDS)
    training: bool = column("In a training post at the start.")
    age: int = column("Age at the start.", unit="years", nullable=True)
    gender: str = column("Gender.", vocabulary=values.GENDERS)
    ethnic_group: str = column("Ethnic group.")
    disability: str = column("Disability.")
    step: int = column("Month of the event, or 12 where there was none.")
    event: str = column("What happened first.", vocabulary=EVENTS)
    people: int = column("People.", unit="people", minimum=0)


class Starter(Table):
    """People who joined the workforce from outside the record, and how long they stay.

    Who stood in the record in the opening month or any month before it is no starter.
    """

    name: ClassVar[str] = "starter"
    key: ClassVar[tuple[str, ...]] = (
        *("in_service", "age", "gender", "ethnic_group", "stayed", "left"),
    )

    in_service: bool = column("In the service when they joined.")
    age: int = column("Age when they joined.", unit="years", nullable=True)
    gender: str = column("Gender.", vocabulary=values.GENDERS)
    ethnic_group: str = column("Ethnic group.")
    stayed: int = column("Months until they left, or until the as-at month.")
    left: bool = column("Whether they left the record.")
    people: int = column("People.", unit="people", minimum=0)


class FlowLine(Table):
    """Each person's people and FTE in each group of staff, a year ago and now."""

    name: ClassVar[str] = "flow_line"
    key: ClassVar[tuple[str, ...]] = ("person_id", "service", "staff_group")

    person_id: int = column(PERSON_NOTE, personal=True)
    service: str = column("In the service, elsewhere in the workforce, or other staff.")
    staff_group: str = column("Staff group.", vocabulary=values.STAFF_GROUPS)
    people_before: int = column("1 where the main post was here.", unit="people")
    people_now: int = column("1 where the main post is here.", unit="people")
    fte_before: Decimal = column("FTE a year ago.", unit="FTE", minimum=0)
    fte_now: Decimal = column("FTE now.", unit="FTE", minimum=0)
    was_there: bool = column("Whether the person was in post at all a year ago.")
    is_there: bool = column("Whether the person is in post at all now.")
    detail: str = column("Where a joiner came from, or why a leaver left.")


class Movement(Table):
    """Flows of a year, by several groupings of staff.

    People are counted in the group of their main post; FTE is of all posts, so a
    person can add FTE to two groups.
    """

    name: ClassVar[str] = "movement"
    key: ClassVar[tuple[str, ...]] = ("grouping", "group", "flow", "detail")

    grouping: str = column("How staff are grouped: `staff_group`, `service` or `all`.")
    group: str = column("The group.")
    flow: str = column("What happened.", vocabulary=FLOWS)
    detail: str = column("Where joiners came from, or why leavers left.")
    people: int = column("People; less than 0 for flows out.", unit="people")
    fte: Decimal = column("FTE; less than 0 for flows out.", unit="FTE")


class Flow(Movement):
    """Stocks of a year ago and now with every flow between them, which balance."""

    name: ClassVar[str] = "flow"

    flow: str = column(
        "A stock, or what happened.", vocabulary=("opening", *FLOWS, "closing")
    )


CAREER_TABLES: tuple[type[Table], ...] = (
    *(CareerMonth, CareerMove, BandRaise, CareerStep, Cohort, CohortMonth),
    *(FirstEvent, Starter, FlowLine, Movement, Flow),
)
