"""One piece of work at a time, in a process of its own: it says how far it is, and can be stopped.

start ──► process ──lines of JSON──► Progress      what it does, how much is done, time left, memory
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any

from groundswell.errors import WrongUse

STOP_WAIT_S = 20.0
"""How long work may take to put things away once it is told to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a piece of work is."""

    number: int = 0
    """Goes up with each piece of work; 0 before the first."""
    what: str = ""
    running: bool = False
    step: str = ""
    done: int = 0
    total: int = 0
    left_s: float | None = None
    """Seconds left of this step, as far as one can tell; None where one can't."""
    memory_mb: float | None = None
    steps: tuple[str, ...] = ()
    """Steps that are over, in order."""
    error: str | None = None
    """Why it failed, in words; None if it did not."""
    stopped: bool = False
    changed: int = 0
    """Goes up with every change, so that a reader knows what is new."""

    def as_json(self) -> dict[str, Any]:
        """What a page is told."""
        return asdict(self)


@dataclass
class Jobs:
    """The work of one server."""

    _state: State = field(default_factory=State)
    _process: subprocess.Popen[str] | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _began: tuple[str, float, int] = ("", 0.0, 0)

    @property
    def state(self) -> State:
        """How far it is now."""
        return self._state

    def start(self, what: str, work: str, arguments: Sequence[str]) -> None:
        """Begin ``python -m groundswell.web.work WORK ARGUMENT…``.

        Raises
        ------
        WrongUse
            Something else is being done.
        """
        with self._changed:
            if self._state.running:
                raise WrongUse(f"{self._state.what} is still running.\n  Wait for it, or stop it first.")
            command = [sys.executable, "-m", "groundswell.web.work", work, *arguments]
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            self._set(
                State(
                    number=self._state.number + 1, what=what, running=True, step="Starting", changed=self._state.changed
                )
            )
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def stop(self) -> None:
        """Tell the work to stop, as Ctrl-C does: nothing half-written is left behind."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_WAIT_S)
        except subprocess.TimeoutExpired:
            process.kill()

    def wait_for_change(self, seen: int, timeout_s: float) -> State:
        """The state, once it is newer than `seen` or the time is up."""
        with self._changed:
            self._changed.wait_for(lambda: self._state.changed != seen, timeout_s)
            return self._state

    def _listen(self, process: subprocess.Popen[str]) -> None:
        said: list[str] = []
        with process:
            for line in process.stdout or ():
                told = _told(line)
                if told is None:
                    said.append(line)
                elif "step" in told:
                    self._progress(str(told["step"]), int(told["done"]), int(told["total"]), float(told["memory_mb"]))
                elif "error" in told:
                    said = [str(told["error"])]
        code = process.wait()
        stopped = code in (130, -signal.SIGINT, -signal.SIGKILL)
        error = None if code == 0 or stopped else "".join(said[-20:]).strip() or f"It ended with code {code}."
        with self._changed:
            self._set(replace(self._state, running=False, error=error, stopped=stopped, left_s=None))

    def _progress(self, step: str, done: int, total: int, memory_mb: float) -> None:
        now = monotonic()
        with self._changed:
            before = self._state
            if step != self._began[0]:
                self._began = (step, now, done)
            _, began_s, began_at = self._began
            moved = done - began_at
            left = (now - began_s) * (total - done) / moved if moved > 0 and total >= done else None
            steps = before.steps if before.step in ("", "Starting", step) else (*before.steps, before.step)
            self._set(
                replace(before, step=step, done=done, total=total, left_s=left, memory_mb=memory_mb, steps=steps[-30:])
            )

    def _set(self, state: State) -> None:
        self._state = replace(state, changed=self._state.changed + 1)
        self._changed.notify_all()


def _told(line: str) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def uploads(study_folder: Path) -> Path:
    """Where files that were dropped wait to be read."""
    return study_folder / "inbox"
