"""Whole posts and their authors, collected in any order and handed over sorted, as a platform's export would be.

The feed writes down what the stories in `talk` and the demo sets tell it. Ids are given last, by time for posts and
at random for accounts, so that an id tells nothing about who is who.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from groundswell.model.post import ACCOUNTS, MADE_UP, POSTS
from groundswell.model.table import Columns, text_column
from groundswell.simulate.profiles import Profile
from groundswell.simulate.scenario import World, truth_of
from groundswell.simulate.scene import START_S


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A post before it has an id. Accounts and posts are named by their number in the feed."""

    author: int
    time_s: float
    """Seconds since the world began."""
    text: str
    lang: str
    urls: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    mentions: tuple[int, ...] = ()
    repost_of: int | None = None
    reply_to: int | None = None
    client: str | None = None


@dataclass(eq=False)
class Feed:
    """Accounts and posts so far."""

    profiles: list[Profile] = field(default_factory=list)
    posts: list[Draft] = field(default_factory=list)
    members: list[tuple[int, str]] = field(default_factory=list)
    """(account, group) of those who act together."""

    def join(self, profiles: Sequence[Profile], *, group: str | None = None) -> list[int]:
        """New accounts, by number; those with a group go into the truth."""
        first = len(self.profiles)
        self.profiles += profiles
        joined = list(range(first, len(self.profiles)))
        if group is not None:
            self.members += [(account, group) for account in joined]
        return joined

    def post(self, draft: Draft) -> int:
        """Write a post down and return its number."""
        self.posts.append(draft)
        return len(self.posts) - 1

    def repost(self, author: int, original: int, time_s: float, *, client: str | None) -> int:
        """Repeat a post under another account."""
        first = self.posts[original]
        return self.post(
            Draft(
                author=author,
                time_s=time_s,
                text=first.text,
                lang=first.lang,
                urls=first.urls,
                hashtags=first.hashtags,
                mentions=first.mentions,
                repost_of=original,
                client=client,
            )
        )

    def world(self, rng: np.random.Generator, *, until_s: float, deleted: float = 0.0) -> World:
        """Posts and accounts as tables, as collected until `until_s`; accounts that wrote nothing are left out.

        A part `deleted` of the posts, 0 to below 1, was gone before anyone collected them, and with each its reposts.
        An answer to a post that is gone still names it.
        """
        kept = [at for at, draft in enumerate(self.posts) if draft.time_s < until_s]
        order = sorted(kept, key=lambda at: (int(self.posts[at].time_s), self.posts[at].author, at))
        post_id = {at: str(10**12 + 37 * place) for place, at in enumerate(order)}
        if deleted:
            gone = {at for at, luck in zip(order, rng.random(len(order)), strict=True) if luck < deleted}
            order = [at for at in order if at not in gone and self.posts[at].repost_of not in gone]
        authors = sorted({self.posts[at].author for at in order})
        numbers = 30_000_000 + rng.permutation(len(authors))
        account_id = {author: str(number) for author, number in zip(authors, numbers, strict=True)}
        return World(
            posts=self._posts([self.posts[at] for at in order], [post_id[at] for at in order], post_id, account_id),
            accounts=self._accounts(account_id),
            truth=truth_of((account_id[account], group) for account, group in self.members if account in account_id),
        )

    def _posts(
        self, drafts: Sequence[Draft], ids: Sequence[str], post_id: dict[int, str], account_id: dict[int, str]
    ) -> Columns:
        columns = POSTS.empty() | {name: text_column([None] * len(drafts)) for name in POSTS.columns}
        original = [None if d.repost_of is None else self.posts[d.repost_of] for d in drafts]
        return columns | {
            "platform": text_column([MADE_UP] * len(drafts)),
            "post_id": text_column(ids),
            "account_id": text_column(account_id[d.author] for d in drafts),
            "time": _moments(START_S + int(d.time_s) for d in drafts),
            "text": text_column(d.text for d in drafts),
            "lang": text_column(d.lang for d in drafts),
            "urls": _lists([d.urls for d in drafts]),
            "hashtags": _lists([d.hashtags for d in drafts]),
            "mentions": _lists([[self.profiles[m].handle for m in d.mentions] for d in drafts]),
            "is_repost": np.array([d.repost_of is not None for d in drafts], dtype=np.bool_),
            "repost_of": text_column(None if d.repost_of is None else post_id[d.repost_of] for d in drafts),
            "repost_of_account": text_column(None if o is None else account_id[o.author] for o in original),
            "reply_to": text_column(None if d.reply_to is None else post_id[d.reply_to] for d in drafts),
            "client": text_column(d.client for d in drafts),
            "time_source": text_column(["platform"] * len(drafts)),
            "shared_kinds": _lists([() for _ in drafts]),
            "shared_objects": _lists([() for _ in drafts]),
            "source_row": np.arange(1, len(drafts) + 1, dtype=np.int64),
        }

    def _accounts(self, account_id: dict[int, str]) -> Columns:
        rows = sorted((text, self.profiles[number]) for number, text in account_id.items())
        told = [profile for _, profile in rows]
        columns: Columns = {
            "platform": text_column([MADE_UP] * len(rows)),
            "account_id": text_column(text for text, _ in rows),
            "handle": text_column(p.handle for p in told),
            "name": text_column(p.name for p in told),
            "bio": text_column(p.bio for p in told),
            "url": text_column([None] * len(rows)),
            "picture": text_column(p.picture for p in told),
            "created_at": np.array([p.created_at for p in told], dtype="datetime64[us]"),
            "followers": np.array([p.followers for p in told], dtype=np.int64),
            "following": np.array([p.following for p in told], dtype=np.int64),
            "n_posts": np.array([p.n_posts for p in told], dtype=np.int64),
        }
        return {name: columns[name] for name in ACCOUNTS.columns}


def _moments(seconds: Iterable[int]) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array(list(seconds), dtype="datetime64[s]").astype("datetime64[us]")


def _lists(rows: Sequence[Sequence[str]]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """An object array of lists; numpy's own guess would make a table of lists of equal length."""
    column = np.empty(len(rows), dtype=object)
    for at, row in enumerate(rows):
        column[at] = list(row)
    return column
