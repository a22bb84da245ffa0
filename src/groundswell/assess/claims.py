"""The sentence about a group, and the reasons for and against it.

    «14 of 9,829 accounts shared the same 38 links within 60 seconds of each other, 8 at a time on average:
     214 meetings where outsiders’ timing would give 0.3.»

Each reason carries its denominator and the posts that show it. Chance is never given as an error rate: how often
the rule is wrong is measured on made-up worlds and printed there (docs/how_it_works.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from groundswell.assess.case import Case
from groundswell.assess.lead import group_lead
from groundswell.assess.outsiders import LEAST_TIMES, Ties
from groundswell.assess.wording import counted, duration, figure, kinds_listed, part, percent, times
from groundswell.model.finding import Evidence, Side
from groundswell.model.group import Layer
from groundswell.traces.kinds import words

FEW_DAYS, FEW_OCCASIONS = 3, 5
OTHER_POSTS = """
select count(distinct post_id),
       count(distinct post_id) filter (
           where post_id not in (select post_id from group_share where group_id = $group_id and is_member)
       )
from group_post
where group_id = $group_id
"""

BESIDE = """
select count(distinct s.account_id)
from group_share as s
join (
    select object_id, min(least(time_a, time_b)) as began from group_meeting
    where group_id = $group_id and kind = $kind group by object_id
) as start using (object_id)
where s.group_id = $group_id and s.kind = $kind and not s.is_member
  and abs(epoch_us(s.time) - epoch_us(start.began)) <= $window_us
"""

OUTSIDERS = """
select count(distinct account_id) from group_share where group_id = $group_id and kind = $kind and not is_member
"""


def claim(case: Case) -> str:
    """The strongest sentence about behaviour that the group's strongest layer carries."""
    return _acts(case, case.layer, case.ties(case.layer))


def _acts(case: Case, layer: Layer, ties: Ties | None) -> str:
    say = words(layer.kind)
    whole = max(case.scope.n_accounts, case.group.size)
    things = f"{layer.n_occasions:,} {say.many}" if layer.n_occasions != 1 else say.one
    said = (
        f"{part(case.group.size, whole, 'account', 'accounts')} {say.did} the same {things} within"
        f" {duration(layer.window_s)} of each other, {_at_a_time(case.group.size, layer)} at a time on average"
    )
    if ties:
        meetings = counted(ties.meetings, "meeting", "meetings")
        return f"{said}: {meetings} where outsiders’ timing would give {figure(ties.expected)}."
    if layer.times_at_least is not None:
        return (
            f"{said}, on enough of them more than {times(layer.times_at_least)} as often in step as the outsiders of"
            f" the same {say.many}."
        )
    if layer.times_chance < LEAST_TIMES:
        return f"{said}, on part of the occasions far more often in step than the outsiders of the same {say.many}."
    return f"{said}: {times(layer.times_chance)} as often in step as the outsiders of the same {say.many}."


def _in_step(case: Case) -> str:
    """How much more often in step than outsiders.

    The rule asks for more than `LEAST_TIMES`, and evidence may come from part of the occasions: over all of them the
    figure can be smaller, and would then speak against the very rule it is to explain. What holds is told instead.
    """
    layer, ties = case.layer, case.ties(case.layer)
    if layer.times_at_least is not None:
        return (
            f"on enough of them more than {times(layer.times_at_least)} as often in step as the outsiders around those"
            f" moments, over all of them {times(layer.times_chance)}"
        )
    if layer.times_chance >= LEAST_TIMES:
        return f"{times(layer.times_chance)} as often in step as the outsiders around those moments"
    if ties and ties.beyond:
        met = part(ties.beyond, ties.shared, *_nouns(layer))
        return f"not equally closely: on {met} they met more than three times as often as outsiders’ timing would give"
    return "not equally closely: the evidence comes from part of them"


def _at_a_time(size: int, layer: Layer) -> str:
    return f"{min(size, max(2, round(layer.turnout * size))):,}"


