"""What a review hands on: the diagram, the report, the register, the known works."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest

from readers import bibliography_samples as samples
from skillmix.errors import UnreadableFileError
from skillmix.literature.flow import Flow
from skillmix.literature.known import check_known
from skillmix.literature.outputs.evidence import (
    evidence_csv,
    evidence_markdown,
    extracted_from,
)
from skillmix.literature.outputs.prisma import flow_rows, flow_svg, flow_text
from skillmix.literature.outputs.references import reference_list
from skillmix.literature.outputs.register import register
from skillmix.literature.outputs.search_report import ASK, search_report
from skillmix.literature.record import Record
from skillmix.literature.search import search
from skillmix.literature.strategy.strategy import find_strategy, strategy_from
from skillmix.literature.tables import live
from skillmix.literature.workbooks import rows_of, write_records, write_table
from skillmix.schema.citations import Citation

WHOLE = Flow(
    identified={"Scopus": 60, "HMIC": 40},
    duplicates=20,
    outside=10,
    screened=70,
    excluded=50,
    pending=4,
    sought=16,
    not_retrieved=1,
    assessed=15,
    excluded_full={"place": 5, "year": 2},
    pending_full=1,
    included=7,
)
START = Flow(identified={"Scopus": 3}, duplicates=1, outside=0, screened=2)
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return ["".join(t.itertext()) for t in ET.fromstring(svg).iter(f"{SVG}text")]


def test_every_number_of_the_flow_is_in_the_diagram():
    said = " | ".join(texts(flow_svg(WHOLE)))
    for told in (
        *("Records identified: 100", "Scopus: 60", "HMIC: 40", "Duplicates: 20"),
        *("Records screened: 70", "Records excluded: 50", "Not decided yet: 4"),
        *("Reports sought: 16", "Reports not retrieved: 1", "Reports assessed: 15"),
        *("Reports excluded: 7", "place: 5", "year: 2", "Studies in review: 7"),
    ):
        assert told in said


def test_what_was_not_reached_is_not_drawn_as_nothing():
    said = texts(flow_svg(START))
    assert "Records screened: 2" in said
    assert not [t for t in said if "excluded" in t.lower() or "review" in t]


def test_the_diagram_describes_itself():
    root = ET.fromstring(flow_svg(WHOLE))
    assert root.get("role") == "img"
    described = root.find(f"{SVG}desc")
    assert described is not None
    assert described.text == flow_text(WHOLE)
    assert "7 are included in the review" in flow_text(WHOLE)


def test_boxes_stay_apart_and_within_the_picture():
    for flow in (WHOLE, START):
        root = ET.fromstring(flow_svg(flow))
        _, _, width, height = map(float, root.get("viewBox", "").split())
        boxes = [
            [float(r.get(n, "0")) for n in ("x", "y", "width", "height")]
            for r in root.findall(f"{SVG}rect")[1:]
        ]
        for x, y, wide, high in boxes:
            assert x >= 0
            assert x + wide <= width
            assert y + high <= height
        for n, (x, y, wide, high) in enumerate(boxes):
            for a, b, c, d in boxes[n + 1 :]:
                apart = x + wide <= a or a + c <= x or y + high <= b or b + d <= y
                assert apart


def test_names_from_exports_are_no_markup_in_the_diagram():
    flow = replace(START, identified={"<script>alert(1)</script>": 3})
    assert "<script>" not in flow_svg(flow)
    assert any("<script>" in t for t in texts(flow_svg(flow)))


def test_the_table_holds_the_same_numbers():
    told = {step.strip(): n for _, step, n in flow_rows(WHOLE)}
    assert told["Records screened"] == 70
    assert told["Excluded: place"] == 5
    start = {step.strip(): n for _, step, n in flow_rows(START)}
    assert start["Studies included in review"] is None


@pytest.fixture
def found(tmp_path):
    text = "".join(map(samples.ris, samples.MADE))
    (tmp_path / "a.ris").write_text(text, "utf-8")
    return search(find_strategy("nuffield-2020"), [tmp_path])


def test_the_search_report_has_the_sixteen_items_and_asks_for_the_rest(found):
    text = search_report(found)
    rows = [r for r in text.splitlines() if r.startswith("| ")]
    assert [r.split(" | ")[0] for r in rows[2:18]] == [f"| {n}" for n in range(1, 17)]
    assert ASK in text
    assert "HMIC (Ovid)" in text
    assert "1 and (2 or 3) and (4 or 5)" in text
    assert "dangling" not in text
    assert "OR has nothing before it" in text


def test_a_search_says_which_term_of_which_line_matched_where(found):
    (one,) = found.found()
    assert one.group.preferred.title == samples.MADE[0].title
    told = {(o.line, o.term, o.field, o.matched, o.plural) for o in one.occurrences}
    assert ("1", "support worker", "title", "support workers", True) in told
    assert ("2", "mental health", "abstract", "mental health", False) in told
    assert found.flow.outside == 1


# The evidence table.

PAPER = Record(
    record_id="r1",
    file="f",
    position=1,
    dialect="RIS",
    title="=A title | with a bar",
    authors=("Ashdown, Priya", "Okoro, Ben"),
    year=2018,
)


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV as a spreadsheet shows them."""
    table = csv.DictReader(io.StringIO(text))
    return [{k: live(v or "") for k, v in row.items() if k} for row in table]


