"""One session for all tests that need Spark. Where CI runs, a machine without it has failed; elsewhere it says so."""

from __future__ import annotations

import gc
import os
import shutil
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from groundswell.engine.spark import BRIEF, NEEDED, Spark


@pytest.fixture(scope="package")
def installed() -> None:
    """Java and the packages of the extra."""
    for package in NEEDED:
        if find_spec(package) is None:
            _missing(package, "`pip install -e '.[spark]'`")
    if shutil.which("java") is None:
        _missing("Java 17", "`apt-get install openjdk-17-jre-headless`")


@pytest.fixture(scope="package")
def spark(installed, tmp_path_factory) -> Iterator[Spark]:
    with Spark(
        "local[2]", tmp_path_factory.mktemp("spark"), settings={"spark.driver.extraJavaOptions": BRIEF}
    ) as opened:
        yield opened
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def pytest_collection_modifyitems(items):
    """Spark's own Python leaves sockets to the garbage collector, which is no fault of ours to fail for."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"))


def _missing(what: str, how: str) -> None:
    message = f"no {what} here; {how} brings it"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
