"""What extracts of leavers and of absence say, and the columns that say it."""

from __future__ import annotations

from collections.abc import Mapping

from skillmix.schema.codelists import codelist
from skillmix.sources.esr_items import ITEMS, Item

NOT_KNOWN = "99"


def _codes(name: str) -> tuple[str, ...]:
    return (*(row["code"] for row in codelist(name)), NOT_KNOWN)


_BY_NAME = {item.name: item for item in ITEMS}
LEAVER_ITEMS = (
    *(_BY_NAME[n] for n in ("person", "employer", "occupation_code")),
    *(_BY_NAME[n] for n in ("area_of_work", "band")),
    Item(
        name="left_on",
        description="last day in post",
        columns=(
            *("Termination_Date", "Actual_Termination_Date", "Leaving_Date"),
            *("Date_Of_Leaving", "Employment_End_Date", "Last_Working_Day"),
        ),
        needed=True,
    ),
    Item(
        name="leaving_reason",
        description="reason for leaving, code or label",
        columns=("Reason_For_Leaving", "Leaving_Reason", "Termination_Reason"),
        needed=True,
        labels="esr_leaving_reasons",
        slugs=_codes("leaving_reasons"),
    ),
)
JOINER_ITEMS = (
    *(_BY_NAME[n] for n in ("person", "employer")),
    Item(
        name="joined_on",
        description="first day in post at the employer",
        columns=(
            *("Organisation_Start_Date", "Org_Start_Date", "Latest_Start_Date"),
            *("Organisation_Joining_Date", "Hire_Date", "Date_Of_Joining"),
        ),
        needed=True,
    ),
    Item(
        name="recruitment_source",
        description="recruitment source, code or label",
        columns=("Recruitment_Source", "Source_Of_Recruitment", "Joining_Source"),
        needed=True,
        labels="esr_recruitment_sources",
        slugs=_codes("recruitment_sources"),
    ),
)
BONUS_ITEMS = (
    *(_BY_NAME[n] for n in ("person", "employer")),
    Item(
        name="paid_in",
        description="month, or day, on which the bonus was paid",
        columns=("Payment_Date", "Paid_Date", "Pay_Date", "Date_Paid"),
        needed=True,
    ),
    Item(
        name="bonus",
        description="bonus pay in pounds: performance, incentive and excellence awards",
        columns=("Bonus", "Bonus_Pay", "Bonus_Amount", "Award_Amount"),
        needed=True,
    ),
)
_POST = Item(
    name="post",
    description="assignment number, as in the staff record; only its hash is kept",
    columns=_BY_NAME["post"].columns,
    needed=True,
)
_REASON = Item(
    name="absence_reason",
    description="sickness reason, S-code with or without its label",
    columns=("Absence_Reason", "Sickness_Reason", "Reason_Code"),
    needed=True,
)
ABSENCE_ITEMS = (
    *(_POST, _BY_NAME["employer"], _REASON),
    _BY_NAME["month"],
    Item(
        name="days_lost",
        description="FTE days lost in the month",
        columns=("Fte_Days_Lost", "Fte_Days_Absent", "Wte_Days_Lost"),
        needed=True,
    ),
)
SPELL_ITEMS = (
    *(_POST, _BY_NAME["employer"], _REASON),
    _BY_NAME["fte"],
    Item(
        name="absent_from",
        description="first day of the absence",
        columns=("Absence_Start_Date", "Sickness_Start_Date", "Absence_From"),
        needed=True,
    ),
    Item(
        name="absent_to",
        description="last day of the absence; empty while it goes on",
        columns=("Absence_End_Date", "Sickness_End_Date", "Absence_To"),
        needed=True,
    ),
)

EVERY_ITEM: Mapping[str, Item] = {
    item.name: item
    for item in (
        *(*SPELL_ITEMS, *ABSENCE_ITEMS, *BONUS_ITEMS, *JOINER_ITEMS),
        *(*LEAVER_ITEMS, *ITEMS),
    )
}
