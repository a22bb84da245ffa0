"""Campaigns that write: what stays the same in what they post, and what does not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.errors import WrongUse
from groundswell.simulate.catalogue import simulate
from groundswell.simulate.conversations import Conversation
from groundswell.simulate.edits import edited
from groundswell.simulate.writers import HANDED_OUT, Batch, EditedCopies, TagRows
from groundswell.traces.normal_text import text_object


def planted_posts(world):
    (members,) = world.planted().values()
    return [row for row in rows(world) if row["account_id"] in members]


def rows(world):
    names = list(world.posts)
    return [dict(zip(names, values, strict=True)) for values in zip(*world.posts.values(), strict=True)]


def met_within(posts, key, seconds):
    """Objects that three or more accounts posted within so many seconds of the first."""
    times = {}
    for post in posts:
        times.setdefault(key(post), []).append(post["time"])
    return {
        thing: len(at)
        for thing, at in times.items()
        if len(at) >= 3 and sorted(at)[2] - min(at) <= np.timedelta64(seconds, "s")
    }


@pytest.fixture(scope="module")
def tag_rows():
    return Conversation(writers=(TagRows(),))(3, None)


def test_rows_of_tags_are_set_in_one_order_and_in_words_of_their_own(tag_rows):
    posts = [post for post in planted_posts(tag_rows) if len(post["hashtags"]) == 4]
    together = met_within(posts, lambda post: tuple(post["hashtags"]), 60)

    assert len(together) >= 12
    assert met_within(posts, lambda post: text_object(post["text"]), 60) == {}


def test_accounts_of_a_batch_were_made_within_its_hours_and_the_crowd_was_not():
    world = Conversation(writers=(Batch(accounts=8, made_within_s=7200.0),))(3, None)
    (members,) = world.planted().values()
    made = dict(zip(world.accounts["account_id"], world.accounts["created_at"], strict=True))
    batch = [made[account] for account in members]

    assert max(batch) - min(batch) <= np.timedelta64(7200, "s")
    assert np.std([at.astype(np.int64) for at in made.values()]) > 86400e6 * 100


@pytest.mark.parametrize(("edits", "same"), [(0.0, True), (3.0, False)])
def test_copies_are_equal_only_without_edits(edits, same):
    world = Conversation(writers=(EditedCopies(edits=edits, participation=1.0),))(3, None)
    together = met_within(planted_posts(world), lambda post: text_object(post["text"]), 60)

    assert (sum(n == 15 for n in together.values()) >= 12) is same


def test_deletion_takes_its_part_of_the_posts_and_the_reposts_of_what_is_gone():
    whole, part = simulate("planted-edited", seed=4), simulate("planted-edited-deleted", seed=4)
    ids = set(part.posts["post_id"])

    assert 0.55 * whole.n_rows < part.n_rows < 0.7 * whole.n_rows
    assert ids < set(whole.posts["post_id"])
    assert {original for original in part.posts["repost_of"] if original} <= ids
    assert set(part.truth["account_id"]) <= set(part.posts["account_id"])


def test_a_conversation_has_its_own_size():
    with pytest.raises(WrongUse, match="its own size"):
        Conversation()(0, 5000)


@given(st.integers(0, 10_000))
def test_an_unchanged_copy_is_the_text_and_a_changed_one_is_never_empty(seed):
    rng = np.random.default_rng(seed)
    text = HANDED_OUT.say(rng)

    assert edited(rng, text, edits=0.0) == text
    assert len(edited(rng, text, edits=3.0).split()) >= len(text.split()) - 2


@given(st.text(max_size=40), st.integers(0, 1000))
def test_any_text_can_be_edited(text, seed):
    assert isinstance(edited(np.random.default_rng(seed), text, edits=4.0), str)
