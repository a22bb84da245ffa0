"""The tables: canonical CSV, guarded CSV that can be given back, Parquet whose unknown is null."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.engine.duck import Duck
from groundswell.publish.exports.catalogue import export_named
from groundswell.publish.exports.csv_tables import table_csv
from groundswell.publish.exports.spreadsheet import FORMULA, marked, plain


@pytest.fixture(scope="module")
def folders(material, tmp_path_factory):
    """The three folders by name."""
    made = {}
    for name in ("csv", "spreadsheet", "parquet"):
        made[name] = tmp_path_factory.mktemp(name)
        export_named(name).write(material, made[name])
    return made


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_every_table_says_in_about_json_how_many_rows_and_which_columns_it_has(folders):
    about = json.loads((folders["csv"] / "about.json").read_text(encoding="utf-8"))

    for name, told in about["tables"].items():
        found = rows(folders["csv"] / f"{name}.csv")

        assert len(found) == told["rows"]
        assert not found or list(found[0]) == [column for column, _ in told["columns"]]
    assert set(about["tables"]) == {
        *("accounts", "edges", "groups", "members", "meetings", "findings", "shares", "ledger"),
    }


def test_a_part_stands_beside_its_whole(folders):
    for row in rows(folders["csv"] / "shares.csv"):
        assert 0 <= int(row["count"]) <= int(row["whole"])
    parts = rows(folders["csv"] / "ledger.csv")

    assert sum(int(row["rows"]) for row in parts) == sum(
        {row["file"]: int(row["rows_in_file"]) for row in parts}.values()
    )


def test_parquet_and_csv_say_the_same_and_unknown_is_null(folders):
    for path in sorted(folders["parquet"].glob("*.parquet")):
        with Duck() as engine:
            found = engine.query(f"select * from read_parquet('{path}')")
        listed = rows(folders["csv"] / f"{path.stem}.csv")

        for name, column in found.items():
            nothing = [value is None or value == "" or value != value for value in column.tolist()]
            assert nothing == [row[name] == "" for row in listed], (path.stem, name)


def test_a_spreadsheet_gets_no_cell_that_it_could_run(folders):
    for path in folders["spreadsheet"].glob("*.csv"):
        for row in rows(path):
            assert [cell for cell in row.values() if cell[:1] in "=+-@|%\t\r" and not is_number(cell)] == [""] * sum(
                cell == "" for cell in row.values()
            )


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_canonical_table_is_not_guarded():
    assert table_csv(("a",), [("=1+1",)]) == "a\r\n=1+1\r\n"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "＋1", "－1", "＠a", "|cmd", "%0"]
)
def test_what_could_be_a_formula_is_marked(cell):
    assert marked(cell) == "'" + cell


@given(st.text())
def test_taking_the_mark_away_gives_back_every_cell(cell):
    guarded = marked(cell)

    assert plain(guarded) == cell
    assert guarded.startswith("'") or not FORMULA.match(guarded)
