"""A page of a run before it is framed: where it lies, what it is called, and the parts a frame puts together.

Edition ──► Leaf, …      one file of this folder a page, or a kind of page
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from groundswell.publish.frame import Frame
from groundswell.publish.page import page


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One page of a run."""

    address: str
    """Below the run's folder, such as ``groups/B.html``. It stays the same as long as the run does."""
    words: str
    """What it is called in rows of links."""
    template: str
    content: Mapping[str, Any]
    in_the_row: bool = False
    """Whether it stands in the row of pages at the top of every page."""
    below: tuple[tuple[str, str], ...] = ()
    """The pages above it, outermost first: words and address."""

    @property
    def depth(self) -> int:
        """Folders between the run's folder and this page."""
        return self.address.count("/")

    def html(self, frame: Frame) -> str:
        """The whole page in a frame."""
        return page(self.template, frame=frame, **self.content)
