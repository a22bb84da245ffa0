"""Parameters: which windows fit which clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from groundswell.errors import WindowTooFine, WrongUse
from groundswell.model.run import Parameters

MINUTE = timedelta(minutes=1)


def test_the_default_window_gives_way_to_a_coarser_clock():
    assert Parameters().fitted(1.0).windows == (MINUTE,)
    assert Parameters().fitted(3600.0).windows == (timedelta(hours=1),)


def test_windows_come_sorted_and_once():
    assert Parameters(windows=(MINUTE * 10, MINUTE, MINUTE)).fitted(1.0).windows == (MINUTE, MINUTE * 10)


def test_a_window_finer_than_the_clock_is_refused_with_one_that_fits():
    with pytest.raises(WindowTooFine, match="--window 60s"):
        Parameters(windows=(timedelta(seconds=10),)).fitted(60.0)


def test_a_window_as_long_as_the_clocks_grain_is_allowed():
    assert Parameters(windows=(MINUTE,)).fitted(60.0).windows == (MINUTE,)


@pytest.mark.parametrize(
    "wrong", [{"windows": (timedelta(0),)}, {"windows": (-MINUTE,)}, {"min_objects": 0}, {"fdr": 0.0}, {"fdr": 1.0}]
)
def test_what_can_not_be_right_is_refused_at_once(wrong):
    with pytest.raises(WrongUse, match="asked for"):
        Parameters(**wrong)


def test_a_cautious_run_asks_for_five_times():
    assert (Parameters().theta, Parameters(cautious=True).theta) == (3.0, 5.0)
    assert Parameters(cautious=True).as_json()["cautious"]
