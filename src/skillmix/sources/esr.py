"""Staff-record extracts shaped like those of the ESR data warehouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import duckdb

from skillmix.errors import LayoutError
from skillmix.schema.codelists import codelist
from skillmix.schema.staff import StaffMonth
from skillmix.sources.esr_items import ITEMS, Item
from skillmix.sources.fields import (
    FORMULA,
    Check,
    Field,
    formula,
    half_even,
    literal,
    month,
    number,
    quoted,
    whole,
)
from skillmix.sources.main_post import MAIN_POST
from skillmix.sources.mapping import StaffMapping
from skillmix.sources.pseudonym import pseudonym
from skillmix.sources.refine import Refined, refine

READER = "staff_record_extract"
LAYOUT = "staff-record extract, one row a post and month (ESR data warehouse)"
# So many of the needed columns, and the file is taken for an extract with faults.
NEARLY = 4
MONTHS = ("%Y-%B", "%Y-%b", "%Y%m", "%Y-%m", "%B %Y", "%b %Y", "%d/%m/%Y")
_DATES = ("%d/%m/%Y", "%d-%b-%Y", "%Y%m%d", "%d %B %Y")


def columns_of(
    header: tuple[str, ...], mapping: StaffMapping
) -> Mapping[str, str] | None:
    """Return the extract's column of every item it has, or nothing if it is none.

    Raises:
        LayoutError: If it is an extract, but lacks columns that are needed.
    """
    found = {item.name: mapping.column(item, header) for item in ITEMS}
    needed = [item.name for item in ITEMS if item.needed]
    lacking = [name for name in needed if not found[name]]
    if len(needed) - len(lacking) < NEARLY:
        return None
    if lacking:
        raise LayoutError(
            "It looks like a staff-record extract, but no column was found for "
            f"{', '.join(lacking)}.",
            where=", ".join(lacking),
            remedy="Name the columns in a mapping file; draft one with "
            "`skillmix check --suggest-mapping FILE`.",
        )
    return {name: column for name, column in found.items() if column}


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
    when = month(columns["month"], *MONTHS)
    fields = {
        item.name: _labelled(item, columns, mapping) for item in ITEMS if item.labels
    }
    return fields | {
        "month": when,
        "person_id": formula(pseudonym("person", "upper({0})"), columns["person"]),
        "post_id": post(columns),
        "main_post": Field(source="", value="false"),
        "employer": formula("upper({0})", columns["employer"]),
        "occupation_code": formula("upper({0})", columns["occupation_code"]),
        "area_of_work": area(columns),
        "job_role": _optional(columns, "job_role", "{0}"),
        "job_title": _optional(
            columns, "job_title", r"nullif(regexp_replace({0}, '^[=+@\-\s]+', ''), '')"
        ),
        "fte": number(columns["fte"]),
        "basic_pay": _optional(columns, "basic_pay", pence("{0}"), "BIGINT"),
        "earnings": _optional(columns, "earnings", pence("{0}"), "BIGINT"),
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


def post(columns: Mapping[str, str]) -> Field:
    """Hide the assignment number, or what else tells a person's posts apart."""
    employer = quoted(columns["employer"])
    if "post" in columns:
        told = f"upper(coalesce({employer}, '')) || '|' || upper({{0}})"
        return formula(pseudonym("post", told), columns["post"])
    parts = ("employer", "occupation_code", "contract_type", "area_of_work", "job_role")
    told = " || '|' || ".join(
        f"upper(coalesce({quoted(columns[name])}, ''))"
        for name in parts
        if name in columns
    )
    return formula(
        pseudonym("post", f"upper({{0}}) || '|' || {told}"), columns["person"]
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


def pence(text: str) -> str:
    """Return whole pence from pounds, as people write them."""
    plain = f"regexp_replace({text}, '[£,\\s]', '', 'g')"
    return f"CAST(({half_even(plain, places=2)}) * 100 AS BIGINT)"


def _age(columns: Mapping[str, str], when: Field) -> Field:
    if "age" in columns:
        return whole(columns["age"])
    if "date_of_birth" not in columns:
        return Field(source="", value="CAST(NULL AS BIGINT)")
    formats = ", ".join(map(literal, ("%Y-%m-%d", *_DATES)))
    born = f"TRY_STRPTIME(regexp_replace({{0}}, '[ T]00:00:00.*$', ''), [{formats}])"
    return formula(
        f"date_sub('year', CAST({born} AS DATE), last_day({when.sql}))",
        columns["date_of_birth"],
    )


def _checks(columns: Mapping[str, str]) -> tuple[Check, ...]:
    """Return rules that are counted, though the rows stay."""
    checks: list[Check] = []
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
