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

from groundswell.watch.log import Bools, Ints, Uses
from groundswell.watch.panel import Answer
from groundswell.watch.scope import Scope

FEWEST_TOGETHER = 5
TIMES_CHANCE = 2.0
MOST_TAGS = 400
"""Most used tags that are looked at."""


def topics(scope: Scope) -> Answer:
    """The topics of a scope, most used first."""
    standing = scope.standing("hashtag")
    items, uses = standing.items, standing.uses
    chosen = items[np.lexsort((items, -uses))][:MOST_TAGS]
    posts = scope.n_posts(scope.members)
    tagged = scope.of_scope(scope.log.uses["hashtag"].within(scope.span))
    tagged = tagged.only(_among(chosen)[np.minimum(tagged.item, int(chosen.max(initial=0)) + 1)])
    found = _together(tagged)
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
    for tags, posts_with, accounts_with in _carrying(tagged, list(topic.values())):
        tags.sort(key=lambda tag: (-count[tag], tag))
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


def _among(items: Ints) -> Bools:
    """Whether an item is one of these, at its number; one place more than the last of them, for all beyond."""
    chosen = np.zeros(int(items.max(initial=0)) + 2, bool)
    chosen[items] = True
    return chosen


def _together(tagged: Uses) -> Iterator[tuple[int, int, int]]:
    """Every two tags that stand in one post, and in how many, in the order of their numbers."""
    bits = int(tagged.item.max(initial=0)).bit_length()
    both = np.sort(tagged.post.astype(np.int64) << bits | tagged.item)
    post, item = both >> bits, both & ((1 << bits) - 1)
    pairs, step = [np.zeros(0, np.int64)], 1
    while len(first := np.flatnonzero(post[:-step] == post[step:])):
        pairs.append(item[first] << bits | item[first + step])
        step += 1
    found, n = np.unique(np.concatenate(pairs), return_counts=True)
    return zip((found >> bits).tolist(), (found & ((1 << bits) - 1)).tolist(), n.tolist(), strict=True)


def _carrying(tagged: Uses, topics: list[list[int]]) -> Iterator[tuple[list[int], int, int]]:
    """Each topic with how many posts carry any of its tags, and how many accounts wrote them."""
    topic_of = np.full(int(tagged.item.max(initial=0)) + 1, -1)
    for number, tags in enumerate(topics):
        topic_of[tags] = number
    topic = topic_of[tagged.item]
    with_topic = np.flatnonzero(topic >= 0)
    n = []
    for one in (tagged.post[with_topic], tagged.account[with_topic]):
        bits = int(one.max(initial=0)).bit_length()
        n.append(np.bincount(np.unique(topic[with_topic] << bits | one) >> bits, minlength=len(topics)).tolist())
    return zip(topics, *n, strict=True)
