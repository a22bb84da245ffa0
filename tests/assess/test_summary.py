"""summary: the first lines say the strongest permitted sentence and what it does not say."""

from __future__ import annotations

import pytest

from groundswell.assess.assess import assess
from groundswell.model.run import Parameters
from tests.assess.runs import PEOPLE, crowd, group, in_step, posted, write_run


@pytest.fixture
def said(engine):
    reposts = [
        posted("reader00", 150, is_repost=True, repost_of="p1"),
        posted("reader00", 151, is_repost=True, repost_of="p31"),
        posted("reader01", 152, is_repost=True, repost_of="p31"),
    ]
    write_run(engine, [*in_step(), *crowd(), *reposts])
    return assess(
        engine, [group(PEOPLE[:3]), group(PEOPLE[2:], group_id="B")], Parameters(), precision_s=1.0, census=True
    )


def test_accounts_in_two_groups_count_once(said):
    assert said.headline.startswith("5 of 25 accounts, in 2 groups, acted together more than chance allows.")
    assert said.shares[1].count == 5


def test_reposts_by_others_are_told_as_exposure(said):
    assert "Others reposted them 1 time, of 2 reposts received by any account (50 %). It is exposure" in " ".join(
        said.supported
    )


def test_owners_software_and_spread_are_never_supported(said):
    denied = " ".join(said.not_supported)

    assert "That these 5 of 25 accounts have one owner" in denied
    assert "run by software" in denied
    assert "owes them its spread" in denied
    assert all(sentence.startswith("That ") for sentence in said.not_supported)
