"""Every error a user can meet, and the advice that goes with it.

    GroundswellError            catch this one
    ├── WrongUse                the call can't be right: exit code 2
    │   ├── MissingColumns      a table lacks columns that a step reads
    │   ├── WindowTooFine       the window is finer than the data's clock
    │   └── NotOurs             the output folder holds something else
    └── Failed                  the call is right but can't be done: exit code 1
        ├── UnreadableFile      a file that no reader knows, or that breaks off
        ├── MissingExtra        a part that needs packages which are not installed
        └── NothingToDo         no posts, or no traces of the kinds asked for

A message says what is wrong, what was seen and what to do, in that order and with the user's own names. The
class builds the text, so that each place that raises it is one short line and the advice is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

STOPPED = 130
"""The exit code after Ctrl-C, as shells know it."""

INTERRUPTED = "Query interrupted"
"""What DuckDB makes of Ctrl-C while it works: a `RuntimeError` with these words."""


class GroundswellError(Exception):
    """Anything Groundswell says no to."""

    exit_code = 1


class WrongUse(GroundswellError):
    """The call can't be right, whatever the data are."""

    exit_code = 2


class Failed(GroundswellError):
    """The call is right, but it can't be done with what is there."""


class MissingColumns(WrongUse):
    """A table lacks columns that a step reads."""

    def __init__(self, table: str, missing: Iterable[str], found: Iterable[str]) -> None:
        self.missing, self.found = tuple(sorted(missing)), tuple(found)
        lines = [f"`{table}` has no column {', '.join(map(repr, self.missing))}."]
        lines.append(f"  It has: {', '.join(self.found) or 'no columns at all'}.")
        for name in self.missing:
            if near := get_close_matches(name, self.found, n=1):
                lines.append(f"  Did you mean {near[0]!r}? Read it with `--column {name}={near[0]}`.")
        super().__init__("\n".join(lines))


class WindowTooFine(WrongUse):
    """The window asked for is finer than the clock of the data."""

    def __init__(self, window_s: float, precision_s: float) -> None:
        super().__init__(
            f"A window of {window_s:g} s is finer than the data's clock.\n"
            f"  All times in these files are whole multiples of {precision_s:g} s, so two posts in the same"
            f" {precision_s:g} s look simultaneous.\n"
            f"  Ask for {precision_s:g} s or more: `--window {precision_s:g}s`."
        )


class NotOurs(WrongUse):
    """The output folder exists and was not written by Groundswell."""

    def __init__(self, folder: object, seen: str) -> None:
        super().__init__(
            f"The folder {str(folder)!r} exists and is not one of Groundswell's.\n"
            f"  It holds {seen}, and nothing in it was touched.\n"
            f"  Name a new folder, or empty this one first."
        )


class UnreadableFile(Failed):
    """A file that can't be read as posts: what was seen, and what to do."""

    def __init__(self, path: object, wrong: str, seen: str, advice: str) -> None:
        super().__init__(f"{path}: {wrong}\n  {seen}\n  {advice}")


class MissingExtra(Failed):
    """A part that needs packages beyond the core."""

    def __init__(self, extra: str, what: str, package: str) -> None:
        super().__init__(
            f"{what} needs a package that is not installed: {package}.\n"
            f"  It comes with the extra {extra!r}, which the core does without.\n"
            f"  Install it: `pip install 'groundswell[{extra}]'`."
        )


class NothingToDo(Failed):
    """A step found nothing to work on."""
