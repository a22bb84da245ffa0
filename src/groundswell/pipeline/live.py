"""The panels of a study while posts are collected into it, never more than a moment behind what is on the disk.

    Tail ──posts──► Ranks ──► Watched      a new page each half second in which something came

Nothing of it is stored: whoever begins reads the last 48 hours of the study, then what comes. What was taken back,
edited or purged is gone from the panels within ten minutes, as it is from the study.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes

from groundswell.pipeline.live_tail import BEGINNING_US, Arrival, Tail, journals_of
from groundswell.pipeline.watching import redaction_of
from groundswell.publish.redaction import Redaction
from groundswell.read.times import microseconds
from groundswell.store.study import Study
from groundswell.watch.span import DEFAULT_HOURS
from groundswell.watch.stream import Carried, Ranks
from groundswell.watch.stream_scope import watch_stream
from groundswell.watch.watch import Watched

EACH_S = 0.5
ANEW_S = 600.0
"""At most so often everything is read anew because posts left the study: how long `collect` takes to honour it too."""
AFTER_TROUBLE_S = 5.0
NAMES_S = 60.0
AHEAD_US = 600_000_000
"""Clocks of servers differ; a post further ahead than ten minutes is believed when its time has come."""


@dataclass(frozen=True, kw_only=True)
class Live:
    """The panels as they stand."""

    version: int = 0
    """Goes up with every new page; 0 before the first."""
    found: Watched | None = None
    read_at_s: float | None = None
    """When, by the clock of `time.monotonic`, everything then on the disk was counted; None while the first is read."""
    redaction: Redaction | None = None
    """How accounts are called on the page; of accounts that no sealed file holds only the pseudonym is known."""
    n_early: int = 0
    """Posts whose time had not come, and which are not counted."""

    def behind_s(self, now_s: float) -> float | None:
        """Seconds by which the panels may lag behind what is on the disk; None where it is unknown."""
        return None if self.read_at_s is None else max(0.0, now_s - self.read_at_s)


class Follower:
    """Keeps the panels of one study up to date, in a thread of its own once somebody looks."""

    def __init__(self, study: Study, *, hours: float = DEFAULT_HOURS, each_s: float = EACH_S) -> None:
        """Stand ready; nothing is read yet."""
        self.study = study
        self._hours, self._each_s = hours, each_s
        self._now, self._stop, self._starting = Live(), threading.Event(), threading.Lock()
        self._thread: threading.Thread | None = None
        # The key of a study's pseudonyms is made of its first file; until there is one, another must do.
        self._for_now = Redaction((), token_bytes(32), shown=False)
        self._redaction: Redaction | None = None
        self._named_of, self._named_s = 0, 0.0
        self._begin()

    @property
    def now(self) -> Live:
        """The panels as they stand."""
        return self._now

    @property
    def is_collecting(self) -> bool:
        """Whether a collection has a journal open, or was stopped without closing it."""
        return bool(journals_of(self.study))

    def start(self) -> None:
        """Begin to follow, unless that was done."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="live panels", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Follow no longer."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(10)

    def step(self, clock: Callable[[], float] = time.monotonic) -> Live:
        """Read what came and make a page of it if anything did."""
        began_s = clock()
        if self._tail.is_stale and began_s - self._anew_s >= ANEW_S:
            self._begin()
        came = False
        for arrivals in self._tail.read():
            if self._stop.is_set():
                return self._now
            now_us = time.time_ns() // 1000 + AHEAD_US
            self._ranks.add([_carried(one) for one in arrivals], now_us=now_us)
            came = came or bool(arrivals)
        whole = not self._tail.behind
        before = self._now
        is_new = came or before.version == 0
        self._now = Live(
            version=before.version + is_new,
            found=watch_stream(self._ranks) if is_new else before.found,
            read_at_s=began_s if whole else before.read_at_s,
            redaction=self._named(began_s),
            n_early=self._ranks.n_early,
        )
        return self._now

    def _named(self, now_s: float) -> Redaction:
        """The names for pages, made again now and then: it takes a look at every post of the study."""
        if not self._tail.n_files:
            return self._for_now
        if self._redaction is None or (self._named_of != self._tail.n_files and now_s - self._named_s > NAMES_S):
            self._redaction = redaction_of(self.study)
            self._named_of, self._named_s = self._tail.n_files, now_s
        return self._redaction

    def _begin(self) -> None:
        self._tail = Tail(self.study, after_us=beginning(self.study, self._hours))
        self._ranks = Ranks(self._hours)
        self._anew_s = time.monotonic()

    def _run(self) -> None:
        while not self._stop.is_set():
            began_s = time.monotonic()
            try:
                self.step()
            except Exception:
                # A file that goes while it is read (a purge, a rewritten segment) is no reason to stop: all of it is
                # read again, and meanwhile the page says how far it is behind.
                logging.getLogger(__name__).warning("live panels begin anew", exc_info=True)
                self._begin()
                self._stop.wait(AFTER_TROUBLE_S)
            if not self._tail.behind:
                self._stop.wait(max(0.05, self._each_s - (time.monotonic() - began_s)))


def _carried(one: Arrival) -> Carried:
    repeats = one.repost_of if one.is_repost else None
    return Carried(one.account_id, one.time_us, one.hashtags, one.urls, one.mentions, repeats)


def beginning(study: Study, hours: float) -> int:
    """Before this no post can count: the last that is stored lies later by the stretch."""
    ends = [datetime.fromisoformat(entry.last_time) for entry in study.ledgers() if entry.last_time is not None]
    if not ends:
        return BEGINNING_US
    last_us = min(max(map(microseconds, ends)), time.time_ns() // 1000)
    return last_us - round(hours * 3_600_000_000)
