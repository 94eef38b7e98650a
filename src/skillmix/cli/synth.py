"""`skillmix synth`: an invented NHS to practise on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skillmix.cli.progress import bar


def synth(
    out: Annotated[Path, typer.Argument(help="Folder to make.")],
    scale: Annotated[float, typer.Option(help="1 is the whole NHS.")] = 0.05,
    seed: Annotated[int, typer.Option(help="Another seed, another NHS.")] = 2020,
) -> None:
    """Make a synthetic NHS: staff record, published files and its known truth."""
    from skillmix.synth.nhs import synthesise

    with bar("Making an NHS") as progress:
        synthesise(out, scale=scale, seed=seed, progress=progress)
    print(out)
