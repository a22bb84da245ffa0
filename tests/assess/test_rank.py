"""rank: the place of a hashtag is counted again without the groups, or nobody claims to know it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.assess.query import read_query
from groundswell.assess.rank import ranks_of
from groundswell.assess.volumes import number_of
from groundswell.engine.duck import Duck
from tests.assess.runs import group, posted, write_posts

ENGINE = Duck()
PAIR = group(("ana", "ben"))


def ranks(engine, posts, asked="#OpenGate", groups=(PAIR,)):
    write_posts(engine, posts)
    return ranks_of(engine, read_query(asked), groups, number_of(groups))


def uses(tag, n, account="reader", hours=0.0, **told):
    return [posted(f"{account}{k}", hours + k / 100, hashtags=[tag], **told) for k in range(n)]


def test_a_hashtag_that_stands_first_because_of_them(engine):
    posts = [
        *(posted("ana", n / 10, hashtags=["OpenGate"]) for n in range(8)),
        *uses("opengate", 3),
        *uses("Starlight", 5),
        *uses("Harbour", 4),
    ]

    found = ranks(engine, posts)

    assert (found.n_tags, found.unknown) == (3, None)
    assert (found.with_them["uses"], found.without_them["uses"]) == (1, 3)
    assert (found.with_them["accounts"], found.without_them["accounts"]) == (2, 3)
    assert (found.without_low["uses"], found.without_high["uses"]) == (3, 3)
    assert "shrunk" not in found.with_them


def test_reposts_of_their_posts_are_left_out_apart(engine):
    told = {"is_repost": True, "repost_of": "p1", "repost_of_account": "ana"}
    posts = [posted("ana", 0, hashtags=["OpenGate"]), *uses("OpenGate", 4, **told), *uses("Starlight", 3)]

    found = ranks(engine, posts)

    assert (found.without_them["uses"], found.without_their_reposts["uses"]) == (1, 2)


def test_a_day_that_stands_out_from_its_past_ranks_by_it(engine):
    posts = [
        *(row for day in range(3) for row in uses("Starlight", 6, hours=24 * day)),
        *uses("OpenGate", 5, hours=48, account="late"),
        *uses("Starlight", 6, hours=48),
    ]

    found = ranks(engine, posts)

    assert (found.with_them["uses"], found.with_them["shrunk"]) == (2, 1)


def test_one_hashtag_has_no_place_among_others(engine):
    found = ranks(engine, uses("OpenGate", 4))

    assert found.unknown == ("The collection holds 1 hashtag: a place among others can’t be computed from it.")


def test_only_hashtags_are_ranked(engine):
    assert ranks(engine, uses("OpenGate", 4), asked="open the gate").unknown is not None


tags = st.sampled_from(("OpenGate", "Starlight", "Harbour"))
rows = st.lists(st.tuples(st.sampled_from(("ana", "ben", "cat", "dan")), st.lists(tags, max_size=3)), max_size=15)


@settings(max_examples=30)
@given(rows)
def test_places_agree_with_counting_post_by_post(drawn):
    posts = [posted("cat", 0, hashtags=["OpenGate"]), *(posted(a, n, hashtags=t) for n, (a, t) in enumerate(drawn, 1))]

    def place(kept):
        counts = Counter(tag for post in posts if post["account_id"] in kept for tag in set(post["hashtags"]))
        return 1 + sum(n > counts["OpenGate"] for tag, n in counts.items())

    found = ranks(ENGINE, posts)

    if len({tag for post in posts for tag in post["hashtags"]}) < 2:
        assert found.unknown
    else:
        assert found.with_them["uses"] == place({"ana", "ben", "cat", "dan"})
        assert found.without_them["uses"] == place({"cat", "dan"})
