"""Charts: same result same bytes, nothing left out, nothing told by colour alone."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any, get_args

import pytest

from contract.answered import FIRST, answered
from contract.figure_samples import SAMPLES, Sample, measure, published, row
from skillmix.catalogue import catalogue
from skillmix.figures.alt import alternative_text
from skillmix.figures.axes import axis, wants_zero
from skillmix.figures.chart import Chart, Kind
from skillmix.figures.plot import prepare
from skillmix.figures.shades import equal_breaks, shade
from skillmix.figures.space import spread
from skillmix.figures.theme import THEMES, dark_rules, palette, shapes, slots
from skillmix.figures.undrawn import HIDDEN, NO_ROW, NONE_AT_ALL, TOO_FEW_UNITS
from skillmix.figures.vega import spec, svg
from skillmix.words.labels import label

_TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)


def drawn(sample: Sample, **more: Any) -> str:
    chart, measures, result = sample
    return svg(spec(chart, measures, result, **more))


def words_of(picture: str) -> str:
    """Every word written in a picture, lines of a label joined."""
    found = " ".join(re.sub(r"<[^>]+>", " ", t) for t in _TEXT.findall(picture))
    return re.sub(r"\s+", " ", found.replace("&amp;", "&"))


def test_every_kind_of_chart_has_a_sample() -> None:
    assert {chart.kind for chart, _, _ in SAMPLES.values()} == set(get_args(Kind))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_picture_is_the_same_whatever_was_drawn_before(name: str) -> None:
    first = drawn(SAMPLES[name])
    drawn(SAMPLES["line"])
    assert drawn(SAMPLES[name]) == first
    # An id would depend on how many pictures this process has made.
    assert not re.findall(r'\bid="', first)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_picture_carries_its_description_and_every_theme_draws(name: str) -> None:
    chart, measures, result = SAMPLES[name]
    told = alternative_text(prepare(chart, measures, result, theme="light"))
    for theme in THEMES:
        made = spec(chart, measures, result, theme=theme)
        assert made["description"] == told
        picture = svg(made)
        assert palette(theme)["paper"] in picture
        assert "NaN" not in picture
        assert "undefined" not in words_of(picture)


@pytest.mark.parametrize(
    "name", [n for n in SAMPLES if n not in ("funnel", "tiles of boards")]
)
def test_every_category_and_series_is_named_in_the_picture(name: str) -> None:
    chart, _, result = SAMPLES[name]
    seen = words_of(drawn(SAMPLES[name]))
    for key in (chart.x, chart.y, chart.colour, chart.facet):
        if key in (None, "measure") or (
            chart.kind in ("line", "control") and key == chart.x
        ):
            continue
        for one in result.rows:
            if chart.kind == "flow" and one.status != "shown":
                continue
            if chart.kind == "prisma" and one[key] == "all":
                continue
            named = label(key, one[key], result.scope)
            named = re.sub(r" NHS (Foundation )?Trust$", "", named)
            assert named in seen, f"{named} is not in the picture"


def test_suppressed_values_are_marked_and_told() -> None:
    for name in ("bar", "dots in panels", "heatmap", "tiles of regions"):
        assert "[c]" in words_of(drawn(SAMPLES[name]))
        chart, measures, result = SAMPLES[name]
        told = spec(chart, measures, result)["description"]
        assert "suppressed to protect people" in told


def test_a_cohort_has_one_colour_and_shape_throughout() -> None:
    for key, values in (
        ("series", ("in_service", "elsewhere", "all_staff")),
        ("in_service", (True, False)),
    ):
        whole = slots(key, values)
        for value, slot in zip(values, whole, strict=True):
            assert slots(key, (value,)) == (slot,)
    assert slots("series", ("in_service",)) == slots("in_service", (True,))
    assert slots("series", ("elsewhere",)) == slots("in_service", (False,))


@pytest.mark.parametrize("key", ["series", "staff_group", "ethnic_group", "anything"])
def test_up_to_six_series_differ_in_colour_and_in_shape(key: str) -> None:
    values = ("in_service", "elsewhere", "all_staff", "nurses", "black", "someone")
    assert len(set(slots(key, values))) == len(values)
    assert len(set(shapes(key, values))) == len(values)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_words_and_marks_stand_out_from_the_page(theme: Any) -> None:
    colours = palette(theme)
    for slot in ("text", "faint"):
        assert contrast(colours[slot], colours["paper"]) >= 4.5
    for slot in ("1", "3", "4", "5", "axis"):
        assert contrast(colours[slot], colours["paper"]) >= 3.0, slot
    # Orange and light purple are the Analysis Function's own; shapes and labels
    # stand by them.
    for slot in ("2", "6"):
        assert contrast(colours[slot], colours["paper"]) >= 2.9, slot
    for n in range(1, 8):
        ink = colours["text"] if n <= 4 else colours["paper"]
        assert contrast(ink, colours[f"ramp{n}"]) >= 4.5, n
    for one, two in combinations(("1", "2", "3", "4", "5", "6"), 2):
        assert colours[one] != colours[two]


def test_each_light_colour_turns_into_one_dark_colour() -> None:
    light, dark = palette("light"), palette("dark")
    turned: dict[str, str] = {}
    for slot, colour in light.items():
        assert turned.setdefault(colour, dark[slot]) == dark[slot], slot
    assert f'[fill="{light["1"]}"]' in dark_rules("svg")


def test_still_pictures_hold_no_pointer_layers() -> None:
    chart, measures, result = SAMPLES["line"]
    made = spec(chart, measures, result)
    assert "tooltip" in json.dumps(made)
    assert svg(made).count("<path") < 60


@pytest.mark.parametrize("name", ["a\u0007b", "a\u202eb", "\ud800b", "\u0000", ""])
def test_unseen_characters_in_names_do_not_stop_the_renderer(name: str) -> None:
    chart = Chart(kind="bar", x="job_title")
    rows = [row(1.0, 2.0, {"job_title": name}), row(1.0, 2.0, {"job_title": "Nurse"})]
    seen = words_of(svg(spec(chart, measure("Share"), published(rows))))
    assert "Nurse" in seen
    assert "\u202e" not in seen


def test_axes_are_round_hold_their_values_and_begin_at_zero_for_bars() -> None:
    for low, high in ((0.3, 61_000), (1.19, 1.61), (-21, 11), (5, 5), (0, 0)):
        shape = axis(low, high, zero=False)
        assert shape.low <= low <= high <= shape.high
        assert len(shape.ticks) <= 7
        steps = {round(b - a, 9) for a, b in pairwise(shape.ticks)}
        assert len(steps) == 1
        assert 0.0 in axis(low, high, zero=True).ticks
    assert wants_zero(2, 8)
    assert not wants_zero(92, 104)


def test_labels_are_moved_apart_and_kept_inside() -> None:
    placed = spread([100, 102, 101, 298], [20, 20, 20, 20], 300)
    gaps = sorted(placed)
    assert all(b - a >= 20 - 1e-9 for a, b in pairwise(gaps))
    assert max(placed) <= 290
    # Order is kept: a label above another stays above it.
    assert placed[0] < placed[2] < placed[1]


def test_cards_show_each_value_in_its_own_unit() -> None:
    measures = {
        unit: measure("As published", unit)["share"]
        for unit in ("percent", "gbp", "count")
    }
    rows = [
        replace(
            row(1, 1, {"subject": name, "publisher": "A"}), measure=slug, estimate=v
        )
        for name, slug, v in (
            ("Share", "percent", 0.8),
            ("Fund", "gbp", 1000.0),
            ("Areas", "count", 10.0),
        )
    ]
    chart = Chart(kind="cards", x="subject", colour="publisher")
    seen = words_of(svg(spec(chart, measures, published(rows))))
    assert all(
        text in seen for text in ("Share", "80", "Fund", "£1,000", "Areas", "10")
    )
    # One measure by itself is a list, whose rows count nothing worth a line.
    alone = spec(chart, {"count": measures["count"]}, published(rows[2:]))
    assert "10" not in words_of(svg(alone))


@pytest.mark.parametrize(
    ("kind", "rows", "why"),
    [
        ("bar", 0, NO_ROW),
        ("funnel", 0, NO_ROW),
        ("funnel", 1, TOO_FEW_UNITS),
        ("funnel", 2, NONE_AT_ALL),
        ("line", None, HIDDEN),
    ],
)
def test_a_chart_with_nothing_to_draw_says_why_to_eyes_and_to_readers(
    kind: Kind, rows: int | None, why: str
) -> None:
    found = [row(0, 50, {"employer": name}) for name in ("RV3", "RV5")[: rows or 0]]
    if rows is None:
        when = {"employer": dt.date(2020, 6, 1)}
        found = [replace(row(1, 9, when), estimate=None, status="suppressed")]
    for facet in (None, "employer"):
        chart = Chart(kind=kind, x="employer", facet=facet)
        made = spec(chart, measure("Share"), published(found))
        assert " ".join(words_of(svg(made)).split()).endswith(why)
        assert made["description"].endswith(why)


def test_two_groups_that_are_level_are_both_seen() -> None:
    rows = [
        row(top, 100, {"band": band, "in_service": flag})
        for band, flag, top in (("2", True, 20), ("2", False, 20), ("3", True, 5))
    ]
    chart = Chart(kind="dumbbell", x="band", colour="in_service")
    made = spec(chart, measure("Share"), published(rows))
    rings = [one for one in made["layer"] if one["mark"].get("filled") is False]
    (ring,) = rings[0]["data"]["values"]
    assert (ring["x"], ring["value"]) == ("Band 2", 20.0)
    # The dot of the group drawn last stands within the ring of the one drawn first.
    first = made["data"]["values"][0]
    assert ring["ink"] == first["ink"]


def test_the_names_of_a_flow_stand_apart_and_beside_their_own_nodes() -> None:
    rows = [
        row(people, 9000, {"start_role": name, "outcome": "left"})
        for name, people in (("registered_nurse", 8000), ("a", 5), ("b", 5), ("c", 5))
    ]
    chart = Chart(kind="flow", x="start_role", y="outcome")
    made = spec(chart, measure("Share"), published(rows))
    (nodes,) = [
        one["data"]["values"]
        for one in made["layer"]
        if "data" in one
        and one["mark"]["type"] == "rect"
        and len(one["data"]["values"]) > 1
    ]
    middles = [(node["top"] + node["foot"]) / 2 for node in nodes]
    assert all(b - a >= 32 for a, b in pairwise(middles))
    assert nodes[-1]["foot"] <= made["height"]


def test_a_unit_where_nothing_happened_has_its_place_in_a_funnel() -> None:
    rows = [row(n, 500, {"employer": name}) for n, name in ((0, "RV3"), (9, "RV5"))]
    chart = Chart(kind="funnel", x="employer")
    made = spec(chart, measure("Share"), published(rows))
    assert [point["value"] for point in made["data"]["values"]] == [0.0, 1.8]


@pytest.mark.parametrize("analysis", catalogue().values(), ids=lambda a: a.name)
def test_a_chart_reads_only_what_its_analysis_gives(analysis: Any) -> None:
    assert analysis.chart.columns() <= set(analysis.keys)
    assert not analysis.chart.measure or analysis.chart.measure in analysis.measures


@pytest.mark.parametrize("name", FIRST)
def test_every_analysis_can_be_drawn_and_described(name: str) -> None:
    analysis, result = catalogue()[name], answered(name)
    chart = analysis.chart
    places = [
        (one[chart.x], *(one[k] for k in (chart.y, chart.colour, chart.facet) if k))
        for one in prepare(chart, analysis.measures, result, theme="light").rows
    ]
    assert len(set(places)) == len(places), "two rows share one place in the chart"
    picture = svg(spec(analysis.chart, analysis.measures, result))
    assert picture.startswith("<svg")
    told = spec(analysis.chart, analysis.measures, result)["description"]
    assert told.endswith(".")
    assert analysis.measures[analysis.chart.measure or next(iter(analysis.measures))]


def test_a_stack_that_ends_before_the_whole_says_why() -> None:
    """A part too small to be shown shortens its bar, which must not pass for less."""
    chart, measures, result = SAMPLES["stacked"]
    assert any(one.status == "suppressed" for one in result.rows)
    assert words_of(drawn((chart, measures, result))).count("[c]") == 1


def test_a_shade_and_a_colour_of_one_chart_are_never_the_same_ink() -> None:
    inks = palette("light")
    for values in (("2", "3", "4", "5"), ("4", "5", "6")):
        assert len({inks[slot] for slot in slots("band", values)}) == len(values)


def test_groups_come_before_all_others_and_these_before_those_not_known() -> None:
    shares = {"not_stated": 0.9, "any_other": 0.7, "black": 0.1, "white": 0.2}
    rows = [row(900 * v, 900, {"ethnic_group": k}) for k, v in shares.items()]
    chart = Chart(kind="dots", x="ethnic_group")
    plot = prepare(chart, measure("Share"), published(rows), theme="light")
    order = ["white", "black", "any_other", "not_stated"]
    assert list(plot.values("ethnic_group")) == order


def test_words_joined_by_slashes_break_after_a_slash_and_keep_it() -> None:
    long = "Anxiety/stress/depression/other psychiatric illnesses"
    rows = [row(90, 900, {"reason": long})]
    chart = Chart(kind="bar", x="reason")
    plot = prepare(chart, measure("Share"), published(rows), theme="light")
    written = plot.name("reason", long, 30)
    assert max(map(len, written.split("\n"))) <= 30
    assert re.sub(r"\s", "", written) == long.replace(" ", "")
    assert re.split(r"[/\s]+", written) == re.split(r"[/ ]", long)


def test_headings_of_a_matrix_lean_rather_than_run_into_one_another() -> None:
    def heads(names: tuple[str, ...]) -> dict[str, Any]:
        keys = [{"staff_group": n, "region": r} for n in names for r in ("Y56", "Y58")]
        rows = [row(90, 900, one) for one in keys]
        chart = Chart(kind="heatmap", x="staff_group", y="region")
        made = spec(chart, measure("Share"), published(rows))
        (cells,) = [one for one in made["layer"] if one["mark"]["type"] == "rect"]
        return cells["encoding"]["x"]["axis"]

    few = heads(("Nursing", "Midwifery"))
    many = heads(tuple(f"Administrative and clerical {n}" for n in range(8)))
    assert (few["labelAngle"], many["labelAngle"]) == (0, -35)


def test_many_lines_make_a_chart_tall_enough_for_their_names() -> None:
    def height(count: int) -> int:
        groups = [f"A staff group with a long name {n}" for n in range(count)]
        rows = [
            row(100 + n, 900, {"year": year, "staff_group": group})
            for n, group in enumerate(groups)
            for year in (2019, 2020)
        ]
        chart = Chart(kind="line", x="year", colour="staff_group")
        return spec(chart, measure("Share"), published(rows))["height"]

    assert height(3) == 320
    assert height(16) > 16 * 2 * 16


def test_numbers_along_the_left_say_what_they_count() -> None:
    rows = [row(90, 900, {"months_since": n}) for n in (1, 2, 3)]
    chart = Chart(kind="dots", x="months_since")
    told = words_of(drawn((chart, measure("Share"), published(rows))))
    assert "Months since joining" in told


def test_places_that_print_alike_have_one_shade_on_a_map() -> None:
    edges = equal_breaks([0.486, 0.489, 0.492, 0.59, 0.67])
    assert len({shade(v, edges) for v in (0.486, 0.489, 0.492)}) == 1
    assert shade(0.486, edges) == 0
    assert shade(0.67, edges) == 6
    assert equal_breaks([0.5, 0.5]) == ()
