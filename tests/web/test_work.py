"""work: what was asked to stop ends as stopped, wherever the question reached it."""

from __future__ import annotations

import os
import signal
from threading import Timer

import pytest

from groundswell.engine.duck import Duck
from groundswell.errors import INTERRUPTED, STOPPED
from groundswell.web import work

LONG = "select count(*) from range(100000) as a, range(20000) as b where a.range * b.range % 7 = 3"


@pytest.fixture(autouse=True)
def own_handler():
    """The handler that was there comes back."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def doing(monkeypatch, function):
    """The exit code of work that is this function."""
    monkeypatch.setitem(work.WORK, "made-up", function)
    return work.main(["made-up"])


def test_what_the_engine_makes_of_an_interruption_is_a_stop(monkeypatch, capsys):
    def interrupted(_progress):
        raise RuntimeError(INTERRUPTED)

    assert doing(monkeypatch, interrupted) == STOPPED
    assert capsys.readouterr().out == ""


def test_a_signal_during_a_query_ends_the_work_as_stopped(monkeypatch):
    def query(progress):
        with Duck() as engine:
            Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
            engine.rows(LONG)
        # The engine may swallow a signal; then the next step must not begin.
        progress("Looking for groups", 0, 1)

    assert doing(monkeypatch, query) == STOPPED


def test_any_other_fault_of_the_engine_stays_one(monkeypatch):
    def broken(_progress):
        raise RuntimeError("out of order")

    with pytest.raises(RuntimeError, match="out of order"):
        doing(monkeypatch, broken)


def test_after_a_stop_the_next_step_does_not_begin():
    stop = work.Stop()
    progress = work.Lines(stop)
    with pytest.raises(KeyboardInterrupt):
        stop(signal.SIGINT, None)

    with pytest.raises(KeyboardInterrupt):
        progress("Looking for groups", 0, 1)
