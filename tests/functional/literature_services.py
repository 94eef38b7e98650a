"""The services of PubMed and Europe PMC on loopback, with their habits and errors."""

from __future__ import annotations

import json
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def medline(number: int) -> str:
    return (
        f"PMID- {30000000 + number}\nOWN - NLM\nDP  - 2019\n"
        f"TI  - Support workers in mental health, study {number}\n"
        "AB  - On retention.\nFAU - Ashdown, Priya\nPT  - Journal Article\n\n"
    )


def result(number: int) -> dict[str, object]:
    return {
        "id": str(30000000 + number),
        "source": "MED",
        "title": f"Support workers in mental health, study {number}",
        "abstractText": "On retention.",
        "pubYear": "2019",
        "authorList": {"author": [{"lastName": "Ashdown", "firstName": "Priya"}]},
        "journalInfo": {"volume": "1", "journal": {"title": "Made-up Journal"}},
    }


@dataclass
class Service:
    """What the service holds, and how it misbehaves.

    `failures` are status codes given to the next requests, before any answer.
    """

    records: int = 25
    lost: int = 0
    failures: list[int] = field(default_factory=list)
    warnings: dict[str, list[str]] = field(default_factory=dict)
    refusal: str = ""
    garbage: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    base: str = ""

    def answer(self, path: str, sent: dict[str, str]) -> tuple[int, str]:
        self.asked.append((path, sent))
        if self.failures:
            return self.failures.pop(0), "busy"
        if self.garbage:
            return 200, "<html>Sorry</html>"
        known = {
            "/esearch.fcgi": self.esearch,
            "/efetch.fcgi": self.efetch,
            "/searchPOST": self.search_post,
        }
        return known[path](sent) if path in known else (404, "no such page")

    def esearch(self, sent: dict[str, str]) -> tuple[int, str]:
        if self.refusal:
            return 200, json.dumps({"esearchresult": {"ERROR": self.refusal}})
        told = {
            "count": str(self.records),
            "retmax": sent["retmax"],
            "querykey": "1",
            "webenv": "MCID_1",
            "idlist": [],
            "warninglist": self.warnings,
        }
        return 200, json.dumps({"header": {}, "esearchresult": told})

    def efetch(self, sent: dict[str, str]) -> tuple[int, str]:
        if sent.get("WebEnv") != "MCID_1":
            return 400, "Unable to obtain query"
        start = int(sent["retstart"])
        end = min(start + int(sent["retmax"]), self.records - self.lost)
        return 200, "\n" + "".join(map(medline, range(start, end)))

    def search_post(self, sent: dict[str, str]) -> tuple[int, str]:
        # Errors are ordinary answers here.
        if self.refusal:
            return 200, json.dumps({"errCode": 404, "errMsg": self.refusal})
        start = 0 if sent["cursorMark"] == "*" else int(sent["cursorMark"])
        end = min(start + int(sent["pageSize"]), self.records - self.lost)
        found = [result(n) for n in range(start, end)]
        following = str(end) if found else sent["cursorMark"]
        told = {
            "version": "6.9",
            "hitCount": self.records,
            "nextCursorMark": following,
            "resultList": {"result": found},
        }
        return 200, json.dumps(told)


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    """Serve on a free port of loopback until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = self.rfile.read(length).decode()
            sent = dict(urllib.parse.parse_qsl(form, keep_blank_values=True))
            code, text = service.answer(self.path, sent)
            body = text.encode("utf-8")
            self.send_response(code)
            if code == 429:
                self.send_header("Retry-After", "7")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # How often it looks whether it is to stop, in seconds.
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    service.base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
