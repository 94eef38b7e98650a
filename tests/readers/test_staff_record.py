"""Staff-record extracts: mapped, hashed before they are kept, one main post each."""

from __future__ import annotations

import datetime as dt
import stat
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from readers import reader_samples as samples
from skillmix.errors import LayoutError, OutputError
from skillmix.schema.reviews import SuggestedTerm
from skillmix.schema.staff import Absence, StaffMonth
from skillmix.sources import records
from skillmix.sources.inputs import Inputs, open_inputs
from skillmix.sources.mapping_draft import suggest_mapping


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


@pytest.fixture(autouse=True)
def _no_key_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SKILLMIX_KEY", raising=False)


def write(path: Path, *rows: list[str]) -> None:
    path.write_text(samples.csv_text(samples.ESR_HEADER, rows))


def staff(inputs: Inputs) -> list[dict[str, Any]]:
    return [
        row
        for path in inputs.editions[StaffMonth]
        for row in pq.read_table(path).to_pylist()
    ]


def one(folder: Path, store: Path, **cells: str) -> dict[str, Any]:
    write(folder / "x.csv", samples.esr_row(**cells))
    (row,) = staff(open_inputs([folder], store=store))
    return row


def test_a_row_is_mapped(folder: Path, store: Path) -> None:
    row = one(folder, store)
    for hidden in ("person_id", "post_id"):
        assert 0 <= row.pop(hidden) < 2**63
    assert row == {
        "month": dt.date(2020, 6, 1),
        "main_post": True,
        "employer": "RX9",
        "occupation_code": "H1A",
        "area_of_work": "Mental Health Adult",
        "job_role": "Healthcare Assistant",
        "job_title": "Support Worker",
        "band": "3",
        "fte": Decimal("0.80000"),
        "contract_type": "permanent",
        "status": "active",
        "basic_pay": 150_025,
        "earnings": 170_000,
        "age": 30,
        "gender": "female",
        "ethnicity": "M",
        "disability": "no",
        "religion": "christianity",
        "orientation": "heterosexual",
    }


@pytest.mark.parametrize(
    ("column", "printed", "name", "value"),
    [
        ("Tm_Year_Month", "202006", "month", dt.date(2020, 6, 1)),
        ("Tm_Year_Month", "2020-06-30", "month", dt.date(2020, 6, 1)),
        ("Tm_Year_Month", "30/06/2020", "month", dt.date(2020, 6, 1)),
        ("Tm_Year_Month", "2020-JUN", "month", dt.date(2020, 6, 1)),
        ("Grade", "NHS|XR02|Review Body Band 2", "band", "2"),
        ("Grade", "NHS|XN08|Non Review Body Band 8 - Range A", "band", "8a"),
        ("Grade", "Review Body Band 8 - Range D", "band", "8d"),
        ("Grade", "Non Review Body Band 2", "band", "2"),
        ("Grade", "XR12", "band", "9"),
        ("Grade", "Band 8b", "band", "8b"),
        ("Grade", "NHS|YC72|Consultant", "band", "non_afc"),
        ("Grade", "Very Senior Manager", "band", "vsm"),
        ("Grade", "", "band", "unknown"),
        (
            "Status",
            "Out on External Secondment - Paid",
            "status",
            "external_secondment",
        ),
        ("Asg_Type_Of_Contract", "Fixed Term Temp", "contract_type", "fixed_term"),
        ("Asg_Type_Of_Contract", "permanent", "contract_type", "permanent"),
        ("Ethnic_Origin", "C2 White Northern Irish", "ethnicity", "C"),
        ("Ethnic_Origin", "PC", "ethnicity", "P"),
        ("Ethnic_Origin", "White - British", "ethnicity", "A"),
        ("Ethnic_Origin", "", "ethnicity", "99"),
        ("Ethnic_Origin", "Z Not Stated", "ethnicity", "Z"),
        ("Disability", "Prefer Not To Answer", "disability", "not_disclosed"),
        ("Gender", "", "gender", "unknown"),
        ("Area_Of_Work", "", "area_of_work", "No Area of Work specified"),
        ("Area_Of_Work", "Dramatherapy", "area_of_work", "Drama Therapy"),
        ("Basic_Pay", "£2,500.005", "basic_pay", 250_000),
        ("Basic_Pay", "2500.015", "basic_pay", 250_002),
        ("Date_Of_Birth", "1990-07-01", "age", 29),
        ("Date_Of_Birth", "29/02/1980", "age", 40),
        ("Contracted_Wte", "0.333335", "fte", Decimal("0.33334")),
        ("Contracted_Wte", "0.333325", "fte", Decimal("0.33332")),
        ("Contracted_Wte", "1.0000000000000002", "fte", Decimal("1.00000")),
        ("Occupation_Code", "h1a", "occupation_code", "H1A"),
        ("Position_Title", "=Nurse", "job_title", "Nurse"),
    ],
)
def test_what_is_printed_and_what_is_kept(
    column: str, printed: str, name: str, value: object, folder: Path, store: Path
) -> None:
    assert one(folder, store, **{column: printed})[name] == value


