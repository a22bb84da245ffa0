"""The placebo: what rings for nobody is counted right, rare where accounts act alone, and seen where it is not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell import pipeline
from groundswell.errors import Failed, NothingToDo
from groundswell.store.study import Study
from groundswell.watch.audit import wilson
from groundswell.watch.controls import Control
from groundswell.watch.lift import lift
from groundswell.watch.lists import add_members, make_list, member
from groundswell.watch.placebo import placebo
from groundswell.watch.placebo_nights import (
    FILE,
    MOST_NIGHTS,
    Night,
    false_alarms,
    keep_nights,
    kept_nights,
    midnights,
    try_night,
)
from groundswell.watch.scope import Scope
from groundswell.watch.span import Span
from tests.watch.crowds import END, crowd

TAGS = ("cup", "ferry", "gate", "lock", "river")
PEOPLE = tuple(f"a{number}" for number in range(12))

posts = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.integers(0, 60), st.lists(st.sampled_from(TAGS), max_size=3, unique=True)),
    min_size=1,
    max_size=80,
)


def slow_placebo(rows, lists):
    """What rings for the first list against the others, counted one post at a time."""
    seen = [(account, tags) for account, before, tags in rows if before < 48]
    wrote = [sum(account in one for account, _ in seen) for one in lists]
    used = [Counter(tag for account, tags in seen if account in one for tag in tags) for one in lists]
    told = {
        tag: lift(k, wrote[0], [(used[other][tag], wrote[other]) for other in range(1, len(lists))])
        for tag, k in used[0].items()
    }
    known = {tag: one for tag, one in told.items() if one is not None}
    return len(known), tuple(sorted(tag for tag, one in known.items() if not one.low <= 1 <= one.high))


@given(posts)
def test_the_placebo_is_what_counting_by_hand_gives(rows) -> None:
    log = crowd(rows)
    lists = [PEOPLE[3:6], PEOPLE[6:9], PEOPLE[9:12]]
    controls = tuple(Control(log.numbers_of(one), 0) for one in lists)
    found = placebo(Scope(log=log, span=Span(END, 48.0), members=log.numbers_of(PEOPLE[:3]), controls=controls))
    assert found is not None
    assert (found.tried, found.rang) == slow_placebo(rows, lists)


def test_a_stand_in_that_uses_what_its_controls_never_do_rings() -> None:
    rows = [(f"c{number}", number % 40, ["gate"]) for number in range(30)]
    rows += [(f"d{number % 60}", number % 40, ["river"]) for number in range(120)]
    log = crowd(rows)
    lists = [
        [f"{letter}{n}" for n in numbers]
        for letter, numbers in (("c", range(30)), ("d", range(30)), ("d", range(30, 60)))
    ]
    controls = tuple(Control(log.numbers_of(one), 0) for one in lists)
    scope = Scope(log=log, span=Span(END, 48.0), members=log.numbers_of(["c0"]), controls=controls)
    found = placebo(scope)
    assert found is not None
    assert found.rang == ("gate",)
    assert placebo(replace(scope, controls=controls[:2])) is None


def world(*, stubborn: float, seed: int = 5):
    """Ten days of 1,500 accounts; a stubborn account posts one tag of its own choice all the time."""
    rng = np.random.default_rng(seed)
    tags = [f"tag{number}" for number in range(25)]
    rows = []
    for account in range(1_500):
        own = tags[int(rng.integers(25))] if rng.random() < stubborn else None
        n = 12 if own else int(rng.integers(2, 12))
        rows += [
            (f"o{account}", float(rng.random() * 240), [own or tags[int(25 * rng.random() ** 1.6)]]) for _ in range(n)
        ]
    return crowd(rows)


def rate_of(log, n: int = 8):
    nights = [try_night(log, Span(datetime(2026, 5, 9) - timedelta(days=back), 48.0)) for back in range(n)]
    found = false_alarms(nights)
    assert found is not None
    return found


def test_where_everybody_acts_alone_at_most_one_item_in_twenty_rings() -> None:
    found = rate_of(world(stubborn=0.0))
    assert found.tried > 100
    assert found.alarms / found.tried <= 0.05


def test_where_accounts_repeat_themselves_the_placebo_says_that_the_page_rings_too_often() -> None:
    """The interval of a lift counts posts as if each were somebody's: the placebo is what shows that."""
    assert rate_of(world(stubborn=0.9)).low > 0.05


def test_a_night_is_the_same_whenever_it_is_tried_and_another_night_draws_anew() -> None:
    log = world(stubborn=0.5)
    one, again, other = (try_night(log, Span(END.replace(hour=0) - timedelta(days=back), 48.0)) for back in (0, 0, 1))
    assert one == again
    assert one.rang != other.rang


