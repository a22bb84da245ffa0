"""volumes: three wholes and three lines that add up, whatever the posts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.assess.campaign import Volume
from groundswell.assess.volumes import MISSING_UNKNOWN, number_of, volumes_of
from groundswell.assess.wording import check
from groundswell.engine.duck import Duck
from groundswell.model.group import Outcome
from tests.assess.runs import group, layer, posted, write_posts

ENGINE = Duck()
PAIR = group(("ana", "ben"))
OTHERS = group(("cat", "dan"), layer(evidence=4.0), group_id="B")


def volumes(posts, groups=(PAIR,), **how):
    return volumes_of(Volume(write_posts(ENGINE, posts), "posts"), groups, seed=0, **how)


POSTS = [
    *(posted("ana", n) for n in range(3)),
    posted("cat", 5),
    posted("cat", 6, is_repost=True, repost_of="p1"),
    posted("ben", 7, is_repost=True, repost_of="p1"),
    posted("dan", 8, is_repost=True, repost_of="p4"),
]


def test_direct_downstream_and_the_rest():
    of = volumes(POSTS)

    assert (of.direct, of.downstream, of.unaffected) == (4, 1, 2)
    assert (of.posts.count, of.posts.whole) == (4, 7)
    assert (of.accounts.count, of.accounts.whole) == (2, 4)
    assert (of.reposts_received.count, of.reposts_received.whole) == (1, 2)


def test_the_band_reaches_from_the_surest_group_to_all_that_was_set_aside():
    aside = group(("dan", "eve"), group_id="Q1", outcome=Outcome.QUICK_FOLLOWERS)

    of = volumes(POSTS, (PAIR, group(("cat", "x"), layer(evidence=4.0), group_id="B")), set_aside=(aside,))

    assert (of.band_low, of.band_high) == (4 / 7, 1.0)


def test_without_a_group_anything_may_be_unseen():
    of = volumes(POSTS, ())

    assert (of.posts.point, of.posts.low, of.posts.high) == (0.0, 0.0, 1.0)
    assert of.band_low is None


def test_without_a_group_what_would_have_been_seen_bounds_what_may_be():
    """A group of one that went unseen could be the busiest account, with three of the seven posts."""
    assert volumes(POSTS, (), unseen=1).posts.high == 3 / 7


def test_a_known_gap_takes_the_place_of_the_one_allowed_for():
    guessed, known = volumes(POSTS), volumes(POSTS, missing=0.05)

    assert (guessed.missing, known.missing) == (MISSING_UNKNOWN, 0.05)
    assert guessed.posts.bound_high > known.posts.bound_high
    for of in (guessed, known, volumes(POSTS, census=True)):
        check(of.basis)


def test_an_account_in_two_groups_counts_for_the_surer_one():
    assert number_of((group(("ana", "cat"), layer(evidence=1.0)), PAIR)) == {"ana": 1, "ben": 1, "cat": 0}


names = st.sampled_from(("ana", "ben", "cat", "dan", "eve"))
drawn = st.lists(st.tuples(names, st.one_of(st.none(), st.integers(1, 12))), min_size=1, max_size=12)


@settings(max_examples=30)
@given(drawn)
def test_the_three_lines_hold_every_post_once(rows):
    """The slow twin looks at each post."""
    posts, lines = [], {"direct": 0, "downstream": 0, "unaffected": 0}
    for n, (account, target) in enumerate(rows):
        told = {"is_repost": True, "repost_of": f"p{target}"} if target else {}
        posts.append(posted(account, n, **told))
        author = rows[target - 1][0] if target and target <= len(rows) else None
        theirs = account in PAIR.account_ids
        lines["direct" if theirs else "downstream" if author in PAIR.account_ids else "unaffected"] += 1

    of = volumes(posts)

    assert {name: getattr(of, name) for name in lines} == lines
    assert of.posts.whole == len(rows)


@pytest.mark.parametrize("groups", [(PAIR,), (PAIR, OTHERS), ()])
def test_equal_input_and_seed_give_equal_figures(groups):
    assert volumes(POSTS, groups) == volumes(POSTS, groups)


def test_the_bounds_hold_with_the_surest_group_alone_and_with_those_set_aside():
    """A second group, reported by mistake, must not lift the lower bound above the first one's share."""
    aside = group(("eve", "fay"), group_id="Q1", outcome=Outcome.QUICK_FOLLOWERS)
    posts = [*POSTS, *(posted("cat", 20 + n) for n in range(30)), *(posted("eve", 60 + n) for n in range(10))]

    of = volumes(posts, (PAIR, OTHERS), set_aside=(aside,), missing=0.0).posts

    assert of.bound_low <= 4 / 47
    assert of.bound_high == 1.0
