"""What an export is: a name, what it is for, and how it writes its files.

    Material ──write──► one file, or a folder of them

Dropping a module that ends in ``EXPORT = Export(...)`` into this package registers it. An export shows what the
assessment said; it finds nothing and asks no network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from groundswell.publish.edition import Edition


@dataclass(frozen=True, kw_only=True)
class Material:
    """What an export is made of."""

    edition: Edition
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What a person wrote into study.toml: purpose, legal basis, retention, controller."""
    technique_names: Mapping[str, str] = field(default_factory=dict)
    """Technique id to its name, from a matrix that the user supplies; see `matrix`."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """One format."""

    name: str
    """As typed: ``groundswell export STUDY --format NAME``."""
    title: str
    """What it is, for `--list`."""
    suffix: str
    """Of the one file, such as ``.json``; empty where it is a folder."""
    write: Callable[[Material, Path], None]
    """Write into this path: a file that does not exist yet, or a folder that does and is empty."""


def text_file(make: Callable[[Material], str]) -> Callable[[Material, Path], None]:
    """An export that is one text: written as bytes, so that line ends are the same on every system."""
    return lambda material, path: _write(path, make(material))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
