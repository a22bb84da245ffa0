"""Why is this account here? Its meetings, what it adds to the group's evidence, and what would take it out.

    account ──► Explanation        one answer for each group it is in, or the nearest one it is not in

Asked by the accused as often as by the accuser, so an account outside every group gets an answer too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from groundswell.assess.wording import check, counted, duration, part
from groundswell.detect.membership import Membership, why
from groundswell.detect.shares import Shares, shares_of
from groundswell.engine.engine import Engine
from groundswell.errors import WrongUse
from groundswell.model.group import Group, Outcome
from groundswell.traces.kinds import words

POSTS_OF = "select count(*) as n from posts where account_id = $account_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Why an account is in one group, or how far it is from it."""

    group_id: str
    outcome: Outcome
    sentences: tuple[str, ...]
    membership: Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What can be said of one account's place in the groups of a run."""

    account_id: str
    n_posts: int
    headline: str
    answers: tuple[Answer, ...]

    def as_json(self) -> dict[str, Any]:
        """What ``explain --json`` prints."""
        return asdict(self)


def explain(engine: Engine, groups: Sequence[Group], account_id: str) -> Explanation:
    """Explain an account's place in every group that names it, or in the reported group it came nearest to.

    Parameters
    ----------
    engine
        Holds the tables ``posts`` and ``traces``.
    groups
        All groups of the run, set aside ones too.

    Raises
    ------
    WrongUse
        No post and no trace is by this account.
    """
    return _explained(engine, groups, account_id, {})


def explain_each(engine: Engine, groups: Sequence[Group], account_ids: Sequence[str]) -> Iterator[Explanation]:
    """Explain many accounts one after the other, as `explain` does; what they shared is looked up once for all."""
    layers: dict[str, Shares] = {}
    for account_id in account_ids:
        yield _explained(engine, groups, account_id, layers)


def _explained(engine: Engine, groups: Sequence[Group], account_id: str, layers: dict[str, Shares]) -> Explanation:
    n_posts = int(engine.query(POSTS_OF, account_id=account_id)["n"][0])
    if not n_posts:
        raise WrongUse(
            f"No post is by the account {account_id!r}.\n"
            "  Accounts are named by their id as it stands in accounts.csv, by handle, or by a report's pseudonym."
        )
    inside = [group for group in groups if account_id in group.account_ids]
    answers = [_answer(engine, layers, groups, group, account_id) for group in inside]
    if not inside:
        reported = [group for group in groups if group.outcome is Outcome.REPORTED]
        tried = [_answer_if_any(engine, layers, groups, group, account_id) for group in reported]
        near = sorted((a for a in tried if a is not None), key=lambda a: (-a.membership.gain, a.group_id))
        answers = near[:1]
    headline = _headline(account_id, n_posts, inside, n_reported=sum(g.outcome is Outcome.REPORTED for g in groups))
    for answer in answers:
        for sentence in answer.sentences:
            check(sentence)
    return Explanation(account_id=account_id, n_posts=n_posts, headline=headline, answers=tuple(answers))


def _headline(account_id: str, n_posts: int, inside: Sequence[Group], *, n_reported: int) -> str:
    posts = counted(n_posts, "post", "posts")
    if not inside:
        groups = counted(n_reported, "reported group", "reported groups")
        return (
            f"The account {account_id} ({posts}) is in no group; there {'is' if n_reported == 1 else 'are'} {groups}."
        )
    listed = ", ".join(
        f"group {group.group_id} ({counted(group.size, 'account', 'accounts')}, {group.outcome})" for group in inside
    )
    return f"The account {account_id} ({posts}) is in {listed}."


def _answer_if_any(
    engine: Engine, layers: dict[str, Shares], groups: Sequence[Group], group: Group, account_id: str
) -> Answer | None:
    """The answer for an account outside, unless it left no trace of the group's kind at all."""
    try:
        return _answer(engine, layers, groups, group, account_id)
    except WrongUse:
        return None


def _answer(
    engine: Engine, layers: dict[str, Shares], groups: Sequence[Group], group: Group, account_id: str
) -> Answer:
    layer = group.strongest
    if layer.kind not in layers:
        layers[layer.kind] = shares_of(engine, layer.kind)
    others = [other.account_ids for other in groups if other.group_id != group.group_id]
    place = why(layers[layer.kind], group, account_id, layer, others=others)
    sentences = tuple(_inside(place) if place.inside else _outside(place))
    return Answer(group_id=group.group_id, outcome=group.outcome, sentences=sentences, membership=place)


def _inside(place: Membership) -> list[str]:
    said = words(place.kind)
    met = len(place.meetings)
    sentences = [
        f"It {said.did} {counted(met, said.one, said.many)} within {duration(place.window_s)} of other members, of"
        f" {place.n_shared:,} that it and any of the {place.n_others:,} others {said.did} at any time.",
        f"With it the group has {place.evidence_with:.1f} digits of evidence, without it {place.evidence_without:.1f};"
        f" after what a member costs it adds {place.gain:.1f}.",
    ]
    if place.hinges_on:
        posts = part(len(place.hinges_on), met, "such post", "such posts")
        sentences.append(
            f"{posts} would take it out: without them it would no longer add evidence, and it would drop out of the"
            " group. It is the shortest list that was found, not the only one."
        )
    else:
        sentences.append("It stays only because the group as a whole does: by itself it adds no evidence.")
    return sentences


def _outside(place: Membership) -> list[str]:
    said = words(place.kind)
    return [
        f"Of group {place.group_id} it came nearest: it {said.did} {counted(len(place.meetings), said.one, said.many)}"
        f" within {duration(place.window_s)} of its members, of {place.n_shared:,} that it and any of the"
        f" {place.n_others:,} members {said.did} at any time.",
        f"Inside it would add {place.gain:.1f} digits of evidence after what a member costs; it takes more than 0.",
    ]
