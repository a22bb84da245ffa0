"""A scheduling tool or a feed: strangers who use the same one post at the same second of the minute.

Two marks: the clumps start at a fixed place in the minute, and the posts carry the name of one rare client. Many
tools are open to anyone, so one tool is not one owner.
"""

from __future__ import annotations

import math

from groundswell.assess.alternatives.explanation import Explanation
from groundswell.assess.case import Case
from groundswell.assess.wording import counted, duration, part
from groundswell.model.finding import Weight

FINEST_CLOCK_S = 10.0
"""A coarser clock has no seconds to look at."""

PHASE_P = 0.01
"""Level of the Rayleigh test that the clumps' seconds are spread over the minute, p = exp(-n R²)."""

QUERY = """
select client, count(distinct account_id) as members
from group_post
where group_id = $group_id and client is not null
  and post_id in (select post_id from group_share where group_id = $group_id and kind = $kind and is_member)
group by client
order by members desc, client
limit 1
"""

KNOWN = """
select count(distinct account_id) from group_post
where group_id = $group_id and client is not null
  and post_id in (select post_id from group_share where group_id = $group_id and kind = $kind and is_member)
"""


def weigh(case: Case) -> tuple[Weight, str]:
    """Look at the seconds of the minute and at the clients."""
    phase, of_phase = _phase(case)
    tool, of_tool = _tool(case)
    reason = f"{of_phase} {of_tool}"
    return judge(phase, tool), reason


def judge(phase: Weight, tool: Weight) -> Weight:
    """Join the two marks: either speaks for it; only what was seen speaks against it."""
    seen = {phase, tool}
    if Weight.CLEARLY_FOR in seen or (phase is Weight.FOR and tool is Weight.FOR):
        return Weight.CLEARLY_FOR
    if Weight.FOR in seen:
        return Weight.FOR
    return Weight.AGAINST if Weight.AGAINST in seen else Weight.CANNOT_TELL


def _phase(case: Case) -> tuple[Weight, str]:
    layer, precision_s = case.layer, case.scope.precision_s
    if precision_s > FINEST_CLOCK_S:
        return (
            Weight.CANNOT_TELL,
            f"The clock of these data ticks every {duration(precision_s)}, so the seconds are unknown.",
        )
    n, together = layer.n_occasions, layer.second_of_minute
    if together is None:
        return Weight.CANNOT_TELL, "At this window the second of the minute is unknown."
    starts = f"The starts of {counted(n, 'occasion', 'occasions')}"
    scale = f"{together:.2f}, where 0 is evenly spread and 1 is always the same second"
    if together < 0.5 or math.exp(-n * together**2) > PHASE_P:
        return Weight.AGAINST, f"{starts} lie anywhere in the minute: {scale}."
    weight = Weight.CLEARLY_FOR if together >= 0.8 else Weight.FOR
    return weight, f"{starts} lie at one place in the minute: {scale}."


def _tool(case: Case) -> tuple[Weight, str]:
    top = case.rows(QUERY)
    if not top:
        return Weight.CANNOT_TELL, "The files do not say which client a post came from."
    client, members = top[0]
    ((known,),) = case.rows(KNOWN)
    outsiders = max(case.scope.clients.get(client, 0) - members, 0)
    others = case.scope.n_accounts - case.group.size
    said = (
        f"{part(members, known, 'member', 'members')} posted them through one client;"
        f" {part(outsiders, others, 'other account', 'other accounts')} used it too."
    )
    if members < 0.5 * known:
        return Weight.AGAINST, said
    rare = outsiders < 0.2 * max(others, 1)
    return (Weight.FOR if rare and members >= 0.8 * known else Weight.CANNOT_TELL), said


ALTERNATIVE = Explanation(
    name="A scheduler or a feed",
    question="Do the same tool and the same settings post for all of them?",
    weigh=weigh,
)
