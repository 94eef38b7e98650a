"""What a run asks about: workforce, service and its definition, place and month."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from skillmix.errors import DefinitionError

SCOPE_FILE = "scope.toml"
WORKFORCES = {
    "support_to_clinical_staff": "clinical support staff",
    "support_to_st_and_t": (
        "support staff to allied health professions and other scientific, therapeutic "
        "and technical staff"
    ),
    "hands_on_support": "clinical support staff, clerical and estates codes left out",
    "nurses_and_midwives": "nurses, health visitors and midwives",
    "all_staff": "all staff",
}
SERVICES = {
    "in_mental_health_services": (
        "mental health services (occupation code or area of work)"
    ),
    "in_mental_health_trusts": "mental health and learning disability trusts",
    "in_footnote_6_settings": (
        "mental health, learning disability, occupational therapy or speech and "
        "language settings (the report's footnote 6)"
    ),
    "in_maternity_services": "maternity services (occupation code or area of work)",
}
SHORT_SERVICES = {
    "in_mental_health_services": "mental health",
    "in_mental_health_trusts": "mental health trusts",
    "in_footnote_6_settings": "footnote 6 settings",
    "in_maternity_services": "maternity",
}
DEFINITIONS_VERSION = "2026-11"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The workforce, service, place and month a report is about.

    Attributes:
        workforce: The workforce of interest, a key of `WORKFORCES`.
        bands: Bands kept within it; empty keeps all (footnote 6 keeps 2 to 4).
        service: The definition of the service, a key of `SERVICES`.
        region: NHS England region code, or None for all.
        icb: Code of one integrated care board, or None for all.
        employer: ODS code of one employer, or None for all.
        month: The as-at month (first day), or None for the latest that has the
            same month a year earlier.
    """

    workforce: str = "support_to_clinical_staff"
    bands: tuple[str, ...] = ()
    service: str = "in_mental_health_services"
    region: str | None = None
    icb: str | None = None
    employer: str | None = None
    month: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse names that no definition has."""
        _known("workforce", self.workforce, WORKFORCES)
        _known("service", self.service, SERVICES)
        if self.month is not None and self.month.day != 1:
            raise DefinitionError("A scope's month is its first day.", where="month")

    @property
    def workforce_label(self) -> str:
        """The workforce in words, with its bands when they are limited."""
        label = WORKFORCES[self.workforce]
        if not self.bands:
            return label
        plural = "bands" if len(self.bands) > 1 else "band"
        return f"{label}, {plural} {', '.join(self.bands)}"

    @property
    def service_label(self) -> str:
        """The service and its definition in words."""
        return SERVICES[self.service]

    @property
    def service_short(self) -> str:
        """The service in a word or two, for a chart."""
        return SHORT_SERVICES[self.service]

    @property
    def place_label(self) -> str:
        """The place in words."""
        return self.employer or self.icb or self.region or "England"


def read_scope(path: Path) -> Scope:
    """Return the scope a small TOML file describes.

    Raises:
        DefinitionError: If the file has a key or value no definition knows.
    """
    try:
        given: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise DefinitionError(
            f"The scope file is not valid TOML: {fault}.", where=path.name
        ) from None
    names = {f.name for f in fields(Scope)}
    if unknown := sorted(set(given) - names):
        raise DefinitionError(
            f"Unknown setting {', '.join(unknown)}.",
            where=path.name,
            remedy=f"The settings are {', '.join(sorted(names))}.",
        )
    if "bands" in given:
        given["bands"] = tuple(str(b) for b in given["bands"])
    if isinstance(given.get("month"), str):
        given["month"] = parse_month(given["month"])
    return Scope(**given)


def parse_month(text: str) -> dt.date:
    """Return the first day of a month written as 2020-06."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").date().replace(day=1)
    except ValueError:
        raise DefinitionError(
            f"'{text}' is not a month.", remedy="Write a month as 2020-06."
        ) from None


def _known(what: str, value: str, names: dict[str, str]) -> None:
    if value not in names:
        raise DefinitionError(
            f"'{value}' is not a {what}.",
            where=what,
            remedy=f"Choose one of {', '.join(names)}.",
        )
