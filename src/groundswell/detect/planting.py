"""What would this run have seen? Small campaigns of known make are planted into a copy of the traces and searched for.

    Shares of one kind, designs ──► copies with campaigns in them ──► the group scan ──► how many it reported

The planted accounts are the data's own, drawn at random, and keep everything that they did: a campaign hides among
ordinary posts here as it would there. Its objects are its own. `power` works the same out on paper, without the search.

What is not planted: a campaign that says the same in new words each time. Its posts have no words in common, so it
leaves no trace that is compared, and would be found 0 times however often it was planted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import scipy

from groundswell.detect.first_shares import Ints, first_shares
from groundswell.detect.groups import find_groups
from groundswell.detect.shares import Shares
from groundswell.model.power import Design, Planted, Power

SIZES = (5, 12, 30)
WAYS = ((60.0, 10), (600.0, 15), (3600.0, 30))
"""Pace in seconds and number of objects: the slower, the more it takes."""
TURNOUT = 0.6
"""As in the worlds the rule was measured on (docs/how_it_works.md)."""

DESIGNS = tuple(
    Design(size=size, n_objects=n_objects, pace_s=pace_s, turnout=TURNOUT)
    for pace_s, n_objects in WAYS
    for size in SIZES
)

MOST_PLAYERS, MOST_PLANTED = 0.1, 0.05
"""Part of the accounts, and of the shares, that campaigns may be in a copy with more than one of them: more would
leave no crowd to stand out from, and each would hide the others."""
LARGEST = 0.25
"""Part of the accounts that one campaign may need."""

SHARES_A_SEARCH = 4_000
"""What a search costs before the first share is looked at, in shares."""
MOST_SHARES = 250_000
"""Shares searched in all copies together, some five seconds’ work on one core."""

PREFERRED = ("text", "share", "url", "repost")
FEWEST_SHARES = 50

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int32]]


def planted_kind(layers: Sequence[Shares]) -> Shares | None:
    """The kind of trace to plant in: copied words, or what there is the most of; None where there is too little."""
    enough = [layer for layer in layers if layer.n >= FEWEST_SHARES]
    for kind in PREFERRED:
        if found := [layer for layer in enough if layer.kind == kind]:
            return found[0]
    return max(enough, key=lambda layer: (layer.n, layer.kind), default=None)


def power_by_planting(
    layer: Shares,
    *,
    n: int,
    windows_s: Sequence[float],
    precision_s: float,
    n_kinds: int = 1,
    theta: float = 3.0,
    alpha: float = 0.001,
    seed: int = 0,
    designs: Sequence[Design] = DESIGNS,
    leave_out: Sequence[str] = (),
    most_shares: int = MOST_SHARES,
    progress: Callable[[int, int], None] | None = None,
) -> Power:
    """Plant each design `n` times, search, and count how often it was reported.

    Parameters
    ----------
    layer
        All shares of one kind; not changed.
    n
        Campaigns to plant of each design. Fewer are planted where the budget does not reach; `Planted.n` says so.
    windows_s, precision_s, theta, alpha
        As the run's scan had them.
    n_kinds
        Kinds of trace that the run searched: each of its reports has paid for that choice.
    seed
        Of every draw.
    designs
        What to plant.
    leave_out
        Accounts that play no campaign: the members of groups that were found.
    most_shares
        Budget. At least one copy is searched, whatever it costs.
    progress
        Called with (copies searched, copies to search).

    Returns
    -------
    Power
        A campaign counts as found if a reported group holds at least half of its accounts, and these are at least
        half of that group. The interval is over campaigns, in these very data; campaigns in one copy share its crowd.

    Raises
    ------
    ValueError
        `n` is not positive.
    """
    if n < 1:
        raise ValueError(f"at least one campaign must be planted of each design, got {n=}")
    random = np.random.default_rng([seed, 0x706F776572])
    players = _players(layer, leave_out)
    largest = int(LARGEST * len(players))
    possible = [number for number, design in enumerate(designs) if design.size <= largest]
    # A crowd is those who repeat what others do too: to accounts that share nothing with anybody nobody is compared.
    crowd = min(len(players), first_shares(layer).n_eligible)
    copies = _packed([number for _ in range(n) for number in possible], designs, crowd, layer.n)
    affordable = max(1, most_shares // (layer.n + SHARES_A_SEARCH))
    copies = copies[:affordable]
    tried, found = np.zeros(len(designs), np.int64), np.zeros(len(designs), np.int64)
    for done, copy in enumerate(copies):
        if progress:
            progress(done, len(copies))
        campaigns, planted = plant(layer, [designs[number] for number in copy], players, random, precision_s)
        reported = find_groups(
            [campaigns],
            windows_s=windows_s,
            precision_s=precision_s,
            seed=seed,
            theta=theta,
            alpha=alpha / n_kinds,
        ).reported
        groups = [frozenset(group.account_ids) for group in reported]
        for number, accounts in zip(copy, planted, strict=True):
            tried[number] += 1
            found[number] += any(_is(group, accounts) for group in groups)
    if progress:
        progress(len(copies), len(copies))
    return Power(
        kind=layer.kind,
        n_accounts=len(players),
        n_copies=len(copies),
        seed=seed,
        planted=tuple(
            _rate(design, int(of), int(hits)) for design, of, hits in zip(designs, tried, found, strict=True) if of
        ),
        too_large=tuple(sorted({design.size for design in designs if design.size > largest})),
    )


def plant(
    layer: Shares, designs: Sequence[Design], players: Ints, random: np.random.Generator, precision_s: float
) -> tuple[Shares, list[frozenset[str]]]:
    """A copy of the shares with one campaign of each design in it.

    Parameters
    ----------
    players
        Numbers of the accounts to draw members from; none plays in two campaigns of a copy.
    precision_s
        Times are put down as the data's clock would have.

    Returns
    -------
    copy, members
        The account ids of each campaign, in the order of `designs`.
    """
    cast = random.permutation(players)
    account: list[Numbers] = [layer.account]
    thing: list[Numbers] = [layer.object]
    time_us: list[Ints] = [layer.time_us]
    grain_us = max(1, round(precision_s * 1e6))
    members, n_objects = [], len(layer.object_ids)
    for design in designs:
        accounts, cast = np.sort(cast[: design.size]), cast[design.size :]
        members.append(frozenset(layer.account_ids[accounts]))
        # Campaigns keep the data's own hours: each object starts when somebody shared something.
        starts = random.choice(layer.time_us, design.n_objects)
        takes_part = random.random((design.n_objects, design.size)) < design.turnout
        at, who = np.nonzero(takes_part)
        times = starts[at] + random.uniform(0, design.pace_s * 1e6, len(at)).astype(np.int64)
        account.append(accounts[who].astype(np.int32))
        thing.append((n_objects + at).astype(np.int32))
        time_us.append(times // grain_us * grain_us)
        n_objects += design.n_objects
    return _copy(layer, np.concatenate(account), np.concatenate(thing), np.concatenate(time_us), n_objects), members


def _copy(layer: Shares, account: Numbers, thing: Numbers, time_us: Ints, n_objects: int) -> Shares:
    order = np.lexsort((account, time_us, thing))
    post = np.empty(len(order), dtype=object)
    post[: layer.n], post[layer.n :] = layer.post, "planted"
    # Planted objects come after all others in the order of text, for their names begin with the last one's.
    last = layer.object_ids[-1] if len(layer.object_ids) else ""
    object_ids = np.empty(n_objects, dtype=object)
    object_ids[: len(layer.object_ids)] = layer.object_ids
    object_ids[len(layer.object_ids) :] = [f"{last} planted {i:06}" for i in range(n_objects - len(layer.object_ids))]
    return replace(
        layer,
        account=account[order],
        object=thing[order],
        time_us=time_us[order],
        post=post[order],
        object_ids=object_ids,
    )


def _players(layer: Shares, leave_out: Sequence[str]) -> Ints:
    """Accounts with two objects or more that stand in no group."""
    log = first_shares(layer)
    active = np.diff(log.account_start) >= 2
    active[log.numbers_of(leave_out)] = False
    return np.flatnonzero(active)


def _packed(tasks: Sequence[int], designs: Sequence[Design], n_players: int, n_shares: int) -> list[list[int]]:
    """Campaigns in as few copies as the crowd can bear, in order."""
    copies: list[list[int]] = []
    accounts = shares = 0.0
    for number in tasks:
        design = designs[number]
        accounts += design.size
        shares += design.size * design.n_objects * design.turnout
        if not copies or accounts > MOST_PLAYERS * n_players or shares > MOST_PLANTED * n_shares:
            copies.append([])
            accounts, shares = design.size, design.size * design.n_objects * design.turnout
        copies[-1].append(number)
    return copies


def _is(group: frozenset[str], planted: frozenset[str]) -> bool:
    both = len(group & planted)
    return 2 * both >= len(planted) and 2 * both >= len(group)


def _rate(design: Design, n: int, n_found: int) -> Planted:
    interval = scipy.stats.binomtest(n_found, n).proportion_ci(0.95, method="exact")
    low, high = (min(1.0, max(0.0, float(end))) for end in (interval.low, interval.high))
    return Planted(design=design, n=n, n_found=n_found, low=low, high=high)
