"""Write the reference pages from the code, so that they cannot drift from it.

`python docs/generate.py` writes them; `--check` says which are stale. The pages are
committed, so that a reviewer sees the words change.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

from skillmix import schema
from skillmix.catalogue import Analysis, catalogue
from skillmix.errors import SkillmixError
from skillmix.schema.table import Table

ROOT = Path(__file__).resolve().parent
SPECS = ROOT.parent / "tests" / "spec"
NOTE = "<!-- Written by docs/generate.py from the code: do not edit. -->\n\n"


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every generated page with its text."""
    reference = ROOT / "reference"
    analyses = list(catalogue().values())
    yield reference / "analyses" / "index.md", NOTE + _index(analyses)
    for one in analyses:
        chapter, _, name = one.name.partition(".")
        yield reference / "analyses" / chapter / f"{name}.md", NOTE + _analysis(one)
    yield reference / "tables.md", NOTE + _tables()
    yield reference / "errors.md", NOTE + _errors()
    yield reference / "layouts.md", NOTE + _layouts()
    yield reference / "extracts.md", NOTE + _extracts()


def stale() -> list[str]:
    """Return the pages that are missing, outdated or of no analysis any more."""
    wanted = dict(pages())
    kept = set((ROOT / "reference" / "analyses").rglob("*.md"))
    wrong = [p for p, text in wanted.items() if _read(p) != text]
    return sorted(str(p.relative_to(ROOT)) for p in {*wrong, *(kept - set(wanted))})


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _index(analyses: list[Analysis]) -> str:
    lines = [
        "# Analyses\n",
        f"{len(analyses)} questions, one page each; the chapter is the folder.\n",
        "| Analysis | Question | Figure |",
        "|---|---|---|",
    ]
    for one in analyses:
        page = f"{one.name.replace('.', '/', 1)}.md"
        figure = one.figure if one.figure is not None else ""
        lines.append(f"| [{one.name}]({page}) | {one.question} | {figure} |")
    return "\n".join(lines) + "\n"


def _analysis(one: Analysis) -> str:
    parts = [f"# {one.title}\n", f"**{one.question}**\n", f"`{one.name}`\n"]
    if one.notes:
        parts.append(f"{one.notes}\n")
    parts.append(f"## Definition\n\n{one.definition}\n")
    parts.append(
        "## Measures\n\n| Measure | Unit | Out of | Interval |\n|---|---|---|---|"
    )
    for name, m in one.measures.items():
        by_rule = (m.estimator.__doc__ or "").strip().partition("\n")[0]
        told = m.method or by_rule
        parts.append(f"| {m.label} (`{name}`) | {m.unit} | {m.denominator} | {told} |")
    parts.append("\n## Inputs\n")
    parts += [
        f"- {', '.join(f'`{t.name}`' for t in w.inputs.values())}" for w in one.ways
    ]
    if one.caveats:
        parts.append("\n## Caveats\n")
        parts += [f"- {c}" for c in one.caveats]
    if one.reproduces:
        parts.append("\n## Printed findings it gives again\n")
        parts += [f"- `{f}`" for f in sorted(one.reproduces)]
    parts.append("\n" + _examples(one))
    return "\n".join(parts).rstrip() + "\n"


def _examples(one: Analysis) -> str:
    """Return the analysis's spec: the tests are the worked examples."""
    chapter, _, name = one.name.partition(".")
    text = _read(SPECS / chapter / f"{name}.md")
    _, found, cases = text.partition("\n## ")
    return (
        f"## Worked examples\n\n### {cases.replace(chr(10) + '## ', chr(10) + '### ')}"
        if found
        else ""
    )


def _declared() -> dict[str, type[Table]]:
    """Return every table by name, whether or not a question reads it yet."""
    for module in pkgutil.iter_modules(schema.__path__):
        importlib.import_module(f"{schema.__name__}.{module.name}")
    return {table.name: table for table in _every(Table)}


def _every(table: type[Table]) -> Iterator[type[Table]]:
    for sub in table.__subclasses__():
        yield sub
        yield from _every(sub)


def _tables() -> str:
    lines = [
        "# Data dictionary\n",
        "From the one declaration that validation, synthesis and tests use.\n",
    ]
    for name, table in sorted(_declared().items()):
        lines += [
            f"## {name}\n",
            f"{(table.__doc__ or '').strip()}\n",
            "| Column | Type | Unit | What it holds |",
            "|---|---|---|---|",
        ]
        for column in table.columns().values():
            told = column.description
            if column.vocabulary and len(column.vocabulary) <= 12:
                told += (
                    " One of " + ", ".join(f"`{v}`" for v in column.vocabulary) + "."
                )
            optional = " (may be empty)" if column.nullable else ""
            kind = column.python_type.__name__ + optional
            lines.append(f"| `{column.name}` | {kind} | {column.unit or ''} | {told} |")
        lines.append("")
    return "\n".join(lines)


def _errors() -> str:
    lines = [
        "# Errors\n",
        "What a command says when it cannot go on, and its exit code.\n",
        "| Error | Exit code | Meaning | What to do |",
        "|---|---|---|---|",
    ]
    for error in sorted(_faults(), key=lambda e: (e.exit_code, e.slug)):
        told = (error.__doc__ or "").strip().partition("\n")[0]
        lines.append(
            f"| `{error.slug}` | {error.exit_code} | {told} | {error.default_remedy} |"
        )
    return "\n".join(lines) + "\n"


def _faults() -> Iterator[type[SkillmixError]]:
    stack = [*SkillmixError.__subclasses__()]
    while stack:
        one = stack.pop()
        stack += one.__subclasses__()
        yield one


def _layouts() -> str:
    from skillmix.sources.inputs import layouts

    lines = [
        "# Layouts of published files\n",
        "Files are known by their columns, not by their names.\n",
        "| Reader | Layout | Feeds | Publisher | Suppressed | Zero | Certainty |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.reader} | {one.name} | `{one.table.name}` | {one.publisher} "
        f"| {one.suppressed} | {one.zero} | {one.certainty} |"
        for one in layouts()
    ]
    return "\n".join(lines) + "\n"


def _extracts() -> str:
    from skillmix.sources.esr_items import EVERY_ITEM
    from skillmix.sources.extracts import KINDS

    lines = [
        "# Columns of staff-record extracts\n",
        "What each kind of extract says, and the names of columns that are known "
        "without a [mapping file](../how-to/esr-extract.md#other-column-names); "
        "capitals, spaces and underscores make no difference. Items in bold are "
        "needed.\n",
    ]
    for kind in KINDS:
        lines += [
            f"## {kind.layout[0].upper()}{kind.layout[1:]}\n",
            "| Item | What it is | Columns |",
            "|---|---|---|",
        ]
        for item in kind.items:
            name = f"**`{item.name}`**" if item.needed else f"`{item.name}`"
            what = item.description.replace("|", "\\|")
            lines.append(f"| {name} | {what} | {', '.join(item.columns)} |")
        lines.append("")
    labelled = [item for item in EVERY_ITEM.values() if item.slugs]
    lines += ["## What labels may map to\n", "| Item | Values |", "|---|---|"]
    lines += [f"| `{i.name}` | {', '.join(i.slugs)} |" for i in labelled]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the pages, or say which are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        wrong = stale()
        for name in wrong:
            sys.stderr.write(f"stale: docs/{name}; run `make reference-pages`\n")
        return 1 if wrong else 0
    wanted = dict(pages())
    for path in (ROOT / "reference" / "analyses").rglob("*.md"):
        if path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
