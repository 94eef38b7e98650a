"""How a derived table is made, and what must hold before it may be."""

from __future__ import annotations

from dataclasses import dataclass

from skillmix.schema.way import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a record must keep, as an expression that counts where it is broken.

    Attributes:
        way: The tables it reads and the expression (see `record_rules`).
        by_month: Whether it looks at the rows of the as-at month alone, gives one row
            with that month for its place, and is asked of every month of the year.
    """

    way: Way
    by_month: bool = False

    @property
    def name(self) -> str:
        """The name of the expression."""
        return self.way.expression.__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """How a derived table is made, and whether it is worth keeping.

    Attributes:
        way: The tables it reads and the expression over them.
        keep: Whether to run it once and keep the result.
        by_month: Whether the rows of a month rest on the record's rows of that month
            alone, whatever the as-at month, and hold no person: then they are counted
            once and for all.
        refuse: Rules that the record must keep; the table is made only if none is
            broken. Rules whose tables are not at hand are not tried.
    """

    way: Way
    keep: bool
    by_month: bool = False
    refuse: tuple[Rule, ...] = ()
