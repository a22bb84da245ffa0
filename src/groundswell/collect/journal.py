"""Lines on their way into the study: on the disk as soon as they arrive, in order, in two plain files.

    live/<stream>/<name>.jsonl        what the server sent, a line each
    live/<stream>/<name>.gone         what was taken back meanwhile, a JSON list a line

Each line is handed to the system before the next one is received, so a killed process loses none of them; the disk
is asked to keep them once a second, so a power cut loses a second. A journal that was left over is sealed by whoever
comes next.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from groundswell.model.deletion import Deletion

LINES, GONE = ".jsonl", ".gone"


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A journal that is complete."""

    lines: Path
    gone: Path
    cursor: int | None = None
    """Where the stream stands after it; None where its collector was killed, and the lines tell."""
    not_kept: Counter[str] = field(default_factory=Counter)
    """Events of which nothing was kept, by reason."""
    received: int | None = None
    """Events received while it was open, kept or not."""
    edits: int = 0
    """Events that were another version of a post."""
    remarks: tuple[str, ...] = ()

    def deletions(self) -> Iterator[Deletion]:
        """What was taken back; a last line that was cut off is passed over, for the server repeats it."""
        if self.gone.exists():
            for line in self.gone.read_text(encoding="utf-8").splitlines(keepends=True):
                if line.endswith("\n"):
                    yield Deletion(*json.loads(line))

    def drop(self) -> None:
        """Remove both files; their content is part of the study."""
        self.gone.unlink(missing_ok=True)
        self.lines.unlink(missing_ok=True)


class Journal:
    """An open journal."""

    def __init__(self, folder: Path, name: str) -> None:
        """Start one called `name`, which must be new."""
        folder.mkdir(parents=True, exist_ok=True)
        self._lines, self._gone = folder / f"{name}{LINES}", folder / f"{name}{GONE}"
        self._file = self._lines.open("xb", buffering=0)
        self._gone_file = self._gone.open("xb", buffering=0)
        self._synced = 0
        self.n_lines = 0
        self.n_received = 0
        self.n_deletions = 0
        self.n_edits = 0
        self.cursor: int | None = None
        self.not_kept: Counter[str] = Counter()
        self.remarks: list[str] = []

    def add(self, line: str) -> None:
        """Keep a line."""
        self._file.write(line.encode("utf-8", "replace") + b"\n")
        self.n_lines += 1

    def delete(self, deletion: Deletion) -> None:
        """Keep a deletion."""
        self._gone_file.write(json.dumps(deletion).encode() + b"\n")
        self.n_deletions += 1

    @property
    def has_something(self) -> bool:
        """Whether there is anything to seal."""
        return bool(self.n_lines or self.n_deletions)

    def sync(self) -> None:
        """Ask the disk to keep what arrived since the last time."""
        if self.n_lines + self.n_deletions > self._synced:
            self._synced = self.n_lines + self.n_deletions
            os.fsync(self._file.fileno())
            os.fsync(self._gone_file.fileno())

    def seal(self) -> Sealed:
        """Close it."""
        self.sync()
        self._file.close()
        self._gone_file.close()
        return Sealed(
            lines=self._lines,
            gone=self._gone,
            cursor=self.cursor,
            not_kept=self.not_kept,
            received=self.n_received,
            edits=self.n_edits,
            remarks=tuple(self.remarks),
        )


def left_over(folder: Path) -> list[Sealed]:
    """Journals of a collector that was killed, oldest first; one without a line is removed unless it has deletions."""
    found = []
    for lines in sorted(folder.glob(f"*{LINES}")):
        sealed = Sealed(lines=lines, gone=lines.with_suffix(GONE))
        if lines.stat().st_size or any(True for _ in sealed.deletions()):
            found.append(sealed)
        else:
            sealed.drop()
    for gone in folder.glob(f"*{GONE}"):
        if not gone.with_suffix(LINES).exists():
            gone.unlink()
    return found
