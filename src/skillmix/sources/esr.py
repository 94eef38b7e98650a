"""Staff-record extracts shaped like those of the ESR data warehouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import duckdb

from skillmix.schema.codelists import codelist
from skillmix.schema.staff import StaffMonth
from skillmix.sources.esr_cells import (
    DAY_FORMS,
    DECIMAL_FORMS,
    MONTH_FORMS,
    POUND_FORMS,
    code,
    day,
    decimal,
    month_of,
    pence,
    staff_number,
)
from skillmix.sources.esr_items import ITEMS, Item
from skillmix.sources.fields import (
    FORMULA,
    Check,
    Field,
    formula,
    literal,
    quoted,
    whole,
)
from skillmix.sources.main_post import MAIN_POST
from skillmix.sources.mapping import StaffMapping
from skillmix.sources.pseudonym import pseudonym
from skillmix.sources.refine import Refined, refine
from skillmix.sources.strays import strays

READER = "staff_record_extract"
LAYOUT = "staff-record extract, one row a post and month (ESR data warehouse)"


def refiner(
    database: duckdb.DuckDBPyConnection,
    columns: Mapping[str, str],
    mapping: StaffMapping,
) -> Callable[[str], Refined]:
    """Return what turns the text columns of an extract into the table `posts`."""

    def refined(source: str) -> Refined:
        made = refine(
            database,
            source,
            StaffMonth,
            _fields(columns, mapping),
            _checks(columns),
            header=tuple(dict.fromkeys(columns.values())),
            personal=True,
            repeats="post" not in columns,
        )
        _choose_main_posts(database, numbered="post" in columns)
        return replace(made, kept="posts")

    return refined


def _fields(columns: Mapping[str, str], mapping: StaffMapping) -> dict[str, Field]:
    when = formula(month_of("{0}"), columns["month"], forms=MONTH_FORMS)
    fields = {
        item.name: _labelled(item, columns, mapping) for item in ITEMS if item.labels
    }
    return fields | {
        "month": when,
        "person_id": person(columns),
        "post_id": post(columns),
        "main_post": Field(source="", value="false"),
        "employer": employer(columns),
        "occupation_code": formula(code("{0}"), columns["occupation_code"]),
        "area_of_work": area(columns),
        "job_role": _optional(columns, "job_role", "{0}"),
        "job_title": _optional(
            columns, "job_title", r"nullif(regexp_replace({0}, '^[=+@\-\s]+', ''), '')"
        ),
        "fte": formula(decimal("{0}"), columns["fte"], forms=DECIMAL_FORMS),
        "basic_pay": _pay(columns, "basic_pay"),
        "earnings": _pay(columns, "earnings"),
        "age": _age(columns, when),
    }


def _labelled(item: Item, columns: Mapping[str, str], mapping: StaffMapping) -> Field:
    more = {slug: slug for slug in item.slugs} | dict(mapping.values.get(item.name, {}))
    value = _GRADE if item.name == "band" else "{0}"
    if item.blank:
        value = f"coalesce({value}, {literal(item.blank)})"
    if item.name not in columns:
        return Field(
            source="", value=literal(item.blank), labels=item.labels, more_labels=more
        )
    return Field(
        source=columns[item.name], value=value, labels=item.labels, more_labels=more
    )


# "NHS|XR08|Review Body Band 8 - Range A" is band 8a by its code; a payscale that is
# not of the review bodies' X codes (doctors, local scales) is not Agenda for Change.
_CODE = "CASE WHEN {0} LIKE '%|%' THEN upper(split_part({0}, '|', 2)) ELSE {0} END"
_WORDS = r"'(?i)^(?:non[- ])?(?:review body )?band (\d)(?: ?-? ?(?:range )?([a-d]))?$'"
_GRADE = (
    "CASE WHEN {0} ILIKE '%very senior manager%' THEN 'Very Senior Manager' "
    f"WHEN regexp_matches({{0}}, {_WORDS}) THEN 'Band ' || "
    f"lower(regexp_extract({{0}}, {_WORDS}, 1) || regexp_extract({{0}}, {_WORDS}, 2)) "
    f"WHEN regexp_full_match({_CODE}, 'X[RN](0[1-9]|1[0-2])') THEN {_CODE} "
    f"WHEN {{0}} LIKE '%|%' OR regexp_full_match({{0}}, '[A-Z]{{2}}\\d{{2}}') "
    "THEN 'Non AfC' ELSE {0} END"
)


def band(columns: Mapping[str, str], mapping: StaffMapping) -> Field:
    """Turn a payscale or grade into a band."""
    item = next(i for i in ITEMS if i.name == "band")
    return _labelled(item, columns, mapping)


def person(columns: Mapping[str, str]) -> Field:
    """Hide the person's number."""
    return formula(pseudonym("person", staff_number("{0}")), columns["person"])


