"""The three demo sets: what each story promises, by direct measurement, and what its texts may not say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import chain

import numpy as np
import pytest

from groundswell.simulate import demo_campaign, demo_wire
from groundswell.simulate.catalogue import scenarios, simulate

NAMES = ("demo-campaign", "demo-fandom", "demo-wire")
told = cache(simulate)

FORBIDDEN = re.compile(
    r"\b(?:bots?|trolls?|fake|kremlin|russia\w*|proves?|confirmed|astroturf\w*|linked to)\b", re.IGNORECASE
)


def posts_by_page(world, accounts):
    """(second, account) of each first-hand share of a page by these accounts."""
    seen = defaultdict(list)
    posts = world.posts
    for account, time, urls, again in zip(
        posts["account_id"], posts["time"], posts["urls"], posts["is_repost"], strict=True
    ):
        if account in accounts and not again:
            for url in urls:
                seen[url].append((time.astype("datetime64[s]").astype(int).item(), account))
    return seen


@pytest.mark.parametrize(
    ("name", "posts", "accounts"),
    [
        ("demo-campaign", (1200, 1500), (340, 430)),
        ("demo-fandom", (9000, 10000), (1600, 1800)),
        ("demo-wire", (2200, 2400), (205, 222)),
    ],
)
def test_a_set_has_the_size_that_its_story_tells(name, posts, accounts):
    world = told(name)

    assert posts[0] <= world.n_rows <= posts[1]
    assert accounts[0] <= len(world.accounts["account_id"]) <= accounts[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_set_ends_with_its_fifth_day(name):
    days = np.unique(told(name).posts["time"].astype("datetime64[D]"))

    assert len(days) == 5


@pytest.mark.parametrize("name", NAMES)
def test_every_address_is_under_example(name):
    world = told(name)
    pages = list(chain.from_iterable(world.posts["urls"]))
    written = " ".join(chain(world.posts["text"], filter(None, world.accounts["picture"])))

    assert pages
    for url in chain(pages, re.findall(r"https?://\S+", written)):
        assert re.match(r"https://[\w.-]+\.example/", url), url


@pytest.mark.parametrize("name", NAMES)
def test_no_text_says_what_our_own_sentences_may_not(name):
    world = told(name)
    scenario = next(each for each in scenarios() if each.name == name)
    own = (scenario.title, scenario.story, scenario.expects)
    for text in chain(world.posts["text"], world.accounts["bio"], world.accounts["name"], own):
        assert not FORBIDDEN.search(text), text


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda each: each.name)
def test_no_story_says_what_our_own_sentences_may_not(scenario):
    assert not FORBIDDEN.search(" ".join((scenario.title, scenario.story, scenario.expects)))


@pytest.mark.parametrize("name", NAMES)
def test_most_first_hand_texts_are_said_once(name):
    posts = told(name).posts
    said = Counter(posts["text"][~posts["is_repost"]])

    assert sum(n == 1 for n in said.values()) > 0.8 * len(said)


@pytest.mark.parametrize("name", NAMES)
def test_some_posts_are_written_from_right_to_left(name):
    posts = told(name).posts
    rtl = [text for text in posts["text"] if re.search("[\u0590-\u06ff]", text)]

    assert len(rtl) >= 10
    assert {"ar", "he"} & set(posts["lang"])


@pytest.mark.parametrize("name", NAMES)
def test_a_repost_names_a_post_that_is_there_and_came_before(name):
    posts = told(name).posts
    row = {post: at for at, post in enumerate(posts["post_id"])}
    again = np.flatnonzero(posts["is_repost"])

    assert len(again) > 100
    for at in again:
        original = row[posts["repost_of"][at]]
        assert posts["time"][original] <= posts["time"][at]
        assert posts["repost_of_account"][at] == posts["account_id"][original] != posts["account_id"][at]


def test_the_campaign_pushes_ten_links_within_45_seconds_each():
    world = told("demo-campaign")
    (members,) = world.planted().values()
    pushed = [sorted(seen) for seen in posts_by_page(world, members).values() if len(seen) >= 6]

    assert len(members) == 12
    assert len(pushed) == 10
    assert all(seen[-1][0] - seen[0][0] <= demo_campaign.PACE_S for seen in pushed)


def test_five_members_share_a_face_and_a_bio_under_five_names_and_no_one_else_does():
    world = told("demo-campaign")
    (members,) = world.planted().values()
    accounts = world.accounts
    for what in ("picture", "bio"):
        used = Counter(value for value in accounts[what] if value)
        ((most, n), (_, next_n)) = used.most_common(2)
        holders = accounts[what] == most
        assert (n, next_n) == (5, 1)
        assert set(accounts["account_id"][holders]) <= members
        assert len(set(accounts["name"][holders])) == 5


def test_the_crowd_shares_the_campaigns_links_too():
    world = told("demo-campaign")
    (members,) = world.planted().values()
    pushed = [url for url, seen in posts_by_page(world, members).items() if len(seen) >= 6]
    others = posts_by_page(world, set(world.accounts["account_id"]) - members)

    assert all(len(others[url]) >= 3 for url in pushed)


def test_the_desks_publish_at_once_through_one_client_and_name_their_agency():
    world = told("demo-wire")
    (desks,) = world.groups().values()
    published = [sorted(seen) for seen in posts_by_page(world, desks).values()]
    bios = dict(zip(world.accounts["account_id"], world.accounts["bio"], strict=True))
    clients = {
        client
        for account, client in zip(world.posts["account_id"], world.posts["client"], strict=True)
        if account in desks
    }

    assert len(desks) == 9
    assert len(published) == demo_wire.STORIES
    assert all(seen[-1][0] - seen[0][0] <= demo_wire.AT_ONCE_S and len(seen) >= 6 for seen in published)
    assert clients == {demo_wire.CLIENT}
    assert all((demo_wire.AGENCY in (bio or "")) == (account in desks) for account, bio in bios.items())


def test_the_fandom_hides_nobody():
    world = told("demo-fandom")

    assert world.groups() == {}
    assert max(Counter(world.posts["text"][~world.posts["is_repost"]]).values()) > 100
