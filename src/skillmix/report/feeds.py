"""Which files would feed a table that an unanswered question lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from skillmix.catalogue import Analysis
from skillmix.report.book import Entry
from skillmix.sources.inputs import layouts

# Tables of the staff record come from an employer's own extract, not from a
# published layout, so no layout names them.
STAFF_RECORD: Mapping[str, str] = {
    "staff_month": "A staff record extract: one row a post and month (ESR warehouse)",
    "absence": "A staff record extract of absences, beside the posts",
    "bonus": "An extract of bonus pay, beside the posts",
    "competence": "A competence or compliance report with the Care Certificate, "
    "beside the posts",
    "joiner": "A staff record extract of joiners, with recruitment sources, beside the "
    "posts",
    "leaver": "A staff record extract of leavers, with their reasons, beside the posts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Questions that lack the same tables.

    Attributes:
        tables: The tables, or the sentence that says why there was no answer.
        files: For each table, the files that would feed it.
        analyses: The questions that wait for them.
    """

    tables: str
    files: tuple[str, ...]
    analyses: tuple[Analysis, ...]

    @property
    def reason(self) -> str:
        """Why there was no answer though no table lacks; empty where one does."""
        return self.tables if self.tables.endswith(".") else ""


def lacking(entries: Iterable[Entry]) -> tuple[Lacking, ...]:
    """Group unanswered questions by what they lack, most questions first."""
    groups: dict[tuple[str, ...], list[Analysis]] = {}
    for entry in entries:
        groups.setdefault(entry.missing, []).append(entry.analysis)
    found = (
        Lacking(
            tables=", or ".join(missing),
            files=tuple(
                dict.fromkeys(f for way in missing for f in _files(way.split(", ")))
            ),
            analyses=tuple(analyses),
        )
        for missing, analyses in groups.items()
    )
    return tuple(sorted(found, key=lambda g: -len(g.analyses)))


def _files(tables: list[str]) -> list[str]:
    known = _by_table()
    return [file for table in tables for file in known.get(table, ())]


@cache
def _by_table() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {
        table: {file: None} for table, file in STAFF_RECORD.items()
    }
    for layout in layouts():
        told = f"{layout.name[0].upper()}{layout.name[1:]} ({layout.publisher})"
        found.setdefault(layout.table.name, {})[told] = None
    return {table: tuple(files) for table, files in found.items()}
