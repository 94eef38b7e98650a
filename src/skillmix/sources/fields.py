"""How the columns of a published file become the columns of a table, as data.

Each field compiles to a DuckDB expression over the file's text columns. Text goes
to decimals without passing through floating point, so published sums stay exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

EXCEL_EPOCH = "DATE '1899-12-30'"
NOTHING_TO_DO = "Nothing to do."
FORMULA = r"^\s*([=+@]|-[^\s\d.])"


def quoted(name: str) -> str:
    """Return a column name, quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text, quoted for SQL."""
    return "'" + text.replace("'", "''") + "'"


def half_even(text: str, *, places: int = 5) -> str:
    """Return an exact decimal from text, ties rounded to the even digit.

    Args:
        text: SQL expression of a text that holds a number.
        places: Decimal places to keep.
    """
    near = f"TRY_CAST({text} AS DECIMAL(28, {places}))"
    wide = f"TRY_CAST({text} AS DECIMAL(38, 20))"
    unit = Decimal(1).scaleb(-places)
    tie = f"abs({near} - {wide}) = {unit / 2:f}::DECIMAL(38, 20)"
    odd = f"({near} * {10**places})::HUGEINT % 2 <> 0"
    even = f"{near} - sign({wide})::INT * {unit:f}::DECIMAL(28, {places})"
    # Few figures have more digits than are kept; only those need the long way.
    short = (
        f"strpos({text}, '.') = 0 OR length({text}) - strpos({text}, '.') <= {places}"
    )
    plain = f"NOT contains(lower({text}), 'e')"
    return (
        f"CASE WHEN ({short}) AND {plain} THEN {near}"
        f" WHEN {tie} AND {odd} THEN {even} ELSE {near} END"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of the table, from one column of the file.

    Attributes:
        source: The file's column.
        value: DuckDB expression; `{0}` stands for the file's column.
        missing: Marks that stand for "not given" in this file.
        zero: Marks that stand for zero in this file.
        labels: Label map (`labels/*.csv`) that turns what is printed into a slug.
        otherwise: Another column, taken where `source` reads as `when` says.
        when: See `otherwise`.
        commas: Whether thousands are set off by commas.
        more_labels: Labels beyond the label map, with their slugs.
        item: What a mapping file calls it, where not by the table's column.
        forms: How the value can be written, in words, for who has to correct it.
        reads: Expression that is NULL where this column of the file cannot be read;
            given for a value that rests on another column as well, whose faults are
            its own.
    """

    source: str
    value: str = "{0}"
    missing: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    labels: str = ""
    otherwise: str = ""
    when: str = ""
    commas: bool = False
    more_labels: Mapping[str, str] = field(default_factory=dict[str, str])
    item: str = ""
    forms: str = ""
    reads: str = ""

    @property
    def cleaned(self) -> str:
        """The file's text with this layout's marks for missing and zero applied."""
        text = quoted(self.source) if self.source else "NULL"
        if self.otherwise:
            other = quoted(self.otherwise)
            text = (
                f"CASE WHEN {text} = {literal(self.when)} THEN {other} ELSE {text} END"
            )
        if self.commas:
            text = f"replace({text}, ',', '')"
        for mark in self.missing:
            text = f"nullif({text}, {literal(mark)})"
        for mark in self.zero:
            text = f"CASE WHEN {text} = {literal(mark)} THEN '0' ELSE {text} END"
        return text

    @property
    def sql(self) -> str:
        """The expression of the table's value."""
        return self.value.replace("{0}", f"({self.cleaned})")


def text(source: str, *, missing: tuple[str, ...] = (), unless: str = "") -> Field:
    """Take a text as printed; `unless` stands where nothing is printed."""
    value = f"coalesce({{0}}, {literal(unless)})" if unless else "{0}"
    return Field(source=source, value=value, missing=missing)


def without_prefix(source: str) -> Field:
    """Take a text without the number the publisher sorts by (`003_Nurses`)."""
    return Field(source=source, value=r"regexp_replace({0}, '^\d+_', '')")


def without_footnote(source: str) -> Field:
    """Take a heading without the footnote digits that stick to it."""
    return Field(source=source, value=r"regexp_replace({0}, '\d+$', '')")


def label(source: str, labels: str, *, missing: tuple[str, ...] = ()) -> Field:
    """Turn a printed label into a slug by a label map."""
    return Field(source=source, labels=labels, missing=missing)


def month(source: str, *formats: str) -> Field:
    """Take the month of a date; the formats are those this layout has used."""
    # A year first is never in doubt, and is what a workbook's own dates become.
    known = dict.fromkeys([f for f in formats if f != "excel serial"] + ["%Y-%m-%d"])
    parsed = f"TRY_STRPTIME({{0}}, [{', '.join(map(literal, known))}])"
    if "excel serial" in formats:
        serial = f"{EXCEL_EPOCH} + TRY_CAST({{0}} AS INTEGER)"
        parsed = f"coalesce({parsed}, {serial})"
    return Field(source=source, value=f"CAST(date_trunc('month', {parsed}) AS DATE)")


def number(
    source: str,
    *,
    missing: tuple[str, ...] = (),
    zero: tuple[str, ...] = (),
    commas: bool = False,
) -> Field:
    """Take an exact number with five decimal places."""
    value = f"TRY_CAST({half_even('{0}')} AS DECIMAL(12, 5))"
    return Field(source=source, value=value, missing=missing, zero=zero, commas=commas)


def whole(
    source: str,
    *,
    missing: tuple[str, ...] = (),
    zero: tuple[str, ...] = (),
    commas: bool = False,
) -> Field:
    """Take a whole number; one with a fraction is refused."""
    exact = "TRY_CAST({0} AS DECIMAL(28, 6))"
    value = f"CASE WHEN {exact} % 1 = 0 THEN CAST({exact} AS BIGINT) END"
    return Field(source=source, value=value, missing=missing, zero=zero, commas=commas)


def fixed(value: str) -> Field:
    """Give every row the same text."""
    return Field(source="", value=literal(value))


def absent(kind: str = "VARCHAR") -> Field:
    """Leave the column empty: this layout does not have it."""
    return Field(source="", value=f"CAST(NULL AS {kind})")


def formula(expression: str, source: str, *, forms: str = "") -> Field:
    """Take any DuckDB expression over the file's columns."""
    return Field(source=source, value=expression, forms=forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule over the rows, beyond what the table declares of each column.

    Attributes:
        rule: What is wrong, in words.
        column: The column concerned.
        broken: DuckDB condition, over the table's columns and the file's own
            columns under their names prefixed `file_`, that holds where it is wrong.
        remedy: What to do.
        refuses: Whether such rows are left out, or only counted.
        intended: Whether the rows are left out by definition, not by mistake.
    """

    rule: str
    column: str
    broken: str
    remedy: str
    refuses: bool = True
    intended: bool = False


Fields = Mapping[str, Field]
