"""How pay has grown, beside prices and the lowest pay point."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together, united
from skillmix.measures.yearly_pay import yearly_earnings
from skillmix.schema.comparators import PriceIndex
from skillmix.schema.published import Earnings
from skillmix.schema.registers import PayRange
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import ALL_SETTINGS, MEAN_EARNINGS
from skillmix.words.fractions import moved
from skillmix.words.numbers import month

SUPPORT = "support_to_doctors_nurses_midwives"
PRICES, LOWEST = "prices", "lowest_pay_point"
KEYS = ("pay_group", "from_month", "to_month")


def narrate(published: Published) -> str:
    """Set growth of support pay beside prices, nurses and consultants."""
    support, nurses, prices, lowest = (
        moved(row.estimate if row else None)
        for name in (SUPPORT, "nurses", PRICES, LOWEST)
        for row in (published.one(measure="change", pay_group=name),)
    )
    row = published.one(measure="change", pay_group=SUPPORT)
    span = f"From {month(row['from_month'])} to {month(row['to_month'])}" if row else ""
    return (
        f"{span or 'Over the years compared'}, mean pay of support staff to doctors, "
        f"nurses and midwives {support}, and that of nurses {nurses}; prices {prices} "
        f"and the lowest pay point {lowest}."
    )


def _printed(value: float, group: str, measure: str) -> Printed:
    within = 0.5 if measure == "rise" else 0.005
    row = {"pay_group": group, "measure": measure}
    return Printed(value=value, within=within, row=row)


def _row(group: str, measure: str) -> dict[str, str]:
    return {"pay_group": group, "measure": measure}


@analysis(
    title="Growth of pay",
    keys=KEYS,
    measures={
        "change": Measure(
            label="Change over the years compared",
            unit="change",
            denominator="the same group's value in the first year",
            estimator=estimators.plain_change,
            decimals=0,
        ),
        "rise": Measure(
            label="Rise in pounds a year",
            unit="gbp",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(kind="bar", x="pay_group", measure="change"),
    narrate=narrate,
    definition=(
        "Mean earnings per FTE of the year to the as-at month, over those of the first "
        "year published that ends in the same month. Prices are the consumer price "
        "index in the two months; the lowest pay point is that of band 2 in force in "
        "them. Nothing is adjusted for who is employed."
    ),
    reproduces={
        "support-mean-pay-growth-2011-2020": _printed(0.13, SUPPORT, "change"),
        "nurse-mean-pay-growth-2011-2020": _printed(0.10, "nurses", "change"),
        "consultant-mean-pay-growth-2011-2020": _printed(0.05, "consultants", "change"),
        "support-mean-pay-abs-increase-2011-2020": _printed(2_666, SUPPORT, "rise"),
        "nurse-mean-pay-abs-increase-2011-2020": _printed(3_553, "nurses", "rise"),
        "consultant-mean-pay-abs-increase-2011-2020": _printed(
            6_293, "consultants", "rise"
        ),
        "support-min-salary-growth-2011-2020": _printed(0.31, LOWEST, "change"),
        "pay-growth-window-years": Printed(
            value=9, within=0.5, row=_row(SUPPORT, "change"), take="years"
        ),
    },
    shows={
        "dir-support-pay-vs-inflation": Claim(
            relation="similar",
            picks=(_row(SUPPORT, "change"), _row(PRICES, "change")),
            within=0.05,
        ),
        "dir-support-pay-growth-pct-highest": Claim(
            relation="greater",
            picks=(
                _row(SUPPORT, "change"),
                _row("nurses", "change"),
                _row("consultants", "change"),
            ),
        ),
        "dir-support-pay-growth-abs-lowest": Claim(
            relation="greater",
            picks=(
                _row("consultants", "rise"),
                _row("nurses", "rise"),
                _row(SUPPORT, "rise"),
            ),
        ),
    },
    caveats=(MEAN_EARNINGS, ALL_SETTINGS),
    capabilities=("PAY-02", "PAY-03"),
)
def growth(
    earnings: Earnings, prices: PriceIndex, ranges: PayRange, scope: Scope
) -> ir.Table:
    """How has pay grown beside prices, in per cent and in pounds?"""
    years = yearly_earnings(earnings, scope)
    ends = years.agg(from_month=years.month.min(), to_month=years.month.max())
    paid = _pair(years.select("month", "amount", "pay_group"), ends)
    cpi = prices.filter(prices.price_index == "cpi").select(
        "month",
        amount=prices.level.cast("float64"),
        pay_group=ibis.literal(PRICES),
    )
    band = ranges.filter(ranges.band == "2")
    every = united(paid, _pair(cpi, ends), _in_force(band, ends))
    rises = every.filter(every.pay_group != PRICES)
    return together(
        cells(
            every,
            keys=KEYS,
            measure="change",
            numerator=every.last,
            denominator=every.first,
        ),
        cells(rises, keys=KEYS, measure="rise", numerator=rises.last - rises.first),
    )


def _pair(series: ir.Table, ends: ir.Table) -> ir.Table:
    """Give each group its value in the first and in the last month."""
    first = series.inner_join(ends, series.month == ends.from_month)
    last = series.select(group="pay_group", last="amount", at="month")
    both = first.inner_join(
        last, [first.pay_group == last.group, first.to_month == last["at"]]
    )
    return both.select(*KEYS, first=both.amount, last=both["last"])


def _in_force(band: ir.Table, ends: ir.Table) -> ir.Table:
    """Give the lowest pay point in force in the first and in the last month."""
    dated = band.select(since="from_month", minimum="minimum").cross_join(ends)
    old = dated.filter(dated.since <= dated.from_month)
    new = dated.filter(dated.since <= dated.to_month)
    first = old.filter(old.since == old.since.max()).select(
        "from_month", "to_month", first=lambda t: t.minimum.cast("float64")
    )
    last = new.filter(new.since == new.since.max()).select(
        last=lambda t: t.minimum.cast("float64")
    )
    return (
        first.cross_join(last)
        .select(
            "from_month",
            "to_month",
            pay_group=ibis.literal(LOWEST),
            first=lambda t: t["first"],
            last=lambda t: t["last"],
        )
        .select(*KEYS, "first", "last")
    )
