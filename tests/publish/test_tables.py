"""accounts.csv and edges.csv: that they come back as they went, and that nobody is missing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from groundswell.model.link import LINKS
from groundswell.model.post import POSTS
from groundswell.model.run import Parameters
from groundswell.model.trace import TRACES
from groundswell.publish.redaction import inert
from groundswell.publish.tables import accounts_csv, edges, edges_csv
from tests.publish.editions import edition


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def test_every_account_has_a_row_with_its_posts(published):
    rows = table(published / "accounts.csv")

    assert len({row["account_id"] for row in rows}) == len(rows) == 128
    assert sum(int(row["n_posts"]) for row in rows) == 506
    assert sum(row["group_ids"] == "g-5be1c2" for row in rows) == 8
    assert all(row["handle"] == row["name"] == "" for row in rows)


def test_edges_have_the_columns_of_the_links_and_the_group(published):
    rows = table(published / "edges.csv")

    assert list(rows[0]) == [*LINKS.columns, "group_id"]
    assert len(rows) == 28
    assert rows[0]["first_time"] == "2024-05-01T18:00:00Z"
    assert float(rows[0]["expected"]) == 0.3


def test_a_time_keeps_its_fraction_and_an_unknown_one_is_empty(engine):
    made = edition(engine, n_crowd=0, n_members=2, parameters=Parameters(show_handles=True))
    engine.load(TRACES, TRACES.empty())
    late = "time::date + interval 36000050 milliseconds"
    engine.load(
        POSTS, engine.query(f"select * replace ({late} as time) from posts where account_id = 'user_0' limit 1")
    )
    rows = {row["account_id"]: row["first_time"] for row in csv.DictReader(io.StringIO(accounts_csv(made)))}

    assert rows == {"user_0": "2024-05-01T10:00:00.05Z", "user_1": ""}


def test_a_link_outside_groups_that_chance_explains_is_left_out(engine):
    made = edition(engine)
    inside = edges(made)
    outside = edges(edition(engine, groups=()))

    assert len(inside) == 28
    assert len(outside) == sum(row[9] <= 0.05 or row[10] <= 0.05 for row in inside) == 19


def test_rows_end_as_rfc_4180_says(published):
    text = (published / "edges.csv").read_bytes()

    assert text.count(b"\r\n") == text.count(b"\n") == 29


def test_handles_are_there_when_a_person_decided_so(engine):
    rows = list(csv.DictReader(io.StringIO(accounts_csv(edition(engine, parameters=Parameters(show_handles=True))))))

    assert [row["handle"] for row in rows if row["account_id"] == "user_0"] == ["user_0_writes"]


@given(st.lists(st.text(max_size=12), min_size=14, max_size=14))
def test_any_text_comes_back_as_it_went(cells):
    back = list(csv.reader(io.StringIO(edges_csv([cells]), newline="")))

    assert back[1] == [inert(cell) for cell in cells]
