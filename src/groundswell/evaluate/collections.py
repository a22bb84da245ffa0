"""Real collections as posts: organic ones, and the timelines of accounts that a platform called state-backed.

    a folder of Parquet files ──► Collection        accounts, times, texts, which are reposts

Nothing here is shipped: the files are looked for in the folder that the caller names. Where they come from stands in
docs/real_data.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.model.post import POSTS
from groundswell.model.table import Columns, text_column
from groundswell.read.text_marks import hashtags_in, links_in, unwrapped

MINUTE_US = 60_000_000
"""The clock of the state-backed file and of one organic one; all are set to it, so that none shows by its seconds."""

STATE = "state:"
ORGANIC = "organic:"
"""Accounts are named for where they come from, so that no two collections share one."""

TIMELINES = "ira_2015_2016_right_left_news.parquet"
CONTROLS = {
    "debate": "organic_gop_debate_2015_pseudonymised.parquet",
    "election": "organic_uk_ep2014_pseudonymised.parquet",
    "breaking news": "organic_pheme_pseudonymised.parquet",
}

_CONTROL = "\"user\" as account, epoch_us({}) as time_us, text, text like 'RT @%' as is_repost"
QUERIES = {
    TIMELINES: "author_id as account, epoch_us(publish_date) as time_us, content as text, post_type = 'R' as is_repost",
    CONTROLS["debate"]: _CONTROL.format("tweet_created"),
    CONTROLS["election"]: _CONTROL.format("created_at"),
    CONTROLS["breaking news"]: _CONTROL.format("created_at"),
}
"""The columns of each file as ours."""


@dataclass(frozen=True, eq=False)
class Collection:
    """Posts in order of time; row i is one post."""

    account: np.ndarray[Any, Any]
    time_us: np.ndarray[Any, np.dtype[np.int64]]
    """Whole minutes, in microseconds since 1970, UTC."""
    text: np.ndarray[Any, Any]
    is_repost: np.ndarray[Any, np.dtype[np.bool_]]

    def __len__(self) -> int:
        return len(self.account)

    def where(self, chosen: np.ndarray[Any, Any]) -> Collection:
        """Some of the posts: a mask, or places."""
        return Collection(self.account[chosen], self.time_us[chosen], self.text[chosen], self.is_repost[chosen])

    def moved(self, by_us: int) -> Collection:
        """The same posts at other times, by whole minutes."""
        return Collection(self.account, self.time_us + by_us // MINUTE_US * MINUTE_US, self.text, self.is_repost)

    def with_tag(self, tag: str) -> Collection:
        """The posts that carry a hashtag, in whatever case."""
        wanted = tag.casefold()
        return self.where(
            np.array([any(t.casefold() == wanted for t in hashtags_in(text) or ()) for text in self.text], np.bool_)
        )

    def accounts(self, origin: str = "") -> frozenset[str]:
        """The accounts, or those of one origin."""
        return frozenset(account for account in set(self.account) if account.startswith(origin))

    def capped(self, most: int, random: np.random.Generator) -> Collection:
        """At most so many posts of each account, drawn at random."""
        order = random.permutation(len(self))
        _, group = np.unique(self.account.astype(str), return_inverse=True)
        by_account = np.lexsort((order, group))
        rank = np.empty(len(self), np.int64)
        starts = np.searchsorted(group[by_account], np.arange(group.max(initial=-1) + 1))
        rank[by_account] = np.arange(len(self)) - starts[group[by_account]]
        return self.where(rank < most)

    def posts(self) -> Columns:
        """The rows of ``POSTS``."""
        n = len(self)
        unknown = text_column([None] * n)
        tags, urls = (np.empty(n, dtype=object) for _ in range(2))
        for i, text in enumerate(self.text):
            tags[i], urls[i] = list(hashtags_in(text) or ()), list(links_in(text) or ())
        return {
            **dict.fromkeys(POSTS.columns, unknown),
            "platform": text_column(["twitter"] * n),
            "post_id": text_column(f"{i:07}" for i in range(n)),
            "account_id": self.account,
            "time": self.time_us.view("datetime64[us]"),
            "text": self.text,
            "urls": urls,
            "hashtags": tags,
            "is_repost": self.is_repost,
            "time_source": text_column(["platform"] * n),
            "source_file": text_column(["real"] * n),
            "source_row": np.arange(1, n + 1),
        }


def together(parts: Sequence[Collection]) -> Collection:
    """All posts of several collections, in order of time, then account, then text."""
    account, time_us, text, again = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("account", "time_us", "text", "is_repost")
    )
    order = np.lexsort((text.astype(str), account.astype(str), time_us))
    return Collection(account[order], time_us[order], text[order], again[order])


def read_collection(folder: Path, name: str, origin: str) -> Collection:
    """Read one of the files, its accounts named for their origin.

    Raises
    ------
    WrongUse
        The file is not in the folder.
    """
    path = folder / name
    if not path.is_file():
        raise WrongUse(
            f"There is no {name} in {str(folder)!r}.\n"
            "  Real data are not shipped; docs/real_data.md says which files are looked for and where they come from."
        )
    with Duck() as engine:
        # The query is ours, by the file's name; only the path is the caller's.
        found = engine.query(
            f"with told as (select {QUERIES[name]} from read_parquet($path))"
            " select * from told where text is not null and time_us is not null",
            path=str(path),
        )
    texts = text_column(unescape(unwrapped(text)) for text in found["text"])
    whole = Collection(
        account=text_column(f"{origin}{account}" for account in found["account"]),
        time_us=found["time_us"].astype(np.int64) // MINUTE_US * MINUTE_US,
        text=texts,
        is_repost=found["is_repost"].astype(np.bool_),
    )
    return together([whole])