def reasons_for(case: Case) -> Iterator[Evidence]:
    """What speaks for the claim: pairs, chance, choice, and the other kinds of trace."""
    layer, size = case.layer, case.group.size
    posts = case.posts(layer)
    if ties := case.ties(layer):
        yield Evidence(
            side=Side.FOR,
            sentence=(
                f"{part(ties.pairs, size * (size - 1) // 2, 'pair', 'pairs')} met on"
                f" {counted(case.scope.min_objects, case.words.one, case.words.many)} or more,"
                f" {counted(ties.meetings, 'meeting', 'meetings')} in all; were they in step only as often as the"
                f" outsiders of the same {case.words.many}, it would be {figure(ties.expected)}. Of each account only"
                " the first time counts."
            ),
            post_ids=posts,
        )
    yield Evidence(
        side=Side.FOR,
        sentence=(
            f"They stood together on {part(layer.n_occasions, max(layer.n_objects, layer.n_occasions), *_nouns(layer))}"
            f" that at least two of them {words(layer.kind).did}, {_in_step(case)}."
        ),
        post_ids=posts,
    )
    together = case.group.evidence_together
    digits = layer.evidence if together is None else together
    over = "" if together is None else f" over {kinds_listed(case.group.kinds)} together, each post counted once,"
    yield Evidence(
        side=Side.FOR,
        sentence=(
            f"{digits:,.0f} digits of evidence are left{over} after paying for having been free to choose any {size}"
            f" of {counted(case.scope.n_accounts, 'account', 'accounts')}; at 0 that freedom alone would explain it."
        ),
        post_ids=posts,
    )
    if (came := group_lead(case)) and came.lag_s <= 0:
        yield Evidence(side=Side.FOR, sentence=f"{came.sentence} It does not say who moved whom.", post_ids=posts)
    for other in case.group.layers[1:]:
        yield Evidence(
            side=Side.FOR,
            sentence=f"In another kind of trace: {_acts(case, other, case.ties(other))}",
            post_ids=case.posts(other),
        )


def reasons_against(case: Case) -> Iterator[Evidence]:
    """What speaks against the claim, or against making more of it than it says."""
    disclosure = case.disclosure
    if disclosure and disclosure.complete:
        yield _against(
            f"All of the {counted(disclosure.read, 'profile', 'profiles')} that were read name"
            f" {disclosure.shown}: they say openly that they belong together."
        )
    yield from _elsewhere(case)
    yield from _thin(case)
    yield from _followed(case)
    if (came := group_lead(case)) and came.lag_s > 0:
        yield _against(f"{came.sentence} They may have followed the others.")
    size, layer = case.group.size, case.layer
    if layer.by_reference:
        yield _against(
            "Few accounts in these data are outsiders to them, so rates from organic collections of 2014 and 2015 had a"
            " part in the yardstick: other years and platforms may differ."
        )
    if layer.turnout < 1:
        yield _against(
            f"On average {percent(layer.turnout)} of the {size} took part in an occasion; the rest stood elsewhere."
        )
    else:
        yield _against(f"All {size} took part each time: one desk with {size} accounts would look the same.")


def _elsewhere(case: Case) -> Iterator[Evidence]:
    ((posts, other),) = case.rows(OTHER_POSTS)
    if posts and other / posts >= 0.25:
        yield _against(
            f"{part(other, posts, 'post', 'posts')} by the members ({percent(other / posts)}) have nothing to do with"
            " what they met on: they also act apart."
        )
    window_us = round(case.layer.window_s * 1e6)
    ((beside,),) = case.rows(BESIDE, window_us=window_us)
    ((outsiders,),) = case.rows(OUTSIDERS)
    if beside:
        yield _against(
            f"{part(beside, outsiders, 'other account', 'other accounts')} with the same {case.words.many} stood within"
            f" the same {duration(case.layer.window_s)} at least once, and are not in the group."
        )


def _thin(case: Case) -> Iterator[Evidence]:
    layer, scope = case.layer, case.scope
    days = max(scope.n_days, layer.n_days)
    if layer.n_days <= FEW_DAYS or layer.n_occasions < FEW_OCCASIONS:
        yield _against(
            f"It rests on {counted(layer.n_occasions, 'occasion', 'occasions')},"
            f" on {part(layer.n_days, days, 'day', 'days')} of the data."
        )
    ties, pairs = case.ties(layer), case.group.size * (case.group.size - 1) // 2
    if ties and ties.meetings < LEAST_TIMES * ties.expected:
        yield _against(
            f"Over all the {case.words.many} they share, they met {times(ties.meetings / ties.expected)} as often as"
            f" outsiders’ timing would give ({ties.meetings:,} against {figure(ties.expected)}): what stands out is how"
            " many of them met at once."
        )
    if ties and 2 * ties.pairs < pairs:
        yield _against(
            f"{part(pairs - ties.pairs, pairs, 'pair', 'pairs')} met on fewer than"
            f" {counted(scope.min_objects, case.words.one, case.words.many)}: they belong through others."
        )


def _followed(case: Case) -> Iterator[Evidence]:
    lead = case.group.leads[0] if case.group.leads else None
    if lead and 2 * lead.occasions >= lead.of:
        yield _against(
            f"One account went first, or just before, on {part(lead.occasions, lead.of, 'occasion', 'occasions')}: the"
            " others may simply follow it."
        )


def _against(sentence: str) -> Evidence:
    return Evidence(side=Side.AGAINST, sentence=sentence)


def _nouns(layer: Layer) -> tuple[str, str]:
    say = words(layer.kind)
    return say.one, say.many
