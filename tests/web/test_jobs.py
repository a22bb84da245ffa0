"""Work in a process of its own: how far it is, what went wrong, and that it can be stopped."""

from __future__ import annotations

import json
from pathlib import Path
from time import monotonic

import pytest

from groundswell.errors import WrongUse
from groundswell.store.study import Study
from groundswell.web.jobs import Jobs, State


def finished(jobs: Jobs, timeout_s: float = 120.0) -> State:
    end = monotonic() + timeout_s
    state = jobs.state
    while state.running and monotonic() < end:
        state = jobs.wait_for_change(state.changed, 1.0)
    assert not state.running, "the work did not end"
    return state


def test_work_that_fails_says_why_in_words(empty: Study) -> None:
    jobs = Jobs()
    jobs.start("Writing the pages", "pages", [str(empty.folder)])
    state = finished(jobs)
    assert "has no run yet" in (state.error or "")
    assert "Traceback" not in (state.error or "")


def test_two_pieces_of_work_are_not_done_at_once(empty: Study) -> None:
    jobs = Jobs()
    jobs.start("The first", "pages", [str(empty.folder)])
    with pytest.raises(WrongUse, match="The first is still running"):
        jobs.start("The second", "pages", [str(empty.folder)])
    finished(jobs)


def test_stopped_work_is_no_error(empty: Study, tmp_path: Path) -> None:
    rows = "".join(f"a{i % 997},{i},2026-05-01T10:00:{i % 60:02}Z,open the gate {i}\n" for i in range(300_000))
    table = tmp_path / "big.csv"
    table.write_text(f"account_id,post_id,time,text\n{rows}")
    jobs = Jobs()
    jobs.start("Analysing", "run", [str(empty.folder), json.dumps({"files": [str(table)]})])
    state = jobs.state
    while state.running and state.step in ("", "Starting"):
        state = jobs.wait_for_change(state.changed, 1.0)
    jobs.stop()
    state = finished(jobs)
    assert (state.stopped, state.error) == (True, None)
    assert table.exists(), "a file that was not read to the end stays"


def test_nothing_to_stop_is_fine() -> None:
    Jobs().stop()
