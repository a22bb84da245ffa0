"""The value that describes a file format: how its records look, and how one becomes a post.

    one record ──rows──► rows ──to_post──► Post, or Other        (and to_account ──► Account, or None)

A reader sees one record and nothing else. Opening files, counting, hashing and keeping the ledger are done once,
in `read.ingest`. A record that can't be used raises `LeaveOut` with the reason, and the ledger counts it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from groundswell.model.deletion import Deletion
from groundswell.model.post import Account, Post
from groundswell.read.versions import Edit

Record: TypeAlias = Mapping[str, Any]
"""One row of a table (column to cell) or one JSON object; a dict, but nobody may change it."""


class LeaveOut(Exception):
    """A row that can't be used. The ledger counts it under the reason, in words and lower case."""

    def __init__(self, reason: str, seen: str = "") -> None:
        super().__init__(reason)
        self.reason, self.seen = reason, seen


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is not even a record: a quote that never closes, a line that is not JSON."""

    reason: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """A record that is not a post."""

    kind: str
    """In words, such as ``like`` or ``profile``; one of a few, never taken from the input."""
    gone: tuple[Deletion, ...] = ()
    """What this record says was taken back; whoever keeps a study must honour it."""


class Noted(NamedTuple):
    """What a row became, with what had to be taken for granted to read it."""

    read: Post | Other
    notes: tuple[str, ...]
    """Clauses that complete «in 3 of 100 rows …», such as ``the account id was taken from the link``."""


Outcome: TypeAlias = Post | Other | Noted


@dataclass(frozen=True, slots=True)
class Block:
    """Many rows of a table as columns: what `to_post` would make of each, an ordinary row at a time less."""

    told: Mapping[str, Sequence[Any]]
    """Field of `Post` to its values, one a row; a field that is not named has its default. The time is in
    microseconds since 1970, and a time without a zone is noted as `read.times.NO_ZONE`."""
    notes: Mapping[str, int]
    """Of the ordinary rows, as `Noted` would say them."""
    careful: Collection[int] = frozenset()
    """Rows, from 0, with something out of the ordinary: `to_post` decides, and what stands here is ignored."""


def one_row(record: Record) -> Iterable[Record]:
    """Most records are one row."""
    return (record,)


def no_row_fits(row: Sequence[str]) -> bool:
    """Most formats have a header."""
    return False


def no_account(record: Record) -> Account | None:
    """Most rows say nothing of the account but its id."""
    return None


def nobody(record: Record) -> tuple[str, str] | None:
    """Most rows that are no posts tell of no account."""
    return None


def never(record: Record) -> Edit | None:
    """Most formats hold each post once, or do not say that it was edited."""
    return None


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A file format, with everything needed to recognise it and to doubt what was read."""

    name: str
    """As written on the command line and in the ledger, such as ``bluesky-jetstream``."""

    title: str
    """The format in words, completing «read as …»."""

    source: str
    """Where the format is described."""

    shape: Literal["table", "lines"]
    """``table``: a header and rows. ``lines``: JSON objects, one a line or in one array."""

    columns: tuple[str, ...]
    """The columns or keys that the format is known by, to name the nearest format when none fits."""

    knows: Callable[[Record], bool]
    """Whether a record (of a table: any row, as column to cell) is in this format."""

    to_post: Callable[[Record], Outcome]
    """One row as a post. Its time is naive where the notation names no zone; `read.ingest` says so and takes UTC."""

    to_block: Callable[[Mapping[str, Sequence[str]]], Block] | None = None
    """The same for many rows of a table at once, for formats with millions of rows. Its slow twin is `to_post`."""

    rows: Callable[[Record], Iterable[Record]] = one_row
    """The rows inside one record, such as the posts of one page of an API."""

    to_account: Callable[[Record], Account | None] = no_account
    """What one row says of an account."""

    tells_of: Callable[[Record], tuple[str, str] | None] = nobody
    """The platform and id of the account that a row which is no post tells of, where that costs less than
    `to_account`: of a profile that stands on every page only the last is read."""

    edit: Callable[[Record], Edit | None] = never
    """Whether a row is a later version of a post, and of which; see `read.versions`."""

    assumes: tuple[str, ...] = ()
    """What is taken for granted of every file in this format, a sentence each."""

    escape: str = ""
    """What guards a quote inside a quoted cell, where that is no second quote."""

    by_position: tuple[str, ...] = ()
    """Names of the columns in their order, for a format whose files may lack a header."""

    fits: Callable[[Sequence[str]], bool] = no_row_fits
    """Whether a row of a file without a header can be in this format."""

    as_stored: bool = False
    """True for what Groundswell wrote itself: what is to be mended in a text was mended before."""

    row_is_post: bool = True
    """False for a share log, where one post may stand in several rows."""

    samples: tuple[Record, ...]
    """Look-alike records that must be read; never real ones."""
