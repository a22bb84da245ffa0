"""How a long step says how far it is. A face (the command line, a page) turns it into a bar with the time left."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told which step is under way and how much of it is done."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """`done` of `total` units of `step` are done."""
        ...


def silent(step: str, done: int, total: int) -> None:
    """Say nothing."""
