"""What an NHS occupation code says: group, setting, and the services it belongs to.

The 945 codes are held as rules: a matrix (the first character), a level (the
second) and a setting (the third), with the few exceptions listed apart. The last
character means different things in each matrix (N..D is community mental health,
H..D all other mental health), so nothing here matches on it alone: services are
told by the name of the care setting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from skillmix.schema.codelists import codelist, label
from skillmix.schema.values import QUALIFIED_GROUPS, SUPPORT_GROUPS

_LEARNING_DISABILITY = (
    "community_learning_disabilities",
    "other_learning_disabilities",
    "psychiatry_of_learning_disability",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation:
    """One occupation code and everything it says about a post.

    Attributes:
        code: The three-character code.
        matrix: First character, or `medical` for the numeric codes.
        level: Level in words, for example "Nursing Associate".
        care_setting: Slug of the care setting or medical specialty.
        main_staff_group: One of `values.MAIN_STAFF_GROUPS`.
        staff_group: One of `values.STAFF_GROUPS`.
        detailed_group: Slug of the published detailed group.
        current: Whether the code may still be used (manual version 22.1).
        registered: Whether the post is published as professionally qualified, or
            is a nursing associate (registered since 2019, yet support by code).
        training: Whether the post is a trainee's or learner's.
    """

    code: str
    matrix: str
    level: str
    care_setting: str
    main_staff_group: str
    staff_group: str
    detailed_group: str
    current: bool
    registered: bool
    training: bool

    @property
    def care_setting_label(self) -> str:
        """The care setting as published."""
        return label("care_setting", self.care_setting)

    @property
    def support(self) -> bool:
        """Whether the code is published as support to clinical staff."""
        return self.staff_group in SUPPORT_GROUPS

    @property
    def clerical_or_estates(self) -> bool:
        """Whether the code is clinical support by group, yet clerical or estates."""
        return self.support and self.matrix == "G"

    @property
    def hands_on(self) -> bool:
        """Whether the code is clinical support and neither clerical nor estates."""
        return self.support and self.matrix != "G"

    @property
    def mental_health_by_code(self) -> bool:
        """Whether the code alone puts a post in mental health services."""
        return self.care_setting in _settings("in_mental_health_services")

    @property
    def learning_disability(self) -> bool:
        """Whether the setting is one of learning disability services."""
        return self.care_setting in _LEARNING_DISABILITY

    @property
    def footnote_6_setting(self) -> bool:
        """Whether the setting is of a kind the report's footnote 6 names."""
        return self.care_setting in _settings("in_footnote_6_settings")

    @property
    def maternity(self) -> bool:
        """Whether the code alone puts a post in maternity services."""
        return self.care_setting in _settings(
            "in_maternity_services"
        ) or self.staff_group in _values("in_maternity_services", "staff_group")


@cache
def occupations() -> Mapping[str, Occupation]:
    """Return every occupation code, retired ones included, by code."""
    found = {o.code: o for o in (*_medical(), *_matrices())}
    for row in codelist("occupation_exceptions"):
        change: dict[str, Any] = {row["column"]: row["value"]}
        found[row["code"]] = replace(found[row["code"]], **change)
    return MappingProxyType(dict(sorted(found.items())))


@cache
def mental_health_areas() -> frozenset[str]:
    """Return the tertiary areas of work that qualify, in every known wording."""
    return _areas("mental_health")


@cache
def maternity_areas() -> frozenset[str]:
    """Return the tertiary areas of work of maternity services, in every wording."""
    return _areas("maternity")


def mental_health_by_area(primary: str, secondary: str) -> bool:
    """Tell whether an area of work alone puts a post in mental health services.

    Args:
        primary: Primary area of work, as the staff record or Core 14 words it.
        secondary: Secondary area of work, likewise.
    """
    secondary = _alias("secondary").get(secondary, secondary)
    return any(
        primary == row["value"]
        if row["criterion"] == "primary_area"
        else (primary, secondary) == (row["within"], row["value"])
        for row in codelist("definitions")
        if row["definition"] == "in_mental_health_services"
        and row["criterion"] in ("primary_area", "secondary_area")
    )


