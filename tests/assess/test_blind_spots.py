"""blind_spots: what these data could not have shown is said, and nothing else is."""

from __future__ import annotations

from groundswell.assess.blind_spots import blind_spots
from groundswell.assess.scope import scope_of
from groundswell.assess.wording import check
from groundswell.detect.limit import Limit, UnlistedMeetings, Unsearched
from groundswell.traces.trace import Uncompared
from tests.assess.runs import crowd, in_step, posted, profile, write_run


def told(engine, posts, accounts=(), *, precision_s=1.0, refused=()):
    write_run(engine, posts, accounts)
    notes = blind_spots(scope_of(engine, precision_s=precision_s, min_objects=2), refused)
    for note in notes:
        check(note.sentence)
    return " ".join(note.sentence for note in notes)


def test_a_refused_window_is_named_with_the_clock(engine):
    said = told(engine, in_step(), precision_s=60, refused=(10.0,))

    assert "ticks every 60 seconds, so windows of 10 seconds were not looked at" in said


def test_one_day_of_posts_could_show_no_group(engine):
    said = told(engine, in_step(every_h=0.5))

    assert "All 30 posts lie on 1 day" in said
    assert "no group could have been reported" in said


def test_kinds_that_no_post_has_are_named(engine):
    said = told(engine, in_step())

    assert "Not one of the 30 posts has a text, a hashtag, a repost of another or a reply to another" in said


def test_what_the_posts_have_is_no_blind_spot(engine):
    full = [
        *in_step(text="Open the gate, they had the key", hashtags=["a"], client="web"),
        posted("ana", 200, reply_to="p1"),
        posted("ana", 201, is_repost=True, repost_of="p2"),
    ]

    said = told(engine, full, [profile("ana", bio="Reads.")])

    assert "Not one" not in said
    assert "client" not in said
    assert "No bio" not in said


def test_without_profiles_openness_is_out_of_sight(engine):
    assert "No bio and no picture of the 25 accounts" in told(engine, [*in_step(), *crowd()])


def test_reworded_copies_small_groups_and_slow_ones_are_always_out_of_sight(engine):
    said = told(engine, [])

    assert "reword" in said
    assert "fewer than 3 accounts" in said
    assert "more than 60 minutes apart" in said


def test_what_no_table_can_hold_is_told_with_its_number(engine):
    write_run(engine, in_step())
    scope = scope_of(engine, precision_s=1.0, min_objects=2)
    limit = Limit(kind="url", window_s=60.0, asked=2, min_objects=4, n_links=3, n_pairs=48, n_crowded=1, n_objects=9)
    unlisted = UnlistedMeetings(kind="url", n_links=1, of=3)
    left_out = Unsearched(kind="hashtag", window_s=10.0, n_pairs=7, of=19)
    uncompared = Uncompared(kind="near_text", n_links=1_000, of=61_000)
    said = [note.sentence for note in blind_spots(scope, (), [limit], [unlisted], [left_out], [uncompared])]

    for sentence in said:
        check(sentence)
    assert (
        "The table of links within 60 seconds holds the 3 of 48 pairs of accounts that met on 4 links or more, not all"
        " that met on 2, and 1 of 9 links were left out, which too many accounts repeated at once. Groups are not"
        " looked for in this table."
    ) in said
    assert (
        "The posts behind 1 of 3 pairs of accounts that met on links beyond chance are not listed; those of reported"
        " groups are."
    ) in said
    assert (
        "Of 61,000 signs that two texts may be alike 1,000 were not followed up, because one template fills very many"
        " texts: reworded texts outside it can be missing here."
    ) in said
    assert (
        "No group was looked for among 7 of 19 pairs of accounts that met on hashtags within 10 seconds: those least"
        " beyond chance."
    ) in said
