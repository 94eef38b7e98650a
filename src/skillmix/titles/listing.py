"""Lists of titles as people keep them: the column of titles is found by content."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from skillmix.errors import InvalidRowsError, LayoutError
from skillmix.titles.reading import read_title
from skillmix.titles.uses import Line, key_of

Cells = Sequence[Sequence[str]]
MOST_ROWS = 2_000_000
_SAMPLE = 400
# So many cells of a column must read as titles before it is taken for one.
_ENOUGH = 0.3
_TITLE_HEADINGS = (
    *("title", "job title", "position title", "advert title", "post title"),
    *("vacancy title", "position", "post", "job", "vacancy", "jobtitle", "titles"),
    *("role title", "positiontitle", "position name", "job name"),
)
_ADVERT_HEADINGS = ("advert title", "vacancy title", "vacancy")
# With fewer distinct titles than this share of its lines, most lines repeat one.
_MOSTLY_REPEATED = 0.5
_ROLE_HEADINGS = ("job role", "esr job role", "jobrole", "staff role", "job_role")
_COUNT_HEADINGS = (
    *("count", "people", "headcount", "staff", "number", "n", "number of staff"),
    *("number of people", "frequency", "posts", "total", "no of staff", "hc"),
    *("staff count", "employees", "assignments", "number of posts", "no"),
)
_EMPLOYER_HEADINGS = (
    *("employer", "organisation", "organization", "trust", "org", "employer name"),
    *("organisation name", "ods code", "org code", "organisation code", "company"),
    *("employing organisation", "trust name", "org name", "employer code"),
)
_BAND_HEADINGS = (
    *("band", "afc band", "grade", "pay band", "afc", "pay grade", "payscale"),
    *("agenda for change band", "paygrade", "salary band"),
)
# "12,5" is twelve and a half, not 125.
_COUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0+)?")
_NOT_TOLD = ("", "*", "-", "c", "[c]", "<5")
_BAND = re.compile(r"(?i)\b(?:band|afc|x[rn]0?)?\s*([1-9])\s*([a-d])?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list holds.

    Attributes:
        lines: Its lines, one a title.
        heading: Heading of the column of titles; empty if the list has none.
        counted: Whether it is known to count people: a column says for how many a title
            stands, or it was put together with a list that counts them.
        passed_over: Lines without a title.
    """

    lines: tuple[Line, ...]
    heading: str
    counted: bool
    passed_over: int

    @property
    def of_people(self) -> bool:
        """Whether its numbers are of people, so that small ones must be protected.

        They are if they are counts, or if most lines repeat a title: such a list is
        one line a person, unless it is headed as one of adverts.
        """
        if self.counted:
            return True
        if _heading(self.heading) in _ADVERT_HEADINGS:
            return False
        distinct = len({key_of(line.title) for line in self.lines})
        return distinct < len(self.lines) * _MOSTLY_REPEATED


def listing_of(cells: Cells, *, where: str = "") -> Listing:
    """Find the titles, and counts, employers and bands beside them, in a table.

    Args:
        cells: Rows of text, with or without a row of headings.
        where: Name of the file, for messages.

    Raises:
        LayoutError: If no column holds job titles.
        InvalidRowsError: If counts are no whole numbers, or there are too many rows.
    """
    rows = [[c.strip() for c in row] for row in cells if any(c.strip() for c in row)]
    if len(rows) > MOST_ROWS:
        raise InvalidRowsError(
            f"It has more than {MOST_ROWS:,} rows.",
            where=where,
            remedy="Count the people of each title first, one row a title.",
        )
    if not rows:
        raise LayoutError(
            "It holds no rows.", where=where, remedy="Give a list of job titles."
        )
    rows = _whole(rows)
    start = _heading_row(rows)
    headings = [_heading(h) for h in rows[start - 1]] if start else []
    body = rows[start:]
    titles = _title_column(headings, body, where)
    other = _columns(headings, body, titles)
    lines, passed_over = _lines(body, titles, other, where)
    return Listing(
        lines=lines,
        heading=rows[start - 1][titles] if headings else "",
        counted="people" in other,
        passed_over=passed_over,
    )


def _whole(rows: Cells) -> list[list[str]]:
    """Put titles together that an unquoted comma parted in a list of one column."""
    start = _heading_row(rows)
    first = rows[start - 1] if start else rows[0]
    if len(first) == 1 and any(len(row) > 1 for row in rows):
        return [[", ".join(c for c in row if c)] for row in rows]
    return [list(row) for row in rows]


