"""Which groups of different kinds of trace are about the same accounts?

    Decisions of each kind ──► Groups          one group, with a layer for each kind in which its members stand out

Evidence is shown kind by kind. It is added up only for groups that no kind reports alone (`together`): for the others
there is no need, and a post's link and its words are one coincidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

from groundswell.detect.bets import runs
from groundswell.detect.decision import Decision, Rule, decide
from groundswell.detect.first_shares import Ints
from groundswell.detect.moments import moment
from groundswell.detect.occasions import n_beside, occasions
from groundswell.detect.refine import SMALLEST
from groundswell.detect.scan import SIDE_BY_SIDE, Setting, dominates, without_control
from groundswell.detect.together import together
from groundswell.model.group import Group, Lead, Outcome

# Groups with this share of their accounts in common are about the same accounts.
OVERLAP = 0.3

# Adding up kinds of trace costs a yardstick for each of their windows.
MOST_TRIED = 10


@dataclass(frozen=True, eq=False)
class Finding:
    """A decision in one kind of trace, and how to weigh other accounts in that kind and window."""

    setting: Setting
    rule: Rule
    decision: Decision
    beside: tuple[Decision, ...] = ()
    """Where only several kinds together were enough: the decisions in the others."""
    evidence_together: float | None = None
    """And the digits of all of them."""

    @property
    def account_ids(self) -> frozenset[str]:
        """The members as text."""
        return frozenset(self.setting.log.shares.account_ids[self.decision.members])

    def on(self, account_ids: Sequence[str]) -> Decision | None:
        """The decision on these accounts instead, in the same kind and window; None if they don't stand out."""
        members = self.setting.log.numbers_of(account_ids)
        return decide(self.setting.evidence(members), members, self.rule) if len(members) >= SMALLEST else None


def without_overlaps(findings: Sequence[Finding]) -> list[Finding]:
    """Of one kind's groups about the same accounts, in whatever windows, the one with the most evidence.

    Whatever its outcome: else a part of a fandom that happens to look leaderless would be reported while the whole
    is rightly set aside. The share in common is that of the smaller group.
    """
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (-f.decision.layer.evidence, f.decision.layer.window_s)):
        accounts = finding.account_ids
        if not _overlaps(accounts, [other.account_ids for other in kept]):
            kept.append(finding)
    return kept


@dataclass(frozen=True, eq=False)
class Short:
    """Members with too little evidence in one kind of trace and one window."""

    setting: Setting
    members: Ints

    @property
    def account_ids(self) -> frozenset[str]:
        """The members as text."""
        return frozenset(self.setting.log.shares.account_ids[self.members])

    @cached_property
    def most_in_step(self) -> int:
        """Members beside the first in the window: what `in_step` is at most, without a yardstick."""
        log, window_us = self.setting.log, self.setting.whole.window_us
        rows = log.rows_of(self.members)
        return n_beside(log.shares.time_us, rows, runs(log.shares.object, rows), window_us)

    @cached_property
    def in_step(self) -> float:
        """Members beside the first in the window, less what the outsiders' habits would give."""
        shared = occasions(self.setting.evidence(self.members), self.members)
        return float((shared.size - 1).sum() - shared.expected)


def by_several_kinds(
    short: Sequence[Short], settings: Mapping[str, Sequence[Setting]], rule: Rule, found: Sequence[Finding]
) -> list[Finding]:
    """The groups that several kinds of trace report together; none overlaps with another, or with one found alone.

    Only the `MOST_TRIED` that stand in step most often in their own kind are tried.
    """
    if len(settings) < 2:
        return []
    kept = [finding.account_ids for finding in found]
    added: list[tuple[float, list[str], Finding]] = []
    alone = [one for one in short if not _overlaps(one.account_ids, kept)]
    tried = [(sorted(one.account_ids), one.setting) for one in most_in_step(alone, MOST_TRIED)]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        wholes = list(pool.map(lambda one: together(one[0], one[1], settings, rule), tried))
    for (ids, _), whole in zip(tried, wholes, strict=True):
        if whole is not None:
            first, *others = whole.decisions
            added.append((-whole.evidence, ids, Finding(whole.setting, rule, first, tuple(others), whole.evidence)))
    chosen: list[Finding] = []
    for _, ids, finding in sorted(added, key=lambda each: each[:2]):
        if not _overlaps(frozenset(ids), [other.account_ids for other in chosen]):
            chosen.append(finding)
    return chosen


