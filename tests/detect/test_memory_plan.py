"""planned: fewer bytes where there is a limit, and the same pairs however the work is cut."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect import pairs as pairs_module
from groundswell.detect.memory_plan import MOST_SHARDS, Plan, needed, planned
from groundswell.detect.pairs import pairs_within
from tests.detect.logs import logs, shares_from


def plan(memory, n_shares=10_000_000, n_accounts=625_000, windows=1):
    return planned(n_shares, n_accounts, windows=windows, weighed=False, threads=2, memory=memory)


def test_without_a_limit_nothing_is_cut():
    assert (plan(None).shards, plan(None).threads, plan(None).pairs_bytes) == (1, 2, None)


def test_ten_million_shares_fit_into_a_gigabyte_whole():
    assert plan(1_000_000_000).shards == 1
    assert plan(1_000_000_000).n_bytes < 600_000_000


def test_many_windows_in_a_small_room_are_cut_into_shards():
    whole, cut = plan(None, windows=8), plan(700_000_000, windows=8)

    assert whole.n_bytes > 700_000_000 >= cut.n_bytes
    assert cut.shards > 1


def test_a_limit_below_the_shares_is_come_as_near_to_as_can_be():
    assert plan(1) == Plan(MOST_SHARDS, 1, needed(10_000_000, 625_000, 1, False, 1, MOST_SHARDS), 0)


@given(st.integers(0, 10**9), st.integers(0, 10**7), st.integers(1, 6), st.integers(1, 8), st.integers(0, 10**11))
def test_the_plan_keeps_to_the_limit_wherever_any_plan_does(n_shares, n_accounts, windows, threads, memory):
    found = planned(n_shares, n_accounts, windows=windows, weighed=True, threads=threads, memory=memory)

    least = needed(n_shares, n_accounts, windows, True, 1, MOST_SHARDS)
    assert found.n_bytes <= max(memory, least)


@given(
    logs(),
    st.lists(st.integers(0, 90), min_size=1, max_size=3),
    st.integers(1, 3),
    st.integers(1, 9),
    st.integers(0, 40),
)
def test_the_pairs_are_the_same_in_any_number_of_shards(log, windows_s, min_objects, shards, room):
    """Also where the pairs lie in a file, from the first byte or from a later one."""
    shares = shares_from(log)
    windows = [timedelta(seconds=seconds) for seconds in windows_s]
    whole = pairs_within(shares, windows, min_objects=min_objects)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs_module, "planned", lambda *_, **__: Plan(shards, 2, 0, room))
        cut = pairs_within(shares, windows, min_objects=min_objects, memory=1)

    for one, other in zip(whole, cut, strict=True):
        assert one.a.tolist() == other.a.tolist()
        assert one.b.tolist() == other.b.tolist()
        assert one.n_objects.tolist() == other.n_objects.tolist()
        assert other.n_objects.dtype == np.int32


LARGE = """
import sys
from datetime import timedelta
import numpy as np
from groundswell.detect.pairs import pairs_within
from groundswell.detect.share_log import numbered_shares
def peak_kb():
    (line,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
    return int(line.split()[1])
rng = np.random.default_rng(0)
n = 300_000
shares = numbered_shares("url", rng.integers(0, 3000, n, dtype=np.int32), rng.integers(0, 3000, n, dtype=np.int32),
                         np.sort(rng.integers(0, 10**12, n)))
asked = {"memory": int(sys.argv[1])} if len(sys.argv) > 1 else {}
small = numbered_shares("url", *(np.array([0, 0], d) for d in (np.int32, np.int32, np.int64)))
pairs_within(small, [timedelta(days=99)])
before = peak_kb()
(pairs,) = pairs_within(shares, [timedelta(days=99)], **asked)
print(len(pairs.a), peak_kb() - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no other system tells a process its own peak")
def test_pairs_that_lie_in_a_file_do_not_fill_the_memory(tmp_path):
    """3.7 million pairs take 45 MB, and twice that while they are joined."""
    runs = {}
    for memory in ((), ("20000000",)):
        done = subprocess.run([sys.executable, "-c", LARGE, *memory], capture_output=True, text=True, check=True)
        runs[memory] = [int(word) for word in done.stdout.split()]

    (n, whole_kb), (same_n, cut_kb) = runs.values()
    assert n == same_n > 3_500_000
    assert cut_kb < 0.7 * whole_kb
