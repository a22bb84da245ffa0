"""A campaign measured: volume, course, rank, reach, comparators, and what they leave standing.

    campaign_post × groups ──► Measured · verdict

It puts the measures together and computes none: each is a module of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from groundswell.assess.births import births_of
from groundswell.assess.campaign_verdict import campaign_verdict, powerful, unseen
from groundswell.assess.comparators import (
    MADE_UP,
    Comparator,
    compared,
    comparisons_sentence,
    shipped,
    statistics_of,
)
from groundswell.assess.concentration import concentration
from groundswell.assess.copied_profiles import copied_profiles
from groundswell.assess.hypotheses import hypotheses, seen_of
from groundswell.assess.lead_lag import lead_lag
from groundswell.assess.phases import phases, phases_sentence
from groundswell.assess.profiles import profiles_of
from groundswell.assess.query import Query
from groundswell.assess.rank import ranks_of
from groundswell.assess.reach import reach_of
from groundswell.assess.scope import Scope
from groundswell.assess.timeline import Course, course_of
from groundswell.assess.volumes import Counted, number_of, reposts_received, volumes_of
from groundswell.assess.wording import counted, part, percent
from groundswell.assess.would_change import Again, would_change
from groundswell.engine.engine import Engine
from groundswell.model.campaign import Concentration, Measured, Role, Volumes
from groundswell.model.finding import Verdict
from groundswell.model.group import Group
from groundswell.model.power import Power

DAY_US = 86_400_000_000


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is known of the collection beside its tables."""

    seed: int = 0
    census: bool = False
    missing: float | None = None
    """Part of all posts that is missing, 0 to 1; None where nobody knows."""
    set_aside: Sequence[Group] = ()
    signed: Sequence[int] = ()
    """For each reported group, members whose profile shows a sign that decides."""
    power: Power | None = None
    comparators: Sequence[Comparator] = field(default=())
    """The user's own; empty for those that come with the program."""
    whole: bool = True
    """Whether no window was refused and no row known to be left out."""


