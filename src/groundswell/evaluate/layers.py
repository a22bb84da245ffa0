"""A made-up world as the detectors see it: one layer of shares for each kind of trace."""

from __future__ import annotations

import numpy as np

from groundswell.detect.shares import Shares, shares_of
from groundswell.engine.duck import Duck
from groundswell.model.post import POSTS
from groundswell.model.table import Columns
from groundswell.simulate.scenario import World
from groundswell.traces.long_table import trace

PRECISION_S = 1.0
"""The clock of every made-up world."""


def layers_of(world: World) -> tuple[Shares, ...]:
    """The world's shares: of each kind of trace that its posts leave, or of the one kind of a share log."""
    if world.shares is not None:
        return (_log(world.shares),)
    assert world.posts is not None
    with Duck() as engine:
        engine.load(POSTS, world.posts)
        return tuple(shares_of(engine, kind) for kind, n in trace(engine).items() if n)


def _log(columns: Columns) -> Shares:
    """A share log as numbers, sorted as `Shares` asks for."""
    account_ids, account = np.unique(columns["account_id"], return_inverse=True)
    object_ids, thing = np.unique(columns["object_id"], return_inverse=True)
    order = np.lexsort((columns["content_id"], account, columns["timestamp_share"], thing))
    return Shares(
        kind="share",
        account=account[order].astype(np.int32),
        object=thing[order].astype(np.int32),
        time_us=columns["timestamp_share"][order].astype(np.int64) * 1_000_000,
        post=columns["content_id"][order],
        account_ids=account_ids,
        object_ids=object_ids,
    )
