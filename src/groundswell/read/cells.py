"""Rows of a table by column, each column made when it is asked for: of thirty, a reader wants a dozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


class Cells(Mapping[str, Sequence[str]]):
    """Name of a column to its cells, one a row."""

    def __init__(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Each row has a cell for each name in the header, and no two names are equal."""
        self._at = {name: at for at, name in enumerate(header)}
        self._rows = rows

    def __getitem__(self, name: str) -> list[str]:
        at = self._at[name]
        return [row[at] for row in self._rows]

    def __contains__(self, name: object) -> bool:
        return name in self._at

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)
