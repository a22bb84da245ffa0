"""The promises that every innocent explanation makes, asked of each one found."""

from __future__ import annotations

import pytest

import groundswell.assess.alternatives
from groundswell.assess.alternatives.explanation import STRONGEST_FIRST, weighed
from groundswell.assess.case import cases
from groundswell.assess.scope import scope_of
from groundswell.assess.wording import check
from groundswell.model.finding import Weight
from groundswell.model.plugins import found
from tests.assess.runs import crowd, group, in_step, posted, write_run

ALTERNATIVES = found(groundswell.assess.alternatives, "ALTERNATIVE")


def by_name(alternative):
    return alternative.name


@pytest.fixture
def bare(engine):
    """A share log: who shared what when, and nothing else."""
    rows = [
        posted(
            row["account_id"], 0, **{"time": row["time"], "shared_kinds": ["url"], "shared_objects": [row["urls"][0]]}
        )
        for row in [*in_step(), *crowd()]
    ]
    write_run(engine, rows)
    return cases(engine, [group()], scope_of(engine, precision_s=60, min_objects=2))[0]


@pytest.mark.parametrize("alternative", ALTERNATIVES, ids=by_name)
def test_each_is_weighed_with_a_printable_reason_even_on_a_bare_share_log(bare, alternative):
    weight, reason = alternative.weigh(bare)

    assert isinstance(weight, Weight)
    assert reason.endswith(".")
    check(reason)
    check(alternative.name)


@pytest.mark.parametrize("alternative", ALTERNATIVES, ids=by_name)
def test_each_asks_a_question_that_would_settle_it(alternative):
    assert alternative.question.endswith("?")


def test_at_least_the_four_that_must_be_weighed_are_there(bare):
    names = " ".join(alternative.name for alternative in ALTERNATIVES).lower()

    assert all(word in names for word in ("organisation", "news", "scheduler", "fans", "error", "followers", "button"))
    assert len(weighed(bare)) == len(ALTERNATIVES) >= 7


def test_the_strongest_explanation_comes_first(bare):
    order = [STRONGEST_FIRST.index(one.weight) for one in weighed(bare)]

    assert order == sorted(order)
