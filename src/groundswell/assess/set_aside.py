"""Groups that are no findings: what they did, and why they are not reported."""

from __future__ import annotations

from groundswell.assess.scope import Scope
from groundswell.assess.wording import counted, duration, part
from groundswell.model.finding import Note
from groundswell.model.group import Group, Lead, Outcome
from groundswell.traces.kinds import words


def set_aside(group: Group, scope: Scope) -> Note:
    """The note on a group that the scan did not report."""
    told = {
        Outcome.QUICK_FOLLOWERS: _quick_followers,
        Outcome.SAME_SOURCES: _same_sources,
        Outcome.NO_CONTROL: _no_control,
    }.get(group.outcome, _too_few)
    return Note(kind=str(group.outcome), sentence=told(group, scope), account_ids=group.account_ids)


def _quick_followers(group: Group, scope: Scope) -> str:
    lead = group.leads[0] if group.leads else None
    one = lead is None or 2 * lead.occasions >= lead.of
    source, who_led = ("one account", "it") if one else ("a few accounts", "the most frequent of them")
    led = f", and {who_led} went first on {part(lead.occasions, lead.of, 'occasion', 'occasions')}" if lead else ""
    return (
        f"{_who(group, scope)} are quick followers of {source}: they {_did(group)}{led}."
        f" Set aside, not reported: readers who are quick leave the same traces.{_who_follows(lead)}"
    )


def _who_follows(lead: Lead | None) -> str:
    """What a follow list adds: the one thing that tells readers of an account from a campaign behind it."""
    if lead is None or not lead.n_listed:
        return ""
    followers = part(lead.n_followers or 0, lead.n_listed, "account", "accounts")
    return f" By the follow list, {followers} among the others follow the one that went first."


def _same_sources(group: Group, scope: Scope) -> str:
    layer = group.strongest
    prompted = part(layer.n_prompted or 0, layer.n_in_step or 0, "share", "shares")
    return (
        f"{_who(group, scope)} {_did(group)}, but {prompted} of theirs in step came soon after an account that the"
        " sharer follows. Set aside, not reported: without those, too little is left that chance would not give."
    )


def _too_few(group: Group, scope: Scope) -> str:
    layer = group.strongest
    return (
        f"{_who(group, scope)} {_did(group)}, on {counted(layer.n_occasions, 'occasion', 'occasions')}"
        f" over {counted(layer.n_days, 'day', 'days')}. Set aside, not reported: so few occasions can be chance."
    )


def _no_control(group: Group, scope: Scope) -> str:
    return (
        f"{_who(group, scope)} {_did(group)}, on {counted(group.strongest.n_occasions, 'occasion', 'occasions')}."
        " Most of these data are of accounts that stand together like that, so hardly anybody is left to compare them"
        " with, and organic collections do not bear it out or say nothing of it. Set aside, not reported: these data"
        " cannot tell."
    )


def _who(group: Group, scope: Scope) -> str:
    return part(group.size, max(scope.n_accounts, group.size), "account", "accounts")


def _did(group: Group) -> str:
    say = words(group.strongest.kind)
    return f"{say.did} the same {say.many} within {duration(group.strongest.window_s)} of each other"
