"""Links on Spark: the table of `links.links`, to the last bit.

view traces, windows ──► the table ``links``, in Parquet files that the workers wrote
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from groundswell.detect.on_spark.compared import define_compared
from groundswell.detect.on_spark.fdr import define_adjusted
from groundswell.detect.on_spark.first_pass import define_first_pass
from groundswell.detect.on_spark.live import Setting, define_live
from groundswell.detect.on_spark.pairs import CELL, define_pairs
from groundswell.detect.on_spark.selection import define_chances
from groundswell.detect.on_spark.shares import Kind, define_shares
from groundswell.detect.on_spark.trials import trials_of
from groundswell.detect.pairs import LONGEST_US, microseconds
from groundswell.engine.spark import Spark
from groundswell.model.link import LINKS
from groundswell.model.progress import Progress, silent

COLUMNS = ("setting", "a", "b", "n_objects", "n_shared", "expected", "p_timing", "first_us", "last_us")

NAMED = """
select a.id as account_a, b.id as account_b, a.kind, (case setting {windows_us} end) / 1e6 as window_s,
    n_objects, n_shared, expected, p_timing, p_selection, q_timing, q_selection,
    make_timestamp(first_us)::timestamp as first_time, make_timestamp(last_us)::timestamp as last_time
from adjusted
join accounts as a on adjusted.a = a.number
join accounts as b on adjusted.b = b.number
"""

STEPS = 8


def define_links(
    spark: Spark,
    windows: Sequence[timedelta],
    *,
    min_objects: int = 2,
    cell: int = CELL,
    progress: Progress = silent,
) -> None:
    """Make the table ``links`` of the view ``traces``: what `links.links` gives for each kind, in no order.

    Parameters
    ----------
    windows
        Longest times between two shares that still count, ends included.
    min_objects
        Fewest distinct objects.
    cell
        Shares above which an object is split between workers. The answer does not depend on it.

    Notes
    -----
    To the driver come: figures a kind, window and hour; how often each number of near pairs occurs; the chances of
    a setting with 400 links or fewer; and a number or two for each stretch of a sorted table. See docs/spark.md.
    """
    at = iter(range(STEPS))

    def step(what: str) -> None:
        progress(f"Linking accounts on Spark: {what}", next(at), STEPS)

    asked = tuple(sorted(set(windows)))
    windows_us = tuple(map(microseconds, asked))
    step("numbering accounts and objects")
    kinds = define_shares(spark)
    if not kinds:
        spark.load(LINKS, LINKS.empty())
        return
    settings = _settings(kinds, windows_us)
    step("counting near shares")
    define_first_pass(spark, asked, settings)
    step("setting aside what can't matter")
    live = define_live(spark, settings, {kind.number: kind.n_shares for kind in kinds}, min_objects)
    step("counting what could have been tested")
    tried = trials_of(spark, settings, live, min_objects)
    step("counting meetings")
    define_pairs(spark, settings, live, min_objects, cell=cell)
    listed = dict(spark.rows("select setting, count(*) as n from pairs group by setting"))
    step("comparing with chance in time")
    define_compared(spark, settings, asked)
    timing = {each.number: tried[each.kind].timing for each in settings}
    define_adjusted(spark, "in_time", "compared", COLUMNS, "p_timing", "q_timing", listed, timing)
    step("comparing with chance in choice")
    define_chances(spark, "in_time", kinds, settings, windows_us)
    chosen = {each.number: tried[each.kind].selection for each in settings}
    more = (*COLUMNS, "q_timing", "p_selection")
    define_adjusted(spark, "adjusted", "chances", more, "p_selection", "q_selection", listed, chosen)
    step("naming the pairs")
    numbers = " ".join(f"when {each.number} then {each.window_us}" for each in settings if not each.unbounded)
    spark.define(LINKS.name, NAMED.format(windows_us=numbers))


def _settings(kinds: tuple[Kind, ...], windows_us: tuple[int, ...]) -> tuple[Setting, ...]:
    """Every kind in every window, and without one."""
    each = [(kind.number, us) for kind in kinds for us in (*windows_us, LONGEST_US)]
    return tuple(Setting(number, kind, us) for number, (kind, us) in enumerate(each))
