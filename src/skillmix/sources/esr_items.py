"""What a staff-record extract says of a post, and the columns that say it.

The names are those of extracts from the ESR data warehouse; a mapping file gives
others. What is not listed here (names, National Insurance numbers, addresses) is
never read.
"""

from __future__ import annotations

from dataclasses import dataclass

from skillmix.schema import values
from skillmix.sources.labels import LEFT_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing said of a post.

    Attributes:
        name: Name in a mapping file; mostly the column of StaffMonth.
        description: What it is, in words.
        columns: Usual names of the column in extracts.
        needed: Whether an extract without it cannot be read.
        labels: Label map of its values, if they are labels.
        slugs: What its labels may map to.
        blank: What an empty cell, or a missing column, stands for.
    """

    name: str
    description: str
    columns: tuple[str, ...]
    needed: bool = False
    labels: str = ""
    slugs: tuple[str, ...] = ()
    blank: str = ""


ITEMS = (
    Item(
        name="month",
        description="month of the snapshot",
        columns=("Tm_Year_Month", "Year_Month", "Snapshot_Month", "Effective_Date"),
        needed=True,
    ),
    Item(
        name="person",
        description="number of the person; only its keyed hash is kept",
        columns=(
            *("Unique_Nhs_Identifier", "Nhs_Unique_Id", "Employee_Number"),
            "Person_Id",
        ),
        needed=True,
    ),
    Item(
        name="post",
        description="assignment number; only its keyed hash is kept",
        columns=("Assignment_Number", "Asg_Number", "Assignment_Id"),
    ),
    Item(
        name="employer",
        description="ODS code of the employer",
        columns=("Ocs_Code", "Org_Code", "Organisation_Code", "Employer_Code"),
        needed=True,
    ),
    Item(
        name="occupation_code",
        description="NHS occupation code",
        columns=("Occupation_Code", "Occ_Code"),
        needed=True,
    ),
    Item(
        name="area_of_work",
        description="tertiary area of work",
        columns=("Tertiary_Area_Of_Work", "Area_Of_Work"),
        blank="No Area of Work specified",
    ),
    Item(name="job_role", description="job role", columns=("Job_Role", "Role")),
    Item(
        name="job_title",
        description="position title",
        columns=("Position_Title", "Position_Name", "Job_Title"),
    ),
    Item(
        name="band",
        description="payscale or grade, for example NHS|XR05|Review Body Band 5",
        columns=(
            *("Payscale", "Pay_Scale", "Payscale_Code", "Grade", "Pay_Grade"),
            *("Band", "Afc_Band"),
        ),
        labels="esr_bands",
        slugs=values.BANDS,
        blank="unknown",
    ),
    Item(
        name="fte",
        description="contracted full-time equivalent",
        columns=("Contracted_Wte", "Wte", "Contracted_Fte", "Assignment_Fte"),
        needed=True,
    ),
    Item(
        name="contract_type",
        description="type of contract",
        columns=("Asg_Type_Of_Contract", "Type_Of_Contract", "Assignment_Category"),
        needed=True,
        labels="esr_contracts",
        slugs=(*values.CONTRACT_TYPES, LEFT_OUT),
    ),
    Item(
        name="status",
        description="assignment status",
        columns=("Status", "Assignment_Status", "Asg_Status"),
        needed=True,
        labels="esr_statuses",
        slugs=(*values.STATUSES, LEFT_OUT),
    ),
    Item(
        name="basic_pay",
        description="basic pay of the month, in pounds",
        columns=("Basic_Pay", "Monthly_Basic_Pay"),
    ),
    Item(
        name="earnings",
        description="all earnings of the month, in pounds",
        columns=("Earnings", "Total_Earnings", "Gross_Pay", "Monthly_Earnings"),
    ),
    Item(
        name="age",
        description="age in completed years",
        columns=("Age_In_Years", "Age"),
    ),
    Item(
        name="date_of_birth",
        description="used for the age at the month's end if there is no age",
        columns=("Date_Of_Birth", "Dob"),
    ),
    Item(
        name="gender",
        description="gender",
        columns=("Gender", "Sex"),
        labels="esr_genders",
        slugs=values.GENDERS,
        blank="unknown",
    ),
    Item(
        name="ethnicity",
        description="ethnic origin: letter, or letter and label, or label",
        columns=("Ethnic_Origin", "Ethnicity", "Ethnic_Category", "Ethnic_Group"),
        labels="esr_ethnicities",
        slugs=values.ETHNICITIES,
        blank="99",
    ),
    Item(
        name="disability",
        description="declared disability",
        columns=("Disability", "Disability_Flag", "Disabled", "Disability_Status"),
        labels="esr_disabilities",
        slugs=values.DISABILITIES,
        blank="unspecified",
    ),
    Item(
        name="religion",
        description="religion or belief",
        columns=("Religious_Belief", "Religion", "Religion_Or_Belief"),
        labels="esr_religions",
        slugs=values.RELIGIONS,
        blank="unspecified",
    ),
    Item(
        name="orientation",
        description="sexual orientation",
        columns=("Sexual_Orientation", "Orientation"),
        labels="esr_orientations",
        slugs=values.ORIENTATIONS,
        blank="unspecified",
    ),
)
