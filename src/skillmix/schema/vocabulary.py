"""Look-ups a reader of files needs that a label alone does not answer.

The slugs are in `values`, their words in `codelists.label`; here are the few
look-ups that lead from a code in the data to a group, an employer or the wording
the tables use. Analyses do not call these: they join `schema.lookups` tables.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from skillmix.schema.codelists import codelist


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """An organisation that employs NHS staff, as newly described as possible.

    Attributes:
        code: ODS code.
        name: Name in the newest publication that lists it.
        employer_type: One of `values.EMPLOYER_TYPES`, from the benchmark group.
        region: NHS England region code, QZZ for bodies without one.
        icb: Integrated care board (before April 2026), or None.
        closed_on: Last day, or None where it is open or the day is not known.
        successor: ODS code of the one that took over, or None where there is none
            or there are several.
    """

    code: str
    name: str
    employer_type: str
    region: str
    icb: str | None
    closed_on: dt.date | None
    successor: str | None


def employer(code: str) -> Employer | None:
    """Return the employer with an ODS code, or None if no list names it."""
    return _employers().get(code)


def leaving_group(code: str) -> str:
    """Return the headline group of a reason for leaving; `unknown` if not listed."""
    return _column("leaving_reasons", "code", "group").get(code, "unknown")


def ethnic_group(code: str) -> str:
    """Return the NHS group of an ethnic category, where Chinese stands apart.

    Args:
        code: A Data Dictionary letter, or a two-character code of the staff record.
    """
    return _column("ethnic_categories", "code", "group_nhs").get(
        _category(code), "not_stated"
    )


def ethnic_group_ons(code: str) -> str:
    """Return the ONS group of an ethnic category, where Chinese is within Asian.

    Args:
        code: A Data Dictionary letter, or a two-character code of the staff record.
    """
    return _column("ethnic_categories", "code", "group_ons").get(
        _category(code), "not_stated"
    )


def area_of_work(wording: str) -> str:
    """Return a tertiary area of work in the wording that the tables use.

    Args:
        wording: As a file has it; unknown wordings are returned unchanged.
    """
    aliases = {
        row["wording"]: row["area"]
        for row in codelist("areas_of_work_aliases")
        if row["level"] == "tertiary"
    }
    return aliases.get(wording, wording)


def _category(code: str) -> str:
    return _column("ethnic_subcategories", "code", "parent").get(code, code)


@cache
def _column(name: str, key: str, value: str) -> Mapping[str, str]:
    return MappingProxyType({row[key]: row[value] for row in codelist(name)})


@cache
def _employers() -> Mapping[str, Employer]:
    return {
        row["code"]: Employer(
            code=row["code"],
            name=row["name"],
            employer_type=row["employer_type"],
            region=row["region"],
            icb=row["icb"] or None,
            closed_on=_date(row["closed_on"]),
            successor=row["successor"] or None,
        )
        for row in codelist("employers")
    }


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
