"""What to read next, learnt from what was read: TF-IDF and logistic regression.

Plain NumPy, seeded and exact: the same decisions give the same order. Rejected:
scikit-learn and ASReview as dependencies, for two hundred lines' worth of work; the
reading list can be exported to ASReview instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from skillmix.literature.index import tokenised
from skillmix.literature.record import Record
from skillmix.literature.strategy.lint import STOPWORDS

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

RAREST = 2
MOST_WORDS = 20_000
PENALTY = 1.0
# Newton steps at most, and the change at which they end; the same within a step.
STEPS, CLOSE = 25, 1e-5
TURNS, LOOSE = 100, 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """Records as rows of weighted words, kept sparse.

    Attributes:
        rows: Record of each entry.
        columns: Word of each entry.
        values: TF-IDF weight of each entry, rows of length one.
        shape: Records and words.
    """

    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    values: Floats
    shape: tuple[int, int]

    def times(self, weights: Floats) -> Floats:
        """Return each record's sum of weights."""
        terms = self.values * weights[self.columns]
        return np.bincount(self.rows, terms, self.shape[0]).astype(np.float64)

    def only(self, wanted: Flags) -> Features:
        """Return the features of some of the records, in their order."""
        kept = wanted[self.rows]
        place = np.cumsum(wanted) - 1
        return Features(
            rows=place[self.rows[kept]],
            columns=self.columns[kept],
            values=self.values[kept],
            shape=(int(wanted.sum()), self.shape[1]),
        )

    def transposed(self, amounts: Floats) -> Floats:
        """Return each word's sum of amounts."""
        terms = self.values * amounts[self.rows]
        return np.bincount(self.columns, terms, self.shape[1]).astype(np.float64)


def features(records: Sequence[Record]) -> Features:
    """Weigh the words and word pairs of titles and abstracts by how telling they are.

    Titles count twice. Words of one record only are left out.
    """
    texts = [_words(r) for r in records]
    spread = Counter(word for text in texts for word in text)
    common = spread.most_common(MOST_WORDS)
    kept = sorted(word for word, n in common if n >= RAREST)
    number = {word: n for n, word in enumerate(kept)}
    rows, columns, counts = [], [], []
    for row, text in enumerate(texts):
        for word in sorted(set(text) & set(number)):
            rows.append(row)
            columns.append(number[word])
            counts.append(text[word])
    row_of = np.array(rows, dtype=np.int64)
    column_of = np.array(columns, dtype=np.int64)
    told = np.array([spread[word] for word in kept], dtype=np.float64)
    rarity = np.log((1 + len(records)) / (1 + told)) + 1
    values = (1 + np.log(np.array(counts, dtype=np.float64))) * rarity[column_of]
    lengths = np.sqrt(np.bincount(row_of, values**2, len(records)))
    values = values / lengths[row_of] if len(values) else values
    return Features(
        rows=row_of, columns=column_of, values=values, shape=(len(records), len(kept))
    )


def scores(known: Features, labels: Sequence[bool | None]) -> Floats:
    """Return how likely each record is relevant, from 0 to 1.

    Ridge logistic regression on the records that have a label, with the two kinds
    weighted to count alike, solved by conjugate gradients within Newton steps.

    Args:
        known: Features of all records.
        labels: True, False, or None where not read yet.
    """
    read = np.array([label is not None for label in labels])
    relevant = np.array([bool(label) for label in labels])
    if not (read & relevant).any() or not (read & ~relevant).any():
        return np.full(len(labels), 0.5)
    part, relevant = known.only(read), relevant[read]
    weight = np.where(relevant, 1 / relevant.sum(), 1 / (~relevant).sum())
    weight = weight * len(relevant) / 2
    # The last weight is the intercept's; it is hardly penalised.
    penalty = np.full(known.shape[1] + 1, PENALTY)
    penalty[-1] = PENALTY / 1000
    beta = np.zeros(len(penalty))
    for _ in range(STEPS):
        chance = _logistic(_forward(part, beta))
        slope = _backward(part, weight * (relevant - chance)) - penalty * beta
        step = _solved(part, weight * chance * (1 - chance), slope, penalty)
        beta = beta + step
        if float(np.abs(step).max()) < CLOSE:
            break
    return _logistic(_forward(known, beta))


def reading_order(
    records: Sequence[Record],
    labels: Sequence[bool | None],
    rng: np.random.Generator,
) -> list[int]:
    """Return the records not read yet, the likeliest first.

    Until a relevant and an irrelevant record are known, the order is drawn at random.
    """
    unread = [n for n, label in enumerate(labels) if label is None]
    if True not in labels or False not in labels:
        return [int(n) for n in rng.permutation(unread)]
    chance = scores(features(records), labels)
    return sorted(unread, key=lambda n: (-float(chance[n]), n))


def ranked(
    known: Features, labels: Sequence[bool | None], rng: np.random.Generator
) -> list[int]:
    """Return every record, read or not, the likeliest to be relevant first.

    For several screeners: what one has read another has still to read. Until a
    relevant and an irrelevant record are known, the order is drawn at random.
    """
    if True not in labels or False not in labels:
        return [int(n) for n in rng.permutation(len(labels))]
    chance = scores(known, labels)
    return sorted(range(len(labels)), key=lambda n: (-float(chance[n]), n))


def _words(record: Record) -> Counter[str]:
    found: Counter[str] = Counter()
    for text, times in ((record.title, 2), (record.abstract, 1)):
        words = [w for w in tokenised(text) if w not in STOPWORDS and len(w) > 1]
        for word in (
            *words,
            *(f"{a} {b}" for a, b in pairwise(words)),
        ):
            found[word] += times
    return found


def _logistic(values: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


def _forward(known: Features, beta: Floats) -> Floats:
    return known.times(beta[:-1]) + beta[-1]


def _backward(known: Features, amounts: Floats) -> Floats:
    return np.append(known.transposed(amounts), amounts.sum())


def _solved(known: Features, bend: Floats, slope: Floats, penalty: Floats) -> Floats:
    """Solve the Newton step by conjugate gradients, without forming the matrix."""
    found = np.zeros_like(slope)
    rest = slope.copy()
    way = rest.copy()
    size = start = float(rest @ rest)
    for _ in range(TURNS):
        if size <= LOOSE * start or size == 0:
            break
        turned = _backward(known, bend * _forward(known, way)) + penalty * way
        length = size / float(way @ turned)
        found += length * way
        rest -= length * turned
        before, size = size, float(rest @ rest)
        way = rest + size / before * way
    return found
