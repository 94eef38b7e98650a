"""Code lists as tables, so that an engine can join them to the staff record."""

from __future__ import annotations

from typing import ClassVar

from skillmix.schema import values
from skillmix.schema.table import Table, column


class OccupationCode(Table):
    """What an NHS occupation code says about the post that carries it."""

    name: ClassVar[str] = "occupation_code"
    key: ClassVar[tuple[str, ...]] = ("occupation_code",)

    occupation_code: str = column("Three-character code.", pattern=r"[0-9A-Z]{3}")
    staff_group: str = column("Staff group.", vocabulary=values.STAFF_GROUPS)
    main_staff_group: str = column("Main group.", vocabulary=values.MAIN_STAFF_GROUPS)
    care_setting: str = column("Care setting slug.")
    registered: bool = column("Whether the code is of a registered profession.")
    training: bool = column("Whether the code is of a training post.")
    hands_on: bool = column("Support staff, clerical and estates codes left out.")
    mental_health_code: bool = column("Qualifies as mental health by itself.")
    footnote_6_setting: bool = column("Of a setting named in the report's footnote 6.")
    maternity_code: bool = column("Qualifies as maternity by itself.")


class AreaOfWork(Table):
    """What a tertiary area of work says about the post that carries it."""

    name: ClassVar[str] = "area_of_work"
    key: ClassVar[tuple[str, ...]] = ("area_of_work",)

    area_of_work: str = column("Tertiary area of work as the staff record words it.")
    mental_health_area: bool = column("Qualifies as mental health by itself.")
    maternity_area: bool = column("Qualifies as maternity by itself.")


class JobRole(Table):
    """The broad category of an ESR job role."""

    name: ClassVar[str] = "job_role"
    key: ClassVar[tuple[str, ...]] = ("job_role",)

    job_role: str = column("Job role as the staff record words it.")
    role_category: str = column("Role category slug.")


class EthnicCategory(Table):
    """The broad ethnic group of an ethnic category."""

    name: ClassVar[str] = "ethnic_category"
    key: ClassVar[tuple[str, ...]] = ("ethnicity",)

    ethnicity: str = column("NHS Data Dictionary letter.")
    ethnic_group: str = column("One of the six NHS groups, or not_stated.")


class Employer(Table):
    """Type, region and integrated care board of an employer."""

    name: ClassVar[str] = "employer"
    key: ClassVar[tuple[str, ...]] = ("employer",)

    employer: str = column("ODS code.", pattern=r"[A-Z0-9]{3,6}")
    employer_type: str = column("Type.", vocabulary=values.EMPLOYER_TYPES)
    region: str = column("NHS England region code.", vocabulary=values.REGIONS)
    icb: str = column("Integrated care board code; QZZ for none.")


class LeavingReason(Table):
    """The groups of a reason for leaving."""

    name: ClassVar[str] = "leaving_reason"
    key: ClassVar[tuple[str, ...]] = ("reason",)

    reason: str = column("NWD code.", pattern=r"\d{2}")
    reason_group: str = column("Headline group, as in the report.")
    resignation_group: str = column("Group within voluntary resignation.")


class RecruitmentSource(Table):
    """What kind of joiner a recruitment source stands for."""

    name: ClassVar[str] = "recruitment_source"
    key: ClassVar[tuple[str, ...]] = ("recruitment_source",)

    recruitment_source: str = column("NWD code.", pattern=r"\d{2}")
    joiner_kind: str = column("Kind of joiner, newly qualified among them.")


# What a title's role reads where it names no support role, or none could be told.
NOT_SUPPORT = "Not a clinical support role"
NOT_PLACED = "Could not be placed"


class TitleRole(Table):
    """What each job title of a staff record says, read once for the whole run."""

    name: ClassVar[str] = "title_role"
    key: ClassVar[tuple[str, ...]] = ("job_title",)

    job_title: str = column("Position title, as the employer words it.", personal=True)
    title_key: str = column("The title, capitals and spaces apart.", personal=True)
    title_words: str = column("The words that name the role, in one spelling.")
    title_scope: str = column("Whether it is a support role: in, out or unsure.")
    title_role: str = column("Role in words, or that it is none or unread.")
    title_category: str = column("One of the three categories, unsure or out of scope.")
    tells_role: bool = column("Whether the title says what the person does.")
    standard_title: str = column("The title a simplification would give.")
    would_change: bool = column("Whether a simplification would change the title.")


LOOKUP_TABLES: tuple[type[Table], ...] = (
    *(OccupationCode, AreaOfWork, JobRole, EthnicCategory, Employer, LeavingReason),
    RecruitmentSource,
)
