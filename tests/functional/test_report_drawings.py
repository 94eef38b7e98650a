"""Drawings made small for a page lose nothing that a reader sees."""

from __future__ import annotations

import re

from skillmix.catalogue import find
from skillmix.figures.vega import spec, svg
from skillmix.pipeline import open_session
from skillmix.report.figure import drawn
from skillmix.schema.scope import Scope
from skillmix.sources.inputs import open_inputs

WORDS = re.compile(r">([^<>]+)</text>")


def test_every_word_and_number_of_a_drawing_is_kept(published, tmp_path):
    analysis = find("participation.sickness_by_trust_type")
    inputs = open_inputs([published], store=tmp_path)
    with open_session(inputs, Scope()) as session:
        answer = session.run(analysis)
    whole = svg(spec(analysis.chart, analysis.measures, answer))
    small = drawn(analysis, answer, anchor="here")
    assert WORDS.findall(small.svg) == WORDS.findall(whole)
    assert len(small.svg) < 0.9 * len(whole)
    assert small.alternative
    assert all(i.startswith("here-") for i in re.findall(r' id="([^"]+)"', small.svg))
