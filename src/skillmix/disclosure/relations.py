"""Which counts of a result are the same, and which add up to which others.

Nothing is declared: a declaration can be forgotten, and nobody sees that it was. The
relations are looked for in the exact counts instead, and one is kept where it holds
throughout the result; a reader could guess as much from the words of the table. One
that holds by chance costs a row at most.

Looked for within one result:

- parts: rows alike but for some keys, all of the same people, to which their cases add
  up (the categories of a share);
- totals: rows that are the sum of the rows alike but for one key, or of these but one
  ("all" of its details; "all others" of the groups but the reference). Losses count
  below zero, so that opening and flows are closing;
- overall: rows that are the sum of the groups of each classification beside them
  (everyone, by staff group and by service);
- same: columns of counts that are equal row by row;
- beside: three columns of which two add up to the third (stayers and leavers).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations, product
from typing import Any, TypeVar

from skillmix.schema.results import Counted, Finding, Fitted

_COUNTED = tuple(Counted.columns())
CASES, PEOPLE = 0, 1
SIDES = (CASES, PEOPLE)
# Categories are told apart by one key, or by a few that go together.
_MOST_KEYS = 3
# With more values to a key, sums that leave one out are too many to try.
_MOST_VALUES = 12

# Signs and counts that add up to nothing: (1, whole), (-1, part), (-1, part) ...
Equation = tuple[tuple[int, int], ...]
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a result as disclosure control sees it.

    Attributes:
        keys: What the row is about.
        measure: The measure's slug.
        counts: Exact people behind the numerator, and behind the denominator.
        numerator: The exact numerator, which says whether the row is a loss.
    """

    keys: Mapping[str, Any]
    measure: str
    counts: tuple[int | None, int | None]
    numerator: float | None = None

    @property
    def sign(self) -> int:
        """How the row enters a sum."""
        return -1 if (self.numerator or 0) < 0 and any(self.counts) else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """What ties the counts of a result together.

    Attributes:
        counts_of: For each row, the number of the count on either side; None where
            it has none. The same number is the same count.
        values: Each count, exact.
        equations: Sums that hold among them.
    """

    counts_of: tuple[tuple[int | None, int | None], ...]
    values: tuple[int, ...]
    equations: tuple[Equation, ...]


def lines_of(finding: Finding) -> list[Line]:
    """Return a finding's rows: those of its model, or its cells."""
    if finding.fitted is not None:
        return [_modelled(fitted) for fitted in finding.fitted]
    return [
        Line(
            keys={name: raw[name] for name in raw if name not in _COUNTED},
            measure=raw["measure"],
            counts=(raw["cases"], raw["people"]),
            numerator=raw["numerator"],
        )
        for raw in finding.cells
    ]


def _modelled(fitted: Fitted) -> Line:
    # A model's row shows its numerator, which is a count if it is whole.
    top = fitted.numerator
    whole = top is not None and float(top).is_integer()
    return Line(
        keys=fitted.keys,
        measure=fitted.measure,
        counts=(int(top) if top is not None and whole else None, fitted.people),
        numerator=top,
    )


def relations(lines: Sequence[Line]) -> Relations:
    """Return the relations that hold among the counts of a result.

    Args:
        lines: Its rows, in their order.
    """
    found = _Found(lines)
    by_measure = _grouped(range(len(lines)), lambda row: lines[row].measure)
    for rows in by_measure:
        found.parts(rows)
        found.totals(rows)
        found.overall(rows)
    found.columns(by_measure)
    return found.settled()


def tied(equations: Sequence[Equation]) -> list[list[Equation]]:
    """Return the equations in groups that have no count in common."""
    parent: dict[int, int] = {}

    def root(count: int) -> int:
        while parent.setdefault(count, count) != count:
            parent[count] = parent[parent[count]]
            count = parent[count]
        return count

    for equation in equations:
        for _, count in equation:
            parent[root(count)] = root(equation[0][1])
    return _grouped(equations, lambda equation: root(equation[0][1]))


def is_ring(equations: Sequence[Equation]) -> bool:
    """Tell whether equations that hang together have more ties than a tree would."""
    counts = {count for one in equations for _, count in one}
    ties = sum(len(one) for one in equations)
    return ties > len(counts) + len(equations) - 1


