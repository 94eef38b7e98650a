"""How a derived table is made, and what must hold before it may be."""

from __future__ import annotations

from dataclasses import dataclass

from skillmix.schema.way import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """How a derived table is made, and whether it is worth keeping.

    Attributes:
        way: The tables it reads and the expression over them.
        keep: Whether to run it once and keep the result.
        refuse: Rules that the record must keep, as expressions that count where
            they are broken (see `record_rules`); the table is made only if none is.
            Rules whose tables are not at hand are not tried.
    """

    way: Way
    keep: bool
    refuse: tuple[Way, ...] = ()
