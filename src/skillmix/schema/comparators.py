"""What the workforce is set beside: populations, prices and figures of others."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from skillmix.schema.scope import SERVICES
from skillmix.schema.table import Table, column

POPULATIONS = ("working_age", "employed_working_age", "all_ages")
PRICE_INDICES = ("cpi", "cpih", "rpi", "gdp_deflator")
RURALITIES = ("rural", "urban")


class PopulationCount(Table):
    """People of a population by one characteristic, from a census or survey."""

    name: ClassVar[str] = "population_count"
    key: ClassVar[tuple[str, ...]] = (
        *("year", "place", "population", "characteristic", "category"),
    )
    part: ClassVar[tuple[str, ...]] = ("place", "characteristic", "year")

    year: int = column("Year the figures are of.", unit="year", minimum=1981)
    place: str = column("Place, for example UK, England or an area code.")
    population: str = column("Which people.", vocabulary=POPULATIONS)
    characteristic: str = column(
        "Characteristic, for example ethnic_group.", pattern=r"[a-z0-9_]+"
    )
    category: str = column(
        "Category, named as the staff record's own, for example black.",
        pattern=r"[a-z0-9_]+",
    )
    people: int = column("People.", unit="people", minimum=0)
    publisher: str = column("Who published the figures.")


class PriceIndex(Table):
    """A monthly index of prices."""

    name: ClassVar[str] = "price_index"
    key: ClassVar[tuple[str, ...]] = ("month", "price_index")
    part: ClassVar[tuple[str, ...]] = ("price_index", "month")

    month: dt.date = column("First day of the month.")
    price_index: str = column("Which index.", vocabulary=PRICE_INDICES)
    level: Decimal = column(
        "Level of the index, whatever its base.", unit="index", minimum=0
    )


class EmployerPlace(Table):
    """Whether a trust serves a rural or an urban area."""

    name: ClassVar[str] = "employer_place"
    key: ClassVar[tuple[str, ...]] = ("employer",)
    part: ClassVar[tuple[str, ...]] = ("employer",)

    employer: str = column("ODS code of the trust.", pattern=r"[A-Z0-9]{3,6}")
    rurality: str = column("Rural or urban.", vocabulary=RURALITIES)
    classification: str = column("Which classification says so, and how.")


class ExternalFigure(Table):
    """One figure that somebody else published, for setting ours beside it.

    The package ships those the report of 2021 quotes; a file of your own replaces
    them. Such a figure is quoted, never computed, and every page says so.
    """

    name: ClassVar[str] = "external_figure"
    key: ClassVar[tuple[str, ...]] = ("figure",)
    part: ClassVar[tuple[str, ...]] = ("figure",)

    figure: str = column("Slug of the figure.", pattern=r"[a-z0-9_]+")
    topic: str = column("What it is set beside, for example sickness.")
    service: str = column(
        "Service it is about, as a scope names it, or `all`.",
        vocabulary=(*SERVICES, "all"),
    )
    subject: str = column("Whom or what it is about, in words.")
    amount: float = column("The figure; percentages out of 100.")
    unit: str = column("Its unit, for example percent.", pattern=r"[a-z_]+")
    period_start: dt.date = column("First day of the first month it is of.")
    period_end: dt.date = column("First day of the last month it is of.")
    place: str = column("Place it is of.")
    publisher: str = column("Who published it, and where.")
    note: str = column("What to know about it.", nullable=True)
