"""Screening elsewhere by example: lists given out, and decisions handed back."""

from __future__ import annotations

import pytest

from skillmix.errors import UnreadableFileError
from skillmix.literature.reading.exports import read_export
from skillmix.literature.record import Record
from skillmix.literature.screening import exchange, handed_back
from spec.test_strategy_screening import CRITERIA, DAY, FULL, TITLE, record


def taken(text: str, records, **more):
    return handed_back.take_back(
        text.encode("utf-8"), records, stage=TITLE, screener="KM", day=DAY, **more
    ).decisions


def filled(text: str, decision: str, reason: str = "") -> str:
    header, *rows = text.rstrip("\n").split("\n")
    return "\n".join([header, *(r[:-2] + f"{decision},{reason}," for r in rows)]) + "\n"


def test_a_spreadsheet_is_filled_in_and_given_back():
    records = [record(1), record(2, title="=SUM(A1), a title")]
    text = exchange.sheet(records, CRITERIA)
    assert ",=SUM" not in text
    assert "england meets (England)" in text
    found = taken(filled(text, "Exclude", "place"), records)
    assert [d.record_id for d in found] == [r.record_id for r in records]
    assert {(d.decision, d.reason, d.screener) for d in found} == {
        ("exclude", "place", "KM")
    }


def test_a_spreadsheet_without_decisions_is_told():
    records = [record(1)]
    with pytest.raises(UnreadableFileError, match="No decision"):
        taken(exchange.sheet(records), records)


def test_asreview_gets_labels_and_gives_them_back():
    records = [record(1), record(2), record(3)]
    known = {records[0].record_id: "include"}
    text = exchange.for_asreview(records, known)
    assert text.splitlines()[1].endswith(",1")
    (found,) = taken(text, records)
    assert (found.record_id, found.decision) == (records[0].record_id, "include")


def test_asreviews_own_notes_are_understood():
    text = (
        f"TY  - JOUR\nTI  - {record(1).title}\nN1  - <p>ASReview_relevant</p>\nER  -\n"
        f"TY  - JOUR\nTI  - {record(2).title}\nN1  - <p>ASReview_not_seen</p>\nER  -\n"
    )
    (found,) = taken(text, [record(1), record(2)])
    assert (found.record_id, found.decision) == (record(1).record_id, "include")


@pytest.mark.parametrize("column", ["included", "asreview_label"])
def test_asreview_gives_no_reason_and_the_log_says_so(column):
    records = [record(1), record(2), record(3)]
    known = dict(
        zip([r.record_id for r in records], ["include", "exclude", ""], strict=True)
    )
    text = exchange.for_asreview(records, known).replace("included", column, 1)
    found = taken(text, records)
    assert [(d.decision, d.reason, d.note) for d in found] == [
        ("include", "", ""),
        ("exclude", "other", "ASReview gives no reason."),
    ]


def covidence(*rows: tuple[Record, str]) -> str:
    """A list as Covidence exports it, with its own numbers for ids."""
    lines = ["Title,Authors,Abstract,Published Year,Journal,DOI,Covidence #,Notes"]
    lines += [
        f'"{r.title}",,,{r.year},,{r.doi},#{n},{note}'
        for n, (r, note) in enumerate(rows, 1)
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("irrelevant", [(TITLE, "exclude", "other")]),
        ("select", [(TITLE, "include", "")]),
        ("included", [(TITLE, "include", ""), (FULL, "include", "")]),
        ("excluded", [(TITLE, "include", ""), (FULL, "exclude", "other")]),
    ],
)
def test_a_list_of_covidence_is_a_settled_outcome(listed, expected):
    text = covidence((record(1), ""))
    for more in ({"file": f"review_7_{listed}_csv_20201201.csv"}, {"listed": listed}):
        found = taken(text, [record(1)], **more)
        assert [(d.stage, d.decision, d.reason) for d in found] == expected
        assert {d.screener for d in found} == {"consensus"}


def test_covidence_gives_the_reason_a_full_text_was_excluded_for():
    text = covidence((record(1), "Exclusion reason: Wrong setting; "))
    found = taken(text, [record(1)])
    assert [(d.stage, d.decision, d.reason) for d in found] == [
        (TITLE, "include", ""),
        (FULL, "exclude", "Wrong setting"),
    ]


def test_a_list_of_covidence_that_does_not_say_which_is_refused():
    with pytest.raises(UnreadableFileError, match="No decision"):
        taken(covidence((record(1), "")), [record(1)])


def test_what_comes_back_and_what_does_not_is_counted():
    text = covidence((record(1), ""), (record(9, title="Of another review"), ""))
    found = handed_back.take_back(
        text.encode("utf-8"),
        [record(1), record(2)],
        stage=TITLE,
        screener="KM",
        day=DAY,
        listed="select",
    )
    assert len(found.decisions) == 1
    assert (found.unknown, found.undecided) == (1, 1)


def test_rayyans_decisions_come_with_their_screeners_and_reasons():
    text = exchange.for_rayyan([record(1)]).replace(
        "skillmix-record:",
        'RAYYAN-INCLUSION: {""Ann""=>""Included"", ""Bo""=>""Excluded""} | '
        "RAYYAN-EXCLUSION-REASONS: wrong place | skillmix-record:",
    )
    header, row = text.rstrip("\n").split("\n")
    cell = row[row.index("RAYYAN") : row.index(",", row.index("skillmix-record"))]
    text = header + "\n" + row.replace(cell, f'"{cell}"') + "\n"
    found = taken(text, [record(1)])
    assert [(d.screener, d.decision, d.reason) for d in found] == [
        ("Ann", "include", ""),
        ("Bo", "exclude", "wrong place"),
    ]


def test_ris_for_covidence_is_read_back_whole():
    made = record(
        1,
        authors=("Ashdown, Priya", "Okoro, Ben"),
        doi="10.1234/x",
        abstract="a\nER  - ",
    )
    reading = read_export(exchange.as_ris([made, record(2)]).encode(), file="x")
    assert reading.reconciled
    assert len(reading.records) == 2
    back = reading.records[0]
    for name in ("title", "authors", "year", "doi", "kind", "language"):
        assert getattr(back, name) == getattr(made, name)
    assert back.accession == made.record_id