def test_what_was_extracted_is_kept_when_the_table_is_made_anew():
    first = evidence_csv([PAPER], {})
    filled = first.rstrip("\n").removesuffix(",,,,,,")
    filled += ',ward,12 staff,,,"-stays, mostly",\n'
    known = extracted_from(rows(filled))
    assert known["r1"]["finding"] == "-stays, mostly"
    again = evidence_csv([PAPER], known)
    assert extracted_from(rows(again)) == known
    assert "'-stays" in again


def test_what_was_extracted_finds_a_publication_that_was_exported_anew():
    other = replace(PAPER, record_id="r9", doi="10.1234/x")
    by_doi = rows("record_id,doi,finding\nr1,10.1234/X,They stay.\n")
    by_name = rows(f"record_id,reference,finding\nr1,{other.reference},They stay.\n")
    for told in (by_doi, by_name):
        assert extracted_from(told, records=[other])["r9"]["finding"] == "They stay."


@pytest.mark.parametrize("name", ["table.csv", "table.xlsx"])
def test_a_table_is_written_and_read_back_with_no_formula_in_it(tmp_path, name):
    path = tmp_path / name
    told = {
        "record_id": "r1",
        "title": '=HYPERLINK("http://example.org")',
        "year": 2018,
        "note": "+44 20 @home -1\x07\u202e",
    }
    write_table(path, tuple(told), [told], title="Evidence table")
    first = path.read_bytes()
    write_table(path, tuple(told), [told], title="Evidence table")
    assert path.read_bytes() == first
    (found,) = rows_of(path)
    assert found["title"] == told["title"]
    assert found["year"] == "2018"
    assert found["note"].startswith("+44 20 @home -1")
    if name.endswith("xlsx"):
        with zipfile.ZipFile(path) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert not [n for n in book.namelist() if "rels/sheet" in n]
    else:
        assert "'=HYPERLINK" in path.read_text("utf-8-sig")
        assert "'+44" in path.read_text("utf-8-sig")


def test_a_cell_longer_than_a_workbook_holds_is_cut_and_says_so(tmp_path):
    path = tmp_path / "long.xlsx"
    write_table(path, ("abstract",), [{"abstract": "a" * 100_000}], title="Long")
    (found,) = rows_of(path)
    assert len(found["abstract"]) == 32_767
    assert found["abstract"].endswith("…")


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx", "all.parquet"])
def test_every_record_read_is_written_in_the_columns_of_its_table(tmp_path, name):
    path = tmp_path / name
    write_records(path, [PAPER])
    if name.endswith("parquet"):
        found = pq.read_table(path, schema=Citation.arrow_schema()).to_pylist()
    else:
        found = rows_of(path)
    assert list(found[0]) == list(Citation.columns())
    assert found[0]["title"] == PAPER.title
    assert found[0]["authors"] == "Ashdown, Priya; Okoro, Ben"


def test_a_table_that_is_none_is_told(tmp_path):
    (tmp_path / "empty.csv").write_text("", "utf-8")
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    for name in ("empty.csv", "cut.xlsx", "absent.csv"):
        with pytest.raises(UnreadableFileError):
            rows_of(tmp_path / name)


def test_the_evidence_table_for_print_keeps_its_columns():
    header, _, row = evidence_markdown([PAPER], {}).splitlines()
    assert header.count("|") == row.count("|") - row.count("\\|")


def test_a_table_without_ids_is_refused():
    with pytest.raises(UnreadableFileError, match="record_id"):
        extracted_from(rows("colour,size\nblue,2\n"))


# The register.

REPORT = """# A report

Support workers stay longer (Ashdown and Okoro, 2018; Marsh, 2019). As Lefevre and
others (2020) show, training helps. Data are for June 2020. It was said before
(Ashdwon and Okoro, 2018) and elsewhere (Council of Care, 2017, Marsh, 2019).
The toolkit says so (Council of Carers).

Source: Fanning, 2016; Marsh, 2019.

# References

- Ashdown, P. and Okoro, B. 2018. Support workers on wards. *J Inv*, 1, 2-3.
- Council of Carers. *A toolkit* [Online]. Available: www.example.org
- Lefevre, Z., Muller, J. & Roy, A. 2020. Training carers. *Annals*, 7, 1-9.
- Marsh, K. 2019. Leaving. A press.
- Nobody, N. 2015. Not cited. A press.

Published by the press.
"""