def test_no_name_or_number_of_a_person_is_kept(folder: Path, store: Path) -> None:
    write(
        folder / "x.csv",
        samples.esr_row(),
        samples.esr_row(Status="Odd One", Unique_Nhs_Identifier="70000002"),
    )
    inputs = open_inputs([folder], store=store)
    kept = b"".join(p.read_bytes() for p in store.rglob("*") if p.is_file())
    told = str(inputs.readings).encode()
    for secret in (b"Secret", b"QQ123456C", b"70000001", b"80000001", b"Odd One"):
        assert secret not in kept
        assert secret not in told


def test_the_key_is_private_and_makes_the_pseudonyms(
    folder: Path, store: Path, tmp_path: Path
) -> None:
    first = one(folder, store)["person_id"]
    assert stat.S_IMODE((store / "pseudonym.key").stat().st_mode) == 0o600
    assert one(folder, store)["person_id"] == first
    assert one(folder, tmp_path / "other")["person_id"] != first


def test_a_key_can_be_given(
    folder: Path, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLMIX_KEY", "a long enough secret text")
    first = one(folder, store)["person_id"]
    assert one(folder, tmp_path / "other")["person_id"] == first
    monkeypatch.setenv("SKILLMIX_KEY", "another secret, as long")
    assert one(folder, store)["person_id"] != first
    monkeypatch.setenv("SKILLMIX_KEY", "short")
    with pytest.raises(OutputError, match="shorter than"):
        open_inputs([folder], store=store)


def test_the_hash_is_the_standard_one(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hashlib
    import hmac

    key = "k" * 100
    monkeypatch.setenv("SKILLMIX_KEY", key)
    told = hmac.new(key.encode(), b"person|70000001", hashlib.sha256).digest()
    expected = int.from_bytes(told[:8], "big") & (2**63 - 1)
    assert one(folder, store)["person_id"] == expected


def test_one_main_post_a_person(folder: Path, store: Path) -> None:
    write(
        folder / "x.csv",
        samples.esr_row(Assignment_Number="1", Status="Career Break"),
        samples.esr_row(Assignment_Number="2", Asg_Type_Of_Contract="Bank"),
        samples.esr_row(Assignment_Number="3", Contracted_Wte="0.2"),
        samples.esr_row(Assignment_Number="4", Contracted_Wte="0.3"),
        samples.esr_row(
            Assignment_Number="5", Contracted_Wte="0.3", Grade="NHS|XR05|Band 5"
        ),
        samples.esr_row(Assignment_Number="6", Asg_Type_Of_Contract="Locum"),
    )
    rows = staff(open_inputs([folder], store=store))
    (main,) = [row for row in rows if row["main_post"]]
    assert (main["band"], main["fte"]) == ("5", Decimal("0.30000"))
    assert len(rows) == 6


def test_months_in_several_files_combine(folder: Path, store: Path) -> None:
    write(folder / "june.csv", samples.esr_row())
    write(folder / "july.csv", samples.esr_row(Tm_Year_Month="2020-JULY"))
    inputs = open_inputs([folder], store=store)
    rows = staff(inputs)
    assert {row["month"].month for row in rows} == {6, 7}
    assert len({row["person_id"] for row in rows}) == 1
    assert len({row["post_id"] for row in rows}) == 1
    assert len(inputs.editions[StaffMonth]) == 2


def test_two_employers_share_one_main_post(folder: Path, store: Path) -> None:
    write(folder / "a.csv", samples.esr_row(Contracted_Wte="0.4"))
    write(folder / "b.csv", samples.esr_row(Contracted_Wte="0.6", Ocs_Code="RX8"))
    inputs = open_inputs([folder], store=store)
    rows = staff(inputs)
    assert all(reading.used for reading in inputs.readings)
    assert [(r["employer"], r["main_post"]) for r in rows] in (
        [("RX8", True), ("RX9", False)],
        [("RX9", False), ("RX8", True)],
    )


def test_a_second_snapshot_of_a_month_supersedes(folder: Path, store: Path) -> None:
    write(folder / "a.csv", samples.esr_row(Contracted_Wte="0.4"))
    write(folder / "b.csv", samples.esr_row(Contracted_Wte="0.6"))
    inputs = open_inputs([folder], store=store)
    (row,) = staff(inputs)
    assert row["fte"] == Decimal("0.60000")
    assert "superseded by 'b.csv'" in inputs.readings[0].error


def test_without_assignment_numbers_posts_are_told_apart(
    folder: Path, store: Path
) -> None:
    place = samples.ESR_HEADER.index("Assignment_Number")
    header = [n for n in samples.ESR_HEADER if n != "Assignment_Number"]
    rows = [
        samples.esr_row(Contracted_Wte=wte, Tm_Year_Month=month)
        for month in ("2020-JUNE", "2020-JULY")
        for wte in ("0.4", "0.3")
    ]
    cut = [row[:place] + row[place + 1 :] for row in rows]
    (folder / "x.csv").write_text(samples.csv_text(header, cut))
    found = staff(open_inputs([folder], store=store))
    posts = {(row["post_id"], row["fte"]) for row in found}
    assert len(found) == 4
    assert len(posts) == 2
    assert sum(row["main_post"] for row in found) == 2


def test_an_extract_with_the_least_columns(folder: Path, store: Path) -> None:
    header = [
        *("Tm Year Month", "Unique Nhs Identifier", "Ocs Code", "Occupation Code"),
        *("Status", "Asg Type Of Contract", "Contracted Wte"),
    ]
    row = ["2020-JUNE", "1", "RX9", "N6D", "Active Assignment", "Locum", "1"]
    (folder / "x.csv").write_text(samples.csv_text(header, [row]))
    (found,) = staff(open_inputs([folder], store=store))
    assert (found["band"], found["ethnicity"], found["age"]) == ("unknown", "99", None)


def test_all_faults_at_once_and_no_value_of_a_person(folder: Path, store: Path) -> None:
    good = [samples.esr_row(Assignment_Number=str(n)) for n in range(20)]
    write(
        folder / "x.csv",
        *good,
        samples.esr_row(Assignment_Number="a", Status="Gone Fishing"),
        samples.esr_row(Assignment_Number="b", Contracted_Wte="lots"),
        samples.esr_row(Assignment_Number="c", Unique_Nhs_Identifier=""),
        samples.esr_row(Assignment_Number="d", Ocs_Code="not a code"),
        samples.esr_row(Assignment_Number="e", Date_Of_Birth="30/06/1890"),
        samples.esr_row(Assignment_Number="f", Asg_Type_Of_Contract="Widow/Widower"),
        samples.esr_row(Assignment_Number="0"),
    )
    (reading,) = open_inputs([folder], store=store).readings
    assert (reading.rows, reading.refused) == (27, 7)
    assert sorted((f.column, f.rows) for f in reading.faults) == [
        ("Asg_Type_Of_Contract", 1),
        ("Contracted_Wte", 1),
        ("Date_Of_Birth", 1),
        ("Ocs_Code", 1),
        ("Status", 1),
        ("Unique_Nhs_Identifier", 1),
        ("month, post_id", 1),
    ]
    for value in ("Gone Fishing", "lots", "not a code", "1890"):
        assert value not in str(reading)


def test_a_date_of_birth_is_not_at_fault_where_the_month_is(
    folder: Path, store: Path
) -> None:
    write(
        folder / "x.csv",
        *(samples.esr_row(Assignment_Number=str(n)) for n in range(20)),
        samples.esr_row(Assignment_Number="a", Tm_Year_Month="in June"),
        samples.esr_row(Assignment_Number="b", Date_Of_Birth="in June"),
        samples.esr_row(
            Assignment_Number="c", Tm_Year_Month="in May", Date_Of_Birth="in May"
        ),
    )
    (reading,) = open_inputs([folder], store=store).readings
    assert sorted((f.column, f.rows) for f in reading.faults) == [
        ("Date_Of_Birth", 2),
        ("Tm_Year_Month", 2),
    ]


def test_a_missing_needed_column_is_named(folder: Path, store: Path) -> None:
    header = [n.replace("Contracted_Wte", "Whole_Time") for n in samples.ESR_HEADER]
    (folder / "x.csv").write_text(samples.csv_text(header, [samples.esr_row()]))
    (reading,) = open_inputs([folder], store=store).readings
    assert "no column was found for fte" in reading.error
    assert "--suggest-mapping" in reading.error


def test_other_names_by_a_mapping_file(
    folder: Path, store: Path, tmp_path: Path
) -> None:
    header = [n.replace("Contracted_Wte", "Whole_Time") for n in samples.ESR_HEADER]
    row = samples.esr_row(Asg_Type_Of_Contract="Perm")
    (folder / "x.csv").write_text(samples.csv_text(header, [row]))
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        '[columns]\nfte = "Whole_Time"\n[values.contract_type]\n"Perm" = "permanent"\n'
    )
    (found,) = staff(open_inputs([folder], store=store, mapping=mapping))
    assert (found["fte"], found["contract_type"]) == (Decimal("0.80000"), "permanent")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[columns\n", "cannot be read"),
        ('[columns]\nshoe_size = "x"\n', "shoe_size"),
        ('[values.status]\nx = "sleeping"\n', "sleeping"),
        ("[more]\n", r"no section \[more\]"),
    ],
)
def test_a_wrong_mapping_file(
    text: str, words: str, folder: Path, store: Path, tmp_path: Path
) -> None:
    write(folder / "x.csv", samples.esr_row())
    mapping = tmp_path / "map.toml"
    mapping.write_text(text)
    with pytest.raises(LayoutError, match=words):
        open_inputs([folder], store=store, mapping=mapping)


