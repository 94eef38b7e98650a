"""The controls of a scope: what may be chosen, and what is chosen now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skillmix.app.library import Library
from skillmix.app.scoping import ALL, NO_REGION
from skillmix.schema.codelists import labels
from skillmix.schema.scope import SERVICES, WORKFORCES, Scope
from skillmix.words.numbers import month as month_words

# Codes of the band list that are no band of a person: totals and published groups.
NO_BANDS = ("all_bands", "medical_grade", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value a form offers."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One control of the scope form.

    Attributes:
        name: The parameter it sets.
        label: What it is called.
        choices: What it offers.
        several: Whether more than one may be chosen.
        lifts: Whether choosing nothing must be said, as the app was started with a
            choice of its own.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    several: bool = False
    lifts: bool = False


def scope_fields(library: Library, scope: Scope, *, prefix: str = "") -> list[Field]:
    """Return the controls of the scope form, the present scope chosen."""
    usual = library.asked
    named = sorted(labels("icb").items(), key=lambda board: board[1])
    boards = {c: n for c, n in named if c != NO_REGION}
    regions = {c: n for c, n in labels("region").items() if c != NO_REGION}
    places = {p.code: f"{p.name} ({p.code})" for p in library.places}
    months = {f"{m:%Y-%m}": month_words(m) for m in library.months}

    def place(
        name: str, label: str, everywhere: str, known: Mapping[str, str]
    ) -> Field:
        # Nothing chosen is as the app was started; everywhere must be said if it
        # was started with a place.
        lifted = {ALL if getattr(usual, name) else "": everywhere}
        chosen = getattr(scope, name) or next(iter(lifted))
        return _field(f"{prefix}{name}", label, lifted | dict(known), chosen)

    service = "Definition of the service"
    fields = [
        _field(f"{prefix}workforce", "Workforce", WORKFORCES, scope.workforce),
        _field(f"{prefix}service", service, SERVICES, scope.service),
        place("region", "Region", "England", regions),
        place("icb", "Integrated care board", "All", boards),
        place("employer", "Trust or other employer", "All", places),
    ]
    if months:
        latest = {} if usual.month else {"": "Latest with a year before it"}
        as_at = f"{scope.month:%Y-%m}" if scope.month else ""
        fields.append(_field(f"{prefix}month", "As at", latest | months, as_at))
    return [*fields, _bands(library, scope, prefix)]


def _bands(library: Library, scope: Scope, prefix: str) -> Field:
    return Field(
        name=f"{prefix}bands",
        label="Bands",
        choices=tuple(
            Choice(value=band, label=words, chosen=band in scope.bands)
            for band, words in labels("band").items()
            if band not in NO_BANDS
        ),
        several=True,
        lifts=bool(library.asked.bands),
    )


def _field(name: str, label: str, known: Mapping[str, str], chosen: str) -> Field:
    return Field(
        name=name,
        label=label,
        choices=tuple(
            Choice(
                value=value,
                label=f"{words[:1].upper()}{words[1:]}",
                chosen=value == chosen,
            )
            for value, words in known.items()
        ),
    )
