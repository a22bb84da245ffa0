"""campaign_verdicts: the verdict on made-up campaigns, counted."""

from __future__ import annotations

import pytest

from groundswell.errors import WrongUse
from groundswell.evaluate import campaign_verdicts
from groundswell.evaluate.campaign_verdicts import FAINT, RIGHT, Said, as_json, as_text, evaluate_verdicts, said_of
from groundswell.evaluate.journal import journal
from groundswell.model.finding import Verdict
from groundswell.simulate.catalogue import scenario


def said(verdict):
    return Said(verdict=verdict, n_reported=1, powerful=True, outside=("above gini",), compared=5)


@pytest.fixture
def always(monkeypatch):
    def make(verdict):
        monkeypatch.setattr(campaign_verdicts, "said_of", lambda what, name, seed: said(verdict))

    return make


def test_a_verdict_is_right_wrong_or_says_too_little(always):
    always(Verdict.OPEN)
    told = {row.scenario: row for row in evaluate_verdicts(seeds=2)}

    assert (told["planted-edited"].right.value, told["planted-edited"].wrong.value) == (1.0, 0.0)
    assert (told["talk"].right.value, told["talk"].wrong.value) == (0.0, 1.0)


def test_cannot_tell_is_never_wrong(always):
    always(Verdict.CANNOT_TELL)

    for row in evaluate_verdicts(seeds=1):
        assert (row.wrong.value, row.cannot_tell.value) == (0.0, 1.0)
        assert row.right.value == (Verdict.CANNOT_TELL in RIGHT[row.scenario])


def test_the_table_shows_wrong_verdicts_first_and_goes_on_where_it_stopped(always, tmp_path):
    always(Verdict.ORGANIC)
    with journal(tmp_path / "c.jsonl", {}) as kept:
        rows = evaluate_verdicts(seeds=1, kept=kept)
    with journal(tmp_path / "c.jsonl", {}) as kept:
        assert evaluate_verdicts(seeds=1, kept=kept) == rows

    assert "1 above gini" in as_text(rows).splitlines()[1]
    assert len(as_json(rows)) == len(rows) == len(RIGHT)
    assert as_text(rows).splitlines()[-1].startswith(("talk", "slogans", "demo-fandom"))


def test_every_scenario_that_is_asked_about_has_posts_to_read():
    assert {scenario(name).kind for name in RIGHT} == {"posts"}
    assert {scenario(name).kind for name in FAINT} == {"posts"}


def test_no_seeds_are_refused_in_words():
    with pytest.raises(WrongUse, match="1 or more"):
        evaluate_verdicts(seeds=0)


def test_of_a_faint_campaign_nobody_can_tell():
    told = said_of("verdict", "planted-faint", 3)

    assert told.verdict is Verdict.CANNOT_TELL
    assert not told.powerful
