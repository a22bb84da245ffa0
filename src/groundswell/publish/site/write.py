"""A site in a folder that any host can serve: permalinks for each run, its tables, and no script that must run.

    DIR/index.html                  the runs, newest first, and what was corrected
    DIR/runs/ba5eba1/index.html     a run; groups/B.html, accounts/acct-7f3a.html and the other pages below it
    DIR/runs/ba5eba1/data/…         its tables, each with a sidecar that says what it is part of

An older run stays where it was: somebody may have linked to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from groundswell.publish.frame import Frame, Neighbour
from groundswell.publish.language import ENGLISH, direction
from groundswell.publish.page import stylesheet
from groundswell.publish.site.leaf import Leaf
from groundswell.publish.site.sheet import sheet_of

MARK = "groundswell-site.json"
"""The list of a site's runs; by it a folder is known as ours."""


def write_run(folder: Path, leaves: Sequence[Leaf], *, root: str = "", language: str = ENGLISH) -> None:
    """Write a run's pages below `folder`, framed by their row of links; `root` is the way up to the site's root."""
    row = [(leaf.words, leaf.address) for leaf in leaves if leaf.in_the_row]
    if root:
        row.append(("Corrections", f"{root}corrections.html"))
    for leaf in leaves:
        place = folder / leaf.address
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(_html(leaf, _frame(leaf, row, root, language)).encode())


def _html(leaf: Leaf, frame: Frame) -> str:
    if frame.language == ENGLISH:
        return leaf.html(frame)
    return sheet_of(leaf).html(frame, version=leaf.content["version"])


def _frame(leaf: Leaf, row: Iterable[tuple[str, str]], root: str, language: str) -> Frame:
    home = {address for _, address in leaf.below} | {leaf.address}
    return Frame(
        root="../" * leaf.depth + root,
        run="../" * leaf.depth,
        neighbours=tuple(Neighbour(words=words, address=address, here=address in home) for words, address in row),
        above=tuple(Neighbour(words=words, address=address) for words, address in leaf.below),
        language=language,
        direction=direction(language),
    )


def sidecar(file: Path, about: Mapping[str, Any]) -> None:
    """Write what a file is part of beside it, as ``FILE.about.json``."""
    text = json.dumps(about, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    file.with_name(f"{file.name}.about.json").write_bytes(text.encode())


def write_root(
    folder: Path,
    runs: Sequence[Mapping[str, Any]],
    corrections: Sequence[Mapping[str, Any]],
    version: str,
    *,
    language: str = ENGLISH,
) -> None:
    """Write the first page of a site, its corrections, its stylesheet and its list of runs; newest run first.

    Parameters
    ----------
    corrections
        As `site_corrections` gives them, in the order they were entered.
    """
    (folder / "groundswell.css").write_bytes(stylesheet().encode())
    (folder / MARK).write_bytes(
        (
            json.dumps(
                {"made_by": f"groundswell {version}", "runs": list(runs), "corrections": list(corrections)}, indent=2
            )
            + "\n"
        ).encode()
    )
    frame = Frame(root="", language=language, direction=direction(language))
    pages: dict[str, dict[str, Any]] = {
        "index": {"runs": runs, "n_corrections": len(corrections)},
        "corrections": {"corrections": corrections},
    }
    for name, content in pages.items():
        address, template = f"{name}.html", f"site/{name}.html"
        leaf = Leaf(address=address, words=name, template=template, content={**content, "version": version})
        (folder / address).write_bytes(_html(leaf, frame).encode())


def runs_of(folder: Path) -> list[dict[str, Any]]:
    """The runs that a site lists, newest first; none where there is no site yet."""
    return _marked(folder, "runs")


def corrections_of(folder: Path) -> list[dict[str, Any]]:
    """What a site says was disputed and corrected, in the order it was entered; none where there is no site yet."""
    return _marked(folder, "corrections")


def _marked(folder: Path, part: str) -> list[dict[str, Any]]:
    mark = folder / MARK
    return list(json.loads(mark.read_text(encoding="utf-8")).get(part, ())) if mark.is_file() else []
