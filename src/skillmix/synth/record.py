"""Writes the staff record, month by month, as Parquet that serves in place.

Texts are dictionary-encoded and every file says that it is synthetic. Nothing is
seen under its name until it is whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from skillmix.schema import values
from skillmix.schema.staff import Absence, Bonus, Competence, Joiner, Leaver, StaffMonth
from skillmix.schema.table import Table
from skillmix.synth.careers import Turn
from skillmix.synth.certificates import NEVER, Reported
from skillmix.synth.employers import employers
from skillmix.synth.joining import sources as recruitment_sources
from skillmix.synth.leaving import reasons as leaving_reasons
from skillmix.synth.pay import Pay
from skillmix.synth.people import BANK, NO_SECOND, SECOND_BANK, People
from skillmix.synth.posts import posts
from skillmix.synth.sickness import Sickness
from skillmix.synth.sickness import reasons as sickness_reasons
from skillmix.synth.tables import Array
from skillmix.synth.world import world

SYNTHETIC = {b"skillmix.synthetic": b"true"}
FILES: Mapping[type[Table], str] = {
    StaffMonth: "synthetic-staff-month.parquet",
    Absence: "synthetic-absence.parquet",
    Leaver: "synthetic-leaver.parquet",
    Joiner: "synthetic-joiner.parquet",
    Bonus: "synthetic-bonus.parquet",
    Competence: "synthetic-competence.parquet",
}
_GROUP = 500_000
_EPOCH = dt.date(1970, 1, 1)
# Sorted numbers: stored as differences.
_NUMBERS = ("person_id", "post_id")


class Record:
    """The files of the staff record; use it as a context.

    Args:
        folder: Where they are written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[type[Table], pq.ParquetWriter] = {}

    def __enter__(self) -> Record:
        self._folder.mkdir(parents=True, exist_ok=True)
        for table in FILES:
            self._writers[table] = _writer(self._temporary(table), table)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for table, writer in self._writers.items():
            writer.close()
            if kind is None:
                self._temporary(table).replace(self._folder / FILES[table])
            else:
                self._temporary(table).unlink(missing_ok=True)

    def month(
        self, month: dt.date, now: int, people: People, pay: Pay, sickness: Sickness
    ) -> int:
        """Write everyone of a month, with the absences; return the rows of staff."""
        staff = pa.concat_tables(
            [
                _main_posts(month, now, people, pay),
                _second_posts(month, now, people, pay),
            ]
        )
        self._write(StaffMonth, staff)
        self._write(Absence, _absences(month, people, sickness))
        return staff.num_rows

    def leavers(self, turn: Turn, reason: Array) -> None:
        """Write the people who left, with their reasons."""
        left, w = turn.left, world()
        columns = {
            "month": _date(turn.month, len(left)),
            "person_id": pa.array(left.person.astype(np.int64)),
            "employer": _text(left.employer, employers().codes),
            "occupation_code": _text(left.cell, w.occupation),
            "area_of_work": _text(left.area, posts().areas),
            "band": _text(w.band[left.cell], values.BANDS),
            "reason": _text(reason, leaving_reasons()),
        }
        self._write(Leaver, _table(Leaver, columns))

    def joiners(self, turn: Turn, source: Array) -> None:
        """Write the people who came, with their recruitment sources."""
        new = turn.newcomers
        columns = {
            "month": _date(turn.month, len(new)),
            "person_id": pa.array(new.person.astype(np.int64)),
            "employer": _text(new.employer, employers().codes),
            "recruitment_source": _text(source, recruitment_sources()),
        }
        self._write(Joiner, _table(Joiner, columns))

    def bonuses(
        self, month: dt.date, people: People, paid: tuple[Array, Array]
    ) -> None:
        """Write who had bonus pay in a month, and how much."""
        who, pence = paid
        columns = {
            "month": _date(month, len(who)),
            "person_id": pa.array(people.person[who].astype(np.int64)),
            "employer": _text(people.employer[who], employers().codes),
            "amount": pa.array(pence),
        }
        self._write(Bonus, _table(Bonus, columns))

    def competences(self, told: Reported) -> None:
        """Write what competence reports hold of the Care Certificate."""
        columns = {
            "person_id": pa.array(told.person),
            "employer": _text(told.employer, employers().codes),
            "competence": _text(told.standard, values.COMPETENCES),
            "achieved_on": _day(told.achieved),
            "started_on": _day(told.started),
        }
        self._write(Competence, _table(Competence, columns))

    def _temporary(self, table: type[Table]) -> Path:
        return self._folder / f".{FILES[table]}.part"

    def _write(self, table: type[Table], rows: pa.Table) -> None:
        self._writers[table].write_table(rows, row_group_size=_GROUP)


def _writer(path: Path, table: type[Table]) -> pq.ParquetWriter:
    schema = _schema(table)
    numbers = [n for n in _NUMBERS if n in schema.names]
    others: Any = [n for n in schema.names if n not in numbers]
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=others,
        column_encoding=dict.fromkeys(numbers, "DELTA_BINARY_PACKED"),
        store_decimal_as_integer=True,
    )


