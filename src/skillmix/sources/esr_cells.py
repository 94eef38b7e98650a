"""How staff record systems, and spreadsheets after them, write what a cell holds.

Each function returns a DuckDB expression over a cell's text. What is meant is taken
where only one thing can be meant; anything else stays unread, and is counted.
"""

from __future__ import annotations

from skillmix.sources.fields import EXCEL_EPOCH, half_even, literal

# How a day looks (_ is any character, % any number of them), and the formats that it
# then can have. Only formats that look right are tried: a failure costs the engine
# fifty times a success.
_DAYS = (
    ("____-__-__", ("%Y-%m-%d",)),
    ("%/%/____", ("%d/%m/%Y",)),
    ("%/%/__", ("%d/%m/%y",)),
    ("%-%-____", ("%d-%m-%Y", "%d-%b-%Y", "%d-%B-%Y")),
    ("%-%-__", ("%d-%b-%y", "%d-%m-%y", "%d-%B-%y")),
    ("%.%.____", ("%d.%m.%Y",)),
    ("%.%.__", ("%d.%m.%y",)),
    ("% % ____", ("%d %b %Y", "%d %B %Y")),
    ("% % __", ("%d %b %y", "%d %B %y")),
    ("________", ("%Y%m%d",)),
)
_MONTHS = (
    ("____-__", ("%Y-%m", "%B-%y")),
    ("______", ("%Y%m", "%b-%y", "%b %y", "%m/%Y")),
    ("____-%", ("%Y-%b", "%Y-%B", "%B-%Y")),
    ("%/____", ("%m/%Y",)),
    ("% ____", ("%b %Y", "%B %Y")),
    ("%-____", ("%b-%Y", "%B-%Y")),
    ("% __", ("%b %y", "%B %y")),
    ("%-__", ("%b-%y", "%B-%y")),
)
_TIME = r"[ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?$"
# The day on which Oracle's records end where no end is known.
_NO_END = "4712"
DAY_FORMS = "31/07/2020, 31-Jul-2020 or 2020-07-31"
DECIMAL_FORMS = "a number, for example 0.8"
POUND_FORMS = "pounds, for example 2,145.50"
MONTH_FORMS = f"2020-07, Jul 2020 or a day of it ({DAY_FORMS})"


def day(text: str) -> str:
    """Return the day that a text names, the day before the month; a time is dropped."""
    told = f"trim({text})"
    # Patterns are slow, and most cells have no time.
    timeless = f"regexp_replace({told}, {literal(_TIME)}, '')"
    return _day_of(f"(CASE WHEN contains({text}, ':') THEN {timeless} ELSE {told} END)")


def month_of(text: str) -> str:
    """Return the first day of the month that a text names, or in which its day lies."""
    named = _within(f"CAST({_parsed(f'trim({text})', _MONTHS)} AS DATE)")
    return f"CAST(date_trunc('month', coalesce({day(text)}, {named})) AS DATE)"


def no_end(text: str) -> str:
    """Return whether a cell says that no end is known: empty, or the end of time."""
    return f"({text} IS NULL OR trim({text}) = '' OR contains({text}, '{_NO_END}'))"


def decimal(text: str) -> str:
    """Return an exact number from text, its decimals after a full stop or a comma."""
    comma = f"contains({text}, ',') AND NOT contains({text}, '.')"
    point = f"CASE WHEN {comma} THEN replace({text}, ',', '.') ELSE {text} END"
    return f"TRY_CAST({half_even(f'({point})')} AS DECIMAL(12, 5))"


def pence(text: str) -> str:
    """Return whole pence from pounds, as people write them."""
    bare = _closed(f"replace({text}, '£', '')")
    # "1.234,5" and "1234,50" have decimals after the comma; "1,234" has none.
    comma = f"regexp_full_match({bare}, '-?[\\d.]*,\\d{{1,2}}')"
    point = (
        f"CASE WHEN NOT contains({bare}, ',') THEN {bare}"
        f" WHEN {comma} THEN replace(replace({bare}, '.', ''), ',', '.')"
        f" ELSE replace({bare}, ',', '') END"
    )
    return f"CAST(({half_even(f'({point})', places=2)}) * 100 AS BIGINT)"


def code(text: str) -> str:
    """Return a code in capitals, without the spaces that strayed into it."""
    return _closed(f"upper({text})")


def staff_number(text: str) -> str:
    """Return a staff or assignment number in the one form that all files share.

    A spreadsheet takes the leading zeros from "00012345", or makes it "12345.0";
    the person must be the same in the extracts on both sides of it.
    """
    whole = code(text)
    cut = f"CASE WHEN ends_with({whole}, '.0') THEN left({whole}, -2) ELSE {whole} END"
    return f"coalesce(nullif(ltrim({cut}, '0'), ''), nullif(left({cut}, 1), ''))"


def _closed(text: str) -> str:
    """Return a text without spaces, hard ones of spreadsheets among them."""
    return f"replace(replace({text}, ' ', ''), chr(160), '')"


def _day_of(told: str) -> str:
    number = f"TRY_CAST({told} AS INTEGER)"
    parsed = f"CAST({_parsed(told, _DAYS)} AS DATE)"
    return _within(
        f"CASE WHEN length({told}) = 5 AND {number} >= 10000 "
        f"THEN {EXCEL_EPOCH} + {number} ELSE {parsed} END"
    )


def _parsed(text: str, looks: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    cases = " ".join(
        f"WHEN {text} LIKE {literal(look)} "
        f"THEN TRY_STRPTIME({text}, [{', '.join(map(literal, formats))}])"
        for look, formats in looks
    )
    return f"CASE {cases} END"


def _within(day: str) -> str:
    """Leave unread what no staff record means: the year 20, or 4712."""
    return f"CASE WHEN year({day}) BETWEEN 1900 AND 2199 THEN {day} END"
