"""The renderer and the letters it draws with; quick to import, for a process apart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

VERSION = "6.4"


def svg_of(specification: Mapping[str, Any]) -> str:
    """Return a specification drawn as SVG."""
    import vl_convert

    _register_fonts()
    return vl_convert.vegalite_to_svg(dict(specification), vl_version=VERSION)


@cache
def _register_fonts() -> None:
    """Let the renderer measure and draw the letters the package ships."""
    import vl_convert

    with as_file(files("skillmix.figures").joinpath("fonts")) as folder:
        vl_convert.register_font_directory(str(folder))
