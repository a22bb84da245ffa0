"""An error of ours: a thin basis, a coarse clock, or a group so large that no outsiders are left to compare with."""

from __future__ import annotations

from groundswell.assess.alternatives.explanation import Explanation
from groundswell.assess.case import Case
from groundswell.assess.wording import counted, duration, kinds_listed, listed, part, percent
from groundswell.model.finding import Weight
from groundswell.model.group import Layer
from groundswell.traces.kinds import words

FEW_OCCASIONS, THIN_DIGITS, MANY_DIGITS = 5, 6.6, 20.0
"""Below the first two the rule itself calls a group thin (docs/how_it_works.md)."""

COARSE_CLOCK_S = 60.0
MOST_OF_POSTS = 0.5
"""Share of all posts. A collection that one block dominates has no control inside itself (docs/how_it_works.md)."""

MOST_OF_AUDIENCE = 0.95
"""Share of an object's sharers who are members: above it nearly all objects are the group's own."""

QUERY = "select count(*) from group_post where group_id = $group_id"


def weigh(case: Case) -> tuple[Weight, str]:
    """Look at how much the result rests on."""
    layer = case.layer
    ((posts,),) = case.rows(QUERY)
    own = posts / case.scope.n_posts if case.scope.n_posts else 0.0
    kinds = kinds_listed(case.group.kinds)
    doubts = list(_doubts(layer, own, case.scope.precision_s))
    basis = (
        f"It rests on {counted(layer.n_occasions, 'occasion', 'occasions')} on"
        f" {part(layer.n_days, max(case.scope.n_days, layer.n_days), 'day', 'days')}, in {kinds}, and leaves"
        f" {layer.evidence:,.0f} digits of evidence after paying for the choice of {case.group.size} among"
        f" {counted(case.scope.n_accounts, 'account', 'accounts')}."
    )
    doubt = f" But {listed(doubts)}." if doubts else ""
    return judge(layer, n_doubts=len(doubts)), basis + doubt


def judge(layer: Layer, *, n_doubts: int) -> Weight:
    """A rich basis speaks against an error; a thin or doubtful one leaves it open."""
    if n_doubts:
        return Weight.CANNOT_TELL
    return Weight.CLEARLY_AGAINST if layer.evidence >= MANY_DIGITS and layer.n_days >= 3 else Weight.AGAINST


def _doubts(layer: Layer, own: float, precision_s: float) -> list[str]:
    doubts = []
    if layer.n_occasions < FEW_OCCASIONS or layer.evidence < THIN_DIGITS:
        doubts.append("that is little to go by")
    if precision_s >= COARSE_CLOCK_S:
        doubts.append(f"the clock of these data ticks every {duration(precision_s)}")
    if own > MOST_OF_POSTS:
        doubts.append(f"the members wrote {percent(own)} of all posts, so few outsiders are left to compare with")
    if layer.own_audience > MOST_OF_AUDIENCE:
        doubts.append(
            f"of those seen with the same {words(layer.kind).many} {percent(layer.own_audience)} are members, so others"
            " of the same size stand in as yardstick"
        )
    return doubts


ALTERNATIVE = Explanation(
    name="An error of ours",
    question="Does it hold with other settings, and on other days?",
    weigh=weigh,
)
