"""What would change this conclusion? The figures and the verdict counted again with one thing taken away or added.

    measures, groups ──► Change        «without group A …», «if 2 of the profiles …», «from 210 posts more …»

Every tipping point is found by counting again, not by a formula about the count: the smallest change that turns it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from groundswell.assess.wording import counted, part, percent
from groundswell.model.campaign import Change, Estimate, LeadLag, Role
from groundswell.model.finding import Verdict
from groundswell.model.group import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """How to count again."""

    posts: Callable[[Sequence[Group]], Estimate]
    """The share of posts with just these groups."""
    role_with_earlier: Callable[[int], Role]
    """The role if so many other accounts had used the campaign before everyone else."""
    verdict: Callable[[Sequence[Verdict]], Verdict]
    """The verdict on the campaign if these were those on its groups."""
    in_campaign: Callable[[Group], int]
    """Posts of the campaign by a group's members."""


LEVELS = (0.5, 0.25, 0.1, 0.05, 0.01)
"""Shares a reader thinks in; the largest one below the share is the one to tip."""


def would_change(
    groups: Sequence[Group],
    verdicts: Sequence[Verdict],
    signed: Sequence[int],
    share: Estimate,
    lead: LeadLag,
    verdict: Verdict,
    again: Again,
    *,
    powerful: bool,
) -> tuple[Change, ...]:
    """What would change the verdict, the share or the role, and from where on.

    Parameters
    ----------
    groups, verdicts, signed
        The groups in the campaign, the verdict on each, and how many of its members show a sign that decides.
    share
        Of the posts.
    verdict
        On the campaign.
    powerful
        Whether a group would have been seen here.
    """
    if not groups:
        return tuple(_nobody(share, powerful=powerful))
    return (
        *_without_each(groups, verdicts, share, verdict, again),
        *_signs(groups, verdicts, signed, verdict, again),
        *_missing(share),
        *_earlier(lead, again),
    )


def _without_each(
    groups: Sequence[Group], verdicts: Sequence[Verdict], share: Estimate, verdict: Verdict, again: Again
) -> Iterator[Change]:
    """Leave each group out, the one with the most posts first."""
    order = sorted(range(len(groups)), key=lambda at: (-again.in_campaign(groups[at]), groups[at].group_id))
    for at in order[:3]:
        left = [group for number, group in enumerate(groups) if number != at]
        rest = again.posts(left).point or 0.0
        without = again.verdict([given for number, given in enumerate(verdicts) if number != at])
        turned = without is not verdict
        then = f"the share of posts would be {percent(rest)} and not {percent(share.point or 0.0)}"
        yield Change(
            if_=f"If group {groups[at].group_id} ({counted(groups[at].size, 'account', 'accounts')}) were found to be"
            " no group",
            then=then + (f", and the verdict «{without}»." if turned else ", and the verdict the same."),
            tipping_point=rest,
            verdict=str(without) if turned else None,
        )


def _signs(
    groups: Sequence[Group], verdicts: Sequence[Verdict], signed: Sequence[int], verdict: Verdict, again: Again
) -> Iterator[Change]:
    """How many profiles would have to be explained, or to show a sign, for the verdict to turn."""
    profiles = sum(n for n, given in zip(signed, verdicts, strict=True) if given is Verdict.DECEPTIVE)
    members = sum(group.size for group in groups)
    if verdict is Verdict.DECEPTIVE:
        enough = sum(max(n - 1, 1) for n, given in zip(signed, verdicts, strict=True) if given is Verdict.DECEPTIVE)
        turned = again.verdict([Verdict.OPEN if given is Verdict.DECEPTIVE else given for given in verdicts])
        yield Change(
            if_=f"If {part(enough, profiles, 'profile', 'profiles')} that show a sign were found to be what they say",
            then=f"no pattern of signs would be left, and the verdict would be «{turned}».",
            tipping_point=float(enough),
            verdict=str(turned),
        )
        return
    yield Change(
        if_=f"If 2 of the {counted(members, 'member', 'members')} were found to copy one bio or picture under different"
        " names",
        then=f"the verdict on their group would be «{Verdict.DECEPTIVE}», unless they speak openly of it.",
        tipping_point=2.0,
        verdict=str(Verdict.DECEPTIVE),
    )


def _missing(share: Estimate) -> Iterator[Change]:
    """How many posts by others, uncollected, would bring the share under the next round figure."""
    point = share.point or 0.0
    below = [level for level in LEVELS if level < point]
    if not below or not share.count:
        return
    level = below[0]
    more = next_below(share.count, share.whole, level)
    yield Change(
        if_=f"If {counted(more, 'more post', 'more posts')} by others had been collected beside the {share.whole:,}",
        then=f"the share of posts would be {percent(level)} or less.",
        tipping_point=float(more),
    )


def next_below(count: int, whole: int, level: float) -> int:
    """Fewest posts by others that bring `count` of `whole` to `level` or below.

    >>> next_below(30, 100, 0.25), next_below(1, 100, 0.25)
    (20, 0)
    """
    low, high = 0, max(1, int(count / level) + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if count <= level * (whole + middle) else (middle + 1, high)
    return low


def _earlier(lead: LeadLag, again: Again) -> Iterator[Change]:
    """How many earlier accounts would change the role."""
    if lead.role is Role.CANNOT_TELL:
        return
    for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000):
        turned = again.role_with_earlier(n)
        if turned is not lead.role:
            yield Change(
                if_=f"If {counted(n, 'other account', 'other accounts')} had used it before all that were collected",
                then=f"the role would be «{turned}» and not «{lead.role}».",
                tipping_point=float(n),
            )
            return


def _nobody(share: Estimate, *, powerful: bool) -> Iterator[Change]:
    posts = counted(share.whole, "post", "posts")
    yield Change(
        if_=f"If accounts beside these {posts} were read too, over more days or more hashtags",
        then="a group that stays under three occasions or two days here could show.",
    )
    yield Change(
        if_="If it were known who follows whom",
        then="readers of one source and accounts that act together could be told apart where they look alike now.",
    )
    yield Change(
        if_="If bios, pictures and creation times of the accounts were in the files, or more of them",
        then="signs that identity is misrepresented could be looked for, and the verdict could be"
        f" «{Verdict.INAUTHENTIC}».",
        verdict=str(Verdict.INAUTHENTIC),
    )
    if not powerful:
        yield Change(
            if_="If planted campaigns of 12 accounts that write at most a tenth of the posts were reported at least"
            " every second time",
            then=f"finding nothing would mean more, and the verdict could be «{Verdict.ORGANIC}».",
            tipping_point=0.5,
            verdict=str(Verdict.ORGANIC),
        )
