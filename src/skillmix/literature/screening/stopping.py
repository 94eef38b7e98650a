"""When enough has been read, said with its doubt; and how much reading was saved.

A run of irrelevant records is no proof that nothing is left. Recall is estimated from
a random sample of what was not read, exactly, so the doubt can be stated; without the
sample nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skillmix.literature.record import Record
from skillmix.literature.screening.ranking import features, scores

TARGET = 0.95
LEVEL = 0.95
UNKNOWN = (
    "Nothing is known of what was not read: read a random sample of it before you stop."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """How many of the relevant records have been found.

    Attributes:
        found: Relevant records found so far, by any way of reading.
        unread: Records not read.
        sampled: How many of them were read as a random sample.
        relevant_in_sample: How many of the sample were relevant.
        estimate: Estimated recall; None without a sample.
        conf_low: With 95% confidence, recall is at least this; None without one.
        stop: Whether the target is reached with that confidence.
        words: The same as a sentence for the screener.
    """

    found: int
    unread: int
    sampled: int
    relevant_in_sample: int
    estimate: float | None
    conf_low: float | None
    stop: bool
    words: str


def recall(
    *,
    found: int,
    unread: int,
    sampled: int,
    relevant_in_sample: int,
    target: float = TARGET,
) -> Recall:
    """Estimate recall from a random sample of the unread.

    The bound is exact (hypergeometric), one-sided, and takes the sample's own relevant
    records as found.

    Args:
        found: Relevant records found before the sample.
        unread: Records that had not been read when the sample was drawn.
        sampled: Size of the sample.
        relevant_in_sample: Relevant records in it.
        target: The recall wanted.
    """
    if sampled <= 0:
        return Recall(
            found=found,
            unread=unread,
            sampled=0,
            relevant_in_sample=0,
            estimate=None,
            conf_low=None,
            stop=False,
            words=UNKNOWN,
        )
    most = _most_relevant(unread, sampled, relevant_in_sample)
    likely = relevant_in_sample * unread / sampled
    total = found + relevant_in_sample
    low = total / (found + most) if found + most else 1.0
    return Recall(
        found=found,
        unread=unread,
        sampled=sampled,
        relevant_in_sample=relevant_in_sample,
        estimate=total / (found + likely) if found + likely else 1.0,
        conf_low=low,
        stop=low >= target,
        words=_words(most - relevant_in_sample, low, target),
    )


def _words(left: int, low: float, target: float) -> str:
    doubt = (
        f"With 95% confidence at most {left} relevant records are unread, so at least "
        f"{low:.0%} have been found."
    )
    if low >= target:
        return f"{doubt} The target of {target:.0%} is reached."
    return (
        f"{doubt} The target of {target:.0%} is not shown to be reached: read on, or "
        "enlarge the sample."
    )


def random_sample(
    unread: Sequence[int], size: int, rng: np.random.Generator
) -> list[int]:
    """Draw records to read for the estimate, in the order drawn."""
    drawn = rng.permutation(np.array(unread, dtype=np.int64))[:size]
    return [int(n) for n in drawn]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Reading saved at a recall, over simulated screenings from different starts.

    Attributes:
        target: The recall reached.
        work_saved: Mean over the runs of the share not read, less the share that
            reading at random would have left.
        conf_low: 2.5% quantile over the runs.
        conf_high: 97.5% quantile over the runs.
        runs: How many screenings were simulated.
        relevant: Relevant records in the set.
        records: Records in the set.
    """

    target: float
    work_saved: float
    conf_low: float
    conf_high: float
    runs: int
    relevant: int
    records: int


def simulate(
    records: Sequence[Record],
    relevant: Sequence[bool],
    rng: np.random.Generator,
    *,
    runs: int = 20,
    target: float = TARGET,
    batch: int = 10,
) -> Saved:
    """Screen a labelled set again and again, and measure the reading saved.

    Each run starts from one relevant and one irrelevant record drawn at random, and
    learns anew after each batch.
    """
    known = features(records)
    truth = np.array(relevant, dtype=bool)
    needed = int(np.ceil(target * truth.sum()))
    saved: list[float] = []
    for _ in range(runs):
        order = [int(rng.choice(np.flatnonzero(truth)))]
        order.append(int(rng.choice(np.flatnonzero(~truth))))
        seen = np.zeros(len(records), dtype=bool)
        seen[order] = True
        while truth[order].sum() < needed:
            labels = [bool(t) if s else None for t, s in zip(truth, seen, strict=True)]
            chance = scores(known, labels)
            chance[seen] = -1
            best = np.argsort(-chance, kind="stable")[:batch]
            order.extend(int(n) for n in best)
            seen[best] = True
        read = 1 + int(np.argmax(np.cumsum(truth[order]) >= needed))
        saved.append(1 - read / len(records) - (1 - target))
    low, high = np.quantile(saved, [0.025, 0.975])
    return Saved(
        target=target,
        work_saved=float(np.mean(saved)),
        conf_low=float(low),
        conf_high=float(high),
        runs=runs,
        relevant=int(truth.sum()),
        records=len(records),
    )


def _most_relevant(unread: int, sampled: int, seen: int) -> int:
    """Largest number of relevant records that the sample does not speak against."""
    from scipy.stats import hypergeom

    least, most = seen, unread - (sampled - seen)
    while least < most:
        middle = (least + most + 1) // 2
        # Chance of so few in the sample, were there that many.
        if float(hypergeom.cdf(seen, unread, middle, sampled)) > 1 - LEVEL:
            least = middle
        else:
            most = middle - 1
    return least
