"""The command as a person types it: exit code, output, and the sentences on the error stream."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from groundswell.cli.main import main


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def groundswell(monkeypatch, capsys, tmp_path):
    """Run a command line in an empty folder, in this process."""
    monkeypatch.chdir(tmp_path)

    def command(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["groundswell", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return command
