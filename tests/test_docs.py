"""What the documentation shows is what happens: commands, output and names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from groundswell.cli.verbs import VERBS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def shown(command: str) -> list[str]:
    """The lines that the README shows below a command."""
    block = re.search(rf"^    \$ {re.escape(command)}\n((?:    (?!\$).*\n|\n(?=    ))*)", README, re.MULTILINE)
    assert block, f"the README does not show {command!r}"
    return [line.removeprefix("    ").rstrip() for line in block[1].rstrip("\n").split("\n")]


def test_every_command_stands_in_the_readme():
    commands = set(VERBS)

    assert {name for name in commands if not re.search(rf"groundswell [\w|]*\b{name}\b", README)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.slow
def test_the_readme_shows_what_the_demo_prints(groundswell):
    said = groundswell("demo", "--no-open")

    assert said.code == 0, said.err
    assert [line.rstrip() for line in said.out.rstrip("\n").split("\n")] == shown("groundswell demo")
