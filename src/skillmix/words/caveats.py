"""What a reader must know so as not to misread a figure, each said once.

An analysis lists the caveats that hold for it; pages, workbooks and the command
line print them under the figure. A number in a caveat is part of a definition or
stands in a document it names, never a result.
"""

from __future__ import annotations

ALL_SETTINGS = (
    "Covers every care setting: the source does not tell mental health apart."
)
CHINESE_APART = (
    "The NHS groups show Chinese people as a group of their own; the Office for "
    "National Statistics counts them as Asian, so shares of Asian people differ."
)
COVID = (
    "From March 2020 the figures bear the marks of the pandemic: emergency "
    "recruitment, short contracts, postponed retirements and self-isolation."
)
EXPERIMENTAL = (
    "Experimental: it follows people from one snapshot of the staff record to another, "
    "and records can change for reasons of bookkeeping."
)
FOOTNOTE_6 = (
    "Uses the report's footnote 6 cohort (bands 2 to 4 in mental health, learning "
    "disability, occupational therapy or speech and language settings), which is not "
    "the service-based definition of mental health used elsewhere."
)
HEADCOUNT_MAIN_POST = (
    "Headcount counts each person once, at the main post; full-time equivalents count "
    "every post."
)
HEADCOUNT_SUMMED = (
    "The published headcounts are summed over staff groups: a person with posts in two "
    "groups is counted in both."
)
LEAVING_REASONS = (
    "Reasons are what employers recorded, one a leaver; practice differs between "
    "employers, and some reasons are not known."
)
MEAN_EARNINGS = (
    "A mean: a few high earners raise it, and overtime, enhancements and arrears are "
    "in it. It is not what a typical person takes home."
)
NURSING_ASSOCIATES = (
    "Nursing associates are registered but published as support; the second measure "
    "moves them over, to show how much hangs on it."
)
PERIOD_RATES = (
    "Rates hold for the published period, whatever its length, and count moves between "
    "organisations as leaving; they are not annual rates."
)
REBANDING = (
    "A post that was regraded counts as a move up although the person may do the same "
    "work as before."
)
ROLE_CATEGORIES = (
    "Job roles are chosen by employers from a national list; the categories are ours, "
    "and two employers may code like work differently."
)
SERVICE_DEFINITION = (
    "Mental health services are told by occupation code or area of work, whoever the "
    "employer; staff whose code names no setting count as elsewhere."
)
SICKNESS_CALENDAR_DAYS = (
    "Rates use calendar days, so a part-week absence counts weekends that lie in it; "
    "absence is what was recorded, and short spells are recorded unevenly."
)
STAYERS_ONLY = (
    "Only people in post at both ends of the year are counted: those who left, and "
    "those who joined in between, are not."
)
TRUST_DEFINITION = (
    "Mental health trusts are told by type of employer, whatever their staff do; they "
    "also employ people outside mental health, and other trusts employ people in it."
)
UNDISCLOSED = (
    "Not everybody's characteristic is recorded or disclosed; who does not disclose is "
    "not a random part of the workforce."
)
