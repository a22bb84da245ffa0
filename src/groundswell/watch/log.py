"""The log: every use in the order of time, as arrays that lie on disk and are looked into rather than read.

    uses, items, people, wrote ──► Log      one folder of arrays, mapped into memory, shared by everybody who looks

Any 48 hours are a slice that bisection finds. A million posts take 70 MB on disk, and a page touches only its slice.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.watch.span import Span

Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int32]]
Bools: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

KINDS = ("account", "domain", "hashtag", "mention", "post", "url")
"""In the order of their items' numbers."""

EPOCH = datetime(1970, 1, 1)
MICROSECOND = timedelta(microseconds=1)

USES = """
select epoch_us(time) as time, item::integer as item, account::integer as account, post::integer as post
from uses where kind = $kind order by time, account, item, post
"""
WROTE = """
with languages as (
    select lang, row_number() over (order by lang)::integer as number
    from (select lang from wrote where lang is not null union select lang from people where lang is not null)
)
select epoch_us(time) as time, coalesce(number, 0)::integer as item, account::integer as account, post::integer as post
from wrote left join languages using (lang) order by time, account, post
"""
LANGUAGES = """
select lang as name
from (select lang from wrote where lang is not null union select lang from people where lang is not null) order by lang
"""
PEOPLE = "select account_id as name, coalesce(lang, '') as lang, n_posts, created_at from people order by account"


@dataclass(frozen=True, slots=True, eq=False)
class Uses:
    """Uses of one kind of item: parallel arrays, sorted by time."""

    time: Ints
    """Microseconds since 1970, UTC."""
    item: Numbers
    account: Numbers
    post: Numbers

    def within(self, span: Span) -> Uses:
        """Those of a stretch of time, its end included and its start not. Nothing is copied."""
        return self.between(span.start, span.at)

    def between(self, after: datetime | None, until: datetime) -> Uses:
        """Those after a moment, or from the beginning, and up to another one."""
        low = 0 if after is None else int(np.searchsorted(self.time, microseconds(after), side="right"))
        high = int(np.searchsorted(self.time, microseconds(until), side="right"))
        return Uses(self.time[low:high], self.item[low:high], self.account[low:high], self.post[low:high])

    def only(self, kept: Bools) -> Uses:
        """Some of them, still in order."""
        return Uses(self.time[kept], self.item[kept], self.account[kept], self.post[kept])


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Names in their order, numbered from 1; read one by one, since a page shows twenty of a million."""

    letters: np.ndarray[Any, np.dtype[np.uint8]]
    ends: Ints
    """Where each name ends in the letters; the first entry is 0."""

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, number: int) -> str:
        return self._bytes(number).decode("utf-8")

    def find(self, name: str, low: int = 1, high: int | None = None) -> int | None:
        """The number of a name among those from `low` to before `high`; None where it is not there."""
        wanted = name.encode("utf-8", "surrogatepass")
        last = len(self) + 1 if high is None else high
        at = bisect_left(range(low, last), wanted, key=self._bytes) + low
        return at if at < last and self._bytes(at) == wanted else None

    def _bytes(self, number: int) -> bytes:
        return self.letters[self.ends[number - 1] : self.ends[number]].tobytes()


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Everybody who wrote, numbered by account id: parallel arrays, account 1 first."""

    ids: Names
    lang: Numbers
    """Number of the language that the account writes in most; 0 where it is unknown."""
    n_posts: Ints
    born: np.ndarray[Any, np.dtype[np.float64]]
    """When the account was made: microseconds since 1970, NaN where that is unknown."""


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """Everything that panels count."""

    uses: Mapping[str, Uses]
    """By kind of item."""
    wrote: Uses
    """Every post with a time, the denominator of everything. Its item is its language's number, 0 where unknown."""
    items: Names
    """Names of items, numbered through all kinds."""
    firsts: tuple[int, ...]
    """The first item's number of each kind in `KINDS`, and one after the last."""
    people: People
    languages: Names

    def item_of(self, kind: str, name: str) -> int | None:
        """The number of an item by its name; None where nobody used it."""
        if kind not in KINDS:
            return None
        at = KINDS.index(kind)
        return self.items.find(name, self.firsts[at], self.firsts[at + 1])

    def numbers_of(self, account_ids: Iterable[str]) -> Ints:
        """The numbers of accounts that wrote anything, sorted; others have none."""
        found = (self.people.ids.find(one) for one in set(account_ids))
        return np.array(sorted(one for one in found if one is not None), np.int64)

    @property
    def last(self) -> datetime | None:
        """When the last post was written."""
        return moment(int(self.wrote.time[-1])) if len(self.wrote.time) else None


