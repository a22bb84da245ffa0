"""Topics: hashtags that stand in the same posts more often than their counts alone would give.

    posts with both ──► weight = uses together × log(observed / expected) ──► communities ──► topics

Ties are kept where two tags stand together five times and more than twice as often as chance; communities are found by
Leiden (Traag et al. 2019, doi:10.1038/s41598-019-41695-z) on these ties. A topic is named by its three most used tags.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import Any

import numpy as np
from graspologic_native import leiden

from groundswell.watch.panel import Answer
from groundswell.watch.scope import Scope

FEWEST_TOGETHER = 5
TIMES_CHANCE = 2.0
MOST_TAGS = 400
"""Most used tags that are looked at."""

TOGETHER = """
with chosen as (select unnest($accounts) as account),
     seen as (select post, item from uses where kind = 'hashtag' and time > $start and time <= $at
              and ($everybody or account in (select account from chosen)) and item in (select unnest($items)))
select a.item, b.item, count(*) from seen as a join seen as b using (post) where a.item < b.item
group by all having count(*) >= $fewest order by all
"""


def topics(scope: Scope) -> Answer:
    """The topics of a scope, most used first."""
    everybody = scope.counts("hashtag")
    inside = everybody if scope.members is None else everybody.of(scope.members)
    items, uses, _ = inside.per_item()
    chosen = items[np.lexsort((items, -uses))][:MOST_TAGS]
    posts = scope.n_posts(scope.members)
    found = (
        scope.engine.rows(
            TOGETHER,
            accounts=[-1] if scope.members is None else [int(one) for one in scope.members] or [-1],
            everybody=scope.members is None,
            start=scope.span.start,
            at=scope.span.at,
            items=[int(one) for one in chosen],
            fewest=FEWEST_TOGETHER,
        )
        if len(chosen)
        else []
    )
    count = dict(zip(items.tolist(), uses.tolist(), strict=True))
    ties = []
    for a, b, n in found:
        expected = count[a] * count[b] / max(posts, 1)
        if n > TIMES_CHANCE * expected:
            ties.append((str(a), str(b), n * math.log(n / expected)))
    if not ties:
        return Answer(rows=[], n_items=0, shape="tally")
    _, of_tag = leiden(
        edges=ties,
        starting_communities=None,
        resolution=1.0,
        randomness=0.001,
        iterations=2,
        use_modularity=True,
        seed=0,
    )
    topic: dict[int, list[int]] = defaultdict(list)
    for tag, number in of_tag.items():
        topic[number].append(int(tag))
    names = dict(zip(chosen.tolist(), scope.names(chosen), strict=True))
    rows: list[dict[str, Any]] = []
    for tags in topic.values():
        tags.sort(key=lambda tag: (-count[tag], tag))
        using = _posts_with(scope, tags)
        rows.append(
            {
                "name": " ".join(f"#{names[tag]}" for tag in tags[:3]),
                "tags": [names[tag] for tag in tags],
                "count": using["posts"],
                "accounts": using["accounts"],
                "share_list": using["posts"] / posts if posts else None,
            }
        )
    rows.sort(key=lambda row: (-row["count"], row["name"]))
    return Answer(rows=rows[: scope.top], n_items=len(rows), shape="tally")


POSTS_WITH = """
with chosen as (select unnest($accounts) as account)
select count(distinct post), count(distinct account) from uses
where kind = 'hashtag' and time > $start and time <= $at and item in (select unnest($items))
and ($everybody or account in (select account from chosen))
"""


def _posts_with(scope: Scope, tags: list[int]) -> Counter[str]:
    ((posts, accounts),) = scope.engine.rows(
        POSTS_WITH,
        accounts=[-1] if scope.members is None else [int(one) for one in scope.members] or [-1],
        everybody=scope.members is None,
        start=scope.span.start,
        at=scope.span.at,
        items=tags,
    )
    return Counter(posts=posts, accounts=accounts)
