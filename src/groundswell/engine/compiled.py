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
from typing import Any, TypeVar, cast

try:
    from llvmlite import ir
    from numba import njit, types
    from numba.core.cgutils import get_or_insert_function
    from numba.extending import intrinsic
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


def prefetch(array: Any, at: Any) -> None:
    """Ask the memory for ``array[at]``, which is read soon. `at` has no sign; beyond the end nothing happens.

    It changes no answer, so a cache that misses a change here does no harm.
    """


def _prefetch(typing: Any, array: Any, at: Any) -> Any:
    """The same for compiled functions, as numba wants it."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        ask = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        function = get_or_insert_function(builder.module, ask, "llvm.prefetch.p0")  # type: ignore[no-untyped-call]
        to_read, close, data_and_no_code = number(0), number(3), number(1)
        address = builder.bitcast(builder.gep(data, [arguments[1]]), byte)
        builder.call(function, [address, to_read, close, data_and_no_code])
        return context.get_dummy_value()

    return types.void(array, types.uint64), generate


if COMPILES:
    prefetch = intrinsic(_prefetch)  # type: ignore[assignment]
