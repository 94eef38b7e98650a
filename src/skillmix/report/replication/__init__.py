"""The numbers the report of 2021 printed, each beside what the inputs give today."""

from __future__ import annotations

from skillmix.report.replication.replicate import Replica, replicate

__all__ = ["Replica", "replicate"]
