"""What stands around a page: how its style comes, which pages are its neighbours, and who may run scripts on it.

ALONE                       one file with its style inside, no script, no neighbours: the report that is mailed
Frame(root="../", …)        a page of a site: one stylesheet for all, a row of neighbours at the top
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A page that can be gone to from every page."""

    words: str
    address: str
    """Below the folder of the run, or from the root of the host where it starts with a slash."""
    here: bool = False
    """Whether the reader is on it, or on a page below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around a page."""

    root: str | None = None
    """Way from the page to the root of its site, such as ``"../../"``; None for a page that stands alone."""
    run: str = ""
    """Way from the page to the folder of its run; the addresses of neighbours start there."""
    neighbours: tuple[Neighbour, ...] = ()
    above: tuple[Neighbour, ...] = ()
    """The way down to this page, outermost first."""
    language: str = "en"
    direction: str = "ltr"
    script: str | None = None
    """Address of the one script of the pages; None where no script may run. Every page works without it."""
    languages: tuple[tuple[str, str], ...] = ()
    """Languages that the reader may choose: code and what it calls itself; none where nothing can be chosen."""
    here: str = "/"
    """Address to come back to after a choice."""
    nonce: str = ""
    """What the Content-Security-Policy of this answer lets the script run by."""

    @property
    def alone(self) -> bool:
        """Whether the page has to bring everything with it."""
        return self.root is None

    def way(self, address: str) -> str:
        """An address of the site, as this page writes it."""
        return address if address.startswith("/") else f"{self.root or ''}{address}"

    def run_way(self, address: str) -> str:
        """An address of the run, as this page writes it."""
        return address if address.startswith("/") else f"{self.run}{address}"


ALONE = Frame()
