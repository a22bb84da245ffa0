"""The links of a study in another window or with another minimum, while a person waits."""

from __future__ import annotations

from datetime import timedelta

from groundswell.detect.limit import within_limits
from groundswell.detect.links import links, links_beyond_chance
from groundswell.detect.shares import Shares
from groundswell.detect.shares_kept import kept_shares
from groundswell.engine.duck import Duck
from groundswell.model.link import LINKS
from groundswell.model.run import Parameters
from groundswell.model.table import Columns
from groundswell.pipeline.run_record import clock_grain_s
from groundswell.pipeline.tracing import check_traced
from groundswell.store.run_folder import concatenate, open_traces
from groundswell.store.study import Study


def relink(
    study: Study, window: timedelta, min_objects: int = 2, *, kind: str | None = None, fdr: float | None = None
) -> Columns:
    """The links that `detect` would list with this window and minimum; nothing of the last run changes.

    Links are evidence to read. Whether accounts act together is decided about groups, which are not looked for here.

    Parameters
    ----------
    study
        A study with traces. The first call keeps their numbers beside them, so that later ones are quick.
    window
        Longest time between two shares that still count, ends included.
    min_objects
        Fewest distinct objects on which a pair must have met.
    kind
        Only this kind of trace; all of them by default.
    fdr
        Only links whose timing q-value is this or less, such as .01; the others are never listed, which is what lets
        an hour on ten million shares fit into memory. ``q_selection`` is then unknown (NaN). All links by default.

    Returns
    -------
    the columns of ``LINKS``, sorted by kind, then the two accounts

    Raises
    ------
    WrongUse
        There are no traces, or older ones than the posts; the minimum is below what links can have.
    WindowTooFine
        The window is finer than the data's clock.
    ValueError
        `fdr` is not between 0 and 1.
    """
    Parameters(windows=(window,), min_objects=min_objects).fitted(clock_grain_s(study.ledgers()))
    check_traced(study)
    folder = study.folder / "traces"
    with Duck() as engine:
        open_traces(engine, folder)
        tables = [
            _links(layer, window, min_objects)
            if fdr is None
            else links_beyond_chance(layer, window, fdr=fdr, min_objects=min_objects)
            for layer in kept_shares(engine, folder / "traces.parquet")
            if kind in (None, layer.kind)
        ]
    return concatenate(tables, LINKS.empty())


def _links(layer: Shares, window: timedelta, min_objects: int) -> Columns:
    """The links of one kind, a crowd's cut as `detect` cuts them; `try_setting` tells what is left out."""
    ((kept, _, limit),) = within_limits(layer, [window], min_objects=min_objects)
    return links(kept, [window], min_objects=limit.min_objects if limit else min_objects)