def _heading_row(rows: Cells) -> int:
    """Return how many rows stand before the first line, headings included.

    The headings are the first of ten rows that hold a known heading; or the first
    row, if no cell of it is a number and a column is all numbers below it.
    """
    known = {*_TITLE_HEADINGS, *_ROLE_HEADINGS}
    for place, row in enumerate(rows[:10]):
        if any(_heading(cell) in known for cell in row):
            return place + 1
    first, body = rows[0], rows[1:]
    numbers = any(body and _numbers(body, c) for c in range(len(first)))
    return 1 if numbers and not any(cell.isdigit() for cell in first) else 0


def _heading(text: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", " ", text.casefold())
    return plain.strip()


def _title_column(headings: Sequence[str], body: Cells, where: str) -> int:
    """Return the column that reads most like titles; its heading counts too."""
    width = max((len(row) for row in body), default=0)
    scores = [
        (_like_titles(body, column) + _bonus(headings, column), -column)
        for column in range(width)
    ]
    best, column = max(scores, default=(0.0, 0))
    if best < _ENOUGH:
        raise LayoutError(
            "No column of it holds job titles.",
            where=where,
            remedy="Head the column of titles 'Job title', or give one title a line.",
        )
    return -column


def _bonus(headings: Sequence[str], column: int) -> float:
    if column < len(headings):
        if headings[column] in _TITLE_HEADINGS:
            return 0.5
        if headings[column] in _ROLE_HEADINGS:
            return 0.2
    return 0.0


def _like_titles(body: Cells, column: int) -> float:
    """Return which share of a column's distinct cells reads as job titles."""
    cells = {row[column] for row in body[: _SAMPLE * 5] if column < len(row)}
    sample = sorted(c for c in cells if c)[:_SAMPLE]
    if not sample:
        return 0.0
    return sum(read_title(c).role is not None for c in sample) / len(sample)


def _columns(headings: Sequence[str], body: Cells, titles: int) -> Mapping[str, int]:
    """Return the columns beside the titles that are known by their heading.

    Without headings, a second column of whole numbers is taken for counts.
    """
    wanted = {
        "people": _COUNT_HEADINGS,
        "employer": _EMPLOYER_HEADINGS,
        "band": _BAND_HEADINGS,
        "job_role": _ROLE_HEADINGS,
    }
    found: dict[str, int] = {}
    for name, known in wanted.items():
        for place, heading in enumerate(headings):
            if heading in known and place != titles:
                found.setdefault(name, place)
    if not headings:
        numbers = [c for c in range(len(body[0])) if c != titles and _numbers(body, c)]
        if len(numbers) == 1:
            found["people"] = numbers[0]
    return found


def _numbers(body: Cells, column: int) -> bool:
    return all(column < len(row) and row[column].isdigit() for row in body)


def _lines(
    body: Cells, titles: int, other: Mapping[str, int], where: str
) -> tuple[tuple[Line, ...], int]:
    found: list[Line] = []
    wrong = 0
    passed_over = 0
    for row in body:
        cell = _cell_of(row)
        title = cell(titles)
        if not title:
            passed_over += 1
            continue
        people = _count(cell(other["people"])) if "people" in other else 1
        if people is None:
            wrong += 1
            continue
        found.append(
            Line(
                title=title,
                people=people,
                employer=cell(other.get("employer", -1)),
                band=_band(cell(other.get("band", -1))),
                job_role=cell(other.get("job_role", -1)),
            )
        )
    if wrong:
        raise InvalidRowsError(
            f"The list has {wrong} counts that are no whole number from 0.", where=where
        )
    return tuple(found), passed_over


def _cell_of(row: Sequence[str]) -> Callable[[int], str]:
    return lambda place: row[place] if 0 <= place < len(row) else ""


def _count(text: str) -> int | None:
    """Return a whole number; blank is none, and a suppressed count counts nobody."""
    if text in _NOT_TOLD:
        return 0
    match = _COUNT.fullmatch(text)
    return int(match[1].replace(",", "")) if match and len(text) < 13 else None


def _band(text: str) -> str:
    match = _BAND.search(text)
    if not match:
        return ""
    return match[1] + (match[2] or "").casefold() if match[1] == "8" else match[1]
