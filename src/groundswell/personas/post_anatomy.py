"""One widely shared post: who passed it on, when, and how that compares with posts of like reach.

posts, accounts, groups ──► Anatomy      reposts over time · parts of its reposters · copies · what its author shares

Only what was collected is counted. Platforms hang every repost on the first post, so who saw it from whom is not
known, and none of it is reconstructed here (DeVerna et al. 2024, arXiv:2410.21554: the choice of tree decides who
looks influential). That real people pass on what a made-up persona wrote says nothing about them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.errors import WrongUse
from groundswell.model.group import Group, Outcome
from groundswell.personas.lookalikes import lookalikes
from groundswell.personas.study_accounts import study_accounts
from groundswell.traces.normal_text import text_object

MILESTONES = (1, 10, 100, 1_000, 10_000, 100_000)

YOUNG_DAYS = 30
LIKE_REACH = 2.0
"""Posts with half to twice as many reposts are of like reach."""
FEWEST_COMPARATORS = 5
"""Below it a range says nothing."""
MIDDLE = (0.05, 0.95)
"""Quantiles between which the others are told."""

POST = """
select platform, account_id, time, text, hashtags
from posts where post_id = $post_id and not is_repost
order by platform, account_id limit 1
"""

# One row for each account that passed a post on, at its first time. Authors who repeat themselves are left out.
SPREAD = """
with origin as (
    select post_id, min(account_id) as author, min(time) as posted from posts where not is_repost group by post_id
), first_repost as (
    select repost_of as root, account_id, min(time) as time, min(repost_of_account) as told_author
    from posts where is_repost and repost_of is not null group by all
)
select r.root, r.account_id, r.time, coalesce(o.author, r.told_author) as author, o.posted,
       epoch_us(r.time) - epoch_us(o.posted) as lag_us
from first_repost as r left join origin as o on o.post_id = r.root
where coalesce(o.author, r.told_author) is distinct from r.account_id
"""

REACH = """
with reach as (select root, count(*) as n from post_spread group by root)
select root, n from reach
where n between $least and $most or root = $post_id
order by root
"""

# A time of birth after the repost is an error of the file; that account's age is not known.
PARTS = """
select s.root, count(*),
       count(*) filter (s.account_id in (select unnest($grouped::text[]))),
       count(*) filter (a.created_at <= s.time),
       count(*) filter (a.created_at <= s.time and s.time - a.created_at < to_days($young_days)),
       count(*) filter (s.account_id in (select unnest($gone::text[])))
from post_spread as s left join (
    select account_id, min(created_at) as created_at from accounts group by account_id
) as a using (account_id)
where s.root in (select unnest($roots::text[]))
group by s.root order by s.root
"""

LAGS = """
select root, lag_us / 1e6 from post_spread
where root in (select unnest($roots::text[])) order by root, time, account_id
"""

MOMENTS = "select epoch_us(time), account_id from post_spread where root = $post_id order by time, account_id"

AMPLIFIERS = """
select account_id, count(*) from post_spread where author = $author group by account_id order by 2 desc, 1
"""

COPIES = """
select post_id, account_id, time from posts join copied_text using (text)
where not is_repost order by time, account_id, post_id
"""

PICTURES = """
with shown as (
    select distinct post_id, account_id, time, unnest(shared_kinds) as kind, unnest(shared_objects) as thing from posts
    where not is_repost
)
select distinct post_id, account_id, time from shown
where kind = 'image' and thing in (select thing from shown where post_id = $post_id and kind = 'image')
order by time, account_id, post_id
"""

FIRST_TAG = """
select tag, min(time), arg_min(post_id, (time, account_id, post_id)), count(*)
from (select distinct post_id, account_id, time, lower(unnest(hashtags)) as tag from posts where not is_repost)
where tag in (select unnest($tags::text[])) group by tag order by tag
"""

AUTHOR = """
select handle, name, bio, picture, created_at, followers from accounts where account_id = $account_id
order by platform limit 1
"""

SAME_PICTURE = """
select account_id, name from accounts
where picture = $picture and account_id <> $account_id order by created_at nulls last, account_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How posts of like reach did: the middle 90 % of them."""

    n: int
    """Posts for which it is known."""
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How many of the reposting accounts are something, of those for whom it is known."""

    of: str
    count: int | None
    """None where it is not known of a single one."""
    whole: int
    others: Range | None
    """Of the shares among posts of like reach; None where fewer than five are known."""

    @property
    def share(self) -> float | None:
        """The part, 0 to 1."""
        return self.count / self.whole if self.count is not None and self.whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """When the k-th account had passed the post on."""

    reposts: int
    seconds: float | None
    """After the post; None where the post's own time is not in the data."""
    time: str
    others: Range | None
    """Seconds that posts of like reach took."""
    faster: int | None
    """How many of those were faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The same words, or the same picture, elsewhere in the data."""

    posts: int
    """This post included."""
    accounts: int
    first_post: str
    first_time: str
    """The earliest that survives in what was collected; it need not be the first."""
    post_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A hashtag of the post, and its earliest surviving use."""

    tag: str
    posts: int
    first_post: str
    first_time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """On how few accounts the reposts of this author rest, over all of the author's posts."""

    reposts: int
    accounts: int
    through_top_10: int
    effective_accounts: float
    """1 / Σ share²: as many accounts with equal parts would give the same concentration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """What the author says of itself, and who shares it."""

    account_id: str
    handle: str | None
    name: str | None
    followers: int | None
    created_at: str | None
    age_days: float | None
    """At the time of the post."""
    same_picture: tuple[str, ...] | None
    """Other accounts with the very same picture; None where the picture is not known."""
    same_picture_names: tuple[str, ...]
    """Their names, where they differ from the author's."""
    alike_names: tuple[str, ...] | None
    """Older accounts whose name the author's can be taken for; None where no name is known."""
    n_names: int
    """Accounts with a name, among whom alike names were looked for."""


