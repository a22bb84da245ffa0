"""A scenario is a story with a known ending; a world is one telling of it, fixed by a seed.

    scenario + seed ──► world: posts or a share log, and the truth about it

Everything in a world is made up. The truth lists only accounts that do act together: a campaign that was planted, or
an organisation that works in the open. Every other account is independent of the rest, whatever its haste or zeal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from groundswell.model.follow import FOLLOWS
from groundswell.model.post import MADE_UP
from groundswell.model.table import Columns, TableContract, n_rows, text_column

PLANTED = "planted"
"""Names of planted groups begin with this; all other groups in a truth act together in the open."""

SHARE_LOG = TableContract(
    "share_log",
    {
        "account_id": "text",
        "object_id": "text",
        "timestamp_share": "bigint",
        "content_id": "text",
        "platform": "text",
    },
    order=("timestamp_share", "content_id"),
)
"""Who shared what, when. `timestamp_share` is in seconds since 1970, UTC; `content_id` names the post."""

TRUTH = TableContract("truth", {"account_id": "text", "group": "text"}, order=("group", "account_id"))
"""Accounts that act together, and the name of their group. Independent accounts are absent."""


@dataclass(frozen=True, eq=False, kw_only=True)
class World:
    """Made-up data with its truth: either posts and accounts, or a share log."""

    truth: Columns
    posts: Columns | None = None
    accounts: Columns | None = None
    shares: Columns | None = None
    follows: Callable[[], Columns] = FOLLOWS.empty
    """Who follows whom, made when it is asked for: a large crowd has millions of such pairs."""

    def __post_init__(self) -> None:
        if (self.posts is None) == (self.shares is None):
            raise ValueError("a world holds either posts or a share log")
        told = self.posts if self.posts is not None else self.shares
        assert told is not None
        if set(told["platform"]) - {MADE_UP}:
            raise ValueError(f"every row of a world says that it is {MADE_UP}")

    def groups(self) -> dict[str, frozenset[str]]:
        """The accounts of each group that acts together, planted or open, by name."""
        members: dict[str, set[str]] = {}
        for account_id, group in zip(self.truth["account_id"], self.truth["group"], strict=True):
            members.setdefault(group, set()).add(account_id)
        return {group: frozenset(members[group]) for group in sorted(members)}

    def planted(self) -> dict[str, frozenset[str]]:
        """The groups that hide that they act together."""
        return {group: accounts for group, accounts in self.groups().items() if group.startswith(PLANTED)}

    @property
    def n_rows(self) -> int:
        """Posts, or rows of the share log."""
        return n_rows(self.posts if self.posts is not None else self.shares or {})


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A story about accounts. Dropping a module with a `SCENARIO` or `SCENARIOS` into this package registers it."""

    name: str
    """As written on the command line, such as ``planted-slow``."""

    title: str
    """A few words, as a heading."""

    story: str
    """Who does what, in a sentence or two."""

    kind: Literal["posts", "shares"]
    """Whole posts with texts and profiles, or a bare share log."""

    holds: Literal["nothing", "open", "planted"]
    """Whom a tool may report: nobody; accounts that act together in the open; or accounts that hide it."""

    expects: str
    """What a tool should say about it."""

    make: Callable[[int, int | None], World]
    """(seed, number of shares or None for the usual number) to a world. Equal arguments, equal bytes."""


def truth_of(members: Iterable[tuple[str, str]]) -> Columns:
    """The truth table of these (account id, group name), sorted by group and account."""
    listed = sorted(members, key=lambda member: (member[1], member[0]))
    return {
        "account_id": text_column(account_id for account_id, _ in listed),
        "group": text_column(group for _, group in listed),
    }
