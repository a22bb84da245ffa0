"""Python that is compiled: numba, without the interpreter's lock, kept on disk for the next run.

Numba keeps compiled code beside the source, or in the user's cache folder if that can't be written. Where neither can
(a container with a read-only disk), each run compiles anew, some ten seconds, instead of failing.

It looks for changes in the file of the compiled function alone. So a compiled function calls only those of its own
file, or a change in another would go unnoticed.

Without numba everything runs as the Python it is, with the same answers, a hundred times slower; the pair kernel then
asks the database instead (`detect.bucketed`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

try:
    from numba import njit
except ImportError:
    COMPILES = False
else:
    COMPILES = True

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile `function` at its first call, for the types it is called with."""
    if not COMPILES:
        return function
    try:
        return cast(Function, njit(nogil=True, cache=True)(function))
    except RuntimeError:  # numba's word for: no folder to keep it in
        return cast(Function, njit(nogil=True)(function))