@dataclass(frozen=True, kw_only=True)
class Anatomy:
    """Everything the data tell of one post."""

    post_id: str
    platform: str | None
    time: str | None
    text: str | None
    author: Author | None
    n_reposts: int
    """Accounts that reposted it, in what was collected."""
    n_comparators: int
    """Other posts of like reach."""
    milestones: tuple[Milestone, ...]
    parts: tuple[Part, ...]
    concentration: Concentration | None
    text_copies: Copies | None
    picture_copies: Copies | None
    tags: tuple[Tag, ...]
    collected: tuple[str, str]
    """First and last time in the data."""

    def as_json(self) -> dict[str, Any]:
        """What ``post --json`` prints, but for the sentences."""
        told = asdict(self)
        told["parts"] = [{**asdict(part), "share": part.share} for part in self.parts]
        return told


def anatomy(
    engine: Engine,
    post_id: str,
    groups: Sequence[Group] | None,
    *,
    gone: Collection[str] | None = None,
) -> Anatomy:
    """Take one post apart.

    Parameters
    ----------
    engine
        Holds the tables ``posts`` and ``accounts``.
    groups
        The groups of a run; None where there was no run, and then the part of groups is not known.
    gone
        Accounts that are no longer there, by id; None where nobody looked.

    Raises
    ------
    WrongUse
        Neither the post nor a repost of it is in the data.
    """
    engine.define("post_spread", SPREAD)
    told = engine.rows(POST, post_id=post_id)
    moments = engine.rows(MOMENTS, post_id=post_id)
    if not told and not moments:
        raise WrongUse(
            f"There is no post {post_id!r} in this study, and no repost of it.\n"
            "  Name it by its id as it stands in the data; the report's tables list them."
        )
    platform, account_id, time, text, hashtags = told[0] if told else (None, None, None, None, None)
    n = len(moments)
    roots = [
        root
        for root, _ in engine.rows(
            REACH, post_id=post_id, least=max(1, round(n / LIKE_REACH)), most=round(n * LIKE_REACH)
        )
    ]
    others = [root for root in roots if root != post_id] if n else []
    if account_id is None:
        found = engine.rows("select min(author) from post_spread where root = $post_id", post_id=post_id)
        account_id = found[0][0]
    ((first, last),) = engine.rows("select min(time), max(time) from posts")
    return Anatomy(
        post_id=post_id,
        platform=platform,
        time=_iso(time),
        text=text,
        author=_author(engine, account_id, time) if account_id else None,
        n_reposts=n,
        n_comparators=len(others),
        milestones=_milestones(engine, post_id, others, [moment for moment, _ in moments]),
        parts=_parts(engine, post_id, others, groups, gone),
        concentration=_concentration(engine, account_id),
        text_copies=_text_copies(engine, text),
        picture_copies=_copies(engine.rows(PICTURES, post_id=post_id)) if told else None,
        tags=_tags(engine, hashtags),
        collected=(_iso(first) or "", _iso(last) or ""),
    )


def _milestones(engine: Engine, post_id: str, others: Sequence[str], moments: Sequence[int]) -> tuple[Milestone, ...]:
    lags: dict[str, list[float | None]] = {}
    for root, lag_s in engine.rows(LAGS, roots=[post_id, *others]):
        lags.setdefault(root, []).append(lag_s)
    reached = []
    for k in (k for k in MILESTONES if k <= len(moments)):
        own = lags[post_id][k - 1]
        theirs = [lag for root in others if len(lags[root]) >= k and (lag := lags[root][k - 1]) is not None]
        reached.append(
            Milestone(
                reposts=k,
                seconds=own,
                time=str(np.datetime64(moments[k - 1], "us").astype("datetime64[s]")) + "Z",
                others=_range(theirs),
                faster=sum(lag < own for lag in theirs) if own is not None and theirs else None,
            )
        )
    return tuple(reached)