def test_a_draft_of_a_mapping_reads_back(
    folder: Path, store: Path, tmp_path: Path
) -> None:
    names = {
        "Tm_Year_Month": "Year Month",
        "Unique_Nhs_Identifier": "NHS Unique Identifier",
        "Contracted_Wte": "Contract WTE",
        "Asg_Type_Of_Contract": "Assignment Type Of Contract",
    }
    header = [names.get(n, n) for n in samples.ESR_HEADER]
    path = folder / "x.csv"
    path.write_text(samples.csv_text(header, [samples.esr_row()]))
    draft = suggest_mapping(path)
    assert "Name Secret" not in draft
    assert "70000001" not in draft
    assert '"NI_Number"' in draft.splitlines()[-1]
    mapping = tmp_path / "map.toml"
    mapping.write_text(draft)
    (found,) = staff(open_inputs([folder], store=store, mapping=mapping))
    assert found["fte"] == Decimal("0.80000")


def test_a_monthly_salary_is_drafted_and_a_yearly_one_is_not(
    folder: Path, store: Path
) -> None:
    path = folder / "x.csv"
    for name, drafted in (("Salary (Monthly)", True), ("Annual Salary", False)):
        header = [name if n == "Basic_Pay" else n for n in samples.ESR_HEADER]
        path.write_text(samples.csv_text(header, [samples.esr_row()]))
        line = f'basic_pay = "{name}"'
        assert (line in suggest_mapping(path)) == drafted
        # What a column means is for a person to say: unmapped, it is not read.
        (found,) = staff(open_inputs([folder], store=store))
        assert found["basic_pay"] is None


