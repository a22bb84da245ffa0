"""reach: recall by size, number of objects and pace."""

from __future__ import annotations

import pytest

from groundswell.errors import WrongUse
from groundswell.evaluate.reach import OBJECTS, Cell, as_json, as_text, reach, recall_in


def test_a_campaign_of_twenty_within_a_minute_is_seen_from_eight_objects_on_and_not_at_three():
    recall = recall_in(20, 60.0, 3)

    assert list(recall) == list(OBJECTS)
    assert recall[3] == 0.0
    assert min(recall[8], recall[15], recall[40]) >= 0.9


def test_the_table_has_a_line_for_each_size_under_each_pace():
    cells = [
        Cell(accounts=size, objects=n, pace_s=pace_s, recall=0.5, seeds=2)
        for pace_s in (10.0, 60.0)
        for size in (3, 5, 10, 20, 50)
        for n in OBJECTS
    ]

    assert len(as_text(cells).splitlines()) == 12
    assert as_text(cells).count("0.50") == len(cells) == len(as_json(cells))


@pytest.mark.parametrize("options", [{"seeds": 0}, {"jobs": 0}])
def test_what_cannot_be_run_is_refused_in_words(options):
    with pytest.raises(WrongUse, match="1 or more"):
        reach(**options)
