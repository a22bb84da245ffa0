"""The page on evidence shows commands that run, in the order in which they stand there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from groundswell.pipeline import read
from groundswell.store.study import Study
from tests.evidence.conftest import POSTS
from tests.evidence.servers import archives_at, stamps_at

PAGE = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"
ASKS = ("capture", "stamp", "wayback")


def test_the_commands_of_the_page_run_in_their_order(groundswell, tmp_path, web, authority, monkeypatch):
    monkeypatch.setattr("groundswell.evidence.wayback.EVERY_S", 0.01)
    commands = re.findall(r"^    (groundswell .*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    stamps_at(web, "/tsr", authority)
    archives_at(web)
    shutil.copy(authority / "ca.pem", tmp_path / "roots.pem")
    (tmp_path / "posts.csv").write_text(POSTS)
    groundswell("new", "gate.study")
    read(Study.open(tmp_path / "gate.study"), [tmp_path / "posts.csv"])
    assert len(commands) == 10
    first = ""
    for command in commands:
        words = shlex.split(command)[1:]
        words = [
            word.replace("https://example.org", web.url).replace("https://stamp.example", web.url) for word in words
        ]
        words = [first if word == "3fa9" else word for word in words]
        if words[0] == "capture" or (words[0] == "evidence" and words[1] in ASKS):
            words += ["--allow-address", "127.0.0.1"]
        if words[:2] == ["evidence", "wayback"]:
            words += ["--address", web.url]
        if words[:2] == ["evidence", "import"]:
            shutil.copy(next((tmp_path / "gate.study").rglob("data.wacz")), tmp_path / "theirs.wacz")
        said = groundswell(*words)

        assert said.code == 0, (command, said.err)
        first = first or said.out[:4]
    held = groundswell("evidence", "list", "gate.study")
    assert "1 capture, 1 deleted." in held.out
    assert groundswell("evidence", "verify", "gate.study").code == 0


def test_openssl_checks_a_stamp_as_the_page_says(groundswell, tmp_path, web, authority):
    stamps_at(web, "/tsr", authority)
    groundswell("new", "gate.study")
    groundswell(
        "evidence", "authority", "gate.study", "first", "--url", f"{web.url}/tsr", "--roots", authority / "ca.pem"
    )
    groundswell("capture", "gate.study", f"{web.url}/post/1", "--allow-address", "127.0.0.1")
    page = PAGE.read_text(encoding="utf-8")
    sed, openssl = re.findall(r"^    ((?:sed|openssl) .*)$", page, re.MULTILINE)
    script = f"{sed}\n{openssl}".replace("3p", "2p").replace("000003-first-000004", "000002-first-000003")
    done = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path / "gate.study" / "evidence", capture_output=True, text=True, check=False
    )

    assert "Verification: OK" in done.stdout + done.stderr


@pytest.mark.parametrize("option", re.findall(r"`(--[a-z-]+)", PAGE.read_text(encoding="utf-8")))
def test_the_options_of_the_page_exist(groundswell, option):
    places = [["capture"], *(["evidence", verb] for verb in ("delete", "wayback", "import", "link"))]

    assert any(option in groundswell(*place, "--help").out for place in places)
