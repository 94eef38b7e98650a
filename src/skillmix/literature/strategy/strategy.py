"""A strategy: its lines, how they combine, its criteria and its history."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from skillmix.errors import DefinitionError, UnknownNameError
from skillmix.literature.strategy.faults import Fault
from skillmix.literature.strategy.parse import Notation, Parsed, parse
from skillmix.literature.strategy.tree import (
    FIELDS,
    And,
    LineRef,
    Near,
    Node,
    Not,
    Or,
    Within,
    all_of,
    any_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One numbered line, as written and as understood."""

    label: str
    text: str
    parsed: Parsed
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was changed in a strategy, when and why."""

    date: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """A search strategy.

    Attributes:
        name: Short name, as given on the command line.
        title: What it searches for.
        source: Where it comes from.
        lines: Its lines, in order.
        combine: How the lines combine, as written; empty if not stated.
        combination: The same as a tree of line references.
        combine_faults: What is odd about the combination.
        plurals: Whether a word also finds its plural or singular.
        fields: Where terms are looked for, unless a line says otherwise.
        databases: The databases it was or will be run on.
        dates: When it was run.
        criteria: Inclusion criteria as written; see `screening.criteria`.
        history: Its changes.
        forms: Words a truncated stem stands for, where a platform wants them
            written out.
        reported: What the searchers say of PRISMA-S items, by item.
    """

    name: str
    title: str
    source: str = ""
    lines: tuple[Line, ...]
    combine: str = ""
    combination: Node
    combine_faults: tuple[Fault, ...] = ()
    plus: str = "OR"
    plurals: bool = True
    fields: tuple[str, ...] = FIELDS
    databases: tuple[str, ...] = ()
    dates: str = ""
    criteria: tuple[Mapping[str, Any], ...] = ()
    history: tuple[Change, ...] = ()
    people: str = ""
    forms: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict[str, tuple[str, ...]]
    )
    reported: Mapping[str, str] = field(default_factory=dict[str, str])

    def line(self, label: str) -> Line | None:
        """Return a line by its label."""
        return next((n for n in self.lines if n.label == label), None)

    def whole(self) -> Node | None:
        """Return the combination with every reference replaced by its line."""
        return self.resolved(self.combination)

    def resolved(self, node: Node | None) -> Node | None:
        """Return a tree with line references replaced; empty parts left out."""
        return _resolved(node, self, ())


def example_names() -> tuple[str, ...]:
    """Return the names of the strategies that come with skillmix."""
    room = files("skillmix.literature.strategy").joinpath("examples")
    names = (p.name.removesuffix(".toml") for p in room.iterdir())
    return tuple(sorted(n for n in names if not n.startswith("_")))


def find_strategy(name: str) -> Strategy:
    """Return a strategy by the name of an example, or from a TOML or text file.

    Raises:
        UnknownNameError: If there is neither.
        DefinitionError: If the file is no strategy.
    """
    path = Path(name)
    if path.suffix == ".toml" or path.is_file():
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise UnknownNameError(
                "The strategy's file cannot be read.",
                where=str(path),
                remedy="Check the path, and save the file as UTF-8.",
            ) from None
        if path.suffix == ".toml":
            return strategy_from(text, where=path.name)
        return strategy_of_lines(text, name=path.stem)
    if name not in example_names():
        raise UnknownNameError(
            f"There is no strategy called '{name}'.",
            remedy="Give the path of a TOML file, or one of these: "
            + ", ".join(example_names())
            + ".",
        )
    room = files("skillmix.literature.strategy").joinpath("examples")
    return strategy_from(room.joinpath(f"{name}.toml").read_text("utf-8"), where=name)


def strategy_from(text: str, *, where: str = "") -> Strategy:
    """Make a strategy of its TOML.

    Raises:
        DefinitionError: If it is not TOML, or lacks what a strategy must have.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise DefinitionError(
            f"The strategy is not valid TOML: {fault}.",
            where=where,
            remedy="Correct the place named; see `skillmix literature lint --help`.",
        ) from None
    missing = [n for n in ("name", "title", "line") if not told.get(n)]
    unknown = sorted(set(told) - _KNOWN)
    if missing or unknown:
        what = [f"it lacks {', '.join(missing)}"] if missing else []
        what += [f"it has unknown entries {', '.join(unknown)}"] if unknown else []
        raise DefinitionError(
            f"This is no whole strategy: {'; '.join(what)}.",
            where=where,
            remedy=f"A strategy may hold {', '.join(sorted(_KNOWN))}.",
        )
    return _built(told, where)


def strategy_of_lines(text: str, *, name: str) -> Strategy:
    """Make a strategy of its lines as printed: a number, then the terms.

    A line that holds nothing but numbers and operators combines the others, as the
    last line of a search history does.
    """
    lines: list[dict[str, str]] = []
    combine = ""
    for place, row in enumerate(filter(str.strip, text.splitlines()), 1):
        match = _NUMBERED.match(row)
        label, terms = (match[1], match[2]) if match else (str(place), row.strip())
        if _COMBINING.fullmatch(terms):
            combine = terms
        else:
            lines.append({"label": label, "terms": terms})
    if not lines:
        raise DefinitionError("The strategy holds no line of terms.", where=name)
    told = {"name": name, "title": name, "combine": combine, "line": lines}
    return _built(told, name)


