"""Registers: curated facts with a source on every row, shipped as data.

A register is not a code list: nobody prescribes it, and its rows are claims of
somebody. They stand in the folder beside this module, so that an expert can review
and correct them; a file of the user's own, in the layout of the table, replaces one.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import ClassVar

from skillmix.schema.table import Table, column

CERTAINTY_NOTE = "How sure the row is: text, source, seen or general_knowledge."


@cache
def register(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a register as text, in the order of its file."""
    path = files("skillmix.schema").joinpath("registers", f"{name}.csv")
    rows = csv.DictReader(StringIO(path.read_text(encoding="utf-8")))
    return tuple(MappingProxyType(row) for row in rows)


class RoleExample(Table):
    """Examples of clinical support roles, in three broad categories."""

    name: ClassVar[str] = "role_example"
    key: ClassVar[tuple[str, ...]] = ("role",)

    role_category: str = column("Category: assistants, professional or training.")
    role: str = column("Name of the role.")
    other_names: str = column("Other names in use, set apart by semicolons.")
    service: str = column("Service it belongs to, as a scope names it, or `all`.")
    registered: bool = column("Whether its holders are registered.")
    training: bool = column("Whether it is a training post.")
    clinical: bool = column("Whether it is a clinical role.")


class Benefit(Table):
    """What a more diverse workforce is said to bring, with who says so."""

    name: ClassVar[str] = "benefit"
    key: ClassVar[tuple[str, ...]] = ("benefit",)

    benefit: str = column("Slug of the benefit.")
    claim: str = column("The benefit in words.")
    gained_by: str = column("Who gains by it.")
    reach: str = column("What the source is about, for example the NHS.")
    service: str = column("Service it is about, as a scope names it, or `all`.")
    source: str = column("Who says so.")
    certainty: str = column(CERTAINTY_NOTE)


class Standard(Table):
    """Standards, codes and frameworks for support workers, by nation."""

    name: ClassVar[str] = "standard"
    key: ClassVar[tuple[str, ...]] = ("standard",)

    standard: str = column("Slug of the standard.")
    title: str = column("Its name.")
    nation: str = column("Nation of the UK.")
    kind: str = column("Kind, for example induction or code_of_conduct.")
    introduced: int = column("Year it came in.", unit="year", nullable=True)
    mandatory_from: int = column(
        "Year from which it binds; empty if it never did.", unit="year", nullable=True
    )
    parts: int = column("How many parts it has.", unit="parts", nullable=True)
    weeks: int = column(
        "Weeks within which it should be met.", unit="weeks", nullable=True
    )
    source: str = column("Where it is described.")


class Scheme(Table):
    """Schemes that develop support workers, by focus and nation."""

    name: ClassVar[str] = "scheme"
    key: ClassVar[tuple[str, ...]] = ("scheme",)

    scheme: str = column("Slug of the scheme.")
    title: str = column("Its name.")
    organisation: str = column("Who runs it.")
    nation: str = column("Nation of the UK.")
    focus: str = column("What it offers.")
    for_service: bool = column("Whether it has a strand for mental health.")
    weeks: int = column("Length in weeks.", unit="weeks", nullable=True)
    years: int = column("Length of what it leads to.", unit="years", nullable=True)
    level: int = column(
        "Apprenticeship level it leads to.", unit="level", nullable=True
    )
    since: int = column("Year it is described in.", unit="year")
    source: str = column("Where it is described.")


class DefinitionPart(Table):
    """What the report's definitions are made of, part by part."""

    name: ClassVar[str] = "definition_part"
    key: ClassVar[tuple[str, ...]] = ("definition", "criterion", "element")

    definition: str = column("Definition, for example footnote_6.")
    criterion: str = column("What the part is, for example band.")
    element: str = column("The part.")
    source: str = column("Where the report gives it.")


class DeductionBand(Table):
    """Income tax and National Insurance of an employee, by band of yearly pay.

    The taper of the personal allowance above GBP 100,000 stands as a band of its
    own, at 60%.
    """

    name: ClassVar[str] = "deduction_band"
    key: ClassVar[tuple[str, ...]] = ("from_month", "deduction", "lower")

    from_month: dt.date = column("First month of the tax year.")
    deduction: str = column("income_tax or national_insurance.")
    lower: float = column("Pay from which the rate holds.", unit="GBP a year")
    upper: float = column(
        "Pay up to which it holds; empty for the highest.",
        unit="GBP a year",
        nullable=True,
    )
    rate: float = column("Rate, as a share of 1.")
    source: str = column("Where the rate was published.")


class PayRange(Table):
    """Lowest and highest pay of each Agenda for Change band, by year."""

    name: ClassVar[str] = "pay_range"
    key: ClassVar[tuple[str, ...]] = ("from_month", "band")

    from_month: dt.date = column("First month the range held.")
    band: str = column("Band.")
    minimum: int = column("Lowest pay point.", unit="GBP a year")
    maximum: int = column("Highest pay point.", unit="GBP a year")
    certainty: str = column("How sure the row is.")


class HighCostArea(Table):
    """Supplements paid in and near London, by year."""

    name: ClassVar[str] = "high_cost_area"
    key: ClassVar[tuple[str, ...]] = ("from_month", "zone")

    from_month: dt.date = column("First month the supplement held.")
    zone: str = column("inner_london, outer_london or fringe.")
    rate: float = column("Supplement as a share of basic pay.")
    minimum: int = column("Least supplement.", unit="GBP a year")
    maximum: int = column("Most supplement.", unit="GBP a year")
    certainty: str = column("How sure the row is.")


class SurveyOccupation(Table):
    """Occupational groups of the survey, and which the report counts as support."""

    name: ClassVar[str] = "survey_occupation"
    key: ClassVar[tuple[str, ...]] = ("occupation",)

    occupation: str = column("Slug of the group.")
    support: bool = column("Whether the report counts it as support.")
    registered: bool = column("Whether it is a registered profession.")


REGISTER_TABLES: tuple[type[Table], ...] = (
    *(RoleExample, Benefit, Standard, Scheme, DefinitionPart),
    *(DeductionBand, PayRange, HighCostArea, SurveyOccupation),
)
