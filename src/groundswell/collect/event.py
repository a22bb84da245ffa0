"""What a live source hands on: a line to keep, where the stream stands, who asked for something to be gone.

server ──Source.connect──► Event, Event, …        Lost: the connection is gone, and another may be tried
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from groundswell.collect.wanted import Wanted
from groundswell.model.deletion import Deletion
from groundswell.read.reader import Reader


class Lost(Exception):
    """The connection is gone. What was received is safe; the next connection goes on from the cursor."""


class Refused(Exception):
    """The server says no, and would say it again: the reason is for the person at the keyboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that arrived."""

    line: str | None = None
    """The line to journal, without its end; None where there is nothing to keep."""
    cursor: int | None = None
    """Where the stream stands after this event."""
    time_us: int | None = None
    """When the server saw it, in microseconds since 1970; the lag is measured from it."""
    deletion: Deletion | None = None
    """What its author, or the platform, took back."""
    not_kept: str | None = None
    """Why nothing is kept of it, completing «of the events received, n were not kept: …»."""
    edit: bool = False
    """Whether it is another version of a post, of which the last that arrived counts."""
    remark: str | None = None
    """A sentence for the ledger, such as where the stream has a gap."""


class Source(Protocol):
    """A live platform at an address."""

    name: str
    """The platform: as typed after `groundswell collect`, and as it stands in the table of posts."""
    key: str
    """Names this stream in a study: one cursor belongs to one server that speaks one protocol."""
    address: str
    wanted: Wanted
    reader: Reader
    """Reads the journalled lines."""
    names_locally: bool
    """Whether deletions name posts by a number of this server's own."""
    grain: int
    """Cursors rounded down to whole multiples of it name no single event, and the server still goes back to them."""

    def connect(self, cursor: int | None) -> AsyncGenerator[Event, None]:
        """Connect once and yield what arrives, from the cursor on where the server can go back.

        Raises
        ------
        Lost
            The connection broke off; call again.
        Refused
            The server will not serve this request.
        """
        ...

    def cursor_of(self, record: Mapping[str, Any]) -> int | None:
        """The cursor of a journalled record, for a journal whose collector was killed."""
        ...

    def local_id_of(self, record: Mapping[str, Any]) -> tuple[str, str] | None:
        """(id on this server, id of the post) where deletions will name the former."""
        ...
