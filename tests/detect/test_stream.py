"""Stream: at any moment the pairs of the batch, whatever came late, twice, in which batches, or again after a stop."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.detect.links import links
from groundswell.detect.pairs import pairs_within
from groundswell.detect.stream import Stream
from groundswell.detect.stream_kept import STATE, keep, kept
from groundswell.detect.stream_names import Names
from groundswell.engine.duck import Duck

SECOND = 1_000_000
ENGINE = Duck()

arriving = st.tuples(
    st.sampled_from(["ana", "ben", "cat", "dan", "eve"]),
    st.sampled_from("uvw"),
    st.integers(0, 6),
    st.integers(0, 12),
)
"""(account, object, seconds since the one before, seconds that it is late)"""

settings_of_streams = st.fixed_dictionaries(
    {
        "window": st.sampled_from([0, 3, 15]).map(lambda s: timedelta(seconds=s)),
        "horizon": st.sampled_from([20, 60]).map(lambda s: timedelta(seconds=s)),
        "lateness": st.sampled_from([0, 5, 20]).map(lambda s: timedelta(seconds=s)),
        "min_objects": st.sampled_from([1, 2]),
        "crowd": st.sampled_from([2, 2_000]),
    }
)


def replayed(drawn):
    """Rows (account, object, time in µs, post) in the order of their arrival."""
    rows, clock = [], 0
    for number, (account, thing, gap, late) in enumerate(drawn):
        clock += gap
        rows.append((account, thing, (clock - late) * SECOND, f"p{number:03}"))
    return rows


def add(stream, rows, **options):
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return stream.add(list(columns[0]), list(columns[1]), np.array(columns[2], np.int64), list(columns[3]), **options)


def listed(found):
    return list(zip(found["account_a"], found["account_b"], found["n_objects"].tolist(), strict=True))


class Slow:
    """Every share in a list, and pairs by comparing every two."""

    def __init__(self, *, window, horizon, lateness, **_):
        self.window, self.horizon, self.lateness = (
            one // timedelta(microseconds=1) for one in (window, horizon, lateness)
        )
        self.rows, self.newest, self.n_late = [], None, 0

    def add(self, rows):
        """Take rows in their order."""
        for row in rows:
            newest = row[2] if self.newest is None else max(self.newest, row[2])
            if row[2] < newest - self.lateness:
                self.n_late += 1
            else:
                self.newest = newest
                self.rows.append(row)
        self.rows = [row for row in self.rows if row[2] > self.newest - self.horizon]

    def pairs(self, aside, min_objects):
        """The pairs at this moment."""
        met = defaultdict(set)
        for a, thing, time_a, _ in self.rows:
            for b, other, time_b, _ in self.rows:
                if a < b and thing == other and thing not in aside and abs(time_a - time_b) <= self.window:
                    met[a, b].add(thing)
        return [(*pair, len(things)) for pair, things in sorted(met.items()) if len(things) >= min_objects]


@given(st.lists(st.lists(arriving, max_size=8), max_size=8), settings_of_streams)
@settings(deadline=None, max_examples=60)
def test_at_any_moment_the_pairs_are_those_of_comparing_every_two_shares(batches, chosen):
    stream, slow = Stream(**chosen), Slow(**chosen)
    rows = iter(replayed([one for batch in batches for one in batch]))
    for batch in batches:
        part = [next(rows) for _ in batch]
        add(stream, part)
        slow.add(part)

        aside = {thing for thing, _ in stream.set_aside()}
        assert (len(stream), stream.n_late) == (len(slow.rows), slow.n_late)
        for least in (1, 2):
            assert listed(stream.pairs(min_objects=least)) == slow.pairs(aside, least)


@given(st.lists(arriving, max_size=40), settings_of_streams)
@settings(deadline=None, max_examples=60)
def test_at_any_moment_the_pairs_are_those_of_the_batch(drawn, chosen):
    stream = Stream(**chosen)
    add(stream, replayed(drawn))
    shares = stream.shares("url")
    (pairs,) = pairs_within(shares, [stream.window], min_objects=stream.min_objects, threads=1)
    names = shares.account_ids
    expected = [(names[a], names[b], int(n)) for a, b, n in zip(pairs.a, pairs.b, pairs.n_objects, strict=True)]

    assert listed(stream.pairs()) == expected


def test_the_links_of_the_shares_kept_are_the_links_of_the_batch():
    rows = [
        (name, f"u{n}", (n * 100 + late) * SECOND, f"p{n}{name}") for n in range(6) for late, name in enumerate("abc")
    ]
    stream = Stream(timedelta(seconds=60), horizon=timedelta(hours=1))
    add(stream, rows)
    found = links(stream.shares("url"), [timedelta(seconds=60)], threads=1)

    assert listed(found) == listed(stream.pairs()) == [("a", "b", 6), ("a", "c", 6), ("b", "c", 6)]


@given(st.lists(arriving, max_size=40), st.sets(st.integers(0, 40)), settings_of_streams)
@settings(deadline=None, max_examples=60)
def test_how_shares_are_cut_into_batches_changes_nothing(drawn, cuts, chosen):
    rows = replayed(drawn)
    one, many = Stream(**chosen), Stream(**chosen)
    add(one, rows)
    edges = sorted({0, len(rows), *(cut for cut in cuts if cut < len(rows))})
    for begin, end in pairwise(edges):
        add(many, rows[begin:end])

    assert listed(one.pairs(min_objects=1)) == listed(many.pairs(min_objects=1))
    assert (one.n_taken, one.n_late, one.newest_us, one.set_aside()) == (
        many.n_taken,
        many.n_late,
        many.newest_us,
        many.set_aside(),
    )


@given(st.lists(arriving, max_size=40), st.integers(0, 40), settings_of_streams)
@settings(deadline=None, max_examples=30)
def test_a_stream_that_was_stopped_goes_on_as_if_it_had_not_been(tmp_path_factory, drawn, cut, chosen):
    folder = tmp_path_factory.mktemp("stream")
    rows = replayed(drawn)
    through, first = Stream(**chosen), Stream(**chosen)
    add(through, rows[:cut])
    add(first, rows[:cut])
    keep(first, {"row": cut}, ENGINE, folder)
    resumed, place = kept(ENGINE, folder)
    for stream in (through, resumed):
        add(stream, rows[cut:])

    assert place == {"row": cut}
    assert listed(resumed.pairs(min_objects=1)) == listed(through.pairs(min_objects=1))
    assert (resumed.n_taken, resumed.n_late, resumed.set_aside()) == (
        through.n_taken,
        through.n_late,
        through.set_aside(),
    )
    keep(resumed, {}, ENGINE, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["shares-2.parquet", STATE]


def test_a_state_whose_acknowledgement_was_not_written_is_not_there(tmp_path):
    stream = Stream(timedelta(seconds=60))
    add(stream, [("ana", "u", 0, "p1")])
    keep(stream, {"row": 1}, ENGINE, tmp_path)
    (tmp_path / "shares-2.parquet").write_bytes(b"cut off")

    assert kept(ENGINE, tmp_path)[1] == {"row": 1}
    assert kept(ENGINE, tmp_path / "nowhere") is None


def test_a_pair_is_told_when_it_comes_to_the_minimum_with_the_two_posts_that_did_it():
    stream = Stream(timedelta(seconds=60))
    first = add(stream, [("ben", "u1", 0, "p1"), ("ana", "u1", 20 * SECOND, "p2")])
    (told,) = add(stream, [("ana", "u2", 100 * SECOND, "p3"), ("ben", "u2", 105 * SECOND, "p4")])
    again = add(stream, [("ana", "u3", 200 * SECOND, "p5"), ("ben", "u3", 205 * SECOND, "p6")])

    assert (first, again) == ([], [])
    assert (told.account_a, told.account_b, told.n_objects) == ("ana", "ben", 2)
    assert (told.object_id, told.post_a, told.post_b, told.lag_s, told.time_us) == ("u2", "p3", "p4", 5.0, 105 * SECOND)


def test_a_share_counts_until_the_horizon_to_the_microsecond():
    for age, pairs in ((60 * SECOND - 1, 1), (60 * SECOND, 0)):
        stream = Stream(timedelta(seconds=5), horizon=timedelta(seconds=60), lateness=timedelta(seconds=60))
        add(stream, [("ana", "u", 0, "p1"), ("ben", "u", 0, "p2"), ("cat", "v", age, "p3")])

        assert len(stream.pairs(min_objects=1)["n_objects"]) == pairs


def test_a_post_that_names_next_year_does_not_make_the_others_expire():
    stream = Stream(timedelta(seconds=60), horizon=timedelta(hours=1))
    year = 365 * 86_400 * SECOND
    add(stream, [("ana", "u", 0, "p1"), ("eve", "u", year, "p2"), ("ben", "u", SECOND, "p3")], now_us=10 * SECOND)

    assert (len(stream), stream.n_early, stream.n_late) == (2, 1, 0)


def test_an_object_that_everybody_shares_is_set_aside_and_named_until_its_shares_are_gone():
    stream = Stream(timedelta(seconds=60), horizon=timedelta(seconds=100), lateness=timedelta(0), crowd=3)
    add(stream, [(f"a{n}", "loud", n * SECOND, f"p{n}") for n in range(6)])
    add(stream, [("ana", "quiet", 6 * SECOND, "q1"), ("ben", "quiet", 7 * SECOND, "q2")])

    assert stream.set_aside() == [("loud", 6)]
    assert listed(stream.pairs(min_objects=1)) == [("ana", "ben", 1)]

    add(stream, [("ana", "loud", 200 * SECOND, "r1"), ("ben", "loud", 201 * SECOND, "r2")])

    assert stream.set_aside() == []
    assert listed(stream.pairs(min_objects=1)) == [("ana", "ben", 1)]


def test_nothing_is_left_of_what_expired():
    stream = Stream(timedelta(seconds=60), horizon=timedelta(hours=1))
    for hour in range(1, 30):
        add(stream, [(f"a{hour}{n}", f"u{n % 7}", (hour * 7200 + n) * SECOND, f"p{n}") for n in range(200)])

    assert len(stream) == 200
    assert len(stream._accounts) == 200
    assert len(stream._meetings) <= 1 << 17


def test_a_number_that_went_back_is_given_to_a_later_name():
    names = Names()
    first = names.numbers(["ana", "ben", "ana"])
    names.give_back(first[:1])

    assert first.tolist() == [first[0], first[1], first[0]]
    assert names.name(int(names.numbers(["cat"])[0])) == "cat"
    assert (len(names), names.numbers(["ben"]).tolist()) == (2, [first[1]])


@pytest.mark.parametrize(
    "wrong",
    [{"horizon": 0}, {"horizon": 5}, {"lateness": -1}, {"min_objects": 0}, {"crowd": 0}],
    ids=str,
)
def test_settings_that_make_no_sense_are_refused(wrong):
    chosen = {name: n if name in ("min_objects", "crowd") else timedelta(seconds=n) for name, n in wrong.items()}

    with pytest.raises(ValueError, match="got"):
        Stream(timedelta(seconds=1), **chosen)
    with pytest.raises(ValueError, match="window"):
        Stream(timedelta(seconds=-1))
