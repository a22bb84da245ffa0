"""Where would the hashtag stand without them? Its place among all hashtags of the collection, counted again.

    posts × hashtags, members, reposts of members ──► Ranks      with · without · without their reposts too

Three ways of scoring, for platforms do not tell theirs: uses; accounts; and uses in the busiest 24 hours against the
days before, both shrunk. It is a place in what was collected: what the platform showed, and whom it moved, can't be
computed from posts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from groundswell.assess.estimate import certainty
from groundswell.assess.query import Query
from groundswell.assess.rank_draws import rank_draws
from groundswell.assess.wording import counted
from groundswell.engine.engine import Engine
from groundswell.model.campaign import RankDraws, Ranks
from groundswell.model.group import Group
from groundswell.model.table import TableContract, text_column
from groundswell.traces.fold_tag import fold_tag

TAG_FOLDED = TableContract("tag_folded", {"tag": "text", "folded": "text"}, order=("tag",))
RANK_MEMBER = TableContract("rank_member", {"account_id": "text", "number": "bigint"}, order=("account_id",))

TAGS = """
select distinct unnest(hashtags) as tag from posts
union
select distinct pair[2] from (
    select unnest(list_zip(shared_kinds, shared_objects)) as pair from posts where shared_kinds is not null
) where pair[1] = 'hashtag'
"""

# One row for each post and hashtag, with whose post it is and whose post it repeats.
RANK_USE = """
with tagged as (
    select post_id, account_id, time, repost_of, repost_of_account, is_repost, unnest(hashtags) as tag from posts
    union all
    select post_id, account_id, time, repost_of, repost_of_account, is_repost, pair[2] from (
        select *, unnest(list_zip(shared_kinds, shared_objects)) as pair from posts where shared_kinds is not null
    ) where pair[1] = 'hashtag'
), author as (
    select post_id, any_value(account_id) as account_id from posts group by post_id
)
select distinct t.post_id, t.account_id, f.folded as tag, epoch_us(t.time) as time_us,
       coalesce(m.number, -1) as member, coalesce(of.number, -1) as repeats
from tagged as t
join tag_folded as f using (tag)
left join rank_member as m on m.account_id = t.account_id
left join author as a on t.is_repost and a.post_id = t.repost_of
left join rank_member as of on t.is_repost and of.account_id = coalesce(t.repost_of_account, a.account_id)
"""

SCORES = """
with kept as (
    select * from rank_use
    where not list_contains($without::bigint[], member)
      and not ($reposts and list_contains($without::bigint[], repeats))
), tags as (
    select distinct tag from rank_use
)
select tags.tag, count(kept.post_id), count(distinct kept.account_id),
       count(kept.post_id) filter (kept.time_us >= $from_us and kept.time_us < $from_us + 86400000000),
       count(kept.post_id) filter (kept.time_us < $from_us)
