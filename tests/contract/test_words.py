"""House style: every number bound to a cell, every label and unit known."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.answered import FIRST, answered
from skillmix.analyses.pay_gaps import beside
from skillmix.catalogue import Analysis, catalogue
from skillmix.errors import UnknownNameError
from skillmix.report.answers import NONE_SHOWN, answer
from skillmix.schema.results import Finding, Published, Row, seal
from skillmix.schema.scope import Scope
from skillmix.words import fractions, numbers
from skillmix.words.adverts import by_bands, said
from skillmix.words.bound import figures, unbound
from skillmix.words.contrast import contrast, contrasted, ran, stated, told, verdict
from skillmix.words.counts import counted
from skillmix.words.labels import heading, label
from skillmix.words.when import in_month, the_year, year_to

STAFF_TABLES = {"staff_month", "leaver", "absence", "joiner"}


def perturbed(published: Published, factor: float) -> Published:
    """The same rows with other numbers, as if the inputs had been others."""
    rows = [
        replace(
            row,
            **{
                name: None if value is None else value * factor
                for name in ("numerator", "estimate", "conf_low", "conf_high")
                for value in (getattr(row, name),)
            },
        )
        for row in published.rows
    ]
    finding = Finding(
        analysis=published.analysis,
        scope=published.scope,
        cells=(),
        sources=published.sources,
        people_counted=True,
        way=published.way,
        period=published.period,
    )
    return seal(finding=finding, rows=rows, disclosure=published.disclosure)


def declared(analysis: Analysis) -> list[str]:
    """Texts in which an analysis may declare a figure of its own."""
    labels = [m.label for m in analysis.measures.values()]
    references = [r.label for r in analysis.chart.references]
    return [
        analysis.title,
        analysis.question,
        analysis.definition,
        *labels,
        *references,
    ]


@pytest.mark.parametrize("name", FIRST)
def test_no_figure_in_prose_comes_from_anything_but_the_result(name: str) -> None:
    analysis, published = catalogue()[name], answered(name)
    units = [m.unit for m in analysis.measures.values()]
    # Twice, the second time with other cells: a figure typed by hand stands still.
    for found in (published, perturbed(published, 0.7313)):
        text = analysis.narrate(found)
        assert text.strip().endswith("."), text
        assert unbound(text, found, units, declared(analysis)) == [], text


@pytest.mark.parametrize("name", FIRST)
def test_sentences_on_staff_say_of_which_month_or_year_they_speak(name: str) -> None:
    analysis, published = catalogue()[name], answered(name)
    given = set(FIRST[name].given)
    # Adverts are of a sample, and staff beside them are dated in the table.
    if "coded_advert" in given or not given & STAFF_TABLES:
        return
    text = analysis.narrate(published)
    years = {str(date.year) for date in published.period or ()}
    # A sentence without a figure, for too few people, has nothing to date.
    assert years & set(figures(text)) or not figures(text), text


def test_a_figure_typed_by_hand_is_found() -> None:
    row = Row(keys={"band": "2"}, measure="share", estimate=0.2, n=4_000)
    finding = Finding(
        analysis="sample.one",
        scope=Scope(month=dt.date(2020, 6, 1)),
        cells=(),
        sources=(),
        people_counted=True,
        way="StaffMonth",
    )
    published = seal(finding=finding, rows=[row], disclosure="protected")
    honest = "In June 2020, 20% of 4,000 people at band 2 moved up."
    assert unbound(honest, published, ["percent"]) == []
    assert unbound(f"{honest} It was 12% before.", published, ["percent"]) == ["12"]


@pytest.mark.parametrize("analysis", catalogue().values(), ids=lambda a: a.name)
def test_keys_are_headed_in_words_and_measures_have_known_units(
    analysis: Analysis,
) -> None:
    for key in analysis.keys:
        assert heading(key)[0].isupper()
        assert "_" not in heading(key)
    for measure in analysis.measures.values():
        assert numbers.unit_of(measure.unit)
        assert "  " not in measure.label
        assert not measure.label.endswith(".")


@pytest.mark.parametrize("analysis", catalogue().values(), ids=lambda a: a.name)
def test_every_caveat_and_definition_is_a_sentence(analysis: Analysis) -> None:
    for text in (*analysis.caveats, analysis.definition):
        assert text[0].isupper()
        assert text.endswith(".")
        assert "  " not in text


def test_halves_round_away_from_zero_and_nothing_is_minus_zero() -> None:
    assert numbers.number(0.285, "percent") == "29%"
    assert numbers.number(-0.004, "change") == "0%"
    assert numbers.number(-0.085, "change") == "−9%"
    assert numbers.number(0.0002, "percent", 1) == "under 0.1%"
    assert numbers.number(0.00004, "number", 3) == "under 0.001"
    assert numbers.number(0.4, "number") == "0"
    assert numbers.number(23189.4, "gbp") == "£23,189"


def test_what_is_not_shown_is_said_not_to_be_available() -> None:
    assert numbers.number(None, "percent") == "not available"
    assert fractions.in_words(None) == "not available"


def test_an_unknown_unit_names_those_that_exist() -> None:
    with pytest.raises(UnknownNameError, match="percent"):
        numbers.number(1.0, "furlongs")


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_number_reads_back_to_itself_within_its_rounding(
    value: float, decimals: int
) -> None:
    written = numbers.number(value, "fte", decimals)
    sign = -1 if written.startswith(numbers.MINUS) else 1
    found = sign * float(figures(written)[0])
    assert abs(found - value) <= 0.5 * 10**-decimals + 1e-6 * abs(value)
    assert "e" not in written


@given(st.floats(0.005, 1.0))
def test_a_fraction_in_words_lies_on_the_side_it_says(share: float) -> None:
    words = fractions.in_words(share)
    named = {w: v for v, w in fractions._fractions()}
    for lead, holds in {
        "just over ": lambda v: v < share <= v * 1.06 + 1e-12,
        "just under ": lambda v: v * 0.94 - 1e-12 <= share < v,
        "more than ": lambda v: share > v,
        "fewer than ": lambda v: share < v,
        "almost ": lambda v: share < v,
    }.items():
        if words.startswith(lead):
            assert holds(named[words.removeprefix(lead)])
            return
    assert abs(named[words] - share) <= 0.012 * named[words] + 1e-12


def test_movements_and_multiples_are_verbs_and_words() -> None:
    assert fractions.moved(-0.08) == "fell by 8%"
    assert fractions.moved(0.112) == "rose by 11%"
    assert fractions.moved(0.002) == "did not change"
    assert fractions.times(2.09) == "just over twice"
    assert fractions.times(1.3) == "1.3 times"
    assert fractions.in_words(0.12) == "just under one in eight"


@given(
    st.floats(0.01, 0.99),
    st.floats(0.001, 0.2),
    st.floats(0.01, 0.99),
    st.floats(0.001, 0.2),
)
def test_difference_is_named_the_same_way_whichever_row_is_first(
    a: float, half_a: float, b: float, half_b: float
) -> None:
    one, two = (
        Row(
            keys={},
            measure="share",
            estimate=middle,
            conf_low=middle - half,
            conf_high=middle + half,
        )
        for middle, half in ((a, half_a), (b, half_b))
    )
    mirror = {
        "higher than": "lower than",
        "lower than": "higher than",
        "not shown to differ from": "not shown to differ from",
    }
    assert mirror[numbers.difference(one, two)] == numbers.difference(two, one)


def test_labels_come_from_the_code_lists_and_name_the_service() -> None:
    scope = Scope(service="in_maternity_services")
    assert label("band", "2") == "Band 2"
    assert label("in_service", True) == "In the service"
    assert label("in_service", True, scope) == "Maternity"
    assert label("region", "Y56") == "London"
    assert label("month", dt.date(2020, 6, 1)) == "Jun 2020"
    assert label("job_role", "Peer Support Worker") == "Peer Support Worker"
    assert label("region", None) == "Not known"


@pytest.mark.parametrize("value", [1e40, math.inf, 1e15 * 1.01])
def test_an_end_that_nothing_bounds_is_told_and_costs_no_report(value: float) -> None:
    assert numbers.number(value, "ratio", 2).startswith("over 1,000,000,000,000,000")
    assert numbers.number(-value, "ratio", 2).startswith("below \N{MINUS SIGN}1,000")
    assert numbers.number(math.nan, "ratio", 2) == numbers.NOT_SHOWN


def of_service(*rows: Row, disclosure: Any = "protected") -> Published:
    finding = Finding(
        analysis="sample.one",
        scope=Scope(month=dt.date(2020, 6, 1)),
        cells=(),
        sources=(),
        people_counted=True,
        way="StaffMonth",
    )
    return seal(finding=finding, rows=rows, disclosure=disclosure)


def share_of(estimate: float | None, *, in_service: bool, status: Any = "shown") -> Row:
    keys = {"in_service": in_service}
    return Row(keys=keys, measure="share", estimate=estimate, status=status)


def test_a_contrast_says_which_side_is_lacking_and_why() -> None:
    here, there = share_of(0.25, in_service=True), share_of(0.1, in_service=False)
    few = share_of(None, in_service=False, status="suppressed")
    none = share_of(None, in_service=False, status="unavailable")

    def told_of(*rows: Row) -> str:
        return contrast(of_service(*rows), "share", "percent")

    assert told_of(here, there) == "25% in mental health and 10% elsewhere"
    assert told_of(here, few) == (
        "25% in mental health (elsewhere too few people to show)"
    )
    assert told_of(here, none) == "25% in mental health (elsewhere no figure is given)"
    nobody = share_of(None, in_service=True, status="suppressed")
    assert told_of(few, nobody) == "not shown (too few people to show)"
    assert told_of(nobody, none) == (
        "not shown (in mental health too few people to show, elsewhere no figure is "
        "given)"
    )
    assert contrasted(of_service(few, nobody), "share") == "too few to show"
    assert contrasted(of_service(here, few), "share").startswith("25% in mental health")


def test_a_verdict_needs_two_figures() -> None:
    here, few = (
        share_of(0.25, in_service=True),
        share_of(None, in_service=False, status="suppressed"),
    )
    assert verdict(of_service(few), "share") == "There is nothing to compare."
    assert "cannot be compared" in verdict(of_service(here, few), "share")


def advert_share(numerator: float, denominator: float, band: str) -> Row:
    return Row(
        keys={"band": band, "in_service": True},
        measure="share",
        numerator=numerator,
        denominator=denominator,
        estimate=numerator / denominator,
    )


def test_adverts_are_counted_with_their_noun_and_bands_without_any_are_left_out() -> (
    None
):
    found = of_service(advert_share(1, 1, "2"), advert_share(0, 3, "4"))
    assert said(found, band="2") == "1 of 1 advert (100%)"
    assert said(found, band="3") == "no advert"
    assert said(found, band="4", of="NHS advert") == "0 of 3 NHS adverts (0%)"
    assert by_bands(found) == (
        "1 of 1 advert (100%) at band 2 and 0 of 3 adverts (0%) at band 4"
    )
    assert by_bands(of_service()) == "no advert"


@pytest.mark.parametrize(
    ("count", "noun", "told"),
    [
        (0, "employer", "0 employers"),
        (1, "employer", "1 employer"),
        (1200, "category", "1,200 categories"),
        (2, "reason for leaving", "2 reasons for leaving"),
        (1.0, "share of people", "1 share of people"),
        (3, "survey", "3 surveys"),
    ],
)
def test_a_noun_follows_its_count(count: float, noun: str, told: str) -> None:
    assert counted(count, noun) == told


@pytest.mark.parametrize("statuses", [("suppressed", "suppressed"), ("shown",)])
def test_one_sentence_stands_for_an_answer_that_is_hidden_throughout(
    statuses: tuple[Any, ...],
) -> None:
    rows = [
        Row(
            keys={"gender": "male", "in_service": at == 0},
            measure="share",
            estimate=0.2 if status == "shown" else None,
            status=status,
        )
        for at, status in enumerate(statuses)
    ]
    text = answer(catalogue()["diversity.gender"], of_service(*rows))
    assert (text == NONE_SHOWN) == ("shown" not in statuses)


def rise(estimate: float | None, measure: str, *, in_service: bool) -> Row:
    return Row(
        keys={"in_service": in_service, "month": dt.date(2020, 12, 1)},
        measure=measure,
        estimate=estimate,
        status="shown" if estimate is not None else "suppressed",
    )


def test_the_surge_tells_only_what_is_shown() -> None:
    narrate = catalogue()["workforce.surge"].narrate
    risen = rise(0.1, "rise", in_service=True), rise(0.02, "rise", in_service=False)
    kept = rise(0.9, "kept", in_service=True), rise(1.0, "kept", in_service=False)
    both = narrate(of_service(*risen, *kept))
    assert both.endswith(
        "rose by 10.0% in mental health and 2.0% elsewhere; of that rise 90% in mental "
        "health and 100% elsewhere was left in December 2020."
    )
    # Nobody rose, or too few: then nothing is left of a rise.
    assert narrate(of_service(*risen)).endswith("and 2.0% elsewhere.")
    hidden = [rise(None, "rise", in_service=flag) for flag in (True, False)]
    assert narrate(of_service(*hidden)).endswith(
        "rose in 2020 is not shown: too few people to show."
    )


def test_a_share_that_is_not_shown_reads_on_and_other_figures_say_so() -> None:
    found = of_service(share_of(None, in_service=True, status="suppressed"))
    asked = {"measure": "share", "in_service": True}
    assert stated(found, unit="percent", **asked) == "too few to show"
    assert stated(found, unit="gbp", **asked) == "not available"
    assert told(found, "{} moved", "too few moved", **asked) == "too few moved"


def dated(month: dt.date | None, period: tuple[dt.date, dt.date] | None, **keys: Any):
    finding = Finding(
        analysis="sample.one",
        scope=Scope(month=month),
        cells=(),
        sources=(),
        people_counted=True,
        way="StaffMonth",
        period=period,
    )
    row = Row(keys=keys, measure="share", estimate=0.5)
    return seal(finding=finding, rows=[row], disclosure="protected")


def test_a_sentence_is_dated_by_its_rows_and_beside_whole_years_by_its_staff() -> None:
    june, year = dt.date(2020, 6, 1), (dt.date(2011, 1, 1), dt.date(2021, 12, 1))
    assert in_month(dated(None, (june, june))) == "In June 2020"
    assert (
        year_to(dated(dt.date(2021, 3, 1), (june, june))) == "In the year to June 2020"
    )
    assert in_month(dated(june, year, year=2011)) == "In June 2020"
    assert in_month(dated(None, year, year=2011)) == "In December 2021"
    assert the_year(dated(None, None)) == "the year of these figures"
    assert in_month(dated(None, None)) == "In the month of these figures"


def test_a_spread_of_one_is_that_one() -> None:
    low, high = share_of(0.1, in_service=True), share_of(0.25, in_service=False)

    def said(row: Row) -> str:
        return f"{row.estimate:.0%} in {'here' if row['in_service'] else 'there'}"

    assert ran([high, low], said) == "ran from 10% in here to 25% in there"
    assert ran([low], said) == "was 10% in here"


def test_what_a_published_file_does_not_hold_is_no_suppressed_share() -> None:
    published = of_service(disclosure="already published")
    assert stated(published, "share", "percent") == "an unknown share"
    assert stated(of_service(), "share", "percent") == "too few to show"


def test_a_unit_that_is_a_word_is_said_once() -> None:
    row = Row(keys={}, measure="m", estimate=2.0, conf_low=1.5, conf_high=2.9)
    assert numbers.interval(row, "likelihood_ratio", 1) == (
        "2.0 times (95% interval 1.5 to 2.9)"
    )
    assert numbers.interval(row, "gbp") == "£2 (95% interval £2 to £3)"


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (
            (0.021, 0.009, 0.033),
            "lay 2.1% below men's (95% interval 0.9% to 3.3% below)",
        ),
        (
            (-0.021, -0.033, -0.009),
            "lay 2.1% above men's (95% interval 0.9% to 3.3% above)",
        ),
        (
            (0.006, -0.013, 0.024),
            "lay 0.6% below men's (95% interval 2.4% below to 1.3% above, so the gap "
            "may be none)",
        ),
        ((0.03, 0.0, 0.119), "lay 3.0% below men's (95% interval 0.0% to 11.9% below)"),
        ((0.0, 0.0, 0.0), "was level with men's"),
        ((0.021, None, None), "lay 2.1% below men's"),
    ],
)
def test_pay_lies_below_or_above_and_never_below_by_less_than_nothing(
    gap: tuple[float, float | None, float | None], said: str
) -> None:
    row = Row(keys={}, measure="g", estimate=gap[0], conf_low=gap[1], conf_high=gap[2])
    assert beside(row, "men's") == said
