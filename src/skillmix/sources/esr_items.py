"""What extracts say, and the columns that say it, as a list that anyone can review.

The names in `esr_items.csv` are those of extracts from the ESR data warehouse; a
mapping file gives others. What is not listed there (names, National Insurance numbers,
addresses) is never read.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from skillmix.schema import values
from skillmix.schema.codelists import codelist
from skillmix.sources.labels import LEFT_OUT

NOT_KNOWN = "99"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing said of a post, a person or an absence.

    Attributes:
        name: Name in a mapping file; mostly the column of the table.
        description: What it is, in words.
        columns: Usual names of the column in extracts.
        drafted: Names that may mean it: a draft of a mapping takes them, for a person
            to check, and nothing is read by them alone.
        needed: Whether an extract of this kind cannot be read without it.
        labels: Label map of its values, if they are labels.
        slugs: What its labels may map to.
        blank: What an empty cell, or a missing column, stands for.
    """

    name: str
    description: str
    columns: tuple[str, ...]
    needed: bool = False
    drafted: tuple[str, ...] = ()
    labels: str = ""
    slugs: tuple[str, ...] = ()
    blank: str = ""


def items_of(extract: str) -> tuple[Item, ...]:
    """Return what a kind of extract says, in the order of the list.

    Args:
        extract: A column of the list, for example "staff_in_post" or "leavers".
    """
    return tuple(_item(r, needed=r[extract] == "needed") for r in _rows() if r[extract])


@cache
def _rows() -> tuple[dict[str, str], ...]:
    path = files("skillmix.sources").joinpath("esr_items.csv")
    with path.open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def _item(row: Mapping[str, str], *, needed: bool) -> Item:
    return Item(
        name=row["item"],
        description=row["description"],
        columns=tuple(row["usual_columns"].split("|")),
        drafted=tuple(filter(None, row["drafted_columns"].split("|"))),
        needed=needed,
        labels=row["labels"],
        slugs=_SLUGS.get(row["item"], ()),
        blank=row["blank"],
    )


def _codes(name: str) -> tuple[str, ...]:
    return (*(row["code"] for row in codelist(name)), NOT_KNOWN)


_SLUGS: Mapping[str, tuple[str, ...]] = {
    "band": values.BANDS,
    "contract_type": (*values.CONTRACT_TYPES, LEFT_OUT),
    "status": (*values.STATUSES, LEFT_OUT),
    "gender": values.GENDERS,
    "ethnicity": values.ETHNICITIES,
    "disability": values.DISABILITIES,
    "religion": values.RELIGIONS,
    "orientation": values.ORIENTATIONS,
    "leaving_reason": _codes("leaving_reasons"),
    "recruitment_source": _codes("recruitment_sources"),
    "competence": (*values.COMPETENCES, LEFT_OUT),
}
ITEMS = items_of("staff_in_post")
EVERY_ITEM: Mapping[str, Item] = {
    row["item"]: _item(row, needed=False) for row in _rows()
}
