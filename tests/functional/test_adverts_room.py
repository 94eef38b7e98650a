"""The room of the app that codes adverts, and has them reviewed."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from skillmix.adverts.review.codes import reviewed_fields
from skillmix.app.application import create_app
from skillmix.app.library import Library
from skillmix.sources.inputs import Inputs

ADDRESS = "http://127.0.0.1:8765"
POST = """Title: {title}
Employer: Wendale Mental Health NHS Trust
Salary: £18,005 to £19,337 per annum
Reference: {reference}

A support worker is wanted on our acute mental health ward.
{body}
For an informal talk ring Ann Onymous on 01632 960123 or ann@wendale.example.
"""
BODIES = (
    "You must be flexible and able to work shifts and weekends.",
    "Flexible working and job shares are welcome. You must have a driving licence.",
    "You need a full NVQ level 2 in health and social care and some experience.",
)
FIELDS = [f.name for f in reviewed_fields()]


def adverts(count: int = 3, **more: str) -> list[tuple[str, tuple[str, bytes]]]:
    return [
        (
            "files",
            (
                f"post-{number}.txt",
                POST.format(
                    **{
                        "title": "Healthcare Assistant",
                        "reference": f"REF-{number}",
                        "body": BODIES[number],
                        **more,
                    }
                ).encode(),
            ),
        )
        for number in range(count)
    ]


@pytest.fixture
def client() -> Iterator[TestClient]:
    library = Library(Inputs(readings=(), editions={}))
    with TestClient(create_app(library), base_url=ADDRESS) as opened:
        yield opened


def begin(client: TestClient, files=None) -> str:
    told = client.post("/adverts", files=files or adverts())
    assert told.status_code == 200, told.text
    return told.url.path


def code(client: TestClient, path: str, coder: str, number: int = 1, **sent: str):
    data = {"coder": coder, "number": str(number), "act": "confirm", **sent}
    return client.post(f"{path}/review", data=data)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_adverts_are_coded_and_not_kept(client, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = begin(client)
    page = client.get(path).text
    assert "3 adverts in 3 files" in page
    assert "Demanded of the candidate" in page
    assert list(tmp_path.iterdir()) == []


def test_a_draft_is_pasted(client: TestClient) -> None:
    text = "Title: Support Worker\nSalary: £18,005\n\nYou must be flexible."
    told = client.post("/adverts/pasted", data={"text": text})
    assert "1 advert in 1 file" in told.text
    field = client.get(f"{told.url.path}/advert/1.json").json()["fields"]
    assert field["flexibility"]["value"] == "demanded"
    assert client.post("/adverts/pasted", data={"text": " "}).status_code == 422


def test_a_band_with_a_letter_is_shown(client: TestClient) -> None:
    path = begin(client, adverts(1, title="Ward Manager - Band 8a"))
    assert client.get(f"{path}.json").json()["adverts"][0]["exclusion"] == "not_support"
    assert "<strong>8a</strong>" in client.get(f"{path}/advert/1").text
    assert client.get(path).status_code == 200


def test_twins_have_the_values_of_the_page(client: TestClient) -> None:
    path = begin(client)
    told = client.get(f"{path}.json").json()
    assert told["kind"] == "skillmix adverts"
    rows = rows_of(client.get(f"{path}.csv").text)
    assert len(rows) == 3 * len(told["adverts"][0]["fields"])
    one = client.get(f"{path}/advert/3.json").json()
    assert one == told["adverts"][2]
    found = one["fields"]["essential_qualifications"]
    page = client.get(f"{path}/advert/3").text
    assert "NVQ level 2 or equivalent" in page
    for shown in (found["quote"], found["rule"], f"{found['confidence']:.0%} sure"):
        assert shown in page
    assert rows_of(client.get(f"{path}/advert/3.csv").text) == rows[-len(rows) // 3 :]


def test_every_criterion_has_its_place_on_the_page(client: TestClient) -> None:
    page = client.get(f"{begin(client)}/advert/1").text
    assert [int(n) for n in re.findall(r'<h2 id="c(\d+)"', page)] == [*range(1, 16)]
    assert "silent" in page.lower()


def test_contact_details_are_shown_nowhere(client: TestClient) -> None:
    path = begin(client)
    code(client, path, "KM")
    for shown in (
        *("", ".json", ".csv", "/advert/1", "/advert/1.json", "/review?coder=AB"),
        *("/sheet.csv", "/review.csv?coder=KM", "/gold.jsonl"),
    ):
        text = client.get(path + shown).text
        assert "960123" not in text, shown
        assert "ann@" not in text.lower(), shown
        assert "Onymous" not in text, shown


def test_the_text_is_for_the_page_alone(client: TestClient) -> None:
    path = begin(client)
    sentence = "A support worker is wanted on our acute mental health ward."
    # The overview is a quotation of its own; the whole text is in no file.
    assert sentence in client.get(f"{path}/review?coder=KM").text
    for given in (".json", ".csv", "/sheet.csv?way=open"):
        assert "welcome. You must" not in client.get(path + given).text


class TestCoding:
    def test_a_coder_confirms_and_corrects_without_a_script(self, client) -> None:
        path = begin(client)
        after = code(client, path, "KM", **{"code.flexibility": "offered"})
        assert "1 of 3 finished" in after.text
        (row,) = [
            r
            for r in rows_of(client.get(f"{path}/review.csv?coder=KM").text)
            if r["field"] == "flexibility" and r["code"]
        ]
        assert (row["suggested"], row["code"]) == ("demanded", "offered")
        page = client.get(f"{path}/review?coder=KM&number=1").text
        assert '<option value="offered" selected>' in page
        assert all(f'accesskey="{key}"' in page for key in "sc")

    def test_saving_leaves_what_is_not_coded(self, client) -> None:
        path = begin(client)
        code(client, path, "KM", act="next", **{"code.flexibility": "offered"})
        given = [
            r["field"]
            for r in rows_of(client.get(f"{path}/review.csv?coder=KM").text)
            if r["code"]
        ]
        assert given == ["flexibility"]

    def test_a_blind_coder_sees_nothing_of_the_machine(self, client) -> None:
        path = begin(client)
        page = client.get(f"{path}/review?coder=KM&way=blind").text
        for hint in ("Found:", "<mark", "confirm", "nothing-found"):
            assert hint not in page
        # Nor can it be asked for by the form.
        code(client, path, "KM", way="blind")
        assert not any(
            r["code"] for r in rows_of(client.get(f"{path}/review.csv?coder=KM").text)
        )

    def test_the_list_ends(self, client) -> None:
        path = begin(client)
        for number in (1, 2, 3):
            after = code(client, path, "KM", number)
        assert "All coded" in after.text

    def test_codes_that_contradict_themselves_are_refused(self, client) -> None:
        path = begin(client)
        both = {"code.essential_qualifications": ["none stated", "NVQ2"]}
        refused = code(client, path, "KM", **both)
        assert refused.status_code == 422
        assert "Keep the one or the other" in refused.text

    @pytest.mark.parametrize(
        ("sent", "status"),
        [
            ({"coder": "<script>"}, 422),
            ({"coder": "code"}, 422),
            ({"coder": "KM", "number": "99"}, 404),
            ({"coder": "KM", "number": "x"}, 404),
            ({"coder": "KM", "code.flexibility": "perhaps"}, 422),
            ({}, 422),
        ],
    )
    def test_what_is_no_code_is_refused(self, client, sent, status) -> None:
        path = begin(client)
        told = client.post(f"{path}/review", data={"number": "1", **sent})
        assert told.status_code == status
        assert "Traceback" not in told.text


class TestAgreement:
    @pytest.fixture
    def path(self, client: TestClient) -> str:
        path = begin(client)
        for number in (1, 2, 3):
            code(client, path, "KM", number)
            sent = {"code.flexibility": "both"} if number == 1 else {}
            sent |= {"note.flexibility": "asks and offers"} if number == 1 else {}
            code(client, path, "AB", number, **sent)
        return path

    def test_it_is_told_field_by_field(self, client, path) -> None:
        assert "Krippendorff" in client.get(f"{path}/agreement").text
        asked = f"{path}/agreement.json?first=KM&second=AB"
        told = client.get(asked).json()
        assert (told["agreed"], told["differing"]) == (3 * len(FIELDS) - 1, 1)
        row = next(f for f in told["fields"] if f["field"] == "flexibility")
        assert (row["adverts"], row["agreed"]) == (3, 2)
        assert 0 < row["kappa"] < 1
        table = rows_of(client.get(asked.replace(".json", ".csv")).text)
        assert len(table) == len(FIELDS)

    def test_a_coder_does_not_agree_with_themselves(self, client, path) -> None:
        assert (
            client.get(f"{path}/agreement.json?first=KM&second=KM").status_code == 422
        )

    def test_a_third_settles_and_the_gold_set_grows(self, client, path) -> None:
        before = client.get(f"{path}/gold.jsonl").text.splitlines()
        assert len(before) == 3 * len(FIELDS) - 1
        page = client.get(f"{path}/settle?by=ZZ").text
        assert "AB noted: asks and offers" in page
        sent = {"by": "ZZ", "number": "1", "field": "flexibility", "of": "AB"}
        assert "All settled" in client.post(f"{path}/settle", data=sent).text
        gold = [
            json.loads(g)
            for g in client.get(f"{path}/gold.jsonl").text.split("\n")[:-1]
        ]
        (mine,) = [g for g in gold if g["by"] == "ZZ"]
        assert (mine["field"], mine["code"]) == ("flexibility", "both")
        field = client.get(f"{path}/advert/1.json").json()["fields"]["flexibility"]
        assert (field["value"], field["rule"]) == ("both", "review.settled")
        assert field["settled_by"] == "ZZ"
        assert "Settled by ZZ" in client.get(f"{path}/advert/1").text
        assert "In, settled" in client.get(path).text
        table = pq.read_table(
            io.BytesIO(client.get(f"{path}/coded_adverts.parquet").content)
        )
        assert table["reviewed"].to_pylist() == [True, True, True]

    def test_what_was_settled_is_taken_back(self, client, path) -> None:
        sent = {"by": "ZZ", "number": "1", "field": "flexibility"}
        client.post(f"{path}/settle", data={**sent, "code.flexibility": "none"})
        back = client.post(f"{path}/settle", data={"by": "ZZ", "act": "undo"})
        assert "ZZ settles; 1 left" in back.text

    def test_nothing_chosen_settles_nothing(self, client, path) -> None:
        sent = {"by": "ZZ", "number": "1", "field": "flexibility"}
        assert client.post(f"{path}/settle", data=sent).status_code == 422
        wrong = {**sent, "field": "salary_min", "code.salary_min": "3"}
        assert client.post(f"{path}/settle", data=wrong).status_code == 404

    def test_the_command_reads_the_files_and_settles_alike(
        self, client, path, skillmix, tmp_path
    ) -> None:
        """The round trip: sheets saved here are codings there."""
        for _, (name, content) in adverts():
            (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
            (tmp_path / "in" / name).write_bytes(content)
        for coder in ("KM", "AB"):
            sheet = client.get(f"{path}/review.csv?coder={coder}").text
            (tmp_path / f"{coder}.csv").write_text(sheet, encoding="utf-8")
        ran = skillmix(
            *("adverts", tmp_path / "in", "--gold", tmp_path / "gold.jsonl"),
            *("--coding", tmp_path / "KM.csv", "--coding", tmp_path / "AB.csv"),
            *("--out", tmp_path / "out", "--quiet"),
        )
        assert ran.code == 0, ran.err
        settled = (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()
        here = client.get(f"{path}/gold.jsonl").text.splitlines()
        keys = ("advert", "field", "code", "text_sha256")
        plain = [
            sorted([json.loads(line)[k] for k in keys] for line in lines)
            for lines in (settled, here)
        ]
        assert plain[0] == plain[1]
        agreed = (tmp_path / "out" / "agreement.csv").read_text(encoding="utf-8")
        assert "flexibility,Flexibility,3,2" in agreed

    def test_saved_files_bring_everything_back(self, client, path) -> None:
        """Another run of the app: adverts, sheets and gold file given again."""
        settled = {"by": "ZZ", "number": "1", "field": "flexibility", "of": "AB"}
        client.post(f"{path}/settle", data=settled)
        gold = client.get(f"{path}/gold.jsonl").text
        files = adverts()
        for coder in ("KM", "AB"):
            sheet = client.get(f"{path}/review.csv?coder={coder}").content
            files.append(("sheets", (f"{coder}.csv", sheet)))
        files.append(("gold", ("gold.jsonl", gold.encode())))
        again = begin(client, files)
        page = client.get(again).text
        assert "Save KM.csv" in page
        assert "In, settled" in page
        assert client.get(f"{again}/gold.jsonl").text == gold
        assert "asks and offers" in client.get(f"{again}/review?coder=AB&number=1").text

    def test_a_settled_code_is_never_overwritten(self, client, path) -> None:
        gold = client.get(f"{path}/gold.jsonl").text
        again = begin(client, [*adverts(), ("gold", ("gold.jsonl", gold.encode()))])
        for coder in ("KM", "AB"):
            code(client, again, coder, **{"code.contract": "bank"})
        assert client.get(f"{again}/gold.jsonl").text.startswith(gold.rstrip("\n"))
        assert "differs from settled ones, which stay" in client.get(again).text


class TestHostile:
    def test_what_is_sent_is_shown_and_never_run(self, client: TestClient) -> None:
        evil = "<script>alert(1)</script> You must be flexible on <b>nights</b>."
        path = begin(client, adverts(1, title="<script>alert(2)", body=evil))
        for shown in ("", "/advert/1", "/review?coder=KM"):
            page = client.get(path + shown).text
            assert "<script>alert" not in page
            assert "<b>nights" not in page

    def test_names_that_lead_out_of_the_folder_are_made_harmless(self, client) -> None:
        (_, (_, content)), *_ = adverts(1)
        path = begin(client, [("files", ("../../evil.txt", content))])
        (entry,) = client.get(f"{path}.json").json()["files"]
        assert entry["file"] == "evil.txt"

    def test_two_files_of_one_name_are_both_read(self, client) -> None:
        one, two, _ = adverts()
        same = [("files", ("a.txt", one[1][1])), ("files", ("a.txt", two[1][1]))]
        assert "2 adverts in 2 files" in client.get(begin(client, same)).text

    def test_a_formula_is_text_in_every_sheet(self, client: TestClient) -> None:
        path = begin(client, adverts(1, title="=HYPERLINK(1) Healthcare Assistant"))
        for given in (".csv", "/sheet.csv", "/advert/1.csv"):
            assert not re.search(r"[,\n]\"?=HYPER", client.get(path + given).text)

    def test_a_bomb_is_told_and_the_rest_is_read(self, client: TestClient) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("bomb.txt", b"0" * 50_000_000)
        files = [*adverts(1), ("files", ("bomb.zip", packed.getvalue()))]
        page = client.get(begin(client, files)).text
        assert "1 advert in 2 files" in page
        assert "Files not read" in page

    @pytest.mark.parametrize(
        "content",
        [b"", b"\x7fELF" + bytes(range(256)) * 20, b"PK\x03\x04broken", b"%PDF-1.7"],
    )
    def test_what_is_no_advert_is_told(self, client, content: bytes) -> None:
        told = client.post("/adverts", files={"files": ("x.bin", content)})
        assert told.status_code in (404, 422)
        assert "Traceback" not in told.text

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("sheets", b"colour,size\nblue,3\n"),
            ("sheets", b"advert,field,code\n1,flexibility,perhaps\n"),
            ("gold", b"not json"),
            ("gold", b'{"advert": 1}'),
        ],
    )
    def test_a_damaged_sheet_or_gold_file_is_refused(self, client, name, content):
        files = [*adverts(1), (name, ("KM.csv", content))]
        told = client.post("/adverts", files=files)
        assert told.status_code == 422
        assert "Traceback" not in told.text

    def test_a_sheet_of_another_text_is_refused(self, client) -> None:
        sheet = client.get(f"{begin(client, adverts(1))}/sheet.csv").text
        sheet = re.sub(r"[0-9a-f]{64}", "0" * 64, sheet).replace(",,\n", ",no,\n")
        rows = [r for r in rows_of(sheet) if r["field"] == "supervises_others"]
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows({**r, "code": "no"} for r in rows)
        files = [*adverts(1), ("sheets", ("KM.csv", out.getvalue().encode()))]
        told = client.post("/adverts", files=files)
        assert told.status_code == 422
        assert "not the one that was coded" in told.text

    @pytest.mark.parametrize("place", ["review", "settle"])
    def test_a_form_of_another_kind_is_refused(self, client, place: str) -> None:
        path = begin(client, adverts(1))
        file = {"code.flexibility": ("a.txt", b"none")}
        told = client.post(f"{path}/{place}", data={"coder": "KM"}, files=file)
        assert 400 <= told.status_code < 500
        many = {f"code.{n}": "none" for n in range(2_000)}
        told = client.post(f"{path}/{place}", data={"coder": "KM", **many})
        assert 400 <= told.status_code < 500

    def test_a_set_that_was_forgotten_is_told(self, client: TestClient) -> None:
        for shown in (".json", "/advert/1.json", "/gold.jsonl", "/settle?by=KM"):
            assert client.get(f"/adverts/no-such-set{shown}").status_code == 404
