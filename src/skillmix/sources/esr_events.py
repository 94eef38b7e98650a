"""Extracts of leavers and of sickness absence, as staff record systems give them."""

from __future__ import annotations

from collections.abc import Mapping

from skillmix.schema.codelists import codelist
from skillmix.sources.esr import area, band, employer, person, post
from skillmix.sources.esr_cells import (
    DAY_FORMS,
    DECIMAL_FORMS,
    MONTH_FORMS,
    POUND_FORMS,
    code,
    day,
    decimal,
    month_of,
    no_end,
    pence,
)
from skillmix.sources.esr_items import EVERY_ITEM, NOT_KNOWN
from skillmix.sources.fields import (
    NOTHING_TO_DO,
    Check,
    Field,
    Fields,
    formula,
    month,
    quoted,
)
from skillmix.sources.mapping import StaffMapping

LEAVERS_READER, ABSENCE_READER = "leaver_extract", "absence_extract"
JOINERS_READER = "joiner_extract"
BONUS_READER = "bonus_extract"
BONUS_LAYOUT = "bonus extract, one row a bonus paid"
JOINERS_LAYOUT = "joiner extract, one row a person who joined"
LEAVERS_LAYOUT = "leaver extract, one row a person who left"
ABSENCE_LAYOUT = "sickness absence extract, one row a post, month and reason"
SPELLS_LAYOUT = "sickness absence extract, one row a spell with its first and last day"
# The columns that spells are turned into, month by month.
SPELL_MONTH, SPELL_DAYS = "skillmix month", "skillmix days"


def leaver_fields(columns: Mapping[str, str], mapping: StaffMapping) -> Fields:
    """Return the columns of Leaver, from the extract's."""
    # In post on the last day: a person who leaves on the 30th of June is in the
    # snapshot of June and first missing in July.
    gone = f"CAST(date_trunc('month', {day('{0}')} + INTERVAL 1 DAY) AS DATE)"
    return {
        "month": formula(gone, columns["left_on"], forms=DAY_FORMS),
        "person_id": person(columns),
        "employer": employer(columns),
        "occupation_code": formula(code("{0}"), columns["occupation_code"]),
        "area_of_work": area(columns),
        "band": band(columns, mapping),
        "reason": _coded("leaving_reason", "leaving_reasons", columns, mapping),
    }


def joiner_fields(columns: Mapping[str, str], mapping: StaffMapping) -> Fields:
    """Return the columns of Joiner, from the extract's."""
    # A snapshot is taken at the month's end: who joins in June is in that of June.
    first = f"CAST(date_trunc('month', {day('{0}')}) AS DATE)"
    return {
        "month": formula(first, columns["joined_on"], forms=DAY_FORMS),
        "person_id": person(columns),
        "employer": employer(columns),
        "recruitment_source": _coded(
            "recruitment_source", "recruitment_sources", columns, mapping
        ),
    }


def bonus_fields(columns: Mapping[str, str]) -> Fields:
    """Return the columns of Bonus, from the extract's."""
    return {
        "month": formula(month_of("{0}"), columns["paid_in"], forms=MONTH_FORMS),
        "person_id": person(columns),
        "employer": employer(columns),
        "amount": formula(pence("{0}"), columns["bonus"], forms=POUND_FORMS),
    }


def absence_fields(columns: Mapping[str, str]) -> Fields:
    """Return the columns of Absence, from an extract with days lost by month."""
    return {
        "month": formula(month_of("{0}"), columns["month"], forms=MONTH_FORMS),
        "post_id": post(columns),
        "reason": _sickness(columns["absence_reason"]),
        "fte_days_lost": formula(
            decimal("{0}"), columns["days_lost"], forms=DECIMAL_FORMS
        ),
    }


def spell_fields(columns: Mapping[str, str]) -> Fields:
    """Return the columns of Absence, from spells that were spread over months."""
    days = f"TRY_CAST({quoted(SPELL_DAYS)} AS DECIMAL(12, 0))"
    lost = f"CAST({decimal('{0}')} * {days} AS DECIMAL(12, 5))"
    return {
        "month": month(SPELL_MONTH),
        "post_id": post(columns),
        "reason": _sickness(columns["absence_reason"]),
        "fte_days_lost": formula(lost, columns["fte"], forms=DECIMAL_FORMS),
    }


def spread(source: str, columns: Mapping[str, str]) -> str:
    """Return SQL that gives a spell's row once for each month it touches.

    A spell without an end is taken to last to the end of the latest month in which
    any spell of the file begins or ends: later months are not the file's to tell.
    """
    first, last = (day(quoted(columns[n])) for n in ("absent_from", "absent_to"))
    known = (  # the columns' names are quoted, the values never part of the text
        f"SELECT *, {first} AS spell_from, {last} AS spell_to, "  # noqa: S608
        f"last_day(max(greatest({first}, coalesce({last}, {first}))) OVER ()) AS edge "
        f"FROM {source}"
    )
    goes_on = no_end(quoted(columns["absent_to"]))
    ended = f"coalesce(spell_to, CASE WHEN {goes_on} THEN edge END)"
    months = (
        "CASE WHEN spell_from <= spell_end THEN generate_series("
        "date_trunc('month', spell_from), spell_end, INTERVAL 1 MONTH)"
        # A spell that cannot be read stays a row, to be refused and counted.
        " ELSE [NULL] END"
    )
    within = (
        "date_diff('day', greatest(spell_from, CAST(m AS DATE)), "
        "least(spell_end, last_day(CAST(m AS DATE)))) + 1"
    )
    return (
        f"(SELECT * EXCLUDE (m, spell_from, spell_to, spell_end, edge), "  # noqa: S608
        f"strftime(m, '%Y-%m-%d') AS {quoted(SPELL_MONTH)}, "
        f"CAST({within} AS VARCHAR) AS {quoted(SPELL_DAYS)} FROM "
        f"(SELECT *, unnest({months}) AS m FROM "
        f"(SELECT *, {ended} AS spell_end FROM ({known}))))"
    )


def spell_checks(columns: Mapping[str, str]) -> tuple[Check, ...]:
    """Return what can be wrong with a spell beyond its columns."""
    return (
        Check(
            rule="a spell that goes on; counted to the end of the file's last month",
            column=columns["absent_to"],
            broken=no_end(quoted(f"file_{columns['absent_to']}")),
            remedy=NOTHING_TO_DO,
            refuses=False,
        ),
    )


def _coded(
    name: str, codes: str, columns: Mapping[str, str], mapping: StaffMapping
) -> Field:
    """Take a reason or source by its code, its label or both.

    Args:
        name: The item.
        codes: The code list.
        columns: The extract's column of every item.
        mapping: Labels beyond the code list.
    """
    item = EVERY_ITEM[name]
    known = {row["label"]: row["code"] for row in codelist(codes)}
    known |= {code: code for code in item.slugs} | dict(mapping.values.get(name, {}))
    bare = r"regexp_replace({0}, '^\d{1,2}\s*[-|]\s*', '')"
    return Field(
        source=columns[name],
        # "4" is code 04; an empty cell is one that is not known.
        value=f"coalesce(regexp_replace({bare}, '^(\\d)$', '0\\1'), '{NOT_KNOWN}')",
        labels=item.labels,
        more_labels=known,
        item=name,
    )


def _sickness(column: str) -> Field:
    return formula(r"nullif(regexp_extract(upper({0}), '^S\d{2}'), '')", column)
