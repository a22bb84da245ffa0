"""`groundswell evaluate`: as it is typed, and typed again after it was stopped."""

from __future__ import annotations

import json
import sys

import pytest

from groundswell.cli.bar import Bar
from groundswell.cli.main import app
from groundswell.errors import WrongUse


def typed(*arguments):
    app([*map(str, arguments)], standalone_mode=False)


def test_one_scenario_is_scored_and_what_is_done_is_not_done_again(tmp_path, capsys):
    out = tmp_path / "worlds.json"
    typed("evaluate", "worlds", "--scenario", "talk-few", "--seeds", 1, "-o", out)
    first = capsys.readouterr()
    figures = json.loads(out.read_text())
    kept = (tmp_path / "worlds.jsonl").read_text()

    typed("evaluate", "worlds", "--scenario", "talk-few", "--seeds", 1, "-o", out)
    again = capsys.readouterr()

    assert again.out == first.out
    assert "Going on after 1 worlds" in again.err
    assert json.loads(out.read_text()) == figures
    assert (tmp_path / "worlds.jsonl").read_text() == kept
    assert "too few worlds" in first.out
    assert {row["scenario"] for row in figures["rows"]} == {"talk-few"}


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("nothing",), "worlds, power, campaigns, real"),
        (("worlds", "--scenario", "talk-fw"), "Did you mean 'talk-few'"),
        (("campaigns", "--seeds", 0), "1 or more"),
    ],
)
def test_what_cannot_be_evaluated_is_refused_in_words(arguments, advice):
    with pytest.raises(WrongUse, match=advice):
        typed("evaluate", *arguments)


def test_where_there_is_no_terminal_a_long_step_says_how_long_it_still_takes(capsys, monkeypatch):
    clock = iter([0.0, 0.0, 30.0, 100.0, 101.0])
    monkeypatch.setattr("groundswell.cli.bar.monotonic", lambda: next(clock))
    assert not sys.stderr.isatty()

    with Bar() as bar:
        for done in (0, 3, 10, 11):
            bar("Scoring worlds", done, 40)

    assert capsys.readouterr().err.splitlines() == [
        "Scoring worlds …",
        "Scoring worlds … 10 of 40, about 5 min left",
    ]
