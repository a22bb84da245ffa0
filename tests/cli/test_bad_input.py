"""What goes wrong ends in a sentence and the right exit code, and leaves nothing half-written."""

from __future__ import annotations

import errno
import os

import pytest

from groundswell.pipeline import detecting

HEADER = b"account_id,time,post_id,text\n"
ROW = b"ana,2024-05-01T10:00:00Z,p1,the harbour gate should stay open tonight\n"
MINUTES = b"".join(
    b"a%d,2024-05-01T10:%02d:00Z,p%d,hello there my dear old friend\n" % (n % 5, n, n) for n in range(40)
)


def write(tmp_path, content, name="posts.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def assert_told(said, code, *, words):
    assert said.code == code, said.err
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty", b"", ["empty"]),
        ("header only", HEADER, ["row"]),
        ("not the format it claims", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ["posts.csv"]),
        ("no known columns", b"a,b,c\n1,2,3\n", ["--column"]),
        ("a broken archive", b"\x1f\x8b\x08\x00broken", ["posts.csv"]),
    ],
)
def test_a_file_that_can_not_be_read_says_why(groundswell, tmp_path, name, content, words):
    said = groundswell("run", write(tmp_path, content), "-o", "out")

    assert_told(said, 1, words=words)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["posts.csv"]


def test_a_missing_file_is_wrong_use(groundswell):
    assert_told(groundswell("run", "nowhere.csv"), 2, words=["There is no file", "nowhere.csv"])


def test_a_folder_is_no_file(groundswell, tmp_path):
    assert_told(groundswell("run", tmp_path), 2, words=["is a folder", "/*"])


@pytest.mark.parametrize("window", ["0", "-5s", "soon"])
def test_a_window_that_makes_no_sense_is_wrong_use(groundswell, tmp_path, window):
    said = groundswell("run", write(tmp_path, HEADER + ROW), f"--window={window}")

    assert_told(said, 2, words=["60s"])


def test_a_window_finer_than_the_clock_is_refused_in_words(groundswell, tmp_path):
    said = groundswell("run", write(tmp_path, HEADER + MINUTES), "--window", "10s", "-o", "out")

    assert_told(said, 2, words=["A window of 10 s is finer than the data's clock", "--window 60s"])
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_ours_is_left_alone(groundswell, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("years of work")
    said = groundswell("run", write(tmp_path, HEADER + ROW), "-o", "out")

    assert_told(said, 2, words=["not one of Groundswell's", "thesis.docx"])
    assert (tmp_path / "out" / "thesis.docx").read_text() == "years of work"


def test_a_column_option_that_is_no_pair_is_wrong_use(groundswell, tmp_path):
    said = groundswell("run", write(tmp_path, HEADER + ROW), "--column", "time")

    assert_told(said, 2, words=["time=tweet_created"])


def test_a_file_with_no_post_says_that_the_ledger_knows_why(groundswell, tmp_path):
    said = groundswell("run", write(tmp_path, HEADER + b"ana,not a time,p1,x\n"), "-o", "out")

    assert_told(said, 1, words=["no post"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "Permission denied")])
def test_a_disk_that_refuses_is_said_in_words(groundswell, tmp_path, monkeypatch, number, words):
    def refuse(*_args, **_more):
        raise OSError(number, os.strerror(number), "out/links.parquet")

    monkeypatch.setattr(detecting, "save_results", refuse)
    said = groundswell("run", write(tmp_path, HEADER + ROW), "-o", "out")

    assert_told(said, 1, words=[words])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["posts.csv"]


def test_ctrl_c_leaves_nothing_behind(groundswell, tmp_path, monkeypatch):
    def stop(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(detecting, "find_groups", stop)
    said = groundswell("run", write(tmp_path, HEADER + ROW), "-o", "out")

    assert_told(said, 130, words=["Stopped"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["posts.csv"]


@pytest.mark.parametrize(
    "command", [["nonsense"], ["run"], ["run", "--wrong"], ["simulate"], ["simulate", "nonesuch", "-o", "x"]]
)
def test_a_command_line_that_can_not_be_right_is_wrong_use(groundswell, command):
    said = groundswell(*command)

    assert said.code == 2
    assert "Traceback" not in said.err
    assert said.err


def test_help_is_help(groundswell):
    said = groundswell("run", "--help")

    assert said.code == 0
    assert "Example: groundswell run" in said.out
