"""One published edition, read by many tests: making it takes longer than asking it."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundswell.engine.duck import Duck
from groundswell.publish.files import publish
from tests.publish.editions import edition


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the edition with a group of eight."""
    folder = tmp_path_factory.mktemp("out")
    with Duck() as engine:
        publish(edition(engine), folder)
    return folder
