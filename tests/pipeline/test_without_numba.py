"""Without numba a run says so in one sentence, and finds the same, bit for bit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from groundswell.simulate.catalogue import simulate
from groundswell.simulate.write import write

RUN = """
import sys
if sys.argv.pop(1) == "without":
    sys.modules["numba"] = None
from groundswell.cli.main import main
main()
"""


def run(folder: Path, posts: Path, *, numba: str) -> str:
    """Run with or without numba, and return what was said on the way."""
    words = [sys.executable, "-c", RUN, numba, "run", str(posts), "-o", str(folder / numba), "--power", "0"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stderr


@pytest.mark.slow
def test_the_demo_is_the_same_without_numba(tmp_path):
    posts = tmp_path / "campaign.csv"
    write(simulate("demo-campaign", seed=0), posts)
    said = run(tmp_path, posts, numba="without")
    run(tmp_path, posts, numba="with")

    assert said.count("Numba is missing here: the answers are the same, and take twenty times as long") == 1
    assert "Warning" not in said
    files = {path.relative_to(tmp_path / "with") for path in (tmp_path / "with").rglob("*.*")}
    assert {path.relative_to(tmp_path / "without") for path in (tmp_path / "without").rglob("*.*")} == files
    keyed = {path for path in files if path.name in ("run.json", "pseudonym.key")}
    for path in sorted(files - keyed):
        if (tmp_path / "with" / path).is_file():
            assert (tmp_path / "without" / path).read_bytes() == (tmp_path / "with" / path).read_bytes(), path
    assert json.loads((tmp_path / "with" / "groups.json").read_text())["groups"]
    assert "numba" not in json.loads((tmp_path / "without" / "run.json").read_text())["libraries"]