class _Found:
    """Relations as they are come upon; a place is `2 * row + side`."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._names = [tuple(line.keys) for line in lines]
        self._keys = [tuple(line.keys.values()) for line in lines]
        self._same = list(range(2 * len(lines)))
        self._equations: list[list[tuple[int, int]]] = []

    def parts(self, rows: Sequence[int]) -> None:
        """Find the categories whose cases add up to the people of each."""
        kept: list[tuple[int, ...]] = []
        keys = range(len(self._names[rows[0]]))
        for size in range(1, min(len(keys), _MOST_KEYS) + 1):
            for told_by in combinations(keys, size):
                if any(set(one) <= set(told_by) for one in kept):
                    continue
                groups = self._alike(rows, told_by)
                if all(self._whole(group) for group in groups) and any(
                    self._several(group, CASES) for group in groups
                ):
                    kept.append(told_by)
                    for group in groups:
                        self._merge([2 * row + PEOPLE for row in group])
                        parts = [(-1, 2 * row + CASES) for row in group]
                        self._equations.append([(1, 2 * group[0] + PEOPLE), *parts])

    def totals(self, rows: Sequence[int]) -> None:
        """Find the rows that are the sum of others, alike but for one key."""
        for key in range(len(self._names[rows[0]])):
            held: dict[Any, list[tuple[int, dict[Any, int]]]] = {}
            for group in self._alike(rows, (key,)):
                told = {self._keys[row][key]: row for row in group}
                for value, row in told.items():
                    held.setdefault(value, []).append((row, told))
            for side, whole in product(SIDES, held):
                if self._sums(side, ((r, _but(g, whole)) for r, g in held[whole])):
                    continue
                # That one value is left out must be seen twice: it may be by chance.
                for out in held if len(held) <= _MOST_VALUES else ():
                    sums = ((r, _but(g, whole, out)) for r, g in held[whole])
                    self._sums(side, sums, often=2)

    def overall(self, rows: Sequence[int]) -> None:
        """Find the rows that are the sum of the groups of a classification."""
        for by, group in permutations(range(len(self._names[rows[0]])), 2):
            if len({self._keys[row][by] for row in rows}) > _MOST_VALUES:
                continue
            alike = [
                _by(one, lambda row, by=by: self._keys[row][by])
                for one in self._alike(rows, (by, group))
            ]
            most: dict[Any, int] = {}
            for classes in alike:
                for value, its in classes.items():
                    most[value] = max(len(its), most.get(value, 0))
            for side, one, other in product(SIDES, most, most):
                if most[one] == 1 < most[other]:
                    held = (c for c in alike if one in c and other in c)
                    self._sums(side, ((c[one][0], c[other]) for c in held))

    def _sums(
        self,
        side: int,
        sums: Iterable[tuple[int, Sequence[int]]],
        often: int = 1,
    ) -> bool:
        """Keep rows as the sums of others if all hold, and several parts are seen."""
        kept: list[tuple[int, Sequence[int]]] = []
        for row, parts in sums:
            if parts:
                whole = self._signed([row], side)
                if whole is None or self._signed(parts, side) != whole:
                    return False
                kept.append((row, parts))
        if sum(self._several(parts, side) for _, parts in kept) < often:
            return False
        for row, parts in kept:
            whole = (self._lines[row].sign, 2 * row + side)
            shares = [(-self._lines[part].sign, 2 * part + side) for part in parts]
            self._equations.append([whole, *shares])
        return True

    def columns(self, by_measure: Iterable[Sequence[int]]) -> None:
        """Find columns of counts that are equal, or of which two make the third."""
        columns: list[dict[Hashable, int]] = []
        for rows in by_measure:
            for side in SIDES:
                column: dict[Hashable, int] = {
                    self._keys[row]: 2 * row + side
                    for row in rows
                    if self._lines[row].counts[side] is not None
                }
                equal = [self._same_columns(column, one) for one in columns]
                if not any(equal):
                    columns.append(column)
        for one, other in combinations(columns, 2):
            for whole in columns:
                if whole is not one and whole is not other:
                    self._beside(whole, one, other)

    def _same_columns(
        self, column: Mapping[Hashable, int], known: Mapping[Hashable, int]
    ) -> bool:
        """Merge two columns if they are equal; tell whether nothing else is left."""
        pairs = [(column[key], known[key]) for key in column if key in known]
        if not pairs or any(self._at(a) != self._at(b) for a, b in pairs):
            return False
        for pair in pairs:
            self._merge(pair)
        return len(pairs) == len(column)

    def _beside(self, *columns: Mapping[Hashable, int]) -> None:
        whole, one, other = columns
        common = [key for key in whole if key in one and key in other]
        sums = [(whole[key], one[key], other[key]) for key in common]
        seen = sum(self._at(b) > 0 < self._at(c) for _, b, c in sums)
        if seen > 1 and all(
            self._at(a) == self._at(b) + self._at(c) for a, b, c in sums
        ):
            self._equations += [[(1, a), (-1, b), (-1, c)] for a, b, c in sums]

    def settled(self) -> Relations:
        """Return what was found, the counts numbered in the order of the rows."""
        numbers: dict[int, int] = {}
        values: list[int] = []
        counts_of: list[tuple[int | None, int | None]] = []
        for row, line in enumerate(self._lines):
            pair: list[int | None] = [None, None]
            for side in SIDES:
                if (value := line.counts[side]) is not None:
                    root = self._root(2 * row + side)
                    if root not in numbers:
                        numbers[root] = len(values)
                        values.append(value)
                    pair[side] = numbers[root]
            counts_of.append((pair[0], pair[1]))
        equations = dict.fromkeys(
            _plain([(sign, numbers[self._root(place)]) for sign, place in equation])
            for equation in self._equations
        )
        return Relations(
            counts_of=tuple(counts_of),
            values=tuple(values),
            equations=tuple(one for one in equations if one),
        )

    def _whole(self, group: Sequence[int]) -> bool:
        """Tell whether all rows are of the same people, and their cases all of them."""
        people = {self._lines[row].counts[PEOPLE] for row in group}
        cases = [self._lines[row].counts[CASES] for row in group]
        return None not in cases and people == {sum(n or 0 for n in cases)}

    def _several(self, rows: Sequence[int], side: int) -> bool:
        return sum(self._at(2 * row + side) > 0 for row in rows) > 1

    def _signed(self, rows: Sequence[int], side: int) -> int | None:
        lines = [self._lines[row] for row in rows]
        if any(line.counts[side] is None for line in lines):
            return None
        return sum(line.sign * (line.counts[side] or 0) for line in lines)

    def _at(self, place: int) -> int:
        return self._lines[place // 2].counts[place % 2] or 0

    def _alike(self, rows: Sequence[int], but: Sequence[int]) -> list[list[int]]:
        places = [n for n in range(len(self._names[rows[0]])) if n not in but]
        keys = self._keys
        return _grouped(rows, lambda row: tuple([keys[row][n] for n in places]))

    def _merge(self, places: Sequence[int]) -> None:
        first = self._root(min(places))
        for place in places:
            self._same[self._root(place)] = first

    def _root(self, place: int) -> int:
        while self._same[place] != place:
            self._same[place] = self._same[self._same[place]]
            place = self._same[place]
        return place


def _but(rows: Mapping[Any, int], *values: Any) -> list[int]:
    return [row for value, row in rows.items() if value not in values]


def _plain(equation: Sequence[tuple[int, int]]) -> Equation:
    """Return an equation in one form, with what is on both sides taken out."""
    terms = sorted(equation, key=lambda term: (term[1], term[0]))
    left: list[tuple[int, int]] = []
    for sign, count in terms:
        if left and left[-1] == (-sign, count):
            left.pop()
        else:
            left.append((sign, count))
    first = left[0][0] if left else 1
    return tuple((first * sign, count) for sign, count in left)


def _grouped(
    things: Iterable[_Thing], key: Callable[[_Thing], Hashable]
) -> list[list[_Thing]]:
    return list(_by(things, key).values())


def _by(
    things: Iterable[_Thing], key: Callable[[_Thing], Hashable]
) -> dict[Any, list[_Thing]]:
    groups: dict[Any, list[_Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups
