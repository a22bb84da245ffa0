"""False discoveries among links, on Spark: the q-values of `fdr.adjusted`.

    table with p, trials ──► the same with q

The rows are sorted by all workers, settings one after the other. A q-value is the least of ``p x tested / rank`` from
its row on; within a stretch of the order that is a running minimum, and of the stretches after it the least is enough.
"""

from __future__ import annotations

from collections.abc import Mapping

from groundswell.engine.spark import Spark

SCALED = """
select *, {p} * (case setting {tested} end)::double / (number - case setting {first} end + 1)::double as scaled
from by_{p}
"""

RUNNING = """
select {columns},
    least(
        min(scaled) over (
            partition by s.setting, s.part order by number desc rows between unbounded preceding and current row
        ),
        l.least, 1.0::double
    ) as {q}
from scaled as s join (values {later}) as l(setting, part, least) on s.setting = l.setting and s.part = l.part
"""


def define_adjusted(
    spark: Spark,
    name: str,
    table: str,
    columns: tuple[str, ...],
    p: str,
    q: str,
    listed: Mapping[int, int],
    tested: Mapping[int, int],
) -> None:
    """Make the view `name`: `columns` of `table`, and the q-value of its column `p`.

    Parameters
    ----------
    listed
        For each setting that has any, its rows in `table`.
    tested
        For each setting, the pairs that could have been tested.
    """
    first, before = {}, 0
    for setting, n in sorted(listed.items()):
        if tested[setting] < n:
            raise ValueError(f"{n} pairs are listed, but only {tested[setting]} could have been tested")
        first[setting] = before
        before += n
    kept = ", ".join(columns)
    if not first:
        spark.view(name, f"select {kept}, 1.0::double as {q} from {table}")
        return
    spark.number(f"by_{p}", f"select {kept} from {table}", by=("setting", p))
    of_setting = {setting: tested[setting] for setting in first}
    spark.view("scaled", SCALED.format(p=p, tested=_cases(of_setting), first=_cases(first)))
    least: dict[tuple[int, int], float] = {}
    after: dict[int, float] = {}
    found = spark.rows("select setting, part, min(scaled) as least from scaled group by setting, part")
    for setting, part, low in sorted(found, reverse=True):
        least[setting, part] = after.get(setting, 1.0)
        after[setting] = min(low, after.get(setting, 1.0))
    later = ", ".join(f"({setting}, {part}, {low!r}::double)" for (setting, part), low in sorted(least.items()))
    kept = ", ".join(f"s.{column}" for column in columns)
    spark.view(name, RUNNING.format(columns=kept, q=q, later=later))


def _cases(numbers: Mapping[int, int]) -> str:
    return " ".join(f"when {setting} then {number}" for setting, number in numbers.items())
