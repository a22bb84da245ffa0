"""What is written is sorted before lists come apart, and stands in the order that sorting whole rows gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.engine.duck import Duck
from groundswell.model.table import TableContract, text_column

POSTS = TableContract(
    "posts",
    {"time": "timestamp", "who": "text", "where": "text", "tags": "text[]", "row": "bigint"},
    order=("time", "who", "where", "row"),
)
NAMES = st.sampled_from(["ana", "ben", "Ana", "", "\u00e4na", "\U0001f600", None])
ROWS = st.lists(st.tuples(st.integers(0, 2), NAMES, NAMES, st.lists(st.sampled_from("ab"), max_size=2)), min_size=1)


@pytest.fixture(scope="module")
def engine():
    with Duck() as duck:
        yield duck


@given(ROWS)
def test_rows_stand_as_loading_and_saving_puts_them(engine, tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("sorted")
    times, who, where, tags = zip(*rows, strict=True)
    columns = {
        "time": np.array(times, dtype="datetime64[us]"),
        "who": text_column(who),
        "where": text_column(where),
        "tags": np.fromiter(tags, dtype=object, count=len(tags)),
        "row": np.arange(len(rows)),
    }
    engine.load(POSTS, columns)
    engine.save(POSTS, folder / "saved.parquet")
    engine.write(POSTS, columns, folder / "written.parquet")

    saved, written = (
        engine.rows("select * from read_parquet($path)", path=str(folder / f"{name}.parquet"))
        for name in ("saved", "written")
    )
    assert written == saved
