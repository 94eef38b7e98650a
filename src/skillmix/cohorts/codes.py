"""The code lists as rows, ready to be joined to a staff record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from skillmix.schema.codelists import codelist
from skillmix.schema.lookups import (
    AreaOfWork,
    Employer,
    EthnicCategory,
    JobRole,
    LeavingReason,
    OccupationCode,
    RecruitmentSource,
)
from skillmix.schema.occupation import (
    maternity_areas,
    mental_health_areas,
    occupations,
)
from skillmix.schema.table import Table


def lookup_rows() -> Mapping[type[Table], pa.Table]:
    """Return every code list as an Arrow table, by its table class."""
    return {
        OccupationCode: _table(OccupationCode, _occupations()),
        AreaOfWork: _table(AreaOfWork, _areas()),
        JobRole: _table(
            JobRole, _unique(codelist("job_roles"), "job_role", "role_category")
        ),
        EthnicCategory: _table(
            EthnicCategory,
            [
                {"ethnicity": r["code"], "ethnic_group": r["group_nhs"]}
                for r in codelist("ethnic_categories")
            ],
        ),
        Employer: _table(
            Employer,
            [
                {
                    "employer": r["code"],
                    "employer_type": r["employer_type"],
                    "region": r["region"],
                    "icb": r["icb"] or "QZZ",
                }
                for r in codelist("employers")
            ],
        ),
        LeavingReason: _table(
            LeavingReason,
            [
                {
                    "reason": r["code"],
                    "reason_group": r["group"],
                    "resignation_group": r["resignation_group"] or "none",
                }
                for r in codelist("leaving_reasons")
            ],
        ),
        RecruitmentSource: _table(
            RecruitmentSource,
            [
                {"recruitment_source": r["code"], "joiner_kind": r["joiner_kind"]}
                for r in codelist("recruitment_sources")
            ],
        ),
    }


def _occupations() -> Sequence[Mapping[str, Any]]:
    return [
        {
            "occupation_code": o.code,
            "staff_group": o.staff_group,
            "main_staff_group": o.main_staff_group,
            "care_setting": o.care_setting,
            "registered": o.registered,
            "training": o.training,
            "hands_on": o.hands_on,
            "mental_health_code": o.mental_health_by_code,
            "footnote_6_setting": o.footnote_6_setting,
            "maternity_code": o.maternity,
        }
        for o in occupations().values()
    ]


def _areas() -> Sequence[Mapping[str, Any]]:
    mental_health, maternity = mental_health_areas(), maternity_areas()
    return [
        {
            "area_of_work": area,
            "mental_health_area": area in mental_health,
            "maternity_area": area in maternity,
        }
        for area in sorted(mental_health | maternity)
    ]


def _unique(
    rows: Sequence[Mapping[str, str]], key: str, value: str
) -> Sequence[Mapping[str, str]]:
    """Keep one row a key: a role listed under two staff groups has one category.

    The clinical listing wins, because the other one is not about care.
    """
    found: dict[str, str] = {}
    for row in rows:
        if found.get(row[key], "not_support") == "not_support":
            found[row[key]] = row[value]
    return [{key: k, value: v} for k, v in sorted(found.items())]


def _table(table: type[Table], rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=table.arrow_schema())
