"""The uses of the last 48 hours, kept up to date while posts arrive: the counts that every ranked panel is made of.

    posts, as they come ──► Ranks ──► Counts of a kind at this moment      the same as `counts.counts` of those hours

The stretch ends with the newest post, which belongs to it, and begins 48 hours before, which does not. A post that is
late is sorted in, however late, as long as the stretch holds it; one that has left the stretch is counted no longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from groundswell.detect.stream_names import Names
from groundswell.detect.stream_timeline import Timeline
from groundswell.traces.canonical_url import canonical_url
from groundswell.traces.fold_tag import fold_tag
from groundswell.watch.counts import Counts
from groundswell.watch.log import Ints, moment
from groundswell.watch.span import DEFAULT_HOURS, Span

KINDS = ("hashtag", "url", "domain", "mention", "post", "account")
LOW_HALF = (1 << 32) - 1
KIND_BITS = 60
"""A use is one number: its kind above this bit, its item below, and its account in the low half."""
LONG_AGO = -(1 << 62)
WORTH_SETTLING = 50_000
"""Changes that are kept apart before they are added up: a few megabytes, and one pass over all counts."""


class Carried(NamedTuple):
    """What panels count of a post."""

    account_id: str
    time_us: int
    """Microseconds since 1970, UTC."""
    hashtags: Sequence[str] = ()
    urls: Sequence[str] = ()
    mentions: Sequence[str] = ()
    repost_of: str | None = None
    """The post that it repeats; None where it repeats none, or an unknown one."""


class Ranks:
    """The uses within a stretch of hours."""

    def __init__(self, hours: float = DEFAULT_HOURS) -> None:
        """Begin with no post."""
        self.hours = hours
        self.newest_us = LONG_AGO
        self.n_early = 0
        self._timeline = Timeline()
        self._items = {kind: Names() for kind in KINDS}
        self._accounts = Names()
        # Of each kind: keys `item << 32 | account`, sorted, with the uses of each; and what is not yet added up.
        self._keys = {kind: np.empty(0, np.int64) for kind in KINDS}
        self._uses = {kind: np.empty(0, np.int64) for kind in KINDS}
        self._changes: dict[str, list[tuple[Ints, int]]] = {kind: [] for kind in KINDS}
        self._n_changes = 0
        # What was asked since the last post: six panels ask for the same counts and the same order of names.
        self._counted: dict[str, Counts] = {}
        self._order: dict[str, tuple[Ints, list[str]]] = {}
        self._by_item = {kind: np.zeros(0, np.int64) for kind in KINDS}

    @property
    def n_posts(self) -> int:
        """Posts in the stretch."""
        return int(self._by_item["account"].sum())

    @property
    def span(self) -> Span | None:
        """The stretch; None before the first post."""
        if self.newest_us == LONG_AGO:
            return None
        return Span(moment(self.newest_us), self.hours)

    def add(self, posts: Sequence[Carried], *, now_us: int | None = None) -> None:
        """Take posts, in any order, each once.

        Parameters
        ----------
        now_us
            Posts of a later time are refused and counted in `n_early`: one that names next year would end the stretch
            there. None believes every time.
        """
        if now_us is not None:
            n = len(posts)
            posts = [post for post in posts if post.time_us <= now_us]
            self.n_early += n - len(posts)
        if not posts:
            return
        self._counted.clear()
        self._order.clear()
        self.newest_us = max(self.newest_us, max(post.time_us for post in posts))
        cutoff = self.newest_us - round(self.hours * 3_600_000_000)
        posts = [post for post in posts if post.time_us > cutoff]
        account = self._accounts.numbers([post.account_id for post in posts])
        used = [(KINDS.index(kind), row, name) for row, post in enumerate(posts) for kind, name in carried(post)]
        for number, kind in enumerate(KINDS):
            rows = np.array([row for of, row, _ in used if of == number], np.int64)
            item = self._items[kind].numbers([name for of, _, name in used if of == number])
            time = np.array([posts[row].time_us for row in rows.tolist()], np.int64)
            key = item << 32 | account[rows]
            self._change(kind, key, 1)
            self._timeline.add(time, np.int64(number) << KIND_BITS | key)
        self._expire(cutoff)
        if self._n_changes > WORTH_SETTLING:
            for kind in KINDS:
                self._settle(kind)

    def counts(self, kind: str) -> Counts:
        """Who used what how often; items and accounts are numbered from 0 as in `names` and `account_ids`."""
        if kind not in self._counted:
            self._settle(kind)
            keys, uses = self._keys[kind], self._uses[kind]
            item = self._ordered(kind)[0][keys >> 32]
            account = self._ordered("")[0][keys & LOW_HALF]
            order = np.lexsort((account, item))
            self._counted[kind] = Counts(item[order], account[order], uses[order])
        return self._counted[kind]

    def names(self, kind: str) -> list[str]:
        """The items of a kind, sorted as text."""
        return self._ordered(kind)[1]

    def account_ids(self) -> list[str]:
        """Everybody who wrote in the stretch, sorted as text."""
        return self._ordered("")[1]

    def _ordered(self, kind: str) -> tuple[Ints, list[str]]:
        """The place of each number of a kind of item, or of an account, among the names; and the names."""
        if kind not in self._order:
            names = self._items[kind] if kind else self._accounts
            listed = names.listed()
            place = np.full(names.most, -1, np.int64)
            place[names.numbers(listed)] = np.arange(len(listed))
            self._order[kind] = place, listed
        return self._order[kind]

    def _change(self, kind: str, keys: Ints, by: int) -> None:
        self._changes[kind].append((keys, by))
        self._n_changes += len(keys)
        most = self._items[kind].most
        if len(self._by_item[kind]) < most:
            self._by_item[kind] = np.concatenate(
                (self._by_item[kind], np.zeros(most - len(self._by_item[kind]), np.int64))
            )
        np.add.at(self._by_item[kind], keys >> 32, by)

    def _expire(self, cutoff: int) -> None:
        gone = self._timeline.take(cutoff)
        for number, kind in enumerate(KINDS):
            keys = gone[gone >> KIND_BITS == number] & ((1 << KIND_BITS) - 1)
            if not len(keys):
                continue
            self._change(kind, keys, -1)
            items = np.unique(keys >> 32)
            unused = items[self._by_item[kind][items] == 0]
            if kind == "account":
                # An account counts as an item too: when the one goes, so does the other.
                self._accounts.give_back(
                    self._accounts.numbers([str(name) for name in self._items[kind].of(unused).tolist()])
                )
            self._items[kind].give_back(unused)

    def _settle(self, kind: str) -> None:
        """Add up what changed."""
        if not self._changes[kind]:
            return
        keys = np.concatenate([self._keys[kind], *(changed for changed, _ in self._changes[kind])])
        by = [self._uses[kind], *(np.full(len(changed), by) for changed, by in self._changes[kind])]
        self._n_changes -= len(keys) - len(self._keys[kind])
        self._changes[kind] = []
        found, at = np.unique(keys, return_inverse=True)
        uses = np.bincount(at, weights=np.concatenate(by), minlength=len(found)).astype(np.int64)
        self._keys[kind], self._uses[kind] = found[uses != 0], uses[uses != 0]


def carried(post: Carried) -> Iterator[tuple[str, str]]:
    """The items of a post, each once, as `uses.CARRIED_SQL` finds them."""
    for tag in sorted({folded for one in post.hashtags if (folded := fold_tag(one))}):
        yield "hashtag", tag
    pages = sorted({page for one in post.urls if (page := canonical_url(one))})
    for page in pages:
        yield "url", page
    for domain in sorted({page.split("/", 1)[0] for page in pages}):
        yield "domain", domain
    for name in sorted({one.lstrip("@").lower() for one in post.mentions if one}):
        yield "mention", name
    if post.repost_of is not None:
        yield "post", post.repost_of
    yield "account", post.account_id
