"""Which records are one publication, which are not, and how a link is undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skillmix.errors import InvalidRowsError, UnreadableFileError
from skillmix.literature.dedupe.decisions import (
    COLUMNS,
    decision_rows,
    read_decisions,
)
from skillmix.literature.dedupe.groups import deduplicate
from skillmix.literature.dedupe.pairs import judge
from skillmix.literature.dedupe.traits import traits
from skillmix.literature.record import Record
from skillmix.literature.tables import write_csv

PAPER = Record(
    record_id="a",
    file="f",
    position=1,
    dialect="RIS",
    title="Support workers in community teams: a made-up study of retention",
    authors=("Ashdown, Priya", "Okoro, Ben"),
    year=2018,
    journal="Journal of Invented Nursing",
    volume="12",
    issue="3",
    pages="45-52",
    abstract="We asked support workers why they stay or go. " * 6,
)
DOI = "10.1234/jin.2018.045"


def verdict(**changes):
    return judge(traits(PAPER), traits(replace(PAPER, record_id="b", **changes)))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": PAPER.title.upper() + "."},
        {"title": "Support workers in community teams: a made up study of retention"},
        {"journal": "J Invent Nurs", "authors": ("P. Ashdown", "B. Okoro")},
        {"pages": "45-52", "volume": "", "abstract": ""},
        {"year": 2019},
        {"pages": "", "volume": "", "issue": "", "authors": ("Ashdown P",)},
        {"journal": "", "pages": "45"},
        {"title": "[Support workers in community teams: a made-up study of retention]"},
        {"pages": "12-May"},
    ],
)
def test_one_publication_in_two_databases(changes):
    assert verdict(**changes).decision == "same", verdict(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        # A conference abstract and the paper that grew out of it.
        {"journal": "European Congress of Care", "pages": "S12", "year": 2016},
        {"title": "Erratum: " + PAPER.title},
        {"title": "Reply: " + PAPER.title},
        {"title": PAPER.title + " part 2", "pages": "61-70"},
        {"title": "Peer workers in prisons: an ethnography"},
        {"doi": "10.9/other", "title": "Something else altogether in care"},
    ],
)
def test_two_publications_however_alike(changes):
    assert verdict(**changes).decision == "different", verdict(**changes)


def test_a_doi_joins_records_that_lack_everything_else():
    one = replace(PAPER, doi=DOI, journal="", volume="", pages="", year=None)
    two = replace(one, record_id="b", authors=(), abstract="")
    assert judge(traits(one), traits(two)).rule == "same DOI"


def test_proceedings_that_share_a_doi_are_not_joined():
    one = replace(PAPER, doi=DOI)
    two = replace(
        one,
        record_id="b",
        title="Peer workers in prisons: an ethnography",
        authors=("Marsh, Kay",),
        abstract="Another text entirely, about other people. " * 6,
    )
    assert judge(traits(one), traits(two)).decision == "different"


def test_two_dois_for_one_title_are_for_a_person_to_judge():
    one, two = replace(PAPER, doi=DOI), replace(PAPER, record_id="b", doi="10.1234/pre")
    one, two = replace(one, volume="", pages=""), replace(two, volume="", pages="")
    assert judge(traits(one), traits(two)).decision == "possible"


def test_a_verdict_gives_its_reasons():
    found = verdict(journal="", volume="")
    assert "page" in found.agree
    assert found.rule
    assert found.title == 100


def three() -> list[Record]:
    bare = replace(PAPER, record_id="b", abstract="", doi=DOI, database="Scopus")
    return [bare, PAPER, replace(PAPER, record_id="c", title="Unlike the others")]


def test_the_preferred_record_has_an_abstract_and_is_completed_from_the_others():
    found = deduplicate([three()[0], PAPER])
    (group,) = found.groups
    assert group.records == ("a", "b")
    assert group.preferred.abstract == PAPER.abstract
    assert group.preferred.doi == DOI
    assert group.completed == {"doi": "b"}
    assert found.removed == 1


def test_a_database_may_be_preferred():
    (group,) = deduplicate([PAPER, three()[0]], prefer=("Scopus",)).groups
    assert group.records[0] == "b"
    assert group.completed["abstract"] == "a"


def test_a_persons_decision_wins_over_every_rule():
    records = [PAPER, replace(PAPER, record_id="b")]
    apart = {frozenset(("a", "b")): ("different", "KM")}
    assert len(deduplicate(records, decided=apart).groups) == 2
    unlike = [PAPER, replace(PAPER, record_id="b", title="Unlike", pages="9")]
    together = {frozenset(("a", "b")): ("same", "KM")}
    found = deduplicate(unlike, decided=together)
    assert len(found.groups) == 1
    assert found.links[0].by == "KM"


def test_what_is_told_apart_is_not_joined_through_a_third():
    records = [replace(PAPER, record_id=i) for i in "abc"]
    apart = {frozenset(("a", "c")): ("different", "KM")}
    groups = deduplicate(records, decided=apart).groups
    assert not any({"a", "c"} <= set(g.records) for g in groups)


def test_links_are_written_edited_and_given_back(tmp_path):
    records = [PAPER, replace(PAPER, record_id="b")]
    found = deduplicate(records)
    path = tmp_path / "links.csv"
    write_csv(path, COLUMNS, decision_rows(found.links, records))
    assert read_decisions(path) == {}
    text = path.read_text("utf-8").replace("a,b,same,rule", "a,b,different,KM")
    path.write_text(text, "utf-8")
    decided = read_decisions(path)
    assert decided == {frozenset(("a", "b")): ("different", "KM")}
    assert len(deduplicate(records, decided=decided).groups) == 2


def test_a_decision_that_is_none_is_told_by_line(tmp_path):
    path = tmp_path / "links.csv"
    path.write_text("one,two,decision,by\na,b,perhaps,KM\n", "utf-8")
    with pytest.raises(InvalidRowsError, match="line 2"):
        read_decisions(path)
    path.write_text("colour,size\nblue,3\n", "utf-8")
    with pytest.raises(UnreadableFileError, match="columns one, two"):
        read_decisions(path)


def test_the_order_of_reading_changes_no_group():
    records = [
        *three(),
        replace(PAPER, record_id="d", year=2019, doi=DOI),
        replace(PAPER, record_id="e", title="Unlike the others"),
    ]
    forward = {frozenset(g.records) for g in deduplicate(records).groups}
    backward = {frozenset(g.records) for g in deduplicate(records[::-1]).groups}
    assert forward == backward
