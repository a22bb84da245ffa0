"""Topics: hashtags that stand in the same posts more often than their counts alone would give.

    posts with both ──► weight = uses together × log(observed / expected) ──► communities ──► topics

Ties are kept where two tags stand together five times and more than twice as often as chance; communities are found by
Leiden (Traag et al. 2019, doi:10.1038/s41598-019-41695-z) on these ties. A topic is named by its three most used tags.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from graspologic_native import leiden

from groundswell.watch.log import Uses
from groundswell.watch.panel import Answer
from groundswell.watch.scope import Scope

FEWEST_TOGETHER = 5
TIMES_CHANCE = 2.0
MOST_TAGS = 400
"""Most used tags that are looked at."""


def topics(scope: Scope) -> Answer:
    """The topics of a scope, most used first."""
    everybody = scope.counts("hashtag")
    inside = everybody if scope.members is None else everybody.of(scope.members)
    items, uses, _ = inside.per_item()
    chosen = items[np.lexsort((items, -uses))][:MOST_TAGS]
    posts = scope.n_posts(scope.members)
    tagged = scope.of_scope(scope.log.uses["hashtag"].within(scope.span))
    found = _together(tagged.only(np.isin(tagged.item, chosen)))
    count = dict(zip(items.tolist(), uses.tolist(), strict=True))
    ties = []
    for a, b, n in found:
        if n < FEWEST_TOGETHER:
            continue
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
        posts_with, accounts_with = _posts_with(tagged, tags)
        rows.append(
            {
                "name": " ".join(f"#{names[tag]}" for tag in tags[:3]),
                "tags": [names[tag] for tag in tags],
                "count": posts_with,
                "accounts": accounts_with,
                "share_list": posts_with / posts if posts else None,
            }
        )
    rows.sort(key=lambda row: (-row["count"], row["name"]))
    return Answer(rows=rows[: scope.top], n_items=len(rows), shape="tally")


def _together(tagged: Uses) -> Iterator[tuple[int, int, int]]:
    """Every two tags that stand in one post, and in how many, in the order of their numbers."""
    order = np.lexsort((tagged.item, tagged.post))
    item, post = tagged.item[order].astype(np.int64), tagged.post[order]
    n_items = int(item.max()) + 1 if len(item) else 1
    pairs = []
    first, step = np.arange(len(item)), 1
    while len(first):
        first = first[first + step < len(item)]
        first = first[post[first] == post[first + step]]
        pairs.append(item[first] * n_items + item[first + step])
        step += 1
    both, n = np.unique(np.concatenate(pairs or [item]), return_counts=True)
    return zip((both // n_items).tolist(), (both % n_items).tolist(), n.tolist(), strict=True)


def _posts_with(tagged: Uses, tags: list[int]) -> tuple[int, int]:
    """How many posts carry any of the tags, and how many accounts wrote them."""
    carrying = tagged.only(np.isin(tagged.item, tags))
    return len(np.unique(carrying.post)), len(np.unique(carrying.account))
