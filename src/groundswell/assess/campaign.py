"""How much of a hashtag, link or phrase the reported groups are: posts, accounts, reposts received.

    campaign_post × reported groups ──► Campaign

Three wholes, never one: what they wrote, how many they are, and what others repeated of theirs. Reposts by others
are exposure, not effect (docs/campaigns.md): the others pressed the button.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from groundswell.assess.lead import campaign_sentence, timing
from groundswell.assess.measure import Asked, measure
from groundswell.assess.portion import portion
from groundswell.assess.query import Query, define_campaign_posts, nearest_tags, read_query
from groundswell.assess.scope import Scope
from groundswell.assess.wording import counted, listed, part, percent, quoted
from groundswell.engine.engine import Engine
from groundswell.model.campaign import Volumes
from groundswell.model.finding import Campaign, Note, Share, Verdict
from groundswell.model.group import Group

POSTS_OF = "select account_id, count(*), min(epoch_us(time)) from {table} group by account_id order by account_id"

# A repost received: by another account, of a post whose author the files name.
REPOSTS_OF = """
select coalesce(r.repost_of_account, o.account_id) as author, r.account_id as reposter, count(*)
from {table} as r
left join (select post_id, any_value(account_id) as account_id from posts group by post_id) as o
  on o.post_id = r.repost_of
where r.is_repost and coalesce(r.repost_of_account, o.account_id) is not null
  and coalesce(r.repost_of_account, o.account_id) <> r.account_id
group by all
order by all
"""

TABLES = ("posts", "campaign_post")


class Volume:
    """Posts by account, first use, and reposts received, in one table of posts."""

    def __init__(self, engine: Engine, table: str) -> None:
        if table not in TABLES:
            raise ValueError(f"volume is counted in {' or '.join(TABLES)}, not in {table!r}")
        self.posts: dict[str, tuple[int, int]] = {
            account: (n, first_us) for account, n, first_us in engine.rows(POSTS_OF.format(table=table))
        }
        self.reposts: list[tuple[str, str, int]] = engine.rows(REPOSTS_OF.format(table=table))

    def shares(
        self, members: frozenset[str], what: str, *, census: bool = False, missing_posts: int | None = None
    ) -> tuple[Share, ...]:
        """The members' part of the posts, of the accounts, and of the reposts received where there are any."""
        cut: Callable[..., Share] = partial(portion, census=census)
        found = [
            cut(f"posts{what}", ((n, one in members) for one, (n, _) in self.posts.items()), missing=missing_posts),
            cut(f"accounts{what}", ((1, one in members) for one in self.posts)),
        ]
        received: dict[str, int] = {}
        for author, reposter, n in self.reposts:
            inside = author in members and reposter in members
            received[author] = received.get(author, 0) + (0 if inside else n)
        if sum(received.values()):
            found.append(cut(f"reposts{what} by others", ((n, one in members) for one, n in received.items())))
        return tuple(found)


def campaign_of(
    engine: Engine,
    asked: str,
    groups: Sequence[Group],
    verdicts: Sequence[Verdict],
    scope: Scope,
    *,
    census: bool = False,
    missing_posts: int | None = None,
    known: Asked | None = None,
) -> tuple[Campaign | None, tuple[Note, ...]]:
    """Measure a campaign, or say that no post matches.

    Parameters
    ----------
    asked
        A hashtag with its sign, a link, a phrase, or ``posts:`` and their ids.
    groups, verdicts
        The reported groups and the verdict on each.
    census, missing_posts
        As in `portion.portion`.
    known
        What is known of the collection beside its tables.

    Returns
    -------
    campaign, notes
        None and a note that names the nearest hashtags where nothing matches.
    """
    query = read_query(asked)
    n_posts = define_campaign_posts(engine, query)
    if not n_posts:
        return None, (_no_match(engine, query, scope),)
    volume = Volume(engine, "campaign_post")
    what = f" with {query.words}"
    members = frozenset(account for group in groups for account in group.account_ids)
    cut = partial(volume.shares, what=what, census=census, missing_posts=missing_posts)
    shares = cut(members)
    present = [group for group in groups if not volume.posts.keys().isdisjoint(group.account_ids)]
    measured, verdict = measure(engine, query, groups, verdicts, volume, scope, known or Asked(census=census))
    shares = _settled(shares, measured.volumes) if groups else shares
    return Campaign(
        query=asked if query.kind != "posts" else query.words,
        n_posts=n_posts,
        n_accounts=len(volume.posts),
        shares=shares,
        verdict=verdict,
        sentence=_sentence(query, shares, volume, members, scope, n_groups=len(groups)),
        share_by_group=tuple((group.group_id, cut(frozenset(group.account_ids))) for group in present),
        measured=measured,
    ), ()


def _settled(shares: Sequence[Share], volumes: Volumes) -> tuple[Share, ...]:
    """The same shares with the interval that knows how sure each group is: one share, one interval."""
    told = zip(shares, (volumes.posts, volumes.accounts, volumes.reposts_received), strict=False)
    return tuple(
        replace(share, low=min(of.low, share.share), high=max(of.high, share.share), basis=volumes.basis)
        if of.low is not None and of.high is not None
        else share
        for share, of in told
    )


def _sentence(
    query: Query, shares: Sequence[Share], volume: Volume, members: frozenset[str], scope: Scope, *, n_groups: int
) -> str:
    posts, accounts = shares[:2]
    if not n_groups:
        return (
            f"{counted(posts.whole, 'post', 'posts')} by {counted(accounts.whole, 'account', 'accounts')} have"
            f" {query.words}; no group is reported, so no share can be given."
        )
    wrote = (
        f"Members of the reported groups wrote {part(posts.count, posts.whole, 'post', 'posts')} with {query.words}"
        f" ({interval(posts)}) and are {part(accounts.count, accounts.whole, 'account', 'accounts')} that used it"
        f" ({interval(accounts)})."
    )
    lead = timing(
        [first for one, (_, first) in volume.posts.items() if one in members],
        [first for one, (_, first) in volume.posts.items() if one not in members],
    )
    return f"{wrote} {campaign_sentence(lead, scope.precision_s)}" if lead else wrote


def interval(share: Share) -> str:
    """A share with its interval, for brackets: «1.4 %; 0.9 % to 2.2 %».

    A census has no interval but the share itself.
    """
    if share.low == share.high:
        return percent(share.share)
    return f"{percent(share.share)}; 95 % interval {percent(share.low)} to {percent(share.high)}"


def _no_match(engine: Engine, query: Query, scope: Scope) -> Note:
    sentence = (
        f"Not one of the {counted(scope.n_posts, 'post', 'posts')} has {query.words}, so no share of it can be given."
    )
    if query.kind == "hashtag" and (near := nearest_tags(engine, query)):
        sentence += f" Similar hashtags in the data: {listed([quoted('#' + tag) for tag in near])}."
    return Note(kind="campaign", sentence=sentence)
