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

NOTHING = Markup("")
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

    def html(self, frame: Frame, *, version: str, before: Markup = NOTHING, beneath: Markup = NOTHING) -> str:
        """The whole page in a frame and its language, with something of the frame's own before and beneath it."""
        return page("site/sheet.html", frame=frame, version=version, before=before, beneath=beneath, **self._parts)

    def leaf(self, *, version: str) -> Leaf:
        """The page as one that can be framed like any other."""
        return Leaf(
            address=self.address,
            words=self.words,
            template="site/sheet.html",
            content={**self._parts, "version": version, "before": NOTHING, "beneath": NOTHING},
            in_the_row=self.in_the_row,
            below=self.below,
        )

    def text(self) -> str:
        """As JSON, from which `sheet_from` reads it back."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def _parts(self) -> dict[str, Markup]:
        return {part: Markup(getattr(self, part)) for part in PARTS}


def sheet_of(leaf: Leaf) -> Sheet:
    """Fill the parts of a page."""
    return Sheet(
        address=leaf.address,
        words=leaf.words,
        in_the_row=leaf.in_the_row,
        below=leaf.below,
        **{part: part_of_page(leaf.template, part, frame=IN_A_SITE, **leaf.content) for part in PARTS},
    )


def sheet_from(text: str) -> Sheet:
    """Read a page's parts back."""
    written = json.loads(text)
    return Sheet(**{**written, "below": tuple(map(tuple, written["below"]))})


def write_sheets(folder: Path, leaves: Sequence[Leaf], *, listed: str = "pages.json") -> None:
    """Write each page's parts below `folder`, and the list of these pages under the name `listed`."""
    rows = []
    for leaf in leaves:
        sheet = sheet_of(leaf)
        place = folder / f"{leaf.address}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(sheet.text(), encoding="utf-8")
        rows.append({"address": sheet.address, "words": sheet.words, "in_the_row": sheet.in_the_row})
    (folder / listed).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def read_sheet(folder: Path, address: str) -> Sheet | None:
    """The parts of the page at an address; None where the run has no such page."""
    place = folder / f"{address}.json"
    return sheet_from(place.read_text(encoding="utf-8")) if place.is_file() else None
