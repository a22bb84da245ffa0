"""compiled: faster, and never the reason why a run fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from numba import njit

import groundswell
from groundswell.detect.compiled import compiled
from groundswell.detect.links import links
from groundswell.detect.share_log import numbered_shares


def test_a_function_with_nowhere_to_be_kept_is_compiled_all_the_same():
    scope: dict[str, object] = {}
    exec("def twice(x): return 2 * x", scope)  # from no file, so numba finds no folder for it
    with pytest.raises(RuntimeError, match="no locator available"):
        njit(cache=True)(scope["twice"])

    assert compiled(scope["twice"])(21) == 42


COUNTS = """
import sys
from groundswell.detect import prune
from groundswell.detect.share_log import numbered_shares
import numpy as np
prune._starts(np.array([0, 0, 1], np.int32))
print(prune.__file__, sum(prune._starts.stats.cache_hits.values()))
"""


@pytest.mark.parametrize("writable", [True, False])
def test_an_installed_package_compiles_once_even_where_its_folder_cannot_be_written(tmp_path, writable):
    """Site-packages of the system belong to somebody else; then the user's own cache holds what was compiled."""
    package = tmp_path / "site-packages" / "groundswell"
    shutil.copytree(Path(groundswell.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__", "data"))
    if not writable:  # for root too, whom no permission stops
        (package / "detect" / "__pycache__").write_text("in the way of a folder of this name")
    env = {
        **os.environ,
        "PYTHONPATH": str(package.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "HOME": str(tmp_path),
    }
    env.pop("NUMBA_CACHE_DIR", None)
    said = []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", COUNTS], capture_output=True, text=True, env=env, check=True)
        said.append(done.stdout.split())

    assert said == [[str(package / "detect" / "prune.py"), "0"], [str(package / "detect" / "prune.py"), "1"]]
    kept = [path for path in tmp_path.rglob("prune._starts*.nbc") if path.is_relative_to(package)]
    assert bool(kept) is writable


LINKS = """
import sys
sys.modules["numba"] = None
import numpy as np
from datetime import timedelta
from groundswell.detect.links import links
from groundswell.detect.share_log import numbered_shares
columns = [np.array(column.split(","), dtype) for column, dtype in zip(sys.argv[1:], ("i4", "i4", "i8"))]
table = links(numbered_shares("url", *columns), [timedelta(minutes=1), timedelta(hours=2)], min_objects=2)
print(repr([column.tolist() for column in table.values()]))
"""


def test_without_numba_the_links_are_the_same():
    rng = np.random.default_rng(11)
    columns = rng.integers(0, 12, 150), rng.integers(0, 9, 150), np.sort(rng.integers(0, 6 * 10**9, 150))
    account, thing, time_us = columns[0].astype(np.int32), columns[1].astype(np.int32), columns[2]
    told = [",".join(map(str, column.tolist())) for column in columns]
    done = subprocess.run([sys.executable, "-c", LINKS, *told], capture_output=True, text=True, check=True)

    table = links(numbered_shares("url", account, thing, time_us), [timedelta(minutes=1), timedelta(hours=2)])
    assert len(table["p_timing"]) > 20
    assert done.stdout.strip() == repr([column.tolist() for column in table.values()])
