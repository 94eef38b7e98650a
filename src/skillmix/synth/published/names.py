"""Names of groups, places and grades as the publishers print them."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np

from skillmix.schema.codelists import codelist, label
from skillmix.schema.occupation import Occupation, occupations
from skillmix.schema.values import BANDS, REGIONS, STAFF_GROUPS
from skillmix.synth.employers import employers
from skillmix.synth.tables import Array, days_in
from skillmix.synth.world import world

ALL = "All staff groups"
NO_REGION = "Special Health Authorities and other statutory bodies"
MAIN_GROUPS = (
    "professionally_qualified",
    "support_to_clinical_staff",
    "infrastructure_support",
)
_CLUSTERS = {
    "acute": "Acute",
    "ambulance": "Ambulance",
    "mental_health_learning_disability": "Mental Health",
    "care_trust": "Mental Health",
}
_MEDICAL_GRADES = {
    "Consultant": "Consultant",
    "Specialty Doctor": "Specialty Doctor",
    "Specialty Registrar": "Specialty Registrar",
    "Foundation Year 1": "Foundation Doctor Year 1",
    "Foundation Year 2": "Foundation Doctor Year 2",
}
OTHER_GRADE = "Other and Local HCHS Doctor Grades"


def month_end(month: dt.date) -> dt.date:
    """Return the last day of a month, by which publishers date their figures."""
    return month.replace(day=days_in(month))


@cache
def group_names() -> tuple[str, ...]:
    """Return the staff groups as printed, in the order of `values.STAFF_GROUPS`."""
    return tuple(label("staff_group", slug) for slug in STAFF_GROUPS)


@cache
def main_of_group() -> tuple[str, ...]:
    """Return the main staff group of each staff group, as a slug."""
    main = {r["slug"]: r["main_staff_group"] for r in codelist("staff_groups")}
    return tuple(main[slug] for slug in STAFF_GROUPS)


def main_name(slug: str) -> str:
    """Return a main staff group as printed."""
    return label("main_staff_group", slug)


def in_main(slug: str) -> Array:
    """Tell which staff groups belong to a main staff group."""
    return np.array([main == slug for main in main_of_group()])


def occupation(cell: int) -> Occupation:
    """Return what a kind of post's occupation code says."""
    return occupations()[world().occupation[cell]]


def place(employer: int) -> tuple[str, str, str, str, str, str]:
    """Return region, board and organisation of an employer: codes and names."""
    every = employers()
    region = REGIONS[every.regions[employer]]
    board = every.icbs[employer]
    return (
        *(region, region_name(region), board, board_name(board)),
        *(every.codes[employer], every.name(employer)),
    )


def region_name(code: str) -> str:
    """Return a region's name; QZZ is none."""
    return NO_REGION if code == "QZZ" else label("region", code)


def board_name(code: str) -> str:
    """Return an integrated care board's name; QZZ is none."""
    return NO_REGION if code == "QZZ" else label("icb", code)


def cluster(employer: int) -> str:
    """Return the cluster group of an employer, as printed."""
    every = employers()
    return _CLUSTERS.get(every.kinds[employer], every.benchmarks[employer])


def medical_grade(cell: int) -> str:
    """Return the grade of a doctor's post, as printed."""
    return _MEDICAL_GRADES.get(world().job_role[cell], OTHER_GRADE)


def grade(cell: int, non_afc: str) -> str:
    """Return the grade of a post as printed; doctors have grades of their own."""
    if STAFF_GROUPS[world().staff_group[cell]] == "doctors":
        return medical_grade(cell)
    band = BANDS[world().band[cell]]
    names = {"non_afc": non_afc, "vsm": "Very Senior Manager", "unknown": "Unknown"}
    return names.get(band, f"Band {band}")
