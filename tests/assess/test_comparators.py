"""comparators: like is compared with like, and too few comparators with nothing."""

from __future__ import annotations

import pytest

from groundswell.assess.comparators import (
    COLUMNS,
    MADE_UP,
    Comparator,
    compared,
    comparisons_sentence,
    read_comparators,
    shipped,
    statistics_of,
)
from groundswell.assess.query import define_campaign_posts, read_query
from groundswell.assess.timeline import course_of
from groundswell.assess.wording import check
from groundswell.errors import WrongUse
from tests.assess.runs import crowd, in_step, posted, write_run


def others(n, size=1_000, **statistics):
    return [
        Comparator(name=f"fair {k}", n_posts=size, statistics={"gini": 0.3 + k / 100, **statistics}) for k in range(n)
    ]


def test_the_percentile_is_the_part_of_comparators_below():
    (found,) = compared({"gini": 0.405}, 1_000, others(20), source=MADE_UP)

    assert (round(found.percentile), found.n, found.outside) == (55, 20, False)
    assert (found.low, found.high) == pytest.approx((0.3, 0.49))


def test_ties_are_halved():
    (found,) = compared({"gini": 0.5}, 1_000, others(20, gini=0.5), source=MADE_UP)

    assert found.percentile == 50.0


def test_a_campaign_of_another_size_is_not_compared():
    assert compared({"gini": 0.4}, 2_100, others(20), source=MADE_UP) == ()


def test_fewer_than_twenty_comparators_are_none():
    found = compared({"gini": 0.4}, 1_000, others(19), source=MADE_UP)

    assert found == ()
    assert "can’t be told" in comparisons_sentence(found, 1_000)


def test_what_lies_outside_is_named():
    found = compared({"gini": 0.9}, 1_000, others(20), source=MADE_UP)
    said = comparisons_sentence(found, 1_000)

    assert found[0].outside
    assert said.startswith("1 of 1 statistic lies outside")
    assert "the unevenness of posts over accounts (above)" in said
    check(said)


def test_the_statistics_of_a_campaign(engine):
    """Five accounts, six links, ten seconds apart; three others on their own, one of them repeating a post."""
    write_run(
        engine,
        [
            *in_step(hashtags=["OpenGate"]),
            *(posted(f"reader{n}", 300 + n, hashtags=["OpenGate"], text=f"word {n}") for n in range(2)),
            posted("reader2", 310, hashtags=["OpenGate"], is_repost=True, repost_of="p1"),
        ],
    )
    define_campaign_posts(engine, read_query("#OpenGate"))

    found = statistics_of(engine, course_of(engine, ()))

    assert found["in_step"] == 30 / 33
    assert found["reposts"] == 1 / 33
    assert found["busiest_hour"] == 5 / 33


def test_without_any_repost_their_share_is_unknown(engine):
    write_run(engine, crowd(3, hashtags=["OpenGate"]))
    define_campaign_posts(engine, read_query("#OpenGate"))

    assert "reposts" not in statistics_of(engine, course_of(engine, ()))


def test_those_that_come_with_the_program_are_many_and_whole():
    table = shipped()

    assert len(table) >= 60
    assert all(0 <= value <= 1 for one in table for value in one.statistics.values())
    assert len({one.name + str(one.n_posts) for one in table}) == len(table)


def test_a_users_own_table_is_read_and_what_is_empty_is_unknown(tmp_path):
    file = tmp_path / "comparators.csv"
    file.write_text(f"{','.join(COLUMNS)}\nStreet fair,812,0.4,0.1,,0.2,,0.3\n")

    (one,) = read_comparators(file)

    assert one == Comparator(
        name="Street fair", n_posts=812, statistics={"gini": 0.4, "top_share": 0.1, "busiest_hour": 0.2, "reposts": 0.3}
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("gini\n0.4\n", "has no column n_posts, name"),
        ("name,n_posts,gini\nfair,12,high\n", "row 2: a cell is no number"),
        ("name,n_posts\nfair,0\n", "can’t be compared with"),
    ],
)
def test_a_table_that_can_not_be_read_is_told_in_words(tmp_path, content, said):
    file = tmp_path / "comparators.csv"
    file.write_text(content)

    with pytest.raises(WrongUse, match=said):
        read_comparators(file)
