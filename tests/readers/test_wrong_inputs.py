"""Bad files: a clear error naming the file and remedy; good files are still used."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from readers import reader_samples as samples
from skillmix.errors import InputNotFoundError
from skillmix.sources import inputs as door
from skillmix.sources.inputs import Reading, open_inputs
from skillmix.sources.route import route

GOOD = "good.csv"


def truncated(path: Path) -> None:
    text = samples.sickness("31/07/2023")
    path.write_text(text[: text.index("Nurses") + 3])


def cut_in_quotes(path: Path) -> None:
    text = samples.sickness("31/07/2023")
    path.write_text(text[: text.index('"Support') + 12])


def missing_column(path: Path) -> None:
    lines = samples.sickness("31/07/2023").splitlines()
    path.write_text("\n".join(line.rsplit(",", 2)[0] for line in lines) + "\n")


def bibliographic(path: Path) -> None:
    path.write_text("TY  - JOUR\nTI  - On wards\nPY  - 2019\nER  - \n" * 3)


def old_layout(path: Path) -> None:
    path.write_text(
        "Date,Org Code,Org Name,FTE Days Sick,FTE Days Available,SA Rate (%)\n"
        "2009-APR,RX9,Invented,1,2,50\n"
    )


def other_dates(path: Path) -> None:
    path.write_text(samples.sickness("June 2023"))


def long_line(path: Path) -> None:
    path.write_text(samples.SICKNESS_HEADER + "\n" + "x" * 2_000_000 + "\n")


def huge_first_line(path: Path) -> None:
    path.write_bytes(b"DATE," + b"x" * 3_000_000)


def two_gigabytes(path: Path) -> None:
    with path.open("wb") as file:
        file.write((samples.SICKNESS_HEADER + "\n").encode())
        file.truncate(2 * 1024**3)


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(64):
                part.write(b"0" * 1024**2)


def lying_zip_bomb(path: Path) -> None:
    zip_bomb(path)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    small = (1000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), small))


def cut_workbook(path: Path) -> None:
    samples.write_workbook(path, {"Data": samples.NATIONALITY})
    path.write_bytes(path.read_bytes()[:700])


def not_a_workbook(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(4000))


def workbook_without_column(path: Path) -> None:
    sheet = [row[:-1] for row in samples.NATIONALITY]
    samples.write_workbook(path, {"Data": sheet})


def empty(path: Path) -> None:
    path.write_bytes(b"")


def header_only(path: Path) -> None:
    path.write_text(samples.SICKNESS_HEADER + "\n")


def junk(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def cut_parquet(path: Path) -> None:
    path.write_bytes(b"PAR1" + b"\x15\x04" * 50)


def dead_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere.csv"))


def self_link(path: Path) -> None:
    path.symlink_to(path)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def unknown_table(path: Path) -> None:
    path.write_text("when,what,how many\n1,2,3\n")


def long_cells_in_windows_1252(path: Path) -> None:
    path.write_bytes(b"a,b\n\xe9," + b'"' + b"y" * 200_000 + b'"\n')


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "truncated.csv": (truncated, "cut short"),
    "cut_in_quotes.csv": (cut_in_quotes, "cut short"),
    "missing_column.csv": (missing_column, "lacks the column"),
    "old_layout.csv": (old_layout, "before 2021"),
    "other_dates.csv": (other_dates, "none of its rows can be used"),
    "long_line.csv": (long_line, "longer than 1 MB"),
    "huge_first_line.csv": (huge_first_line, "longer than 1 MB"),
    "two_gigabytes.csv": (two_gigabytes, "binary data"),
    "bomb.xlsx": (zip_bomb, "zip bomb"),
    "lying_bomb.xlsx": (lying_zip_bomb, "zip bomb"),
    "cut.xlsx": (cut_workbook, "damaged"),
    "not_a_workbook.xls": (not_a_workbook, "damaged"),
    "no_column.xlsx": (workbook_without_column, "lacks the column FTE"),
    "empty.csv": (empty, "empty"),
    "header_only.csv": (header_only, "no rows"),
    "junk.bin": (junk, "binary data"),
    "cut.parquet": (cut_parquet, "damaged"),
    "dead_link.csv": (dead_link, "leads nowhere"),
    "self_link.csv": (self_link, "leads nowhere"),
    "pipe.csv": (pipe, "no ordinary file"),
    "unknown.csv": (unknown_table, "Not recognised"),
    "records.ris": (bibliographic, "`skillmix literature` reads"),
    "long_cells.csv": (long_cells_in_windows_1252, "Not recognised"),
    "~$open.xlsx": (junk, "lock file"),
    ".hidden.csv": (junk, "hidden file"),
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / GOOD).write_text(samples.sickness())
    return made


def readings_of(folder: Path, store: Path) -> dict[str, Reading]:
    return {r.file: r for r in open_inputs([folder], store=store).readings}


def leftovers(store: Path) -> list[str]:
    return [p.name for p in store.rglob(".*") if p.name.startswith((".making", ".spi"))]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_says_why_and_harms_no_other(
    name: str, folder: Path, store: Path
) -> None:
    make, words = BAD[name]
    make(folder / name)
    found = readings_of(folder, store)
    assert found[GOOD].used
    assert found[GOOD].rows == 4
    bad = found[name]
    assert not bad.used
    assert bad.edition is None
    assert words in bad.error
    assert bad.error.endswith((".", "`"))
    assert leftovers(store) == []


def test_all_bad_files_at_once(folder: Path, store: Path) -> None:
    for name, (make, _) in BAD.items():
        make(folder / name)
    found = readings_of(folder, store)
    assert {name for name, reading in found.items() if reading.used} == {GOOD}
    # Nothing is forgotten on the second run, when manifests answer.
    again = readings_of(folder, store)
    assert {n: r.error for n, r in again.items()} == {
        n: r.error for n, r in found.items()
    }


def test_memory_stays_small_on_a_huge_line(folder: Path, store: Path) -> None:
    path = folder / "huge.csv"
    with path.open("wb") as file:
        file.write(samples.sickness("31/07/2023").encode() * 400)
        file.truncate(1024**3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = readings_of(folder, store)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert not found["huge.csv"].used
    assert found[GOOD].used
    assert grown < 400_000


def test_an_empty_folder(tmp_path: Path, store: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(InputNotFoundError, match="holds no file"):
        open_inputs([tmp_path / "none"], store=store)


def test_a_missing_path_and_a_looping_link(tmp_path: Path, store: Path) -> None:
    with pytest.raises(InputNotFoundError, match="no file or folder 'gone'"):
        open_inputs([tmp_path / "gone"], store=store)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(InputNotFoundError, match="loop"):
        open_inputs([tmp_path / "loop"], store=store)


def test_a_loop_of_folders_is_not_followed(folder: Path, store: Path) -> None:
    (folder / "deeper").mkdir()
    (folder / "deeper" / "up").symlink_to(folder)
    found = readings_of(folder, store)
    assert found[GOOD].used
    assert "not followed" in found["deeper/up"].error


def test_a_folder_can_ask_to_be_passed_over(folder: Path, store: Path) -> None:
    (folder / "old").mkdir()
    (folder / "old" / ".skillmix-ignore").touch()
    (folder / "old" / "x.csv").write_text(samples.TURNOVER)
    found = readings_of(folder, store)
    assert "old/x.csv" not in found
    assert "passed over" in found["old/.skillmix-ignore"].error


def test_a_file_that_changes_while_it_is_read(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "growing.csv").write_text(samples.TURNOVER)

    def meanwhile(path: Path, room: door._Room) -> object:
        made = route(path, room)
        if path.name == "growing.csv":
            path.write_text(samples.TURNOVER.replace(",100,", ",999,"))
        return made

    monkeypatch.setattr(door, "route", meanwhile)
    found = readings_of(folder, store)
    assert "changed while it was read" in found["growing.csv"].error
    assert found[GOOD].used
    monkeypatch.undo()
    # The next run, with the file at rest, reads it.
    assert readings_of(folder, store)["growing.csv"].used


def test_a_full_disk_leaves_nothing_half_written(folder: Path, store: Path) -> None:
    place = f"202509 to 202510,Leavers,{samples.PLACE}"
    rows = [
        f"{place},T{n * 104729},R{n:05},{samples.MH},Midwives,{n * 7919},{n * 13}.{n}"
        for n in range(9000)
    ]
    text = "\n".join([samples.TURNOVER.splitlines()[0], *rows, ""])
    (folder / "large.csv").write_text(text)
    script = textwrap.dedent(
        f"""
        import resource
        from pathlib import Path
        from skillmix.errors import OutputError
        from skillmix.sources.inputs import open_inputs
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        try:
            open_inputs([Path({str(folder)!r})], store=Path({str(store)!r}))
        except OutputError as fault:
            print(fault)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "edition store cannot be written" in done.stdout
    assert "Free space" in done.stdout
    assert leftovers(store) == []
    for kept in store.glob("*/manifest.json"):
        assert kept.with_name("edition.parquet").is_file()
    assert readings_of(folder, store)["large.csv"].rows == 9000


