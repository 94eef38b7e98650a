"""An advert's text for the person who codes it, with the words behind codes marked.

The sentences that name whom to ring or write to are left out whole: a name often
stands beside a number. It is shown to a coder and is in no file that is given out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from skillmix.adverts.advert import Coded
from skillmix.adverts.coding.context import Text, open_text
from skillmix.adverts.normalise import has_contact, without_contacts
from skillmix.adverts.scheme import scheme
from skillmix.adverts.sections import CONTACT

LEFT_OUT = "[whom to ask: left out]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of words of one line.

    Attributes:
        text: The words.
        fields: Labels of the fields whose codes rest on them; empty for most.
        anchor: Offset of a quotation that begins here, to be led to.
    """

    text: str
    fields: tuple[str, ...] = ()
    anchor: int | None = None


def passages(coded: Coded, names: Iterable[str] = ()) -> list[list[Passage]]:
    """Return the lines of an advert's text as runs of words.

    Args:
        coded: The advert.
        names: Fields of which the words behind the codes are marked.
    """
    text = open_text(coded.advert)
    spans = list(_spans(coded, names))
    hidden = _contacts(text)
    lines: list[list[Passage]] = []
    at = 0
    for line in coded.advert.text.split("\n"):
        made = list(_cut(coded.advert.text, at, at + len(line), spans, hidden))
        if made and not (lines and _left_out(made) and _left_out(lines[-1])):
            lines.append(made)
        at += len(line) + 1
    return lines


def _spans(coded: Coded, names: Iterable[str]) -> Iterable[tuple[int, int, str]]:
    for name in names:
        for evidence in coded.values[name].evidence:
            yield evidence.start, evidence.end, scheme().fields[name].label


def _contacts(text: Text) -> list[tuple[int, int]]:
    """Return the spans, in the normalised text, that nobody needs for coding."""
    at = text.reading.at
    return [
        (at(s.start), at(s.start + len(s.text)))
        for s in text.sentences
        if s.section == CONTACT or has_contact(s.text) or "[name]" in s.lower
    ]


def _cut(
    text: str,
    start: int,
    end: int,
    spans: Sequence[tuple[int, int, str]],
    hidden: Sequence[tuple[int, int]],
) -> Iterable[Passage]:
    """Yield one line in runs, each wholly inside or outside every span."""
    edges = {start, end}
    for first, last, *_ in (*spans, *hidden):
        edges |= {e for e in (first, last) if start < e < end}
    was_hidden = False
    for first, last in pairwise(sorted(edges)):
        if any(a <= first < b for a, b in hidden):
            if not was_hidden:
                yield Passage(text=LEFT_OUT)
            was_hidden = True
            continue
        was_hidden = False
        over = [s for s in spans if s[0] <= first < s[1]]
        yield Passage(
            text=without_contacts(text[first:last]),
            fields=tuple(dict.fromkeys(label for _, _, label in over)),
            anchor=first if any(a == first for a, _, _ in over) else None,
        )


def _left_out(line: Sequence[Passage]) -> bool:
    return [p.text for p in line] == [LEFT_OUT]