def measure(
    engine: Engine,
    query: Query,
    groups: Sequence[Group],
    verdicts: Sequence[Verdict],
    volume: Counted,
    scope: Scope,
    asked: Asked,
) -> tuple[Measured, Verdict]:
    """Measure the campaign in the table ``campaign_post``.

    Parameters
    ----------
    groups, verdicts
        All reported groups, and the verdict on each.
    volume
        Posts and reposts of the campaign, by account.

    Returns
    -------
    measured, verdict
    """
    number = number_of(groups)
    course = course_of(engine, number.keys())
    signed = asked.signed or (0,) * len(groups)
    inside = [at for at, group in enumerate(groups) if not volume.posts.keys().isdisjoint(group.account_ids)]
    there, given = [groups[at] for at in inside], [verdicts[at] for at in inside]
    statistics = statistics_of(engine, course)
    comparisons = compared(
        statistics,
        len(course.time_us),
        asked.comparators or shipped(),
        source="your own comparators" if asked.comparators else MADE_UP,
    )
    copied = () if given else copied_profiles(profiles_of(engine, sorted(volume.posts)))
    verdict_of = partial(
        campaign_verdict,
        comparisons=comparisons,
        power=asked.power,
        n_posts=len(course.time_us),
        n_accounts=len(volume.posts),
        n_days=len(np.unique(course.time_us // DAY_US)),
        inauthentic=bool(copied),
    )
    verdict = verdict_of(given)
    smallest, seen_here = unseen(asked.power), powerful(asked.power, len(course.time_us))

    def volumes(of: Sequence[Group]) -> Volumes:
        return volumes_of(
            volume,
            of,
            asked.set_aside,
            seed=asked.seed,
            missing=asked.missing,
            census=asked.census,
            unseen=smallest,
        )

    all_of_it = volumes(groups)
    lead = lead_lag(course, precision_s=scope.precision_s, seed=asked.seed)
    stretches = phases(course, precision_s=scope.precision_s)
    reach = reach_of(engine, course, number, precision_s=scope.precision_s)
    outside = any(one.outside for one in comparisons)
    seen = seen_of(
        all_of_it,
        lead,
        stretches,
        reach,
        given,
        powerful=seen_here,
        alike=not outside if comparisons else None,
        whole=asked.whole,
    )
    again = Again(
        posts=lambda left: volumes(left).posts,
        role_with_earlier=lambda n: _role_with_earlier(course, n, scope.precision_s, asked.seed),
        verdict=verdict_of,
        in_campaign=lambda group: sum(volume.posts.get(account, (0, 0))[0] for account in group.account_ids),
    )
    level = 2 if there else 0
    return Measured(
        volumes=all_of_it,
        lead_lag=lead,
        phases=stretches,
        phases_sentence=phases_sentence(stretches),
        ranks=ranks_of(engine, query, groups, number, seed=asked.seed, census=asked.census),
        reach=reach,
        concentration=_concentration(volume, number),
        births=births_of(engine, number),
        comparisons=comparisons,
        comparisons_sentence=comparisons_sentence(comparisons, len(course.time_us)),
        alternatives=hypotheses(seen),
        would_change=would_change(
            there,
            given,
            [signed[at] for at in inside],
            all_of_it.posts,
            lead,
            verdict,
            again,
            powerful=seen_here,
        ),
        sentence=_strongest(query, there, volume, all_of_it, verdict, copied, scope),
        level=level,
    ), verdict


def _role_with_earlier(course: Course, n: int, precision_s: float, seed: int) -> Role:
    """The role if `n` other accounts had each posted once before everyone else."""
    n_accounts = len(course.is_member)
    earlier = Course(
        time_us=np.concatenate([course.time_us[0] - 60_000_000 * np.arange(n, 0, -1, dtype=np.int64), course.time_us]),
        account=np.concatenate([n_accounts + np.arange(n, dtype=np.int64), course.account]),
        is_member=np.concatenate([course.is_member, np.zeros(n, dtype=bool)]),
    )
    return lead_lag(earlier, precision_s=precision_s, seed=seed, with_shift=False).role


def _concentration(volume: Counted, number: dict[str, int]) -> tuple[Concentration, ...]:
    counts = {account: n for account, (n, _) in volume.posts.items()}
    found = (
        concentration("posts over all accounts", counts.values()),
        concentration("posts over accounts in no group", (n for one, n in counts.items() if one not in number)),
        concentration("reposts received over their authors", reposts_received(volume, number).values()),
    )
    return tuple(one for one in found if one)


def _strongest(
    query: Query,
    groups: Sequence[Group],
    volume: Counted,
    volumes: Volumes,
    verdict: Verdict,
    copied: Sequence[Sequence[str]],
    scope: Scope,
) -> str:
    """The strongest sentence that the claim ladder lets software write: level 2 at most."""
    n_accounts, n_posts = len(volume.posts), sum(n for n, _ in volume.posts.values())
    if groups:
        share = volumes.posts
        members = len({one for group in groups for one in group.account_ids} & volume.posts.keys())
        in_groups = f", in {len(groups)} groups," if len(groups) > 1 else ""
        ends = ""
        if share.low is not None and share.high is not None:
            ends = (
                f" ({percent(share.count / share.whole)}; 95 % interval {percent(share.low)} to {percent(share.high)})"
            )
        return (
            f"{part(members, n_accounts, 'account', 'accounts')} that used {query.words}{in_groups} acted together more"
            f" than chance allows, and wrote {part(share.count, n_posts, 'post', 'posts')} with it{ends}."
        )
    used = f"{counted(n_posts, 'post', 'posts')} by {counted(n_accounts, 'account', 'accounts')} have {query.words}"
    if verdict is Verdict.INAUTHENTIC:
        accounts = sum(len(one) for one in copied)
        return (
            f"{used}; {part(accounts, n_accounts, 'account', 'accounts')} show one bio and one picture under different"
            " names, which needs a person’s eye. That they act together is not shown."
        )
    if verdict is Verdict.ORGANIC:
        return (
            f"{used}; 0 groups of accounts stand out, at a sensitivity that reports most planted campaigns of 12"
            " accounts, and its statistics lie within those of organic comparators."
        )
    return (
        f"{used}; 0 groups of accounts stand out, and whether that means anything can’t be told from"
        f" {counted(scope.n_posts, 'post', 'posts')} on {counted(scope.n_days, 'day', 'days')}."
    )
