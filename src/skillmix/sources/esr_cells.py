"""How staff record systems, and spreadsheets after them, write what a cell holds.

Each function returns a DuckDB expression over a cell's text. What is meant is taken
where only one thing can be meant; anything else stays unread, and is counted.
"""

from __future__ import annotations

from skillmix.sources.fields import EXCEL_EPOCH, half_even, literal

# A year of two digits goes before one of four, or 20 would be the year 20.
_DAYS = (
    *("%d/%m/%y", "%d/%m/%Y", "%d-%m-%y", "%d-%m-%Y", "%d.%m.%y", "%d.%m.%Y"),
    *("%d-%b-%y", "%d-%b-%Y", "%d %b %y", "%d %b %Y", "%d %B %y", "%d %B %Y"),
    *("%Y-%m-%d", "%Y%m%d"),
)
_MONTHS = (
    *("%Y-%B", "%Y-%b", "%Y%m", "%Y-%m", "%m/%Y"),
    *("%B %y", "%b %y", "%B-%y", "%b-%y", "%B %Y", "%b %Y", "%B-%Y", "%b-%Y"),
)
_TIME = r"[ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?$"
_SPACES = r"[\s\x{00A0}]+"
# The day on which Oracle's records end where no end is known.
_NO_END = "4712"
DAY_FORMS = "31/07/2020, 31-Jul-2020 or 2020-07-31"
DECIMAL_FORMS = "a number, for example 0.8"
POUND_FORMS = "pounds, for example 2,145.50"
MONTH_FORMS = f"2020-07, Jul 2020 or a day of it ({DAY_FORMS})"


def day(text: str) -> str:
    """Return the day that a text names, the day before the month; a time is dropped."""
    return _day_of(f"regexp_replace(trim({text}), {literal(_TIME)}, '')")


def month_of(text: str) -> str:
    """Return the first day of the month that a text names, or in which its day lies."""
    told = f"trim({text})"
    named = _within(_parsed(told, _MONTHS))
    return f"CAST(date_trunc('month', coalesce({day(text)}, {named})) AS DATE)"


def no_end(text: str) -> str:
    """Return whether a cell says that no end is known: empty, or the end of time."""
    return f"({text} IS NULL OR trim({text}) = '' OR contains({text}, '{_NO_END}'))"


def decimal(text: str) -> str:
    """Return an exact number from text, its decimals after a full stop or a comma."""
    comma = f"regexp_full_match({text}, '-?\\d*,\\d+')"
    point = f"CASE WHEN {comma} THEN replace({text}, ',', '.') ELSE {text} END"
    return f"TRY_CAST({half_even(f'({point})')} AS DECIMAL(12, 5))"


def pence(text: str) -> str:
    """Return whole pence from pounds, as people write them."""
    bare = f"regexp_replace({text}, '[£\\s\\x{{00A0}}]', '', 'g')"
    # "1.234,5" and "1234,50" have decimals after the comma; "1,234" has none.
    comma = f"regexp_full_match({bare}, '-?[\\d.]*,\\d{{1,2}}')"
    point = (
        f"CASE WHEN {comma} THEN replace(replace({bare}, '.', ''), ',', '.')"
        f" ELSE replace({bare}, ',', '') END"
    )
    return f"CAST(({half_even(f'({point})', places=2)}) * 100 AS BIGINT)"


def code(text: str) -> str:
    """Return a code in capitals, without the spaces that strayed into it."""
    return f"regexp_replace(upper({text}), {literal(_SPACES)}, '', 'g')"


def staff_number(text: str) -> str:
    """Return a staff or assignment number in the one form that all files share.

    A spreadsheet takes the leading zeros from "00012345", or makes it "12345.0";
    the person must be the same in the extracts on both sides of it.
    """
    bare = f"regexp_replace({code(text)}, '\\.0+$', '')"
    return f"regexp_replace({bare}, '^0+(\\d)', '\\1')"


def _day_of(told: str) -> str:
    serial = f"{EXCEL_EPOCH} + TRY_CAST({told} AS INTEGER)"
    parsed = f"CAST({_parsed(told, _DAYS)} AS DATE)"
    return _within(
        f"CASE WHEN regexp_full_match({told}, '[1-7]\\d{{4}}') THEN {serial}"
        f" ELSE {parsed} END"
    )


def _parsed(text: str, formats: tuple[str, ...]) -> str:
    return f"TRY_STRPTIME({text}, [{', '.join(map(literal, formats))}])"


def _within(day: str) -> str:
    """Leave unread what no staff record means: the year 20, or 4712."""
    return f"CASE WHEN year({day}) BETWEEN 1900 AND 2199 THEN {day} END"
