"""The real adverts are all read, and the labelled ones coded as people coded them.

Of the labelled adverts only the half that rules were written on is looked at here;
the other half is measured, never examined, by `make bench-text`.
"""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files

import pytest

from skillmix.adverts.coding.code import code
from skillmix.adverts.document import document
from skillmix.adverts.frame import Frame, sample
from skillmix.adverts.normalise import has_contact
from skillmix.adverts.reading.gather import gather

# Least share right on the open half; a change of rules that loses one is noticed.
FLOORS = {
    "afc_band": 1.0,
    "salary_min": 1.0,
    "contract": 1.0,
    "essential_qualifications": 0.97,
    "training_commitment": 0.97,
    "flexibility": 0.97,
    "shift_or_unsocial": 0.97,
    "experience_required": 0.97,
    "supervised_by": 0.97,
    "career_development": 0.97,
}


@pytest.fixture(scope="module")
def postings(shared):
    found = gather([shared / "data" / "adverts" / "jobposting"])
    return found, sample([code(a) for a in found.adverts], Frame())


def test_every_posting_is_read(postings):
    found, coded = postings
    assert len(found.log) == 734
    assert all(e.read_as for e in found.log)
    assert len(coded) == 734
    assert all(len(c.advert.text) > 200 for c in coded)
    assert all("&lt;" not in c.advert.text for c in coded)


def test_support_posts_are_found(postings):
    _, coded = postings
    support = sum(c.support for c in coded)
    # Counted by hand, roughly: 340 mental health support posts or near it.
    assert 300 <= support <= 380
    kept = [c for c in coded if not c.exclusion]
    assert {c["sector"] for c in kept} >= {"nhs", "independent"}
    left = {c.exclusion for c in coded}
    assert left >= {"not_support", "training", "registered", "nation", "duplicate"}


def test_tables_tell_counts_denominators_and_states(postings):
    found, coded = postings
    told = document(coded, found.log, Frame())
    assert told["tables"]
    for table in told["tables"]:
        for state in table["states"]:
            parts = ("stated", "silent", "attachment_not_read")
            assert sum(state[p] for p in parts) == state["adverts"], table["label"]
        for row in table["rows"]:
            assert row["adverts"] <= row["of"]


def test_no_contact_and_no_long_quote_leaves(postings):
    found, coded = postings
    told = document(coded, found.log, Frame())
    for advert in told["adverts"]:
        for field in advert["fields"].values():
            for one in field["evidence"]:
                assert len(one["quote"]) <= 200
                assert not has_contact(one["quote"].replace("[...]", ""))
                assert "[name]" not in one["quote"]


def test_the_open_half_is_coded_as_people_coded_it(shared):
    folder = shared / "data" / "adverts"
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [r for r in map(json.loads, lines) if _is_open(r["id"])]
    files = [folder / "text" / f"{r['id']}.txt" for r in labels]
    found = {a.file.removesuffix(".txt"): code(a) for a in gather(files).adverts}
    assert len(found) == len(labels) == 44
    for field, floor in FLOORS.items():
        right = sum(_same(found[r["id"]][field], r[field]) for r in labels)
        assert right / len(labels) >= floor, field


def _is_open(name: str) -> bool:
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 0


def _same(got, wanted) -> bool:
    if isinstance(got, tuple):
        return sorted(map(str, got)) == sorted(map(str, wanted or []))
    return got == wanted


def test_no_rule_quotes_an_advert(shared):
    """Rules say how adverts are worded; none may hold a run of words of one."""
    wording = {run for line in _rule_lines() for run in _runs(line)}
    folder = shared / "data" / "adverts"
    adverts = [*folder.glob("text/*.txt"), *folder.glob("jobposting/*.json")]
    texts = [advert.text for advert in gather(adverts).adverts]
    assert len(texts) > 800
    assert [run for text in texts for run in wording & set(_runs(text))] == []


def _rule_lines():
    for path in files("skillmix.adverts").joinpath("rules").iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        # A pattern is read as it stands, and without the marks of its optional words.
        yield from lines
        yield from (re.sub(r"\(\?:|[()?]", " ", line) for line in lines)


def _runs(text):
    words = re.findall(r"[a-z0-9']+", text.lower())
    return [" ".join(words[n : n + 7]) for n in range(len(words) - 6)]
