"""memory_bytes: an amount of memory as a person says it, or a word about what is wrong with it."""

from __future__ import annotations

import pytest

from groundswell.engine.duck import Duck
from groundswell.engine.memory import memory_bytes
from groundswell.errors import WrongUse


@pytest.mark.parametrize(
    ("said", "limit"),
    [("2GB", 2_000_000_000), ("2 GiB", 2_147_483_648), ("1.5gb", 1_500_000_000), (" 512 MB ", 512_000_000)],
)
def test_an_amount_is_told_in_bytes(said, limit):
    assert memory_bytes(said) == limit


@pytest.mark.parametrize("said", ["lots", "2", "-1GB", "50%", "", "1e3GB", "2GB; drop table posts", "٢GB"])
def test_what_is_no_amount_is_refused_with_an_example(said):
    with pytest.raises(WrongUse, match="such as 2GB"):
        memory_bytes(said)


def test_too_little_is_refused_before_the_database_fails_on_it():
    with pytest.raises(WrongUse, match="32 MB or more"):
        memory_bytes("1KB")


def test_the_database_keeps_to_it():
    with Duck(memory="1GiB") as engine:
        assert engine.rows("select current_setting('memory_limit')") == [("1.0 GiB",)]


def test_run_and_detect_refuse_it_in_words(groundswell, tmp_path):
    (tmp_path / "posts.csv").write_text("post_id,account_id,text,time\np1,ana,hello,2024-05-01T10:00:00Z\n")
    groundswell("new", "gate.study")
    groundswell("read", "gate.study", "posts.csv")
    groundswell("trace", "gate.study")

    for command in (("run", "posts.csv"), ("detect", "gate.study")):
        said = groundswell(*command, "--memory", "plenty")
        assert (said.code, "no amount of memory" in said.err) == (2, True)
    assert groundswell("detect", "gate.study", "--memory", "64MB").code == 0
    assert not list((tmp_path / "gate.study").glob(".spill*"))
