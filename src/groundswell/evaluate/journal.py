"""Finished worlds, written down one by one, so that an evaluation that is stopped goes on where it stopped.

    world done ──► one line of FILE.jsonl          the first line says what was evaluated, and by which code

A line that breaks off (the machine went down in the middle of it) is forgotten, and its world is told again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias

from groundswell.errors import WrongUse
from groundswell.store.lock import locked

Key: TypeAlias = tuple[str | int | float, ...]
"""Names a world, such as ("planted", 20007)."""

DECIDES = ("assess", "detect", "engine", "model", "simulate", "traces")
"""Packages that can change what is reported of a world."""


def code_digest() -> str:
    """Twelve hex digits of the source that decides: two tables with the same digest are of the same rule and worlds."""
    package = Path(str(files("groundswell")))
    sources = sorted(path for name in DECIDES for path in (package / name).rglob("*.py"))
    told = sha256()
    for path in sources:
        told.update(f"{path.relative_to(package).as_posix()}\n".encode())
        told.update(path.read_bytes())
    return told.hexdigest()[:12]


class Journal:
    """What was told of each world so far, in memory and on disk."""

    def __init__(self, file: Path, told: dict[Key, Any]) -> None:
        self.file, self.told = file, told

    def keep(self, key: Key, value: Any) -> None:
        """Write a finished world down, at once."""
        self.told[key] = value
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"world": list(key), "told": value}) + "\n")


@contextmanager
def journal(file: Path, about: Mapping[str, Any]) -> Iterator[Journal]:
    """Open a journal, go on with it if it is about the same, and keep others from writing to it meanwhile.

    Parameters
    ----------
    file
        Where to write; missing, or an older journal.
    about
        What is evaluated and by which code: a journal about something else is not gone on with.

    Raises
    ------
    WrongUse
        The file is about something else, is no journal, or another program writes to it.
    """
    with locked(file.with_name(f".{file.name}.lock"), "writing worlds"):
        whole = _whole_lines(file)
        if not whole:
            file.write_text(json.dumps({"about": dict(about)}) + "\n", encoding="utf-8")
            yield Journal(file, {})
            return
        told = _read(file, whole, about)
        # A line that broke off must not swallow the next one.
        file.write_text("".join(f"{line}\n" for line in whole), encoding="utf-8")
        yield Journal(file, told)


def _whole_lines(file: Path) -> Sequence[str]:
    """The lines that end in a line feed; the last one may have broken off."""
    if not file.exists():
        return ()
    return file.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]


def _read(file: Path, lines: Sequence[str], about: Mapping[str, Any]) -> dict[Key, Any]:
    try:
        seen = json.loads(lines[0])["about"]
        rows = [json.loads(line) for line in lines[1:]]
        told = {tuple(row["world"]): row["told"] for row in rows}
    except (ValueError, KeyError, TypeError) as error:
        raise WrongUse(
            f"{str(file)!r} is no journal of an evaluation: {error}.\n"
            "  It was left as it is. Name another file with -o, or move this one away."
        ) from error
    if seen != dict(about):
        other = ", ".join(f"{name} {seen.get(name)!r}" for name in about if seen.get(name) != about[name])
        raise WrongUse(
            f"{str(file)!r} is of another evaluation: {other or 'with more in its heading'}.\n"
            f"  Here it is {', '.join(f'{name} {value!r}' for name, value in about.items())}; rates of two rules must"
            " not be mixed.\n"
            "  Name another file with -o, or move this one away."
        )
    return told
