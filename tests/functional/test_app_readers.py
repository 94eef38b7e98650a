"""The app under many readers, and after something went wrong."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient

from skillmix.app.application import STATUS, create_app
from skillmix.app.library import Library
from skillmix.app.settings import Limits, Settings
from skillmix.errors import RecordRefusedError, SkillmixError
from skillmix.schema.scope import Scope, parse_month

HOME = "http://127.0.0.1:8765"
QUESTION = "diversity.age"
PATIENT = Limits(wait_seconds=120.0)


def client_of(library: Library, *, raising: bool = True) -> TestClient:
    app = create_app(library, Settings(limits=library.limits))
    return TestClient(app, base_url=HOME, raise_server_exceptions=raising)


def test_a_record_that_contradicts_itself_costs_its_own_question_only(inputs):
    library = Library(inputs, limits=PATIENT)
    client = client_of(library)
    client.get(f"/analyses/{QUESTION}.json")
    session = next(iter(library._sessions.values()))[0]

    def refused(_: object):
        raise RecordRefusedError("People are in post after they left.")

    session.run = refused
    page = client.get("/analyses/diversity.gender")
    assert page.status_code == 200
    assert "in post after they left" in page.text
    assert "It lacks" not in page.text, "what contradicts itself is not lacking"
    assert client.get("/analyses/diversity.gender.json").status_code == 404
    library.close()


def test_what_broke_once_is_not_met_again(inputs):
    """A session that failed in a way nobody foresaw answers nobody else."""
    library = Library(inputs, limits=PATIENT)
    client = client_of(library, raising=False)
    client.get(f"/analyses/{QUESTION}.json")
    session = next(iter(library._sessions.values()))[0]

    def broken(_: object):
        raise RuntimeError("the engine lost its connection")

    session.run = broken
    assert client.get("/analyses/diversity.gender.json").status_code == 500
    assert client.get("/analyses/diversity.gender.json").status_code == 200
    library.close()


def test_every_error_has_a_status_of_its_own():
    """An error that is told well must not look like one that nobody foresaw."""
    own = {"output", "disclosure"}  # never a reader's doing: 500 is right
    assert {kind.slug for kind in every_error()} - own <= set(STATUS)


def every_error() -> list[type[SkillmixError]]:
    found = [SkillmixError]
    for kind in found:
        found += kind.__subclasses__()
    return [kind for kind in found if kind.__module__ == "skillmix.errors"][1:]


def test_twenty_readers_of_an_app_just_started_lose_nothing(inputs):
    """Cold: nothing learnt, nothing drawn, and more scopes than are kept."""
    library = Library(inputs, scope=Scope(month=parse_month("2020-06")), limits=PATIENT)
    client = client_of(library)
    codes = ("RQY", "RV5", "RRE", "RHA")
    paths = [f"/trusts/{code}" for code in codes] + [
        "/trusts",
        "/",
        f"/analyses/{QUESTION}",
        f"/analyses/{QUESTION}.svg",
        f"/analyses/{QUESTION}?region=Y56",
        f"/analyses/{QUESTION}/compare?versus_employer=RQY",
    ]
    together = threading.Barrier(20)

    def read(number: int):
        together.wait()
        answer = client.get(paths[number % len(paths)])
        return number % len(paths), answer.status_code, answer.text

    with ThreadPoolExecutor(max_workers=20) as readers:
        found = list(readers.map(read, range(20)))
    assert {status for _, status, _ in found} == {200}
    assert len({(path, text) for path, _, text in found}) == len(paths)
    library.close()


def test_first_files_sent_at_the_same_moment_are_both_remembered(inputs):
    library = Library(inputs, limits=PATIENT)
    client = client_of(library)
    together = threading.Barrier(8)

    def send(number: int) -> int:
        together.wait()
        sent = {"file": (f"{number}.csv", b"colour,size\nblue,3\n")}
        return client.post("/check", files=sent).status_code

    with ThreadPoolExecutor(max_workers=8) as readers:
        assert set(readers.map(send, range(8))) == {200}
    library.close()
