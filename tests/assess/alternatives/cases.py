"""One case for an explanation to weigh."""

from __future__ import annotations

from collections.abc import Sequence

from groundswell.assess.case import Case, cases
from groundswell.assess.scope import scope_of
from groundswell.engine.duck import Duck
from groundswell.model.group import Group
from tests.assess.runs import Row, group, write_run


def case_of(
    engine: Duck, posts: Sequence[Row], accounts: Sequence[Row] = (), *, of: Group | None = None, precision_s: float = 1
) -> Case:
    """The case of one group in a made-up run."""
    write_run(engine, posts, accounts)
    (case,) = cases(engine, [of or group()], scope_of(engine, precision_s=precision_s, min_objects=2))
    return case
