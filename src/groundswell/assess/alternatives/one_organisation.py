"""One house with several desks: a newsroom, a company, a ministry. In step, seconds apart, and often first.

What settles it is whether the profiles say so. Timing alone can't tell a desk of five from a campaign of five
(docs/how_it_works.md).
"""

from __future__ import annotations

from groundswell.assess.alternatives.explanation import Explanation
from groundswell.assess.case import Case
from groundswell.assess.disclosure import Disclosure
from groundswell.assess.wording import counted, duration, part, percent
from groundswell.model.finding import Weight

# In made-up worlds desks of one newsroom take part .95 of the time, 2.6 s apart; campaigns .6 and 22 s and more.
DESK_TURNOUT, DESK_SPREAD_S = 0.85, 10.0

FIRST = """
select count(*), count(*) filter (where is_member)
from (
    select is_member from group_share where group_id = $group_id and kind = $kind
    qualify row_number() over (partition by object_id order by time, account_id) = 1
)
"""


def weigh(case: Case) -> tuple[Weight, str]:
    """Look for a name that the profiles share, then at the pace of a desk."""
    layer = case.layer
    ((objects, first),) = case.rows(FIRST)
    tick_s = case.scope.precision_s
    apart = duration(layer.median_spread_s) if layer.median_spread_s >= tick_s else f"less than {duration(tick_s)}"
    pace = (
        f"On average {percent(layer.turnout)} of the {case.group.size} took part, {apart}"
        f" from the first to the last; one of them was the first of all to be seen with it for"
        f" {part(first, objects, case.words.one, case.words.many)}."
    )
    like_a_desk = layer.turnout >= DESK_TURNOUT and layer.median_spread_s <= DESK_SPREAD_S
    return judge(
        case.disclosure,
        read=case.n_read,
        size=case.group.size,
        like_a_desk=like_a_desk,
        pace=pace,
    )


def judge(disclosure: Disclosure | None, *, read: int, size: int, like_a_desk: bool, pace: str) -> tuple[Weight, str]:
    """Weigh what the profiles name, and where there are none, the pace."""
    if disclosure:
        named = (
            f"{part(disclosure.members, size, 'profile names', 'profiles name')} {disclosure.shown}, as"
            f" {'does' if disclosure.outsiders == 1 else 'do'}"
            f" {disclosure.outsiders:,} of {counted(disclosure.outside_profiles, 'other profile', 'other profiles')}."
        )
        if disclosure.complete:
            return Weight.CLEARLY_FOR, f"{named} {pace}"
        return (Weight.FOR if 2 * disclosure.members >= size else Weight.CANNOT_TELL), f"{named} {pace}"
    if 2 * read < size:
        return (
            Weight.CANNOT_TELL,
            f"The files hold profiles of {read} of the {size}, so a shared name could not be looked for. {pace}",
        )
    seen = f"No shared name, site or handle of an organisation in {read} of the {size} profiles."
    return (Weight.CANNOT_TELL if like_a_desk else Weight.AGAINST), f"{seen} {pace}"


ALTERNATIVE = Explanation(
    name="One organisation’s accounts",
    question="Do they say openly that they belong together?",
    weigh=weigh,
)
