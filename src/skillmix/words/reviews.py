"""Measures' words and caveats that every question about a review shares."""

from __future__ import annotations

PUBLISHED_WORKS = (
    "Records and publications are counted, not people: every count is exact. The place "
    "and month of the report do not narrow them. Of several reviews the last by name "
    "is shown."
)
AS_EXPORTED = (
    "Counted over the records that were exported. A search that was narrowed on the "
    "platform, or an export cut short, cannot be seen from here."
)
TITLE_ONLY = (
    "A known work is searched by title, abstract and keywords where an export holds "
    "it, else by its title alone, which finds less."
)
EXTRACTED = (
    "What each publication says is as the reviewers wrote it down; nothing of it is "
    "worked out."
)
AUTHOR_YEAR = (
    "Citations are read in the style of author and year; numbered notes are not "
    "citations to it."
)
