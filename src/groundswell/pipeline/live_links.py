"""Links of a study while it is collected: pairs that come to the minimum, as they do.

    Tail ──posts──► objects of one kind ──► Stream ──► Risen, Risen, …

Whoever begins reads the horizon from the store first, so nothing is lost or counted twice by a stop; pairs that stood
by then are counted and not told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import numpy as np

from groundswell.detect.stream import Risen, Stream
from groundswell.errors import WrongUse
from groundswell.pipeline.live import AHEAD_US, EACH_S, beginning
from groundswell.pipeline.live_tail import Arrival, Tail
from groundswell.store.study import Study
from groundswell.traces.canonical_url import canonical_url
from groundswell.traces.fold_tag import fold_tag

KINDS = ("url", "hashtag", "repost", "reply")
"""Kinds of trace that one post tells by itself."""


def stream(
    study: Study,
    kind: str = "url",
    *,
    window: timedelta = timedelta(seconds=60),
    horizon: timedelta = timedelta(hours=48),
    min_objects: int = 2,
    seconds: float | None = None,
    began: Callable[[Stream], None] = lambda stream: None,
) -> Iterator[Risen]:
    """Every pair that comes to the minimum from now on, until the time is up or somebody stops asking.

    Parameters
    ----------
    kind
        One of `KINDS`.
    window, horizon, min_objects
        As `detect.stream.Stream` takes them.
    seconds
        By the machine's clock, since what is stored was read; None goes on.
    began
        Told once what is stored was read.

    Raises
    ------
    WrongUse
        The kind is none of these, or a number makes no sense.
    """
    if kind not in KINDS:
        raise WrongUse(f"Links of kind {kind!r} can't be followed post by post.\n  There are: {', '.join(KINDS)}.")
    try:
        links = Stream(window, horizon=horizon, lateness=min(horizon, timedelta(minutes=10)), min_objects=min_objects)
    except ValueError as error:
        raise WrongUse(f"These numbers make no sense together: {error}.\n  Leave one of them out.") from None
    tail = Tail(study, after_us=beginning(study, horizon / timedelta(hours=1)))
    while True:
        # Files lie in any order, and what is late would be refused: what is stored is sorted once.
        stored = sorted((one for part in tail.read() for one in part), key=lambda one: one.time_us)
        _add(links, kind, stored)
        if not tail.behind:
            break
    began(links)
    ends_s = None if seconds is None else time.monotonic() + seconds
    while ends_s is None or time.monotonic() < ends_s:
        for part in tail.read():
            yield from _add(links, kind, part)
        time.sleep(EACH_S)


def objects_of(post: Arrival, kind: str) -> list[str]:
    """What a post shares, as the trace of this kind finds it."""
    if kind == "repost":
        own = post.repost_of_account == post.account_id
        return [post.repost_of] if post.is_repost and post.repost_of is not None and not own else []
    if post.is_repost:
        return []
    match kind:
        case "url":
            return sorted({page for one in post.urls if (page := canonical_url(one))})
        case "hashtag":
            return sorted({folded for one in post.hashtags if (folded := fold_tag(one))})
        case _:
            return [post.reply_to] if post.reply_to else []


def _add(links: Stream, kind: str, posts: list[Arrival]) -> list[Risen]:
    shares = [(post, thing) for post in posts for thing in objects_of(post, kind)]
    return links.add(
        [post.account_id for post, _ in shares],
        [thing for _, thing in shares],
        np.array([post.time_us for post, _ in shares], np.int64),
        [post.post_id for post, _ in shares],
        now_us=time.time_ns() // 1000 + AHEAD_US,
    )
