"""News that many people wait for: everyone shares it at once, so everyone looks in step.

The yardstick is the crowd at the same moment: if as many outsiders as members stood there, the moment explains it.
"""

from __future__ import annotations

from dataclasses import dataclass

from groundswell.assess.alternatives.explanation import Explanation
from groundswell.assess.case import Case
from groundswell.assess.wording import duration, part
from groundswell.model.finding import Weight

OLD_S = 3600.0
"""An object seen an hour before is no news to those who watch for it."""

QUERY = """
with start as (
    select object_id, min(least(time_a, time_b)) as began
    from group_meeting where group_id = $group_id and kind = $kind group by object_id
), each_object as (
    select object_id, any_value(began) as began,
           count(*) filter (where is_member and abs(epoch_us(time) - epoch_us(began)) <= $window_us) as members,
           count(*) filter (where not is_member and abs(epoch_us(time) - epoch_us(began)) <= $window_us) as beside,
           count(*) filter (where not is_member) as outsiders,
           (epoch_us(any_value(began)) - min(epoch_us(time))) / 1e6 as age_s
    from group_share join start using (object_id)
    where group_id = $group_id and kind = $kind
    group by object_id
)
select count(*), count(*) filter (where beside >= greatest(members, 1)), count(*) filter (where age_s > $old_s),
       count(*) filter (where outsiders = 0)
from each_object
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Of the objects the group met on: how many in a crowd, how many old, how many nobody else shared."""

    objects: int
    crowded: int
    """As many outsiders as members stood within the window."""
    old: int
    alone: int


def weigh(case: Case) -> tuple[Weight, str]:
    """Compare the members with the outsiders of the same moment."""
    window_s = case.layer.window_s
    ((objects, crowded, old, alone),) = case.rows(QUERY, window_us=round(window_s * 1e6), old_s=OLD_S)
    crowd = Crowd(objects=objects, crowded=crowded, old=old, alone=alone)
    if not objects:
        return Weight.CANNOT_TELL, "The meetings that would date it were not kept."
    one, many = case.words.one, case.words.many
    reason = (
        f"As many outsiders as members stood within the same {duration(window_s)} for"
        f" {part(crowd.crowded, objects, one, many)}. {alone:,} of the {objects:,} {'was' if alone == 1 else 'were'}"
        f" {case.words.did} by nobody else; {old:,} of the {objects:,} had been seen more than an hour before."
    )
    return judge(crowd), reason


def judge(crowd: Crowd) -> Weight:
    """Weigh the crowd; objects that nobody else shared are no news to anyone."""
    crowded = crowd.crowded / crowd.objects
    if crowded >= 0.5:
        return Weight.CLEARLY_FOR if crowded >= 0.8 else Weight.FOR
    if crowded > 0.1:
        return Weight.CANNOT_TELL
    return Weight.CLEARLY_AGAINST if (crowd.old + crowd.alone) / crowd.objects >= 0.5 else Weight.AGAINST


ALTERNATIVE = Explanation(
    name="Breaking news, or a release many waited for",
    question="What happened at those minutes, and who else was there?",
    weigh=weigh,
)
