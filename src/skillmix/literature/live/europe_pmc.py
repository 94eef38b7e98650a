"""Europe PMC's search service: pages of JSON, followed by their cursor marks.

Errors come as an ordinary answer that has an error code and no results, so every
answer is looked at before it is believed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from skillmix.errors import UnreadableFileError
from skillmix.literature.live.fetched import Fetched, Shelf
from skillmix.literature.live.web import Web
from skillmix.literature.tables import write_text

BASE = "https://www.ebi.ac.uk/europepmc/webservices/rest"
PAUSE = 0.5
PAGE = 500
START = "*"

Progress = Callable[[str, int, int], None]


def search_europe_pmc(
    query: str,
    folder: Path,
    web: Web,
    *,
    page: int = PAGE,
    progress: Progress = lambda *_: None,
) -> Fetched:
    """Search Europe PMC and keep the records as pages in a folder.

    Called again with the same search and folder, it goes on where it was. Synonyms
    are turned off: the strategy says what is searched.

    Raises:
        UnreadableFileError: If the service refuses the search, or gives other than
            what was asked for.
    """
    shelf = Shelf(folder=folder, service="europe-pmc", query=query, ending="json")
    state = shelf.state() or {"cursor": START, "pages": 0, "records": 0, "told": 0}
    while not state.get("finished"):
        number = state["pages"]
        progress(f"page {number + 1}", state["records"], max(state["told"], 1))
        answer, results = _ask(web, query, state["cursor"], page)
        following = str(answer.get("nextCursorMark") or state["cursor"])
        state["told"] = int(answer["hitCount"])
        if results:
            text = json.dumps(answer, ensure_ascii=False, indent=1)
            write_text(shelf.page(number), text + "\n")
            state["pages"] = number + 1
            state["records"] += len(results)
        # The last page gives the cursor it was asked with.
        state["finished"] = not results or following == state["cursor"]
        state["cursor"] = following
        shelf.keep(state)
    progress("done", 1, 1)
    short = state["records"] != state["told"]
    return Fetched(
        service="europe-pmc",
        query=query,
        told=state["told"],
        records=state["records"],
        pages=tuple(shelf.pages(state["pages"])),
        warnings=("The service gave other than it counted.",) if short else (),
    )


def _ask(
    web: Web, query: str, cursor: str, page: int
) -> tuple[dict[str, Any], list[Any]]:
    sent = {
        **{"query": query, "format": "json", "resultType": "core"},
        **{"cursorMark": cursor, "pageSize": str(page), "synonym": "FALSE"},
    }
    raw = web.post("searchPOST", sent)
    try:
        answer: dict[str, Any] = json.loads(raw)
    except ValueError:
        raise _odd("It answered with other than JSON", web) from None
    if "errCode" in answer or "resultList" not in answer or "hitCount" not in answer:
        said = str(answer.get("errMsg", "no results in the answer"))[:200]
        raise _odd(f"It refused the search: {said}", web)
    return answer, list(answer["resultList"].get("result", []))


def _odd(what: str, web: Web) -> UnreadableFileError:
    return UnreadableFileError(
        f"Europe PMC could not be searched. {what}.",
        where=web.base,
        remedy="Check the search in Europe PMC's own window; pages fetched are kept.",
    )
