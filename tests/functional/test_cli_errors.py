"""What a user is told, and which exit code a script gets, when something is wrong."""

from __future__ import annotations

import socket

import pytest


def test_help_lists_every_command_by_its_first_line(skillmix):
    ran = skillmix("--help")
    assert ran.code == 0
    for command in ("report", "demo", "check", "list", "show", "synth"):
        assert f" {command} " in ran.out


def test_a_name_that_does_not_exist_brings_the_nearest(skillmix, published):
    ran = skillmix("show", "participation.sickness_absense", published)
    assert ran.code == 3
    assert "Error (unknown-name)" in ran.err
    assert "participation.sickness_absence" in ran.err
    assert ran.out == ""


def test_a_command_that_does_not_exist_brings_the_nearest(skillmix):
    ran = skillmix("shwo")
    assert ran.code == 2
    assert "'show'" in ran.err


def test_a_folder_that_is_not_there(skillmix, tmp_path):
    ran = skillmix("report", tmp_path / "absent", "--out", tmp_path / "out")
    assert ran.code == 4
    assert "absent" in ran.err
    assert not (tmp_path / "out").exists()


def test_an_empty_folder(skillmix, tmp_path):
    (tmp_path / "empty").mkdir()
    ran = skillmix("report", tmp_path / "empty", "--out", tmp_path / "out")
    assert ran.code == 4
    assert "empty" in ran.err
    assert not (tmp_path / "out").exists()


def test_files_of_which_none_can_be_used(skillmix, tmp_path):
    (tmp_path / "notes.csv").write_text("colour,size\nblue,3\n")
    ran = skillmix("check", tmp_path / "notes.csv")
    assert ran.code == 5
    ran = skillmix("report", tmp_path / "notes.csv", "--out", tmp_path / "out")
    assert ran.code == 8
    assert "skillmix check" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--month", "June", "Write a month as 2020-06"),
        ("--workforce", "everyone", "support_to_clinical_staff"),
        ("--service", "mental_health", "in_mental_health_services"),
        ("--region", "Y99", "Y56"),
        ("--icb", "Q99", "QE1"),
    ],
)
def test_a_scope_that_no_definition_knows(skillmix, published, option, value, told):
    ran = skillmix("show", "workforce.staff_in_post", published, option, value)
    assert ran.code in (2, 3)
    assert value in ran.err
    assert told in ran.err


def test_a_scope_file_with_an_unknown_setting(skillmix, published, tmp_path):
    (tmp_path / "scope.toml").write_text('workforse = "all_staff"\n')
    ran = skillmix(
        *("show", "workforce.staff_in_post", published),
        *("--scope", tmp_path / "scope.toml"),
    )
    assert ran.code == 2
    assert "workforse" in ran.err
    assert "scope.toml" in ran.err


def test_a_question_that_lacks_its_files_names_the_tables(skillmix, published):
    ran = skillmix("show", "roles.care_certificate", published)
    assert ran.code == 8
    needed = "roles.care_certificate needs staff_month, competence, which no file"
    assert needed in " ".join(ran.err.split())


def test_a_place_that_cannot_be_written_leaves_nothing(skillmix, published, tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    ran = skillmix("report", published, "--out", tmp_path / "taken")
    assert ran.code == 9
    assert "Error (output)" in ran.err
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


def test_a_month_the_staff_record_lacks_names_those_it_has(skillmix, tiny_nhs):
    ran = skillmix("show", "diversity.age", tiny_nhs, "--month", "2031-01")
    assert ran.code == 2
    assert "It runs from June 2019 to October 2020" in ran.err


def test_an_error_never_shows_a_traceback_or_a_home_folder(skillmix, tmp_path):
    ran = skillmix("check", tmp_path / "absent")
    assert "Traceback" not in ran.err
    assert str(tmp_path) not in ran.err


def test_a_port_that_is_taken_is_told_before_anything_is_read(skillmix, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = skillmix("serve", tmp_path / "absent", "--port", port)
    assert ran.code == 9
    assert f"127.0.0.1:{port}" in ran.err
    assert "--port" in ran.err
