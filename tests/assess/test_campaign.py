"""campaign: posts, accounts and reposts received, each over its own whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.campaign import Volume, campaign_of
from groundswell.assess.scope import scope_of
from groundswell.engine.duck import Duck
from groundswell.model.finding import Verdict
from tests.assess.runs import crowd, group, in_step, posted, write_posts, write_run

ENGINE = Duck()
FIVE = group()


def measured(engine, posts, asked="#OpenGate", groups=(FIVE,), verdicts=(Verdict.OPEN,)):
    write_run(engine, posts)
    return campaign_of(engine, asked, groups, verdicts, scope_of(engine, precision_s=1, min_objects=2))


def test_each_share_has_its_own_whole(engine):
    posts = [
        *in_step(hashtags=["OpenGate"]),  # 30 posts by 5 members, p1 to p30
        *crowd(10, hashtags=["opengate"]),  # 20 posts by 10 others, p31 to p50
        posted("reader50", 200, hashtags=["Starlight"]),
        posted("reader51", 201, hashtags=["OpenGate"], is_repost=True, repost_of="p1"),
        posted("reader52", 202, hashtags=["OpenGate"], is_repost=True, repost_of="p31"),
        posted("reader52", 203, hashtags=["OpenGate"], is_repost=True, repost_of="elsewhere", repost_of_account="ben"),
    ]

    campaign, notes = measured(engine, posts)

    assert [(share.of, share.count, share.whole) for share in campaign.shares] == [
        ("posts with #OpenGate", 30, 53),
        ("accounts with #OpenGate", 5, 17),
        ("reposts with #OpenGate by others", 2, 3),
    ]
    assert (campaign.n_posts, campaign.n_accounts, notes) == (53, 17, ())
    assert "30 of 53 posts with #OpenGate (57 %; 95 % interval" in campaign.sentence


def test_groups_are_measured_apart_and_together(engine):
    groups = (group(("ana", "ben"), group_id="A"), group(("cat", "dan"), group_id="B"), group(("x", "y"), group_id="C"))

    campaign, _ = measured(engine, in_step(hashtags=["OpenGate"]), groups=groups, verdicts=(Verdict.OPEN,) * 3)

    assert [(name, shares[0].count) for name, shares in campaign.share_by_group] == [("A", 12), ("B", 12)]
    assert campaign.shares[0].count == 24


def test_only_groups_in_the_campaign_give_its_verdict(engine):
    groups = (group(), group(("x", "y"), group_id="B"))

    campaign, _ = measured(
        engine, in_step(hashtags=["OpenGate"]), groups=groups, verdicts=(Verdict.OPEN, Verdict.DECEPTIVE)
    )

    assert campaign.verdict is Verdict.OPEN


def test_members_repeating_each_other_is_no_repost_by_others(engine):
    posts = [*in_step(hashtags=["OpenGate"]), posted("ben", 200, hashtags=["OpenGate"], is_repost=True, repost_of="p1")]

    campaign, _ = measured(engine, posts)

    assert len(campaign.shares) == 2


def test_no_match_is_told_with_the_nearest_hashtag(engine):
    campaign, (note,) = measured(engine, in_step(hashtags=["OpenGate"]), asked="#OpenGait")

    assert campaign is None
    assert note.sentence.startswith("Not one of the 30 posts has #OpenGait")
    assert "“#OpenGate”" in note.sentence


def test_without_a_group_no_share_is_claimed(engine):
    campaign, _ = measured(engine, crowd(10, hashtags=["OpenGate"]), groups=(), verdicts=())

    assert campaign.sentence == (
        "20 posts by 10 accounts have #OpenGate; no group is reported, so no share can be given."
    )
    assert campaign.verdict is Verdict.CANNOT_TELL


names = st.sampled_from(("ana", "ben", "cat", "dan"))
posts_and_reposts = st.lists(st.tuples(names, st.one_of(st.none(), st.integers(1, 12)), st.booleans()), max_size=12)


@given(posts_and_reposts)
def test_volume_agrees_with_counting_post_by_post(rows):
    posts = []
    for n, (account, target, said) in enumerate(rows):
        author = rows[target - 1][0] if target and target <= len(rows) else None
        told = {"is_repost": True, "repost_of": f"p{target}"} if target else {}
        posts.append(posted(account, n, **told, **({"repost_of_account": author} if said and target else {})))
    members = frozenset(("ana", "ben"))
    received = [
        (rows[target - 1][0], account)
        for account, target, _ in rows
        if target and target <= len(rows) and rows[target - 1][0] != account
    ]
    by_others = [(author, who) for author, who in received if not (author in members and who in members)]

    shares = Volume(write_posts(ENGINE, posts), "posts").shares(members, "")

    assert (shares[0].count, shares[0].whole) == (sum(a in members for a, _, _ in rows), len(rows))
    if by_others:
        assert (shares[2].count, shares[2].whole) == (sum(a in members for a, _ in by_others), len(by_others))
    else:
        assert len(shares) == 2
