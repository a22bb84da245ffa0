"""Lists that our own reader of published lists takes back, with addresses that nobody can click."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.publish.exports.defanged import defanged
from groundswell.publish.exports.indicators import indicators_csv
from groundswell.publish.exports.killchain import BROADLY, killchain_csv
from groundswell.read.threat_indicators import indicators, refanged

URLS = [f"https://ex.example/{number}" for number in range(6)]


@pytest.mark.parametrize("make", [indicators_csv, killchain_csv])
def test_the_reader_of_published_lists_takes_it_back(make, material, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(make(material).encode("utf-8"))

    assert sorted(one.value for one in indicators(path) if one.kind == "url") == URLS


@pytest.mark.parametrize("make", [indicators_csv, killchain_csv])
def test_no_address_can_be_clicked(make, material):
    assert "http" not in make(material)


def test_every_step_has_a_tactic_and_a_technique_and_none_is_about_who_they_are(material):
    steps = [row for row in csv.DictReader(io.StringIO(killchain_csv(material), newline="")) if any(row.values())]

    assert {row["Tactic"] for row in steps} == {BROADLY}
    assert all("in step" in row["Technique"] for row in steps)
    assert steps[0]["Indicator"] == "8 accounts"


hosts = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8}){1,3}", fullmatch=True)


@given(st.sampled_from(["http", "https"]), hosts, st.from_regex(r"(/[a-z0-9.-]{0,6}){0,3}", fullmatch=True))
def test_refanging_gives_back_what_was_defanged(scheme, host, path):
    address = f"{scheme}://{host}{path}"

    assert refanged(defanged(address)) == address
    assert "http" not in defanged(address).split("://")[0]