from tags left join kept on kept.tag = tags.tag
group by tags.tag
order by tags.tag
"""

BUSIEST = """
select time_us // 3600000000 as hour, count(*) from rank_use where tag = $tag group by hour order by hour
"""

HOURLY = """
with hourly as (
    select time_us // 3600000000 as hour, tag, count(*) as n
    from rank_use where not list_contains($without::bigint[], member) group by all
), placed as (
    select hour, tag, rank() over (partition by hour order by n desc) as place from hourly
)
select count(distinct hour), count(*) filter (tag = $tag and place <= $top) from placed
"""

USES = "select tag, account_id, member, count(*) from rank_use group by all order by all"

TOP = 10
HALF = 0.5
"""Uses added to what was seen and to what was expected, so that 1 against 0 is no sensation."""
DAY_US, HOUR_US = 86_400_000_000, 3_600_000_000
MOST_GROUPS = 5
"""Groups that are left out one by one; each costs two countings."""


def ranks_of(
    engine: Engine,
    query: Query,
    groups: Sequence[Group],
    number: Mapping[str, int],
    *,
    seed: int = 0,
    census: bool = False,
) -> Ranks:
    """Rank a hashtag with and without the groups; `Ranks.unknown` says why where it can't be done.

    Parameters
    ----------
    engine
        Holds the table ``posts``; ``rank_use`` is made beside it.
    number
        The group of each member, by its place in `groups`.
    seed, census
        As in `rank_draws.rank_draws`.
    """
    if query.kind != "hashtag":
        return _unknown("Only hashtags are ranked among one another, and what was asked for is none.")
    written = sorted({tag for (tag,) in engine.rows(TAGS) if tag and fold_tag(tag)})
    folded = [fold_tag(tag) for tag in written]
    n_tags = len(set(folded))
    if query.folded not in folded:
        return _unknown("The files do not list the hashtags of posts, so no place among them can be computed.")
    if n_tags < 2:
        return _unknown(
            f"The collection holds {counted(n_tags, 'hashtag', 'hashtags')}: a place among others can’t be computed"
            " from it."
        )
    engine.load(TAG_FOLDED, {"tag": text_column(written), "folded": text_column(folded)})
    members = sorted(number)
    engine.load(
        RANK_MEMBER,
        {"account_id": text_column(members), "number": np.array([number[one] for one in members], dtype=np.int64)}
        if members
        else RANK_MEMBER.empty(),
    )
    engine.define("rank_use", RANK_USE)
    from_us = _busiest_day(engine, query.folded)
    everyone = list(range(len(groups)))

    def places(without: Sequence[int], *, reposts: bool = False) -> dict[str, int]:
        rows = engine.rows(SCORES, without=list(without), reposts=reposts, from_us=from_us)
        return places_of(rows, query.folded, past_days=_past_days(engine, from_us))

    without = places(everyone)
    one_out = [places([at]) for at in everyone[:MOST_GROUPS]] + [
        places([other for other in everyone if other != at]) for at in everyone[:MOST_GROUPS] if len(everyone) > 1
    ]
    hours, top_with = _hours(engine, query.folded, [])
    _, top_without = _hours(engine, query.folded, everyone)
    return Ranks(
        n_tags=n_tags,
        with_them=places([]),
        without_them=without,
        without_their_reposts=places(everyone, reposts=True),
        without_low={way: min(each[way] for each in (*one_out, without)) for way in without},
        without_high={way: max(each[way] for each in (*one_out, without)) for way in without},
        hours=hours,
        hours_in_top_with=top_with,
        hours_in_top_without=top_without,
        draws=_drawn(engine, query.folded, groups, seed=seed, census=census),
    )


def _drawn(engine: Engine, tag: str, groups: Sequence[Group], *, seed: int, census: bool) -> RankDraws:
    rows = engine.rows(USES)
    tags, tag_of = np.unique([row[0] for row in rows], return_inverse=True)
    _, account_of = np.unique([row[1] for row in rows], return_inverse=True)
    return rank_draws(
        tag_of,
        account_of,
        np.array([row[3] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.int64),
        [certainty(group.strongest.evidence) for group in groups],
        int(np.searchsorted(tags, tag)),
        top=TOP,
        seed=seed,
        census=census,
    )


def places_of(rows: Sequence[tuple[str, int, int, int, int]], tag: str, *, past_days: float) -> dict[str, int]:
    """Place of a tag by each way of scoring: one more than the number of tags that score higher.

    Parameters
    ----------
    rows
        Tag, uses, accounts, uses in the busiest day, uses before it.
    past_days
        Days of the collection before the busiest one; under one day there is no past to compare with, and the way is
        left out.
    """
    scores = {
        "uses": {name: float(uses) for name, uses, *_ in rows},
        "accounts": {name: float(accounts) for name, _, accounts, *_ in rows},
    }
    if past_days >= 1:
        scores["shrunk"] = {name: (now + HALF) / (before / past_days + HALF) for name, _, _, now, before in rows}
    return {way: 1 + sum(score > of[tag] for score in of.values()) for way, of in scores.items()}


def _busiest_day(engine: Engine, tag: str) -> int:
    """Start of the 24 hours, on a full hour, in which the tag was used most, in microseconds."""
    rows = engine.rows(BUSIEST, tag=tag)
    hour, uses = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    sums = np.concatenate([[0], np.cumsum(uses)])
    until = np.searchsorted(hour, hour + 24)
    return int(hour[int(np.argmax(sums[until] - sums[:-1]))]) * HOUR_US


def _past_days(engine: Engine, from_us: int) -> float:
    ((first,),) = engine.rows("select epoch_us(min(time)) from posts")
    return float((from_us - first) / DAY_US)


def _hours(engine: Engine, tag: str, without: Sequence[int]) -> tuple[int, int]:
    ((hours, in_top),) = engine.rows(HOURLY, tag=tag, without=list(without), top=TOP)
    return int(hours), int(in_top)


def _unknown(why: str) -> Ranks:
    return Ranks(
        n_tags=0,
        with_them={},
        without_them={},
        without_their_reposts={},
        without_low={},
        without_high={},
        unknown=why,
    )
