"""The model: monotone, honest about what it lacks, and equal to a plain fit where the signs point the stated way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.wording import forbidden_in
from groundswell.personas.automation.model import (
    AMONG_PEOPLE,
    BETWEEN_SETS,
    CAVEAT,
    COEFFICIENTS,
    FIGURES,
    WORTH,
    estimate,
    fit,
)

DAY_US = 86_400_000_000
ANA = {"followers": 50, "following": 200, "n_posts": 900, "bio": "tea", "created_us": 0}
NOW = 400 * DAY_US


def test_no_weight_pushes_against_the_literature():
    assert all(weight >= 0 for model in COEFFICIENTS.values() for weight in model.weights)
    assert all(len(model.weights) == len(FIGURES) for model in COEFFICIENTS.values())


def test_what_it_is_worth_travels_with_every_answer():
    told = estimate(ANA, NOW).as_json()

    assert len(told["worth"]) == len(WORTH)
    assert [one["auc"] for one in told["between_sets"]] == [one.auc for one in BETWEEN_SETS]
    assert [one["n"] for one in told["among_people"]] == [one.n for one in AMONG_PEOPLE]
    assert all(0 <= one.exceed <= one.n for one in AMONG_PEOPLE)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_followers_never_raise_it(few, more):
    low, high = sorted((few, more))
    one, other = (estimate({**ANA, "followers": n, "following": 0}, NOW) for n in (low, high))

    assert one.low is not None
    assert other.low is not None
    assert one.low >= other.low


def test_a_higher_base_rate_never_lowers_it():
    low, high = (estimate(ANA, NOW, rate).high for rate in (0.01, 0.15))

    assert low is not None
    assert high is not None
    assert low < high


@pytest.mark.parametrize("lacking", sorted(ANA))
def test_a_profile_that_lacks_a_figure_is_not_scored(lacking):
    found = estimate({**ANA, lacking: None}, NOW)

    assert (found.low, found.high) == (None, None)
    assert found.not_scored


def test_a_newcomer_is_not_scored():
    assert estimate(ANA, 3 * DAY_US).not_scored
    assert estimate({**ANA, "n_posts": 4}, NOW).not_scored


def test_a_figure_that_points_the_wrong_way_gets_no_weight():
    draw = np.random.default_rng(0)
    table = draw.normal(size=(2000, 2))
    odds = 1.5 * table[:, 0] - 1.5 * table[:, 1]
    labelled = (draw.random(2000) < 1 / (1 + np.exp(-odds))).astype(float)

    weights = fit(table, labelled).weights

    assert weights[0] == pytest.approx(1.0, abs=0.3)
    assert weights[1] == 0


def test_one_label_is_nothing_to_fit():
    with pytest.raises(ValueError, match="both labels"):
        fit(np.zeros((3, 2)), np.ones(3))


def test_what_it_is_worth_is_told_with_every_answer():
    told = estimate(ANA, NOW).as_json()

    assert len(told["worth"]) == len(WORTH) == len(COEFFICIENTS) - 1
    assert "does not transfer" in told["caveat"]
    assert "At most 1 % of each set of people should exceed the threshold; in 3 of 13 sets more do" in told["caveat"]
    assert forbidden_in(CAVEAT) == ()
