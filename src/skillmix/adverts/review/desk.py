"""The reviewers' desk: who coded what, where they differ, and what is settled."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from skillmix.adverts.advert import Coded
from skillmix.adverts.document import document, overview
from skillmix.adverts.frame import Frame, sample
from skillmix.adverts.reading.part import Entry
from skillmix.adverts.review.codes import reviewed_fields
from skillmix.adverts.review.compare import NOT_CODERS, Comparison, compare
from skillmix.adverts.review.gold import Settled, apply_gold, fully_settled, grow
from skillmix.adverts.review.sheets import Coding, Key
from skillmix.adverts.scheme import scheme
from skillmix.errors import InvalidRowsError, UnknownNameError


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of one advert that the coders coded differently.

    Attributes:
        number: Number of the advert among all.
        field: Name of the field.
        codes: The code of each coder.
        notes: What each noted, of those who did.
    """

    number: int
    field: str
    codes: Mapping[str, Any]
    notes: Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Desk:
    """Adverts being reviewed by several people at once.

    Attributes:
        coded: Every advert, as the machine coded it.
        log: What came of every file.
        frame: What the sample keeps.
        roles: Canonical role by title.
        earlier: Codes settled before, which nothing here overwrites.
    """

    coded: tuple[Coded, ...]
    log: tuple[Entry, ...]
    frame: Frame
    roles: Mapping[str, str]
    earlier: tuple[Settled, ...] = ()
    _codings: dict[str, Coding] = field(default_factory=dict[str, Coding])
    _decided: dict[Key, Settled] = field(default_factory=dict[Key, Settled])
    _placed: tuple[Coded, ...] = ()
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def sheet(self) -> list[int]:
        """Numbers of the adverts to review, from 1: those the sample keeps."""
        return [n for n, one in enumerate(self._sampled(), 1) if not one.exclusion]

    @property
    def coders(self) -> tuple[str, ...]:
        """Names of the coders, in order."""
        with self._lock:
            return tuple(sorted(c for c, given in self._codings.items() if given.codes))

    def one(self, number: int) -> Coded:
        """Return an advert by its number, from 1, as the machine coded it.

        Raises:
            UnknownNameError: If there is none.
        """
        if 1 <= number <= len(self.coded):
            return self.coded[number - 1]
        raise UnknownNameError("There is no such advert.", where="advert")

    def coding(self, coder: str) -> Coding:
        """Return what a coder has given so far.

        Raises:
            InvalidRowsError: If nobody can be called that.
        """
        if coder in NOT_CODERS:
            raise InvalidRowsError(
                f"'{coder}' is the name of a column, and cannot be a coder's.",
                where="coder",
                remedy="Use initials.",
            )
        with self._lock:
            kept = self._codings.get(coder)
        return kept or Coding(coder=coder, codes={}, digests={})

    def take(
        self,
        coder: str,
        number: int,
        codes: Mapping[str, Any],
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """Put a coder's codes of one advert in the place of those given before."""
        advert = self.one(number).advert
        new = {(advert.id, name): code for name, code in codes.items()}
        told = {(advert.id, name): text for name, text in (notes or {}).items() if text}
        with self._lock:
            old = self.coding(coder)
            self._codings[coder] = Coding(
                coder=coder,
                codes={**_without(old.codes, advert.id), **new},
                digests={**old.digests, advert.id: advert.digest},
                notes={**_without(old.notes, advert.id), **told},
            )

    def take_sheet(self, sheet: Coding) -> int:
        """Take a sheet filled in elsewhere; return how many of its codes are not here.

        Raises:
            InvalidRowsError: If it was made on other texts of these adverts.
        """
        digests = {c.advert.id: c.advert.digest for c in self.coded}
        moved = [
            advert
            for advert, digest in sheet.digests.items()
            if digest and digests.get(advert, digest) != digest
        ]
        if moved:
            raise InvalidRowsError(
                f"The text of {len(moved)} adverts is not the one that was coded.",
                where=sheet.coder,
                remedy="Send the files that the sheet was made from.",
            )
        here = {k: code for k, code in sheet.codes.items() if k[0] in digests}
        with self._lock:
            old = self.coding(sheet.coder)
            self._codings[sheet.coder] = Coding(
                coder=sheet.coder,
                codes={**old.codes, **here},
                digests={a: digests[a] for a, _ in {**old.codes, **here}},
                notes={**old.notes, **sheet.notes},
            )
        return len(sheet.codes) - len(here)

    def is_done(self, coder: str, number: int) -> bool:
        """Tell whether a coder has coded every field of an advert."""
        codes = self.coding(coder).codes
        advert = self.one(number).advert.id
        return all((advert, f.name) in codes for f in reviewed_fields())

    def next(self, coder: str, after: int = 0) -> int | None:
        """Return the next advert a coder has not finished, from one on and round."""
        numbers = self.sheet
        order = [n for n in numbers if n > after] + [n for n in numbers if n <= after]
        return next((n for n in order if not self.is_done(coder, n)), None)

    def done(self, coder: str) -> int:
        """Return how many adverts a coder has finished."""
        return sum(self.is_done(coder, n) for n in self.sheet)

    def compare(self, first: str, second: str) -> Comparison:
        """Set two coders' codes beside each other; errors as for `compare`."""
        return compare(self.coding(first), self.coding(second))

    def differences(self) -> list[Difference]:
        """Return what coders coded differently and nobody has settled, in order."""
        settled = {(s.advert, s.field) for s in self.settled()}
        numbers = {one.advert.id: n for n, one in reversed([*enumerate(self.coded, 1)])}
        with self._lock:
            codings = [self._codings[c] for c in self.coders]
        found = [
            Difference(
                number=numbers[key[0]],
                field=key[1],
                codes=codes,
                notes={c.coder: c.notes[key] for c in codings if key in c.notes},
            )
            for key, codes in _by_key(codings).items()
            if key not in settled and len(set(codes.values())) > 1
        ]
        order = list(scheme().fields)
        return sorted(found, key=lambda d: (d.number, order.index(d.field)))

    def settle(self, by: str, number: int, name: str, code: Any) -> None:
        """Settle one field of one advert, against what coders said if need be."""
        advert = self.one(number).advert
        key = (advert.id, name)
        with self._lock:
            # Settled again, it is the last thing settled.
            self._decided.pop(key, None)
            self._decided[key] = _settled(*key, code, by=by, digest=advert.digest)

    def unsettle(self, by: str) -> bool:
        """Take back the last thing somebody settled here; whether there was one."""
        with self._lock:
            last = self.last_settled(by)
            if last is not None:
                del self._decided[last.advert, last.field]
        return last is not None

    def last_settled(self, by: str) -> Settled | None:
        """Return the last thing somebody settled here, if any."""
        with self._lock:
            mine = [s for s in self._decided.values() if s.by == by]
        return mine[-1] if mine else None

    def settled(self) -> tuple[Settled, ...]:
        """Return the gold set: settled before, decided here, and coded alike by all."""
        return self._grown()[0]

    def refused(self) -> tuple[Settled, ...]:
        """Return what was coded alike or decided here against the gold set."""
        return self._grown()[1]

    def chosen(self) -> tuple[Coded, ...]:
        """Return every advert with settled codes in place and its part in the sample.

        Which adverts are in the sample rests on the codes settled before, so that
        nobody's sheet changes while it is filled in.
        """
        return apply_gold(self._sampled(), self.settled())

    def machine(self) -> tuple[Coded, ...]:
        """Return the adverts with the machine's codes, and their part in the sample."""
        return tuple(
            replace(one, exclusion=placed.exclusion)
            for one, placed in zip(self.coded, self._sampled(), strict=True)
        )

    def reviewed(self) -> frozenset[str]:
        """Return the ids of adverts of which every reviewed field is settled."""
        return fully_settled(self.coded, self.settled())

    def document(self) -> dict[str, Any]:
        """Return everything told of the adverts, settled codes in place."""
        return document(self.chosen(), self.log, self.frame, self.roles)

    def overview(self) -> dict[str, Any]:
        """Return what is told of the adverts together, settled codes in place."""
        return overview(self.chosen(), self.log, self.frame)

    def _sampled(self) -> tuple[Coded, ...]:
        with self._lock:
            if not self._placed:
                self._placed = sample(apply_gold(self.coded, self.earlier), self.frame)
            return self._placed

    def _grown(self) -> tuple[tuple[Settled, ...], tuple[Settled, ...]]:
        with self._lock:
            codings = [self._codings[c] for c in self.coders]
            decided = tuple(self._decided.values())
        digests = {c.advert.id: c.advert.digest for c in self.coded}
        alike = [
            _settled(advert, name, code, by=" and ".join(codes), digest=digests[advert])
            for (advert, name), codes in _by_key(codings).items()
            if len(codes) > 1 and len(set(codes.values())) == 1
            for code in [next(iter(codes.values()))]
        ]
        # A decision goes before what coders say alike afterwards.
        return grow(self.earlier, (*decided, *alike))


def _by_key(codings: Sequence[Coding]) -> dict[Key, dict[str, Any]]:
    """Return the code of each coder, by advert and field."""
    found: dict[Key, dict[str, Any]] = {}
    for one in codings:
        for key, code in one.codes.items():
            found.setdefault(key, {})[one.coder] = code
    return found


def _without(kept: Mapping[Key, Any], advert: str) -> dict[Key, Any]:
    return {key: value for key, value in kept.items() if key[0] != advert}


def _settled(advert: str, name: str, code: Any, *, by: str, digest: str) -> Settled:
    return Settled(
        advert=advert,
        text_sha256=digest,
        field=name,
        code=code,
        by=by,
        scheme_version=scheme().version,
    )
