"""journal: what is done stays done, whatever happens to the program."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from groundswell.errors import WrongUse
from groundswell.evaluate import reach, worlds
from groundswell.evaluate.journal import code_digest, journal
from groundswell.evaluate.worlds import evaluate_worlds
from groundswell.simulate.catalogue import scenario

ABOUT = {"what": "worlds", "rule_version": 1, "code": "abc"}


def truth(world):
    return tuple(world.planted().values())


def never(world):
    raise AssertionError("this world was told before")


def test_a_world_that_was_kept_is_there_when_the_journal_is_opened_again(tmp_path):
    with journal(tmp_path / "w.jsonl", ABOUT) as first:
        first.keep(("planted", 3), {"recall": 0.5})

    with journal(tmp_path / "w.jsonl", ABOUT) as again:
        assert again.told == {("planted", 3): {"recall": 0.5}}


def test_a_line_that_broke_off_is_forgotten_and_does_not_swallow_the_next(tmp_path):
    file = tmp_path / "w.jsonl"
    with journal(file, ABOUT) as kept:
        kept.keep(("planted", 3), 1)
    with file.open("a") as lines:
        lines.write('{"world": ["planted", 4], "to')

    with journal(file, ABOUT) as kept:
        assert kept.told == {("planted", 3): 1}
        kept.keep(("planted", 4), 2)
    with journal(file, ABOUT) as kept:
        assert kept.told == {("planted", 3): 1, ("planted", 4): 2}


def test_a_heading_that_broke_off_begins_anew(tmp_path):
    (tmp_path / "w.jsonl").write_text('{"abou')

    with journal(tmp_path / "w.jsonl", ABOUT) as kept:
        assert kept.told == {}


@pytest.mark.parametrize("changed", [{"rule_version": 2}, {"code": "abd"}, {"what": "power"}])
def test_worlds_of_another_rule_are_not_mixed_in(tmp_path, changed):
    with journal(tmp_path / "w.jsonl", ABOUT) as kept:
        kept.keep(("planted", 3), 1)

    with (
        pytest.raises(WrongUse, match="of another evaluation") as caught,
        journal(tmp_path / "w.jsonl", ABOUT | changed),
    ):
        pass
    assert all(repr(value) in str(caught.value) for value in changed.values())


@pytest.mark.parametrize("text", ["hello\n", "[]\n", '{"about": {}}\n{"world": 3}\n'])
def test_a_file_that_is_no_journal_is_left_as_it_is(tmp_path, text):
    file = tmp_path / "notes.jsonl"
    file.write_text(text)

    with pytest.raises(WrongUse, match="no journal"), journal(file, {}):
        pass
    assert file.read_text() == text


def test_two_programs_do_not_write_to_one_journal(tmp_path):
    with (
        journal(tmp_path / "w.jsonl", ABOUT),
        pytest.raises(WrongUse, match="Another program is writing worlds"),
        journal(tmp_path / "w.jsonl", ABOUT),
    ):
        pass


def test_the_digest_is_of_the_code():
    assert len(code_digest()) == 12
    assert code_digest() == code_digest()


def test_an_evaluation_goes_on_where_it_stopped_and_gives_the_same_table(tmp_path):
    whole = evaluate_worlds(only=("quiet",), seeds=2, detect=truth)
    with journal(tmp_path / "w.jsonl", ABOUT) as kept:
        evaluate_worlds(only=("quiet",), seeds=1, detect=truth, kept=kept)
    told = []

    with journal(tmp_path / "w.jsonl", ABOUT) as kept:
        resumed = evaluate_worlds(
            only=("quiet",), seeds=2, detect=truth, kept=kept, progress=lambda done, of: told.append((done, of))
        )
        assert evaluate_worlds(only=("quiet",), seeds=2, detect=never, kept=kept) == whole
    assert resumed == whole
    assert told == [(1, 2), (2, 2)]


def test_an_evaluation_that_is_killed_keeps_what_was_done(tmp_path, monkeypatch):
    telling = worlds.tell

    def tell_once(name, seed, detect):
        if seed == 1:
            raise KeyboardInterrupt
        return telling(name, seed, detect)

    monkeypatch.setattr(worlds, "tell", tell_once)
    with pytest.raises(KeyboardInterrupt), journal(tmp_path / "w.jsonl", ABOUT) as kept:
        evaluate_worlds(only=("quiet",), seeds=2, detect=truth, kept=kept)

    lines = (tmp_path / "w.jsonl").read_text().splitlines()
    assert [json.loads(line).get("world") for line in lines] == [None, ["quiet", 0]]


def test_the_search_for_the_end_of_power_goes_on_too(tmp_path, monkeypatch):
    monkeypatch.setattr(reach, "SIZES", (10,))
    monkeypatch.setattr(reach, "PACES_S", (60.0,))
    with journal(tmp_path / "p.jsonl", ABOUT) as kept:
        kept.keep((10, 60.0, 7), {str(n): 0.25 for n in reach.OBJECTS})

    with journal(tmp_path / "p.jsonl", ABOUT) as kept:
        cells = reach.reach(seeds=1, first_seed=7, kept=kept)
    assert {cell.recall for cell in cells} == {0.25}


def test_a_scenario_says_whom_a_tool_may_report():
    assert [scenario(name).holds for name in ("fast", "wire", "planted-led")] == ["nothing", "open", "planted"]
    assert replace(scenario("fast"), name="x").holds == "nothing"
