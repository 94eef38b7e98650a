"""What a row must not be, in words and in SQL, and how the cells look that are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from skillmix.schema.table import Column, Table
from skillmix.sources.fields import (
    FORMULA,
    NOTHING_TO_DO,
    Check,
    Field,
    Fields,
    literal,
    quoted,
)
from skillmix.sources.labels import LEFT_OUT

LONGEST_LOOK = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition that a row must not meet.

    Attributes:
        rule: What is wrong, in words.
        column: The column concerned, as the file names it.
        broken: SQL condition that holds where it is.
        remedy: What to do.
        refuses: Whether such rows are left out.
        intended: Whether they are left out by definition, not by mistake.
        target: The table's column, where a label has no slug.
        printed: The file's cell, where its look helps to see what is wrong.
    """

    rule: str
    column: str
    broken: str
    remedy: str
    refuses: bool = True
    intended: bool = False
    target: str = ""
    printed: str = ""


def declared(table: type[Table], fields: Fields) -> list[Rule]:
    """Return the rules that the table's columns, and their fields, declare."""
    rules: list[Rule] = []
    for name, column in table.columns().items():
        rules += _column_rules(name, column, fields[name])
    return rules


def _column_rules(name: str, column: Column, field: Field) -> list[Rule]:
    own = quoted(name)
    printed = quoted(f"file_{field.source}") if field.source else "NULL"
    told = field.source or name
    rules: list[Rule] = []

    def add(rule: str, broken: str, remedy: str, **more: Any) -> None:
        rules.append(Rule(rule=rule, column=told, broken=broken, remedy=remedy, **more))

    if field.labels:
        label = quoted(f"label_{name}")
        add(
            "a label that is not in the code list",
            f"{label} IS NOT NULL AND {own} IS NULL",
            f"Correct it, or map it under [values.{field.item or name}] in a "
            "mapping file."
            if field.more_labels
            else f"Correct the label, or add it to the label map '{field.labels}'.",
            target=name,
            printed=printed,
        )
        add(
            "outside this table by definition",
            f"{own} = {literal(LEFT_OUT)}",
            NOTHING_TO_DO,
            intended=True,
        )
        if not column.nullable:
            add("a label is missing", f"{label} IS NULL", "Fill the empty cells.")
        return rules
    marked = [literal(mark) for mark in field.missing]
    given = f"{printed} IS NOT NULL"
    if marked:
        given += f" AND {printed} NOT IN ({', '.join(marked)})"
    if field.source:
        read = f"({field.reads.replace('{0}', printed)})" if field.reads else own
        unreadable = f"{given} AND {read} IS NULL"
        add(
            "a value that cannot be read",
            unreadable,
            f"Write it as {field.forms}."
            if field.forms
            else "Compare it with the layout in `skillmix check --layouts`.",
            printed=printed,
        )
        if not column.nullable:
            empty = f"NOT ({given}) AND {own} IS NULL"
            add("a value is missing", empty, "Fill the empty cells.")
    rules += _limits(name, column, told, printed)
    return rules


def _limits(name: str, column: Column, told: str, printed: str) -> list[Rule]:
    """Return the rules of range, pattern, vocabulary and safe text."""
    own = quoted(name)
    rules: list[Rule] = []

    def add(rule: str, broken: str, remedy: str, **more: Any) -> None:
        rules.append(Rule(rule=rule, column=told, broken=broken, remedy=remedy, **more))

    if column.minimum is not None:
        least = f"{column.minimum:g}"
        add(f"a value under {least}", f"{own} < {least}", "Correct the values.")
    if column.maximum is not None:
        most = f"{column.maximum:g}"
        add(f"a value over {most}", f"{own} > {most}", "Correct the values.")
    if column.pattern:
        add(
            f"a value not of the form {column.pattern}",
            f"NOT regexp_full_match({own}, {literal(column.pattern)})",
            f"Correct the values. Meant is: {column.description}",
            printed=printed,
        )
    if column.vocabulary:
        listed = ", ".join(literal(value) for value in column.vocabulary)
        add(
            "a value that is not in the code list",
            f"{own} NOT IN ({listed})",
            "Correct it.",
        )
    elif column.python_type is str:
        add(
            "a text that begins like a formula",
            f"regexp_matches({own}, {literal(FORMULA)})",
            "Remove the leading sign; a spreadsheet would run such a cell.",
        )
    return rules


def checked(checks: Sequence[Check]) -> list[Rule]:
    """Return the checks of a layout as rules."""
    return [
        Rule(
            rule=check.rule,
            column=check.column,
            broken=check.broken,
            remedy=check.remedy,
            refuses=check.refuses,
            intended=check.intended,
        )
        for check in checks
    ]


def looks_of(
    database: duckdb.DuckDBPyConnection, valued: str, broken: Sequence[Rule]
) -> dict[Rule, str]:
    """Say how the cells that break a rule mostly look, every letter and digit masked.

    That shows a day written month first, or two columns exchanged, and shows no value
    of a person. The file is read again for it, but only where there is a fault.
    """
    asked = [r for r in broken if r.printed and r.printed != "NULL"]
    if not asked:
        return {}
    masked = ", ".join(
        f"mode({_mask_of(r.printed)}) FILTER ({r.broken}),"
        f" count(DISTINCT {r.printed}) FILTER ({r.broken})"
        for r in asked
    )
    (found,) = database.execute(
        f"{valued} SELECT {masked} FROM valued"  # noqa: S608
    ).fetchall()
    looks: dict[Rule, str] = {}
    for rule, look, different in zip(asked, found[::2], found[1::2], strict=True):
        if rule.target:
            looks[rule] = f"{different} different labels" if different > 1 else ""
        elif look:
            looks[rule] = f"most look like '{look}' (A a letter, 9 a digit)"
    return looks


def _mask_of(cell: str) -> str:
    steps = ((r"\p{N}", "9"), (r"\p{L}", "A"), (r"[^\x20-\x7E£€]", "?"))
    masked = f"left({cell}, {LONGEST_LOOK})"
    for pattern, stands in steps:
        masked = f"regexp_replace({masked}, {literal(pattern)}, '{stands}', 'g')"
    return masked
