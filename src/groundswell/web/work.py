"""What the app does in a process of its own: ``python -m groundswell.web.work run STUDY PARAMETERS``.

Lines of JSON on the output say how far it is; the last may say why it failed.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from groundswell import pipeline
from groundswell.engine.meter import Meter
from groundswell.errors import INTERRUPTED, STOPPED, GroundswellError, WrongUse
from groundswell.model.run import Parameters

EACH_S = 0.2
"""At most so often a line."""


class Stop:
    """Whether somebody asked for an end. Raised once where the signal arrives, and again at the next progress.

    A library may swallow what is raised inside it; the next step must not begin all the same.
    """

    asked = False

    def __call__(self, _number: int, _frame: object) -> None:
        """What the signal does."""
        self.asked = True
        raise KeyboardInterrupt


class Lines:
    """Progress as lines of JSON."""

    def __init__(self, stop: Stop) -> None:
        """Begin with nothing said."""
        self._stop = stop
        self._last = ("", 0.0)
        self._meter = Meter()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Say how far it is, unless that was said just now."""
        if self._stop.asked:
            raise KeyboardInterrupt
        now = monotonic()
        if step == self._last[0] and now - self._last[1] < EACH_S and done < total:
            return
        self._last = (step, now)
        say(step=step, done=done, total=total, memory_mb=self._meter.peak_memory_mb())


def say(**what: object) -> None:
    """One line."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def run(progress: Lines, folder: str, asked: str) -> None:
    """Read the waiting files, find groups, weigh them and write the pages.

    Parameters
    ----------
    asked
        JSON: ``files`` to read first, ``campaign``, ``seed`` and ``columns``.
    """
    told = json.loads(asked)
    study = pipeline.open_study(Path(folder))
    files = [Path(file) for file in told.get("files", ())]
    if files:
        pipeline.read(study, files, columns=told.get("columns") or {}, progress=progress)
        for file in files:
            file.unlink(missing_ok=True)
    pipeline.trace(study, progress=progress)
    parameters = Parameters(campaign=told.get("campaign") or None, seed=int(told.get("seed", 0)))
    pipeline.detect(study, parameters, progress=progress)
    pipeline.assess(study, progress=progress)
    pipeline.shelve(study, progress=progress)
    progress("Counting for the panels", 0, 1)
    pipeline.roll_up(study)
    progress("Counting for the panels", 1, 1)


def pages(progress: Lines, folder: str) -> None:
    """Write the pages of the latest run."""
    pipeline.shelve(pipeline.open_study(Path(folder)), progress=progress)


WORK: dict[str, Callable[..., None]] = {"run": run, "pages": pages}


def main(arguments: list[str]) -> int:
    """Do one piece of work; the code is the command line's."""
    name, *rest = arguments
    stop = Stop()
    signal.signal(signal.SIGINT, stop)
    try:
        if name not in WORK:
            raise WrongUse(f"There is no work {name!r}.\n  There are: {', '.join(WORK)}.")
        WORK[name](Lines(stop), *rest)
    except KeyboardInterrupt:
        return STOPPED
    except GroundswellError as error:
        say(error=str(error))
        return error.exit_code
    except RuntimeError as error:
        if str(error) != INTERRUPTED:
            raise
        return STOPPED
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
