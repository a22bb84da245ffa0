"""A real browser before the real command: `groundswell serve` on a study in which nothing was read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn

import pytest

from groundswell import pipeline

FLAGS = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
)  # fmt: skip
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"


def missing(what: str, remedy: str) -> NoReturn:
    """Where CI runs, a browser test that can't run has failed; elsewhere it says what would let it run."""
    words = f"{what} is missing: {remedy}"
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """The browser."""
    found = os.environ.get("GROUNDSWELL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        missing("Chromium", "`apt-get install chromium`, or name one in GROUNDSWELL_CHROMIUM")
    if not (files("groundswell.web") / "static" / "groundswell.js").is_file():
        missing("The script of the app", "`make web` builds it")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("Playwright", "`pip install 'groundswell[dev]'`; it needs no browser of its own")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def axe() -> str:
    """The source of axe-core, which looks for what shuts people out."""
    if not AXE.is_file():
        missing("axe-core", "`make web` fetches it")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address, token included, of an app on an empty study."""
    study = pipeline.new(tmp_path_factory.mktemp("browser") / "gate.study")
    command = [sys.executable, "-m", "groundswell", "serve", str(study.folder), "--no-open"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    try:
        yield next(line.strip() for line in server.stdout if re.match(r"http://127\.0\.0\.1:\d+/\?token=", line))
    finally:
        server.terminate()
        server.wait(30)
        server.stdout.close()
