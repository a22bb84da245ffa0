"""How much of a campaign the reported groups are: three wholes, three lines, and what the figures leave open.

    posts by account · reposts received · groups ──► Volumes

Their own posts are *direct*; reposts that others made of them are *downstream*: exposure, not effect, for the others
pressed the button. Direct alone understates reach, all of downstream overstates influence; both are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from typing import Protocol

from groundswell.assess.estimate import NOBODY, NOTHING, certainty, estimate
from groundswell.assess.wording import percent
from groundswell.model.campaign import Estimate, Volumes
from groundswell.model.group import Group

MISSING_UNKNOWN = 0.3
"""Part of all posts that the bounds let be missing where nobody knows how many are: the most that they are tested
with. Deletion can be the very method of a campaign (Elmas et al. 2021, doi:10.1109/EuroSP51992.2021.00035)."""


class Counted(Protocol):
    """Posts by account with the first use, and reposts as author, reposter and number."""

    posts: dict[str, tuple[int, int]]
    reposts: list[tuple[str, str, int]]


def volumes_of(
    volume: Counted,
    groups: Sequence[Group],
    set_aside: Sequence[Group] = (),
    *,
    seed: int,
    missing: float | None = None,
    census: bool = False,
    unseen: int | None = None,
) -> Volumes:
    """Count the groups' part of a campaign.

    Parameters
    ----------
    volume
        What the campaign's posts hold.
    groups, set_aside
        Those reported, and those that were found and not reported.
    missing
        Part of all posts that is missing, 0 to 1; None where nobody knows.
    census
        The files hold everything there was.
    unseen
        Where no group is reported: accounts that a group which went unseen could have; None where it could be any
        number.
    """
    kept = MISSING_UNKNOWN if missing is None else missing
    number = number_of(groups)
    counts = {account: n for account, (n, _) in volume.posts.items()}
    received = reposts_received(volume, number)
    direct = sum(n for account, n in counts.items() if account in number)
    downstream = sum(n for author, by, n in volume.reposts if author in number and by not in number)
    whole = sum(counts.values())
    surest = frozenset(account for account, at in number.items() if at == _surest(groups))
    aside = frozenset(account for group in set_aside for account in group.account_ids) | number.keys()
    part = partial(
        _part,
        number=number,
        groups=groups,
        band=(surest, aside),
        seed=seed,
        missing=kept,
        census=census,
        unseen=unseen,
    )
    return Volumes(
        posts=part(counts),
        accounts=part(dict.fromkeys(counts, 1)),
        reposts_received=part(received),
        direct=direct,
        downstream=downstream,
        unaffected=whole - direct - downstream,
        band_low=_share(counts, surest) if surest and whole else None,
        band_high=_share(counts, aside) if aside and whole else None,
        missing=kept,
        basis=_basis(kept, len(groups), known=missing is not None, census=census),
    )


def number_of(groups: Sequence[Group]) -> dict[str, int]:
    """The group of each member, by its place in `groups`; of several, the one with the most evidence."""
    number: dict[str, int] = {}
    for at in sorted(range(len(groups)), key=lambda at: (-groups[at].strongest.evidence, groups[at].group_id)):
        for account in groups[at].account_ids:
            number.setdefault(account, at)
    return number


def reposts_received(volume: Counted, members: dict[str, int]) -> dict[str, int]:
    """Reposts that each author received, without those that members made of each other."""
    received: dict[str, int] = {}
    for author, by, n in volume.reposts:
        if not (author in members and by in members):
            received[author] = received.get(author, 0) + n
    return received


def _part(
    counts: dict[str, int],
    *,
    number: dict[str, int],
    groups: Sequence[Group],
    band: tuple[frozenset[str], frozenset[str]],
    seed: int,
    missing: float,
    census: bool,
    unseen: int | None,
) -> Estimate:
    whole = sum(counts.values())
    if not whole:
        return NOTHING
    if not groups:
        busiest = sorted(counts.values(), reverse=True)
        high = 1.0 if unseen is None else sum(busiest[:unseen]) / whole
        return Estimate(
            point=0.0, low=0.0, high=high, bound_low=0.0, bound_high=(1 - missing) * high + missing, whole=whole
        )
    of = estimate(
        ((n, number.get(account, NOBODY)) for account, n in counts.items()),
        [certainty(group.strongest.evidence) for group in groups],
        seed=seed,
        missing=missing,
        census=census,
    )
    surest, aside = (_share(counts, accounts) for accounts in band)
    low = surest * (of.low or 0.0) / of.point if of.point else 0.0
    return replace(
        of,
        bound_low=min(of.bound_low or 0.0, (1 - missing) * low),
        bound_high=max(of.bound_high or 0.0, (1 - missing) * aside + missing),
    )


def _surest(groups: Sequence[Group]) -> int:
    """The place of the group with the most evidence; no group's place where there is none."""
    order = sorted(range(len(groups)), key=lambda at: (-groups[at].strongest.evidence, groups[at].group_id))
    return order[0] if order else NOBODY


def _share(counts: Mapping[str, int], accounts: Set[str]) -> float:
    """The part of these counts that these accounts have."""
    whole = sum(counts.values())
    return sum(counts.get(account, 0) for account in sorted(accounts)) / whole if whole else 0.0


def _basis(missing: float, n_groups: int, *, known: bool, census: bool) -> str:
    if not n_groups:
        return (
            "No group is reported, so the share seen is 0; the interval is as wide as a group could be that these data"
            " would not show."
        )
    read = (
        "The files are taken to hold everything there was, so the 95 % interval covers which groups are real"
        if census
        else "The 95 % interval covers which groups are real and which accounts happened to be read, each with all its"
        " posts"
    )
    gap = (
        f"the bounds cover the {percent(missing)} of the posts that are known to be missing"
        if known
        else f"nobody knows how many posts are missing, and the bounds cover up to {percent(missing)} of them"
    )
    return f"{read}; {gap}, all by members or none, with the surest group alone or with all that were set aside."
