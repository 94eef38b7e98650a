"""`skillmix serve`: the figures of the inputs in a web browser."""

from __future__ import annotations

import socket
from typing import Annotated

import typer
from rich.console import Console

from skillmix.cli import options
from skillmix.errors import OutputError


def serve(
    inputs: options.Inputs,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="SKILLMIX_TOKEN",
            help="What readers must show; made if other machines can reach the host.",
        ),
    ] = None,
    scope: options.ScopeFile = None,
    month: options.Month = None,
    service: options.Service = None,
    workforce: options.Workforce = None,
    region: options.Region = None,
    icb: options.Board = None,
    employer: options.Employer = None,
    store: options.Store = None,
    mapping: options.Mapping = None,
    afresh: options.Afresh = False,
) -> None:
    """Explore the figures of the inputs in a web browser."""
    import uvicorn

    from skillmix.app.application import create_app
    from skillmix.app.library import Library
    from skillmix.app.settings import Settings, is_loopback, new_token
    from skillmix.cli.places import refuse_absent

    asked = options.scope_of(
        scope,
        inputs,
        month=month,
        service=service,
        workforce=workforce,
        region=region,
        icb=icb,
        employer=employer,
    )
    shown = token or ("" if is_loopback(host) else new_token())
    settings = Settings(host=host, port=port, token=shown)
    _refuse_taken(host, port)
    found = options.read(inputs, store=store, mapping=mapping)
    refuse_absent(asked, found)
    library = Library(
        found,
        scope=asked,
        limits=settings.limits,
        memory=options.memory_of(store, afresh=afresh),
    )
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(f"skillmix is at http://{host}:{port}/ (Ctrl+C stops it)")
    if shown:
        console.print(f"Readers are asked for this token: {shown}", markup=False)
    uvicorn.run(
        create_app(library, settings),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=400,
        timeout_keep_alive=10,
    )


def _refuse_taken(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before files are read for it.

    Raises:
        OutputError: If another program listens there, or the host is not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as fault:
        raise OutputError(
            f"Nothing can be served at {host}:{port}: {fault.strerror or fault}.",
            where="port",
            remedy="Stop the program that listens there, or choose another --port.",
        ) from None