def _schema(table: type[Table]) -> pa.Schema:
    """Return the table's own types, texts dictionary-encoded, marked as synthetic."""
    text = pa.dictionary(pa.int16(), pa.string())
    fields = [
        pa.field(f.name, text if f.type == pa.string() else f.type, nullable=f.nullable)
        for f in table.arrow_schema()
    ]
    return pa.schema(fields, metadata=SYNTHETIC)


def _main_posts(month: dt.date, now: int, people: People, pay: Pay) -> pa.Table:
    many = len(people)
    return _table(
        StaffMonth,
        {
            "month": _date(month, many),
            "person_id": pa.array(people.person.astype(np.int64)),
            "post_id": pa.array(people.post.astype(np.int64)),
            "main_post": pa.array(np.ones(many, dtype=bool)),
            "fte": _hundredths(people.fte),
            "contract_type": _text(people.contract, values.CONTRACT_TYPES),
            "basic_pay": pa.array(pay.basic),
            "earnings": pa.array(pay.earnings),
            **_shared(people, now),
        },
    )


def _second_posts(month: dt.date, now: int, people: People, pay: Pay) -> pa.Table:
    """Give second posts: bank contracts, or a smaller post of the same kind."""
    place = np.flatnonzero((people.second != NO_SECOND) & people.in_post())
    some = people.keep(place)
    bank = some.second == SECOND_BANK
    return _table(
        StaffMonth,
        {
            "month": _date(month, len(some)),
            "person_id": pa.array(some.person.astype(np.int64)),
            "post_id": pa.array(some.second_post.astype(np.int64)),
            "main_post": pa.array(np.zeros(len(some), dtype=bool)),
            "fte": _hundredths(np.where(bank, 0, some.second_fte)),
            "contract_type": _text(
                np.where(bank, BANK, some.contract), values.CONTRACT_TYPES
            ),
            "basic_pay": pa.array(np.where(bank, 0, pay.second[place])),
            "earnings": pa.array(np.where(bank, 0, pay.second[place])),
            **_shared(some, now),
        },
    )


def _shared(people: People, now: int) -> dict[str, pa.Array]:
    """Give the columns that main and second posts have alike."""
    w, p = world(), posts()
    return {
        "employer": _text(people.employer, employers().codes),
        "occupation_code": _text(people.cell, w.occupation),
        "area_of_work": _text(people.area, p.areas),
        "job_role": _text(people.cell, w.job_role),
        "job_title": _text(people.title, p.titles),
        "band": _text(w.band[people.cell], values.BANDS),
        "status": _text(people.status, values.STATUSES),
        "age": pa.array(people.ages(now).astype(np.int64)),
        "gender": _text(people.gender, values.GENDERS),
        "ethnicity": _text(people.ethnicity, values.ETHNICITIES),
        "disability": _text(people.disability, values.DISABILITIES),
        "religion": _text(people.religion, values.RELIGIONS),
        "orientation": _text(people.orientation, values.ORIENTATIONS),
    }


def _absences(month: dt.date, people: People, sickness: Sickness) -> pa.Table:
    return _table(
        Absence,
        {
            "month": _date(month, len(sickness.who)),
            "post_id": pa.array(people.post[sickness.who].astype(np.int64)),
            "reason": _text(sickness.reason, sickness_reasons()),
            "fte_days_lost": _hundredths(sickness.lost),
        },
    )


def _table(table: type[Table], columns: Mapping[str, pa.Array]) -> pa.Table:
    schema = _schema(table)
    return pa.Table.from_arrays([columns[n] for n in schema.names], schema=schema)


def _date(month: dt.date, many: int) -> pa.Array:
    days = np.full(many, (month - _EPOCH).days, dtype=np.int32)
    return pa.array(days, type=pa.date32())


def _day(days: Array) -> pa.Array:
    """Give days since 1970 as dates, and none where it is never."""
    return pa.array(days.astype(np.int32), type=pa.int32(), mask=days == NEVER).cast(
        pa.date32()
    )


def _text(places: Array, names: Sequence[str]) -> pa.Array:
    """Give texts by position; a name that occurs twice has one entry."""
    unique = tuple(dict.fromkeys(names))
    if len(unique) < len(names):
        where = {name: n for n, name in enumerate(unique)}
        places = np.array([where[name] for name in names], dtype=np.int16)[places]
    return pa.DictionaryArray.from_arrays(
        pa.array(places.astype(np.int16)), pa.array(unique)
    )


def _hundredths(numbers: Array) -> pa.Array:
    """Give exact decimals from hundredths, without a detour through floats."""
    kind = StaffMonth.arrow_schema().field("fte").type
    units = numbers.astype(np.int64) * 10 ** (kind.scale - 2)
    words = np.zeros((len(units), 2), dtype=np.int64)
    words[:, 0] = units
    return pa.Array.from_buffers(kind, len(units), [None, pa.py_buffer(words)])
