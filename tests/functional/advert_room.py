"""Adverts to send to the room of the app, and ways to drive it."""

from __future__ import annotations

import csv
import io

from starlette.testclient import TestClient

ADDRESS = "http://127.0.0.1:8765"
POST = """Title: {title}
Employer: Wendale Mental Health NHS Trust
Salary: £18,005 to £19,337 a year
Reference: {reference}

A support worker is wanted on our acute mental health ward.
{body}
For an informal talk ring Ann Onymous on 01632 960123 or ann@wendale.example.
"""
BODIES = (
    "You must be flexible and able to work shifts and weekends.",
    "Flexible working and job shares are welcome. You must have a driving licence.",
    "You need a full NVQ level 2 in social care and some experience.",
)


def adverts(count: int = 3, **more: str) -> list[tuple[str, tuple[str, bytes]]]:
    return [
        (
            "files",
            (
                f"post-{number}.txt",
                POST.format(
                    **{
                        "title": "Healthcare Assistant",
                        "reference": f"REF-{number}",
                        "body": BODIES[number],
                        **more,
                    }
                ).encode(),
            ),
        )
        for number in range(count)
    ]


def begin(client: TestClient, files=None) -> str:
    told = client.post("/adverts", files=files or adverts())
    assert told.status_code == 200, told.text
    return told.url.path


def code(client: TestClient, path: str, coder: str, number: int = 1, **sent: str):
    data = {"coder": coder, "number": str(number), "act": "confirm", **sent}
    return client.post(f"{path}/review", data=data)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
