"""The words, roles and rules that titles are read with, kept as CSV files.

Every list stands in `lexicon/`, so that somebody who knows the NHS can correct it
without reading Python. Rejected: a trained classifier, which could not say why, and
a list of known titles alone, which reads no title that nobody has met before.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import Literal, get_args

from skillmix.errors import DefinitionError

Category = Literal[
    "healthcare assistants and similar", "professional", "training", "unsure"
]
CATEGORIES: tuple[Category, ...] = get_args(Category)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role that titles are mapped to.

    Attributes:
        slug: Its name in files and tables.
        label: The role in words, in lower case.
        standard_title: The title a simplification would give to people in the role.
        in_scope: Whether it is a clinical support role as the report means it.
        category: Which of the three categories; "unsure" for roles out of scope.
        esr_code: ESR job role code, or empty for roles out of scope.
        tells_role: Whether the label says what the person does.
        duties: What people in the role do, in a line.
        supervision: Who supervises them, and whom they guide.
        registration: The register, if there is one.
        delegation: Who gives them tasks; empty for roles out of scope.
        accountability: To whom they answer for what; empty for roles out of scope.
    """

    slug: str
    label: str
    standard_title: str
    in_scope: bool
    category: Category
    esr_code: str
    tells_role: bool
    duties: str
    supervision: str
    registration: str
    delegation: str = ""
    accountability: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to tell a role from the words of a title.

    Attributes:
        name: What the rule is called in results.
        role: Slug of the role it tells.
        needs: Conditions on one part of the title; each is a choice of phrases.
            "#whole x" holds if the part is x and nothing else that matters;
            "#low-band" if the title states a band from 1 to 4.
        context: Conditions on that part together with the parts that name no role.
        unless: Phrases in the part that stop the rule.
        strong: Whether it beats the weak rules of earlier parts.
        confidence: Between 0 and 1.
        esr_code: Job role code, where the words tell more than the role does.
        standard_title: Standard title, where the words tell more.
        example: A title of our own that the rule must read.
    """

    name: str
    role: str
    needs: tuple[tuple[str, ...], ...]
    context: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    strong: bool
    confidence: float
    esr_code: str
    standard_title: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A way of writing, and the words it stands for.

    Attributes:
        only: "capitals" if it must be written so, "alone" if no other word that
            matters may stand beside it, or empty.
    """

    words: tuple[str, ...]
    means: tuple[str, ...]
    only: str


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one list."""
    path = files("skillmix.titles").joinpath("lexicon", f"{name}.csv")
    return list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))


@cache
def roles() -> Mapping[str, Role]:
    """Return every role by its slug, in the order of the list.

    What holds of many roles, who delegates and who answers, stands in a list of its
    own, by kind.
    """
    answers = {r["kind"]: r for r in rows("accountability")}
    answers[""] = {"delegation": "", "accountability": ""}
    return MappingProxyType(
        {
            r["slug"]: Role(
                slug=r["slug"],
                label=r["role"],
                standard_title=r["standard_title"],
                in_scope=r["scope"] == "in",
                category=_category(r["category"]),
                esr_code=r["esr_code"],
                tells_role=r["tells_role"] == "yes",
                duties=r["duties"],
                supervision=r["supervision"],
                registration=r["registration"],
                delegation=answers[r["answers_as"]]["delegation"],
                accountability=answers[r["answers_as"]]["accountability"],
            )
            for r in rows("roles")
        }
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules in the order in which they are tried.

    Raises:
        DefinitionError: If a rule names a role or a group of words there is not.
    """
    return tuple(_rule(r, _groups()) for r in rows("rules"))


@cache
def head_words() -> frozenset[str]:
    """Return the words that name a role by themselves, such as "worker"."""
    return frozenset(_groups()["head"].split("|"))


@cache
def spellings() -> Mapping[str, tuple[Spelling, ...]]:
    """Return the spellings by their first word, the longest first."""
    found: dict[str, list[Spelling]] = {}
    for r in rows("spellings"):
        words = tuple(r["written"].split())
        one = Spelling(words=words, means=tuple(r["means"].split()), only=r["only"])
        found.setdefault(words[0], []).append(one)
    return MappingProxyType(
        {k: tuple(sorted(v, key=lambda s: -len(s.words))) for k, v in found.items()}
    )


@cache
def noise() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases that say nothing of the role, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for r in rows("noise"):
        words = tuple(r["words"].split())
        found.setdefault(words[0], []).append(words)
    return MappingProxyType(
        {k: tuple(sorted(v, key=len, reverse=True)) for k, v in found.items()}
    )


@cache
def settings() -> tuple[tuple[str, str], ...]:
    """Return the phrases that name a setting, each with the setting."""
    return tuple((f" {r['words']} ", r["setting"]) for r in rows("settings"))


@cache
def role_words() -> frozenset[str]:
    """Return the words that rules and spellings speak of, at least two letters."""
    phrases = [p for rule in rules() for c in (*rule.needs, *rule.context) for p in c]
    phrases += [p for rule in rules() for p in rule.unless]
    words = {w for p in phrases for w in p.split() if not p.startswith("#")}
    words |= {w for v in spellings().values() for s in v for w in s.means}
    return frozenset(w for w in words if len(w) > 1)


@cache
def known_words() -> frozenset[str]:
    """Return every word that is right as it stands and not to be corrected."""
    words = set(role_words())
    words |= {w for phrases in noise().values() for p in phrases for w in p}
    words |= {w for phrase, _ in settings() for w in phrase.split()}
    words |= {r["word"] for r in rows("words")}
    # The pieces of a phrase are right: "health" of "health care" is no error.
    words |= {
        w for v in spellings().values() for s in v for w in s.words if s.words[1:]
    }
    return frozenset(words)


@cache
def _groups() -> Mapping[str, str]:
    return MappingProxyType({r["group"]: r["words"] for r in rows("groups")})


def _category(text: str) -> Category:
    for known in CATEGORIES:
        if text == known:
            return known
    return "unsure"


def _rule(row: Mapping[str, str], groups: Mapping[str, str]) -> Rule:
    if row["role"] not in roles():
        raise DefinitionError(
            f"The rule speaks of a role '{row['role']}' there is not.",
            where=row["rule"],
        )
    return Rule(
        name=row["rule"],
        role=row["role"],
        needs=_conditions(row["needs"], groups),
        context=_conditions(row["context"], groups),
        unless=_phrases(row["unless"], groups),
        strong=row["strength"] == "strong",
        confidence=float(row["confidence"]),
        esr_code=row["esr"],
        standard_title=row["standard_title"],
        example=row["example"],
    )


def _conditions(text: str, groups: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    return tuple(_phrases(part, groups) for part in text.split(";") if part.strip())


def _phrases(text: str, groups: Mapping[str, str]) -> tuple[str, ...]:
    """Return the phrases of a choice, groups spelt out, a space on either side."""
    found: list[str] = []
    for one in (p.strip() for p in text.split("|")):
        if one.startswith("{"):
            name = one.strip("{}")
            if name not in groups:
                raise DefinitionError(f"There is no group of words '{name}'.")
            found += [g.strip() for g in groups[name].split("|")]
        elif one:
            found.append(one)
    return tuple(p if p.startswith("#") else f" {p} " for p in dict.fromkeys(found))
