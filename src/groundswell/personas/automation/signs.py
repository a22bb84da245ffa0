"""What each sign of automation is, how it is counted, and what else it may mean.

    posts, accounts ──QUERY of each sign──► account · value · n

None of them means automation by itself: schedulers are used by people, night shifts exist, newcomers have no
picture. Volume rules of 50, 72 or 144 posts a day flag retired enthusiasts and journalists. So a value stands with the
number of observations it rests on, its place among other accounts, and its caveat.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One sign, counted for every account of a study."""

    name: str
    words: str
    unit: str
    query: str
    """Gives ``account_id``, ``value``, ``n``."""
    counts: str
    """What `n` counts."""
    fewest: int
    """Observations below which the value is not given."""
    caveat: str
    finest_s: float | None = None
    """The coarsest clock, in seconds, on which it can be counted at all; None where the clock does not matter."""


ACTIVE_DAY = """
select account_id, count(*) / count(distinct time::date) as value, count(*) as n from posts group by account_id
"""

BUSIEST_HOUR = """
select account_id, max(in_hour) as value, sum(in_hour) as n
from (select account_id, count(*) as in_hour from posts group by account_id, date_trunc('hour', time))
group by account_id
"""

GAPS = """
select account_id, stddev_pop(gap) / nullif(avg(gap), 0) as value, count(gap) as n
from (
    select account_id, (epoch_us(time) - lag(epoch_us(time)) over (
        partition by account_id order by time, post_id)) / 1e6 as gap
    from posts
) group by account_id
"""

# The hours of the day are a circle: the quiet stretch may run over midnight, so each hour is laid down twice.
QUIET = """
with hours as (select distinct account_id, hour(time) as hour from posts),
twice as (select account_id, hour from hours union all select account_id, hour + 24 from hours),
gaps as (select account_id, lead(hour) over (partition by account_id order by hour) - hour - 1 as gap from twice),
days as (select account_id, count(distinct time::date) as n from posts group by account_id)
select account_id, max(gap) as value, any_value(days.n) as n
from gaps join days using (account_id) where gap is not null group by account_id
"""

# Cramér's V against 60 equal bins: sqrt(chi² / (n · 59)).
SECONDS = """
with bins as (select account_id, second(time) as bin, count(*) as k from posts group by all),
total as (select account_id, sum(k) as n, sum(k * k) as squares from bins group by account_id)
select account_id, sqrt((60.0 * squares / n - n) / (n * 59.0)) as value, n from total
"""

ON_THE_MINUTE = """
select account_id, count(*) filter (second(time) = 0) / count(*) as value, count(*) as n from posts group by account_id
"""

REACTION = """
with origin as (select post_id, min(time) as posted from posts where not is_repost group by post_id)
select account_id, count(*) filter (epoch_us(time) - epoch_us(posted) <= 10000000) / count(*) as value, count(*) as n
from posts join origin on origin.post_id = repost_of
where is_repost and time >= posted group by account_id
"""

REPOSTS = """
select account_id, count(*) filter (is_repost) / count(*) as value, count(*) as n from posts group by account_id
"""

REPEATED = """
select account_id, 1 - count(distinct text) / count(*) as value, count(*) as n
from posts where not is_repost and text is not null group by account_id
"""

CLIENT = """
select account_id, max(k) / sum(k) as value, sum(k) as n
from (select account_id, client, count(*) as k from posts where client is not null group by all) group by account_id
"""

LIFELONG = """
with last as (select max(time) as time from posts)
select account_id, n_posts / greatest(date_diff('day', created_at, last.time), 1) as value, n_posts as n
from (
    select account_id, max(n_posts) as n_posts, min(created_at) as created_at from accounts group by account_id
), last
where n_posts is not null and created_at <= last.time
"""

AUDIENCE = """
select account_id, following / (followers + 1) as value, followers + following as n from (
    select account_id, max(followers) as followers, max(following) as following from accounts group by account_id
) where followers is not null and following is not null
"""

BARE = """
select account_id, (case when trim(coalesce(min(bio), '')) = '' then 1.0 else 0.0 end) as value, 1 as n
from accounts where bio is not null group by account_id
"""

SIGNS = (
    Sign(
        name="posts_per_active_day", words="posts on a day on which it posts", unit="posts", query=ACTIVE_DAY,
        counts="posts", fewest=20,
        caveat="enthusiasts and newsrooms post a lot; keyword samples miss part of what an account posts",
    ),
    Sign(
        name="busiest_hour", words="posts in its busiest hour", unit="posts", query=BUSIEST_HOUR, counts="posts",
        fewest=20, caveat="people comment on live events post by post",
    ),
    Sign(
        name="gap_variation", words="variation of the time between posts, as a part of its mean", unit="",
        query=GAPS, counts="gaps", fewest=100, caveat="a low value means even spacing; schedulers are used by people",
    ),
    Sign(
        name="quiet_hours", words="longest stretch of the day in which it never posted", unit="hours", query=QUIET,
        counts="days", fewest=14, caveat="a low value means posting around the clock; teams and shift workers do",
    ),
    Sign(
        name="seconds_uneven", words="how unevenly its posts fall on the seconds of the minute (Cramér’s V)", unit="",
        query=SECONDS, counts="posts", fewest=300, caveat="platforms deliver in batches", finest_s=1.0,
    ),
    Sign(
        name="on_the_minute", words="posts at second :00", unit="share", query=ON_THE_MINUTE, counts="posts",
        fewest=60, caveat="scheduling tools post on the minute for people too", finest_s=1.0,
    ),
    Sign(
        name="quick_reposts", words="reposts within 10 seconds of the post", unit="share", query=REACTION,
        counts="reposts of posts in the data", fewest=20, caveat="people with notifications on are quick",
        finest_s=1.0,
    ),
    Sign(
        name="repost_share", words="posts that are reposts", unit="share", query=REPOSTS, counts="posts", fewest=20,
        caveat="many people only pass things on",
    ),
    Sign(
        name="repeated_wording", words="own posts that repeat its own earlier words", unit="share", query=REPEATED,
        counts="own posts with text", fewest=20, caveat="greetings, service notices and live scores repeat",
    ),
    Sign(
        name="one_client", words="posts through its most used app", unit="share", query=CLIENT,
        counts="posts whose app is known", fewest=20, caveat="most people use one app; the name can be forged",
    ),
    Sign(
        name="posts_per_day_of_life", words="posts a day since it was made, as its profile tells", unit="posts",
        query=LIFELONG, counts="posts its profile counts", fewest=20, caveat="deleted posts are not counted",
    ),
    Sign(
        name="following_per_follower", words="accounts it follows for each that follows it", unit="",
        query=AUDIENCE, counts="followers and followed", fewest=1, caveat="newcomers follow more than follow them",
    ),
    Sign(
        name="empty_bio", words="whether the profile text is empty (1) or not (0)", unit="", query=BARE,
        counts="profile", fewest=1, caveat="newcomers and private people leave it empty",
    ),
)  # fmt: skip
