"""The parts of the whole as flat tables: values, frame, review tables, files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Rows = Callable[[Mapping[str, Any]], Iterator[dict[str, Any]]]
VALUE_COLUMNS = (
    *("id", "file", "title", "employer", "in_sample", "field", "value", "state"),
    *("confidence", "rule", "start", "end", "quote"),
)
FRAME_COLUMNS = (
    *("id", "file", "source", "title", "role", "employer", "posted", "closes"),
    *("reference", "text_sha256", "characters", "attachments", "support"),
    *("mental_health", "in_sample", "exclusion", "duplicate_of"),
)
TABLE_COLUMNS = (
    *("field", "label", "criterion", "code", "meaning", "sector", "adverts", "of"),
    *("share", "conf_low", "conf_high"),
)
STATE_COLUMNS = (
    *("field", "label", "sector", "adverts", "stated", "silent"),
    "attachment_not_read",
)
FILE_COLUMNS = ("file", "read_as", "adverts", "reason")


def value_rows(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a row an advert and field, with the strongest quotation."""
    for advert in told["adverts"]:
        known = {n: advert[n] for n in ("id", "file", "title", "employer", "in_sample")}
        for name, field in advert["fields"].items():
            yield {**known, "field": name, **field}


def frame_rows(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a row an advert: whether the sample has it, and if not why."""
    yield from told["adverts"]


def table_rows(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a row a field, code and sector, with count and denominator."""
    for table in told["tables"]:
        for row in table["rows"]:
            known = {n: table[n] for n in ("field", "label", "criterion")}
            yield {**row, **known, "meaning": row["label"]}


def state_rows(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a row a field and sector: how many adverts spoke of the field."""
    for table in told["tables"]:
        for state in table["states"]:
            yield {"field": table["field"], "label": table["label"], **state}


def file_rows(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a row a file: what it was read as, or why it was not."""
    yield from told["files"]


FILES: Mapping[str, tuple[Sequence[str], Rows]] = {
    "values.csv": (VALUE_COLUMNS, value_rows),
    "frame.csv": (FRAME_COLUMNS, frame_rows),
    "tables.csv": (TABLE_COLUMNS, table_rows),
    "states.csv": (STATE_COLUMNS, state_rows),
    "files.csv": (FILE_COLUMNS, file_rows),
}
