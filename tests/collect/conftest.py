"""A study to collect into, and a quicker tick."""

from __future__ import annotations

import pytest

from groundswell.collect import backoff, collector
from groundswell.store.study import Study


@pytest.fixture
def study(tmp_path):
    return Study.create(tmp_path / "gate.study", version="test")


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    """No test waits longer than it must."""
    monkeypatch.setattr(collector, "TICK_S", 0.02)
    monkeypatch.setattr(backoff, "LONGEST_S", 0.05)
    monkeypatch.setattr(backoff.Backoff.__init__, "__kwdefaults__", {"first_s": 0.01, "longest_s": 0.05})
