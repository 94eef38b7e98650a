"""The citation register: each claim with what it cites, and what does not match.

Found in a report's own text: citations in the author-year style, the sentence each
supports, the references they mean; citations that no reference answers, references
that nothing cites, and citations that two references answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from skillmix.literature.outputs.references import (
    Reference,
    body_of,
    reference_list,
    surname,
)

_YEAR = r"(?:(?:1[89]|20)\d\d[a-z]?|n\.\s?d\.?(?:-?[a-z])?)"
_NAME = r"[A-ZÀ-Ý][\w'’-]+"
_BRACKET = re.compile(rf"\(([^()]*?{_YEAR}[^()]*)\)")
# "Kessler and others (2010)": the name stands in the sentence, the year in brackets.
_NARRATIVE = re.compile(
    rf"((?:{_NAME}|of|and|for|the|&|et al\.?|others|,)"
    rf"(?:\s(?:{_NAME}|of|and|for|the|&|et al\.?|others|,))*)\s+\(({_YEAR})\)"
)
_ONE = re.compile(rf"(?P<name>.*?)[,\s]*\b(?P<year>{_YEAR})")
_ANY_BRACKET = re.compile(r"\(([^()]{3,200})\)")
_SOURCE = re.compile(r"(?m)^\W*Sources?:\W*(.+)$")
_SENTENCE_ENDS = (". ", ".\n", "\n\n", "? ", "! ")
# A year after one of these is a date or a law, no citation.
_NO_AUTHOR = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Act|Since|From|In|Between|By|Until|Table|Figure)$"
)
NEAR = 80
# Between two authors of a reference: a word, a sign, or initials and a surname.
_SEVERAL = re.compile(r"\b(?:and|et al|others)\b|[&;]|[A-Z]\.?, ?[A-Z][a-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence of the report and one work it cites.

    Attributes:
        line: Line of the text it stands on.
        claim: The sentence, on one line.
        cited: The citation as printed, for example "Griggs and others, 2015".
        key: What it is looked up by: surname or body.
        year: Its year, with letter.
        references: Numbers of the references that answer it.
        nearest: For one that none answers: number of a reference of that year whose
            author is spelt much alike.
    """

    line: int
    claim: str
    cited: str
    key: str
    year: str
    references: tuple[int, ...]
    nearest: int | None = None

    @property
    def status(self) -> str:
        """Whether a reference answers it: "listed", "unlisted" or "ambiguous"."""
        if not self.references:
            return "unlisted"
        return "listed" if len(self.references) == 1 else "ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Claims, references, and where the two do not match."""

    claims: tuple[Claim, ...]
    references: tuple[Reference, ...]

    @property
    def unlisted(self) -> tuple[Claim, ...]:
        """Citations that no reference answers."""
        return tuple(c for c in self.claims if c.status == "unlisted")

    @property
    def ambiguous(self) -> tuple[Claim, ...]:
        """Citations that more than one reference answers."""
        return tuple(c for c in self.claims if c.status == "ambiguous")

    @property
    def uncited(self) -> tuple[Reference, ...]:
        """References that no citation means."""
        cited = {n for c in self.claims for n in c.references}
        return tuple(r for r in self.references if r.number not in cited)


def register(text: str, references: Sequence[Reference] = ()) -> Register:
    """Build the register of a report.

    Args:
        text: The report as plain text or Markdown.
        references: Its references, if they stand elsewhere; else its own list.
    """
    known = tuple(references) or reference_list(text)
    body = body_of(text)
    claims: list[Claim] = []
    for at, cited, year in _citations(body, known):
        answers = _answers(known, cited, year)
        if not year and not answers:
            continue
        claims.append(
            Claim(
                line=body.count("\n", 0, at) + 1,
                claim=_sentence(body, at),
                cited=cited,
                key=surname(_plain(cited)),
                year=year,
                references=answers,
                nearest=None if answers else _nearest(known, cited, year),
            )
        )
    return Register(claims=tuple(claims), references=known)


def _citations(body: str, known: Sequence[Reference]) -> Iterator[tuple[int, str, str]]:
    """Give (place, name and year as printed, year) of each citation, in order."""
    bodies = {_letters(r.authors) for r in known}
    found: list[tuple[int, str, str]] = []
    taken: list[range] = []
    for match in _NARRATIVE.finditer(body):
        name = _trimmed(match[1])
        if name and not _NO_AUTHOR.search(name):
            found.append((match.start(), f"{name} ({match[2]})", match[2]))
            taken.append(range(match.start(), match.end()))
    for match in _BRACKET.finditer(body):
        if any(match.start() in span for span in taken):
            continue
        for part in match[1].split(";"):
            found.extend((match.start(), *one) for one in _parted(part))
    for match in _SOURCE.finditer(body):
        text = re.sub(r"\*{0,2}\b[A-Z]:\*{0,2}|\([^()]*\)", "", match[1])
        for part in text.split(";"):
            found.extend((match.start(), *one) for one in _parted(part))
    # A body's work without a date is cited by its name alone.
    for match in _ANY_BRACKET.finditer(body):
        if not re.search(_YEAR, match[1]):
            for name in re.split(r"[;,]\s*", " ".join(match[1].split())):
                if _letters(name) in bodies:
                    found.append((match.start(), name, ""))
    yield from sorted(found, key=lambda c: c[0])


