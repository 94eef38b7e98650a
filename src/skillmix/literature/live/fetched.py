"""Pages of a live search kept in a folder, so that it can be taken up again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skillmix.errors import UnreadableFileError
from skillmix.literature.tables import write_text

STATE = "search.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a live search brought.

    Attributes:
        service: The service asked.
        query: The search as sent.
        told: How many records the service says it finds.
        records: How many records the pages hold.
        pages: Files of the records, to be read like any export.
        warnings: What the service said about the search.
    """

    service: str
    query: str
    told: int
    records: int
    pages: tuple[Path, ...]
    warnings: tuple[str, ...]

    @property
    def reconciled(self) -> bool:
        """Whether as many records came as the service says it finds."""
        return self.told == self.records

    def as_dict(self) -> dict[str, Any]:
        """Return the search as documented in `literature-json.md`."""
        return {
            "service": self.service,
            "query": self.query,
            "told": self.told,
            "records": self.records,
            "reconciled": self.reconciled,
            "pages": [p.name for p in self.pages],
            "warnings": list(self.warnings),
        }


@dataclass(slots=True, kw_only=True)
class Shelf:
    """The folder of one search: its state, and a file for each page."""

    folder: Path
    service: str
    query: str
    ending: str

    def state(self) -> dict[str, Any]:
        """Return what is known of the search so far; empty at its start.

        Raises:
            UnreadableFileError: If the folder holds another search, or is damaged.
        """
        path = self.folder / STATE
        if not path.exists():
            return {}
        try:
            known: dict[str, Any] = json.loads(path.read_text("utf-8"))
            same = known["digest"] == self._digest()
        except (OSError, ValueError, KeyError, TypeError):
            raise UnreadableFileError(
                "The folder's record of its search is damaged.",
                where=str(path),
                remedy="Choose another folder, or delete this one.",
            ) from None
        if not same:
            raise UnreadableFileError(
                "The folder holds the pages of another search.",
                where=str(self.folder),
                remedy="Choose another folder for this one.",
            )
        return known

    def keep(self, state: dict[str, Any]) -> None:
        """Write the state, whole or not at all."""
        told = {"digest": self._digest(), "query": self.query, **state}
        text = json.dumps(told, indent=2, ensure_ascii=False, sort_keys=True)
        write_text(self.folder / STATE, text + "\n")

    def page(self, number: int) -> Path:
        """Return the file of a page."""
        return self.folder / f"{self.service}-{number:04d}.{self.ending}"

    def pages(self, count: int) -> Sequence[Path]:
        """Return the files of the first pages."""
        return [self.page(n) for n in range(count)]

    def _digest(self) -> str:
        said = f"{self.service}\n{self.query}".encode()
        return hashlib.sha256(said).hexdigest()
