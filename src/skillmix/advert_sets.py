"""A set of adverts from files to codes, with the roles that their titles name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from skillmix.adverts.advert import Coded
from skillmix.adverts.coding.code import code
from skillmix.adverts.reading.gather import gather
from skillmix.adverts.reading.part import Entry
from skillmix.errors import InputNotFoundError, UnreadableFileError
from skillmix.titles.harmonise import harmonise
from skillmix.titles.uses import Line, uses_of

Progress = Callable[[str, int, int], None]
REASONS_TOLD = 5
# Often enough for a bar to move, seldom enough to cost nothing.
TOLD_EVERY = 20


def read_adverts(
    inputs: Sequence[Path], *, progress: Progress | None = None, most: int = 0
) -> tuple[tuple[Coded, ...], tuple[Entry, ...]]:
    """Return the adverts of files coded, and what came of every file.

    Args:
        inputs: Files, folders and archives.
        progress: Told how far it is.
        most: Largest number of adverts taken; 0 for any.

    Raises:
        InputNotFoundError: If an input does not exist, or no advert was found.
        UnreadableFileError: If there are more adverts than are taken.
    """
    told = progress or _nothing
    found = gather(inputs, progress=lambda _, n, of: told("Reading adverts", n, of))
    if not found.adverts:
        raise _none_found(found.log)
    if most and len(found.adverts) > most:
        raise UnreadableFileError(
            f"There are {len(found.adverts):,} adverts; {most:,} are taken here.",
            remedy="Send fewer, or use `skillmix adverts` on the command line.",
        )
    coded: list[Coded] = []
    for done, advert in enumerate(found.adverts):
        if done % TOLD_EVERY == 0:
            told("Coding adverts", done, len(found.adverts))
        coded.append(code(advert))
    return tuple(coded), found.log


def roles_of(coded: Iterable[Coded]) -> dict[str, str]:
    """Return the canonical role of each title that names one."""
    titles = [c.advert.head.title for c in coded if c.advert.head.title]
    found = harmonise(uses_of([Line(title=t) for t in dict.fromkeys(titles)]))
    roles = {t.use.title: t.role.label for t in found if t.role and t.scope == "in"}
    folded = {title.casefold(): role for title, role in roles.items()}
    return {t: folded[t.casefold()] for t in titles if t.casefold() in folded}


def _none_found(log: Sequence[Entry]) -> InputNotFoundError:
    told = [f"{e.file}: {e.reason}" for e in log if e.reason]
    more = len(told) - REASONS_TOLD
    reasons = "; ".join(told[:REASONS_TOLD])
    return InputNotFoundError(
        "No advert was found.",
        where=f"{reasons}; and {more:,} more files" if more > 0 else reasons,
        remedy="Save adverts as HTML, JSON-LD, PDF, DOCX or plain text.",
    )


def _nothing(_: str, __: int, ___: int) -> None:
    """Tell nobody."""
