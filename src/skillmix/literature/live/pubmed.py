"""PubMed through E-utilities: searched once, fetched in pages of MEDLINE text.

NCBI asks for three requests a second at most, ten with a key, and for the name of the
tool and an address to write to. Searches go by POST with the history server.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from skillmix.errors import UnreadableFileError
from skillmix.literature.live.fetched import Fetched, Shelf
from skillmix.literature.live.web import Web
from skillmix.literature.reading.exports import read_export
from skillmix.literature.tables import write_text

BASE = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
PAUSE, PAUSE_WITH_KEY = 0.34, 0.1
PAGE = 500
# The history server gives no record beyond the ten thousandth.
MOST = 9_999

Progress = Callable[[str, int, int], None]


def search_pubmed(
    query: str,
    folder: Path,
    web: Web,
    *,
    email: str = "",
    key: str = "",
    page: int = PAGE,
    progress: Progress = lambda *_: None,
) -> Fetched:
    """Search PubMed and keep the records as pages in a folder.

    Called again with the same search and folder, it goes on where it was.

    Args:
        query: The search in PubMed's own syntax.
        folder: Where to keep the pages.
        web: How to ask.
        email: Address NCBI may write to.
        key: NCBI key, for more requests a second.
        page: Records a page.
        progress: Told step, number done and number in all.

    Raises:
        UnreadableFileError: If the service refuses the search, or gives other than
            what was asked for.
    """
    shelf = Shelf(folder=folder, service="pubmed", query=query, ending="nbib")
    who = {"tool": "skillmix", **({"email": email} if email else {})}
    who |= {"api_key": key} if key else {}
    state: dict[str, Any] = shelf.state()
    if not state.get("finished"):
        # The history server forgets within hours, so the search is always sent anew.
        found = _search(web, query, who)
        if state and state["told"] != found["told"]:
            state = {}
        state = {**state, **found, "pages": state.get("pages", 0), "page": page}
        shelf.keep(_without_session(state))
        _fetch(web, shelf, state, who, progress)
    pages = tuple(shelf.pages(state["pages"]))
    return Fetched(
        service="pubmed",
        query=query,
        told=state["told"],
        records=sum(_count(p) for p in pages),
        pages=pages,
        warnings=tuple(state["warnings"]),
    )


def _search(web: Web, query: str, who: dict[str, str]) -> dict[str, Any]:
    sent = {"db": "pubmed", "term": query, "retmode": "json", "usehistory": "y"}
    raw = web.post("esearch.fcgi", {**sent, "retmax": "0", **who})
    try:
        answer: dict[str, Any] = json.loads(raw)
    except ValueError:
        raise _odd("It answered with other than JSON", web) from None
    result: dict[str, Any] = answer.get("esearchresult", {})
    fault = answer.get("error") or result.get("ERROR")
    if fault or "count" not in result:
        raise _odd(f"It refused the search: {str(fault or 'no count')[:200]}", web)
    return {
        "told": int(result["count"]),
        "webenv": str(result.get("webenv", "")),
        "query_key": str(result.get("querykey", "")),
        "warnings": _warnings(result),
    }


def _warnings(result: dict[str, Any]) -> list[str]:
    """Return what PubMed ignored or did not find, which changes what is found."""
    words = {
        "phrasesignored": "PubMed ignored: {}",
        "phrasesnotfound": "PubMed has no phrase: {}",
        "quotedphrasesnotfound": "PubMed has no quoted phrase: {}",
        "outputmessages": "PubMed says: {}",
        "fieldsnotfound": "PubMed has no field: {}",
    }
    lists = {**result.get("warninglist", {}), **result.get("errorlist", {})}
    told = [words[name].format(text) for name in words for text in lists.get(name, ())]
    if int(result["count"]) > MOST:
        told.append(
            f"PubMed gives the first {MOST:,} records only: part the search by year."
        )
    return told


def _fetch(
    web: Web,
    shelf: Shelf,
    state: dict[str, Any],
    who: dict[str, str],
    progress: Progress,
) -> None:
    wanted = min(state["told"], MOST)
    size = state["page"]
    total = -(-wanted // size)
    for number in range(state["pages"], total):
        progress(f"page {number + 1} of {total}", number, total)
        sent = {
            **{"db": "pubmed", "rettype": "medline", "retmode": "text"},
            **{"WebEnv": state["webenv"], "query_key": state["query_key"]},
            **{"retstart": str(number * size)},
            **{"retmax": str(min(size, wanted - number * size))},
        }
        text = web.post("efetch.fcgi", {**sent, **who}).decode("utf-8", "replace")
        if "PMID-" not in text:
            raise _odd("It gave a page without records", web)
        write_text(shelf.page(number), text)
        state["pages"] = number + 1
        shelf.keep(_without_session(state))
    state["finished"] = True
    shelf.keep(_without_session(state))
    progress("done", total, total)


def _without_session(state: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in state.items() if k not in ("webenv", "query_key")}


def _count(path: Path) -> int:
    return len(read_export(path.read_bytes(), file=path.name).records)


def _odd(what: str, web: Web) -> UnreadableFileError:
    return UnreadableFileError(
        f"PubMed could not be searched. {what}.",
        where=web.base,
        remedy="Check the search in PubMed's own window; pages fetched are kept.",
    )
