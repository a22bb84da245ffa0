"""window: a length of time as people write it, and what is none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from groundswell.errors import WrongUse
from groundswell.model.window import window


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("60s", 60), ("60", 60), ("1.5 min", 90), ("10MIN", 600), ("1h", 3600), ("2 days", 172_800), ("500ms", 0.5)],
)
def test_numbers_and_units_are_read(written, seconds):
    assert window(written) == timedelta(seconds=seconds)


@pytest.mark.parametrize("written", ["", "soon", "s", "10 fortnights", "1e3s", "1:30"])
def test_what_is_no_length_of_time_is_refused_with_an_example(written):
    with pytest.raises(WrongUse, match="60s, 10min"):
        window(written)


@pytest.mark.parametrize("written", ["0", "0s", "-5s", "20000 d", "9" * 400])
def test_what_makes_no_sense_is_refused(written):
    with pytest.raises(WrongUse, match="makes no sense"):
        window(written)
