"""Tables at hand, and what is counted of them: bound, derived, or counted before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from skillmix.cohorts.codes import lookup_rows
from skillmix.cohorts.registers import SHIPPED_TABLES, register_rows
from skillmix.derive import DERIVATIONS, Rule, as_at_month, year_before, year_to
from skillmix.derive.record_rules import refuse_record
from skillmix.engines.engine import Engine
from skillmix.errors import MissingInputError
from skillmix.memory import Cells, Memory
from skillmix.schema.lookups import LOOKUP_TABLES, TitleRole
from skillmix.schema.scope import Scope
from skillmix.schema.staff import StaffMonth
from skillmix.schema.table import Table
from skillmix.schema.way import Computed, Way
from skillmix.sources.inputs import Inputs, holds_month
from skillmix.titles.record import TITLE_ROLES

# Months counted in one query.
AT_ONCE = 12
COMPUTED: Mapping[type[Table], Computed] = {TitleRole: TITLE_ROLES}


class Counting:
    """One set of inputs in one engine; tables are made for one scope.

    Args:
        inputs: What the files amount to.
        scope: The scope of derived tables.
        engine: Where everything is counted.
        memory: What was counted before; nothing if not given.
        brief: Whether tables of months hold the as-at month, and the same a year
            before, alone.
    """

    def __init__(
        self,
        inputs: Inputs,
        scope: Scope,
        engine: Engine,
        memory: Memory | None,
        *,
        brief: bool = False,
    ) -> None:
        self._inputs = inputs
        self._engine = engine
        self._memory = memory
        self._brief = brief
        self._tables: dict[type[Table], ir.Table] = {}
        self._broken: dict[str, Sequence[Mapping[str, Any]]] = {}
        self.scope = scope

    @cached_property
    def months(self) -> tuple[dt.date, ...]:
        """The months of the staff record, in order."""
        held = self.cells(_MONTHS, Scope(), "months", ("month",))
        return tuple(row["month"] for row in held)

    def has(self, table: type[Table]) -> bool:
        """Tell whether a table is at hand, or can be derived."""
        if table in self._inputs.editions:
            return True
        if table in LOOKUP_TABLES or table in SHIPPED_TABLES:
            return True
        if made := _way_of(table):
            return all(self.has(t) for t in made.inputs.values())
        return False

    def table(self, table: type[Table]) -> ir.Table:
        """Return a table, bound, loaded or derived the first time it is asked for."""
        if table not in self._tables:
            self._tables[table] = self._make(table)
        return self._tables[table]

    def roots(self, way: Way) -> tuple[type[Table], ...]:
        """Return the tables a way reads in the end, derived ones traced back."""
        found: dict[type[Table], None] = {}
        for table in way.inputs.values():
            made = _way_of(table)
            if made and table not in self._inputs.editions:
                found.update(dict.fromkeys(self.roots(made)))
            else:
                found[table] = None
        return tuple(found)

    def rows(self, way: Way) -> Cells:
        """Run one query over the tables; for small tables of counts only.

        Raises:
            MissingInputError: If a table it reads is not at hand.
        """
        lacking = [t.name for t in way.inputs.values() if not self.has(t)]
        if lacking:
            raise MissingInputError(f"The inputs lack {', '.join(lacking)}.")
        return self.cells(way, self.scope)

    def cells(
        self,
        way: Way,
        scope: Scope,
        asked: str = "",
        order: Sequence[str] = (),
    ) -> Cells:
        """Return a way's cells: remembered, or counted now.

        Args:
            way: What is counted.
            scope: For which workforce, place and month.
            asked: The name of the question, or nothing to leave it unremembered.
            order: The columns the cells are put in order by.
        """
        key = self._key(way, scope, asked, order) if asked else None
        if self._memory and key and (known := self._memory.recall(key)) is not None:
            return known
        tables = {t: self.table(t) for t in way.inputs.values()}
        expression = way.bind(tables, scope)
        cells = self._engine.rows(expression.order_by(order) if order else expression)
        if self._memory and key:
            self._memory.keep(key, cells)
        return cells

    def _make(self, table: type[Table]) -> ir.Table:
        if table in self._inputs.editions:
            return self._engine.bind(table, self._inputs.editions[table])
        if table in LOOKUP_TABLES:
            return self._engine.load(table, lookup_rows()[table])
        if table in SHIPPED_TABLES:
            return self._engine.load(table, register_rows(table))
        if computed := COMPUTED.get(table):
            return self._engine.load(table, computed.compute(self.rows(computed.way)))
        derivation = DERIVATIONS[table]
        self._refuse(table, derivation.refuse)
        if derivation.by_month and (self._memory or self._brief) and self.months:
            return self._engine.load(table, self._by_month(table, derivation.way))
        tables = {t: self.table(t) for t in derivation.way.inputs.values()}
        expression = derivation.way.bind(tables, self.scope)
        return self._engine.keep(table, expression) if derivation.keep else expression

    def _by_month(self, table: type[Table], way: Way) -> pa.Table:
        """Return a table of which each month is counted once and for all.

        A month's rows depend on the files of that month and on nothing else, so the
        month that is added to ten years of others is the only one counted.
        """
        whole = replace(self.scope, month=None)
        wanted = self.months
        if self._brief:
            pair = (year_before(as_at_month(self.scope)), self.scope.month)
            wanted = tuple(month for month in wanted if month in pair)
        parts: list[pa.Table] = []
        new: dict[dt.date, str | None] = {}
        for month in wanted:
            key = self._key(way, whole, table.name, (), month=month)
            kept = self._memory.recall_table(key) if self._memory and key else None
            if kept is None:
                new[month] = key
            else:
                parts.append(kept)
        # Ten years at once would not fit in memory, and be written to disk and back.
        for start in range(0, len(new), AT_ONCE):
            some = list(new)[start : start + AT_ONCE]
            tables = {t: self._only(t, some) for t in way.inputs.values()}
            counted = self._engine.columns(way.bind(tables, whole))
            parts.append(counted)
            for month in some:
                key = new[month]
                if self._memory and key:
                    rows = counted.filter(pc.field("month") == pa.scalar(month))
                    self._memory.keep_table(key, rows)
        return pa.concat_tables(parts)

    def _only(self, table: type[Table], months: Sequence[dt.date]) -> ir.Table:
        """Return a table's rows of these months; all of one that knows no months."""
        rows = self.table(table)
        if "month" not in table.columns() or len(months) == len(self.months):
            return rows
        return rows.filter(rows.month.isin([*map(ibis.literal, months)]))

    def _key(
        self,
        way: Way,
        scope: Scope,
        asked: str,
        order: Sequence[str],
        *,
        month: dt.date | None = None,
    ) -> str | None:
        """Return what a way's cells rest on, or None if that cannot be told."""
        if self._memory is None:
            return None
        rests_on = dict.fromkeys([*self.roots(way), *self._checked(way)])
        held = self._inputs.editions
        return self._memory.key(
            *(asked, way.expression.__module__, way.label, repr(scope), str(month)),
            *(*order, self._engine.name, self._engine.version),
            # What was counted briefly is not to be taken for the whole record's.
            *(["brief"] if self._brief and month is None else []),
            editions={
                t.name: [
                    path
                    for path in held[t]
                    if month is None or holds_month(path, month)
                ]
                for t in rests_on
                if t in held
            },
        )

    def _checked(self, way: Way) -> Iterator[type[Table]]:
        """Give the tables whose rules a way's derived tables must keep."""
        for table in way.inputs.values():
            if table in DERIVATIONS and table not in self._inputs.editions:
                for rule in DERIVATIONS[table].refuse:
                    yield from self.roots(rule.way)
                yield from self._checked(DERIVATIONS[table].way)

    def _refuse(self, table: type[Table], rules: Sequence[Rule]) -> None:
        """Stop where the record breaks a rule that a table rests on."""
        broken: list[Mapping[str, Any]] = []
        for rule in rules:
            if not all(map(self.has, rule.way.inputs.values())):
                continue
            # Looked at once a run; a record that breaks a rule breaks it every time.
            if rule.name not in self._broken:
                self._broken[rule.name] = self._breaches(rule)
            broken += self._broken[rule.name]
        refuse_record(table, broken)

    def _breaches(self, rule: Rule) -> Sequence[Mapping[str, Any]]:
        """Return a row for each place that a rule looks at, with what is broken."""
        if not rule.by_month:
            return self.cells(rule.way, self.scope, rule.name, ("place",))
        found: list[Mapping[str, Any]] = []
        new: dict[str, tuple[Scope, str | None]] = {}
        for month in year_to(self.scope):
            at = Scope(month=month)
            key = self._key(rule.way, at, rule.name, (), month=month)
            known = self._memory.recall(key) if self._memory and key else None
            if known is None:
                new[f"{month:%Y-%m}"] = at, key
            else:
                found += known
        if new:
            tables = {t: self.table(t) for t in rule.way.inputs.values()}
            looks = [rule.way.bind(tables, at) for at, _ in new.values()]
            for row in self._engine.rows(ibis.union(*looks)):
                found.append(row)
                _, key = new[row["place"]]
                if self._memory and key:
                    self._memory.keep(key, [row])
        return found


def _months(staff: ir.Table) -> ir.Table:
    return staff.select("month").distinct()


_MONTHS = Way(inputs={"staff": StaffMonth}, expression=_months)


def _way_of(table: type[Table]) -> Way | None:
    """Return how a table is made from others, or None if it is read or shipped."""
    if table in DERIVATIONS:
        return DERIVATIONS[table].way
    return COMPUTED[table].way if table in COMPUTED else None
