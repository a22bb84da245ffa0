"""The loop around a source: connect, journal what arrives, seal full journals, wait and connect again.

    source ──► journal ──full or old──► seal (in a thread)       one journal fills while one is sealed, never more

Memory holds one message and the connection's queue: when sealing can't keep up, the socket is not read and the
server waits. Nothing is acknowledged before it is on the disk.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from time import monotonic, time
from typing import Any

from groundswell.collect import wire
from groundswell.collect.backoff import Backoff
from groundswell.collect.event import Event, Lost, Refused, Source
from groundswell.collect.journal import Journal, Sealed, left_over
from groundswell.collect.sealing import Committed, find_cursor, seal, stream_folder
from groundswell.engine.duck import Duck
from groundswell.errors import Failed
from groundswell.store.deletions import honour
from groundswell.store.lock import locked
from groundswell.store.study import Study

TICK_S = 0.5

GIVE_UP_S = 15.0
"""Without a single connection for so long from the start, the address is taken to be wrong."""


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """When a journal is sealed, whichever comes first."""

    lines: int = 50_000
    """One batch of the reader: about 60 MB while it is sealed."""
    seconds: float = 300.0
    """How late a study may lag behind its stream; months of a quiet stream still make few files."""
    sweep_s: float = 600.0
    """How long content that was taken back may still lie in an older file."""


@dataclass(kw_only=True)
class Collected:
    """What a collection did so far; the progress line and the summary read it."""

    received: int = 0
    """Events that arrived, kept or not, repeated or not."""
    posts: int = 0
    """Posts in the study, from sealed journals."""
    repeated: int = 0
    """Posts that arrived again and were not taken twice."""
    waiting: int = 0
    """Lines in the open journal."""
    files: int = 0
    connections: int = 0
    deletions: int = 0
    edits: int = 0
    """Events that were another version of a post; the last that arrived counts."""
    tombstones: int = 0
    """Posts whose content went because it was taken back."""
    not_kept: Counter[str] = field(default_factory=Counter)
    cursor: int | None = None
    time_us: int | None = None
    """When the server saw the latest event."""
    lag_s: float | None = None
    seconds: float = 0.0
    trouble: str | None = None
    """Why there is no connection at the moment."""

    def as_json(self) -> dict[str, Any]:
        """The figures `collect --json` prints."""
        return {
            "received": self.received,
            "posts": self.posts,
            "repeated": self.repeated,
            "files": self.files,
            "connections": self.connections,
            "deletions": self.deletions,
            "edits": self.edits,
            "tombstones": self.tombstones,
            "not_kept": dict(sorted(self.not_kept.items())),
            "cursor": self.cursor,
            "lag_s": self.lag_s,
            "seconds": round(self.seconds, 3),
        }


def collect(
    study: Study,
    source: Source,
    *,
    seconds: float | None = None,
    rotation: Rotation | None = None,
    seed: int | None = None,
    until: Callable[[Collected], bool] = lambda done: False,
    report: Callable[[Collected], None] = lambda done: None,
) -> Collected:
    """Collect from a live source into a study until time is up or Ctrl-C.

    Starts where the last collection from the same address stopped, killed or not. Time is the machine's clock: a
    stream can't be collected twice alike.

    Parameters
    ----------
    seconds
        How long; without it, until KeyboardInterrupt or cancellation, after which everything received is sealed.
    rotation
        When journals are sealed.
    seed
        Of the waits between connections; drawn anew without one, because clients must differ.
    until
        Asked twice a second whether that is enough.
    report
        Told the state twice a second.

    Raises
    ------
    Failed
        The server refuses the request, or never answered.
    MissingExtra
        The packages of live collection are not installed.
    """
    wire.require()
    with locked(study.folder / "live" / f"{source.key}.lock", f"collecting from {source.address}"):
        collection = _Collection(study, source, rotation or Rotation(), Random(seed), report)
        done = asyncio.run(collection.run(seconds, until))
    if done.trouble is not None and not done.received:
        raise Failed(
            f"{source.address} does not answer.\n  The last try ended with: {done.trouble}\n"
            "  Check the address and the network."
        )
    return done


class _Collection:
    """One collection under way."""

    def __init__(
        self,
        study: Study,
        source: Source,
        rotation: Rotation,
        random: Random,
        report: Callable[[Collected], None],
    ) -> None:
        self.done = Collected()
        self._study, self._source, self._rotation, self._report = study, source, rotation, report
        self._folder = stream_folder(study, source)
        self._backoff = Backoff(random)
        self._one_at_a_time = asyncio.Lock()
        self._sealing: asyncio.Task[Committed] | None = None
        self._opened = self._began = self._swept = monotonic()

    async def run(self, seconds: float | None, until: Callable[[Collected], bool]) -> Collected:
        """Collect until time is up or it is enough."""
        for sealed in left_over(self._folder):
            self._count(await asyncio.to_thread(seal, self._study, self._source, sealed))
        self.done.cursor = find_cursor(self._study, self._source)
        self._journal, self._opened = self._open(), monotonic()
        pump, tick = asyncio.create_task(self._pump()), asyncio.create_task(self._tick(until))
        try:
            done, _ = await asyncio.wait({pump, tick}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            for finished in done:
                finished.result()
        except asyncio.CancelledError:
            # Ctrl-C: what arrived is sealed before the program ends.
            current = asyncio.current_task()
            if current is not None:
                current.uncancel()
        finally:
            pump.cancel()
            tick.cancel()
            await asyncio.gather(pump, tick, return_exceptions=True)
            await self._rotate()
            await self._finish_sealing()
            self._journal.seal().drop()
            await asyncio.to_thread(self._sweep)
            self._tell()
        return self.done

    async def _pump(self) -> None:
        """Connect again and again; each event into the journal."""
        while True:
            try:
                self.done.connections += 1
                async with aclosing(self._source.connect(self.done.cursor)) as events:
                    async for event in events:
                        self.done.trouble = None
                        self._backoff.works()
                        self._take(event)
                        if self._full():
                            await self._rotate()
            except Refused as no:
                raise Failed(
                    f"{self._source.address} does not serve this stream.\n  {no}\n"
                    "  Check the address and what was asked for; everything received so far is kept."
                ) from None
            except Lost as lost:
                self.done.trouble = str(lost)
            if self.done.received == 0 and monotonic() - self._began > GIVE_UP_S:
                return
            await asyncio.sleep(self._backoff.wait_s())

    def _take(self, event: Event) -> None:
        journal = self._journal
        if event.remark:
            journal.remarks.append(event.remark)
        if event.line is None and event.cursor is None and event.deletion is None and event.not_kept is None:
            return
        self.done.received += 1
        journal.n_received += 1
        if event.not_kept:
            journal.not_kept[event.not_kept] += 1
            self.done.not_kept[event.not_kept] += 1
        if event.edit:
            journal.n_edits += 1
            self.done.edits += 1
        if event.deletion:
            journal.delete(event.deletion)
            self.done.deletions += 1
        if event.line is not None:
            journal.add(event.line)
        if event.cursor is not None:
            self.done.cursor = event.cursor if self.done.cursor is None else max(self.done.cursor, event.cursor)
            journal.cursor = self.done.cursor
        if event.time_us is not None:
            self.done.time_us = event.time_us

    async def _tick(self, until: Callable[[Collected], bool]) -> None:
        """Keep the disk and the person up to date, also while nothing arrives."""
        while not until(self.done):
            await asyncio.sleep(TICK_S)
            self._journal.sync()
            if self._old():
                await self._rotate()
            self._tell()

    def _tell(self) -> None:
        self.done.seconds = monotonic() - self._began
        self.done.waiting = self._journal.n_lines
        self.done.lag_s = None if self.done.time_us is None else round(time() - self.done.time_us / 1e6, 1)
        self._report(self.done)

    def _full(self) -> bool:
        return self._journal.n_lines >= self._rotation.lines

    def _old(self) -> bool:
        return monotonic() - self._opened >= self._rotation.seconds

    def _open(self) -> Journal:
        return Journal(self._folder, f"{self._source.name}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z")

    async def _rotate(self) -> None:
        """Seal the open journal in a thread and open the next; waits while an earlier one is being sealed."""
        async with self._one_at_a_time:
            await self._finish_sealing()
            sealed = self._journal.seal()
            self._journal, self._opened = self._open(), monotonic()
            self._sealing = asyncio.create_task(asyncio.to_thread(self._seal, sealed))

    def _seal(self, sealed: Sealed) -> Committed:
        committed = seal(self._study, self._source, sealed)
        if monotonic() - self._swept > self._rotation.sweep_s:
            self._sweep()
        return committed

    def _sweep(self) -> None:
        with Duck() as engine:
            self.done.tombstones += honour(self._study, engine)
        self._swept = monotonic()

    async def _finish_sealing(self) -> None:
        if self._sealing is not None:
            # Whoever waits may be cancelled; what is being sealed is not.
            committed = await asyncio.shield(self._sealing)
            self._sealing = None
            self._count(committed)

    def _count(self, committed: Committed) -> None:
        if (entry := committed.entry) is not None:
            self.done.files += 1
            self.done.posts += entry.posts
            self.done.repeated += sum(one.rows for one in entry.left_out if one.reason.startswith("read before"))
