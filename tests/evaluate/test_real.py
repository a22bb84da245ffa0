"""Comparisons on real posts: fair, with both denominators, failures first. The files here are look-alikes."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.evaluate.collections import (
    CONTROLS,
    MINUTE_US,
    ORGANIC,
    STATE,
    TIMELINES,
    Collection,
    read_collection,
    together,
)
from groundswell.evaluate.real import as_text, evaluate_real
from groundswell.model.finding import Verdict
from groundswell.model.table import text_column

HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US


def collection(*rows: tuple[str, int, str]) -> Collection:
    """Of (account, minute, text)."""
    account, minute, text = zip(*rows, strict=True)
    return Collection(
        account=text_column(account),
        time_us=np.array(minute, np.int64) * MINUTE_US,
        text=text_column(text),
        is_repost=np.zeros(len(rows), np.bool_),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Files in the layout of the real ones: a crowd that talks, and accounts that copy each other word for word."""
    place = tmp_path_factory.mktemp("real")
    with Duck() as engine:
        for name, columns in (
            (CONTROLS["debate"], "tweet_created"),
            (CONTROLS["election"], "created_at"),
            (CONTROLS["breaking news"], "created_at"),
        ):
            engine.con.execute(
                f"""
                copy (
                    select 'reader_' || (i % 150) as "user",
                           timestamp '2015-08-06 17:00' + interval (hash(i) % 1400) minute as {columns},
                           'well that is what number ' || (hash(i) % 90) || ' said at last #GOPDebate #Ferguson'
                             as text
                    from range(600) as t(i)
                ) to '{place / name}' (format parquet)
                """
            )
        engine.con.execute(
            f"""
            copy (
                select 'writer_' || w as author_id, '' as post_type,
                       timestamp '2016-01-28 08:00' + interval (day) day + interval (n * 90 + w % 2) minute
                         as publish_date,
                       'the ' || n || ' words that all of us will say on day ' || day || ' #GOPDebate' as content
                from range(8) as a(w), range(9) as b(n), range(7) as c(day)
            ) to '{place / TIMELINES}' (format parquet)
            """
        )
    return place


@pytest.fixture(scope="module")
def comparisons(folder):
    return {one.name: one for one in evaluate_real(folder, power=1)}


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(WrongUse, match=TIMELINES):
        read_collection(tmp_path, TIMELINES, STATE)


def test_times_are_whole_minutes_and_accounts_say_where_they_come_from(folder):
    read = read_collection(folder, CONTROLS["debate"], ORGANIC)

    assert not np.any(read.time_us % MINUTE_US)
    assert read.accounts(ORGANIC) == read.accounts()
    assert np.all(np.diff(read.time_us) >= 0)


def test_a_cap_leaves_every_account_some_of_its_own_posts():
    posts = collection(*((account, n, f"post {n}") for account in ("ana", "ben") for n in range(9)), ("cat", 1, "one"))
    few = posts.capped(3, np.random.default_rng(1))

    assert sorted(few.account) == ["ana"] * 3 + ["ben"] * 3 + ["cat"]
    assert set(few.text) <= set(posts.text)


def test_a_tag_is_found_in_whatever_case():
    posts = collection(("ana", 0, "yes #gopdebate"), ("ben", 1, "no #GOPDebates"), ("cat", 2, "#GOPDEBATE"))

    assert list(posts.with_tag("GOPDebate").account) == ["ana", "cat"]


def test_together_is_in_order_of_time_whatever_comes_first():
    one, other = collection(("ana", 5, "a"), ("ana", 9, "b")), collection(("ben", 1, "c"), ("ben", 7, "d"))

    assert list(together([one, other]).text) == list(together([other, one]).text) == ["c", "a", "d", "b"]


def test_every_collection_is_compared_with_every_rule(comparisons):
    assert set(comparisons) == {
        *(f"organic: {name}" for name in CONTROLS),
        "fair mixture: one hashtag, one day",
        "fair mixture: several weeks and hashtags",
        "whole timelines",
    }
    for one in comparisons.values():
        assert [flagged.rule for flagged in one.flagged][-4:] == [
            "2 objects in 60 s",
            "2 hashtags in 60 s",
            "same text twice in 10 min",
            "same text 3 times in 10 min",
        ]
        assert one.verdict in {str(verdict) for verdict in Verdict}


def test_guests_of_a_mixture_stand_inside_the_organic_stream_and_are_no_deeper(comparisons):
    mixture = comparisons["fair mixture: one hashtag, one day"]

    assert 0 < mixture.ours.state_of <= 8
    assert mixture.ours.organic_of == 150
    assert mixture.n_posts <= 600 + 8 * 9


def test_a_control_has_no_state_backed_account_and_timelines_no_organic_one(comparisons):
    assert comparisons["organic: debate"].ours.state_of == 0
    assert comparisons["whole timelines"].ours.organic_of == 0


def test_copied_timelines_are_found_by_their_texts(comparisons):
    by_rule = {flagged.rule: flagged for flagged in comparisons["whole timelines"].flagged}

    assert by_rule["same text twice in 10 min"].state == by_rule["same text twice in 10 min"].state_of == 8


def test_failures_stand_first(folder):
    flagged = [one.ours.organic for one in evaluate_real(folder, power=0, timelines=False)]

    assert flagged == sorted(flagged, reverse=True)


def test_the_table_has_a_denominator_in_every_line_of_a_rule(comparisons):
    text = as_text(tuple(comparisons.values()))

    for line in text.splitlines():
        if line.startswith("    ") and not line.strip().startswith("reported"):
            assert " of " in line


@pytest.mark.slow
@pytest.mark.real
def test_no_organic_account_is_reported_in_real_posts(real_data):
    for one in evaluate_real(real_data / "eval", power=0, timelines=False):
        assert one.ours.organic == 0, one.name
        assert one.verdict != str(Verdict.DECEPTIVE)