def why_in_mental_health_services(code: str, area: str) -> str:
    """Say in words which rule puts a post in mental health services.

    Args:
        code: Occupation code of the post.
        area: Tertiary area of work of the post.

    Returns:
        For example "occupation code N9E (Other Mental Health) and area of work
        Mental Health Adult"; empty when neither rule holds.
    """
    reasons: list[str] = []
    occupation = occupations().get(code)
    if occupation and occupation.mental_health_by_code:
        reasons.append(f"occupation code {code} ({occupation.care_setting_label})")
    if area in mental_health_areas():
        reasons.append(f"area of work {area}{_doubt(area)}")
    return " and ".join(reasons)


def _medical() -> Iterator[Occupation]:
    """Give the numeric codes: a series digit before a two-digit specialty."""
    for row in codelist("occupation_specialties"):
        for digit in row["first_digits"]:
            yield Occupation(
                code=digit + row["specialty"],
                matrix="medical",
                level=label("staff_group", "doctors"),
                care_setting=row["care_setting"],
                main_staff_group="professionally_qualified",
                staff_group="doctors",
                detailed_group="hchs_doctors",
                current=digit not in row["retired_first_digits"],
                registered=True,
                training=False,
            )


def _matrices() -> Iterator[Occupation]:
    """Give the lettered codes: one for each suffix a level is used with."""
    settings = {(r["matrix"], r["suffix"]): r for r in codelist("occupation_settings")}
    for rule in codelist("occupation_rules"):
        for suffix in rule["suffixes"]:
            yield _expand(rule, settings[rule["matrix"], suffix])


def _expand(rule: Mapping[str, str], setting: Mapping[str, str]) -> Occupation:
    """Combine a level's rule with a setting; the rule wins where it speaks."""
    group = rule["staff_group"] or setting["support_group"]
    detail = "qualified_detail" if group in QUALIFIED_GROUPS else "support_detail"
    return Occupation(
        code=rule["matrix"] + rule["level"] + setting["suffix"],
        matrix=rule["matrix"],
        level=rule["level_label"],
        care_setting=setting["care_setting"],
        main_staff_group=_main_groups()[group],
        staff_group=group,
        detailed_group=rule["detailed_group"] or setting[detail],
        current=setting["suffix"] not in rule["retired_suffixes"],
        registered=rule["registered"] == "y",
        training=rule["training"] == "y",
    )


@cache
def _main_groups() -> Mapping[str, str]:
    return {r["slug"]: r["main_staff_group"] for r in codelist("staff_groups")}


def _settings(definition: str) -> frozenset[str]:
    return _values(definition, "care_setting")


@cache
def _values(definition: str, criterion: str) -> frozenset[str]:
    return frozenset(
        row["value"]
        for row in codelist("definitions")
        if row["definition"] == definition and row["criterion"] == criterion
    )


@cache
def _alias(level: str) -> Mapping[str, str]:
    """Return the staff record's wording of each other wording at a level."""
    rows = codelist("areas_of_work_aliases")
    return {r["wording"]: r["area"] for r in rows if r["level"] == level}


def _areas(column: str) -> frozenset[str]:
    named = {r["tertiary"] for r in codelist("areas_of_work") if r[column] == "y"}
    return frozenset(named | {w for w, a in _alias("tertiary").items() if a in named})


def _doubt(area: str) -> str:
    """Say so where an area qualifies by inference only."""
    area = _alias("tertiary").get(area, area)
    certainties = {
        r["certainty"] for r in codelist("areas_of_work") if r["tertiary"] == area
    }
    return "" if "seen" in certainties else " (inferred)"