def most_in_step(short: Sequence[Short], n: int) -> list[Short]:
    """The `n` that stand in step most often, the most first; of equals the first by name.

    A yardstick is made only for those that can still be among them.
    """
    best: list[tuple[tuple[float, list[str]], Short]] = []
    ranked = sorted(short, key=lambda each: -each.most_in_step)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        # The first are looked at whatever comes, so side by side.
        list(pool.map(lambda one: one.in_step, ranked[:n]))
    for one in ranked:
        if len(best) == n and one.most_in_step < -best[-1][0][0]:
            break
        best.append(((-one.in_step, sorted(one.account_ids)), one))
        best = sorted(best, key=lambda each: each[0])[:n]
    return [one for _, one in best]


def _overlaps(accounts: frozenset[str], others: Sequence[frozenset[str]]) -> bool:
    return any(len(accounts & other) >= OVERLAP * min(len(accounts), len(other)) for other in others)


def beside_a_block(findings: Sequence[Finding]) -> list[Finding]:
    """The same, decided on anew in the kinds of trace in which the accounts of all of them dominate the collection.

    Several groups, none of which dominates by itself, can be each other's outsiders: in the collected timelines of
    accounts that act alike there is no one else. So all accounts that stand out in any kind, reported or not, are taken
    for one block, and each kind asks whether that block is most of what it has.
    """
    block = frozenset[str]().union(*(finding.account_ids for finding in findings))
    settled: list[Finding] = []
    for finding in findings:
        inside = finding.setting.log.numbers_of(block)
        if not dominates(finding.setting.log, inside):
            settled.append(finding)
            continue
        decided = finding.decision
        setting, again = without_control(finding.setting, inside, decided.members, finding.rule, decided)
        if again is not None:
            settled.append(replace(finding, setting=setting, decision=again))
    return settled


def merged(findings: Sequence[Finding]) -> list[Group]:
    """Make one group of findings about the same accounts, the strongest first and in its name.

    A finding joins a stronger one of another kind if at least 30 % of its own accounts are in it, and the stronger
    one's members stand out in that kind as well. It is its own accounts that count: a small group that is part of a
    larger, weaker one must not make the rest of the larger one disappear.

    Returns
    -------
    groups without names
        Reported ones first, each by evidence. Every layer is about the same members: those of the strongest.
    """
    waiting = sorted(findings, key=_strongest_first)
    groups: list[Group] = []
    while waiting:
        strongest, *others = waiting
        members = strongest.account_ids
        layers = {one.layer.kind: one for one in (strongest.decision, *strongest.beside)}
        waiting = []
        for other in others:
            kind, accounts = other.decision.layer.kind, other.account_ids
            joins = kind != strongest.decision.layer.kind and len(accounts & members) >= OVERLAP * len(accounts)
            weighed = layers.get(kind) or other.on(sorted(members)) if joins else None
            if weighed is None:
                waiting.append(other)
            else:
                layers[kind] = weighed
        groups.append(_group(strongest, list(layers.values())))
    return groups


def _strongest_first(finding: Finding) -> tuple[bool, float, str, list[str]]:
    layer = finding.decision.layer
    return (
        finding.decision.outcome is not Outcome.REPORTED,
        -layer.evidence,
        layer.kind,
        sorted(finding.account_ids),
    )


def _group(strongest: Finding, layers: list[Decision]) -> Group:
    first, *others = layers
    lead = strongest.decision.leaders
    return Group(
        group_id="",
        outcome=strongest.decision.outcome,
        account_ids=tuple(sorted(strongest.account_ids)),
        layers=(first.layer, *(d.layer for d in sorted(others, key=lambda d: (-d.layer.evidence, d.layer.kind)))),
        leads=tuple(_lead(strongest, account, n) for account, n in zip(lead.accounts, lead.n_led, strict=True)),
        first_meeting=moment(min(int(d.occasions.begins_us.min()) for d in layers)),
        last_meeting=moment(max(int(d.occasions.ends_us.max()) for d in layers)),
        evidence_together=strongest.evidence_together,
    )


def _lead(strongest: Finding, account: int, n_led: int) -> Lead:
    log, lead = strongest.setting.log, strongest.decision.leaders
    followers = listed = None
    if log.following is not None:
        others = log.following.listed_of(strongest.decision.members[strongest.decision.members != account])
        followers, listed = log.following.followers_of(account, others), len(others)
    account_id = log.shares.account_ids[account]
    return Lead(account_id=account_id, occasions=n_led, of=lead.of, n_followers=followers, n_listed=listed)