def test_an_unknown_label_is_named_and_its_rows_counted(
    folder: Path, store: Path
) -> None:
    text = samples.sickness("31/07/2023").replace("HCHS Doctors", "HCHS Physicians")
    (folder / "new.csv").write_text(text)
    reading = readings_of(folder, store)["new.csv"]
    assert reading.used
    assert (reading.rows, reading.refused) == (4, 1)
    (fault,) = reading.faults
    assert "HCHS Physicians" in fault.rule
    assert fault.column == "STAFF_GROUP"


def test_all_faults_of_a_file_are_told_at_once(folder: Path, store: Path) -> None:
    text = (
        samples.sickness("31/07/2023")
        .replace("HCHS Doctors", "HCHS Physicians")
        .replace(",6,100,6", ",-6,100,-6")
        .replace(",4,100,4", ",4,100,44")
    )
    (folder / "new.csv").write_text(text)
    reading = readings_of(folder, store)["new.csv"]
    rules = " ".join(f.rule for f in reading.faults)
    assert "not in the code list" in rules
    assert "under 0" in rules
    assert "printed rate" in rules
    assert reading.refused == 3


def test_cells_that_a_spreadsheet_would_run(folder: Path, store: Path) -> None:
    text = samples.TURNOVER.replace("Invented Trust", "=HYPERLINK(1)", 1)
    (folder / "evil.csv").write_text(text)
    reading = readings_of(folder, store)["evil.csv"]
    assert reading.refused == 1
    (fault,) = reading.faults
    assert "formula" in fault.rule
    assert "HYPERLINK" not in str(reading)