def _parted(part: str) -> Iterator[tuple[str, str]]:
    """Give (name and year, year) of each citation between two semicolons."""
    last = ""
    for one in _ONE.finditer(" ".join(part.split())):
        *before, name = [_trimmed(n) for n in one["name"].split(", ")] or [""]
        if name.startswith(("Jr", "UK")) and before:
            name = before.pop()
        # "Toolkit, Royal College of Nursing, n.d.": the first has no date of its own.
        yield from ((other, "") for other in before if other)
        last = name or last
        if last and not _NO_AUTHOR.search(last):
            yield f"{last}, {one['year']}", one["year"]


def _trimmed(name: str) -> str:
    """Drop words before the name, such as "see" and "for example"."""
    name = " ".join(name.split()).strip(" ,")
    name = re.sub(
        r"^(?:(?:see|for|example|e\.g\.|in|of|and|the|also|cf\.|from|source:?|as|while"
        r"|although|but|by|when|where|both)[\s,]+)+",
        "",
        name,
        flags=re.IGNORECASE,
    )
    match = re.search(r"[A-ZÀ-Ý]", name)
    return name[match.start() :] if match else ""


def _plain(cited: str) -> str:
    return re.sub(rf"[,\s(]*{_YEAR}\)?$", "", cited)


def _answers(known: Sequence[Reference], cited: str, year: str) -> tuple[int, ...]:
    name = _plain(cited)
    key = surname(name)
    same = [r for r in known if r.key == key and _same_year(r.year, year)]
    if _is_body(name):
        same = [r for r in same if ratio(_letters(r.authors), _letters(name)) >= NEAR]
    if not year:
        # A name alone must be the whole of the reference's author.
        same = [r for r in known if _letters(r.authors) == _letters(name)]
        same = [r for r in same if not r.year] or same
    if len(same) > 1 and not _is_body(name):
        # "Ash and others" is no work of Ash alone, and "Ash" none of several.
        alike = [r for r in same if bool(_SEVERAL.search(r.authors)) == _many(name)]
        same = alike or same
    if len(same) > 1:
        # Bodies share first words: take the reference whose authors start alike.
        closer = [r for r in same if _letters(r.authors) == _letters(name)]
        exact = [r for r in same if r.year == year.replace(" ", "")]
        same = (closer if len(closer) == 1 else exact) or same
    return tuple(r.number for r in same)


def _many(name: str) -> bool:
    """Whether a citation is of several authors."""
    return bool(re.search(r"\b(?:and|others|et al)\b|&", name))


def _letters(name: str) -> str:
    """A name as its letters, whichever way its parts are joined."""
    return re.sub(r"\W+|\band\b", "", name.lower())


def _is_body(name: str) -> bool:
    """Whether a name is of a body: several words, and not "A and B" or "A et al."."""
    shared = re.search(r"\b(?:and others|et al|others)\b|^\S+ (?:and|&) \S+$", name)
    return " " in name and shared is None and "," not in name


def _nearest(known: Sequence[Reference], cited: str, year: str) -> int | None:
    name = _plain(cited)
    key, letters = surname(name), _letters(name)

    def alike(reference: Reference) -> float:
        if _is_body(name):
            return ratio(_letters(reference.authors), letters)
        return ratio(reference.key, key)

    same = [r for r in known if _same_year(r.year, year) and r.key]
    best = max(same, key=alike, default=None)
    return best.number if best and alike(best) >= NEAR else None


def _same_year(listed: str, cited: str) -> bool:
    one, two = (re.sub(r"[\s-]", "", y) for y in (listed, cited))
    return one == two or (one[:4] == two[:4] and (len(one) == 4 or len(two) == 4))


def _sentence(body: str, at: int) -> str:
    """Return the sentence around a place."""
    start = max(body.rfind(mark, 0, at) for mark in _SENTENCE_ENDS)
    ends = (body.find(mark, at) for mark in _SENTENCE_ENDS)
    end = min((place for place in ends if place > 0), default=len(body))
    return " ".join(body[start + 1 : end + 1].split()).strip()
