"""Which groups of different kinds of trace are about the same accounts?

    Decisions of each kind ──► Groups          one group, with a layer for each kind in which its members stand out

The evidence of the kinds is shown side by side and not added up: a group is reported by one kind alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from groundswell.detect.decision import Decision, Rule, decide
from groundswell.detect.moments import moment
from groundswell.detect.refine import SMALLEST
from groundswell.detect.scan import Setting, dominates, without_control
from groundswell.model.group import Group, Lead, Outcome

# Groups with this share of their accounts in common are about the same accounts.
OVERLAP = 0.3


@dataclass(frozen=True, eq=False)
class Finding:
    """A decision in one kind of trace, and how to weigh other accounts in that kind and window."""

    setting: Setting
    rule: Rule
    decision: Decision

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
        if not any(
            len(accounts & other.account_ids) >= OVERLAP * min(len(accounts), len(other.account_ids)) for other in kept
        ):
            kept.append(finding)
    return kept


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
            settled.append(Finding(setting, finding.rule, again))
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
        layers = {strongest.decision.layer.kind: strongest.decision}
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
    ids = strongest.setting.log.shares.account_ids
    lead = strongest.decision.leaders
    return Group(
        group_id="",
        outcome=strongest.decision.outcome,
        account_ids=tuple(sorted(strongest.account_ids)),
        layers=(first.layer, *(d.layer for d in sorted(others, key=lambda d: (-d.layer.evidence, d.layer.kind)))),
        leads=tuple(
            Lead(account_id=ids[account], occasions=n, of=lead.of)
            for account, n in zip(lead.accounts, lead.n_led, strict=True)
        ),
        first_meeting=moment(min(int(d.occasions.begins_us.min()) for d in layers)),
        last_meeting=moment(max(int(d.occasions.ends_us.max()) for d in layers)),
    )
