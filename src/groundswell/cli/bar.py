"""Progress for people: a bar with the time left on a terminal, a line a step where there is none."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

SAY_EACH_S = 60.0
"""Where there is no terminal, a long step says this often how far it is."""


class Bar:
    """Shows the steps of a command on the error stream, so that the output stays clean for programs."""

    def __init__(self, *, quiet: bool = False) -> None:
        """With `quiet`, say nothing at all."""
        self._quiet = quiet
        self._console = Console(stderr=True)
        self._live = self._console.is_terminal and not quiet
        self._said: set[str] = set()
        self._began = (0.0, 0)
        self._last_s = 0.0
        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
        )

    def __enter__(self) -> Bar:
        if self._live:
            self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._live:
            self._progress.stop()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show that `done` of `total` units of `step` are done."""
        if self._quiet:
            return
        if not self._live:
            if step not in self._said:
                self._said.add(step)
                sys.stderr.write(f"{step} …\n")
                self._began = (monotonic(), done)
                self._last_s = self._began[0]
            self._say(step, done, total)
            return
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(step, total=max(total, 1))
        self._progress.update(self._tasks[step], completed=min(done, total) if total else 1, total=max(total, 1))

    def _say(self, step: str, done: int, total: int) -> None:
        """A line with the time left, for logs; none for a step that is over within the minute."""
        now = monotonic()
        began_s, began_at = self._began
        if now - self._last_s < SAY_EACH_S or done <= began_at:
            return
        self._last_s = now
        left_s = (now - began_s) * (total - done) / (done - began_at)
        sys.stderr.write(f"{step} … {done:,} of {total:,}, about {left_s / 60:.0f} min left\n")
