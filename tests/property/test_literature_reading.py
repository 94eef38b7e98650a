"""Whatever an export holds, it is read or refused; nothing else happens."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from readers import bibliography_samples as samples
from readers.bibliography_samples import MADE
from skillmix.errors import SkillmixError
from skillmix.literature.reading.exports import read_export
from skillmix.literature.screening.exchange import as_ris

MANY = settings(deadline=None, max_examples=150)
EXPORTS = (
    *("".join(samples.ris(m, style=s) for m in MADE) for s in ("plain", "ovid")),
    "".join(map(samples.nbib, MADE)),
    samples.wos_file(*MADE),
    "".join(map(samples.bibtex, MADE)),
    samples.pubmed_xml(*MADE),
    *(samples.sheet(kind, *MADE) for kind in samples.SHEETS),
)
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=60
).filter(str.strip)


@given(st.sampled_from(EXPORTS), st.data())
@MANY
def test_a_damaged_export_is_read_or_refused(text: str, data: st.DataObject) -> None:
    raw = bytearray(text.encode("utf-8"))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    with contextlib.suppress(SkillmixError):
        reading = read_export(bytes(raw), file="x")
        assert reading.status in ("read", "no records")


@given(st.sampled_from(EXPORTS), st.integers(0, 10_000))
@MANY
def test_a_cut_export_loses_no_record_before_the_cut(text: str, cut: int) -> None:
    part = text[: cut % len(text)]
    with contextlib.suppress(SkillmixError):
        reading = read_export(part.encode("utf-8"), file="x")
        if part.count(MADE[1].title) and reading.status == "read":
            assert reading.records[0].title == MADE[0].title


@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=5))
@MANY
def test_any_record_survives_being_written_and_read(
    rows: list[tuple[str, str, str]],
) -> None:
    records = [
        read_export(samples.ris(MADE[0]).encode(), file="x").records[0] for _ in rows
    ]
    made = [
        replace(record, title=title, abstract=abstract, keywords=(word,))
        for record, (title, abstract, word) in zip(records, rows, strict=True)
    ]
    reading = read_export(as_ris(made).encode("utf-8"), file="x")
    assert reading.reconciled
    assert len(reading.records) == len(made)
