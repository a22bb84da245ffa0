"""Each hostile file ends in words or in the ledger, within 10 s and 1 GB."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from groundswell.errors import UnreadableFile
from groundswell.read.ingest import ingest
from groundswell.read.survey import Limits
from tests.hostile.pack import PACK, zst_with_window
from tests.read.kept import Kept, read

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("hostile", PACK, ids=lambda hostile: hostile.name)
def test_a_hostile_file_ends_in_words_or_in_the_ledger(hostile, tmp_path):
    path = tmp_path / "posts"
    hostile.make(path)

    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.child", str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode in (0, 1, 2), done.stderr
    assert hostile.ends in done.stdout
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert done.stdout.count("\n  ") >= 2, "a refusal says what is wrong, what was seen and what to do"


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device_is_refused_unread(device):
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.child", device], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, "not a file on disk" in done.stdout) == (2, True), done.stderr


def test_no_file_of_the_pack_is_stored():
    assert {path.suffix for path in (ROOT / "tests" / "hostile").iterdir() if path.is_file()} == {".py"}


def test_a_window_that_was_allowed_is_read(tmp_path):
    zst_with_window(tmp_path / "posts.zst")

    ledger, _ = read(tmp_path / "posts.zst", limits=Limits(window_bytes=1 << 31))

    assert ledger.posts == 1


def test_a_name_in_an_archive_is_never_a_path(tmp_path):
    pack = next(one for one in PACK if "path out of it" in one.name)
    pack.make(tmp_path / "posts.zip")
    before = sorted(tmp_path.parent.iterdir())

    read(tmp_path / "posts.zip")

    assert sorted(tmp_path.parent.iterdir()) == before
    assert not Path("/tmp/evil.csv").exists()


def test_a_file_that_grows_while_it_is_read_is_said(tmp_path):
    path = tmp_path / "posts"
    path.write_text("account_id,time\n" + "ana,2024-05-01\n" * 60_000, encoding="utf-8")

    class Growing(Kept):
        def posts(self, columns):
            super().posts(columns)
            with path.open("a", encoding="utf-8") as file:
                file.write("ben,2024-05-02\n" * 10)

    with pytest.raises(Exception, match="changed while it was read"):
        ingest(path, sink=Growing())


def test_a_file_that_shrinks_while_it_is_read_is_said(tmp_path):
    path = tmp_path / "posts"
    path.write_text("account_id,time\n" + "ana,2024-05-01\n" * 120_000, encoding="utf-8")

    class Shrinking(Kept):
        def posts(self, columns):
            super().posts(columns)
            path.write_text("account_id,time\n", encoding="utf-8")

    with pytest.raises(UnreadableFile, match="changed while it was read"):
        ingest(path, sink=Shrinking())
