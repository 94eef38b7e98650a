"""What was counted before is counted once, and never when anything has changed."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from skillmix import memory as remembering
from skillmix.catalogue import find
from skillmix.cli.options import memory_of
from skillmix.engines.duckdb import DuckDbEngine
from skillmix.memory import Memory
from skillmix.pipeline import open_session
from skillmix.schema.scope import Scope, parse_month
from skillmix.sources.inputs import Inputs, open_inputs
from skillmix.sources.store import Store, digest

STAFF = "workforce.staff_in_post"
CAREERS = "progression.by_horizon"
CELLS = [
    {
        "month": dt.date(2020, 6, 1),
        "fte": Decimal("1234567890123456789.12345"),
        "rate": 0.1 + 0.2,
        "people": 10**30,
        "band": "band 3 — “quoted”\n",
        "mass": True,
        "rank": None,
    },
    {
        "month": None,
        "fte": Decimal("0.00"),
        "rate": 5e-324,
        "people": -1,
        "band": "",
        "mass": False,
        "rank": None,
    },
]


class Counting(DuckDbEngine):
    """An engine that tells how many queries it ran."""

    def __init__(self) -> None:
        super().__init__()
        self.ran = 0

    def rows(self, expression: Any) -> list[dict[str, Any]]:
        self.ran += 1
        return super().rows(expression)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "counted", digest)


@pytest.fixture
def record(tiny_nhs: Path, tmp_path: Path) -> Path:
    """A staff record that a test may change."""
    return Path(shutil.copytree(tiny_nhs / "staff-record", tmp_path / "record"))


def read(record: Path) -> Inputs:
    return open_inputs([record], store=record.parent / "store")


def ask(inputs: Inputs, memory: Memory | None, *names: str) -> tuple[list[Any], int]:
    engine = Counting()
    scope = Scope(month=parse_month("2020-06"))
    with open_session(inputs, scope, engine, memory=memory) as session:
        return [session.run(find(name)).rows for name in names], engine.ran


def test_cells_come_back_to_the_last_digit_and_in_their_types(memory):
    memory.keep("k", CELLS)
    recalled = memory.recall("k")
    assert recalled == CELLS
    assert [list(map(type, cell.values())) for cell in recalled] == [
        list(map(type, cell.values())) for cell in CELLS
    ]


def test_no_cells_are_an_answer_too(memory):
    memory.keep("k", [])
    assert memory.recall("k") == []


@pytest.mark.parametrize(
    "cells",
    [
        [{"a": 1}, {"a": 1.0}],
        [{"a": [1, 2]}],
        [{"a": dt.datetime(2020, 6, 1, 12)}],
    ],
)
def test_what_could_not_be_read_back_exactly_is_not_kept(memory, cells):
    memory.keep("k", cells)
    assert memory.recall("k") is None


@pytest.mark.parametrize(
    "left", [b"", b'{"columns": [["a", "int"]], "rows": [[1', b"7"]
)
def test_a_file_cut_short_is_as_good_as_none(memory, tmp_path, left):
    memory.keep("k", CELLS)
    (tmp_path / "counted" / "k.json").write_bytes(left)
    assert memory.recall("k") is None


def test_nobody_else_may_read_what_is_kept(memory, tmp_path):
    memory.keep("k", CELLS)
    assert (tmp_path / "counted").stat().st_mode & 0o077 == 0
    assert (tmp_path / "counted" / "k.json").stat().st_mode & 0o077 == 0


def test_a_question_is_counted_once_and_answered_alike(record, memory):
    inputs = read(record)
    first, ran = ask(inputs, memory, STAFF, CAREERS)
    again, ran_again = ask(inputs, memory, STAFF, CAREERS)
    plain, _ = ask(inputs, None, STAFF, CAREERS)
    assert ran > 0
    assert ran_again == 0
    assert first == again == plain


def test_a_changed_record_is_counted_again(record, memory):
    before, _ = ask(read(record), memory, STAFF)
    staff = next(record.glob("*staff-month.parquet"))
    engine = DuckDbEngine()
    connection: Any = engine._connection.con
    connection.execute(
        f"COPY (SELECT * REPLACE (fte / 2 AS fte) FROM '{staff}') "
        f"TO '{staff}.new' (FORMAT parquet)"
    )
    engine.close()
    Path(f"{staff}.new").replace(staff)
    after, ran = ask(read(record), memory, STAFF)
    assert ran > 0
    assert before != after


def test_rules_are_looked_at_again_when_what_they_look_at_changes(record, memory):
    ask(read(record), memory, CAREERS)
    # Its cells come from the staff in post alone, but leavers who are still in post
    # would have refused the record.
    next(record.glob("*leaver.parquet")).unlink()
    _, ran = ask(read(record), memory, CAREERS)
    assert ran > 0


def test_another_scope_is_another_question(record, memory):
    inputs = read(record)
    ask(inputs, memory, STAFF)
    engine = Counting()
    scope = Scope(month=parse_month("2020-06"), workforce="nurses_and_midwives")
    with open_session(inputs, scope, engine, memory=memory) as session:
        session.run(find(STAFF))
    assert engine.ran > 0


def test_other_code_asks_anew(record, memory, monkeypatch):
    inputs = read(record)
    ask(inputs, memory, STAFF)
    monkeypatch.setattr(remembering, "code_digest", lambda: "of another release")
    _, ran = ask(inputs, memory, STAFF)
    assert ran > 0


def test_a_disk_that_takes_nothing_costs_no_answer(record, tmp_path):
    blocked = tmp_path / "a-file"
    blocked.write_text("not a folder")
    answers, ran = ask(read(record), Memory(blocked / "counted", digest), STAFF)
    assert ran > 0
    assert answers[0]


def test_what_was_asked_for_longest_ago_goes_first(memory, tmp_path, monkeypatch):
    monkeypatch.setattr(remembering, "MOST_KEPT", 4)
    for n, key in enumerate("abcde"):
        memory.keep(key, [{"n": n}])
        os.utime(tmp_path / "counted" / f"{key}.json", (n, n))
    memory.recall("a")
    swept = Memory(tmp_path / "counted", digest)
    kept = [key for key in "abcde" if swept.recall(key) is not None]
    assert kept == ["a", "d", "e"]


def test_editions_of_the_store_are_known_by_their_names(tmp_path):
    store = Store(tmp_path)
    kept, elsewhere = store.edition("abc"), tmp_path / "elsewhere.parquet"
    elsewhere.write_bytes(b"PAR1")
    assert store.content(kept) == "abc"
    assert store.content(elsewhere) == digest(elsewhere)


def test_a_second_report_is_the_first_byte_for_byte(
    skillmix, skillmix_process, tiny_nhs, tmp_path
):
    pages: list[bytes] = []
    store = tmp_path / "store"
    for name, run in (("one", skillmix), ("two", skillmix_process)):
        out = tmp_path / name
        ran = run(
            *("report", tiny_nhs / "staff-record", "--out", out, "--page-only"),
            *("--employer", "RQY", "--store", store),
        )
        assert ran.code == 0, ran.err
        pages.append((out / "index.html").read_bytes())
    assert pages[0] == pages[1]
    assert any((store / "counted").rglob("*"))


def test_what_is_asked_for_afresh_remembers_nothing(tmp_path):
    assert memory_of(tmp_path) is not None
    assert memory_of(tmp_path, afresh=True) is None


def test_no_room_that_could_change_a_cell_is_left_out_of_the_code_digest():
    package = Path(remembering.__file__).parent
    deciding = {name.removesuffix(".py") for name in remembering._DECIDING}
    imported: set[str] = set()
    for name in remembering._DECIDING:
        place = package / name
        for file in [place] if place.is_file() else place.rglob("*.py"):
            text = file.read_text("utf-8")
            imported |= set(
                re.findall(r"^ *(?:from|import) skillmix\.(\w+)", text, re.M)
            )
    # What these do comes after cells are counted, or before files are editions.
    beside = {"words", "figures", "disclosure", "errors", "writing", "sources"}
    assert imported - deciding - beside == set()
    # Found by walking the package, not by an import that could be read here.
    assert "analyses" in deciding
