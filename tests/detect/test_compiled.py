"""compiled: faster, and never the reason why a run fails."""

from __future__ import annotations

import pytest
from numba import njit

from groundswell.detect.compiled import compiled


def test_a_function_with_nowhere_to_be_kept_is_compiled_all_the_same():
    scope: dict[str, object] = {}
    exec("def twice(x): return 2 * x", scope)  # from no file, so numba finds no folder for it
    with pytest.raises(RuntimeError, match="no locator available"):
        njit(cache=True)(scope["twice"])

    assert compiled(scope["twice"])(21) == 42