def test_a_row_out_of_step_is_counted(folder: Path, store: Path) -> None:
    lines = samples.sickness("31/07/2023").splitlines()
    lines.insert(2, "only,three,cells")
    (folder / "odd.csv").write_text("\n".join(lines) + "\n")
    reading = readings_of(folder, store)["odd.csv"]
    assert (reading.rows, reading.refused, reading.used) == (5, 1, True)
    assert "line 3" in reading.faults[0].remedy


def test_figures_too_large_or_of_no_number(folder: Path, store: Path) -> None:
    text = samples.TURNOVER.replace("90.5", "9" * 30).replace("0.33333", "NaN")
    (folder / "odd.csv").write_text(text)
    reading = readings_of(folder, store)["odd.csv"]
    assert not reading.used
    assert "cannot be read" in reading.error


def test_a_file_without_permission(folder: Path, store: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may read everything: not checked")
    (folder / "secret.csv").write_text(samples.TURNOVER)
    (folder / "secret.csv").chmod(0)
    reading = readings_of(folder, store)["secret.csv"]
    assert "cannot be opened" in reading.error


def test_names_with_wildcards_and_quotes(folder: Path, store: Path) -> None:
    name = "it's [1]*?.csv"
    (folder / name).write_text(samples.TURNOVER)
    assert readings_of(folder, store)[name].used
