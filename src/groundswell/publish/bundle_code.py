"""Which code made a number: one hash over the program's own files, wherever it is installed."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

KINDS = (".py", ".html", ".css", ".json", ".csv", ".txt", ".parquet")


@cache
def code_digest() -> str:
    """SHA-256 over the name and the bytes of every file of the program, in the order of their names."""
    whole = sha256()
    for name, file in sorted(_files(files("groundswell"), "")):
        whole.update(f"{name}\0{sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _files(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for one in folder.iterdir():
        if one.is_dir() and one.name != "__pycache__":
            found += _files(one, f"{prefix}{one.name}/")
        elif one.name.endswith(KINDS):
            found.append((prefix + one.name, one))
    return found
