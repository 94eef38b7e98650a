"""Drawings made small for a page lose nothing that a reader sees."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from skillmix.catalogue import find
from skillmix.figures.chart import Reference
from skillmix.figures.vega import spec, svg
from skillmix.pipeline import open_session
from skillmix.report.figure import drawn
from skillmix.schema.scope import Scope
from skillmix.sources.inputs import open_inputs

WORDS = re.compile(r">([^<>]+)</text>")
GEOMETRY = re.compile(r' (?:d|x|y|transform)="([^"]*)"')
# Three decimals and more: what is cut from a shape must not be cut from words.
REFERENCE = Reference(
    label="a limit of 4.125%, or 0.04125", value=0.04125, source="invented"
)


@pytest.fixture(scope="module")
def answered(published, tmp_path_factory):
    analysis = find("participation.sickness_by_trust_type")
    chart = replace(analysis.chart, references=(REFERENCE,))
    inputs = open_inputs([published], store=tmp_path_factory.mktemp("store"))
    with open_session(inputs, Scope()) as session:
        return replace(analysis, chart=chart), session.run(analysis)


def test_every_word_and_number_of_a_drawing_is_kept(answered):
    analysis, result = answered
    whole = svg(spec(analysis.chart, analysis.measures, result))
    small = drawn(analysis, result, anchor="here")
    assert REFERENCE.label in WORDS.findall(whole)
    assert WORDS.findall(small.svg) == WORDS.findall(whole)
    assert len(small.svg) < 0.9 * len(whole)
    assert small.alternative
    assert all(i.startswith("here-") for i in re.findall(r' id="([^"]+)"', small.svg))


def test_shapes_are_drawn_to_a_tenth_of_a_pixel_and_no_coarser(answered):
    small = drawn(*answered, anchor="here").svg
    decimals = [
        len(d) for d in re.findall(r"\d\.(\d+)", " ".join(GEOMETRY.findall(small)))
    ]
    assert max(decimals) == 1
