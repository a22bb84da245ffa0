"""Columns that are collected piece by piece, in memory as long as they fit, else in files that have no name.

    pieces ──► Overflow ──► columns          the same numbers, wherever they lie

A file without a name is gone when the process is, however it ends: nothing is left behind, and nothing has to be
cleaned. The columns are mapped, so what is not looked at need not be in memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import numpy as np

Column = np.ndarray[Any, Any]


class Overflow:
    """Collects a few columns of equal length."""

    def __init__(self, n_columns: int, *, most_bytes: int | None = None, folder: Path | None = None) -> None:
        """Start with nothing.

        Parameters
        ----------
        n_columns
            How many there are.
        most_bytes
            What may be held in memory; without it, everything is.
        folder
            Where the files without names lie; the system's choice by default.
        """
        self.most_bytes, self.folder = most_bytes, folder
        self.n_bytes = 0
        self._pieces: list[list[Column]] = [[] for _ in range(n_columns)]
        self._files: list[IO[bytes]] = []
        self._open = ExitStack()

    def add(self, piece: Sequence[Column]) -> None:
        """Put a piece of each column behind the others.

        Raises
        ------
        OSError
            The disk is full.
        """
        for column, pieces in zip(piece, self._pieces, strict=True):
            pieces.append(column)
            self.n_bytes += column.nbytes
        if self.most_bytes is not None and self.n_bytes > self.most_bytes:
            self._write()

    def columns(self) -> tuple[Column, ...]:
        """Every column, whole. Asked once."""
        if not self._files:
            return tuple(np.concatenate(pieces) for pieces in self._pieces)
        kinds = [pieces[0].dtype for pieces in self._pieces]
        self._write()
        mapped: list[Column] = []
        with self._open:
            for file, kind in zip(self._files, kinds, strict=True):
                file.flush()
                mapped.append(np.memmap(file, dtype=kind, mode="r+") if file.tell() else np.empty(0, kind))
        return tuple(np.asarray(column) for column in mapped)

    def _write(self) -> None:
        if not self._files:
            with ExitStack() as opened:
                for _ in self._pieces:
                    self._files.append(opened.enter_context(tempfile.TemporaryFile(dir=self.folder)))
                self._open = opened.pop_all()
        for file, pieces in zip(self._files, self._pieces, strict=True):
            for piece in pieces:
                file.write(np.ascontiguousarray(piece).data)
            pieces[:] = [pieces[0][:0]]
