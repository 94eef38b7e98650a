"""Screening by example: suggestions, decisions, agreement and stopping."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from skillmix.errors import DefinitionError, InvalidRowsError, UnreadableFileError
from skillmix.literature.flow import Flow
from skillmix.literature.record import Record
from skillmix.literature.screening.agreement import agreement, outcomes
from skillmix.literature.screening.criteria import criteria_from, suggest
from skillmix.literature.screening.log import Decision, append, checked, read_log
from skillmix.literature.screening.progress import flow_of, labels, to_screen
from skillmix.literature.screening.ranking import features, reading_order, scores
from skillmix.literature.screening.stopping import (
    random_sample,
    recall,
    simulate,
)
from skillmix.literature.strategy.strategy import find_strategy

DAY = dt.date(2020, 12, 1)
TITLE, FULL = "title_abstract", "full_text"


def record(number: int, **changes) -> Record:
    made = Record(
        record_id=f"r{number:012x}",
        file="f",
        position=number,
        dialect="RIS",
        title=f"Support workers in mental health, study {number}",
        abstract="In England.",
        year=2018,
        language="English",
        kind="journal article",
    )
    return replace(made, **changes)


def said(number: int, screener: str, decision: str, *, stage: str = TITLE, **more):
    reason = "place" if decision == "exclude" else ""
    return Decision(
        record_id=f"r{number:012x}",
        stage=stage,
        screener=screener,
        decision=decision,
        decided_on=DAY,
        **{"reason": reason, **more},
    )


CRITERIA = criteria_from(find_strategy("nuffield-2020").criteria)


@pytest.mark.parametrize(
    ("changes", "criterion", "says", "because"),
    [
        ({}, "england", "meets", "England"),
        ({"abstract": "In Scotland."}, "england", "fails", "Scotland"),
        ({"abstract": "In Scotland and England."}, "england", "meets", "England"),
        ({"abstract": ""}, "england", "unclear", ""),
        ({"abstract": "", "country": "United States"}, "england", "unclear", ""),
        ({}, "since-2015", "meets", "2018"),
        ({"year": 2014}, "since-2015", "fails", "2014"),
        ({"year": None}, "since-2015", "unclear", ""),
        ({"language": "eng"}, "english", "meets", "eng"),
        ({"language": "English; Welsh"}, "english", "meets", "English; Welsh"),
        ({"language": "ger"}, "english", "fails", "ger"),
        ({"language": ""}, "english", "unclear", ""),
        ({"kind": "report"}, "kind", "meets", "report"),
        ({"kind": "newspaper article"}, "kind", "fails", "newspaper article"),
        ({"kind": "music score"}, "kind", "unclear", ""),
    ],
)
def test_a_criterion_suggests_and_says_by_which_words(
    changes, criterion, says, because
):
    found = {s.criterion: s for s in suggest(record(1, **changes), CRITERIA)}
    assert (found[criterion].says, found[criterion].because) == (says, because)


def test_the_reports_four_criteria_are_rules():
    assert [c.rule for c in CRITERIA] == ["place", "year", "language", "kind"]


def test_a_criterion_without_a_known_rule_is_refused():
    with pytest.raises(DefinitionError, match="known rule"):
        criteria_from([{"id": "x", "label": "X", "rule": "mood"}])


# The log.


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (said(1, "KM", "exclude", reason=""), "needs a reason"),
        (said(1, "KM", "perhaps"), "decision must be"),
        (said(1, "KM", "not_retrieved"), "only a full text"),
        (said(1, "KM", "include", stage="third"), "stage must be"),
        (said(1, "", "include"), "must be named"),
        (said(1, "KM", "exclude", reason="dull"), "reason must be one of"),
    ],
)
def test_a_decision_that_breaks_a_rule_is_refused(decision, message):
    with pytest.raises(InvalidRowsError, match=message):
        checked([decision], reasons=("place", "year"))


def test_the_log_is_added_to_and_read_back(tmp_path):
    path = tmp_path / "log.csv"
    first = [said(1, "KM", "include"), said(2, "KM", "exclude", note="=1+1, perhaps")]
    append(path, first, ())
    append(path, [said(1, "PO", "exclude")], ())
    assert read_log(path) == (*first, said(1, "PO", "exclude"))
    assert ",=1+1" not in path.read_text("utf-8")


def test_a_log_that_does_not_exist_is_empty(tmp_path):
    assert read_log(tmp_path / "none.csv") == ()


def test_a_file_that_is_no_log_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("colour,size\nblue,3\n", "utf-8")
    with pytest.raises(UnreadableFileError, match="lacks columns"):
        read_log(tmp_path / "x.csv")


def test_a_decision_without_a_day_is_told(tmp_path):
    path = tmp_path / "log.csv"
    append(path, [said(1, "KM", "include")], ())
    path.write_text(path.read_text("utf-8").replace("2020-12-01", "1 Dec"), "utf-8")
    with pytest.raises(InvalidRowsError, match="day of 1 decisions"):
        read_log(path)


def test_a_later_decision_replaces_an_earlier_one_and_both_stay(tmp_path):
    path = tmp_path / "log.csv"
    append(path, [said(1, "KM", "include")], ())
    append(path, [said(1, "KM", "exclude")], ())
    assert len(read_log(path)) == 2
    ids = [record(1).record_id]
    assert outcomes(read_log(path), TITLE, ids, 1) == {ids[0]: "exclude"}


# Agreement.


def pairs(*cells: tuple[int, str, str]) -> list[Decision]:
    found, number = [], 0
    for times, one, two in cells:
        for _ in range(times):
            number += 1
            found += [said(number, "KM", one), said(number, "PO", two)]
    return found


def test_kappa_is_that_of_a_worked_example():
    """Two readers of fifty proposals: 20 both yes, 15 both no, 15 apart."""
    told = pairs(
        (20, "include", "include"),
        (5, "include", "exclude"),
        (10, "exclude", "include"),
        (15, "exclude", "exclude"),
    )
    found = agreement(told, TITLE, "KM", "PO")
    assert found.both == 50
    assert found.observed == pytest.approx(0.70)
    assert found.expected == pytest.approx(0.50)
    assert found.kappa == pytest.approx(0.40)
    assert len(found.conflicts) == 15


def test_the_interval_of_kappa_covers_what_resampling_gives():
    told = pairs(
        (40, "include", "include"),
        (9, "include", "exclude"),
        (6, "exclude", "include"),
        (45, "exclude", "exclude"),
    )
    found = agreement(told, TITLE, "KM", "PO")
    cells = np.array([40, 9, 6, 45])
    draws = np.random.default_rng(7).multinomial(100, cells / 100, size=4000) / 100
    observed = draws[:, 0] + draws[:, 3]
    rows, columns = draws[:, 0] + draws[:, 1], draws[:, 0] + draws[:, 2]
    expected = rows * columns + (1 - rows) * (1 - columns)
    low, high = np.quantile((observed - expected) / (1 - expected), [0.025, 0.975])
    assert found.conf_low == pytest.approx(low, abs=0.02)
    assert found.conf_high == pytest.approx(high, abs=0.02)


def test_kappa_is_not_given_where_chance_explains_all():
    found = agreement(pairs((9, "exclude", "exclude")), TITLE, "KM", "PO")
    assert (found.observed, found.kappa) == (1.0, None)


@pytest.mark.parametrize(
    ("decisions", "outcome"),
    [
        ([], "pending"),
        ([("KM", "include")], "pending"),
        ([("KM", "include"), ("PO", "include")], "include"),
        ([("KM", "include"), ("PO", "exclude")], "conflict"),
        ([("KM", "unsure"), ("PO", "unsure")], "pending"),
        ([("KM", "include"), ("PO", "exclude"), ("consensus", "exclude")], "exclude"),
    ],
)
def test_two_must_agree_or_someone_settles_it(decisions, outcome):
    told = [said(1, who, what) for who, what in decisions]
    assert set(outcomes(told, TITLE, [record(1).record_id], 2).values()) == {outcome}


# The flow.


def test_the_flow_follows_from_the_log():
    ids = [record(n).record_id for n in range(1, 7)]
    found = Flow(identified={"Scopus": 8}, duplicates=2, outside=0, screened=6)
    log = [
        *(said(n, "KM", "include") for n in (1, 2, 3, 4)),
        said(5, "KM", "exclude"),
        said(1, "KM", "include", stage=FULL),
        said(2, "KM", "exclude", stage=FULL, reason="year"),
        said(3, "KM", "not_retrieved", stage=FULL),
    ]
    flow = flow_of(found, ids, log, screeners=1)
    assert (flow.excluded, flow.pending, flow.sought) == (1, 1, 4)
    assert (flow.not_retrieved, flow.assessed) == (1, 3)
    assert flow.excluded_full == {"year": 1}
    assert (flow.pending_full, flow.included) == (1, 1)


def test_a_flow_that_does_not_add_up_is_refused():
    with pytest.raises(DefinitionError, match="add up"):
        Flow(identified={"Scopus": 8}, duplicates=2, outside=0, screened=7)


def test_each_screener_has_a_list_of_their_own():
    ids = [record(n).record_id for n in (1, 2)]
    log = [said(1, "KM", "include")]
    assert to_screen(ids, log, TITLE, "KM") == ids[1:]
    assert to_screen(ids, log, TITLE, "PO") == ids


# What to read next, and when to stop.


def labelled(count: int = 240, relevant: int = 24) -> tuple[list[Record], list[bool]]:
    rng = np.random.default_rng(3)
    topic = ("support", "worker", "ward", "retention", "assistant", "career")
    noise = [f"word{n}" for n in range(300)]
    records, truth = [], []
    for number in range(count):
        hit = number < relevant
        words = [str(w) for w in rng.choice(noise, 40)]
        words += [str(w) for w in rng.choice(topic, 6 if hit else 1)]
        rng.shuffle(words)
        records.append(record(number, title="A study", abstract=" ".join(words)))
        truth.append(hit)
    return records, truth


def test_the_likeliest_come_first_and_the_order_is_always_the_same():
    records, truth = labelled()
    known = [t if n % 4 == 0 else None for n, t in enumerate(truth)]
    order = reading_order(records, known, np.random.default_rng(1))
    again = reading_order(records, known, np.random.default_rng(2))
    assert order == again
    # One in ten of the unread is relevant: by chance, two of the first 18.
    assert sum(truth[n] for n in order[:18]) >= 9


def test_without_both_kinds_the_order_is_drawn_at_random():
    records, _ = labelled(20, 5)
    order = reading_order(records, [True] + [None] * 19, np.random.default_rng(1))
    assert sorted(order) == list(range(1, 20))
    assert order != sorted(order)


def test_the_regression_is_at_its_optimum():
    """At the optimum, the penalised likelihood has no slope left."""
    from skillmix.literature.screening import ranking

    records, truth = labelled(60, 12)
    known = features(records)
    chance = scores(known, truth)
    relevant = np.array(truth)
    weight = np.where(relevant, 1 / relevant.sum(), 1 / (~relevant).sum()) * 30
    logit = np.log(chance / (1 - chance))
    dense = np.zeros(known.shape)
    dense[known.rows, known.columns] = known.values
    design = np.column_stack([dense, np.ones(len(records))])
    # With that logit, the weights solve penalty * beta = gradient; refit and compare.
    penalty = np.full(design.shape[1], ranking.PENALTY)
    penalty[-1] = ranking.PENALTY / 1000
    beta = design.T @ (weight * (relevant - chance)) / penalty
    assert np.allclose(design @ beta, logit, atol=1e-3)


def test_labels_count_a_conflict_as_relevant():
    ids = [record(n).record_id for n in (1, 2, 3)]
    log = [said(1, "KM", "include"), said(1, "PO", "exclude"), said(2, "KM", "exclude")]
    assert labels(ids, log) == [True, False, None]


def test_reading_is_saved_on_a_made_up_set():
    records, truth = labelled()
    saved = simulate(records, truth, np.random.default_rng(5), runs=4)
    assert saved.work_saved > 0.5
    assert saved.conf_low <= saved.work_saved <= saved.conf_high
    assert saved == simulate(records, truth, np.random.default_rng(5), runs=4)


def test_nothing_is_saved_where_there_is_nothing_to_learn():
    records, truth = labelled()
    shuffled = [bool(t) for t in np.random.default_rng(1).permutation(truth)]
    saved = simulate(records, shuffled, np.random.default_rng(5), runs=4)
    assert abs(saved.work_saved) < 0.15


def test_without_a_sample_nothing_is_claimed():
    told = recall(found=40, unread=1000, sampled=0, relevant_in_sample=0)
    assert (told.estimate, told.conf_low, told.stop) == (None, None, False)
    assert "random sample" in told.words


def test_a_whole_sample_leaves_no_doubt():
    told = recall(found=40, unread=100, sampled=100, relevant_in_sample=2)
    assert told.conf_low == 1
    assert told.stop


def test_the_bound_on_recall_holds_as_often_as_it_says():
    """With 30 relevant among 1,000 unread, the bound is too high at most 1 in 20."""
    rng = np.random.default_rng(11)
    too_high = 0
    for _ in range(1000):
        seen = int(rng.hypergeometric(30, 970, 200))
        told = recall(found=100, unread=1000, sampled=200, relevant_in_sample=seen)
        assert told.conf_low is not None
        # The sample's own relevant records count as found.
        too_high += told.conf_low > (100 + seen) / 130 + 1e-9
    assert too_high <= 1000 * 0.05 + 3 * np.sqrt(1000 * 0.05 * 0.95)


def test_a_sample_is_drawn_once_from_a_seed():
    unread = list(range(100))
    one = random_sample(unread, 10, np.random.default_rng(4))
    assert one == random_sample(unread, 10, np.random.default_rng(4))
    assert len(set(one)) == 10