def test_a_parquet_extract(folder: Path, store: Path) -> None:
    rows = [samples.esr_row(), samples.esr_row(Assignment_Number="2")]
    columns = dict(zip(samples.ESR_HEADER, zip(*rows, strict=True), strict=True))
    table = pa.table({n: list(c) for n, c in columns.items()})
    wte = table.schema.get_field_index("Contracted_Wte")
    table = table.set_column(wte, "Contracted_Wte", pa.array([0.5, 0.33333]))
    born = table.schema.get_field_index("Date_Of_Birth")
    stamps = pa.array([dt.datetime(1990, 6, 30)] * 2, pa.timestamp("us"))
    table = table.set_column(born, "Date_Of_Birth", stamps)
    pq.write_table(table, folder / "x.parquet")
    found = staff(open_inputs([folder], store=store))
    assert {row["fte"] for row in found} == {Decimal("0.5"), Decimal("0.33333")}
    assert {row["age"] for row in found} == {30}


def canonical(folder: Path, store: Path) -> pa.Table:
    rows = [samples.esr_row(), samples.esr_row(Unique_Nhs_Identifier="2")]
    rows[1][5] = "80000002"
    write(folder / "x.csv", *rows)
    (path,) = open_inputs([folder], store=store).editions[StaffMonth]
    (folder / "x.csv").unlink()
    return pq.read_table(path)


