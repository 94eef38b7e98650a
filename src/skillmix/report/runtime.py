"""The chart runtime that pages carry inside them, so that no page needs a network."""

from __future__ import annotations

import contextlib
from base64 import b64encode
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import platformdirs

from skillmix.writing import write_whole

EXPORT = "window.vegaEmbed = vegaEmbed;"
FACES = (("Regular", 400), ("SemiBold", 600), ("Bold", 700))


@cache
def vega_script() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script, safe inside a page.

    Bundling takes over a second, so the result is kept in the user's cache; where
    that cannot be written the script is bundled again each time.
    """
    folder = Path(platformdirs.user_cache_dir("skillmix"))
    kept = folder / f"vega-{version('vl-convert-python')}.js"
    with contextlib.suppress(OSError):
        return kept.read_text(encoding="utf-8")
    import vl_convert

    script = vl_convert.javascript_bundle(EXPORT).replace("</script", "<\\/script")
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(kept, script.encode())
    return script


@cache
def font_faces() -> str:
    """Return the rules that carry the report's typeface inside a page."""
    folder = files("skillmix.figures").joinpath("fonts")
    rules: list[str] = []
    for face, weight in FACES:
        data = b64encode(folder.joinpath(f"Inter-{face}.otf").read_bytes()).decode()
        rules.append(
            f"@font-face{{font-family:Inter;font-weight:{weight};font-display:swap;"
            f"src:url(data:font/otf;base64,{data}) format('opentype')}}"
        )
    return "\n".join(rules)