def log_of(engine: Engine) -> Log:
    """The log of the tables that `watch.uses` makes."""
    items = engine.query("select kind, name from items order by item")
    firsts = np.searchsorted(np.asarray(items["kind"], dtype="U8"), np.array(KINDS)) + 1
    people, languages = engine.query(PEOPLE), names_of(engine.query(LANGUAGES)["name"])
    known = np.array(["", *(languages[number] for number in range(1, len(languages) + 1))], dtype=object)
    return Log(
        uses={kind: _uses(engine, USES, kind=kind) for kind in KINDS},
        wrote=_uses(engine, WROTE),
        items=names_of(items["name"]),
        firsts=(*map(int, firsts), len(items["kind"]) + 1),
        people=People(
            ids=names_of(people["name"]),
            lang=np.searchsorted(known, people["lang"]).astype(np.int32),
            n_posts=people["n_posts"].astype(np.int64),
            born=_born(people["created_at"]),
        ),
        languages=languages,
    )


def save_log(log: Log, folder: Path) -> None:
    """Write the arrays, an array a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in _arrays(log).items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    (folder / "firsts.json").write_text(json.dumps(log.firsts), encoding="utf-8")


def open_log(folder: Path) -> Log:
    """Map the arrays that `save_log` wrote; what no page looks at is not read."""

    def array(name: str) -> Any:
        # An empty file can't be mapped.
        place = folder / f"{name}.npy"
        found = np.load(place, mmap_mode="r", allow_pickle=False) if place.stat().st_size > HEAD else np.load(place)
        return np.asarray(found)

    def uses(name: str) -> Uses:
        return Uses(*(array(f"{name}.{column}") for column in Uses.__slots__))

    def names(name: str) -> Names:
        return Names(array(f"{name}.letters"), array(f"{name}.ends"))

    return Log(
        uses={kind: uses(kind) for kind in KINDS},
        wrote=uses("wrote"),
        items=names("items"),
        firsts=tuple(json.loads((folder / "firsts.json").read_text(encoding="utf-8"))),
        people=People(names("people"), array("people.lang"), array("people.n_posts"), array("people.born")),
        languages=names("languages"),
    )


HEAD = 128
"""Bytes before the first value of an array's file."""


def _arrays(log: Log) -> dict[str, np.ndarray[Any, Any]]:
    parts: dict[str, Any] = {**log.uses, "wrote": log.wrote, "items": log.items, "languages": log.languages}
    found = {f"{part}.{name}": getattr(one, name) for part, one in parts.items() for name in one.__slots__}
    people = {name: getattr(log.people, name) for name in ("lang", "n_posts", "born")}
    names = {"letters": log.people.ids.letters, "ends": log.people.ids.ends}
    return found | {f"people.{name}": array for name, array in (people | names).items()}


def microseconds(when: datetime) -> int:
    """A moment as it stands in the arrays."""
    return (when - EPOCH) // MICROSECOND


def moment(time: int) -> datetime:
    """The moment that an entry of the arrays stands for: UTC without zone."""
    return EPOCH + int(time) * MICROSECOND


def _uses(engine: Engine, sql: str, **asked: str) -> Uses:
    found = engine.query(sql, **asked)
    return Uses(found["time"].astype(np.int64), *(found[name].astype(np.int32) for name in ("item", "account", "post")))


def names_of(names: Iterable[str]) -> Names:
    """Names that stand in the order of their letters (UTF-8), numbered from 1."""
    written = [str(name).encode("utf-8") for name in names]
    ends = np.cumsum([0, *map(len, written)], dtype=np.int64)
    return Names(np.frombuffer(b"".join(written), np.uint8), ends)


def _born(times: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    known = times.astype("datetime64[us]")
    return np.where(np.isnat(known), np.nan, known.astype(np.int64).astype(np.float64))
