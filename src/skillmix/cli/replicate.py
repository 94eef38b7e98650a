"""`skillmix replicate`: the report's printed numbers beside those computed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from skillmix.cli import options
from skillmix.cli.progress import bar
from skillmix.errors import InputNotFoundError
from skillmix.schema.scope import Scope, parse_month

if TYPE_CHECKING:
    from skillmix.report.replication import Replica

AS_AT = "2020-06"


def replicate(
    inputs: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; or use --demo.")
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Use a synthetic NHS, made if need be.")
    ] = False,
    made: Annotated[
        Path, typer.Option("--inputs", help="Where the synthetic NHS of --demo lies.")
    ] = Path("build/demo/synthetic-nhs"),
    scale: Annotated[float, typer.Option(help="Size of an NHS to be made.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Seed of an NHS to be made.")] = 2020,
    format: Annotated[  # noqa: A002
        options.ListFormat, typer.Option()
    ] = options.ListFormat.table,
    store: options.Store = None,
    mapping: options.Mapping = None,
    disclosure: options.Level = options.Disclosure.protected,
    engine: options.Engine = options.EngineName.duckdb,
    afresh: options.Afresh = False,
) -> None:
    """Set the published report's printed numbers beside those computed."""
    from skillmix.pipeline import open_session
    from skillmix.report.replication import replicate as held_to

    paths, scope, note = _demo(made, scale, seed) if demo else ([], Scope(), "")
    paths = [*paths, *(inputs or [])]
    if not paths:
        raise InputNotFoundError(
            "No inputs were named.",
            remedy="Name files or folders, or use --demo for a synthetic NHS.",
        )
    found = options.read(paths, store=store, mapping=mapping)
    memory = options.memory_of(store, afresh=afresh)
    running = options.engine_of(engine)
    with (
        open_session(found, scope, running, memory=memory) as session,
        bar("Answering questions") as progress,
    ):
        replicas = held_to(
            session,
            internal=disclosure is options.Disclosure.internal,
            note=note,
            progress=progress,
        )
    if format is options.ListFormat.json:
        shown = [replica.as_dict() for replica in replicas]
        print(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        _print(replicas, Console())


def _demo(made: Path, scale: float, seed: int) -> tuple[list[Path], Scope, str]:
    """Return a synthetic NHS, made if it is not there, and what sets it apart."""
    truth = made / "truth.json"
    if not truth.exists():
        from skillmix.synth.nhs import synthesise

        with bar("Making an NHS") as progress:
            synthesise(made, scale=scale, seed=seed, progress=progress)
    size = json.loads(truth.read_text(encoding="utf-8")).get("scale", 1.0)
    note = ""
    if size != 1.0:
        note = f"The synthetic NHS was made at {size:g} times the size of the real one."
    return [made], Scope(month=parse_month(AS_AT)), note


def _print(replicas: Sequence[Replica], console: Console) -> None:
    for kind, title in (("number", "Printed numbers"), ("claim", "Claims")):
        chosen = [r for r in replicas if r.kind == kind]
        count = Counter(r.status for r in chosen)
        told = ", ".join(f"{n} {status}" for status, n in sorted(count.items()))
        console.print(f"[bold]{title}[/bold]: {len(chosen)}; {told}.")
        table = Table(show_edge=False, pad_edge=False)
        for name in ("Id", "Printed", "Computed", "Status", "Reason"):
            table.add_column(name, overflow="fold")
        for r in chosen:
            table.add_row(r.id, r.printed, _computed(r), r.status, r.reason)
        console.print(table)


def _computed(replica: Replica) -> str:
    value = replica.computed
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
