"""The NHS code lists the package ships: codes, labels and groups, as data.

Each list is a CSV file in the folder beside this module, so that an analyst can
read and correct it without reading Python; `codelists/SOURCES.md` says where
every list comes from and how sure it is. Rejected: enumerations in code, which
would hide a thousand facts among the statements.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType

from skillmix.errors import UnknownNameError

# Vocabularies whose labels stand in a list of their own: the list, the column of
# the slug and the column of the label. All others stand in `labels.csv`.
_OWN_LISTS = {
    "band": ("bands", "slug", "label"),
    "care_setting": ("care_settings", "slug", "label"),
    "employer": ("employers", "code", "name"),
    "ethnicity": ("ethnic_categories", "code", "label"),
    "icb": ("integrated_care_boards", "code", "name"),
    "leaving_reason": ("leaving_reasons", "code", "label"),
    "region": ("regions", "code", "name"),
    "sickness_reason": ("sickness_reasons", "code", "label"),
    "staff_group": ("staff_groups", "slug", "label"),
}


@cache
def codelist(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a code list, in the order of its file.

    Args:
        name: The file's name without its ending, for example "job_roles".

    Raises:
        UnknownNameError: If the package has no such list.
    """
    if name not in codelist_names():
        raise UnknownNameError(
            f"There is no code list '{name}'.",
            where=name,
            remedy=f"The code lists are {', '.join(codelist_names())}.",
        )
    path = files("skillmix.schema").joinpath("codelists", f"{name}.csv")
    rows = csv.DictReader(StringIO(path.read_text(encoding="utf-8")))
    return tuple(MappingProxyType(row) for row in rows)


@cache
def codelist_names() -> tuple[str, ...]:
    """Return the names of all code lists, in alphabetical order."""
    folder = files("skillmix.schema").joinpath("codelists")
    found = (item.name for item in folder.iterdir())
    return tuple(sorted(n.removesuffix(".csv") for n in found if n.endswith(".csv")))


@cache
def labels(vocabulary: str) -> Mapping[str, str]:
    """Return the label of every slug of a vocabulary, in display order.

    Args:
        vocabulary: For example "staff_group", "band", "region" or "role_category".

    Raises:
        UnknownNameError: If no such vocabulary has labels.
    """
    if vocabulary in _OWN_LISTS:
        name, slug, label_column = _OWN_LISTS[vocabulary]
        return MappingProxyType({r[slug]: r[label_column] for r in codelist(name)})
    found = {
        row["slug"]: row["label"]
        for row in codelist("labels")
        if row["vocabulary"] == vocabulary
    }
    if not found:
        raise UnknownNameError(
            f"There is no vocabulary '{vocabulary}'.",
            where=vocabulary,
            remedy=f"The vocabularies are {', '.join(vocabularies())}.",
        )
    return MappingProxyType(found)


@cache
def vocabularies() -> tuple[str, ...]:
    """Return the names of all vocabularies that have labels, alphabetically."""
    return tuple(sorted({*_OWN_LISTS, *(r["vocabulary"] for r in codelist("labels"))}))


def label(vocabulary: str, slug: str) -> str:
    """Return the words to show for one slug of a vocabulary.

    Raises:
        UnknownNameError: If the vocabulary or the slug does not exist.
    """
    known = labels(vocabulary)
    if slug not in known:
        raise UnknownNameError(
            f"'{slug}' is not a {vocabulary.replace('_', ' ')}.",
            where=vocabulary,
            remedy="See the code lists in the reference documentation.",
        )
    return known[slug]