_NUMBERED = re.compile(r"\s*[#S]?(\d+)[.):]?\s+(.+)$")
_COMBINING = re.compile(
    r"(?:[\s()]|[#S]?\d+(?!\w)|\b(?:and|or|not)\b|(?:and|or)/\d+-\d+)+", re.IGNORECASE
)
_KNOWN = {
    *("name", "title", "source", "dates", "people", "databases", "combine", "plus"),
    *("plurals", "fields", "line", "criterion", "history", "forms", "reported"),
}
# The items of PRISMA-S (Rethlefsen and others, 2021), in order.
PRISMA_S = (
    *("Database name", "Multi-database searching", "Study registries"),
    *("Online resources and browsing", "Citation searching", "Contacts"),
    *("Other methods", "Full search strategies", "Limits and restrictions"),
    *("Search filters", "Prior work", "Updates", "Dates of searches", "Peer review"),
    *("Total records", "Deduplication"),
)


def slug_of(item: str) -> str:
    """Return the name of a PRISMA-S item as the TOML has it."""
    return item.lower().replace(" ", "_").replace("-", "_")


def _built(told: Mapping[str, Any], where: str) -> Strategy:
    plus = str(told.get("plus", "OR")).upper()
    if plus not in ("OR", "AND"):
        raise DefinitionError("`plus` must be OR or AND.", where=where)
    fields = tuple(told.get("fields", FIELDS))
    if not fields or not set(fields) <= set(FIELDS):
        raise DefinitionError(
            "`fields` may hold title, abstract and keywords.", where=where
        )
    lines = _lines(told["line"], Notation(plus=plus), where)
    combine = str(told.get("combine", ""))
    parsed = parse(combine, Notation(refers=True), line="combine") if combine else None
    return Strategy(
        name=str(told["name"]),
        title=str(told["title"]),
        source=str(told.get("source", "")),
        lines=tuple(lines),
        combine=combine,
        combination=(parsed.tree if parsed else None) or _default(lines),
        combine_faults=parsed.faults if parsed else (),
        plus=plus,
        plurals=bool(told.get("plurals", True)),
        fields=fields,
        databases=tuple(told.get("databases", ())),
        dates=str(told.get("dates", "")),
        people=str(told.get("people", "")),
        criteria=tuple(told.get("criterion", ())),
        forms={stem: tuple(forms) for stem, forms in told.get("forms", {}).items()},
        reported=_reported(told.get("reported", {}), where),
        history=tuple(
            Change(date=str(c.get("date", "")), what=str(c.get("what", "")))
            for c in told.get("history", ())
        ),
    )


def _reported(told: Mapping[str, Any], where: str) -> Mapping[str, str]:
    known = tuple(map(slug_of, PRISMA_S))
    unknown = sorted(set(told) - set(known))
    if unknown:
        raise DefinitionError(
            f"`reported` has entries that are no items of PRISMA-S: "
            f"{', '.join(unknown)}.",
            where=where,
            remedy=f"The items are {', '.join(known)}.",
        )
    return {name: str(text) for name, text in told.items()}


def _lines(
    rows: Sequence[Mapping[str, Any]], notation: Notation, where: str
) -> list[Line]:
    lines: list[Line] = []
    for place, line in enumerate(rows, 1):
        label = str(line.get("label", place)).lower()
        if any(known.label == label for known in lines) or not line.get("terms"):
            raise DefinitionError(
                f"Line {label} is given twice, or has no terms.", where=where
            )
        # One term a row is easier to review than one long text.
        given = line["terms"]
        text = given if isinstance(given, str) else " OR ".join(given)
        lines.append(
            Line(
                label=label,
                text=text,
                parsed=parse(text, notation, line=label),
                note=str(line.get("note", "")),
            )
        )
    return lines


def _default(lines: list[Line]) -> Node:
    """All lines, if nothing says how they combine; the lint says so."""
    return all_of(tuple(LineRef(label=n.label) for n in lines))


def _resolved(
    node: Node | None, strategy: Strategy, within: tuple[str, ...]
) -> Node | None:
    match node:
        case None:
            return None
        case LineRef():
            line = strategy.line(node.label)
            if line is None or node.label in within:
                return None
            return _resolved(line.parsed.tree, strategy, (*within, node.label))
        case And() | Or():
            found = [_resolved(i, strategy, within) for i in node.items]
            items = tuple(i for i in found if i is not None)
            join = all_of if isinstance(node, And) else any_of
            return join(items) if items else None
        case Not():
            keep = _resolved(node.keep, strategy, within)
            drop = _resolved(node.drop, strategy, within)
            return Not(keep=keep, drop=drop) if keep and drop else keep
        case Near():
            left = _resolved(node.left, strategy, within)
            right = _resolved(node.right, strategy, within)
            if left is None or right is None:
                return left or right
            return Near(
                left=left,
                right=right,
                between=node.between,
                ordered=node.ordered,
                at=node.at,
            )
        case Within():
            item = _resolved(node.item, strategy, within)
            return Within(fields=node.fields, item=item) if item else None
        case _:
            return node
