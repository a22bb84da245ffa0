"""What does the rule say of real posts? Organic controls, fair mixtures, and whole timelines, failures first.

    folder of real data ──► Comparisons         beside the plain rules that most tools use, and with what could be seen

A mixture is fair if both sides talk of the same thing at the same time: state-backed posts with a hashtag are moved
into the organic stream of the same hashtag. Mixtures of different topics are won by any rule that flags shared
interest, and are not made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.assess.assess import assess
from groundswell.assess.sensitivity import power_sentences
from groundswell.detect.groups import Scan, find_groups
from groundswell.detect.pairs import pairs_within
from groundswell.detect.planting import planted_kind, power_by_planting
from groundswell.detect.shares import Shares, shares_of
from groundswell.engine.duck import Duck
from groundswell.evaluate.collections import (
    CONTROLS,
    ORGANIC,
    STATE,
    TIMELINES,
    Collection,
    read_collection,
    together,
)
from groundswell.model.group import Group, Outcome
from groundswell.model.link import LINKS, MEETINGS
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.power import Power
from groundswell.model.run import Parameters
from groundswell.traces.long_table import trace

PRECISION_S = 60.0
"""All collections are set to whole minutes."""

DAY_US = 86_400_000_000
WEEK_US = 7 * DAY_US

DEBATE_TAG = "GOPDebate"
DEBATES = 6
"""Days with the most state-backed posts of the tag; the organic stream is cut into as many stretches."""
OTHER_TAGS = ("Ferguson", "CharlieHebdo")
"""Hashtags of the breaking-news control that the state-backed accounts used as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A rule without chance: whoever met often enough is flagged."""

    name: str
    kind: str | None
    """Kind of trace; None for any."""
    window: timedelta
    min_objects: int


PLAIN = (
    Plain(name="2 objects in 60 s", kind=None, window=timedelta(seconds=60), min_objects=2),
    Plain(name="2 hashtags in 60 s", kind="hashtag", window=timedelta(seconds=60), min_objects=2),
    Plain(name="same text twice in 10 min", kind="text", window=timedelta(minutes=10), min_objects=2),
    Plain(name="same text 3 times in 10 min", kind="text", window=timedelta(minutes=10), min_objects=3),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """How many accounts of each origin a rule flags."""

    rule: str
    groups: int | None
    """Reported groups; None for a rule that has none."""
    state: int
    state_of: int
    organic: int
    organic_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A reported group in figures, without its accounts."""

    state: int
    organic: int
    kinds: tuple[str, ...]
    """Kinds of trace, strongest first; the rest is of the strongest."""
    window_s: float
    n_occasions: int
    n_days: int
    times_chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One collection, and what each rule makes of it."""

    name: str
    story: str
    """What was put together, in words."""
    n_posts: int
    traces: dict[str, int]
    flagged: tuple[Flagged, ...]
    """The group scan over all kinds, then by each kind, then the plain rules."""
    reported: tuple[Reported, ...]
    set_aside: int
    """Groups that the scan printed as a note: quick followers, or too few occasions."""
    verdict: str
    headline: str
    power: Power | None

    @property
    def ours(self) -> Flagged:
        """What the group scan flags, over all kinds of trace."""
        return self.flagged[0]

    def as_json(self) -> dict[str, Any]:
        """One entry of the table."""
        return {**asdict(self), "power_sentences": list(power_sentences(self.power)) if self.power else None}


def evaluate_real(
    folder: Path,
    *,
    seed: int = 0,
    power: int = 10,
    timelines: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Comparison, ...]:
    """Compare the rules on real posts.

    Parameters
    ----------
    folder
        Holds the files named in docs/real_data.md.
    seed
        Of every draw.
    power
        Campaigns of each make to plant into each collection; 0 plants none.
    timelines
        Whether to look at the whole timelines too, which takes most of the time.
    progress
        Called with (collections done, collections in all).

    Returns
    -------
    comparisons
        Those in which the group scan flags an organic account first, by how many; then as they were made.
    """
    done: list[Comparison] = []
    total = len(CONTROLS) + 2 + timelines
    for name, story, collection in _collections(folder, seed, timelines=timelines):
        if progress:
            progress(len(done), total)
        # Where all accounts are of one making there is no crowd to plant a campaign in.
        planting = power if collection.accounts(ORGANIC) else 0
        done.append(_compare(name, story, collection, seed=seed, power=planting))
    if progress:
        progress(total, total)
    return tuple(sorted(done, key=lambda one: -one.ours.organic))


def as_text(comparisons: Sequence[Comparison]) -> str:
    """The table for people."""
    lines = []
    for one in comparisons:
        lines += [
            f"{one.name}: {one.story}",
            f"  {one.headline}",
            f"  verdict: {one.verdict}; set aside: {one.set_aside}",
        ]
        width = max(len(flagged.rule) for flagged in one.flagged)
        for flagged in one.flagged:
            parts = [
                f"{n:,} of {of:,} {origin}"
                for n, of, origin in (
                    (flagged.organic, flagged.organic_of, "organic"),
                    (flagged.state, flagged.state_of, "state-backed"),
                )
                if of
            ]
            groups = f", {flagged.groups} reported" if flagged.groups is not None else ""
            lines.append(f"    {flagged.rule.ljust(width)}  {', '.join(parts)}{groups}")
        lines += [
            f"    reported: {group.state + group.organic} accounts, {group.organic} of them organic,"
            f" by {', '.join(group.kinds)};"
            f" within {group.window_s:g} s on {group.n_occasions} objects and {group.n_days} days"
            for group in one.reported
        ]
        lines += [f"  {sentence}" for sentence in (power_sentences(one.power) if one.power else ())]
    return "\n".join(lines) + "\n"


def _collections(folder: Path, seed: int, *, timelines: bool) -> Iterator[tuple[str, str, Collection]]:
    """(name, story, posts) of each comparison."""
    controls = {name: read_collection(folder, file, ORGANIC) for name, file in CONTROLS.items()}
    for name, control in controls.items():
        yield f"organic: {name}", f"{len(control):,} posts of a control, as collected", control
    state = read_collection(folder, TIMELINES, STATE)
    debate = controls["debate"]
    tagged = state.with_tag(DEBATE_TAG)
    random = np.random.default_rng(seed)
    most = _depth(debate)
    days = _busiest_days(tagged, DEBATES)
    one_day = _onto(tagged.where(tagged.time_us // DAY_US == days[0]).capped(most, random), debate)
    yield (
        "fair mixture: one hashtag, one day",
        f"state-backed posts with #{DEBATE_TAG} of one day, at most {most} an account, moved into the organic stream",
        together([debate, one_day]),
    )
    parts = _debates_apart(debate, tagged, sorted(days), most, random)
    news = controls["breaking news"]
    for tag in OTHER_TAGS:
        if len(stream := news.with_tag(tag)):
            parts += [stream, _onto(state.with_tag(tag).capped(_depth(stream), random), stream)]
    yield (
        "fair mixture: several weeks and hashtags",
        f"the same with {len(days)} debates a week apart, and with {', '.join('#' + tag for tag in OTHER_TAGS)}",
        together(parts),
    )
    if timelines:
        yield (
            "whole timelines",
            "every post of the state-backed accounts, with no organic control of equal depth",
            state,
        )


def _depth(stream: Collection) -> int:
    """The posts of an organic account at the 99th percentile: deeper accounts would show by depth alone."""
    _, posts = np.unique(stream.account.astype(str), return_counts=True)
    return int(np.ceil(np.quantile(posts, 0.99)))


def _busiest_days(tagged: Collection, n: int) -> list[int]:
    days, posts = np.unique(tagged.time_us // DAY_US, return_counts=True)
    return [int(day) for day in days[np.argsort(-posts, kind="stable")][:n]]


def _onto(guests: Collection, stream: Collection) -> Collection:
    """The guests moved so that their middle post stands with the stream's; what falls outside is left out."""
    if not len(guests):
        return guests
    moved = guests.moved(int(np.median(stream.time_us)) - int(np.median(guests.time_us)))
    inside = (moved.time_us >= stream.time_us.min()) & (moved.time_us <= stream.time_us.max())
    return moved.where(inside)