def employer(columns: Mapping[str, str]) -> Field:
    """Take the employer's code."""
    return formula(code("{0}"), columns["employer"])


def post(columns: Mapping[str, str]) -> Field:
    """Hide the assignment number, or what else tells a person's posts apart."""
    if "post" in columns:
        where = code(f"coalesce({quoted(columns['employer'])}, '')")
        told = f"{where} || '|' || {staff_number('{0}')}"
        return formula(pseudonym("post", told), columns["post"])
    parts = ("employer", "occupation_code", "contract_type", "area_of_work", "job_role")
    told = " || '|' || ".join(
        code(f"coalesce({quoted(columns[name])}, '')")
        for name in parts
        if name in columns
    )
    return formula(
        pseudonym("post", f"{staff_number('{0}')} || '|' || {told}"), columns["person"]
    )


def area(columns: Mapping[str, str]) -> Field:
    """Take the area of work in its current wording."""
    unless = literal(next(i.blank for i in ITEMS if i.name == "area_of_work"))
    if "area_of_work" not in columns:
        return Field(source="", value=unless)
    aliases = " ".join(
        f"WHEN {literal(row['wording'])} THEN {literal(row['area'])}"
        for row in codelist("areas_of_work_aliases")
        if row["level"] == "tertiary"
    )
    current = f"CASE {{0}} {aliases} ELSE {{0}} END" if aliases else "{0}"
    return formula(f"coalesce({current}, {unless})", columns["area_of_work"])


def _optional(
    columns: Mapping[str, str], name: str, value: str, kind: str = "VARCHAR"
) -> Field:
    if name not in columns:
        return Field(source="", value=f"CAST(NULL AS {kind})")
    return formula(value, columns[name])


def _pay(columns: Mapping[str, str], name: str) -> Field:
    made = _optional(columns, name, pence("{0}"), "BIGINT")
    return replace(made, forms=POUND_FORMS)


def _age(columns: Mapping[str, str], when: Field) -> Field:
    if "age" in columns:
        return whole(columns["age"])
    if "date_of_birth" not in columns:
        return Field(source="", value="CAST(NULL AS BIGINT)")
    born, end = day("{0}"), f"last_day({when.sql})"
    # A year of two digits that would lie ahead lies in the century before.
    past = f"CASE WHEN {born} > {end} THEN {born} - INTERVAL 100 YEAR ELSE {born} END"
    age = formula(
        f"date_sub('year', CAST({past} AS DATE), {end})",
        columns["date_of_birth"],
        forms=DAY_FORMS,
    )
    # A month that cannot be read is counted under its own column.
    return replace(age, reads=born)


def _checks(columns: Mapping[str, str]) -> tuple[Check, ...]:
    """Return what is counted beyond the rules of the columns."""
    checks = [*strays(columns)]
    if "area_of_work" in columns:
        listed = ", ".join(literal(area) for area in _areas())
        checks.append(
            Check(
                rule="an area of work that is not in the code list; the row is kept",
                column=columns["area_of_work"],
                broken=f"area_of_work NOT IN ({listed})",
                remedy="Compare with the code list of areas of work.",
                refuses=False,
            )
        )
    if "job_title" in columns:
        title = quoted(f"file_{columns['job_title']}")
        checks.append(
            Check(
                rule="a title that begins like a formula; the sign was removed",
                column=columns["job_title"],
                broken=f"regexp_matches({title}, {literal(FORMULA)})",
                remedy="Nothing to do, unless you do not know where it comes from.",
                refuses=False,
            )
        )
    return tuple(checks)


def _areas() -> list[str]:
    return [
        "No Area of Work specified",
        *dict.fromkeys(row["tertiary"] for row in codelist("areas_of_work")),
    ]


def _choose_main_posts(database: duckdb.DuckDBPyConnection, *, numbered: bool) -> None:
    """Tell apart posts without a number, then mark each person's main post."""
    source = "staged"
    if not numbered:
        ranked = (
            "row_number() OVER (PARTITION BY month, post_id ORDER BY fte DESC, band,"
            " job_title, basic_pay)"
        )
        hidden = pseudonym("post", "post_id::VARCHAR || '|' || place::VARCHAR")
        source = (
            f"(SELECT * EXCLUDE (place) REPLACE ({hidden} AS post_id)"  # noqa: S608
            f" FROM (SELECT *, {ranked} AS place FROM staged))"
        )
    database.execute(
        "CREATE OR REPLACE TEMP TABLE posts AS "  # noqa: S608
        f"SELECT * REPLACE ({MAIN_POST} AS main_post) FROM {source}"
    )
