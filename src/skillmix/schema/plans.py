"""Additional posts that a workforce plan foresees."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from skillmix.schema.scope import SERVICES
from skillmix.schema.table import Table, column

PLANNED_GROUPS = (
    "support_staff",
    "nurses",
    "psychologists_and_therapists",
    "doctors",
    "allied_health_professionals",
    "peer_support_workers",
    "pharmacists",
    "social_workers",
    "other_qualified",
    "administration_and_management",
)


class PlannedPost(Table):
    """Posts a plan adds by a date, by programme and staff group.

    Figures add up over programmes and groups, not over dates: each date holds
    all posts added until then.
    """

    name: ClassVar[str] = "planned_post"
    key: ClassVar[tuple[str, ...]] = (
        *("plan", "service", "period_end", "programme", "planned_group"),
    )
    part: ClassVar[tuple[str, ...]] = ("plan",)

    plan: str = column("Name of the plan.")
    service: str = column(
        "Service the plan is for, as a scope names it.", vocabulary=tuple(SERVICES)
    )
    period_start: dt.date = column("First day of the month the plan starts from.")
    period_end: dt.date = column("First day of the month the posts should be there.")
    programme: str = column("Programme or care area, as the plan names it.")
    planned_group: str = column("Staff group of the plan.", vocabulary=PLANNED_GROUPS)
    other_therapists: bool = column(
        "Whether therapists not classed elsewhere are counted in it."
    )
    posts: int = column("Posts added since the start.", unit="posts")