def test_references_are_parted_into_authors_year_and_title():
    found = reference_list(REPORT)
    assert [(r.key, r.year, r.title) for r in found] == [
        ("ashdown", "2018", "Support workers on wards"),
        ("council", "", "A toolkit [Online]"),
        ("lefevre", "2020", "Training carers"),
        ("marsh", "2019", "Leaving"),
        ("nobody", "2015", "Not cited"),
    ]


def test_each_claim_is_tied_to_its_references():
    told = {(c.cited, c.status): c.references for c in register(REPORT).claims}
    assert told["Ashdown and Okoro, 2018", "listed"] == (1,)
    assert told["Lefevre and others (2020)", "listed"] == (3,)
    assert told["Marsh, 2019", "listed"] == (4,)
    assert told["Council of Carers", "listed"] == (2,)


def test_what_is_cited_and_not_listed_is_found():
    found = register(REPORT)
    assert [(c.cited, c.nearest) for c in found.unlisted] == [
        ("Ashdwon and Okoro, 2018", 1),
        ("Council of Care, 2017", None),
        ("Fanning, 2016", None),
    ]
    assert [r.key for r in found.uncited] == ["nobody"]


def test_a_claim_is_the_sentence_around_the_citation():
    claim = next(c for c in register(REPORT).claims if c.cited.startswith("Lefevre"))
    assert claim.claim.startswith("As Lefevre")
    assert claim.claim.endswith("training helps.")
    assert claim.line == 3


def test_one_author_alone_is_told_from_the_same_one_among_others():
    text = (
        "They stay (Ash and others, 2018). They leave (Ash, 2018).\n\n# References\n\n"
        "- Ash, P. 2018. Leaving. A press.\n"
        "- Ash, P., Birch, Q. and Cole, R. 2018. Staying. A press.\n"
    )
    found = {c.cited: c.references for c in register(text).claims}
    assert found == {"Ash and others, 2018": (2,), "Ash, 2018": (1,)}


def test_a_date_is_no_citation():
    assert not [c for c in register(REPORT).claims if "June" in c.cited]


def test_the_reports_own_register(shared):
    """Facts about the report: its references, and citations its list does not hold."""
    text = (shared / "report.txt").read_text("utf-8")
    found = register(text)
    assert len(found.references) == 77
    unlisted = {c.cited for c in found.unlisted}
    assert {"Health Education England, 2014", "Fanshawe, 2018"} <= unlisted
    misspelt = next(c for c in found.unlisted if c.cited.startswith("Kantar and"))
    assert misspelt.nearest is not None
    assert found.references[misspelt.nearest - 1].key == "kantaris"
    assert len(found.uncited) <= 2


# Known works.


def work(title: str, year: int = 2018) -> Record:
    return Record(file="f", position=1, dialect="list", title=title, year=year)


def test_a_known_work_says_which_line_misses_it():
    works = [
        work("Support workers in mental health: career progress"),
        work("Assistant practitioners in mental health: career progress"),
        work("Assistant practitioners in the community: training"),
    ]
    found = check_known(find_strategy("nuffield-2020"), works)
    assert [i.found for i in found.items] == [True, False, False]
    assert found.items[1].missing == ("1",)
    best = found.suggestions[0]
    assert (best.line, best.term, best.finds) == ("1", "assistant practitioners", 2)


def test_a_term_says_what_it_would_cost():
    works = [work("Peer workers in mental health: training")]
    exports = [
        replace(work(f"Peer workers and mental health training {n}"), record_id=f"r{n}")
        for n in range(3)
    ]
    found = check_known(find_strategy("nuffield-2020"), works, exports)
    assert found.suggestions[0].cost == 3


def test_a_work_that_the_exports_hold_is_searched_whole():
    strategy = strategy_from("name = 'x'\ntitle = 'y'\n[[line]]\nterms = 'retention'\n")
    title = "A study of assistants on wards in two towns"
    export = replace(work(title), record_id="r9", abstract="Of retention.")
    alone = check_known(strategy, [work(title)])
    held = check_known(strategy, [work(title)], [export])
    assert [alone.items[0].found, held.items[0].found] == [False, True]
    assert held.items[0].exported == "r9"


def test_the_reports_own_references_need_plurals(shared):
    """Literal matching finds one of the titles; with plurals it finds seven."""
    text = (shared / "report.txt").read_text("utf-8")
    works = [work(r.title) for r in reference_list(text) if r.title]
    strategy = find_strategy("nuffield-2020")
    assert check_known(strategy, works).found == 7
    assert check_known(replace(strategy, plurals=False), works).found == 1
