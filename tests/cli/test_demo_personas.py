"""`demo personas`: both founding cases are found, in permitted words, and the same seed gives the same bytes."""

from __future__ import annotations

import json

import pytest


@pytest.mark.slow
def test_both_cases_are_found_and_nothing_else(groundswell, tmp_path):
    said = groundswell("demo", "personas", "-o", tmp_path / "out", "--json")
    told = json.loads(said.out)

    assert [(one["candidate"], one["level"]) for one in told["lookalikes"]] == [("eIIa hiII", "probable")]
    assert [one["accounts"] for one in told["faces"]] == [["councillor", "neighbour", "testimony"]]
    assert told["post"]["n_reposts"] == 420
    assert (tmp_path / "out" / "avatars" / "ella.png").is_file()
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert page.count("data:image/png") == 6
    assert told["lookalikes"][0]["sentence"] in page.replace("\u00a0", " ")
    assert told["faces"][0]["sentence"] in page.replace("\u00a0", " ")
    assert "44 of 420" in page


def test_an_unknown_demo_is_refused(groundswell):
    said = groundswell("demo", "nothing")

    assert (said.code, "There is no demo" in said.err) == (2, True)
