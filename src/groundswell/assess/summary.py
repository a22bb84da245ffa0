"""The first lines of a page: the strongest permitted sentence, what it does not say, what is supported and what not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from groundswell.assess.campaign import interval
from groundswell.assess.scope import Scope
from groundswell.assess.wording import counted, kinds_listed, part
from groundswell.model.finding import Campaign, Finding, Share, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What there is to sum up."""

    scope: Scope
    findings: Sequence[Finding]
    shares: Sequence[Share]
    campaign: Campaign | None
    verdict: Verdict

    @property
    def members(self) -> int:
        """Accounts in any reported group."""
        return len({account for finding in self.findings for account in finding.account_ids})

    @property
    def who(self) -> str:
        """Members with their denominator."""
        return part(self.members, max(self.scope.n_accounts, self.members), "account", "accounts")


def headline(told: Told) -> str:
    """The strongest sentence the evidence carries, with its denominator inside."""
    if not told.findings:
        return (
            f"No group of the {counted(told.scope.n_accounts, 'account', 'accounts')} acted together more than chance"
            " allows, as far as these data can show."
        )
    groups = f", in {len(told.findings):,} groups," if len(told.findings) > 1 else ""
    wrote = (told.campaign.shares if told.campaign else told.shares)[0]
    return (
        f"{told.who}{groups} acted together more than chance allows. They wrote {wrote.count:,} of the"
        f" {wrote.whole:,} {wrote.of} ({interval(wrote)})."
    )


def hedge(told: Told) -> str:
    """What the headline does not say."""
    if not told.findings:
        return (
            "It does not say that nobody acted together: what could not have been found here is listed with the result."
        )
    whom = "the campaign owes its spread to them" if told.campaign else "anything they shared owes its spread to them"
    openness = {
        Verdict.DECEPTIVE: "Some of their profiles show signs that need a person’s eye; the signs do not say who they"
        f" are or why, nor that {whom}.",
        Verdict.OPEN: f"Nothing here says who they are, whether they deceive anyone, or that {whom}.",
    }
    return openness.get(
        told.verdict,
        "Whether they act in the open can’t be told from these files. Nothing here says who they are, whether they"
        f" deceive anyone, or that {whom}.",
    )


def supported(told: Told) -> tuple[str, ...]:
    """What the data support, a sentence each."""
    return tuple(_supported(told))


def _supported(told: Told) -> Iterator[str]:
    scope = told.scope
    if not told.findings:
        kinds = kinds_listed(kind for kind, n in scope.kinds.items() if n)
        looked = f" by {kinds}" if kinds else ""
        yield (
            f"{counted(scope.n_posts, 'post', 'posts')} by {counted(scope.n_accounts, 'account', 'accounts')} on"
            f" {counted(scope.n_days, 'day', 'days')} were compared{looked}; no group met all that"
            " the rule asks."
        )
    for finding in told.findings:
        yield finding.claim
    reposts = told.shares[2] if told.findings and len(told.shares) > 2 else None
    if reposts and reposts.count:
        yield (
            f"Others reposted them {counted(reposts.count, 'time', 'times')}, of"
            f" {counted(reposts.whole, 'repost', 'reposts')} received by any account"
            f" ({interval(reposts)}). It is exposure, not effect."
        )
    if told.campaign:
        yield told.campaign.sentence


def not_supported(told: Told) -> tuple[str, ...]:
    """What the data do not support, for those who would like to say it."""
    return tuple(_not_supported(told))


def _not_supported(told: Told) -> Iterator[str]:
    if not told.findings:
        yield (
            f"That none of the {counted(told.scope.n_accounts, 'account', 'accounts')} acted together: only groups that"
            " these data and this rule can show were looked for."
        )
        return
    they = f"these {told.members:,} of {counted(told.scope.n_accounts, 'account', 'accounts')}"
    yield f"That {they} have one owner, or any particular one: nothing of the kind was measured."
    yield f"That any of {they} is run by software: acting in step is no sign of it."
    yield "That nobody else acts together: only groups that these data and this rule can show were looked for."
    yield (
        "That the campaign owes them its rank or its spread: how it would have gone without them can’t be computed from"
        f" {counted(told.campaign.n_posts, 'post', 'posts')} of one campaign."
        if told.campaign
        else "That anything they shared owes them its spread: reposts by others are exposure, not effect."
    )
