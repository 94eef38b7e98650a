"""Staff earnings estimates of NHS England: mean monthly pay by payment type."""

from __future__ import annotations

from skillmix.schema.published import Earnings
from skillmix.sources.fields import fixed, formula, label, month, number, text, whole
from skillmix.sources.layout import Layout

_PAY = {
    "month": month("DATE", "%Y-%m-%d", "%d/%m/%Y"),
    "staff_group": label("STAFF_GROUP", "staff_groups"),
    "group_label": text("STAFF_GROUP"),
    "payment_type": label("PAYMENT_TYPE", "payment_types"),
    "amount": number("AMOUNT"),
    "sample_size": whole("SAMPLE_SIZE"),
}
_SUPPRESSED = "the row is absent where fewer than ten people were paid"
_ZERO = "printed as 0; corrections can make an amount negative"

LAYOUTS = (
    Layout(
        reader="earnings_by_staff_group",
        name="monthly earnings by staff group, from September 2009",
        table=Earnings,
        publisher="NHS England",
        header=(
            *("DATE", "STAFF_GROUP_ORDER", "STAFF_GROUP", "PAYMENT_TYPE"),
            *("AMOUNT", "SAMPLE_SIZE"),
        ),
        fields=_PAY | {"band": fixed("all_bands"), "grade_step": fixed("all")},
        suppressed=_SUPPRESSED,
        zero=_ZERO,
        certainty="excerpt",
        preference=2,
    ),
    Layout(
        reader="earnings_by_band",
        name="monthly earnings by Agenda for Change band, from October 2024",
        table=Earnings,
        publisher="NHS England",
        header=(
            *("DATE", "PAYMENT_TYPE", "STAFF_GROUP_ORDER", "STAFF_GROUP"),
            *("AFC_BAND", "GRADE_STEP", "AMOUNT", "SAMPLE_SIZE"),
        ),
        fields=_PAY
        | {
            "band": label("AFC_BAND", "bands"),
            # The total of banded staff is not the total of all staff.
            "grade_step": formula(
                "CASE WHEN \"AFC_BAND\" = 'All AfC bands' THEN 'all_afc_bands'"
                " WHEN {0} = 'All grade steps' THEN 'all' ELSE {0} END",
                "GRADE_STEP",
            ),
        },
        suppressed=_SUPPRESSED,
        zero=_ZERO,
        certainty="excerpt",
        preference=1,
    ),
)
