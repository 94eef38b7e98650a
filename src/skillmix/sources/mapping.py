"""The small file that tells how an extract with other column names is read."""

from __future__ import annotations

import codecs
import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from skillmix.errors import LayoutError
from skillmix.sources.esr_items import EVERY_ITEM, Item
from skillmix.sources.layout import plain

LIKE_ENOUGH = 0.7
MAPPING_FILE = "mapping.toml"
SECTIONS = (COLUMNS, VALUES, ALWAYS, MONTHS) = (
    *("columns", "values"),
    *("always", "months"),
)
MONTH_FORM = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMapping:
    """Column names and value labels of one staff-record extract.

    Attributes:
        columns: The extracts' columns for an item, where they are not the usual ones.
        values: For an item, the slug of each label that is not in the code list.
        always: What holds of every row, for items that the extracts have no column of.
        months: The month of a file, by its name, where no column says it.
    """

    columns: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict[str, tuple[str, ...]]
    )
    values: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict[str, Mapping[str, str]]
    )
    always: Mapping[str, str] = field(default_factory=dict[str, str])
    months: Mapping[str, str] = field(default_factory=dict[str, str])

    def of_file(self, name: str) -> StaffMapping:
        """Return the mapping as it holds for the file of this name."""
        month = self.months.get(name.casefold())
        return replace(self, always={**self.always, "month": month}) if month else self

    def column(self, item: Item, header: tuple[str, ...]) -> str | None:
        """Return the extract's column that holds an item, if it has one.

        The columns of the mapping file go first, and the usual ones after them: one
        file maps a folder in which extracts of different kinds lie side by side.
        """
        if item.name in self.always:
            return always_column(item.name)
        wanted = [*self.columns.get(item.name, ()), item.name, *item.columns]
        spelt = {plain(name): name for name in reversed(header)}
        return next((spelt[plain(w)] for w in wanted if plain(w) in spelt), None)


def always_column(item: str) -> str:
    """Return the name under which what always holds stands beside the columns."""
    return f"always {item}"


def read_mapping(path: Path | None) -> StaffMapping:
    """Read a mapping file.

    Raises:
        LayoutError: If it is no TOML, or names items that do not exist.
    """
    if path is None:
        return StaffMapping()
    try:
        content = tomllib.loads(plain_text(path))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise LayoutError(
            f"The mapping file cannot be read: {fault}.",
            where=path.name,
            remedy="Draft one with `skillmix check --suggest-mapping FILE`.",
        ) from None
    wrong = [*_wrong_sections(content), *_wrong_columns(content.get(COLUMNS, {}))]
    wrong += _wrong_labels(content.get(VALUES, {}))
    wrong += _wrong_always(content.get(ALWAYS, {}))
    wrong += _wrong_months(content.get(MONTHS, {}))
    if wrong:
        raise LayoutError(
            f"The mapping file is wrong in {len(wrong)} "
            f"{'place' if len(wrong) == 1 else 'places'}: {'; '.join(wrong)}.",
            where=path.name,
            remedy=f"The items are {', '.join(EVERY_ITEM)}.",
        )
    return StaffMapping(
        columns={
            item: (given,) if isinstance(given, str) else tuple(given)
            for item, given in content.get(COLUMNS, {}).items()
        },
        values=content.get(VALUES, {}),
        always=content.get(ALWAYS, {}),
        months={n.casefold(): m for n, m in content.get(MONTHS, {}).items()},
    )


def plain_text(path: Path) -> str:
    """Return the text of a settings file, in the encodings that Windows writes.

    What `>` makes in Windows PowerShell is UTF-16.
    """
    content = path.read_bytes()
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if wide else "utf-8-sig")


def _wrong_sections(content: Mapping[str, Any]) -> list[str]:
    wrong = [
        f"there is no section [{name}]"
        if isinstance(given, dict)
        else f"'{name}' stands outside a section"
        for name, given in content.items()
        if name not in SECTIONS
    ]
    return wrong + [
        f"'{name}' is no section"
        for name in SECTIONS
        if not isinstance(content.get(name, {}), dict)
    ]


def _wrong_columns(given: Any) -> list[str]:
    if not isinstance(given, dict):
        return []
    columns = cast("dict[str, Any]", given)
    return [
        *_wrong_items(columns, EVERY_ITEM),
        *(
            f"{name} is not a column's name, or a list of names"
            for name, told in columns.items()
            if name in EVERY_ITEM and not all(isinstance(n, str) for n in _listed(told))
        ),
    ]


def _wrong_labels(given: Any) -> list[str]:
    if not isinstance(given, dict):
        return []
    labels = cast("dict[str, Any]", given)
    mapped = {name: item for name, item in EVERY_ITEM.items() if item.slugs}
    wrong = _wrong_items(labels, mapped)
    for name in (name for name in labels if name in mapped):
        told = labels[name]
        if not isinstance(told, dict):
            wrong.append(f"[values.{name}] is to be a section")
            continue
        allowed = mapped[name].slugs
        wrong += [
            f"'{slug}' under [values.{name}] is none of {', '.join(allowed)}"
            for slug in dict.fromkeys(cast("dict[str, Any]", told).values())
            if slug not in allowed
        ]
    return wrong


def _wrong_always(given: Any) -> list[str]:
    if not isinstance(given, dict):
        return []
    always = cast("dict[str, Any]", given)
    allowed = {n: i for n, i in EVERY_ITEM.items() if n not in ("person", "post")}
    return _wrong_items(always, allowed) + [
        f"{name} under [{ALWAYS}] is to stand in quotation marks"
        for name, told in always.items()
        if name in allowed and not isinstance(told, str)
    ]


def _wrong_months(given: Any) -> list[str]:
    if not isinstance(given, dict):
        return []
    months = cast("dict[str, Any]", given)
    return [
        f"'{name}' under [{MONTHS}] is to be a month such as \"2020-06\""
        for name, told in months.items()
        if not isinstance(told, str) or not MONTH_FORM.fullmatch(told)
    ]


def _wrong_items(given: Mapping[str, Any], known: Mapping[str, Item]) -> list[str]:
    """Say which of the names are no items here, each with the nearest that is."""
    wrong: list[str] = []
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f", perhaps {near[0]}" if near else ""
            wrong.append(f"'{name}' is no item that can stand there{hint}")
    return wrong


def _listed(told: Any) -> list[Any]:
    return cast("list[Any]", told) if isinstance(told, list) else [told]


def nearest_column(item: Item, header: Sequence[str]) -> str | None:
    """Return the column whose name is most like one of the item's, if any is."""
    best, likeness = None, LIKE_ENOUGH
    for column in header:
        for name in (item.name, *item.columns, *item.drafted):
            like = difflib.SequenceMatcher(None, plain(column), plain(name)).ratio()
            if like > likeness:
                best, likeness = column, like
    return best
