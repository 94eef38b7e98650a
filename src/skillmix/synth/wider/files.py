"""Write every wider table as a file in its own template."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from skillmix.errors import OutputError
from skillmix.schema.supplied import SUPPLIED_TABLES
from skillmix.schema.table import Table

Row = Mapping[str, Any]
Maker = Callable[[np.random.Generator, float], Iterable[Row]]


@cache
def levels(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one of the CSV files here."""
    path = files("skillmix.synth.wider").joinpath(f"{name}.csv")
    read = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    return tuple(MappingProxyType(row) for row in read)


def write_wider(out: Path, *, scale: float, seed: int) -> None:
    """Write the synthetic wider files, one for each table.

    Args:
        out: Folder to write to.
        scale: Size against the whole NHS; counts of people, posts and hours follow
            it, shares and rates do not.
        seed: The same seed gives the same files.

    Raises:
        OutputError: If a file cannot be written.
    """
    tables = {table.name: table for table in SUPPLIED_TABLES}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for place, (name, make) in enumerate(_makers().items()):
            # A stream of its own for each table: adding one never changes another.
            rng = np.random.default_rng([seed, place])
            _write(out / f"{name}.csv", tables[name], list(make(rng, scale)))
    except OSError as fault:
        raise OutputError(
            f"The synthetic files could not be written: {fault.strerror}.",
            where=out.name,
        ) from None


def _makers() -> Mapping[str, Maker]:
    from skillmix.synth.wider import (
        equality,
        establishment,
        hours_of_care,
        patterns,
        staff_survey,
        temporary,
        training,
        vacancies,
    )

    return {
        "temporary_hours": temporary.temporary_hours,
        "advertised_vacancy": vacancies.advertised,
        "application_count": vacancies.applications,
        "establishment": establishment.establishment,
        "care_hours": hours_of_care.care_hours,
        "survey_answer": staff_survey.answers,
        "planned_post": patterns.planned_posts,
        "apprentice_count": training.apprentices,
        "cpd_spend": training.cpd_spend,
        "population_count": patterns.populations,
        "price_index": patterns.prices,
        "employer_place": patterns.places,
        "equality_process": equality.processes,
        "equality_answer": equality.answers,
        "board_seat": equality.board_seats,
    }


def _write(path: Path, table: type[Table], rows: Sequence[Row]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = list(table.columns())
    writer.writerow(names)
    writer.writerows([[_text(row.get(name)) for name in names] for row in rows])
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    unfinished.replace(path)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value)
