"""Which months an edition can hold, told from its footer without reading a row."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

Span = tuple[dt.date, dt.date]


def holds_month(edition: Path, month: dt.date) -> bool:
    """Tell whether a Parquet edition can hold rows of a month; yes if it does not say.

    Args:
        edition: The file.
        month: First day of the month.
    """
    try:
        stat = edition.stat()
        span = _span(edition, stat.st_size, stat.st_mtime_ns)
    except (OSError, ValueError):
        # Gone, or cut short since: whoever reads its rows says so.
        return True
    return span is None or span[0] <= month <= span[1]


@lru_cache(maxsize=4096)
def _span(edition: Path, size: int, changed: int) -> Span | None:
    """Return the first and last month in a footer, if it tells.

    Size and time of change are what makes a file of the same name another one.
    """
    import pyarrow.parquet as pq

    footer = pq.read_metadata(edition)
    names = footer.schema.names
    if "month" not in names or footer.num_row_groups == 0:
        return None
    place = names.index("month")
    groups = [footer.row_group(n).column(place) for n in range(footer.num_row_groups)]
    told = [g.statistics for g in groups]
    if not all(s is not None and s.has_min_max for s in told):
        return None
    return min(s.min for s in told), max(s.max for s in told)
