"""Regression on covariate patterns: from grouped counts, in NumPy, in milliseconds.

A regression of a yes or no on categories needs only, for each pattern of the
categories, how many people there were and to how many it happened. Grouped in the
engine, a third of a million people become some thousand patterns, and iteratively
reweighted least squares on those gives what a person-level fit would give.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.floating[Any]]
_ROUNDS = 60
_ENOUGH = 1e-12
_TINY = 1e-12
# What rounding leaves of a deviance, for each person.
_ROUNDING = 1e-15


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Categories as columns of zeros and ones, a reference level left out of each."""

    matrix: Numbers
    names: tuple[str, ...]

    def columns(self, factor: str) -> dict[str, int]:
        """Return the place of each level of a factor, its reference left out."""
        start = f"{factor}="
        return {
            name.removeprefix(start): place
            for place, name in enumerate(self.names)
            if name.startswith(start)
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Coefficients with their covariance.

    Attributes:
        coefficients: On the link's scale, in the order of the design's names.
        covariance: Of the coefficients; robust to clusters where these were given.
        unclustered: The covariance, were people of a cluster no more alike than others.
        converged: Whether the likelihood stopped rising. It does so too where a level's
            people all, or never, had the event, and its coefficient runs off.
    """

    coefficients: Numbers
    covariance: Numbers
    unclustered: Numbers
    converged: bool


def design(rows: Sequence[Mapping[str, Any]], references: Mapping[str, str]) -> Design:
    """Return the columns of an additive model of some factors.

    Args:
        rows: One mapping a pattern, with a value for every factor.
        references: Each factor with its reference level. Levels stand in
            alphabetical order, so that the same data give the same columns.
    """
    columns = [np.ones(len(rows))]
    names = ["(constant)"]
    for factor, reference in references.items():
        values = np.array([str(row[factor]) for row in rows])
        for level in sorted(set(values.tolist()) - {reference}):
            columns.append((values == level).astype(float))
            names.append(f"{factor}={level}")
    return Design(matrix=np.column_stack(columns), names=tuple(names))


def logistic(
    matrix: Numbers,
    cases: Numbers,
    people: Numbers,
    *,
    clusters: Sequence[Hashable] | None = None,
    penalised: bool = False,
) -> Fit:
    """Fit the chance of an event to covariate patterns by maximum likelihood.

    Args:
        matrix: One row a pattern, with a column of ones.
        cases: People with the event in each pattern.
        people: People in each pattern.
        clusters: The cluster (trust) of each pattern. The covariance then allows
            for people of a cluster being alike: Liang and Zeger (1986), Biometrika
            73:13-22, times G/(G-1) as in R's sandwich::vcovCL(type = "HC0").
        penalised: Whether Firth's penalty is taken off the likelihood (1993,
            Biometrika 80:27-38; Heinze and Schemper 2002, Statistics in Medicine
            21:2409-2419). Coefficients then stay finite where a level's people all,
            or never, had the event, and a single level's chance is that of half an
            event and half a non-event more.
    """
    patterns, which = _patterns(matrix)
    happened = np.zeros(len(patterns))
    everyone = np.zeros(len(patterns))
    np.add.at(happened, which, cases)
    np.add.at(everyone, which, people)
    kept = _independent(patterns * (everyone > 0)[:, None])
    x = patterns[:, kept]
    beta = np.zeros(x.shape[1])
    beta[0] = _start(cases, people)
    deviance = np.inf
    converged = False
    for _ in range(_ROUNDS):
        p = _chance(x @ beta)
        weight = everyone * p * (1 - p)
        information = x.T @ (x * weight[:, None])
        apart = happened - everyone * p
        if penalised:
            apart = apart + _leverage(x, weight, information) * (0.5 - p)
        beta = beta + np.linalg.solve(information, x.T @ apart)
        before, deviance = deviance, _deviance(x @ beta, happened, everyone)
        if _settled(before, deviance, everyone):
            converged = True
            break
    p = _chance(x @ beta)
    plain = np.linalg.inv(x.T @ (x * (everyone * p * (1 - p))[:, None]))
    covariance = plain
    if clusters is not None:
        scores = x[which] * (cases - people * p[which])[:, None]
        covariance = _sandwich(plain, scores, clusters)
    width = matrix.shape[1]
    return Fit(
        coefficients=_spread(beta, kept, width),
        covariance=_spread_square(covariance, kept, width),
        unclustered=_spread_square(plain, kept, width),
        converged=converged,
    )


def multinomial(
    matrix: Numbers,
    counts: Numbers,
    *,
    by_cluster: Numbers | None = None,
) -> Fit:
    """Fit the chances of several outcomes to covariate patterns, by Newton's method.

    Args:
        matrix: One row a pattern, with a column of ones.
        counts: People by pattern and outcome; the first outcome is the reference.
        by_cluster: The same people by cluster, pattern and outcome, where the
            covariance shall allow for people of a cluster being alike, as for
            `logistic`. Clusters bear on nothing else, so patterns stay few.

    Returns:
        Coefficients in the order outcome by outcome, each with all columns.
    """
    people = counts.sum(axis=1)
    kept = _independent(matrix * (people > 0)[:, None])
    x = matrix[:, kept]
    outcomes = counts.shape[1] - 1
    beta = np.zeros((outcomes, x.shape[1]))
    deviance = np.inf
    converged = False
    for _ in range(_ROUNDS):
        share = _softmax(x @ beta.T)
        gradient = ((counts - people[:, None] * share)[:, 1:].T @ x).ravel()
        information = _information(x, share[:, 1:], people)
        beta = beta + np.linalg.solve(information, gradient).reshape(beta.shape)
        before, deviance = deviance, _shortfall(counts, _softmax(x @ beta.T))
        if _settled(before, deviance, people):
            converged = True
            break
    share = _softmax(x @ beta.T)
    plain = np.linalg.inv(_information(x, share[:, 1:], people))
    covariance = plain
    if by_cluster is not None:
        gaps = by_cluster - by_cluster.sum(axis=2)[:, :, None] * share[None]
        scores = np.einsum("gpo,pk->gok", gaps[:, :, 1:], x)
        scores = scores.reshape(len(by_cluster), -1)
        covariance = _sandwich(plain, scores, range(len(by_cluster)))
    width = matrix.shape[1]
    every = np.concatenate([kept + n * width for n in range(outcomes)])
    return Fit(
        coefficients=_spread(beta.ravel(), every, width * outcomes),
        covariance=_spread_square(covariance, every, width * outcomes),
        unclustered=_spread_square(plain, every, width * outcomes),
        converged=converged,
    )


def standardised(
    fit: Fit, plan: Design, people: Numbers, factor: str, levels: Sequence[str]
) -> tuple[Numbers, Numbers]:
    """Return the chance each level would have with everybody else's characteristics.

    Everyone is given each level in turn and the chances are averaged over all
    (marginal standardisation; Localio, Margolis and Berlin 2007, Journal of Clinical
    Epidemiology 60:874-882). Of a logistic fit only. A column that the others already
    give has no coefficient and adds nothing.

    Returns:
        The chances, and their covariance by the delta method.
    """
    places = plan.columns(factor)
    shares: list[float] = []
    slopes: list[Numbers] = []
    weight = people / people.sum()
    coefficients = np.nan_to_num(fit.coefficients)
    base = plan.matrix.copy()
    base[:, list(places.values())] = 0.0
    for level in levels:
        x = base.copy()
        if level in places:
            x[:, places[level]] = 1.0
        p = _expit(x @ coefficients)
        shares.append(float((weight * p).sum()))
        slopes.append((weight * p * (1 - p)) @ x)
    gradient = np.array(slopes)
    covariance = np.nan_to_num(fit.covariance)
    return np.array(shares), gradient @ covariance @ gradient.T


def standardised_outcomes(
    fit: Fit, plan: Design, people: Numbers, factor: str, levels: Sequence[str]
) -> tuple[Numbers, Numbers]:
    """Return each outcome's chance, were everybody of each level in turn.

    As `standardised`, of a multinomial fit: a row of a transition matrix for each
    level, with everybody's other characteristics.

    Returns:
        The chances, a row a level and a column an outcome, and the covariance of all
        of them (level by level) by the delta method.
    """
    places = plan.columns(factor)
    width = plan.matrix.shape[1]
    beta = np.nan_to_num(fit.coefficients).reshape(-1, width)
    weight = people / people.sum()
    base = plan.matrix.copy()
    base[:, list(places.values())] = 0.0
    shares: list[Numbers] = []
    slopes: list[Numbers] = []
    for level in levels:
        x = base.copy()
        if level in places:
            x[:, places[level]] = 1.0
        p = _softmax(x @ beta.T)
        shares.append(weight @ p)
        for outcome in range(p.shape[1]):
            parts: list[Numbers] = []
            for other in range(1, p.shape[1]):
                own = 1.0 if other == outcome else 0.0
                parts.append((weight * p[:, outcome] * (own - p[:, other])) @ x)
            slopes.append(np.concatenate(parts))
    gradient = np.array(slopes)
    covariance = np.nan_to_num(fit.covariance)
    return np.array(shares), gradient @ covariance @ gradient.T


def _leverage(x: Numbers, weight: Numbers, information: Numbers) -> Numbers:
    """Return how much each pattern decides of its own fit; they add up to the rank."""
    return weight * (x * np.linalg.solve(information, x.T).T).sum(axis=1)


def _chance(eta: Numbers) -> Numbers:
    """Return the chances, none so near to 0 or 1 that nothing is left of a weight."""
    return np.clip(_expit(eta), _TINY, 1 - _TINY)


def _start(cases: Numbers, people: Numbers) -> float:
    share = (cases.sum() + 0.5) / (people.sum() + 1.0)
    return float(np.log(share / (1 - share)))


def _deviance(eta: Numbers, cases: Numbers, people: Numbers) -> float:
    p = _chance(eta)
    return _shortfall(
        np.column_stack([people - cases, cases]), np.column_stack([1 - p, p])
    )


def _settled(before: float, now: float, people: Numbers) -> bool:
    """Tell whether a deviance no longer falls, by more than rounding can tell."""
    least = _ENOUGH * (abs(now) + 0.1) + _ROUNDING * float(people.sum())
    return abs(before - now) <= least


def _shortfall(counts: Numbers, share: Numbers) -> float:
    people = counts.sum(axis=1, keepdims=True)
    seen = np.divide(counts, people, out=np.ones_like(counts), where=people > 0)
    ratio = np.log(np.where(counts > 0, seen / np.maximum(share, _TINY), 1.0))
    return float(2 * (counts * ratio).sum())


def _sandwich(bread: Numbers, scores: Numbers, clusters: Sequence[Hashable]) -> Numbers:
    places = {name: n for n, name in enumerate(dict.fromkeys(clusters))}
    where = np.array([places[name] for name in clusters])
    sums = np.zeros((len(places), scores.shape[1]))
    np.add.at(sums, where, scores)
    groups = len(places)
    factor = groups / (groups - 1) if groups > 1 else 1.0
    return bread @ (sums.T @ sums) @ bread * factor


def _patterns(matrix: Numbers) -> tuple[Numbers, NDArray[np.intp]]:
    """Return the different rows of a matrix, and which of them each row is.

    Clusters split a pattern into many rows, which change no coefficient: fitting each
    pattern once is several times as fast. Rows are told apart by their bytes.
    """
    rows = np.ascontiguousarray(matrix)
    whole = rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1])))
    _, first, which = np.unique(whole, return_index=True, return_inverse=True)
    return rows[first], which.reshape(-1)


def _independent(matrix: Numbers) -> NDArray[np.intp]:
    """Return the columns that the ones before them do not already give."""
    kept: list[int] = []
    gram = matrix.T @ matrix
    for place in range(matrix.shape[1]):
        trial = [*kept, place]
        inner = gram[np.ix_(trial, trial)]
        if gram[place, place] > 0 and _new_part(inner) > 1e-9 * gram[place, place]:
            kept.append(place)
    return np.array(kept, dtype=np.intp)


def _new_part(gram: Numbers) -> float:
    """Return the squared length of the last column beyond the span of the others."""
    if len(gram) == 1:
        return float(gram[0, 0])
    others, cross = gram[:-1, :-1], gram[:-1, -1]
    return float(gram[-1, -1] - cross @ np.linalg.solve(others, cross))


def _spread(values: Numbers, kept: NDArray[np.intp], width: int) -> Numbers:
    """Put coefficients back in their places; those left out have none (NaN)."""
    out = np.full(width, np.nan)
    out[kept] = values
    return out


def _spread_square(values: Numbers, kept: NDArray[np.intp], width: int) -> Numbers:
    out = np.full((width, width), np.nan)
    out[np.ix_(kept, kept)] = values
    return out


def _information(matrix: Numbers, share: Numbers, people: Numbers) -> Numbers:
    outcomes, width = share.shape[1], matrix.shape[1]
    out = np.zeros((outcomes * width, outcomes * width))
    for j in range(outcomes):
        for k in range(outcomes):
            own = share[:, j] if j == k else np.zeros(len(share))
            weight = people * (own - share[:, j] * share[:, k])
            block = matrix.T @ (matrix * weight[:, None])
            out[j * width : (j + 1) * width, k * width : (k + 1) * width] = block
    return out


def _softmax(eta: Numbers) -> Numbers:
    full = np.column_stack([np.zeros(len(eta)), eta])
    full = np.exp(full - full.max(axis=1, keepdims=True))
    return full / full.sum(axis=1, keepdims=True)


def _expit(eta: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-np.clip(eta, -500, 500)))
