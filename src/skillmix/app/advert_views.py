"""What the pages about adverts show: codes in words, controls, and where they lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillmix.adverts.advert import Coded, Value
from skillmix.adverts.normalise import without_contacts
from skillmix.adverts.review.codes import NONE, allowed, reviewed_fields, written
from skillmix.adverts.review.desk import Desk, Difference
from skillmix.adverts.review.sheets import Coding
from skillmix.adverts.scheme import Field, scheme
from skillmix.adverts.tabulate import codes_of, label_of
from skillmix.words.labels import label

# What an analyst looks for first in a list of adverts.
LISTED = (
    *("afc_band", "essential_qualifications", "experience_required"),
    *("flexibility", "training_commitment", "career_development"),
)
BANDS = tuple(str(band) for band in range(2, 10))
LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One field of one advert, in words.

    Attributes:
        name: Its name in every file.
        label: What it is called.
        value: The code in words.
        state: Whether the advert states it, in words.
        stated: Whether it does.
        quotes: What supports it, each with its place in the text.
        rule: The rule that found it.
        confidence: Share of such values expected to be right, as a whole per cent.
        settled_by: Who settled it in review.
        reviewed: Whether coders review it.
    """

    name: str
    label: str
    value: str
    state: str
    stated: bool
    quotes: tuple[tuple[str, int], ...]
    rule: str
    confidence: str
    settled_by: str
    reviewed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """The control by which a coder gives one code.

    Attributes:
        name: Name of the field.
        label: What it is called.
        guide: How a coder decides.
        several: Whether it takes several codes.
        choices: Codes with their labels.
        given: Codes given so far; empty where not coded.
        note: The coder's note.
        found: What the machine found; None where the coder codes blind.
    """

    name: str
    label: str
    guide: str
    several: bool
    choices: tuple[tuple[str, str], ...]
    given: tuple[str, ...]
    note: str
    found: Shown | None


def in_words(field: Field, value: Any) -> str:
    """Return a code as people read it."""
    if field.kind == "words":
        text = without_contacts(str(value or ""))
        return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."
    if field.kind in ("number", "numbers"):
        if value in (None, ()):
            return label_of(field, NONE)
        # Bands 8a to 8d are words.
        each = (n if isinstance(n, str) else f"{n:,g}" for n in _each(value))
        return "; ".join(each)
    if value is None:
        return label_of(field, NONE)
    return "; ".join(label_of(field, code) for code in codes_of(value))


def shown(name: str, value: Value) -> Shown:
    """Return a field of an advert in words."""
    field = scheme().fields[name]
    return Shown(
        name=name,
        label=field.label,
        value=in_words(field, value.value),
        state=label("advert_state", value.state),
        stated=value.state == "stated",
        quotes=tuple((e.quote, e.start) for e in value.evidence),
        rule=value.rule,
        confidence=f"{value.confidence:.0%}",
        settled_by=value.settled_by,
        reviewed=field.reviewed,
    )


def criteria_of(coded: Coded) -> list[tuple[int, str, list[Shown]]]:
    """Return the fifteen criteria, each with its fields of an advert."""
    fields = scheme().fields
    return [
        (
            number,
            title,
            [
                shown(name, value)
                for name, value in coded.values.items()
                if fields[name].criterion == number
            ],
        )
        for number, title in scheme().criteria.items()
    ]


def listed(desk: Desk) -> list[dict[str, Any]]:
    """Return the adverts as a list, the sample first in their order."""
    settled = desk.reviewed()
    rows = [
        {
            "number": number,
            "title": without_contacts(one.advert.head.title),
            "employer": one.advert.head.employer,
            "role": desk.roles.get(one.advert.head.title, ""),
            "codes": [shown(n, one.values[n]) for n in LISTED],
            "left_out": one.exclusion,
            "settled": one.advert.id in settled,
        }
        for number, one in enumerate(desk.chosen(), 1)
    ]
    return sorted(rows, key=lambda r: bool(r["left_out"]))


def controls(
    one: Coded, coding: Coding, *, blind: bool, names: Sequence[str] = ()
) -> Iterator[Control]:
    """Yield the controls of a coder's form.

    Args:
        one: The advert as the machine coded it.
        coding: What the coder gave so far.
        blind: Whether the machine's codes are kept from the coder.
        names: Fields wanted; all that are reviewed if not given.
    """
    for field in reviewed_fields():
        if names and field.name not in names:
            continue
        key = (one.advert.id, field.name)
        given = written(field, coding.codes[key]) if key in coding.codes else ""
        yield Control(
            name=field.name,
            label=field.label,
            guide=field.guide,
            several=field.kind in ("codes", "numbers"),
            choices=tuple((c, choice_label(field, c)) for c in choices(field)),
            given=tuple(given.split("; ")) if given else (),
            note=coding.notes.get(key, ""),
            found=None if blind else shown(field.name, one.values[field.name]),
        )


def choices(field: Field) -> tuple[str, ...]:
    """Return the codes a form offers; bands are offered as such."""
    return (NONE, *BANDS) if field.kind == "numbers" else allowed(field)


def choice_label(field: Field, code: str) -> str:
    """Return what a choice is called."""
    if field.kind == "numbers":
        return label_of(field, code) if code == NONE else f"Band {code}"
    return label_of(field, code)


def given_in_words(difference: Difference) -> Mapping[str, str]:
    """Return each coder's code in words."""
    field = scheme().fields[difference.field]
    return {c: in_words(field, code) for c, code in difference.codes.items()}


def _each(value: Any) -> Sequence[float | str]:
    return value if isinstance(value, tuple | list) else (value,)
