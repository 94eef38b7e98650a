"""A positional index of records, to search phrases and proximity.

Words are numbered in alphabetical order, so that a truncated word is one stretch of
the index; a phrase is checked by looking at the words that follow each place. It is
plain NumPy: a query never loops over records in Python.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skillmix.literature.record import Record
from skillmix.literature.strategy.tokens import folded
from skillmix.literature.strategy.tree import FIELDS

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_WORD = re.compile(r"[^\W_]+")
# For plain English text a table and a split are three times as fast as a pattern.
_PLAIN = "".join(chr(n).lower() if chr(n).isalnum() else " " for n in range(128))


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Every word of every record, by place.

    Attributes:
        records: The records, in order.
        vocabulary: Every different word, in alphabetical order.
        words: Number of the word at each place.
        segment: Number of the segment (a title, an abstract, one keyword) there.
        record_of: Record each segment belongs to.
        field_of: Field each segment belongs to, as its place in FIELDS.
        first_of: Place each segment starts at.
        order: Places sorted by word, then by place.
        starts: Where each word's places start in `order`.
    """

    records: tuple[Record, ...]
    vocabulary: list[str]
    words: npt.NDArray[np.int32]
    segment: npt.NDArray[np.int32]
    record_of: npt.NDArray[np.int32]
    field_of: npt.NDArray[np.int8]
    first_of: Places
    order: Places
    starts: Places

    def numbers(self, first: int, last: int) -> Places:
        """Return where words numbered from first up to but not last stand."""
        return self.order[self.starts[first] : self.starts[last]]

    def starting_with(self, stem: str) -> tuple[int, int]:
        """Return the stretch of words that start with a stem."""
        first = bisect_left(self.vocabulary, stem)
        last = bisect_left(self.vocabulary, stem + "\U0010ffff")
        return first, last

    def number(self, word: str) -> int | None:
        """Return the number of a word, if any record holds it."""
        place = bisect_left(self.vocabulary, word)
        found = place < len(self.vocabulary) and self.vocabulary[place] == word
        return place if found else None


def build_index(records: Sequence[Record]) -> Index:
    """Index title, abstract and keywords of records.

    18,000 records with abstracts take about three seconds.
    """
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    ids: list[int] = []
    lengths: list[int] = []
    record_of: list[int] = []
    field_of: list[int] = []
    for place, record in enumerate(records):
        for field, text in segments(record):
            found = tokenised(text)
            if found:
                ids.extend(map(number.__getitem__, found))
                lengths.append(len(found))
                record_of.append(place)
                field_of.append(field)
    number.default_factory = None
    vocabulary = sorted(number)
    rank = np.empty(len(vocabulary), dtype=np.int32)
    rank[[number[word] for word in vocabulary]] = np.arange(len(vocabulary))
    words = rank[np.array(ids, dtype=np.int64)] if ids else np.empty(0, np.int32)
    sizes = np.array(lengths, dtype=np.int64)
    counts = np.bincount(words, minlength=len(vocabulary))
    return Index(
        records=tuple(records),
        vocabulary=vocabulary,
        words=words,
        segment=np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
        record_of=np.array(record_of, dtype=np.int32),
        field_of=np.array(field_of, dtype=np.int8),
        first_of=np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64),
        order=np.argsort(words, kind="stable").astype(np.int64),
        starts=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
    )


def segments(record: Record) -> list[tuple[int, str]]:
    """Return the texts of a record with their field; phrases never cross them."""
    title, abstract, keywords = range(len(FIELDS))
    found = [(title, record.title), (abstract, record.abstract)]
    return [*found, *((keywords, word) for word in record.keywords)]


def tokenised(text: str) -> list[str]:
    """Return the words of a text as the index holds them."""
    if text.isascii():
        return text.translate(_PLAIN).split()
    return _WORD.findall(folded(text))
