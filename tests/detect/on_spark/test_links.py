"""define_links: spread over workers that see only their own rows, the links are those of one process."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.detect.links import links
from groundswell.detect.on_spark.links import define_links
from groundswell.detect.shares import shares_of
from groundswell.model.link import LINKS
from tests.conftest import write_traces
from tests.detect.logs import as_rows, logs
from tests.detect.on_spark.pretend import Pretend

WINDOWS = [timedelta(seconds=20), timedelta(minutes=2)]


def agree(rows, windows, *, min_objects, cell):
    """Whether both ways give the same table; and how many links it has."""
    with Pretend() as engine:
        engine.con.execute("set threads = 1")
        write_traces(engine, rows)
        expected = links(shares_of(engine, "url"), windows, min_objects=min_objects, threads=1)
        define_links(engine, windows, min_objects=min_objects, cell=cell)
        found = engine.query(f"select * from links order by {', '.join(LINKS.order)}")
    for name in LINKS.columns:
        assert np.array_equal(found[name], expected[name]), name
    return len(expected["kind"])


@settings(max_examples=6)
@given(logs(max_size=40).filter(len), st.integers(1, 3), st.sampled_from([1, 3, 1000]))
def test_links_are_those_of_one_process(rows, min_objects, cell):
    agree(rows, WINDOWS, min_objects=min_objects, cell=cell)


@pytest.mark.parametrize("cell", [12, 1000])
def test_many_links_are_those_of_one_process(cell):
    random = np.random.default_rng(5)
    names = [f"account {number:02}" for number in range(60)]
    listed = [
        (names[random.integers(60)], f"object {random.integers(25):02}", int(random.integers(900))) for _ in range(900)
    ]

    assert agree(as_rows(listed), WINDOWS, min_objects=1, cell=cell) > 400
