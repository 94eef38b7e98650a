"""What a reader must know so as not to misread a figure, each said once.

An analysis lists the caveats that hold for it; pages, workbooks and the command
line print them under the figure. A number in a caveat is part of a definition or
stands in a document it names, never a result.
"""

from __future__ import annotations

ALL_SETTINGS = "Covers every care setting: the source does not tell services apart."
BASIC_PAY_ONLY = (
    "The statutory figure takes ordinary pay with allowances and without overtime; the "
    "record holds basic pay and all pay, and only basic pay is free of overtime. "
    "`pay.gender_bonus_gap` gives the bonus gap, from an extract of bonus pay."
)
BONUS_PAY = (
    "What counts as bonus pay is for the employer to tell from its payroll; awards of "
    "vouchers or options, and bonuses of people no longer in post, are not in it."
)
CARE_CERTIFICATE_RECORDS = (
    "The Care Certificate is voluntary, and its records are as complete as each "
    "employer keeps them: one that the extract does not show counts as not held. "
    "Employers without any record of it are left out."
)
CARE_CERTIFICATE_START = (
    "Snapshots tell the month of starting; where the extract gives no first day in it, "
    "the sixteenth is taken, which can move one person's weeks by two either way. "
    "Who leaves before the first month's end is in no snapshot."
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
FLOWS_ROUNDED = (
    "The account balances exactly before rounding; rounded or suppressed flows need "
    "not add up to the stocks shown."
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
NOT_DISCRIMINATION = (
    "Adjusting allows for band, setting, role and age only. A difference that is left "
    "is no proof of unfair treatment, and none left is no proof of fair treatment: "
    "groups may differ in service, qualifications or applications, and past unfairness "
    "can lie in the very band a person holds."
)
ALIKE_IN_FIVE = (
    "Likeness is in band, age, gender, ethnic group and disability alone. A difference "
    "that is left is no proof of unfair treatment, and none left is no proof of fair "
    "treatment."
)
NURSING_ASSOCIATES_ARE_REGISTERED = (
    "Nursing associates are registered, so becoming one counts as registration here."
)
NOT_DISCRIMINATION_IN_PAY = (
    "A pay gap compares people in different posts and is no test of equal pay for "
    "equal work; the part left unexplained holds everything the record does not, "
    "length of service and qualifications among it."
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
    "The service is told by occupation code or area of work, whoever the "
    "employer; staff whose code names no setting count as elsewhere."
)
SICKNESS_CALENDAR_DAYS = (
    "Rates use calendar days, so a part-week absence counts weekends that lie in it; "
    "absence is what was recorded, and short spells are recorded unevenly."
)
STANDARDS_AS_UNDERSTOOD = (
    "Follows the definitions of the race and disability equality standards as they are "
    "generally understood; check groups, periods and exclusions against the year's "
    "technical guidance before a statutory return."
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
ADVERTS_NOT_SHORTFALL = (
    "An advertised vacancy is not a shortfall: one advert can fill several posts, a "
    "post can be vacant without one, and nobody may come of it."
)
APPLICATIONS_EXPERIMENTAL = (
    "Experimental figures of one jobs service, some years old; areas whose figures "
    "contradict themselves are left out and named."
)
APPRENTICES = (
    "Apprentices of levy-paying employers of every kind, not only the NHS, and of "
    "every service; those who finish in a year are not those who began in it."
)
BETTER_RECOGNITION = (
    "A rise can mean that more is recognised and reported, and not that more happens."
)
CARE_HOURS = (
    "Hours on wards only, by trust and not by service; wards differ in what their "
    "patients need, so a difference is no verdict."
)
CPD_RETURNS = (
    "Only employers that gave a figure are counted; those that did not are counted as "
    "missing, never as spending nothing."
)
DISCRIMINATION_GROUNDS = (
    "Of those who reported any discrimination, not of all staff; a person can name "
    "several grounds."
)
DIVERSITY_NOT_HELD = (
    "Pregnancy and maternity, gender reassignment and socio-economic background are "
    "not in the staff record, so nothing can be said of them."
)
LONDON_ATYPICAL = (
    "London is unlike other regions: more specialist trusts and training places mean "
    "more registered staff beside each support worker."
)
NO_SUPPLEMENTS = "High-cost-area supplements are left out."
PARTS_ROUNDED = "Shares are rounded one by one, and may not add up to 100%."
PLAN_INDICATIVE = (
    "A plan's figures are indicative; whether they are people or full-time equivalents "
    "is not always said."
)
QUOTED = (
    "Quoted from other publications, not computed here; dates, places and methods "
    "differ from those of the figures beside them."
)
RECRUITMENT_SOURCES = (
    "Recruitment sources are what employers enter when somebody starts; many enter "
    "none, and a profession's first post is not always entered as newly qualified."
)
RECRUITMENT_GROUPS = (
    "Recruitment uses the staff record's own groups: support staff are in several of "
    "them, and none holds support staff only."
)
RURALITY = (
    "Rural and urban are told by the trust, not by where its staff work; a trust "
    "often serves both."
)
SURVEY_BASES = (
    "Answers of those who took part, unweighted; a cell with fewer than 11 answers is "
    "not published."
)
SURVEY_SUPPORT_GROUPS = (
    "Support staff are told by occupational group of the survey, which is not the "
    "staff group of the staff record; arts therapists, a registered profession, are "
    "counted among them, and left out in the second set of rows."
)
SURVEY_TRUST_TYPE = (
    "The survey tells services apart only by type of trust: staff of a service who "
    "work in other trusts count as elsewhere, and the other way round."
)
TAX_MODEL = (
    "Take-home pay is pay less income tax and National Insurance of one employee "
    "without other income; pension contributions, student loans and benefits are not "
    "in it."
)
TEMPORARY_CATEGORY = (
    "Booking systems have categories of their own: unqualified nursing and midwifery "
    "holds most clinical support and some posts above band 4, and leaves out support "
    "to other professions."
)
TEMPORARY_TRUSTS = (
    "Only the trusts whose bookings are in the file are covered; trusts that joined "
    "later are in the later months alone."
)
TITLES_READ = (
    "Roles are read from the words of job titles by published rules; a title that says "
    "little is counted as such, whatever the person does."
)