@given(st.integers(0, 60 * 24), st.integers(0, 90 * 24))
def test_nights_are_the_midnights_between_the_posts_the_last_thirty(start_h: int, length_h: int) -> None:
    first = datetime(2026, 1, 1) + timedelta(hours=start_h)
    last = first + timedelta(hours=length_h)
    by_hand = [hour for n in range(length_h + 1) if (hour := first + timedelta(hours=n)).hour == 0 and hour > first]
    assert list(midnights(first, last)) == by_hand[-MOST_NIGHTS:]


nights = st.lists(
    st.integers(0, 20).flatmap(lambda tried: st.tuples(st.integers(0, tried), st.just(tried))), max_size=9
)


def told(k: int, n: int) -> Night:
    return Night(until=END, hours=48.0, list_name=None, tried=n, rang=tuple(f"t{one}" for one in range(k)))


@given(nights)
def test_the_interval_is_never_narrower_than_of_items_drawn_apart(found) -> None:
    rate = false_alarms(told(k, n) for k, n in found)
    tried = sum(n for _, n in found)
    if not tried:
        assert rate is None
        return
    assert rate is not None
    assert (rate.alarms, rate.tried) == (sum(k for k, _ in found), tried)
    low, high = wilson(rate.alarms, tried)
    assert rate.low <= low + 1e-12
    assert rate.high >= high - 1e-12


def test_nights_that_differ_more_than_draws_would_widen_the_interval() -> None:
    even, uneven = (false_alarms(told(k, 20) for k in ks) for ks in ((2, 2, 2, 2), (0, 8, 0, 0)))
    assert even is not None
    assert uneven is not None
    assert (even.alarms, even.tried) == (uneven.alarms, uneven.tried)
    assert uneven.high > even.high


def study_of(folder: Path, days: int = 4) -> Study:
    rng = np.random.default_rng(3)
    lines = ["post_id,account_id,time,text"]
    for number in range(600):
        at = datetime(2026, 5, 1, 9) + timedelta(hours=float(rng.random() * 24 * (days - 1)))
        lines.append(f"{number},o{number % 80},{at:%Y-%m-%dT%H:%M:%SZ},look #tag{int(rng.integers(6))}")
    (folder / "posts.csv").write_text("\n".join(lines), encoding="utf-8")
    study = pipeline.new(folder / "own.study")
    pipeline.read(study, [folder / "posts.csv"])
    make_list(study, "some", rule="made up", who="ana")
    listed = [
        member(f"o{n}", reason="made up", source="a test", who="ana", tier="seed", added=datetime(2026, 5, 1))
        for n in range(10)
    ]
    add_members(study, "some", listed)
    return study


def test_each_night_is_tried_once_kept_and_told_on_the_page(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    assert pipeline.watch(study).false_alarms is None
    found = pipeline.placebo_nights(study)
    before = (study.folder / FILE).read_bytes()
    assert {one.list_name for one in found} == {None, "some:seed"}
    assert [one.until.day for one in found if one.list_name is None] == [2, 3, 4]
    assert kept_nights(study) == found
    assert pipeline.placebo_nights(study) == found
    assert (study.folder / FILE).read_bytes() == before
    page = pipeline.watch(study, list_name="some:seed")
    assert page.nights == tuple(one for one in found if one.list_name == "some:seed")
    assert page.as_json()["placebo_nights"]["nights"] == len(page.nights)
    assert pipeline.watch(study, hours=24).nights == ()


def test_a_night_that_was_kept_is_not_tried_again(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    first, *rest = pipeline.placebo_nights(study)
    marked = replace(first, rang=("kept",))
    keep_nights(study, [marked, *rest])
    assert pipeline.placebo_nights(study)[0] == marked


@pytest.mark.parametrize("written", ["", "{}", '{"nights": [{"until": "yesterday"}]}', '{"nights": 3}'])
def test_a_file_of_nights_that_is_damaged_is_said_to_be(tmp_path: Path, written: str) -> None:
    study = Study.create(tmp_path / "own.study", version="test")
    (study.folder / FILE).write_text(written, encoding="utf-8")
    with pytest.raises(Failed, match="can't be read"):
        kept_nights(study)


def test_what_was_kept_goes_with_what_is_purged(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    pipeline.placebo_nights(study)
    pipeline.purge(study, accounts=["o1"])
    assert kept_nights(study) == ()


def test_posts_of_one_afternoon_have_no_night(tmp_path: Path) -> None:
    with pytest.raises(NothingToDo, match="No midnight"):
        pipeline.placebo_nights(study_of(tmp_path, days=1))
