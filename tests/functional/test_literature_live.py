"""Live searches against services that behave, and misbehave, like the real ones."""

from __future__ import annotations

import itertools

import pytest

from functional.literature_services import Service, serving
from skillmix.errors import InputNotFoundError, UnreadableFileError
from skillmix.literature.live.europe_pmc import search_europe_pmc
from skillmix.literature.live.pubmed import search_pubmed
from skillmix.literature.live.web import TRIES, Web
from skillmix.literature.reading.exports import read_exports

SEARCHES = {"pubmed": search_pubmed, "europe-pmc": search_europe_pmc}
QUERY = '"support worker"[tiab]'


@pytest.fixture(params=SEARCHES)
def ask(request):
    return SEARCHES[request.param]


@pytest.fixture
def waits():
    return []


@pytest.fixture
def service():
    with serving(Service()) as made:
        yield made


def web(service, waits, **more):
    return Web(base=service.base, pause=0.0, wait=waits.append, **more)


def test_all_pages_are_fetched_and_reconciled(ask, service, waits, tmp_path):
    found = ask(QUERY, tmp_path, web(service, waits), page=10)
    assert (found.told, found.records, len(found.pages)) == (25, 25, 3)
    assert found.reconciled
    assert not waits


def test_pages_are_read_as_any_export_is(ask, service, waits, tmp_path):
    found = ask(QUERY, tmp_path, web(service, waits), page=10)
    readings = read_exports(found.pages)
    assert all(r.reconciled for r in readings)
    records = [r for reading in readings for r in reading.records]
    assert len({r.title for r in records}) == 25
    assert records[0].authors == ("Ashdown, Priya",)
    assert records[0].year == 2019
    assert records[0].database in ("PubMed", "Europe PMC")


def test_a_passing_failure_is_tried_again_after_a_wait(ask, service, waits, tmp_path):
    service.failures = [503, 429]
    assert ask(QUERY, tmp_path, web(service, waits), page=10).reconciled
    assert waits == [1.0, 7.0]


def test_a_lasting_failure_ends_after_a_few_tries(ask, service, waits, tmp_path):
    service.failures = [500] * 50
    with pytest.raises(UnreadableFileError, match="answered 500"):
        ask(QUERY, tmp_path, web(service, waits), page=10)
    assert len(service.asked) == TRIES


def test_a_refused_request_is_not_tried_again(ask, service, waits, tmp_path):
    service.failures = [403]
    with pytest.raises(UnreadableFileError, match="answered 403"):
        ask(QUERY, tmp_path, web(service, waits), page=10)
    assert len(service.asked) == 1


def test_an_error_in_an_ordinary_answer_is_seen(ask, service, waits, tmp_path):
    service.refusal = "Invalid query"
    with pytest.raises(UnreadableFileError, match="Invalid query"):
        ask(QUERY, tmp_path, web(service, waits), page=10)


def test_an_answer_that_is_no_data_is_seen(ask, service, waits, tmp_path):
    service.garbage = True
    with pytest.raises(UnreadableFileError, match="other than JSON"):
        ask(QUERY, tmp_path, web(service, waits), page=10)


def test_a_search_is_taken_up_where_it_stopped(ask, service, waits, tmp_path):
    service.failures = []
    inner, count = service.answer, itertools.count()

    def failing(path, sent):
        return (403, "no") if next(count) == 2 else inner(path, sent)

    service.answer = failing
    with pytest.raises(UnreadableFileError):
        ask(QUERY, tmp_path, web(service, waits), page=10)
    kept = sorted(p.name for p in tmp_path.glob("*-0*"))
    assert kept
    first = (tmp_path / kept[0]).stat().st_mtime_ns
    found = ask(QUERY, tmp_path, web(service, waits), page=10)
    assert found.reconciled
    assert (tmp_path / kept[0]).stat().st_mtime_ns == first


def test_a_finished_search_asks_nothing_again(ask, service, waits, tmp_path):
    ask(QUERY, tmp_path, web(service, waits), page=10)
    before = len(service.asked)
    assert ask(QUERY, tmp_path, web(service, waits), page=10).records == 25
    assert len(service.asked) == before


def test_a_folder_of_another_search_is_refused(ask, service, waits, tmp_path):
    ask(QUERY, tmp_path, web(service, waits), page=10)
    with pytest.raises(UnreadableFileError, match="another search"):
        ask("other", tmp_path, web(service, waits), page=10)


def test_records_that_did_not_come_show_in_the_counts(ask, service, waits, tmp_path):
    service.lost = 3
    found = ask(QUERY, tmp_path, web(service, waits), page=10)
    assert (found.told, found.records) == (25, 22)
    assert not found.reconciled


def test_a_search_that_finds_nothing_ends(ask, service, waits, tmp_path):
    service.records = 0
    found = ask(QUERY, tmp_path, web(service, waits), page=10)
    assert (found.told, found.records, found.pages) == (0, 0, ())


def test_what_pubmed_ignored_is_told(service, waits, tmp_path):
    service.warnings = {"quotedphrasesnotfound": ['"support wroker"[tiab]']}
    found = search_pubmed(QUERY, tmp_path, web(service, waits))
    assert found.warnings == ('PubMed has no quoted phrase: "support wroker"[tiab]',)


def test_pubmed_is_told_who_asks_and_the_key_is_not_kept(service, waits, tmp_path):
    search_pubmed(
        QUERY, tmp_path, web(service, waits), email="a@example.org", key="secret"
    )
    for _, sent in service.asked:
        assert (sent["tool"], sent["email"]) == ("skillmix", "a@example.org")
    assert "secret" not in (tmp_path / "search.json").read_text("utf-8")


def test_europe_pmc_adds_no_synonyms(service, waits, tmp_path):
    search_europe_pmc(QUERY, tmp_path, web(service, waits))
    assert {sent["synonym"] for _, sent in service.asked} == {"FALSE"}


def test_requests_are_spaced(service, waits):
    now = iter([0.0, 0.0, 0.1, 0.4, 0.4, 0.4])
    asking = Web(
        base=service.base, pause=0.34, wait=waits.append, clock=lambda: next(now)
    )
    for _ in range(2):
        asking.post("esearch.fcgi", {"retmax": "0"})
    assert waits == [pytest.approx(0.24)]


def test_an_address_that_is_none_is_refused():
    with pytest.raises(InputNotFoundError, match="http"):
        Web(base="file:///etc", pause=0)


def test_a_service_that_is_not_there_is_told(waits, tmp_path):
    asking = Web(base="http://127.0.0.1:9", pause=0, wait=waits.append, timeout=2)
    with pytest.raises(UnreadableFileError, match="did not answer"):
        search_pubmed(QUERY, tmp_path, asking)
