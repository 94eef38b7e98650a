"""The worked scopes: the same questions, asked about another workforce or place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from skillmix.catalogue import catalogue
from skillmix.pipeline import Answer, open_session
from skillmix.report.lineage import described
from skillmix.schema.codelists import labels
from skillmix.schema.scope import read_scope
from skillmix.sources.inputs import Inputs, open_inputs

SCOPES = sorted((Path(__file__).parents[2] / "scopes").glob("*.toml"))
# In a report on maternity these set mental health trusts beside others by type of
# trust; nothing else may speak of mental health.
COMPARES_TRUSTS = {
    *("participation.sickness_by_trust_type", "retention.turnover_in_trusts"),
    *("workforce.care_hours_by_type", "experience.cpd_spend"),
    *("experience.discrimination", "experience.discrimination_grounds"),
    *("experience.survey_cohorts", "experience.violence_and_bullying"),
}
MENTAL_HEALTH = re.compile("mental.health|learning disabilit", re.IGNORECASE)
# Names of trusts, which are called what they are called.
NAMES = re.compile("|".join(map(re.escape, labels("employer").values())))


def answers(inputs: Inputs, scope: Path) -> Iterator[Answer]:
    with open_session(inputs, read_scope(scope)) as session:
        yield from session.answers(list(catalogue().values()))


def test_there_is_a_worked_scope_of_every_kind() -> None:
    assert [path.stem for path in SCOPES] == [
        *("allied-health-support", "june-2025", "maternity"),
        *("one-care-board", "one-trust"),
    ]


@pytest.mark.parametrize(
    "scope", [s for s in SCOPES if s.stem != "june-2025"], ids=lambda s: s.stem
)
def test_the_same_catalogue_answers_for_each(inputs: Inputs, scope: Path) -> None:
    answered = 0
    for answer in answers(inputs, scope):
        if answer.published is None:
            assert answer.missing, answer.analysis.name
            continue
        answered += 1
        assert answer.analysis.narrate(answer.published).strip(), answer.analysis.name
    # Some need job adverts, or files that cannot tell one place apart.
    assert answered > 90


def test_a_month_the_record_lacks_is_refused_with_those_it_has(
    inputs: Inputs,
) -> None:
    from skillmix.errors import DefinitionError

    (later,) = (s for s in SCOPES if s.stem == "june-2025")
    with pytest.raises(DefinitionError, match="no June 2025") as told:
        list(answers(inputs, later))
    assert "It runs from" in told.value.remedy


def test_a_report_on_maternity_speaks_of_mental_health_only_to_compare(
    inputs: Inputs,
) -> None:
    (maternity,) = (s for s in SCOPES if s.stem == "maternity")
    for answer in answers(inputs, maternity):
        if answer.published is None or answer.analysis.name in COMPARES_TRUSTS:
            continue
        analysis, published = answer.analysis, answer.published
        told = described(analysis, published)
        texts = [
            *(analysis.title, analysis.question, analysis.notes, analysis.definition),
            *(analysis.narrate(published), told["service"], told["workforce"]),
            *told["caveats"],
            *(f"{m.label} {m.denominator}" for m in analysis.measures.values()),
        ]
        found = [t for t in texts if MENTAL_HEALTH.search(NAMES.sub("", t))]
        assert not found, (analysis.name, found)


def test_five_years_on_the_published_files_answer(
    published: Path, tmp_path: Path
) -> None:
    (later,) = (s for s in SCOPES if s.stem == "june-2025")
    files = published / "sickness_absence"
    inputs = open_inputs([files], store=tmp_path / "store")
    answered = {a.analysis.name: a.published for a in answers(inputs, later)}
    found = answered["participation.sickness_absence"]
    assert found is not None
    row = found.one(
        month=read_scope(later).month, staff_group="support_to_clinical_staff"
    )
    assert row is not None
    assert round(100 * (row.estimate or 0), 2) == 6.53


def test_a_scope_in_the_folder_holds_until_an_option_says_otherwise(
    skillmix, tiny_nhs, tmp_path
):
    folder = tmp_path / "inputs"
    shutil.copytree(tiny_nhs / "staff-record", folder / "staff-record")
    (folder / "scope.toml").write_text('month = "2020-08"\nregion = "Y56"\n')
    asks = ("show", "workforce.staff_in_post", folder, "--format", "json")
    ran = skillmix(*asks)
    assert ran.code == 0, ran.err
    assert "scope.toml" in ran.err
    assert ran.json["period"]["to"].startswith("2020-08")
    instead = skillmix(*asks, "--month", "2020-06")
    assert instead.json["period"]["to"].startswith("2020-06")
    (told,) = [
        f
        for f in skillmix("check", folder, "--format", "json").json
        if f["file"] == "scope.toml"
    ]
    assert "what to ask about" in told["error"]


def test_two_folders_that_ask_for_two_things_are_refused(skillmix, tiny_nhs, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "scope.toml").write_text('month = "2020-06"\n')
    ran = skillmix(
        "report", tmp_path / "one", tmp_path / "two", "--out", tmp_path / "o"
    )
    assert ran.code != 0
    assert "--scope" in ran.err
