"""Accounting: posters are counted alike by name and by hash."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groundswell.read import accounting as module
from tests.read.kept import read, write_csv


@given(st.lists(st.lists(st.sampled_from("abcdefg"), max_size=6), max_size=8), st.integers(1, 4))
def test_an_account_counts_once_however_few_names_are_held(batches, most):
    """Against the slow twin: a set."""
    account, twin = module.Accounting(), set()
    before = module.POSTERS
    module.POSTERS = most
    try:
        for names in batches:
            account.wrote(names)
            twin.update(names)

        assert account.n_posters() == len(twin)
    finally:
        module.POSTERS = before


def test_the_ledger_counts_who_wrote(tmp_path):
    path = write_csv(tmp_path / "posts", "account_id,time\nana,2024-05-01\nben,2024-05-01\nana,2024-05-02\n")

    ledger, _ = read(path)

    assert ledger.n_accounts == 2
