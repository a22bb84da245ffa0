"""One edition with a group of eight, and what was said against it: made once, exported by many tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from groundswell.engine.duck import Duck
from groundswell.model.dispute import Dispute, Status
from groundswell.publish.exports.export import Material
from tests.publish.editions import edition

SETTINGS = {"purpose": "teaching", "legal_basis": "Art. 89", "name": "gate"}


def dispute(**changed) -> Dispute:
    """A dispute of the edition's one finding."""
    fields = {
        **{"dispute_id": "5b7e5323", "run_id": "7f3a91c", "group_id": "g-5be1c2", "account_id": None},
        **{"status": Status.CONTESTED, "who": "ana", "when": "2024-06-01", "why": "We are one office, says user_3."},
        "without": "Without 11 disputed posts group g-5be1c2 keeps 7 of 8 members.",
    }
    return Dispute(**{**fields, **changed})


@pytest.fixture(scope="session")
def material() -> Iterator[Material]:
    with Duck() as engine:
        yield Material(edition=edition(engine), settings=SETTINGS)


@pytest.fixture(scope="session")
def disputed() -> Iterator[Material]:
    with Duck() as engine:
        yield Material(edition=edition(engine, disputes=(dispute(),)), settings=SETTINGS)


@pytest.fixture(scope="session")
def nothing_found() -> Iterator[Material]:
    with Duck() as engine:
        yield Material(edition=edition(engine, n_members=0), settings={})
