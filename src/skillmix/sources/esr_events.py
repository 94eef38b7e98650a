"""Extracts of leavers and of sickness absence, as staff record systems give them."""

from __future__ import annotations

from collections.abc import Mapping

from skillmix.schema.codelists import codelist
from skillmix.sources.esr import MONTHS, area, band, pence, post
from skillmix.sources.fields import (
    Check,
    Field,
    Fields,
    formula,
    literal,
    month,
    number,
    quoted,
)
from skillmix.sources.mapping import StaffMapping
from skillmix.sources.pseudonym import pseudonym

LEAVERS_READER, ABSENCE_READER = "leaver_extract", "absence_extract"
JOINERS_READER = "joiner_extract"
BONUS_READER = "bonus_extract"
BONUS_LAYOUT = "bonus extract, one row a bonus paid"
JOINERS_LAYOUT = "joiner extract, one row a person who joined"
LEAVERS_LAYOUT = "leaver extract, one row a person who left"
ABSENCE_LAYOUT = "sickness absence extract, one row a post, month and reason"
SPELLS_LAYOUT = "sickness absence extract, one row a spell with its first and last day"
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y", "%Y%m%d", "%d %B %Y")
# The columns that spells are turned into, month by month.
SPELL_MONTH, SPELL_DAYS = "skillmix month", "skillmix days"


def leaver_fields(columns: Mapping[str, str], mapping: StaffMapping) -> Fields:
    """Return the columns of Leaver, from the extract's."""
    # In post on the last day: a person who leaves on the 30th of June is in the
    # snapshot of June and first missing in July.
    gone = f"CAST(date_trunc('month', {_day('{0}')} + INTERVAL 1 DAY) AS DATE)"
    return {
        "month": formula(gone, columns["left_on"]),
        "person_id": formula(pseudonym("person", "upper({0})"), columns["person"]),
        "employer": formula("upper({0})", columns["employer"]),
        "occupation_code": formula("upper({0})", columns["occupation_code"]),
        "area_of_work": area(columns),
        "band": band(columns, mapping),
        "reason": _coded(
            columns["leaving_reason"],
            codes="leaving_reasons",
            labels="esr_leaving_reasons",
        ),
    }


def joiner_fields(columns: Mapping[str, str]) -> Fields:
    """Return the columns of Joiner, from the extract's."""
    # A snapshot is taken at the month's end: who joins in June is in that of June.
    first = f"CAST(date_trunc('month', {_day('{0}')}) AS DATE)"
    return {
        "month": formula(first, columns["joined_on"]),
        "person_id": formula(pseudonym("person", "upper({0})"), columns["person"]),
        "employer": formula("upper({0})", columns["employer"]),
        "recruitment_source": _coded(
            columns["recruitment_source"],
            codes="recruitment_sources",
            labels="esr_recruitment_sources",
        ),
    }


def bonus_fields(columns: Mapping[str, str]) -> Fields:
    """Return the columns of Bonus, from the extract's."""
    paid = f"CAST(date_trunc('month', {_day('{0}')}) AS DATE)"
    when = month(columns["paid_in"], *MONTHS)
    return {
        "month": formula(f"coalesce({paid}, {when.value})", columns["paid_in"]),
        "person_id": formula(pseudonym("person", "upper({0})"), columns["person"]),
        "employer": formula("upper({0})", columns["employer"]),
        "amount": formula(pence("{0}"), columns["bonus"]),
    }


def absence_fields(columns: Mapping[str, str]) -> Fields:
    """Return the columns of Absence, from an extract with days lost by month."""
    return {
        "month": month(columns["month"], *MONTHS),
        "post_id": post(columns),
        "reason": _sickness(columns["absence_reason"]),
        "fte_days_lost": number(columns["days_lost"]),
    }


def spell_fields(columns: Mapping[str, str]) -> Fields:
    """Return the columns of Absence, from spells that were spread over months."""
    days = f"TRY_CAST({quoted(SPELL_DAYS)} AS DECIMAL(12, 0))"
    lost = f"CAST(TRY_CAST({{0}} AS DECIMAL(12, 5)) * {days} AS DECIMAL(12, 5))"
    return {
        "month": month(SPELL_MONTH),
        "post_id": post(columns),
        "reason": _sickness(columns["absence_reason"]),
        "fte_days_lost": formula(lost, columns["fte"]),
    }


def spread(source: str, columns: Mapping[str, str]) -> str:
    """Return SQL that gives a spell's row once for each month it touches.

    A spell without an end is taken to last to the end of the latest month in which
    any spell of the file begins or ends: later months are not the file's to tell.
    """
    first, last = (_day(quoted(columns[n])) for n in ("absent_from", "absent_to"))
    known = (  # the columns' names are quoted, the values never part of the text
        f"SELECT *, {first} AS spell_from, {last} AS spell_to, "  # noqa: S608
        f"last_day(max(greatest({first}, coalesce({last}, {first}))) OVER ()) AS edge "
        f"FROM {source}"
    )
    ended = f"coalesce(spell_to, CASE WHEN {quoted(columns['absent_to'])} IS NULL"
    ended += f" OR trim({quoted(columns['absent_to'])}) = '' THEN edge END)"
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
            broken=f"{quoted('file_' + columns['absent_to'])} IS NULL",
            remedy="Nothing to do.",
            refuses=False,
        ),
    )


def _day(text: str) -> str:
    formats = ", ".join(map(literal, DATES))
    plain = f"regexp_replace(trim({text}), '[ T]00:00:00.*$', '')"
    return f"CAST(TRY_STRPTIME({plain}, [{formats}]) AS DATE)"


def _coded(column: str, *, codes: str, labels: str) -> Field:
    """Take a reason or source by its code, its label or both."""
    known = {row["label"]: row["code"] for row in codelist(codes)}
    known |= {row["code"]: row["code"] for row in codelist(codes)}
    known["99"] = "99"  # not known
    bare = r"regexp_replace({0}, '^\d{1,2}\s*[-|]\s*', '')"
    return Field(
        source=column,
        # "4" is code 04; an empty cell is one that is not known.
        value=f"coalesce(regexp_replace({bare}, '^(\\d)$', '0\\1'), '99')",
        labels=labels,
        more_labels=known,
    )


def _sickness(column: str) -> Field:
    return formula(r"nullif(regexp_extract(upper({0}), '^S\d{2}'), '')", column)
