"""anatomy: who passed a post on, beside posts of like reach, and what is unknown stays unknown."""

from __future__ import annotations

import pytest

from groundswell.assess.post_sentence import post_sentences
from groundswell.errors import WrongUse
from groundswell.personas.post_anatomy import anatomy, counts_of
from tests.assess.runs import group, posted, profile, write_posts

TEXT = "nobody asked the people who row on this river"


def reposts(root, n, *, every_h=0.1, start=0.0):
    return [
        posted(f"r{root}{i:03}", start + (i + 1) * every_h, post_id=f"{root}-{i}", is_repost=True, repost_of=root,
               repost_of_account="ana")
        for i in range(n)
    ]  # fmt: skip


def collection(engine, *extra, accounts=()):
    posts = [posted("ana", 0, post_id="p", text=TEXT, hashtags=["Gate"]), *reposts("p", 12)]
    for number in range(6):
        posts += [posted(f"author{number}", 0, post_id=f"q{number}"), *reposts(f"q{number}", 10, every_h=0.2)]
    return write_posts(engine, [*posts, *extra], accounts)


def test_reposts_are_counted_once_an_account_and_the_author_never(engine):
    again = posted("rp000", 9, post_id="again", is_repost=True, repost_of="p")
    own = posted("ana", 1, post_id="own", is_repost=True, repost_of="p")

    assert anatomy(collection(engine, again, own), "p", ()).n_reposts == 12


def test_milestones_stand_beside_posts_of_like_reach(engine):
    found = anatomy(collection(engine), "p", ())
    first, tenth = found.milestones

    assert (first.reposts, first.seconds, tenth.reposts, tenth.seconds) == (1, 360.0, 10, 3600.0)
    assert tenth.others is not None
    assert (tenth.others.n, tenth.others.low, tenth.faster) == (6, 7200.0, 0)


def test_a_post_of_another_reach_is_no_comparator(engine):
    few = [posted("zoe", 0, post_id="few"), *reposts("few", 5)]
    enough = [posted("zoe", 0, post_id="enough"), *reposts("enough", 6)]

    assert anatomy(collection(engine, *few), "p", ()).n_comparators == 6
    assert anatomy(collection(engine, *enough), "p", ()).n_comparators == 7


def test_parts_are_of_those_for_whom_it_is_known(engine):
    young = profile("rp000", created_at=posted("x", -24)["time"])
    old = profile("rp001", created_at=posted("x", -24 * 60)["time"])
    unborn = profile("rp002", created_at=posted("x", 24 * 60)["time"])
    found = counts_of(anatomy(collection(engine, accounts=[young, old, unborn]), "p", [group(["rp000", "rp003"])]))

    assert (found["accounts less than 30 days old"].count, found["accounts less than 30 days old"].whole) == (1, 2)
    assert (found["accounts in reported groups"].count, found["accounts in reported groups"].whole) == (2, 12)
    assert found["accounts in group A"].count == 2


def test_what_nobody_looked_at_is_unknown_and_not_zero(engine):
    collection(engine)
    unknown, known = (
        counts_of(anatomy(engine, "p", groups, gone=gone)) for groups, gone in ((None, None), ((), {"rp001"}))
    )

    assert unknown["accounts in reported groups"].count is None
    assert unknown["accounts no longer there"].count is None
    assert known["accounts in reported groups"].count == 0
    assert known["accounts no longer there"].count == 1


def test_copies_name_the_earliest_that_survives(engine):
    earlier = posted("ben", -2, post_id="b", text=TEXT.upper())
    found = anatomy(collection(engine, earlier), "p", ())

    assert found.text_copies is not None
    assert (found.text_copies.first_post, found.text_copies.posts, found.text_copies.accounts) == ("b", 2, 2)
    assert [(tag.tag, tag.posts, tag.accounts, tag.first_post) for tag in found.tags] == [("gate", 1, 1, "p")]


def test_a_post_known_by_its_reposts_alone_has_no_times_of_its_own(engine):
    found = anatomy(collection(engine, *reposts("lost", 3)), "lost", ())

    assert (found.time, found.n_reposts, found.milestones[0].seconds) == (None, 3, None)
    assert post_sentences(found)[0].startswith("3 accounts reposted")


def test_an_unknown_post_is_refused(engine):
    with pytest.raises(WrongUse, match="no post 'nothing'"):
        anatomy(collection(engine), "nothing", ())


def test_the_sentence_carries_its_denominators(engine):
    sentences = post_sentences(anatomy(collection(engine), "p", ()))

    assert "0 of 12 (0 %) in reported groups" in sentences[0]
    assert "Not known: how many are less than 30 days old or no longer there." in sentences[0]
    assert "0 of 6 posts of like reach were faster" in sentences[1]
