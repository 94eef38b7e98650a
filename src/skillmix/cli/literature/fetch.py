"""Search PubMed or Europe PMC over the network, only when asked to."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from skillmix.cli.literature.options import EXAMPLE, As, Format, Name, print_json
from skillmix.cli.progress import bar


class Service(StrEnum):
    """A service with a free interface."""

    pubmed = "pubmed"
    europe_pmc = "europe-pmc"


def fetch(
    service: Annotated[Service, typer.Argument(help="Whom to ask.")],
    out: Annotated[Path, typer.Option(help="Folder for the pages; taken up again.")],
    strategy: Name = EXAMPLE,
    query: Annotated[
        str, typer.Option(help="A search in the service's syntax instead.")
    ] = "",
    email: Annotated[str, typer.Option(help="Address NCBI may write to.")] = "",
    key: Annotated[
        str, typer.Option(envvar="NCBI_API_KEY", help="NCBI key, if you have one.")
    ] = "",
    base: Annotated[str, typer.Option(help="Another address of the service.")] = "",
    format: As = Format.table,  # noqa: A002
) -> None:
    """Run the strategy on a live service, and keep its records as exports."""
    from skillmix.literature.live import europe_pmc, pubmed
    from skillmix.literature.live.web import Web
    from skillmix.literature.platforms.render import render
    from skillmix.literature.strategy.strategy import find_strategy

    sent = query or render(find_strategy(strategy), service.value).whole
    with bar(f"Asking {service.value}") as progress:
        if service is Service.pubmed:
            pause = pubmed.PAUSE_WITH_KEY if key else pubmed.PAUSE
            web = Web(base=base or pubmed.BASE, pause=pause)
            found = pubmed.search_pubmed(
                sent, out, web, email=email, key=key, progress=progress
            )
        else:
            web = Web(base=base or europe_pmc.BASE, pause=europe_pmc.PAUSE)
            found = europe_pmc.search_europe_pmc(sent, out, web, progress=progress)
    if format is Format.json:
        print_json({"schema": "skillmix.literature.fetch/1", **found.as_dict()})
    else:
        console = Console(highlight=False, soft_wrap=True)
        said = "" if found.reconciled else f", though the service counts {found.told:,}"
        console.print(f"{found.records:,} records in {out}{said}.", markup=False)
        for warning in found.warnings:
            console.print(f"- {warning}", markup=False)
    if not found.reconciled:
        raise typer.Exit(code=1)
