"""All kinds of trace in one long table.

posts ──► traces          kind · object · account · post · time
"""

from __future__ import annotations

import groundswell.traces
from groundswell.engine.engine import Engine
from groundswell.errors import WrongUse
from groundswell.model.plugins import found
from groundswell.model.trace import TRACES
from groundswell.traces.trace import Trace, Uncompared


def all_traces() -> dict[str, Trace]:
    """Every kind of trace there is, by name."""
    return {trace.name: trace for trace in found(groundswell.traces, "TRACE")}


def trace(engine: Engine, kinds: tuple[str, ...] = ()) -> dict[str, int]:
    """Make the table ``traces`` from the table ``posts``, its rows in no order: they are sorted once, when written.

    An object that only one account ever touched links nobody and stays in the table all the same: it is part of
    the denominator of what was looked at.

    Parameters
    ----------
    engine
        Holds the table ``posts``.
    kinds
        Names of the kinds to look at; empty means every kind.

    Returns
    -------
    dict
        Number of traces of each kind asked for, zero included.

    Raises
    ------
    WrongUse
        A name in `kinds` is not a kind of trace.
    """
    chosen = _chosen(kinds)
    for need in dict.fromkeys(need for one in chosen for need in one.needs):
        need(engine)
    parts = [
        f"select '{one.name}' as kind, object_id, account_id, post_id, time from ({one.find(engine)})" for one in chosen
    ]
    engine.define("traces", f"select {', '.join(TRACES.columns)} from ({' union all '.join(parts)})")
    counted = dict(engine.rows("select kind, count(*) from traces group by kind"))
    return {one.name: counted.get(one.name, 0) for one in chosen}


def uncompared(engine: Engine, kinds: tuple[str, ...] = ()) -> list[Uncompared]:
    """What `trace` did not look at, of the kinds that it was asked for; after it, in the same engine."""
    return [left_out for one in _chosen(kinds) if (left_out := one.left_out(engine))]


def _chosen(kinds: tuple[str, ...]) -> list[Trace]:
    known = all_traces()
    for kind in kinds:
        if kind not in known:
            raise WrongUse(f"{kind!r} is not a kind of trace.\n  There are: {', '.join(known)}.")
    return [known[kind] for kind in kinds or tuple(known)]
