"""Plural and singular of an English word, as EBSCO, ProQuest and Scopus match them.

Only regular endings and a short list: a stemmer would also join words no platform
joins, such as "experience" and "experiment".
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_SHORTEST = 3


@cache
def number_forms(word: str) -> tuple[str, ...]:
    """Return a word with its plural and singular forms, itself first.

    Forms that are no words do no harm: no record holds them.
    """
    forms = [word, *_irregular().get(word, ())]
    if len(word) >= _SHORTEST and word.isalpha():
        forms.extend(_plurals(word))
        forms.extend(_singulars(word))
    return tuple(dict.fromkeys(forms))


def _plurals(word: str) -> tuple[str, ...]:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (word + "es",)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word[:-1] + "ies",)
    if word.endswith("o"):
        return (word + "s", word + "es")
    return (word + "s",)


def _singulars(word: str) -> tuple[str, ...]:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return ()
    if word.endswith("ies") and len(word) > _SHORTEST + 1:
        return (word[:-3] + "y", word[:-1])
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        return (word[:-2], word[:-1])
    return (word[:-1],) if len(word) > _SHORTEST else ()


@cache
def _irregular() -> Mapping[str, tuple[str, ...]]:
    path = files("skillmix.literature").joinpath("plurals.csv")
    out: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(path.read_text("utf-8").splitlines()):
        one, many = row["singular"], row["plural"]
        out[one] = (*out.get(one, ()), many)
        out[many] = (*out.get(many, ()), one)
    return out


def written_forms(word: str) -> tuple[str, ...]:
    """Return a word and its one plural or singular, for writing searches out.

    Words that have no plural anyone writes, such as health, stay alone.
    """
    if len(word) < _SHORTEST or not word.isalpha() or word in _uncountable():
        return (word,)
    if word in _irregular():
        return (word, _irregular()[word][-1])
    if singular := _singulars(word):
        return (word, singular[0])
    if word.endswith(("ss", "us", "is")):
        return (word,)
    return (word, _plurals(word)[-1])


@cache
def _uncountable() -> frozenset[str]:
    path = files("skillmix.literature").joinpath("uncountable.txt")
    return frozenset(path.read_text("utf-8").split())
