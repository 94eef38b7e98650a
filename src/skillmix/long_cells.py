"""How long a cell of a CSV file may be, for one reading at a time."""

from __future__ import annotations

import csv
from collections.abc import Generator
from contextlib import contextmanager
from threading import RLock

_READING = RLock()


@contextmanager
def cells_up_to(longest: int) -> Generator[None]:
    """Let `csv` take cells of so many characters, and refuse longer ones.

    Python keeps one limit for the whole process. Two readings at once, as in the app,
    would put back each other's: one would be refused cells it allows, and the limit of
    the other would stay. So one waits for the other.
    """
    with _READING:
        before = csv.field_size_limit(longest)
        try:
            yield
        finally:
            csv.field_size_limit(before)
