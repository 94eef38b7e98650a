"""What holds of the readers for any input."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readers import reader_samples as samples
from skillmix.errors import SkillmixError
from skillmix.schema import values
from skillmix.schema.published import SicknessDays
from skillmix.sources.fields import half_even
from skillmix.sources.inputs import open_inputs
from skillmix.sources.main_post import BAND_ORDER, MAIN_POST
from skillmix.sources.sniff import sniff

SLOW = settings(deadline=None, max_examples=20)
WHOLE = samples.sickness()
# In a row of figures, a cut is seen by the number of cells, or by the printed rate.
ROWS = WHOLE.splitlines()


@given(st.decimals(-(10**6), 10**6, allow_nan=False, places=9), st.sampled_from([2, 5]))
@settings(deadline=None, max_examples=300)
def test_text_becomes_the_nearest_decimal_ties_to_even(
    number: Decimal, places: int
) -> None:
    _same(number, places)


@given(st.integers(-(10**8), 10**8), st.sampled_from([2, 5]))
@settings(deadline=None, max_examples=200)
def test_ties_go_to_the_even_digit(units: int, places: int) -> None:
    _same(Decimal(2 * units + 1) / 2 / 10**places, places)


def _same(number: Decimal, places: int) -> None:
    unit = Decimal(1).scaleb(-places)
    expected = number.quantize(unit, ROUND_HALF_EVEN)
    ((found,),) = duckdb.execute(
        f"SELECT {half_even('x', places=places)} FROM (SELECT ? AS x)", [f"{number:f}"]
    ).fetchall()
    assert found == expected


@given(cut=st.integers(0, len(WHOLE)))
@SLOW
def test_a_cut_file_never_passes_for_a_whole_one(cut: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        folder.mkdir()
        (folder / "good.csv").write_text(samples.TURNOVER)
        (folder / "cut.csv").write_text(WHOLE[:cut])
        found = {
            r.file: r for r in open_inputs([folder], store=Path(place) / "s").readings
        }
    assert found["good.csv"].used
    reading = found["cut.csv"]
    at_a_row_end = cut == len(WHOLE) or WHOLE[:cut].endswith("\n")
    if reading.used:
        assert at_a_row_end or reading.faults
        assert reading.rows <= len(ROWS) - 1
    else:
        assert reading.error


@given(st.binary(max_size=3000))
@SLOW
def test_any_bytes_are_judged_without_a_crash(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "x"
        path.write_bytes(content)
        with contextlib.suppress(SkillmixError):
            assert sniff(path).kind


@given(
    places=st.lists(st.integers(0, len(WHOLE) - 1), min_size=1, max_size=6),
    signs=st.text('",\n\r0=é\x1a', min_size=6, max_size=6),
)
@SLOW
def test_a_damaged_file_harms_no_other(places: list[int], signs: str) -> None:
    text = list(WHOLE)
    for place, sign in zip(places, signs, strict=False):
        text[place] = sign
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        folder.mkdir()
        (folder / "good.csv").write_text(samples.TURNOVER)
        (folder / "damaged.csv").write_text("".join(text), newline="")
        readings = open_inputs([folder], store=Path(place) / "s").readings
    found = {r.file: r for r in readings}
    assert found["good.csv"].used
    assert found["damaged.csv"].used != bool(found["damaged.csv"].error)


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans()), min_size=1, max_size=6))
@SLOW
def test_each_month_counts_once(files: list[tuple[int, bool]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        folder.mkdir()
        for number, (month, by_group) in enumerate(files):
            day = f"15/{month:02}/2023"
            text = samples.sickness(day, lost=f"{10 + number / 1000}")
            if not by_group:
                text = samples.SICKNESS_BY_ORG.replace("30/06/2023", day)
            (folder / f"{number}.csv").write_text(text)
        inputs = open_inputs([folder], store=Path(place) / "s")
        with duckdb.connect() as database:
            paths = [str(path) for path in inputs.editions[SicknessDays]]
            rows = database.read_parquet(paths)
            totals = rows.filter("staff_group = 'all_staff'")
            months = totals.aggregate("month, count(*)").fetchall()
    assert sorted(months) == [
        (dt.date(2023, m, 1), 1) for m in sorted({m for m, _ in files})
    ]


POSTS = st.lists(
    st.fixed_dictionaries(
        {
            "person_id": st.integers(1, 3),
            "occupation_code": st.sampled_from(["H1A", "N6D", "Z2A"]),
            "band": st.sampled_from(values.BANDS),
            "fte": st.sampled_from([Decimal("0.50000"), Decimal("1.00000")]),
            "contract_type": st.sampled_from(values.CONTRACT_TYPES),
            "status": st.sampled_from(values.STATUSES),
        }
    ),
    min_size=1,
    max_size=12,
)


@given(POSTS, st.randoms())
@settings(deadline=None, max_examples=100)
def test_everyone_has_one_main_post_whatever_the_order(
    posts: list[dict[str, Any]], random: Any
) -> None:
    rows = [
        p | {"post_id": n, "month": dt.date(2020, 6, 1)} for n, p in enumerate(posts)
    ]
    expected = {
        min((p for p in rows if p["person_id"] == person), key=_rank)["post_id"]
        for person in {p["person_id"] for p in rows}
    }
    random.shuffle(rows)
    with duckdb.connect() as database:
        database.register("posts", pa.Table.from_pylist(rows))
        found = database.execute(
            f"SELECT post_id FROM (SELECT post_id, {MAIN_POST} AS main FROM posts) "
            "WHERE main"
        ).fetchall()
    assert {post for (post,) in found} == expected
    assert len(found) == len(expected)


def _rank(post: dict[str, Any]) -> tuple[Any, ...]:
    return (
        post["status"] not in values.ACTIVE_STATUSES,
        post["occupation_code"].startswith("Z"),
        values.CONTRACT_TYPES.index(post["contract_type"]),
        -post["fte"],
        -BAND_ORDER.index(post["band"]),
        post["post_id"],
    )


@pytest.mark.parametrize("band", values.BANDS)
def test_every_band_has_its_place(band: str) -> None:
    assert band in BAND_ORDER