def _debates_apart(
    debate: Collection, tagged: Collection, days: Sequence[int], most: int, random: np.random.Generator
) -> list[Collection]:
    """The organic stream cut into stretches of equal numbers of posts, one for each debate, a week apart."""
    cuts = np.linspace(0, len(debate), len(days) + 1).astype(int)
    parts = []
    for n, day in enumerate(days):
        stretch = debate.where(np.arange(cuts[n], cuts[n + 1])).moved(n * WEEK_US)
        guests = tagged.where(tagged.time_us // DAY_US == day).capped(most, random)
        parts += [stretch, _onto(guests, stretch)]
    return parts


def _compare(name: str, story: str, collection: Collection, *, seed: int, power: int) -> Comparison:
    state, organic = collection.accounts(STATE), collection.accounts(ORGANIC)

    def flagged(rule: str, accounts: frozenset[str], groups: int | None) -> Flagged:
        return Flagged(
            rule=rule,
            groups=groups,
            state=len(accounts & state),
            state_of=len(state),
            organic=len(accounts & organic),
            organic_of=len(organic),
        )

    with Duck() as engine:
        engine.load(POSTS, collection.posts())
        engine.load(ACCOUNTS, ACCOUNTS.empty())
        counts = {kind: n for kind, n in trace(engine).items() if n}
        layers = tuple(shares_of(engine, kind) for kind in counts)
        scan = find_groups(layers, precision_s=PRECISION_S, seed=seed)
        for contract in (LINKS, MEETINGS):
            engine.load(contract, contract.empty())
        said = assess(
            engine,
            scan.groups,
            Parameters(seed=seed),
            precision_s=PRECISION_S,
            refused_windows_s=scan.refused_windows_s,
        )
    rules = [flagged("group scan", _members(scan, None), len(scan.reported))]
    rules += [flagged(f"group scan, {kind}", _members(scan, kind), _reported_in(scan, kind)) for kind in counts]
    rules += [flagged(rule.name, _plainly(layers, rule), None) for rule in PLAIN]
    return Comparison(
        name=name,
        story=story,
        n_posts=len(collection),
        traces=counts,
        flagged=tuple(rules),
        reported=tuple(_reported(group, state) for group in scan.reported),
        set_aside=sum(group.outcome is not Outcome.REPORTED for group in scan.groups),
        verdict=str(said.verdict),
        headline=said.headline,
        power=_power(layers, scan, power, seed) if power else None,
    )


def _reported(group: Group, state: frozenset[str]) -> Reported:
    layer = group.strongest
    inside = len(state.intersection(group.account_ids))
    return Reported(
        state=inside,
        organic=group.size - inside,
        kinds=group.kinds,
        window_s=layer.window_s,
        n_occasions=layer.n_occasions,
        n_days=layer.n_days,
        times_chance=layer.times_chance,
    )


def _members(scan: Scan, kind: str | None) -> frozenset[str]:
    """Accounts of reported groups: of all, or of those in which this kind of trace stands out."""
    return frozenset(
        account for group in scan.reported if kind is None or kind in group.kinds for account in group.account_ids
    )


def _reported_in(scan: Scan, kind: str) -> int:
    return sum(kind in group.kinds for group in scan.reported)


def _plainly(layers: Sequence[Shares], rule: Plain) -> frozenset[str]:
    """Accounts of any pair that met often enough."""
    named: set[str] = set()
    for layer in layers:
        if rule.kind in (None, layer.kind):
            (pairs,) = pairs_within(layer, [rule.window], min_objects=rule.min_objects)
            named.update(layer.account_ids[np.union1d(pairs.a, pairs.b)])
    return frozenset(named)


def _power(layers: Sequence[Shares], scan: Scan, n: int, seed: int) -> Power | None:
    layer = planted_kind(layers)
    if layer is None:
        return None
    return power_by_planting(
        layer,
        n=n,
        windows_s=scan.windows_s,
        precision_s=scan.precision_s,
        n_kinds=len(layers),
        theta=scan.theta,
        alpha=scan.alpha,
        seed=seed,
        leave_out=[account for group in scan.groups for account in group.account_ids],
    )