def _parts(
    engine: Engine,
    post_id: str,
    others: Sequence[str],
    groups: Sequence[Group] | None,
    gone: Collection[str] | None,
) -> tuple[Part, ...]:
    reported = [group for group in groups or () if group.outcome is Outcome.REPORTED]
    grouped = sorted({account for group in reported for account in group.account_ids})
    counted = {
        root: rest
        for root, *rest in engine.rows(
            PARTS, grouped=grouped, gone=sorted(gone or ()), young_days=YOUNG_DAYS, roots=[post_id, *others]
        )
    }

    def part(of: str, at: int, whole_at: int, *, known: bool) -> Part:
        own = counted.get(post_id, [0] * 5)
        shares = [counted[root][at] / counted[root][whole_at] for root in others if counted[root][whole_at]]
        whole = own[whole_at] if known else 0
        return Part(of=of, count=own[at] if whole else None, whole=whole, others=_range(shares) if known else None)

    parts = [part("accounts in reported groups", 1, 0, known=groups is not None)]
    for group in reported:
        members = _members(engine, post_id, group)
        parts.append(Part(of=f"accounts in group {group.group_id}", count=members, whole=parts[0].whole, others=None))
    parts.append(part(f"accounts less than {YOUNG_DAYS} days old", 3, 2, known=True))
    parts.append(part("accounts no longer there", 4, 0, known=gone is not None))
    return tuple(parts)


def _members(engine: Engine, post_id: str, group: Group) -> int:
    ((n,),) = engine.rows(
        "select count(*) from post_spread where root = $post_id and account_id in (select unnest($members::text[]))",
        post_id=post_id,
        members=list(group.account_ids),
    )
    return int(n)


def _concentration(engine: Engine, account_id: str | None) -> Concentration | None:
    counts = [n for _, n in engine.rows(AMPLIFIERS, author=account_id)] if account_id else []
    if not counts:
        return None
    total = sum(counts)
    return Concentration(
        reposts=total,
        accounts=len(counts),
        through_top_10=sum(counts[:10]),
        effective_accounts=round(total**2 / sum(n**2 for n in counts), 1),
    )


def _text_copies(engine: Engine, text: str | None) -> Copies | None:
    thing = text_object(text) if text else None
    if thing is None:
        return None
    texts = engine.query("select distinct text from posts where text is not null and not is_repost order by text")
    same = [one for one in texts["text"] if text_object(one) == thing]
    engine.define("copied_text", "select unnest($texts::text[]) as text", texts=same)
    return _copies(engine.rows(COPIES))


def _copies(rows: Sequence[tuple[Any, ...]]) -> Copies | None:
    if not rows:
        return None
    return Copies(
        posts=len(rows),
        accounts=len({account for _, account, _ in rows}),
        first_post=rows[0][0],
        first_time=_iso(rows[0][2]) or "",
        post_ids=tuple(post for post, _, _ in rows),
    )


def _tags(engine: Engine, hashtags: Sequence[str] | None) -> tuple[Tag, ...]:
    tags = sorted({tag.lower() for tag in hashtags or ()})
    rows = engine.rows(FIRST_TAG, tags=tags) if tags else []
    return tuple(Tag(tag=tag, posts=n, first_post=post, first_time=_iso(time) or "") for tag, time, post, n in rows)


def _author(engine: Engine, account_id: str, posted: Any) -> Author:
    rows = engine.rows(AUTHOR, account_id=account_id)
    handle, name, _, picture, created_at, followers = rows[0] if rows else (None,) * 6
    sharing = engine.rows(SAME_PICTURE, picture=picture, account_id=account_id) if picture else []
    alike, n_names = _alike_names(engine, account_id) if handle or name else (None, 0)
    known_age = created_at is not None and posted is not None and created_at <= posted
    return Author(
        account_id=account_id,
        handle=handle,
        name=name,
        followers=followers,
        created_at=_iso(created_at),
        age_days=round((posted - created_at).total_seconds() / 86400, 1) if known_age else None,
        same_picture=tuple(account for account, _ in sharing) if picture else None,
        same_picture_names=tuple(dict.fromkeys(other for _, other in sharing if other and other != name)),
        alike_names=alike,
        n_names=n_names,
    )


def _alike_names(engine: Engine, account_id: str) -> tuple[tuple[str, ...], int]:
    accounts = study_accounts(engine)
    own = [account for account in accounts if account.account_id == account_id]
    rest = [account for account in accounts if account.account_id != account_id]
    found = lookalikes(own, rest).pairs
    older = [
        pair.protected_name
        for pair in found
        if pair.protected.created_at is None
        or pair.candidate.created_at is None
        or pair.protected.created_at < pair.candidate.created_at
    ]
    return tuple(dict.fromkeys(older)), len(accounts)


def _range(values: Sequence[float]) -> Range | None:
    if len(values) < FEWEST_COMPARATORS:
        return None
    low, high = np.quantile(np.asarray(values, dtype=np.float64), MIDDLE)
    return Range(n=len(values), low=float(low), high=float(high))


def _iso(time: Any) -> str | None:
    return None if time is None else time.isoformat(timespec="seconds") + "Z"


def counts_of(told: Anatomy) -> Mapping[str, Part]:
    """The parts by what they are parts of."""
    return {part.of: part for part in told.parts}
