"""Names for a table's columns: given, guessed, written down, and the zone of its times."""

from __future__ import annotations

import pytest

from groundswell.errors import WrongUse
from groundswell.read.naming import read_mapping
from groundswell.read.propose import proposed_mapping
from tests.read.kept import read, write_csv

TABLE = "user,created,tweet\nana,2024-07-01 10:00,Hi\nben,2024-01-01 10:00,Hi\ncat,2024-01-01T10:00:00Z,Hi\n"


def test_a_zone_is_given_behind_the_column(tmp_path):
    path = write_csv(tmp_path / "posts", TABLE)

    ledger, kept = read(path, columns={"account_id": "user", "time": "created @ Europe/Berlin"})

    assert [row["time"][11:16] for row in kept.rows] == ["08:00", "09:00", "10:00"]
    assert ledger.assumptions[0].startswith("Times that name no zone are in Europe/Berlin")
    assert not [sentence for sentence in ledger.assumptions if "taken as UTC" in sentence]


def test_a_column_with_an_at_sign_in_its_name_is_that_column(tmp_path):
    path = write_csv(tmp_path / "posts", "user,made@home\nana,2024-05-01\n")

    assert read(path, columns={"account_id": "user", "time": "made@home"})[0].posts == 1


def test_a_zone_that_is_none_is_said(tmp_path):
    path = write_csv(tmp_path / "posts", TABLE)

    with pytest.raises(WrongUse, match="no time zone 'Mars/Base'"):
        read(path, columns={"account_id": "user", "time": "created@Mars/Base"})


def test_what_is_written_down_reads_the_table(tmp_path):
    path, place = write_csv(tmp_path / "posts", TABLE), tmp_path / "map.toml"
    place.write_text(proposed_mapping(path, {}), encoding="utf-8")

    mapping = read_mapping(place)

    assert mapping == {"account_id": "user", "time": "created", "text": "tweet"}
    assert read(path, columns=mapping)[0].posts == 3


@pytest.mark.parametrize(("content", "wrong"), [("[", "no TOML"), ("time = 'a'", "maps no columns")])
def test_a_mapping_file_that_maps_nothing_is_said(tmp_path, content, wrong):
    (tmp_path / "map.toml").write_text(content, encoding="utf-8")

    with pytest.raises(WrongUse, match=wrong):
        read_mapping(tmp_path / "map.toml")
    with pytest.raises(WrongUse, match="can't be read"):
        read_mapping(tmp_path / "none.toml")
