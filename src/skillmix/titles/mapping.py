"""The mapping file: what people have decided about titles, which the tool obeys."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from skillmix.errors import InvalidRowsError, LayoutError
from skillmix.titles.lexicon import CATEGORIES, Category, Role, roles
from skillmix.titles.uses import key_of

COLUMNS = ("title", "role", "suggested_role", "category", "scope", "confirmed", "note")
YES = ("yes", "y", "x", "true", "1")
OUT = "out of scope"
FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided about a title.

    Attributes:
        role: The role; None if the title is out of scope.
        category: A category of their own choice, or None for the role's.
        note: Why, in their words.
    """

    role: Role | None
    category: Category | None = None
    note: str = ""


def read_mapping(
    rows: Sequence[Mapping[str, str]], *, where: str
) -> Mapping[str, Decision]:
    """Return what a mapping file decides, by title; every fault is told at once.

    A row is a decision if its role differs from `suggested_role`, if it is confirmed,
    or if the file has no column `suggested_role`. A role not in the list of roles is
    taken as a new one if the row gives its category.

    Raises:
        LayoutError: If a column is missing.
        InvalidRowsError: If roles, categories or scopes are not known, or a title has
            two decisions.
    """
    names = {n.strip().casefold() for row in rows[:1] for n in row}
    if lacking := [c for c in ("title", "role") if c not in names]:
        raise LayoutError(
            f"The mapping file has no column {' and no column '.join(lacking)}.",
            where=where,
            remedy=f"Its columns are {', '.join(COLUMNS)}; the first two are needed.",
        )
    found: dict[str, Decision] = {}
    faults: list[str] = []
    for number, raw in enumerate(rows, start=2):
        row = {k.strip().casefold(): _plain(v) for k, v in raw.items() if k}
        if not row.get("title") or not _decided(row):
            continue
        try:
            decision = _decision(row)
        except ValueError as fault:
            faults.append(f"line {number}: {fault}")
            continue
        key = key_of(row["title"])
        if key in found and found[key] != decision:
            faults.append(f"line {number}: the title was decided differently above")
        found[key] = decision
    if faults:
        told = "; ".join(faults[:20])
        more = f"; and {len(faults) - 20} more" if len(faults) > 20 else ""
        raise InvalidRowsError(
            f"The mapping file has {len(faults)} wrong lines: {told}{more}.",
            where=where,
            remedy="Write a role of docs/reference/titles-json.md, 'out of scope', or "
            "a new role with its category.",
        )
    return found


def _plain(cell: str) -> str:
    """Return a cell without the apostrophe that keeps it from being a formula."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:2] in FORMULA_STARTS else text


def _decided(row: Mapping[str, str]) -> bool:
    if row.get("confirmed", "").casefold() in YES:
        return True
    chosen = (row.get("role", ""), row.get("category", ""), row.get("scope", ""))
    if "suggested_role" not in row:
        return any(chosen)
    return row["role"] != row["suggested_role"]


def _decision(row: Mapping[str, str]) -> Decision:
    """Return the decision of a row.

    Raises:
        ValueError: Saying in words what is wrong with it.
    """
    role, scope = row.get("role", ""), row.get("scope", "").casefold()
    category = _category(row.get("category", ""))
    note = row.get("note", "")
    if scope not in ("", "in", "out", OUT, "in scope", "unsure"):
        raise ValueError(f"'{scope}' is not a scope")
    if scope.startswith("out") or role.casefold() in (OUT, "out"):
        return Decision(role=None, note=note)
    known = _known(role)
    if known is not None and not known.in_scope:
        return Decision(role=None, note=note)
    if known is None:
        if category is None:
            near = difflib.get_close_matches(role.casefold(), _labels(), n=2)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise ValueError(f"'{role}' is not a role{hint}")
        known = _new_role(role, category)
    return Decision(role=known, category=category, note=note)


def _category(text: str) -> Category | None:
    plain = text.casefold()
    if not plain:
        return None
    for known in CATEGORIES:
        if plain == known or (plain == "hca" and known == CATEGORIES[0]):
            return known
    raise ValueError(f"'{text}' is not a category")


def _labels() -> list[str]:
    return [r.label for r in roles().values()]


def _known(text: str) -> Role | None:
    plain = text.casefold()
    for role in roles().values():
        if plain in (role.slug, role.label, role.standard_title.casefold()):
            return role
    return None


def _new_role(label: str, category: Category) -> Role:
    """Return a role that somebody named who keeps roles the list lacks."""
    if not label:
        raise ValueError("the role is missing")
    some = next(iter(roles().values()))
    return replace(
        some,
        slug=re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_"),
        label=label.casefold(),
        standard_title=label,
        category=category,
        esr_code="",
        duties="",
        supervision="",
        registration="",
    )


def draft(
    suggestions: Iterable[tuple[str, str, str, str]],
    kept: Sequence[Mapping[str, str]] = (),
) -> list[dict[str, str]]:
    """Return rows of a mapping file to edit: kept rows first, as they are.

    Args:
        suggestions: Title, role in words, category and scope of each title.
        kept: Rows of the file there was; none of them is changed.
    """
    rows = [{c: _plain(row.get(c, "")) for c in COLUMNS} for row in kept]
    there = {key_of(row["title"]) for row in rows}
    rows += [
        {
            "title": title,
            "role": role,
            "suggested_role": role,
            "category": category,
            "scope": scope,
            "confirmed": "",
            "note": "",
        }
        for title, role, category, scope in suggestions
        if key_of(title) not in there
    ]
    return rows
