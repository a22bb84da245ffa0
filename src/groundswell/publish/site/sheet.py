"""A page as a run stores it: its parts, written once, framed whenever somebody looks.

Leaf ──► Sheet ──► JSON in the run's folder ──► framed by the web app       looking computes nothing
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from markupsafe import Markup

from groundswell.publish.frame import Frame
from groundswell.publish.page import page, part_of_page
from groundswell.publish.site.leaf import Leaf

IN_A_SITE = Frame(root="")
"""What a part needs to know of its frame: that the page will not stand alone."""

PARTS = ("title", "contents", "scope", "main", "foot")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The parts of a page, as HTML."""

    address: str
    words: str
    in_the_row: bool
    below: tuple[tuple[str, str], ...]
    title: str
    contents: str
    scope: str
    main: str
    foot: str

    def html(self, frame: Frame, *, version: str, beneath: Markup = Markup("")) -> str:  # noqa: B008 - it is constant
        """The whole page in a frame, with something of the frame's own beneath it."""
        parts = {part: Markup(getattr(self, part)) for part in PARTS}
        return page("site/sheet.html", frame=frame, version=version, beneath=beneath, **parts)


def sheet_of(leaf: Leaf) -> Sheet:
    """Fill the parts of a page."""
    return Sheet(
        address=leaf.address,
        words=leaf.words,
        in_the_row=leaf.in_the_row,
        below=leaf.below,
        **{part: part_of_page(leaf.template, part, frame=IN_A_SITE, **leaf.content) for part in PARTS},
    )


def write_sheets(folder: Path, leaves: Sequence[Leaf]) -> None:
    """Write each page's parts below `folder`, and the list of all pages."""
    listed = []
    for leaf in leaves:
        sheet = asdict(sheet_of(leaf))
        place = folder / f"{leaf.address}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(sheet, ensure_ascii=False), encoding="utf-8")
        listed.append({part: sheet[part] for part in ("address", "words", "in_the_row")})
    (folder / "pages.json").write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")


def read_sheet(folder: Path, address: str) -> Sheet | None:
    """The parts of the page at an address; None where the run has no such page."""
    place = folder / f"{address}.json"
    if not place.is_file():
        return None
    written = json.loads(place.read_text(encoding="utf-8"))
    return Sheet(**{**written, "below": tuple(map(tuple, written["below"]))})