def test_a_table_as_parquet_is_used_in_place(folder: Path, store: Path) -> None:
    table = canonical(folder, store)
    metadata = {b"skillmix.synthetic": b"true"}
    pq.write_table(table.replace_schema_metadata(metadata), folder / "staff.parquet")
    inputs = open_inputs([folder], store=store)
    (reading,) = inputs.readings
    assert inputs.editions[StaffMonth] == (folder / "staff.parquet",)
    assert (reading.rows, reading.synthetic) == (2, True)
    assert reading.period_start == reading.period_end == dt.date(2020, 6, 1)
    assert reading.reader == "staff_record"


def test_a_table_that_is_not_about_staff_is_not_called_a_record_of_staff(
    folder: Path, store: Path
) -> None:
    term = {"review": "r", "search_line": "1", "term": "peer mentor"}
    counts = {"gains": 1, "finds": 1, "cost": None}
    made = pa.Table.from_pylist([term | counts], SuggestedTerm.arrow_schema())
    pq.write_table(made, folder / "terms.parquet")
    (reading,) = open_inputs([folder], store=store).readings
    assert (reading.table, reading.reader) == (SuggestedTerm, "table")


def test_dictionary_columns_serve_and_floats_are_converted(
    folder: Path, store: Path
) -> None:
    table = canonical(folder, store)
    band = table.schema.get_field_index("band")
    coded = table.set_column(band, "band", table["band"].dictionary_encode())
    pq.write_table(coded, folder / "coded.parquet")
    inputs = open_inputs([folder], store=store)
    assert inputs.editions[StaffMonth] == (folder / "coded.parquet",)
    (folder / "coded.parquet").unlink()
    fte = table.schema.get_field_index("fte")
    floats = table.set_column(fte, "fte", table["fte"].cast(pa.float64()))
    pq.write_table(floats, folder / "floats.parquet")
    inputs = open_inputs([folder], store=store)
    (path,) = inputs.editions[StaffMonth]
    assert path.is_relative_to(store)
    assert pq.read_schema(path).field("fte").type == pa.decimal128(12, 5)


def test_a_table_as_parquet_that_breaks_its_rules(folder: Path, store: Path) -> None:
    table = canonical(folder, store)
    rows = table.to_pylist()
    rows[0] |= {"gender": "x", "age": 7, "main_post": False}
    rows.append(rows[1])
    wrong = pa.Table.from_pylist(rows, schema=table.schema)
    pq.write_table(wrong, folder / "staff.parquet")
    (reading,) = open_inputs([folder], store=store).readings
    assert not reading.used
    assert {f.column for f in reading.faults} == {
        *("gender", "age", "month, post_id", "month, person_id")
    }
    assert "breaks its rules" in reading.error


def test_absences_of_two_employers_are_both_used(folder: Path, store: Path) -> None:
    def write_absence(name: str, post: int) -> None:
        row = {"month": dt.date(2020, 6, 1), "post_id": post, "reason": "S10"}
        row["fte_days_lost"] = Decimal("2.5")
        table = pa.Table.from_pylist([row], schema=Absence.arrow_schema())
        pq.write_table(table, folder / name)

    write_absence("a.parquet", 1)
    write_absence("b.parquet", 2)
    assert len(open_inputs([folder], store=store).editions[Absence]) == 2
    table = pq.read_table(folder / "a.parquet")
    pq.write_table(
        pa.concat_tables([table, pq.read_table(folder / "b.parquet")]),
        folder / "b.parquet",
    )
    assert len(open_inputs([folder], store=store).editions[Absence]) == 1


def test_a_code_no_list_holds_is_told_in_large_files_too(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lies between others of the list, where the bounds of a file do not tell."""
    monkeypatch.setattr(records, "CHECKED_ROWS", 0)
    table = pa.concat_tables([canonical(folder, store)] * 2).slice(0, 3)
    status = table.schema.get_field_index("status")
    codes = pa.array(["active", "retired", "suspended"])
    pq.write_table(table.set_column(status, "status", codes), folder / "big.parquet")
    (reading,) = open_inputs([folder], store=store).readings
    (fault,) = reading.faults
    assert (fault.column, fault.rows) == ("status", 1)
    assert fault.rule == "a value that is not in the code list"
